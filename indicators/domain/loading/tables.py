"""What a programme's file holds: its tables and their columns, the same in Excel and in YAML.

Reading, checking, comparing, writing and the template all go by this list.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Any

from indicators.enums import (
    Accumulation,
    Aggregation,
    Direction,
    GapKind,
    IndicatorKind,
    SuccessionKind,
)
from programme.enums import ProgrammeKind, ResponsibilityKind


class Kind(Enum):
    """How a cell is read."""

    CODE = "kod"
    LINE = "text på en rad"
    TEXT = "text"
    WHOLE = "heltal"
    NUMBER = "tal"
    DATE = "datum"
    YES_NO = "ja/nej"
    CHOICE = "val"
    GOAL = "mål"
    GOALS = "flera mål"
    TAGS = "flera namn"
    WHO = "nämnd eller grupp"
    NAMND = "nämnd"


LISTS = (Kind.GOALS, Kind.TAGS)


@dataclass(frozen=True)
class Column:
    """One column. key: of the value, and of the model's field where it has one of its own.

    title: the heading. kind: how it is read. required: whether it may be left empty.
    empty: what an empty cell means. most: of a text the number of characters, else the largest.
    choices: of a CHOICE. help: one Swedish sentence for whoever fills it in.
    """

    key: str
    title: str
    kind: Kind
    help: str = ""
    required: bool = False
    empty: Any = None
    least: int = 0
    most: int = 250
    choices: Any = None
    width: int = 14

    @property
    def name(self) -> str:
        """The key in YAML: "gäller_från"."""
        return self.title.lower().replace(" ", "_")

    @property
    def blank(self) -> Any:
        """The value of an empty cell."""
        if self.empty is not None:
            return self.empty
        if self.kind in LISTS:
            return ()
        if self.kind is Kind.YES_NO:
            return False
        return None if self.kind in (Kind.WHOLE, Kind.NUMBER, Kind.DATE) else ""


@dataclass(frozen=True)
class Table:
    """One sheet, or one list in YAML. key: the columns that say which row it is."""

    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    help: str
    single: bool = False
    """Exactly one row: the programme itself."""

    @property
    def name(self) -> str:
        return self.title.lower().replace(" ", "_")

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def fold(text: str) -> str:
    """A heading without what people write differently: case, accents, spaces, signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


# Columns that several tables share ---------------------------------------------------------------

_SOURCE = Column(
    "source", "Källa", Kind.LINE, "Var uppgiften står. Tomt bara om raden är ett exempel.", width=34
)
_EXAMPLE = Column(
    "is_example", "Exempel", Kind.YES_NO, "Ja om raden är påhittad; då visas den som exempel."
)
_FROM = Column(
    "valid_from", "Gäller från", Kind.DATE, "Första dagen, som 2025-01-31. Tomt: från början."
)
_TO = Column(
    "valid_to",
    "Gäller till",
    Kind.DATE,
    "Sista dagen, som 2025-12-31. Tomt: tills vidare. Så avslutas en rad utan att tas bort.",
)
_ORDER = Column(
    "order",
    "Ordning",
    Kind.WHOLE,
    "Var i listan raden visas; lägst tal först.",
    empty=0,
    most=32_000,
)
_VIOLENCE = Column(
    "violence_types", "Våldstyper", Kind.TAGS, "Namn ur bladet Våldstyper, med ; emellan.", width=30
)
_PERSPECTIVES = Column(
    "perspectives", "Perspektiv", Kind.TAGS, "Namn ur bladet Perspektiv, med ; emellan.", width=30
)
_GOAL = Column(
    "goal",
    "Mål",
    Kind.GOAL,
    "Målets nummer: 4, eller 4.2 för ett delmål. Cellen ska vara text.",
    required=True,
)
_ACTIVITY = Column("activity", "Aktivitet", Kind.CODE, "Aktivitetens kod.", required=True, most=50)
_INDICATOR = Column(
    "indicator", "Indikator", Kind.CODE, "Indikatorns kod.", required=True, most=50, width=26
)


def _code(what: str) -> Column:
    return Column(
        "code",
        "Kod",
        Kind.CODE,
        f"{what} kod: små bokstäver a–z, siffror och bindestreck. Den ändras aldrig sedan.",
        required=True,
        most=50,
        width=26,
    )


def _responsibility(subject: Column) -> tuple[Column, ...]:
    return (
        subject,
        Column(
            "who",
            "Nämnd eller grupp",
            Kind.WHO,
            "En nämnds namn, eller en grupp som Alla stadsdelsnämnder.",
            required=True,
            width=36,
        ),
        Column(
            "kind",
            "Ansvar",
            Kind.CHOICE,
            "ansvarig eller medverkande. Tomt: ansvarig.",
            empty=ResponsibilityKind.ANSVARIG.value,
            choices=ResponsibilityKind,
        ),
        _FROM,
        _TO,
        Column(
            "decision",
            "Enligt beslut",
            Kind.LINE,
            "Vem, när och paragraf. Beslutet är ansvarets källa.",
            width=30,
        ),
        Column(
            "end_decision", "Upphör enligt beslut", Kind.LINE, "Vem, när och paragraf.", width=30
        ),
        _EXAMPLE,
    )


def _tags(title: str, what: str) -> Table:
    return Table(
        title,
        (
            _code(what),
            Column("name", "Namn", Kind.LINE, "Som det visas.", required=True, most=100, width=40),
            _ORDER,
            _SOURCE,
        ),
        ("code",),
        f"{title} som programmet använder. De delas av alla program; en rad som tas bort här "
        "tas bara ur det här programmet.",
    )


# The tables, in the order in which they build on one another -------------------------------------

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
        _VIOLENCE,
        _PERSPECTIVES,
    ),
    ("slug",),
    "Programmet självt, på en rad.",
    single=True,
)
VIOLENCE_TYPES = _tags("Våldstyper", "Våldstypens")
PERSPECTIVES = _tags("Perspektiv", "Perspektivets")
GOALS = Table(
    "Mål",
    (
        _GOAL,
        Column(
            "text",
            "Text",
            Kind.TEXT,
            "Den lydelse målet började med. Tomt om målet finns men inte dess text är känd.",
            most=10_000,
            width=60,
        ),
        _SOURCE,
        _EXAMPLE,
        _VIOLENCE,
        _PERSPECTIVES,
        _FROM,
        _TO,
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
        _GOAL,
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
        _SOURCE,
        _EXAMPLE,
        _FROM,
        _TO,
    ),
    ("goal", "order"),
    "Vad som behöver vara på plats för att ett mål ska nås.",
)
LINKS = Table(
    "Motsvarande mål",
    (
        _GOAL,
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
        _FROM,
        _TO,
    ),
    ("goal", "programme", "other", "valid_from"),
    "Vilka mål i andra program som målen motsvarar.",
)
ACTIVITIES = Table(
    "Aktiviteter",
    (
        _code("Aktivitetens"),
        _GOAL,
        Column(
            "text",
            "Text",
            Kind.TEXT,
            "Den lydelse aktiviteten började med.",
            required=True,
            most=10_000,
            width=60,
        ),
        _SOURCE,
        _EXAMPLE,
        _ORDER,
        _VIOLENCE,
        _PERSPECTIVES,
        _FROM,
        _TO,
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
        _FROM,
        _TO,
        Column("source", "Källa", Kind.LINE, "", width=34),
    ),
    ("goal", "activity", "violence_type", "perspective", "valid_from"),
    "Våldstyper och perspektiv som mål och aktiviteter har en tid, eller med en egen källa. Övriga "
    "står i kolumnerna Våldstyper och Perspektiv i bladen Mål och Aktiviteter.",
)
RESPONSIBILITIES = Table(
    "Ansvar",
    _responsibility(_ACTIVITY),
    ("activity", "who", "valid_from"),
    "Vem som ansvarar för eller medverkar i vilken aktivitet, från när till när.",
)
INDICATORS = Table(
    "Indikatorer",
    (
        _code("Indikatorns"),
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
        _SOURCE,
        _EXAMPLE,
        _ORDER,
    ),
    ("code",),
    "Måtten som målen följs med. Vad de betyder står i bladet Definitioner.",
)
INDICATOR_GOALS = Table(
    "Indikatorers mål",
    (
        _INDICATOR,
        _GOAL,
        _FROM,
        _TO,
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
        _INDICATOR,
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
    _responsibility(_INDICATOR),
    ("indicator", "who", "valid_from"),
    "Vem som lämnar vilken indikator, från när till när.",
)
TARGETS = Table(
    "Årsmål",
    (
        _INDICATOR,
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
        _SOURCE,
        _EXAMPLE,
    ),
    ("indicator", "year", "namnd", "valid_from"),
    "Mål för ett år, stadens eller en nämnds. Ändras det under året: låt raden stå, och lägg till "
    "en med dagen och beslutet.",
)
GAPS = Table(
    "Uppehåll",
    (
        _INDICATOR,
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
        _INDICATOR,
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

TABLES = (
    PROGRAMME,
    VIOLENCE_TYPES,
    PERSPECTIVES,
    GOALS,
    WORDINGS,
    PRECONDITIONS,
    LINKS,
    ACTIVITIES,
    TAGGED,
    RESPONSIBILITIES,
    INDICATORS,
    INDICATOR_GOALS,
    DEFINITIONS,
    INDICATOR_RESPONSIBILITIES,
    TARGETS,
    GAPS,
    SUCCESSIONS,
)
# What hangs on an indicator, and goes where it goes.
OF_INDICATORS = (DEFINITIONS, INDICATOR_RESPONSIBILITIES, TARGETS, GAPS, SUCCESSIONS)
# Sheets of the template that are for the reader, and are not read.
GUIDE, CHOICES = "Läs mig", "Listor"
