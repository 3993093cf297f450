"""All figures of a follow-up in long form: a row for each, the same in every file.

The city's own come with all periods so far, each nämnd's with the period itself.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from indicators.domain.disclosure import Cell
from indicators.domain.figures import Cells, Followup, IndicatorResult
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


def data_rows(followup: Followup) -> Iterator[list[Content | Cell]]:
    """The rows: the city in every period so far, then each nämnd in the period; an indicator that
    stands under several goals once."""
    goals: dict[str, list[str]] = {}
    results: dict[str, IndicatorResult] = {}
    for goal in followup.goals:
        for result in goal.indicators:
            goals.setdefault(result.code, []).append(goal.code)
            results[result.code] = result
    for code, result in results.items():
        about = [", ".join(goals[code]), code, result.name, result.unit]
        for point in result.series:
            for category, cell in by_category(result, point.cells):
                yield [
                    point.period_code,
                    *about,
                    THE_CITY,
                    None,
                    category,
                    *_value(cell),
                    point.coverage.reported if category == Category.TOTAL.label else None,
                    point.coverage.asked if category == Category.TOTAL.label else None,
                    None,
                    None,
                    None,
                    "ja" if point.is_example else "nej",
                    cell.corrected_on,
                    None,
                ]
        for part in result.parts:
            changed = {one.category: one.change for one in part.corrections}
            for category, cell in by_category(result, part.cells):
                is_total = category == Category.TOTAL.label
                yield [
                    followup.period_code,
                    *about,
                    part.namnd_name,
                    part.namnd_code,
                    category,
                    *_value(cell),
                    None,
                    None,
                    part.reason or None,
                    (part.comment or None) if is_total else None,
                    part.forecast if is_total else None,
                    "ja" if part.is_example else "nej",
                    cell.corrected_on,
                    changed.get(category if result.split_by_sex else ""),
                ]


def by_category(result: IndicatorResult, cells: Cells) -> Iterator[tuple[str, Cell]]:
    """(label, cell) of everybody and, where the figure is split, of each sex."""
    for category, cell in zip(Category, cells, strict=True):
        if result.split_by_sex or category == Category.TOTAL:
            yield str(category.label), cell


def _value(cell: Cell) -> tuple[Cell, Decimal | None, Decimal | None]:
    return cell, cell.numerator, cell.denominator
