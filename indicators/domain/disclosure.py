"""Numbers that must not be shown: the one place that every output passes.

Rule of this application (its own, stated as such): counts of people from 1 up to a limit
(setting SMALL_COUNT_MAX, 4 unless set) are hidden in everything made for others than the
reporting nämnd and the coordinator. A ratio is hidden too when its numerator, its denominator
or the difference between them is such a count. Other figures are hidden with them where the small
ones could be worked out from the rest (domain/protecting.py). Three things are kept apart
everywhere: 0, "uppgift saknas" and "skyddad uppgift".
"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from django.conf import settings

from indicators.domain.numbers import format_number


class Audience(Enum):
    """Whom an output is made for. It is the output that decides, not who clicks."""

    OWN_NAMND = "own"
    COORDINATOR = "coordinator"
    OTHERS = "others"


class CellState(Enum):
    VALUE = "value"
    MISSING = "missing"
    PROTECTED = "protected"
    NOT_ASKED = "not asked"


WORDS = {
    CellState.MISSING: "uppgift saknas",
    CellState.PROTECTED: "skyddad uppgift",
    CellState.NOT_ASKED: "ingår inte",
}


@dataclass(frozen=True)
class Cell:
    """One number as it may be shown. A protected cell holds no number at all, anywhere."""

    state: CellState
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    decimals: int | None = None
    note: str = ""
    corrected_on: dt.date | None = None
    """When the number was last corrected after it had been approved. Says nothing of what it was,
    so that it may stand at a protected cell too."""

    @property
    def is_value(self) -> bool:
        return self.state is CellState.VALUE

    @property
    def text(self) -> str:
        """What is written in the cell: the Swedish number, or the words for why there is none."""
        if self.value is None:
            return WORDS[self.state]
        return format_number(self.value, decimals=self.decimals)

    def __str__(self) -> str:
        return self.text


MISSING = Cell(CellState.MISSING)
PROTECTED = Cell(CellState.PROTECTED)
NOT_ASKED = Cell(CellState.NOT_ASKED)


def is_small(*counts: Decimal | int | None) -> bool:
    """Whether one of the counts of people is so small that it could point at a person."""
    limit = settings.SMALL_COUNT_MAX
    return any(count is not None and 0 < count <= limit for count in counts)


def hide(cell: Cell) -> Cell:
    """The cell without its figure: it looks like any other that is protected."""
    return replace(
        cell,
        state=CellState.PROTECTED,
        value=None,
        numerator=None,
        denominator=None,
        decimals=None,
        note="",
    )


def show(
    *,
    value: Decimal | None,
    counts_people: bool,
    audience: Audience,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    decimals: int | None = None,
    note: str = "",
) -> Cell:
    """The cell that `audience` may see.

    value: the outcome (a ratio already multiplied by its scale: per cent as 0–100); None is
    missing. numerator, denominator: the parts of a ratio, for the rule and for showing beside it.
    """
    if value is None:
        return MISSING
    if counts_people and audience is Audience.OTHERS:
        if denominator is None:
            small = is_small(value)
        else:
            small = is_small(numerator, denominator, denominator - (numerator or 0))
        if small:
            return PROTECTED
    return Cell(CellState.VALUE, value, numerator, denominator, decimals, note)
