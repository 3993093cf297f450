"""The tables of a programme's file for the programme, its goals and its activities."""

from indicators.domain.loading.columns import (
    ACTIVITY_COLUMN,
    EXAMPLE_COLUMN,
    FROM_COLUMN,
    GOAL_COLUMN,
    ORDER_COLUMN,
    PERSPECTIVES_COLUMN,
    SOURCE_COLUMN,
    TO_COLUMN,
    VIOLENCE_COLUMN,
    Column,
    Kind,
    Table,
    code_column,
    responsibility_columns,
    tags_table,
)
from programme.enums import ProgrammeKind

PROGRAMME = Table(
    "Program",
    (
        Column(
            "slug",
            "Adress",
            Kind.CODE,
            "Programmets ord i webbadressen, till exempel vald-2021-2025. Den ändras aldrig sedan.",
            required=True,
            most=50,
            width=20,
        ),
        Column("name", "Namn", Kind.TEXT, "Hela namnet.", required=True, most=1000, width=50),
        Column("short_name", "Kort namn", Kind.LINE, "Som det nämns.", required=True, most=80),
        Column(
            "kind",
            "Slag",
            Kind.CHOICE,
            "stad för stadens program, referens för ett program att jämföra med.",
            empty=ProgrammeKind.STAD.value,
            choices=ProgrammeKind,
        ),
        Column("first_year", "Första år", Kind.WHOLE, "", required=True, least=1990, most=2100),
        Column("last_year", "Sista år", Kind.WHOLE, "", required=True, least=1990, most=2100),
        Column("vision", "Vision", Kind.TEXT, "", most=10_000, width=50),
        Column("source", "Källa", Kind.LINE, "Var programmet står.", required=True, width=34),
        Column("note", "Anmärkning", Kind.TEXT, "", most=10_000, width=34),
        VIOLENCE_COLUMN,
        PERSPECTIVES_COLUMN,
    ),
    ("slug",),
    "Programmet självt, på en rad.",
    single=True,
)
VIOLENCE_TYPES = tags_table("Våldstyper", "Våldstypens")
PERSPECTIVES = tags_table("Perspektiv", "Perspektivets")
GOALS = Table(
    "Mål",
    (
        GOAL_COLUMN,
        Column(
            "text",
            "Text",
            Kind.TEXT,
            "Den lydelse målet började med. Tomt om målet finns men inte dess text är känd.",
            most=10_000,
            width=60,
        ),
        SOURCE_COLUMN,
        EXAMPLE_COLUMN,
        VIOLENCE_COLUMN,
        PERSPECTIVES_COLUMN,
        FROM_COLUMN,
        TO_COLUMN,
    ),
    ("goal",),
    "Mål och delmål. Ändras texten från ett datum: låt den stå, och skriv i bladet Lydelser.",
)
WORDINGS = Table(
    "Lydelser",
    (
        Column("goal", "Mål", Kind.GOAL, "Målets nummer, om det är ett mål som ändras."),
        Column("activity", "Aktivitet", Kind.CODE, "Aktivitetens kod, om det är den.", most=50),
        Column(
            "valid_from",
            "Gäller från",
            Kind.DATE,
            "Första dagen med den nya lydelsen.",
            required=True,
        ),
        Column(
            "text", "Text", Kind.TEXT, "Den nya lydelsen.", required=True, most=10_000, width=60
        ),
        Column("decision", "Beslut", Kind.LINE, "Vem, när och paragraf.", width=30),
        Column(
            "is_correction",
            "Rättelse",
            Kind.YES_NO,
            "Ja om ett skrivfel rättas; då skrivs ingen beslutare utan varför.",
        ),
        Column("reason", "Varför", Kind.LINE, "För en rättelse: vad som var fel.", width=30),
        Column("source", "Källa", Kind.LINE, "", width=34),
    ),
    ("goal", "activity", "valid_from"),
    "Nya lydelser av mål och aktiviteter, från ett datum och enligt ett beslut; eller rättelser av "
    "skrivfel, när det som är uppföljt och låst ska läsas som det skrevs.",
)
PRECONDITIONS = Table(
    "Förutsättningar",
    (
        GOAL_COLUMN,
        Column("order", "Ordning", Kind.WHOLE, "1, 2, 3 … inom målet.", required=True, most=32_000),
        Column(
            "text",
            "Text",
            Kind.TEXT,
            "Vad som behöver vara på plats.",
            required=True,
            most=10_000,
            width=60,
        ),
        SOURCE_COLUMN,
        EXAMPLE_COLUMN,
        FROM_COLUMN,
        TO_COLUMN,
    ),
    ("goal", "order"),
    "Vad som behöver vara på plats för att ett mål ska nås.",
)
LINKS = Table(
    "Motsvarande mål",
    (
        GOAL_COLUMN,
        Column(
            "programme",
            "Program",
            Kind.CODE,
            "Det andra programmets adress.",
            required=True,
            most=50,
            width=24,
        ),
        Column(
            "other", "Målet där", Kind.GOAL, "Målets nummer i det andra programmet.", required=True
        ),
        Column("source", "Källa", Kind.LINE, "", required=True, width=34),
        FROM_COLUMN,
        TO_COLUMN,
    ),
    ("goal", "programme", "other", "valid_from"),
    "Vilka mål i andra program som målen motsvarar.",
)
ACTIVITIES = Table(
    "Aktiviteter",
    (
        code_column("Aktivitetens"),
        GOAL_COLUMN,
        Column(
            "text",
            "Text",
            Kind.TEXT,
            "Den lydelse aktiviteten började med.",
            required=True,
            most=10_000,
            width=60,
        ),
        SOURCE_COLUMN,
        EXAMPLE_COLUMN,
        ORDER_COLUMN,
        VIOLENCE_COLUMN,
        PERSPECTIVES_COLUMN,
        FROM_COLUMN,
        TO_COLUMN,
    ),
    ("code",),
    "Vad nämnderna ska göra för att nå målen.",
)
TAGGED = Table(
    "Märkning",
    (
        Column("goal", "Mål", Kind.GOAL, "Målets nummer, om det är ett mål som märks."),
        Column("activity", "Aktivitet", Kind.CODE, "Aktivitetens kod, om det är den.", most=50),
        Column(
            "violence_type",
            "Våldstyp",
            Kind.CODE,
            "Kod ur bladet Våldstyper, om det är en våldstyp.",
            most=50,
            width=26,
        ),
        Column(
            "perspective",
            "Perspektiv",
            Kind.CODE,
            "Kod ur bladet Perspektiv, om det är ett perspektiv.",
            most=50,
            width=26,
        ),
        FROM_COLUMN,
        TO_COLUMN,
        Column("source", "Källa", Kind.LINE, "", width=34),
    ),
    ("goal", "activity", "violence_type", "perspective", "valid_from"),
    "Våldstyper och perspektiv som mål och aktiviteter har en tid, eller med en egen källa. Övriga "
    "står i kolumnerna Våldstyper och Perspektiv i bladen Mål och Aktiviteter.",
)
RESPONSIBILITIES = Table(
    "Ansvar",
    responsibility_columns(ACTIVITY_COLUMN),
    ("activity", "who", "valid_from"),
    "Vem som ansvarar för eller medverkar i vilken aktivitet, från när till när.",
)
