"""What a figure is held against: the nämnd's own of before, and those of other nämnder.

What is said of other nämnder rests on what everybody may know of them: approved values, a protected
one as nothing but "a small one", and numbers of people in coarse steps. So whoever tries numbers in
a draft to find where the warning begins finds nothing that is hidden.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import NamedTuple

from django.conf import settings

from indicators.domain.check_rules import CheckSetting
from indicators.domain.checks import ValueInput
from indicators.domain.disclosure import Audience, CellState, show
from indicators.enums import Accumulation, Category, Rule
from indicators.models import IndicatorVersion, Period

# Makes the median of the deviations comparable with a standard deviation.
TO_DEVIATION = Decimal("1.4826")
LEAST_SERIES = 4


class Figure(NamedTuple):
    """An outcome that was given before, or by another nämnd."""

    namnd_id: int
    definition_id: int
    """The definition that it is compared under; it may have been given under an earlier one."""
    category: str
    kind: str
    """Of the period: T1, T2 or VB."""
    year: int
    ends_on: dt.date
    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    whose: str = ""
    """Of whom, where the nämnd carries it on: "Rinkeby-Kista och Spånga-Tensta tillsammans"."""

    @property
    def cell(self) -> ValueInput:
        return ValueInput(
            self.definition_id,
            self.category,
            self.number,
            self.numerator,
            self.denominator,
        )


@dataclass(frozen=True)
class Beside:
    """What one indicator's cells are held against."""

    settings: Mapping[Rule, CheckSetting] = field(default_factory=dict)
    own: Sequence[Figure] = ()
    """The nämnd's own of periods before, oldest first, in every category."""
    others: Sequence[Figure] = ()
    """The latest approved total of each other nämnd of its kind, in this sort of period."""
    own_target: Decimal | None = None
    city_target: Decimal | None = None
    namnd_kind: str = ""


def outcome(definition: IndicatorVersion, cell: ValueInput | Figure) -> Decimal | None:
    """What the cell says as one number: a ratio by its scale (per cent as 0–100), else as it is."""
    if not definition.is_ratio:
        return cell.number
    if cell.numerator is None or not cell.denominator:
        return None
    return cell.numerator * definition.scale / cell.denominator


def comparable(
    definition: IndicatorVersion, figures: Sequence[Figure], period: Period
) -> list[Figure]:
    """The totals from before that mean the same as one of `period`, oldest first.

    Of the same definition, or of an earlier one that it goes on from without a break. What is
    counted from the beginning of the year is compared with the same sort of period; what is
    measured at a point in time with every one.
    """
    any_kind, pk = definition.accumulation == Accumulation.POINT_IN_TIME, definition.pk
    return [
        figure
        for figure in figures
        if figure.definition_id == pk
        and figure.category == Category.TOTAL
        and (any_kind or figure.kind == period.kind)
    ]


def is_far(
    number: Decimal, series: Sequence[Decimal], limit: Decimal, *, share: bool
) -> Decimal | None:
    """The median of `series` when `number` lies more than `limit` spreads from it; else None.

    The spread is the median distance from the median, made comparable with a standard deviation.
    Where nearly all are alike it is nothing, and then the least difference would be far: so it
    counts as at least a tenth of the median, and at least 1 (of a share 2 percentage points).
    """
    if len(series) < LEAST_SERIES:
        return None
    middle = median(series)
    spread = TO_DEVIATION * median(abs(one - middle) for one in series)
    least = max(abs(middle) / 10, Decimal(2 if share else 1))
    return middle if abs(number - middle) > limit * max(spread, least) else None


def as_all_may_see(definition: IndicatorVersion, figures: Sequence[Figure]) -> list[Decimal]:
    """The latest outcome of each nämnd, as far as everybody may know it.

    Of a protected number it is known to all that it is small: it counts as the middle of those
    that are hidden, whatever it is. A protected share is left out. Other numbers of people are
    rounded to steps as wide as what is hidden: a number that is hidden because it would give a
    small one away is then told no more exactly than that one is, however a draft is tried.
    """
    latest = {figure.namnd_id: figure for figure in figures}
    seen: list[Decimal] = []
    for figure in latest.values():
        shown = show(
            value=outcome(definition, figure),
            counts_people=definition.counts_people,
            audience=Audience.OTHERS,
            numerator=figure.numerator,
            denominator=figure.denominator,
        )
        if shown.state is CellState.PROTECTED and not definition.is_ratio:
            seen.append(Decimal(1 + settings.SMALL_COUNT_MAX) / 2)
        elif shown.value is not None and definition.counts_people:
            rounded = outcome(definition, _in_steps(figure))
            seen += [] if rounded is None else [rounded]
        elif shown.value is not None:
            seen.append(shown.value)
    return seen


def _in_steps(figure: Figure) -> Figure:
    width = 1 + settings.SMALL_COUNT_MAX

    def step(number: Decimal | None) -> Decimal | None:
        if number is None:
            return None
        return (number / width).to_integral_value(ROUND_HALF_UP) * width

    return figure._replace(
        number=step(figure.number),
        numerator=step(figure.numerator),
        denominator=step(figure.denominator),
    )
