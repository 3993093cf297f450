"""One indicator's series as CSV and as a workbook, in long form: a row for each figure.

A file is made for others, whoever asks for it: small numbers are protected in it.
"""

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from indicators.domain.disclosure import Cell
from indicators.domain.figures import Cells, describe
from indicators.domain.register import IndicatorPage
from indicators.enums import Category
from indicators.exports.csv_text import write_csv
from indicators.exports.repeatable import repeatable

THE_CITY = "Staden"
COLUMNS = (
    ("Period", 10),
    ("Nämnd", 34),
    ("Nämndkod", 24),
    ("Fördelning", 12),
    ("Värde", 12),
    ("Täljare", 11),
    ("Nämnare", 11),
    ("Uppgift", 40),
    ("Siffran är från", 34),
    ("Serie", 8),
    ("Exempeldata", 12),
    ("Rättad", 12),
)
Content = str | Decimal | int | None


def rows_of(page: IndicatorPage) -> Iterator[tuple[Content, ...]]:
    """The figures, a row each. "Serie" is another number after a break: do not compare over it."""
    for point in page.result.series if page.result else ():
        for category, cell in _by_category(point.cells, page):
            yield (
                point.period_code, THE_CITY, "", category, *_numbers(cell), _words(cell, ""),
                "", point.stretch, "ja" if point.is_example else "nej", _corrected(cell),
            )  # fmt: skip
    for series in page.series:
        for own in series.points:
            for category, cell in _by_category(own.cells, page):
                yield (
                    own.period_code, series.name, series.code, category, *_numbers(cell),
                    _words(cell, own.why),
                    " och ".join(own.forebears), own.stretch,
                    "ja" if own.is_example else "nej", _corrected(cell),
                )  # fmt: skip


def _by_category(cells: Cells, page: IndicatorPage) -> list[tuple[str, Cell]]:
    named = list(zip((str(c.label) for c in Category), cells, strict=True))
    return named if page.split_by_sex else named[:1]


def _words(cell: Cell, why: str) -> str:
    """What stands in place of a number, and why."""
    if cell.is_value:
        return cell.note
    return f"{describe(cell)}: {why}" if why else describe(cell)


def _corrected(cell: Cell) -> str:
    """The day on which one of the figures behind it was last corrected; "" when none has been."""
    return cell.corrected_on.isoformat() if cell.corrected_on else ""


def _numbers(cell: Cell) -> tuple[Content, Content, Content]:
    return cell.value, cell.numerator, cell.denominator


def indicator_csv(page: IndicatorPage) -> bytes:
    """The same rows as CSV."""
    return write_csv([title for title, _ in COLUMNS], rows_of(page), decimals=2)


def indicator_xlsx(page: IndicatorPage) -> bytes:
    """The same rows in a workbook. Texts are written as texts; the same page, the same bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    for at, (title, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, at, title)
        cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="0A5A66")
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(rows_of(page), start=2):
        for at, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            written = sheet.cell(number, at, value)
            written.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            if isinstance(value, str):
                written.data_type = "s"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(sheet.max_row, 1)}"
    book.properties.creator = None
    book.properties.title = page.name
    book.properties.language = "sv-SE"
    content = io.BytesIO()
    book.save(content)
    last = page.result.series[-1].ends_on if page.result else dt.date(2021, 1, 1)
    return repeatable(content.getvalue(), last)


FORMATS = {
    "csv": ("text/csv; charset=utf-8", indicator_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", indicator_xlsx),
}
