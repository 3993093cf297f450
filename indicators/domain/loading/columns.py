"""How the columns of a programme's file are described, and those that several tables share."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from programme.enums import ResponsibilityKind


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


@lru_cache(maxsize=4096)  # a file of values asks for the same few words on every row
def fold(text: str) -> str:
    """A heading without what people write differently: case, accents, spaces, signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


# Columns that several tables share ---------------------------------------------------------------

SOURCE_COLUMN = Column(
    "source", "Källa", Kind.LINE, "Var uppgiften står. Tomt bara om raden är ett exempel.", width=34
)
EXAMPLE_COLUMN = Column(
    "is_example", "Exempel", Kind.YES_NO, "Ja om raden är påhittad; då visas den som exempel."
)
FROM_COLUMN = Column(
    "valid_from", "Gäller från", Kind.DATE, "Första dagen, som 2025-01-31. Tomt: från början."
)
TO_COLUMN = Column(
    "valid_to",
    "Gäller till",
    Kind.DATE,
    "Sista dagen, som 2025-12-31. Tomt: tills vidare. Så avslutas en rad utan att tas bort.",
)
ORDER_COLUMN = Column(
    "order",
    "Ordning",
    Kind.WHOLE,
    "Var i listan raden visas; lägst tal först.",
    empty=0,
    most=32_000,
)
VIOLENCE_COLUMN = Column(
    "violence_types", "Våldstyper", Kind.TAGS, "Namn ur bladet Våldstyper, med ; emellan.", width=30
)
PERSPECTIVES_COLUMN = Column(
    "perspectives", "Perspektiv", Kind.TAGS, "Namn ur bladet Perspektiv, med ; emellan.", width=30
)
GOAL_COLUMN = Column(
    "goal",
    "Mål",
    Kind.GOAL,
    "Målets nummer: 4, eller 4.2 för ett delmål. Cellen ska vara text.",
    required=True,
)
ACTIVITY_COLUMN = Column(
    "activity", "Aktivitet", Kind.CODE, "Aktivitetens kod.", required=True, most=50
)
INDICATOR_COLUMN = Column(
    "indicator", "Indikator", Kind.CODE, "Indikatorns kod.", required=True, most=50, width=26
)


def code_column(what: str) -> Column:
    return Column(
        "code",
        "Kod",
        Kind.CODE,
        f"{what} kod: små bokstäver a–z, siffror och bindestreck. Den ändras aldrig sedan.",
        required=True,
        most=50,
        width=26,
    )


def same_count_column(key: str, title: str, help_text: str) -> Column:
    """The code of another indicator, or nothing."""
    return Column(key, title, Kind.CODE, help_text, most=50, width=26)


def responsibility_columns(subject: Column) -> tuple[Column, ...]:
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
        FROM_COLUMN,
        TO_COLUMN,
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
        EXAMPLE_COLUMN,
    )


def tags_table(title: str, what: str) -> Table:
    return Table(
        title,
        (
            code_column(what),
            Column("name", "Namn", Kind.LINE, "Som det visas.", required=True, most=100, width=40),
            ORDER_COLUMN,
            SOURCE_COLUMN,
        ),
        ("code",),
        f"{title} som programmet använder. De delas av alla program; en rad som tas bort här "
        "tas bara ur det här programmet.",
    )
