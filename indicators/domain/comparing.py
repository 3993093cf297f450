"""What the city's figure is read beside: the one before it, and its target."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.formats import date_format

from indicators.domain.book import Book, TargetRow
from indicators.domain.disclosure import Cell
from indicators.domain.expected import Expected
from indicators.domain.figures import Comparison, Point, TargetResult
from indicators.domain.numbers import MINUS, format_number
from indicators.domain.tallies import PER_CENT
from indicators.enums import Accumulation, Aggregation, Direction, PeriodKind
from indicators.models import IndicatorVersion

UNEQUAL = "olika många nämnder"


def is_comparable(
    expected: Mapping[str, Expected], definition: IndicatorVersion, code: str, period_code: str
) -> bool:
    """Whether a period's figure says the same kind of thing as the one in `period_code`.

    Year to date: the same kind of period of other years (tertial 2 holds tertial 1, so those
    are never compared or added). At a point in time: all. Yearly: they are of one kind already.
    """
    if definition.accumulation == Accumulation.POINT_IN_TIME:
        return True
    return expected[code].period.kind == expected[period_code].period.kind


def years_beside(expected: Mapping[str, Expected], ids: Iterable[int], code: str) -> set[int]:
    """The years of the figures in the period and of those that they are compared with.

    ids: of indicators that the period asks for.
    """
    now = expected[code]
    years = {now.period.year}
    for pk in ids:
        asking = [c for c, in_period in expected.items() if pk in in_period.definitions]
        comparable = [c for c in asking if is_comparable(expected, now.definitions[pk], c, code)]
        years |= {expected[c].period.year for c in with_the_one_before(comparable, code)}
    return years


def with_the_one_before(codes: Sequence[str], code: str) -> Sequence[str]:
    index = codes.index(code)
    return codes[max(index - 1, 0) : index + 1]


def comparison_of(
    definition: IndicatorVersion, trend: Sequence[Point], point: Point
) -> Comparison | None:
    index = trend.index(point)
    if index == 0 or definition.aggregation == Aggregation.NONE:
        return None
    earlier = trend[index - 1]
    if definition.accumulation != Accumulation.POINT_IN_TIME and earlier.year != point.year - 1:
        return None
    if earlier.stretch != point.stretch:
        return Comparison(
            earlier.period_code,
            earlier.label,
            None,
            "definitionen har ändrats",
            earlier.coverage,
        )
    change = change_between(definition, point.cells.total, earlier.cells.total)
    if change and definition.aggregation == Aggregation.SUM and _differ(point, earlier):
        change += f", {UNEQUAL}"
    return Comparison(
        earlier.period_code, earlier.label, earlier.cells.total, change, earlier.coverage
    )


def _differ(point: Point, earlier: Point) -> bool:
    """Whether two sums are made of unequally many nämnder. Two whole cities are comparable,
    also when nämnder were merged between them."""
    whole = all(c.reported == c.asked for c in (point.coverage, earlier.coverage))
    return not whole and point.coverage.short != earlier.coverage.short


def change_between(definition: IndicatorVersion, now: Cell, then: Cell) -> str:
    """ "+12", "−2,3 procentenheter", "oförändrat"; "" unless both may be shown."""
    if now.value is None or then.value is None:
        return ""
    difference = _as_written(now.value, now.decimals) - _as_written(then.value, then.decimals)
    if difference == 0:
        return "oförändrat"
    sign = "+" if difference > 0 else MINUS
    is_per_cent = definition.is_yes_no or (definition.is_ratio and definition.scale == PER_CENT)
    unit = " procentenheter" if is_per_cent else ""
    return f"{sign}{format_number(abs(difference), decimals=now.decimals)}{unit}"


def _as_written(value: Decimal, decimals: int | None) -> Decimal:
    """The number as a reader sees it, so that what is said about it agrees with what is seen."""
    return value if decimals is None else value.quantize(Decimal(1).scaleb(-decimals))


def target_of(definition: IndicatorVersion, book: Book, point: Point) -> TargetResult | None:
    """The city's target on the point's last day, and whether its figure meets it."""
    rows = book.yardsticks.targets.get(definition.indicator_id, ())
    return target_among([row for row in rows if row.namnd_id is None], definition, point)


def target_among(
    rows: Iterable[TargetRow], definition: IndicatorVersion, point: Point
) -> TargetResult | None:
    """As `target_of`, of the targets of one nämnd, or of the city."""
    held, before = target_on(rows, point.ends_on)
    if held is None:
        return None
    return TargetResult(
        held.year,
        held.value,
        _verdict(definition, point, held.value),
        held.source,
        held.is_example,
        change_of_target(held.valid_from, held.decision, before.value if before else None),
    )


def target_on(rows: Iterable[TargetRow], day: dt.date) -> tuple[TargetRow | None, TargetRow | None]:
    """Of one nämnd's targets, or the city's: the one that holds on `day`, and the one before it
    in the same year."""
    of_year = [row for row in rows if row.year == day.year]
    begun = [row for row in of_year if row.valid_from is None or row.valid_from <= day]
    begun.sort(key=lambda row: row.valid_from or dt.date.min)
    return (begun[-1] if begun else None, begun[-2] if len(begun) > 1 else None)


def change_of_target(since: dt.date | None, decision: str, before: Decimal | None) -> str:
    """ "ändrat från 90 den 1 juli 2025, KF 2025-06-16 § 5"; "" for one that was not changed."""
    if since is None:
        return ""
    what = f"ändrat från {format_number(before)}" if before is not None else "satt"
    return f"{what} den {date_format(since, 'j F Y')}, {decision}"


def _verdict(definition: IndicatorVersion, point: Point, target: Decimal) -> str:
    """Whether the target is met, in words. Says nothing of a figure that may not be shown."""
    cell = point.cells.total
    if cell.value is None or definition.direction == Direction.NEUTRAL:
        return ""
    value = _as_written(cell.value, cell.decimals)
    so_far = (
        definition.accumulation == Accumulation.YEAR_TO_DATE
        and definition.aggregation in (Aggregation.SUM, Aggregation.LATEST)
        and point.kind != PeriodKind.VB
    )
    if definition.direction == Direction.HIGHER:
        if value >= target:
            return "uppnått"
        return "inte uppnått än" if so_far else "inte uppnått"
    if value > target:
        return "överskridet"
    return "inte överskridet än" if so_far else "uppnått"
