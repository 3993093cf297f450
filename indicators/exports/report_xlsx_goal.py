"""One goal's sheet of the workbook of a nämnd's report: indicators, activities, the judgement."""

import datetime as dt
from collections.abc import Mapping, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.checks import GradePart, Part
from indicators.domain.importing import layout
from indicators.domain.importing.fields import Kind, ReportField, row_key
from indicators.domain.numbers import parse_number
from indicators.domain.sheet import GoalSheet, IndicatorRow, Sheet
from indicators.domain.statuses import ActivityRow
from indicators.enums import Category
from indicators.exports.report_xlsx_look import (
    ANALYSIS,
    AT,
    BEFORE,
    BOX,
    COLUMNS,
    COMMENT,
    DAY_FORMAT,
    DENOMINATOR,
    FIGURE,
    FILL_IN,
    FORECAST,
    GRADE,
    HEADER_FILL,
    HEADER_FONT,
    HEADING,
    HOW,
    LAST_YEAR,
    LINE_HEIGHT,
    LOCKED,
    NEW_DATE,
    NUMBER,
    NUMBER_FORMAT,
    NUMERATOR,
    REST,
    ROW_LINE,
    STATE,
    TALLEST,
    TARGET,
    TEXT,
    TEXT_FORMAT,
    TITLE,
    UNLOCKED,
    WHAT,
    WHOM,
    Column,
    lines_of,
    write,
)
from indicators.names import activity_cell, goal_cell


class GoalPage:
    """One goal's sheet, written from the top."""

    def __init__(
        self,
        sheet: Worksheet,
        goal: GoalSheet,
        report: Sheet,
        rows: Mapping[str, Mapping[str, ReportField]],
        texts: Mapping[str, str],
    ) -> None:
        self.sheet, self.goal, self.report = sheet, goal, report
        self.rows, self.texts = rows, texts
        self.before = _codes_before(report)
        self.row = 0
        self.rules: dict[tuple, DataValidation] = {}

    def write(self) -> None:
        period, namnd = self.report.report.period, self.report.report.namnd
        self._line(f"{self.goal.goal.label}. {self.goal.text}", TITLE)
        self._line(f"{namnd.name}, {period.label.lower()}")
        if self.goal.rows:
            self._line()
            self._line("Indikatorer", HEADING)
            self._header([column for column in COLUMNS if self._is_used(column)])
            for row in self.goal.rows:
                for category in row.cells:
                    self._indicator(row, category)
        for row in self.goal.asked_elsewhere:
            home = self.rows[row_key(row.code, Category.TOTAL)][Part.COMMENT].goal
            self._line(f"”{row.definition.name}” hör också hit. Den fylls i under {home.lower()}.")
        if self.goal.activities:
            self._line()
            self._line("Aktiviteter", HEADING)
            self._header([WHAT, BEFORE, LAST_YEAR, STATE, NEW_DATE, COMMENT], WHAT="Aktivitet")
            for activity in self.goal.activities:
                self._activity(activity)
        self._line()
        self._line("Nämndens bedömning av målet", HEADING)
        self._header([WHAT, GRADE, ANALYSIS], WHAT="Mål")
        self._begin(goal_cell(self.goal.goal))
        self._put(AT[WHAT.key], self.goal.goal.label)
        self._fields(goal_cell(self.goal.goal))
        self._look()

    def _is_used(self, column: Column) -> bool:
        if column not in (NUMBER, NUMERATOR, DENOMINATOR, REST, FORECAST, WHOM):
            return True
        if column is WHOM:
            return any(len(row.cells) > 1 for row in self.goal.rows)
        return any(
            column.key in self.rows[row_key(row.code, category)]
            for row in self.goal.rows
            for category in row.cells
        )

    def _begin(self, key: str) -> None:
        self.row += 1
        write(self.sheet, self.row, 1, key)

    def _line(self, text: str = "", font: Font | None = None) -> None:
        self._begin(layout.OTHER)
        if text:
            cell = write(self.sheet, self.row, AT[WHAT.key], text)
            cell.font = font or Font(name="Calibri")

    def _header(self, columns: Sequence[Column], **names: str) -> None:
        """The hidden row of keys, and the headings."""
        self._begin(layout.COLUMNS)
        for column in columns:
            write(self.sheet, self.row, self._at(column), column.key)
        self.sheet.row_dimensions[self.row].hidden = True
        self._begin(layout.OTHER)
        for column in columns:
            title = names["WHAT"] if column is WHAT and names else self._title(column)
            cell = write(self.sheet, self.row, self._at(column), title)
            cell.font, cell.fill = HEADER_FONT, HEADER_FILL
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        for at in range(AT[WHAT.key], max(map(self._at, columns)) + 1):
            self.sheet.cell(self.row, at).fill = HEADER_FILL
        self.sheet.row_dimensions[self.row].height = 32
        self.columns = {column.key: self._at(column) for column in columns}

    def _title(self, column: Column) -> str:
        if column in (BEFORE, LAST_YEAR):
            wanted = self.before[column.key]
            return f"{column.title} ({wanted})" if wanted else column.title
        return column.title

    @staticmethod
    def _at(column: Column) -> int:
        instead = {
            STATE.key: NUMBER.key,
            GRADE.key: NUMBER.key,
            NEW_DATE.key: FORECAST.key,
            ANALYSIS.key: COMMENT.key,
        }
        return AT[instead.get(column.key, column.key)]

    def _indicator(self, row: IndicatorRow, category: str) -> None:
        key = row_key(row.code, category)
        self._begin(key)
        total = category == Category.TOTAL
        self._put(AT[WHAT.key], row.definition.name if total else "")
        if WHOM.key in self.columns:
            self._put(AT[WHOM.key], str(Category(category).label))
        self._put(AT[HOW.key], _how(row) if total else "")
        for column in (BEFORE, LAST_YEAR):
            code = self.before[column.key]
            told = next((one for one in row.earlier if one.code == code), None)
            text = told.text if told and total else ""
            if told and total and told.other_definition:
                text += " (annan definition)"
            if told and total and told.seam:
                text += f" ({told.seam})"
            self._put(AT[column.key], text, FIGURE)
        target = (
            f"{row.target.text} ({row.target.whose}{', exempel' if row.target.is_example else ''})"
            if (row.target and total)
            else ""
        )
        self._put(AT[TARGET.key], target, FIGURE)
        self._fields(key)

    def _activity(self, row: ActivityRow) -> None:
        key = activity_cell(row.activity.code)
        self._begin(key)
        self._put(AT[WHAT.key], row.text)
        for column in (BEFORE, LAST_YEAR):
            code = self.before[column.key]
            told = next((one for one in row.earlier if one.code == code), None)
            self._put(AT[column.key], told.status.label if told else "")
        self._fields(key)

    def _put(self, at: int, text: str, alignment: Alignment = TEXT) -> None:
        cell = write(self.sheet, self.row, at, text)
        cell.alignment, cell.border = alignment, ROW_LINE

    def _fit(self) -> None:
        """As tall as the texts of the row: not every program works that out for itself."""
        lines = 1
        for column in COLUMNS:
            text = str(self.sheet.cell(self.row, AT[column.key]).value or "")
            lines = max(lines, lines_of(text, column.width))
        self.sheet.row_dimensions[self.row].height = min(LINE_HEIGHT * lines + 3, TALLEST)

    def _fields(self, key: str) -> None:
        """The cells to fill in, unlocked; those of the columns that the row has no use for grey."""
        fields = self.rows[key]
        shown = {WHAT.key, WHOM.key, HOW.key, BEFORE.key, LAST_YEAR.key, TARGET.key}
        for column, at in self.columns.items():
            if column in fields:
                self._field(fields[column], at)
            elif column not in shown:
                self.sheet.cell(self.row, at).fill = LOCKED
        self._fit()

    def _field(self, field: ReportField, at: int) -> None:
        cell = self.sheet.cell(self.row, at)
        text = self.texts[field.name]
        cell.fill, cell.border, cell.protection = FILL_IN, BOX, UNLOCKED
        cell.alignment = FIGURE if field.kind is Kind.NUMBER else TEXT
        cell.number_format = {
            Kind.NUMBER: NUMBER_FORMAT, Kind.DAY: DAY_FORMAT,
        }.get(field.kind, TEXT_FORMAT)  # fmt: skip
        if text and field.kind is Kind.NUMBER:
            cell.value = parse_number(text)
        elif text and field.kind is Kind.DAY:
            cell.value = dt.date.fromisoformat(text)
        elif text:
            write(self.sheet, self.row, at, dict(field.choices).get(text, text))
        self._rule(field, cell)

    def _rule(self, field: ReportField, cell: Cell) -> None:
        key = field.kind, field.choices, field.column
        if key not in self.rules:
            self.rules[key] = rule = _validation(field)
            self.sheet.add_data_validation(rule)
        self.rules[key].add(cell)

    def _look(self) -> None:
        sheet = self.sheet
        sheet.column_dimensions["A"].hidden = True
        for column in COLUMNS:
            letter = get_column_letter(AT[column.key])
            sheet.column_dimensions[letter].width = column.width
            if self.goal.rows and not self._is_used(column) and not self._has_others(column):
                sheet.column_dimensions[letter].hidden = True
        sheet.freeze_panes = "C1"
        sheet.sheet_view.zoomScale = 90
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _has_others(self, column: Column) -> bool:
        """Whether another table than that of the indicators stands in the column too."""
        return column is NUMBER or (column is FORECAST and bool(self.goal.activities))


def _codes_before(report: Sheet) -> dict[str, str]:
    """Codes of the periods that are shown beside, by column; "" where there is none."""
    period = report.report.period
    asked = [[one.code for one in row.earlier] for row in report.rows]
    asked += [[one.code for one in row.earlier] for row in report.activities]
    codes = asked[0] if asked else []
    same = f"{period.year - 1}-{period.kind}"
    return {BEFORE.key: codes[0] if codes else "", LAST_YEAR.key: same if same in codes else ""}


def _how(row: IndicatorRow) -> str:
    definition = row.definition
    if definition.is_ratio:
        return f"Täljare: {definition.numerator_label}. Nämnare: {definition.denominator_label}."
    if definition.is_yes_no:
        return "Ja eller nej"
    return f"{definition.unit}, heltal" if definition.whole_numbers else definition.unit


def _validation(field: ReportField) -> DataValidation:
    """A list where one chooses; of a number and a day what it may be."""
    column = "Analys" if field.column == GradePart.ANALYSIS else field.column.capitalize()
    common = {"allow_blank": True, "showErrorMessage": True, "errorTitle": "Stämmer inte"}
    if field.choices:
        words = ",".join(words for _, words in field.choices)
        return DataValidation(
            type="list", formula1=f'"{words}"', error="Välj i listan, eller töm cellen.", **common
        )
    if field.kind is Kind.NUMBER:
        return DataValidation(
            type="decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            error="Skriv ett tal med siffror, noll eller större, utan enhet.",
            **common,
        )
    if field.kind is Kind.DAY:
        return DataValidation(
            type="date",
            operator="greaterThan",
            formula1="36526",
            error="Skriv datumet som år, månad och dag: 2025-09-30.",
            **common,
        )
    return DataValidation(
        showInputMessage=True, promptTitle=column, prompt="Text. Inga personuppgifter."
    )
