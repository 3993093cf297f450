"""One nämnd's own figures in every period so far, and its own targets, as others may see them.

Made of what the follow-up rests on, read nämnd by nämnd; what a fixed version hides stays hidden.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from indicators.domain.book import Book
from indicators.domain.comparing import target_among
from indicators.domain.consolidation import Ground
from indicators.domain.disclosure import hide
from indicators.domain.figures import Cells, Coverage, Point, TargetResult
from indicators.domain.followup_report.hiding import Hidden
from indicators.domain.results import own_cells
from indicators.domain.tallies import Key, Tally
from indicators.enums import Category
from organisation.models import Namnd


@dataclass(frozen=True)
class OwnSeries:
    """Of one indicator."""

    points: tuple[Point, ...]
    """Every period in which the nämnd was asked, oldest first."""
    target: TargetResult | None


def own_series(
    ground: Ground, namnd: Namnd, *, hidden: Collection[Hidden]
) -> Mapping[str, OwnSeries]:
    """By the code of each indicator that the nämnd is asked for in the period.

    ground: of the whole period, made for others, read nämnd by nämnd where this one is asked
    (`Wanted.namnd_id`). hidden: what a fixed version of any of the
    periods hides.
    """
    now = ground.now
    ids = [pk for pk in ground.indicator_ids if namnd.pk in now.asked_of[pk]]
    return {
        now.definitions[pk].indicator.code: _of_one(ground.book, pk, namnd, hidden) for pk in ids
    }


def _of_one(book: Book, pk: int, namnd: Namnd, hidden: Collection[Hidden]) -> OwnSeries:
    points = []
    for code, expected in book.expected.items():
        if pk in expected.definitions and namnd.pk in expected.asked_of.get(pk, ()):
            points.append(_point(book, pk, code, namnd, hidden))
    definition = list(book.expected.values())[-1].definitions[pk]
    rows = [row for row in book.yardsticks.targets.get(pk, ()) if row.namnd_id == namnd.pk]
    target = target_among(rows, definition, points[-1])
    if target is not None and definition.is_yes_no:
        # Yes or no is no part of a whole: whether the target is met is for the nämnd to say.
        target = replace(target, verdict="")
    return OwnSeries(tuple(points), target)


def _point(book: Book, pk: int, code: str, namnd: Namnd, hidden: Collection[Hidden]) -> Point:
    expected = book.expected[code]
    definition = expected.definitions[pk]
    own = _own(book.tallies, code, pk)
    cells = own_cells(book, definition, code, namnd.pk, own)
    indicator = definition.indicator.code
    kept = Cells(
        *(
            hide(cell)
            if cell.is_value and (indicator, code, namnd.code, category) in hidden
            else cell
            for category, cell in zip(Category.values, cells, strict=True)
        )
    )
    total = own.get((namnd.pk, Category.TOTAL), Tally())
    return Point(
        period_code=code,
        label=expected.period.label,
        year=expected.period.year,
        kind=expected.period.kind,
        ends_on=expected.period.ends_on,
        definition_number=definition.number,
        stretch=expected.stretches[definition.pk],
        cells=kept,
        coverage=Coverage(int(bool(total.reported)), 1, () if total.reported else (namnd.name,)),
        is_example=total.is_example,
    )


def _own(
    tallies: Mapping[Key, list[Tally]], code: str, pk: int
) -> dict[tuple[int | None, str], Tally]:
    return {
        (tally.namnd_id, category): tally
        for category in Category
        for tally in tallies.get((code, pk, category), ())
    }


def with_cells(points: tuple[Point, ...], code: str, cells: Cells) -> tuple[Point, ...]:
    """The points, with other cells in one period."""
    return tuple(replace(p, cells=cells) if p.period_code == code else p for p in points)
