"""The tables of a programme's file for its indicators."""

from indicators.domain.loading.columns import (
    EXAMPLE_COLUMN,
    FROM_COLUMN,
    GOAL_COLUMN,
    INDICATOR_COLUMN,
    ORDER_COLUMN,
    SOURCE_COLUMN,
    TO_COLUMN,
    Column,
    Kind,
    Table,
    code_column,
    responsibility_columns,
    same_count_column,
)
from indicators.enums import (
    Accumulation,
    Aggregation,
    Direction,
    GapKind,
    IndicatorKind,
    SuccessionKind,
)

INDICATORS = Table(
    "Indikatorer",
    (
        code_column("Indikatorns"),
        Column(
            "goals",
            "Mål",
            Kind.GOALS,
            "Mål som indikatorn hör till hela tiden, med ; emellan: 1; 4.2. Flyttas den mellan "
            "mål: skriv i bladet Indikatorers mål.",
        ),
        Column(
            "kind",
            "Slag",
            Kind.CHOICE,
            "I, UI för utvecklingsindikator, eller tomt.",
            empty="",
            choices=IndicatorKind,
        ),
        SOURCE_COLUMN,
        EXAMPLE_COLUMN,
        ORDER_COLUMN,
        same_count_column(
            "numerator_same_as_id",
            "Täljaren är samma som",
            "För en kvot: koden för en indikator vars tal är täljaren. De skyddas då tillsammans.",
        ),
        same_count_column(
            "denominator_same_as_id",
            "Nämnaren är samma som",
            "För en kvot: koden för en indikator med samma nämnare, eller vars tal är nämnaren.",
        ),
    ),
    ("code",),
    "Måtten som målen följs med. Vad de betyder står i bladet Definitioner.",
)
INDICATOR_GOALS = Table(
    "Indikatorers mål",
    (
        INDICATOR_COLUMN,
        GOAL_COLUMN,
        FROM_COLUMN,
        TO_COLUMN,
        Column("decision", "Enligt beslut", Kind.LINE, "Vem, när och paragraf.", width=30),
        Column(
            "end_decision", "Upphör enligt beslut", Kind.LINE, "Vem, när och paragraf.", width=30
        ),
        Column("source", "Källa", Kind.LINE, "", width=34),
    ),
    ("indicator", "goal", "valid_from"),
    "Mål som en indikator hör till en tid, eller enligt ett beslut: så flyttas den mellan mål. "
    "Övriga står i kolumnen Mål i bladet Indikatorer.",
)
DEFINITIONS = Table(
    "Definitioner",
    (
        INDICATOR_COLUMN,
        Column(
            "number",
            "Version",
            Kind.WHOLE,
            "1 för den första definitionen.",
            required=True,
            least=1,
            most=999,
        ),
        Column("valid_from", "Gäller från", Kind.DATE, "Första dagen.", required=True),
        Column("name", "Namn", Kind.LINE, "Indikatorns namn.", required=True, width=60),
        Column(
            "definition",
            "Definition",
            Kind.TEXT,
            "Vad som räknas, hur och när.",
            most=10_000,
            width=50,
        ),
        Column("unit", "Enhet", Kind.LINE, "antal, % …", required=True, most=40),
        Column(
            "scale",
            "Skala",
            Kind.WHOLE,
            "Vad en kvot räknas per: 100 för procent.",
            empty=1,
            least=1,
            most=1_000_000,
        ),
        Column(
            "aggregation",
            "Sammanläggning",
            Kind.CHOICE,
            "Hur staden räknas fram.",
            required=True,
            choices=Aggregation,
            width=18,
        ),
        Column(
            "accumulation",
            "Avser",
            Kind.CHOICE,
            "Vilken tid värdet gäller.",
            required=True,
            choices=Accumulation,
        ),
        Column(
            "direction",
            "Riktning",
            Kind.CHOICE,
            "Vad som är bättre. Tomt: ingen.",
            empty=Direction.NEUTRAL.value,
            choices=Direction,
        ),
        Column("counts_people", "Räknar personer", Kind.YES_NO, "Ja: små tal skyddas för andra."),
        Column("split_by_sex", "Delas på kön", Kind.YES_NO, ""),
        Column("whole_numbers", "Bara heltal", Kind.YES_NO, ""),
        Column(
            "numerator_label",
            "Täljare",
            Kind.LINE,
            "För en kvot: vad som räknas.",
            most=120,
            width=30,
        ),
        Column(
            "denominator_label",
            "Nämnare",
            Kind.LINE,
            "För en kvot: av hur många.",
            most=120,
            width=30,
        ),
        Column(
            "breaks_series",
            "Brott i serien",
            Kind.YES_NO,
            "Nej bara om värden före och efter går att jämföra. Tomt: ja.",
            empty=True,
        ),
        Column("reason", "Orsak", Kind.TEXT, "Varför definitionen ändrades.", width=40),
    ),
    ("indicator", "number"),
    "Vad varje indikator betyder, och från när. Ändras vad som räknas: lägg till en version.",
)
INDICATOR_RESPONSIBILITIES = Table(
    "Ansvar indikatorer",
    responsibility_columns(INDICATOR_COLUMN),
    ("indicator", "who", "valid_from"),
    "Vem som lämnar vilken indikator, från när till när.",
)
TARGETS = Table(
    "Årsmål",
    (
        INDICATOR_COLUMN,
        Column("year", "År", Kind.WHOLE, "", required=True, least=1990, most=2100),
        Column("namnd", "Nämnd", Kind.NAMND, "Tomt: hela stadens årsmål.", width=36),
        Column("value", "Årsmål", Kind.NUMBER, "Procent som 0–100.", required=True),
        Column(
            "valid_from",
            "Ändrat från",
            Kind.DATE,
            "Bara om årsmålet ändras under året: första dagen med det nya.",
        ),
        Column("decision", "Enligt beslut", Kind.LINE, "Vem, när och paragraf.", width=30),
        SOURCE_COLUMN,
        EXAMPLE_COLUMN,
    ),
    ("indicator", "year", "namnd", "valid_from"),
    "Mål för ett år, stadens eller en nämnds. Ändras det under året: låt raden stå, och lägg till "
    "en med dagen och beslutet.",
)
GAPS = Table(
    "Uppehåll",
    (
        INDICATOR_COLUMN,
        Column("kind", "Slag", Kind.CHOICE, "", required=True, choices=GapKind),
        Column("valid_from", "Gäller från", Kind.DATE, "Första dagen.", required=True),
        Column(
            "valid_to",
            "Gäller till",
            Kind.DATE,
            "Sista dagen. Tomt för det som har upphört, eller tills vidare saknar källa.",
        ),
        Column("reason", "Orsak", Kind.TEXT, "", required=True, most=10_000, width=50),
    ),
    ("indicator", "valid_from"),
    "Tider då en indikator inte frågas efter: den mäts inte, saknar källa eller har upphört.",
)
SUCCESSIONS = Table(
    "Efterföljare",
    (
        INDICATOR_COLUMN,
        Column(
            "successor",
            "Ny indikator",
            Kind.CODE,
            "Koden för den som följer på den.",
            required=True,
            most=50,
            width=26,
        ),
        Column("on", "Från och med", Kind.DATE, "Första dagen.", required=True),
        Column("kind", "Slag", Kind.CHOICE, "", required=True, choices=SuccessionKind),
        Column("reason", "Orsak", Kind.TEXT, "", required=True, most=10_000, width=50),
    ),
    ("indicator", "successor"),
    "Indikatorer som har delats i flera eller ersatts. Den tidigare slutar frågas efter i bladet "
    "Uppehåll.",
)
