"""One indicator in one period: the city's figure, what it is read beside, and its parts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.db.models import DateField
from django.db.models import Value as Literal
from django.utils.formats import date_format

from indicators.domain.disclosure import NOT_ASKED, Audience, Cell, CellState, hide, show
from indicators.domain.expected import Expected
from indicators.domain.figures import (
    NOT_ADDED_WORDS,
    SPLIT_WORDS,
    Cells,
    Comparison,
    CorrectedFigure,
    Coverage,
    IndicatorResult,
    Part,
    Point,
    Reference,
    TargetResult,
    describe,
)
from indicators.domain.numbers import MINUS, format_number
from indicators.domain.protecting import HiddenPlace, hidden_cells
from indicators.domain.same_counts import SameCounts, same_counts
from indicators.domain.tallies import PER_CENT, Key, Outcome, Tally, add_up, outcome_of
from indicators.enums import (
    Accumulation,
    Aggregation,
    Category,
    Direction,
    MissingReason,
    PeriodKind,
    Region,
)
from indicators.models import IndicatorVersion, ReferenceValue, Target

RATIO_DECIMALS = 1
UNEQUAL = "olika många nämnder"
SEXES = (Category.KVINNOR, Category.MAN)


@dataclass(frozen=True)
class TargetRow:
    """A target of a year; one that was changed during the year has the day of the change."""

    namnd_id: int | None
    """None for the city's."""
    year: int
    value: Decimal
    source: str
    is_example: bool
    valid_from: dt.date | None = None
    decision: str = ""


@dataclass(frozen=True)
class Yardsticks:
    """Targets and reference values by indicator id."""

    targets: dict[int, list[TargetRow]]
    """Of each year the one that it began with first, then its changes."""
    references: dict[int, list[Reference]]


def read_yardsticks(indicator_ids: Collection[int]) -> Yardsticks:
    """Targets and reference values of the indicators, in one query."""
    targets: dict[int, list] = defaultdict(list)
    references: dict[int, list[Reference]] = defaultdict(list)
    of_targets = (
        Target.objects.order_by()
        .filter(indicator__in=indicator_ids)
        .annotate(region=Literal(""))
        .values_list(
            "indicator_id",
            "region",
            "namnd_id",
            "year",
            "value",
            "source",
            "is_example",
            "valid_from",
            "decision",
        )
    )
    of_references = (
        ReferenceValue.objects.order_by()
        .filter(indicator__in=indicator_ids)
        .annotate(
            namnd_id=Literal(0),
            valid_from=Literal(None, output_field=DateField()),
            decision=Literal(""),
        )
        .values_list(
            "indicator_id",
            "region",
            "namnd_id",
            "year",
            "value",
            "source",
            "approximate",
            "valid_from",
            "decision",
        )
    )
    rows = of_targets.union(of_references, all=True)
    for indicator_id, region, namnd_id, year, value, source, flag, since, decision in sorted(
        rows, key=lambda row: (row[1], row[3], row[2] or 0, str(row[7] or ""))
    ):
        if region:
            reference = Reference(Region(region).label, year, value, flag, source)
            references[indicator_id].append(reference)
        else:
            targets[indicator_id].append(
                TargetRow(namnd_id, year, value, source, flag, since, decision)
            )
    return Yardsticks(dict(targets), dict(references))


@dataclass(frozen=True)
class Book:
    """All that has been read, from which results are made."""

    audience: Audience
    expected: dict[str, Expected]
    tallies: dict[Key, list[Tally]]
    yardsticks: Yardsticks

    @cached_property
    def hidden(self) -> frozenset[HiddenPlace]:
        """What this audience may not see: small figures, and what would give them away."""
        if self.audience is not Audience.OTHERS:
            return frozenset()
        return hidden_cells(self.expected, self.tallies)

    @cached_property
    def _hidden_years(self) -> frozenset[tuple[int, int]]:
        """(year, indicator id) of which something is hidden, or was before it was corrected."""
        if self.audience is not Audience.OTHERS:
            return frozenset()
        places = self.hidden | hidden_cells(self.expected, self.tallies, before=True)
        return frozenset((self.expected[code].period.year, pk) for code, pk, *_ in places)

    def tells_what_was(self, code: str, indicator_id: int) -> bool:
        """Whether what a corrected figure was may be told.

        Not where anything of the indicator is hidden that year, or was before, or of one that shows
        the same counts: who has kept what was shown then could work a hidden figure out from what
        another one was.
        """
        year = self.expected[code].period.year
        together = self._same.together_with(indicator_id)
        return not any((year, pk) in self._hidden_years for pk in together)

    @cached_property
    def _same(self) -> SameCounts:
        return same_counts(self.expected)

    def protected(self, cells: Cells, code: str, indicator_id: int, namnd_id: int | None) -> Cells:
        """The cells of a nämnd (None: of the city) in a period, as they may be shown."""
        if not any((code, indicator_id, namnd_id, c) in self.hidden for c in Category):
            return cells
        return Cells(
            *(
                hide(cell)
                if cell.is_value and (code, indicator_id, namnd_id, category) in self.hidden
                else cell
                for category, cell in zip(Category.values, cells, strict=True)
            )
        )


def result_of(
    book: Book,
    indicator_id: int,
    period_code: str,
    approved: Collection[int],
    *,
    opened: bool = True,
) -> IndicatorResult:
    """One indicator in one period. approved: ids of the nämnder whose report is approved.

    opened: whether it has its parts and every period so far; else only the figure itself and the
    one that it is compared with.
    """
    now = book.expected[period_code]
    definition = now.definitions[indicator_id]
    indicator = definition.indicator
    asking = [code for code, exp in book.expected.items() if indicator_id in exp.definitions]
    comparable = [c for c in asking if _is_comparable(book, definition, c, period_code)]
    series = tuple(
        replace(point, cells=book.protected(point.cells, code, indicator_id, None))
        for code in (asking if opened else _with_the_one_before(comparable, period_code))
        for point in [_point(book, indicator_id, code)]
    )
    point = next(p for p in series if p.period_code == period_code)
    trend = tuple(p for p in series if p.period_code in comparable)
    return IndicatorResult(
        code=indicator.code,
        name=definition.name,
        unit=definition.unit,
        definition=definition.definition,
        source=indicator.source,
        aggregation=definition.get_aggregation_display(),
        accumulation=definition.get_accumulation_display(),
        direction=definition.get_direction_display(),
        split_by_sex=definition.split_by_sex,
        is_yes_no=definition.is_yes_no,
        whole_label=_whole_label(definition),
        register_is_example=indicator.is_example,
        is_example=point.is_example,
        cells=point.cells,
        coverage=point.coverage,
        coverage_by_sex=_coverage_by_sex(book, definition, point),
        comparison=_comparison(definition, trend, point),
        target=_target(definition, book, point),
        references=tuple(book.yardsticks.references.get(indicator_id, ())),
        parts=_parts(book, definition, period_code, approved) if opened else (),
        series=series,
        trend=trend,
    )


def _point(book: Book, indicator_id: int, code: str) -> Point:
    expected = book.expected[code]
    definition = expected.definitions[indicator_id]
    by_category = {c: book.tallies.get((code, indicator_id, c), []) for c in Category}
    outcome, reported = add_up(definition, by_category[Category.TOTAL])
    asked = expected.asked_of[indicator_id]
    given = {t.namnd_id for t in by_category[Category.TOTAL] if t.reported}
    # Who has not given one is known only where it is read nämnd by nämnd.
    silent = frozenset() if None in given else asked - given
    return Point(
        period_code=code,
        label=expected.period.label,
        year=expected.period.year,
        kind=expected.period.kind,
        ends_on=expected.period.ends_on,
        definition_number=definition.number,
        stretch=expected.stretches[definition.pk],
        cells=Cells(
            _marked(_city_cell(book.audience, definition, outcome), by_category[Category.TOTAL]),
            *(
                _marked(
                    _city_cell(book.audience, definition, add_up(definition, by_category[sex])[0]),
                    by_category[sex],
                )
                if definition.split_by_sex
                else not_asked(SPLIT_WORDS)
                for sex in SEXES
            ),
        ),
        coverage=Coverage(
            reported,
            len(asked),
            tuple(n.name for pk, n in expected.namnder.items() if pk in silent) if silent else (),
        ),
        is_example=any(t.is_example for tallies in by_category.values() for t in tallies),
    )


def _marked(cell: Cell, tallies: Iterable[Tally]) -> Cell:
    """The cell, marked as corrected when one of the figures behind it has been."""
    days = [tally.corrected_on for tally in tallies if tally.corrected_on]
    return replace(cell, corrected_on=max(days)) if days else cell


def not_asked(note: str) -> Cell:
    """A cell that holds nothing by design, and says why."""
    return Cell(NOT_ASKED.state, note=note)


def _city_cell(audience: Audience, definition: IndicatorVersion, outcome: Outcome) -> Cell:
    if definition.aggregation == Aggregation.NONE:
        return not_asked(NOT_ADDED_WORDS)
    # A share of yes counts nämnder, not people: there is nobody to protect.
    counts_people = definition.counts_people and not definition.is_yes_no
    return _cell(audience, counts_people, outcome)


def _cell(audience: Audience, counts_people: bool, outcome: Outcome) -> Cell:
    if outcome.value is None and outcome.note:
        return not_asked(outcome.note)
    return show(
        value=outcome.value,
        counts_people=counts_people,
        audience=audience,
        numerator=outcome.numerator,
        denominator=outcome.denominator,
        decimals=None if outcome.denominator is None else RATIO_DECIMALS,
        note=outcome.note,
    )


def own_cells(
    book: Book,
    definition: IndicatorVersion,
    code: str,
    namnd_id: int,
    own: Mapping[tuple[int | None, str], Tally],
) -> Cells:
    """What one nämnd has given in a period, as it may be shown. own: by nämnd id and category."""
    cells = Cells(
        _own_cell(book.audience, definition, own.get((namnd_id, Category.TOTAL), Tally())),
        *(
            _own_cell(book.audience, definition, own.get((namnd_id, sex), Tally()))
            if definition.split_by_sex
            else not_asked(SPLIT_WORDS)
            for sex in SEXES
        ),
    )
    return book.protected(cells, code, definition.indicator_id, namnd_id)


def city_cells(book: Book, indicator_id: int, code: str) -> Cells:
    """The city's figure in a period, as it may be shown."""
    return book.protected(_point(book, indicator_id, code).cells, code, indicator_id, None)


def cell_of_several(
    audience: Audience, definition: IndicatorVersion, outcome: Outcome, tallies: Iterable[Tally]
) -> Cell:
    """The figure of several nämnder together. Whether it may be shown is for the caller to say:
    nothing but small numbers is hidden here."""
    return _marked(_city_cell(audience, definition, outcome), tallies)


def _parts(
    book: Book, definition: IndicatorVersion, code: str, approved: Collection[int]
) -> tuple[Part, ...]:
    expected = book.expected[code]
    asked = expected.asked_of[definition.indicator_id]
    own: dict[tuple[int | None, str], Tally] = {
        (tally.namnd_id, category): tally
        for category in Category
        for tally in book.tallies.get((code, definition.indicator_id, category), ())
    }
    parts = []
    for namnd_id, namnd in expected.namnder.items():
        if namnd_id not in asked:
            continue
        total = own.get((namnd_id, Category.TOTAL), Tally())
        cells = own_cells(book, definition, code, namnd_id, own)
        reason = "" if namnd_id in approved else "ingen godkänd rapport"
        if total.missing:
            reason = MissingReason(total.missing).label.lower()
        # Words about a protected figure may give it away.
        hidden = any(cell.state is CellState.PROTECTED for cell in cells)
        comment = "" if hidden else total.comment.strip()
        forecast = None if hidden else _forecast(book.audience, definition, total)
        tallies = {c: own[namnd_id, c] for c in Category if (namnd_id, c) in own}
        corrected = (
            _corrections(book, definition, code, namnd.name, cells, tallies)
            if any(tally.was for tally in tallies.values())
            else ()
        )
        parts.append(
            Part(
                namnd.code,
                namnd.name,
                cells,
                reason,
                comment,
                total.is_example,
                forecast,
                corrected,
            )
        )
    return tuple(parts)


def _corrections(
    book: Book,
    definition: IndicatorVersion,
    code: str,
    namnd: str,
    cells: Cells,
    tallies: Mapping[Category, Tally],
) -> tuple[CorrectedFigure, ...]:
    """What one nämnd has corrected; what it was only where no figure of it, then or now, is small.

    Unless nothing is hidden, the figures of the sexes and of all together could be read off from
    what they were.
    """
    before = {
        category: _own_cell(book.audience, definition, tally.was or tally)
        for category, tally in tallies.items()
    }
    hidden = any(
        cell.state is CellState.PROTECTED for cell in (*cells, *before.values())
    ) or not book.tells_what_was(code, definition.indicator_id)
    found = []
    for category, now in zip(Category, cells, strict=True):
        tally = tallies.get(category)
        if tally is None or tally.was is None or tally.corrected_on is None:
            continue
        found.append(
            CorrectedFigure(
                indicator_code=definition.indicator.code,
                indicator=definition.name,
                category=str(category.label) if definition.split_by_sex else "",
                namnd=namnd,
                before="" if hidden else describe(before[category]),
                now=describe(now),
                on=tally.corrected_on,
                reason="" if hidden else tally.why_corrected,
                is_example=tally.is_example,
            )
        )
    return tuple(found)


def _forecast(audience: Audience, definition: IndicatorVersion, total: Tally) -> Cell | None:
    """A forecast points at people as an outcome does: a small one is hidden by the same rule."""
    if total.forecast is None:
        return None
    counts_people = definition.counts_people and not definition.is_ratio
    return show(value=total.forecast, counts_people=counts_people, audience=audience)


def _own_cell(audience: Audience, definition: IndicatorVersion, tally: Tally) -> Cell:
    outcome = outcome_of(definition, tally)
    if definition.is_yes_no and outcome.value is not None:
        shown = show(
            value=outcome.value,
            counts_people=False,
            audience=audience,
            note="ja" if outcome.value else "nej",
        )
    else:
        shown = _cell(audience, definition.counts_people, outcome)
    return _marked(shown, [tally])


def _whole_label(definition: IndicatorVersion) -> str:
    if definition.is_ratio:
        return f"{definition.numerator_label} av {definition.denominator_label}"
    return "nämnder som svarar ja, av dem som har svarat" if definition.is_yes_no else ""


def _coverage_by_sex(book: Book, definition: IndicatorVersion, point: Point) -> str:
    if not definition.split_by_sex:
        return ""
    counts = {
        sex: add_up(
            definition,
            book.tallies.get((point.period_code, definition.indicator_id, sex), []),
        )[1]
        for sex in SEXES
    }
    if all(count == point.coverage.reported for count in counts.values()):
        return ""
    return " · ".join(
        f"{sex.label}: {count} av {point.coverage.asked}" for sex, count in counts.items()
    )


# --- beside what a figure is read ----------------------------------------------------------


def _is_comparable(book: Book, definition: IndicatorVersion, code: str, period_code: str) -> bool:
    """Whether a period's figure says the same kind of thing as the one in `period_code`.

    Year to date: the same kind of period of other years (tertial 2 holds tertial 1, so those
    are never compared or added). At a point in time: all. Yearly: they are of one kind already.
    """
    if definition.accumulation == Accumulation.POINT_IN_TIME:
        return True
    return book.expected[code].period.kind == book.expected[period_code].period.kind


def _with_the_one_before(codes: Sequence[str], code: str) -> Sequence[str]:
    index = codes.index(code)
    return codes[max(index - 1, 0) : index + 1]


def _comparison(
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


def _target(definition: IndicatorVersion, book: Book, point: Point) -> TargetResult | None:
    rows = book.yardsticks.targets.get(definition.indicator_id, ())
    held, before = target_on([row for row in rows if row.namnd_id is None], point.ends_on)
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
