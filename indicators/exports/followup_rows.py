"""All figures of a follow-up in long form: a row for each, the same in every file.

The city's own come with all periods so far, each nämnd's with the period itself.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.disclosure import Cell
from indicators.domain.figures import (
    Cells,
    Followup,
    GoalResult,
    IndicatorResult,
    Part,
    Point,
)
from indicators.enums import Category

Content = str | Decimal | int | dt.date | None

# Title, and width in a workbook.
DATA_COLUMNS = (
    ("Period", 10),
    ("Mål", 8),
    ("Indikatorkod", 18),
    ("Indikator", 52),
    ("Enhet", 10),
    ("Nämnd", 34),
    ("Nämndkod", 24),
    ("Fördelning", 12),
    ("Värde", 17),
    ("Täljare", 11),
    ("Nämnare", 11),
    ("Nämnder med uppgift", 12),
    ("Av tillfrågade", 12),
    ("Varför uppgift saknas", 30),
    ("Kommentar", 60),
    ("Helårsprognos", 17),
    ("Exempeldata", 12),
    ("Rättad", 12),
    ("Vad som rättades", 60),
)
THE_CITY = "Staden"


@dataclass(frozen=True)
class LongRow:
    """One figure in long form: period, indicator, nämnd (or the whole city), and for whom."""

    period: str
    result: IndicatorResult
    goals: tuple[GoalResult, ...]
    """Every goal that the indicator stands under."""
    point: Point | None
    """The city's, of which the figure is; None for a nämnd's."""
    part: Part | None
    """The nämnd's, of which the figure is; None for the city's."""
    category: Category
    cell: Cell

    @property
    def namnd_code(self) -> str | None:
        return self.part.namnd_code if self.part else None

    @property
    def whose(self) -> str:
        return self.part.namnd_name if self.part else THE_CITY

    @property
    def is_example(self) -> bool:
        return bool((self.part or self.point or self.result).is_example)


def long_rows(followup: Followup) -> Iterator[LongRow]:
    """The city in every period so far, then each nämnd in the period; an indicator that stands
    under several goals once."""
    goals: dict[str, list[GoalResult]] = {}
    results: dict[str, IndicatorResult] = {}
    for goal in followup.goals:
        for result in goal.indicators:
            goals.setdefault(result.code, []).append(goal)
            results[result.code] = result
    for code, result in results.items():
        of = result, tuple(goals[code])
        for point in result.series:
            for category, cell in _by_category(result, point.cells):
                yield LongRow(point.period_code, *of, point, None, category, cell)
        for part in result.parts:
            for category, cell in _by_category(result, part.cells):
                yield LongRow(followup.period_code, *of, None, part, category, cell)


def data_rows(followup: Followup) -> Iterator[list[Content | Cell]]:
    """The rows of the files."""
    for row in long_rows(followup):
        result, point, part = row.result, row.point, row.part
        is_total = row.category == Category.TOTAL
        label = str(row.category.label)
        yield [
            row.period,
            ", ".join(goal.code for goal in row.goals),
            result.code,
            result.name,
            result.unit,
            row.whose,
            row.namnd_code,
            label,
            row.cell,
            row.cell.numerator,
            row.cell.denominator,
            point.coverage.reported if point and is_total else None,
            point.coverage.asked if point and is_total else None,
            (part.reason or None) if part else None,
            (part.comment or None) if part and is_total else None,
            part.forecast if part and is_total else None,
            "ja" if row.is_example else "nej",
            row.cell.corrected_on,
            _changed(part, label if result.split_by_sex else "") if part else None,
        ]


def _changed(part: Part, category: str) -> str | None:
    """What was corrected of one of the nämnd's figures."""
    return next((one.change for one in part.corrections if one.category == category), None)


def _by_category(result: IndicatorResult, cells: Cells) -> Iterator[tuple[Category, Cell]]:
    for category, cell in zip(Category, cells, strict=True):
        if result.split_by_sex or category == Category.TOTAL:
            yield category, cell
