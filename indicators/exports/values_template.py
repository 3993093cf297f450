"""A template for values in long form: a row for everything that a period asks, to fill in."""

import csv
import io
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.styles import Font

from indicators.domain.checks import categories_of
from indicators.domain.expected import expected_in
from indicators.domain.importing.long_table import COLUMNS, neutral
from indicators.domain.loading.problems import BadFile, Place, Problem
from indicators.exports.repeatable import repeatable
from indicators.models import Period


def values_template(period_code: str, *, namnd_code: str = "", file_format: str) -> bytes:
    """The template as "csv" (semicolons, UTF-8 with its mark, as Excel opens it) or "xlsx".

    namnd_code: of one nämnd; "" for all. Raises BadFile for an unknown period or nämnd.
    """
    period = Period.objects.filter(code=period_code).first()
    if period is None:
        raise BadFile([Problem(Place(), f"Perioden ”{period_code[:20]}” finns inte.")])
    rows = list(_rows(period, namnd_code))
    if not rows:
        raise BadFile([Problem(Place(), "Perioden begär inga värden av den nämnden.")])
    titles = [column.title for column in COLUMNS]
    if file_format == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(titles)
        writer.writerows([neutral(cell) for cell in row] for row in rows)
        return text.getvalue().encode("utf-8-sig")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Värden"
    for number, row in enumerate([titles, *rows], start=1):
        for at, text_ in enumerate(row, start=1):
            if text_:
                cell = sheet.cell(number, at, text_)
                cell.data_type = "s"  # or a leading = would make it a formula
                if number == 1:
                    cell.font = Font(name="Calibri", bold=True)
    for letter, width in zip(
        "ABCDEFGHIJK", (26, 18, 50, 12, 12, 12, 12, 22, 50, 12, 18), strict=True
    ):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.properties.creator = None
    written = io.BytesIO()
    book.save(written)
    return repeatable(written.getvalue(), period.ends_on)


def _rows(period: Period, namnd_code: str) -> Iterator[list[str]]:
    expected = expected_in(period)
    for namnd in expected.namnder.values():
        if namnd_code and namnd.code != namnd_code:
            continue
        mine = expected.indicators_for(namnd.pk)
        for indicator_id, definition in expected.definitions.items():
            if indicator_id not in mine:
                continue
            for category in categories_of(definition):
                empty = [""] * (len(COLUMNS) - 4)
                code = definition.indicator.code
                yield [namnd.code, code, definition.name, str(category), *empty]
