"""A nämnd's workbook in the hands of somebody who fills it in."""

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.importing.layout import COLUMNS
from indicators.domain.sheet import entry_sheet
from indicators.exports.report_xlsx import report_xlsx
from indicators.models import Period, Report
from organisation.models import Namnd
from trace.uploads import WORKBOOK, CheckedFile, open_upload


class Book:
    """The workbook of a nämnd's report as it is now, opened."""

    def __init__(self, namnd: Namnd, period: Period) -> None:
        found = Report.objects.filter(namnd=namnd, period=period)
        report = found.select_related("namnd", "period").first()
        self.made = report_xlsx(entry_sheet(report or Report(namnd=namnd, period=period)))
        self.book: Workbook = load_workbook(io.BytesIO(self.made))

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a field, found as a reader would: by the hidden keys."""
        sheet, number, columns = self.find(row)
        return sheet.cell(number, columns[column])

    def find(self, row: str) -> tuple[Worksheet, int, dict[str, int]]:
        for sheet in self.book.worksheets:
            columns: dict[str, int] = {}
            for cells in sheet.iter_rows():
                if any(cell.value == COLUMNS for cell in cells):
                    columns = {str(cell.value): cell.column for cell in cells if cell.value}
                if columns and any(cell.value == row for cell in cells):
                    return sheet, cells[0].row, columns
        raise LookupError(row)

    def fill(self, row: str, **columns: Any) -> "Book":
        for column, content in columns.items():
            self.cell(row, column.replace("_", "-")).value = content
        return self

    def file(self, name: str = "bok.xlsx") -> CheckedFile:
        return open_upload(name, self.data, [WORKBOOK])

    @property
    def data(self) -> bytes:
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()
