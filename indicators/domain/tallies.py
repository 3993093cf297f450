"""What one or several nämnder have given for a cell, and how it is added up."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Optional

from indicators.enums import Aggregation
from indicators.models import IndicatorVersion

PER_CENT = Decimal(100)

Key = tuple[str, int, str]
"""Period code, indicator id, category."""


class Tally(NamedTuple):
    """Values of one or several nämnder added up, as far as they can be added.

    There are thousands of them at the size of the city, so they are plain tuples.
    """

    reported: int = 0
    """How many of them are figures; the rest are reasons why there is none."""
    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_example: bool = False
    approved_at: dt.datetime | None = None
    namnd_id: int | None = None
    """Set where the tally is one nämnd's own."""
    missing: str = ""
    comment: str = ""
    forecast: Decimal | None = None
    """What one nämnd expects of the whole year; forecasts are not added up."""
    least: Decimal | None = None
    """The smallest count above 0 among what was added: numbers, and the two parts of ratios."""
    corrected_on: dt.date | None = None
    """When one of the figures was last corrected."""
    corrections: int = 0
    """How many of them have been corrected."""
    was: Optional["Tally"] = None
    """What one nämnd's own was before it was corrected; None when it has not been."""
    why_corrected: str = ""


@dataclass(frozen=True)
class Outcome:
    """A figure before it has passed disclosure control. Never leaves the domain."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""


def add_up(definition: IndicatorVersion, tallies: Iterable[Tally]) -> tuple[Outcome, int]:
    """The city's figure by the definition's aggregation, and how many nämnder it builds on.

    A ratio is the sum of the numerators over the sum of the denominators, times the scale: never
    a mean of percentages. A share of yes is per cent (0–100) of those who have answered. What is
    missing adds nothing, and where everything is missing so is the figure.
    """
    given = [tally for tally in tallies if tally.reported]
    reported = sum(tally.reported for tally in given)
    if not given or definition.aggregation == Aggregation.NONE:
        return Outcome(), reported
    if definition.aggregation == Aggregation.LATEST:
        return outcome_of(definition, latest(given)), reported
    if len(given) == 1 and definition.aggregation != Aggregation.SHARE_YES:
        return outcome_of(definition, given[0]), reported
    number = _total(tally.number for tally in given)
    if definition.aggregation == Aggregation.SHARE_YES:
        yes = number or Decimal(0)
        return Outcome(PER_CENT * yes / reported, yes, Decimal(reported)), reported
    summed = Tally(
        reported,
        number,
        _total(tally.numerator for tally in given),
        _total(tally.denominator for tally in given),
    )
    return outcome_of(definition, summed), reported


def outcome_of(definition: IndicatorVersion, tally: Tally) -> Outcome:
    """The figure of one tally as it stands: a number, or a ratio times the definition's scale."""
    if tally.denominator is None:
        return Outcome(tally.number)
    numerator = tally.numerator or Decimal(0)
    if tally.denominator == 0:
        return Outcome(None, numerator, tally.denominator, "går inte att räkna: nämnaren är 0")
    value = numerator * definition.scale / tally.denominator
    return Outcome(value, numerator, tally.denominator)


def latest(tallies: list[Tally]) -> Tally:
    """The one approved last; of several approved at once, the nämnd registered last."""
    return max(
        tallies,
        key=lambda t: (t.approved_at.timestamp() if t.approved_at else 0.0, t.namnd_id or 0),
    )


def _total(numbers: Iterable[Decimal | None]) -> Decimal | None:
    given = [number for number in numbers if number is not None]
    return sum(given, Decimal(0)) if given else None
