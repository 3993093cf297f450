"""The workbook's other sheets: how it is filled in, what the indicators mean, and, hidden, what
the reader of it needs to know."""

from collections.abc import Mapping

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.importing import layout
from indicators.domain.importing.fields import ReportField, row_key
from indicators.domain.sheet import Sheet
from indicators.exports.report_xlsx_look import (
    HEADER_FILL,
    HEADER_FONT,
    HEADING,
    LINE_HEIGHT,
    ROW_LINE,
    TALLEST,
    TEXT,
    TITLE,
    lines_of,
    write,
)
from indicators.names import activity_cell, goal_cell

GUIDANCE = (
    "Fyll i de gula cellerna. Allt annat är låst, så att Samlad känner igen filen när den kommer "
    "tillbaka. Du behöver inte fylla i allt: det du lämnar som det är ändras inte.",
    "Varje mål har ett blad: först indikatorerna, sedan aktiviteterna och sist nämndens bedömning "
    "av målet. Bredvid står vad nämnden lämnade förra perioden och samma period förra året, och "
    "årsmålet.",
    "Skriv tal med siffror: 12,5 eller 1 234. Inga enheter, inga procenttecken och inget ”ca”; "
    "sådant hör hemma i kommentaren. En nolla betyder noll, inte att uppgift saknas.",
    "Finns ingen siffra, välj varför i kolumnen Uppgift saknas och lämna utfallet tomt.",
    "Kvinnor och män ska tillsammans bli totalen. Är könet inte känt för resten: välj Ja i "
    "kolumnen Resten, på raden för totalt.",
    "Av en kvot skrivs täljaren och nämnaren var för sig. Andelen räknas ut i Samlad.",
    "Formler läses inte. Har du räknat i Excel: kopiera cellerna och klistra in dem som värden. "
    "Slå inte ihop celler.",
    "Skriv inga personuppgifter. Personnummer får inte stå någonstans i filen.",
    "Spara filen som Excel-arbetsbok (.xlsx) och ladda upp den på rapportens sida. Du ser varje "
    "ändring innan något sparas. Har någon annan skrivit i samma fält sedan filen hämtades visas "
    "båda, och du väljer.",
    "Att ladda upp är inte att lämna in. Lämna in gör du i Samlad när allt stämmer.",
)
GUIDE_WIDTH = 72


def write_guide(sheet: Worksheet, report: Sheet) -> None:
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    namnd, period = report.report.namnd, report.report.period
    lines = [
        (f"{period.label}, {namnd.name}", TITLE),
        (f"Avser {period.starts_on} – {period.ends_on}.", Font(name="Calibri")),
        ("Så här gör du", HEADING),
        *((text, Font(name="Calibri")) for text in GUIDANCE),
    ]
    if report.report.is_example:
        lines.insert(2, ("Exempeldata.", Font(name="Calibri", bold=True)))
    for number, (text, font) in enumerate(lines, start=1):
        cell = write(sheet, number, 1, text)
        cell.font, cell.alignment = font, TEXT
        lines_ = lines_of(text, GUIDE_WIDTH)
        sheet.row_dimensions[number].height = LINE_HEIGHT * lines_ + (9 if font != TITLE else 12)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


DEFINITION_COLUMNS = (
    ("Kod", 16), ("Indikator", 44), ("Definition", 70), ("Enhet", 12), ("Avser", 34),
    ("Täljare", 30), ("Nämnare", 30), ("Källa", 40), ("Version", 9), ("Gäller från", 12),
)  # fmt: skip


def write_definitions(sheet: Worksheet, report: Sheet) -> None:
    for at, (title, width) in enumerate(DEFINITION_COLUMNS, start=1):
        cell = write(sheet, 1, at, title)
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(report.rows, start=2):
        told = row.definition
        about: tuple[str | int, ...] = (
            row.code,
            told.name,
            told.definition,
            told.unit,
            told.get_accumulation_display(),
            told.numerator_label,
            told.denominator_label,
            told.indicator.source,
            told.number,
            told.valid_from.isoformat(),
        )
        for at, text in enumerate(about, start=1):
            cell = write(sheet, number, at, text)
            cell.alignment, cell.border = TEXT, ROW_LINE
        texts = (told.name, told.definition, told.indicator.source)
        lines = max(lines_of(text, width) for text, width in zip(texts, (44, 70, 40), strict=True))
        sheet.row_dimensions[number].height = min(LINE_HEIGHT * lines + 3, TALLEST)
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_keys(
    sheet: Worksheet, report: Sheet, fields: Mapping[str, ReportField], texts: Mapping[str, str]
) -> None:
    """What the reader needs to know, on a sheet that is hidden."""
    told = report.report
    categories = {
        row_key(row.code, category): (row.code, str(category))
        for row in report.rows
        for category in row.cells
    }
    codes = {activity_cell(a.activity.code): (a.activity.code, "") for a in report.activities}
    codes |= {goal_cell(g.goal): (g.goal.code, "") for g in report.goals} | categories
    lines: list[tuple[str | int, ...]] = [
        (layout.MARK, layout.FORMAT),
        (layout.NAMND, told.namnd.code),
        (layout.PERIOD, told.period.code),
        (layout.REVISION, str(told.revision)),
        layout.FIELDS,
    ]
    for field in fields.values():
        definition = str(field.definition) if field.definition else ""
        lines.append(
            (
                field.row,
                field.column,
                *codes[field.row],
                definition,
                texts[field.name],
                field.name,
            )
        )
    for number, line in enumerate(lines, start=1):
        for at, text in enumerate(line, start=1):
            if text != "":
                write(sheet, number, at, text)
    sheet.sheet_state = "hidden"
