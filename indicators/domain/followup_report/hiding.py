"""What a fixed version hides stays hidden in those that come after it.

A fixed version is open for ever. Were a figure shown later that it hides, whoever has kept the
version could work the hidden one out from the others that stand in both.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from indicators.domain.disclosure import WORDS, Cell, CellState, hide
from indicators.domain.figures import (
    Cells,
    Comparison,
    CorrectedFigure,
    Followup,
    GoalResult,
    IndicatorResult,
    Part,
    Point,
)
from indicators.enums import Category

Hidden = tuple[str, str, str, str]
"""Code of the indicator, of the period, of the nämnd ("" for the city), category."""


def hidden_in(followup: Followup, namnd: str = "") -> frozenset[Hidden]:
    """The cells that are hidden. namnd: whose cells stand in the place of the city's."""
    return frozenset(_hidden(followup, namnd))


def _hidden(followup: Followup, namnd: str) -> Iterator[Hidden]:
    period = followup.period_code
    for goal in followup.goals:
        for result in goal.indicators:
            yield from _in_cells(result.cells, result.code, period, namnd)
            for part in result.parts:
                yield from _in_cells(part.cells, result.code, period, part.namnd_code)
            for point in result.series:
                yield from _in_cells(point.cells, result.code, point.period_code, namnd)
            earlier = result.comparison
            if earlier is not None and earlier.cell is not None and _is_hidden(earlier.cell):
                yield result.code, earlier.period_code, namnd, Category.TOTAL.value


def _in_cells(cells: Cells, code: str, period: str, namnd: str) -> Iterator[Hidden]:
    for category, cell in zip(Category.values, cells, strict=True):
        if _is_hidden(cell):
            yield code, period, namnd, category


def _is_hidden(cell: Cell) -> bool:
    return cell.state is CellState.PROTECTED


def keep_hidden(followup: Followup, hidden: Collection[Hidden], namnd: str = "") -> Followup:
    """The follow-up with those cells hidden too, and what is said of them left out."""
    if not hidden:
        return followup
    period = followup.period_code

    def goal_of(goal: GoalResult) -> GoalResult:
        return replace(goal, indicators=tuple(result_of(one) for one in goal.indicators))

    def result_of(result: IndicatorResult) -> IndicatorResult:
        cells = cells_of(result.cells, result.code, period, namnd)
        lost = result.cells.total.is_value and not cells.total.is_value
        target = result.target
        return replace(
            result,
            cells=cells,
            parts=tuple(part_of(part, result.code) for part in result.parts),
            series=tuple(point_of(point, result.code) for point in result.series),
            trend=tuple(point_of(point, result.code) for point in result.trend),
            comparison=comparison_of(result.comparison, result.code, lost=lost),
            target=replace(target, verdict="") if target and lost else target,
        )

    def cells_of(cells: Cells, code: str, of_period: str, of_namnd: str) -> Cells:
        return Cells(
            *(
                hide(cell)
                if cell.is_value and (code, of_period, of_namnd, category) in hidden
                else cell
                for category, cell in zip(Category.values, cells, strict=True)
            )
        )

    def part_of(part: Part, code: str) -> Part:
        cells = cells_of(part.cells, code, period, part.namnd_code)
        if cells == part.cells:
            return part
        return replace(
            part,
            cells=cells,
            comment="",
            forecast=None,
            corrections=tuple(_without_figures(one, cells) for one in part.corrections),
        )

    def point_of(point: Point, code: str) -> Point:
        return replace(point, cells=cells_of(point.cells, code, point.period_code, namnd))

    def comparison_of(comparison: Comparison | None, code: str, *, lost: bool) -> Comparison | None:
        if comparison is None or comparison.cell is None:
            return comparison
        cell, place = comparison.cell, (code, comparison.period_code, namnd, Category.TOTAL.value)
        if cell.is_value and place in hidden:
            return replace(comparison, cell=hide(cell), change="")
        return replace(comparison, change="") if lost else comparison

    return replace(followup, goals=tuple(goal_of(goal) for goal in followup.goals))


def _without_figures(one: CorrectedFigure, cells: Cells) -> CorrectedFigure:
    """That it was corrected, without what it was; and without what it is, where that is hidden."""
    of_label = dict(zip(("Totalt", "Kvinnor", "Män"), cells, strict=True))
    cell = of_label.get(one.category or "Totalt", cells.total)
    now = one.now if cell.is_value else WORDS[CellState.PROTECTED]
    return replace(one, before="", reason="", now=now)
