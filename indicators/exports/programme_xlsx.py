"""A programme as a workbook to fill in, or an empty one: lists to choose from, and guidance."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.loading import tables as t
from indicators.domain.loading.existing import Existing
from indicators.domain.loading.rows import Book, Row, empty_book
from indicators.domain.loading.tables import CHOICES, GUIDE, TABLES, Column, Kind, Table
from indicators.exports.programme_yaml import tag_names
from indicators.exports.repeatable import repeatable
from organisation.enums import NamndGroup
from organisation.models import Namnd
from trace.uploads.workbook import MAX_ROWS

LAST_ROW = 2000
HEADER_FONT = Font(name="Calibri", bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="0A5A66")
NEEDED_FILL = PatternFill("solid", fgColor="7A3E00")
WRAPPED = Alignment(wrap_text=True, vertical="top")
TEXT_FORMAT, DAY_FORMAT = "@", "yyyy-mm-dd"
TEMPLATE_DAY = dt.date(2021, 1, 1)

GUIDANCE = (
    "Så här fyller du i",
    "Varje blad är en tabell med rubriker på rad 1. Ändra inte rubrikerna och ta inte bort blad; "
    "ett blad utan rader under rubrikerna är tomt, och det är i sin ordning.",
    "Rubriker på brun botten måste ha ett värde på varje rad. Övriga får vara tomma.",
    "När filen läses in blir programmet som filen säger: nya rader läggs till, ändrade ändras och "
    "rader som saknas tas bort. Du ser alla ändringar innan något sparas.",
    "Det som har värden, bedömningar eller annat som hör till det kan inte tas bort. Låt raden "
    "stå och skriv en sista dag i kolumnen Gäller till.",
    "Nämnderna är ett eget register och läggs inte upp av filen. De som finns står i bladet "
    "Listor; saknas någon lägger systemförvaltaren till den.",
    "Formler läses inte. Kopiera i så fall cellerna och klistra in dem som värden.",
    "Målnummer skrivs som text (4.2 för ett delmål), datum som 2025-01-31, ja eller nej i "
    "kolumner som frågar, och flera värden i en cell med ; emellan.",
    f"Ett blad får ha högst {MAX_ROWS} rader. Personnummer får inte stå någonstans i filen.",
)


def template_xlsx() -> bytes:
    """The empty workbook."""
    return _workbook(empty_book(), "Mall för program", TEMPLATE_DAY)


def programme_xlsx(existing: Existing) -> bytes:
    """The whole programme. The same programme always gives the same bytes; read back it says so.

    Raises ValueError when there is no programme.
    """
    programme = existing.programme
    if programme is None:
        raise ValueError("No programme.")
    return _workbook(existing.book, str(programme), dt.date(programme.first_year, 1, 1))


def _workbook(book: Book, title: str, day: dt.date) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _guide(workbook.create_sheet(GUIDE))
    lists = _Lists()
    for table in TABLES:
        _sheet(workbook.create_sheet(table.title), table, book, lists)
    lists.write(workbook.create_sheet(CHOICES))
    workbook.properties.creator = None
    workbook.properties.title = title
    workbook.properties.language = "sv-SE"
    written = io.BytesIO()
    workbook.save(written)
    return repeatable(written.getvalue(), day)


def _sheet(sheet: Worksheet, table: Table, book: Book, lists: "_Lists") -> None:
    for at, column in enumerate(table.columns, start=1):
        letter = get_column_letter(at)
        cell = sheet.cell(1, at, column.title)
        cell.font = HEADER_FONT
        cell.fill = NEEDED_FILL if column.required else HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[letter].width = max(column.width, len(column.title) + 3)
        sheet.column_dimensions[letter].number_format = _number_format(column)
        sheet.add_data_validation(
            _validation(table, column, f"{letter}2:{letter}{LAST_ROW}", lists)
        )
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    for number, row in enumerate(book[table.title].values(), start=2):
        _write_row(sheet, number, row, book)


def _write_row(sheet: Worksheet, number: int, row: Row, book: Book) -> None:
    for at, column in enumerate(row.table.columns, start=1):
        value = row.values[column.key]
        if value == column.blank and not column.required:
            continue
        cell = sheet.cell(number, at)
        cell.number_format = _number_format(column)
        cell.alignment = WRAPPED
        shown = _content(column, value, book)
        cell.value = shown
        if isinstance(shown, str):
            cell.data_type = "s"  # or a leading = would make it a formula


def _content(column: Column, value: Any, book: Book) -> str | int | Decimal | dt.date:
    if column.kind is Kind.TAGS:
        return "; ".join(tag_names(column.title, value, book))
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value


def _number_format(column: Column) -> str:
    if column.kind is Kind.DATE:
        return DAY_FORMAT
    return "General" if column.kind in (Kind.WHOLE, Kind.NUMBER) else TEXT_FORMAT


# What one may choose -----------------------------------------------------------------------------


def _validation(table: Table, column: Column, cells: str, lists: "_Lists") -> DataValidation:
    """A list to choose from where there is one, and what the column means beside the cell.

    It warns and does not stop: names may be written in other ways, and are looked at when the
    file is read.
    """
    source = lists.source(table, column)
    rule = DataValidation(
        type="list" if source else None,
        formula1=source,
        allow_blank=True,
        showErrorMessage=bool(source),
        errorStyle="warning",
        errorTitle=column.title,
        error="Värdet finns inte i listan. Vill du använda det ändå?",
        showInputMessage=bool(column.help),
        promptTitle=column.title[:32],
        prompt=column.help[:255] or None,
    )
    rule.add(cells)
    return rule


class _Lists:
    """The sheet of what may be chosen: groups and nämnder, and what each word means."""

    def __init__(self) -> None:
        self.groups = [str(group.label) for group in NamndGroup]
        self.namnder = [namnd.name for namnd in Namnd.objects.in_order()]

    def source(self, table: Table, column: Column) -> str | None:
        """The list of a column, as Excel names it."""
        if column.kind is Kind.CHOICE:
            words = [str(choice.value) for choice in column.choices]
            return f'"{",".join(words)}"'
        if column.kind is Kind.YES_NO:
            return '"ja,nej"'
        last = 1 + len(self.groups) + len(self.namnder)
        if column.kind is Kind.WHO:
            return f"{CHOICES}!$A$2:$A${last}"
        if column.kind is Kind.NAMND:
            return f"{CHOICES}!$A${2 + len(self.groups)}:$A${last}"
        among = _POINTS_AT.get(column.key)
        if among is None or among is table:
            return None
        return f"{quote_sheetname(among.title)}!$A$2:$A${LAST_ROW}"

    def write(self, sheet: Worksheet) -> None:
        _heading(sheet, 1, 1, "Grupper och nämnder")
        _heading(sheet, 1, 3, "Kolumn")
        _heading(sheet, 1, 4, "Skriv")
        _heading(sheet, 1, 5, "Betyder")
        for number, name in enumerate([*self.groups, *self.namnder], start=2):
            sheet.cell(number, 1, name).data_type = "s"
        number = 2
        seen = set()
        for table in TABLES:
            for column in table.columns:
                if column.choices is None or column.choices in seen:
                    continue
                seen.add(column.choices)
                for choice in column.choices:
                    for at, text in enumerate(
                        (f"{table.title}: {column.title}", choice.value, str(choice.label)), start=3
                    ):
                        sheet.cell(number, at, text).data_type = "s"
                    number += 1
        for letter, width in (("A", 44), ("C", 32), ("D", 18), ("E", 60)):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "A2"


_POINTS_AT = {"goal": t.GOALS, "activity": t.ACTIVITIES, "indicator": t.INDICATORS}


def _heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.font, cell.fill = HEADER_FONT, HEADER_FILL


def _guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 26
    sheet.column_dimensions["C"].width = 16
    sheet.column_dimensions["D"].width = 80
    for number, text in enumerate(GUIDANCE, start=1):
        cell = sheet.cell(number, 1, text)
        cell.font = Font(name="Calibri", bold=number == 1, size=14 if number == 1 else 11)
        cell.alignment = WRAPPED
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=4)
        sheet.row_dimensions[number].height = 22 if number == 1 else 32
    top = len(GUIDANCE) + 2
    for at, text in enumerate(("Blad", "Kolumn", "Slag", "Vad som ska stå där"), start=1):
        _heading(sheet, top, at, text)
    number = top + 1
    for table in TABLES:
        for at, text in ((1, table.title), (4, table.help)):
            cell = sheet.cell(number, at, text)
            cell.font, cell.alignment = Font(name="Calibri", bold=True), WRAPPED
        number += 1
        for column in table.columns:
            kind = column.kind.value + ("" if column.required else ", får vara tomt")
            for at, text in enumerate((column.title, kind, column.help), start=2):
                cell = sheet.cell(number, at, text)
                cell.alignment = WRAPPED
            number += 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
