"""One indicator in one period: the city's figure, what it is read beside, and its parts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from django.conf import settings

from indicators.domain.book import CATEGORIES, Book
from indicators.domain.comparing import (
    comparison_of,
    is_comparable,
    target_of,
    with_the_one_before,
)
from indicators.domain.disclosure import NOT_ASKED, Audience, Cell, CellState, show
from indicators.domain.figures import (
    NOT_ADDED_WORDS,
    SPLIT_WORDS,
    Cells,
    CorrectedFigure,
    Coverage,
    IndicatorResult,
    Part,
    Point,
    describe,
)
from indicators.domain.tallies import Outcome, Tally, add_up, outcome_of
from indicators.enums import Aggregation, Category, MissingReason
from indicators.models import IndicatorVersion

RATIO_DECIMALS = 1
SEXES = (Category.KVINNOR, Category.MAN)


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
    comparable = [c for c in asking if is_comparable(book.expected, definition, c, period_code)]
    series = tuple(
        city_point(book, indicator_id, code)
        for code in (asking if opened else with_the_one_before(comparable, period_code))
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
        comparison=comparison_of(definition, trend, point),
        target=target_of(definition, book, point),
        references=tuple(book.yardsticks.references.get(indicator_id, ())),
        parts=_parts(book, definition, period_code, approved) if opened else (),
        series=series,
        trend=trend,
    )


def _point(book: Book, indicator_id: int, code: str) -> Point:
    expected = book.expected[code]
    definition = expected.definitions[indicator_id]
    total, *of_sexes = (book.tallies.get((code, indicator_id, c), []) for c in CATEGORIES)
    cell, reported = _kept_cell(book.audience, definition, total)
    asked = expected.asked_of[indicator_id]
    given = {t.namnd_id for t in total if t.reported}
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
            cell,
            *(
                _kept_cell(book.audience, definition, of_sex)[0]
                if definition.split_by_sex
                else not_asked(SPLIT_WORDS)
                for of_sex in of_sexes
            ),
        ),
        coverage=Coverage(
            reported,
            len(asked),
            tuple(n.name for pk, n in expected.namnder.items() if pk in silent) if silent else (),
        ),
        is_example=any(t.is_example for tallies in (total, *of_sexes) for t in tallies),
    )


_kept: dict[tuple[int, Audience], tuple[Tally, tuple[object, ...], tuple[Cell, int]]] = {}
"""By the sum, known by being the same one, what it is shown as."""
MOST_KEPT = 50_000


def _kept_cell(
    audience: Audience, definition: IndicatorVersion, tallies: Sequence[Tally]
) -> tuple[Cell, int]:
    """The city's figure before it is hidden for the sake of others, and how many it builds on.

    The sums of a period stay in the process for as long as nothing is approved in it
    (tally_reading); so does what they are shown as, under the same definition and rule.
    """
    if len(tallies) != 1 or tallies[0].namnd_id is not None:
        return _made_cell(audience, definition, tallies)
    (tally,) = tallies
    how = (
        definition.aggregation,
        definition.scale,
        definition.counts_people,
        definition.is_yes_no,
        settings.SMALL_COUNT_MAX,
    )
    kept = _kept.get((id(tally), audience))
    if kept is not None and kept[0] is tally and kept[1] == how:
        return kept[2]
    if len(_kept) > MOST_KEPT:
        _kept.clear()
    made = _made_cell(audience, definition, tallies)
    _kept[id(tally), audience] = tally, how, made
    return made


def _made_cell(
    audience: Audience, definition: IndicatorVersion, tallies: Sequence[Tally]
) -> tuple[Cell, int]:
    outcome, reported = add_up(definition, tallies)
    return _marked(_city_cell(audience, definition, outcome), tallies), reported


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


def city_point(book: Book, indicator_id: int, code: str) -> Point:
    """The city's figure in a period, as it may be shown."""
    point = _point(book, indicator_id, code)
    shown = book.protected(point.cells, code, indicator_id, None)
    return point if shown is point.cells else replace(point, cells=shown)


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
