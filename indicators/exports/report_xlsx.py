"""A nämnd's report as a workbook to fill in off line: a sheet for each goal.

Only what is to be filled in can be changed; lists give what can be chosen, and what the nämnd said
before stands beside. How it is laid out for the reader of it: domain/importing/layout.py.
"""

import datetime as dt
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.checks import GradePart, Part
from indicators.domain.importing import layout
from indicators.domain.importing.fields import (
    Kind,
    ReportField,
    fields_of,
    row_key,
    rows_of_fields,
    texts_of,
)
from indicators.domain.numbers import parse_number
from indicators.domain.sheet import GoalSheet, IndicatorRow, Sheet
from indicators.domain.statuses import ActivityRow, StatusPart
from indicators.enums import Category
from indicators.exports.repeatable import repeatable
from indicators.names import activity_cell, goal_cell

HEADER_FONT = Font(name="Calibri", bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="0A5A66")
FILL_IN = PatternFill("solid", fgColor="FFF7D6")
LOCKED = PatternFill("solid", fgColor="F1F0EB")
LINE = Side("thin", color="C9C5BA")
ROW_LINE = Border(bottom=Side("thin", color="D9D6CD"))
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TEXT = Alignment(wrap_text=True, vertical="top")
FIGURE = Alignment(wrap_text=True, vertical="top", horizontal="right")
UNLOCKED = Protection(locked=False)
TITLE, HEADING = Font(name="Calibri", bold=True, size=14), Font(name="Calibri", bold=True, size=12)
TEXT_FORMAT, DAY_FORMAT, NUMBER_FORMAT = "@", "yyyy-mm-dd", "General"
LINE_HEIGHT, TALLEST = 15, 400

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


@dataclass(frozen=True)
class Column:
    """key: of the hidden row of columns. width: in signs."""

    key: str
    title: str
    width: float


WHAT, WHOM = Column(layout.WHAT, "Indikator", 44), Column(layout.WHOM, "Avser", 10)
HOW = Column("hur", "Så fylls det i", 26)
BEFORE, LAST_YEAR = Column("forra", "Förra perioden", 17), Column("fjol", "Förra året", 17)
TARGET = Column("arsmal", "Årsmål", 16)
NUMBER = Column(Part.NUMBER, layout.HEADINGS[Part.NUMBER], 14)
NUMERATOR, DENOMINATOR = (
    Column(Part.NUMERATOR, layout.HEADINGS[Part.NUMERATOR], 11),
    Column(Part.DENOMINATOR, layout.HEADINGS[Part.DENOMINATOR], 11),
)
REST = Column(Part.REST, layout.HEADINGS[Part.REST], 16)
FORECAST = Column(Part.FORECAST, layout.HEADINGS[Part.FORECAST], 14)
MISSING = Column(Part.MISSING, layout.HEADINGS[Part.MISSING], 22)
COMMENT = Column(Part.COMMENT, layout.HEADINGS[Part.COMMENT], 60)
COLUMNS = (
    WHAT, WHOM, HOW, BEFORE, LAST_YEAR, TARGET,
    NUMBER, NUMERATOR, DENOMINATOR, FORECAST, MISSING, REST, COMMENT,
)  # fmt: skip
AT = {column.key: at for at, column in enumerate(COLUMNS, start=2)}
# The tables of activities and of the judgement stand in the same columns under other names.
STATE = Column(StatusPart.STATE, layout.HEADINGS[StatusPart.STATE], 0)
NEW_DATE = Column(StatusPart.NEW_DATE, layout.HEADINGS[StatusPart.NEW_DATE], 0)
GRADE = Column(GradePart.GRADE, layout.HEADINGS[GradePart.GRADE], 0)
ANALYSIS = Column(GradePart.ANALYSIS, layout.HEADINGS[GradePart.ANALYSIS], 0)


def report_xlsx(sheet: Sheet) -> bytes:
    """The workbook of one report, which may be unsaved. The same report gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    fields, texts = fields_of(sheet), texts_of(sheet)
    rows = rows_of_fields(fields.values())
    _guide(book.create_sheet(layout.GUIDE), sheet)
    for title, goal in zip(_titles(sheet), sheet.goals, strict=True):
        _GoalSheet(book.create_sheet(title), goal, sheet, rows, texts).write()
    _definitions(book.create_sheet(layout.DEFINITIONS), sheet)
    _keys(book.create_sheet(layout.KEYS), sheet, fields, texts)
    for made in book.worksheets:
        _protect(made)
    book.security = WorkbookProtection(lockStructure=True)
    report = sheet.report
    book.properties.creator = None
    book.properties.title = f"{report.period.label}, {report.namnd.name}"
    book.properties.language = "sv-SE"
    written = io.BytesIO()
    book.save(written)
    return repeatable(written.getvalue(), report.period.ends_on)


def file_name(sheet: Sheet) -> str:
    """ "inrapportering-sodermalm-2025-T1.xlsx"."""
    return f"inrapportering-{sheet.report.namnd.code}-{sheet.report.period.code}.xlsx"


def _titles(sheet: Sheet) -> list[str]:
    """The names of the goals' sheets: "Mål 4", and with its programme where two have such."""
    slugs = list(dict.fromkeys(goal.goal.programme.slug for goal in sheet.goals))
    labels = Counter(goal.goal.label for goal in sheet.goals)
    return [
        goal.goal.label
        if labels[goal.goal.label] == 1
        else f"Program {slugs.index(goal.goal.programme.slug) + 1}, {goal.goal.label.lower()}"
        for goal in sheet.goals
    ]


def _protect(sheet: Worksheet) -> None:
    """Without a password: it keeps slips of the hand out, and nobody who means it."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


class _GoalSheet:
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
        _write(self.sheet, self.row, 1, key)

    def _line(self, text: str = "", font: Font | None = None) -> None:
        self._begin(layout.OTHER)
        if text:
            cell = _write(self.sheet, self.row, AT[WHAT.key], text)
            cell.font = font or Font(name="Calibri")

    def _header(self, columns: Sequence[Column], **names: str) -> None:
        """The hidden row of keys, and the headings."""
        self._begin(layout.COLUMNS)
        for column in columns:
            _write(self.sheet, self.row, self._at(column), column.key)
        self.sheet.row_dimensions[self.row].hidden = True
        self._begin(layout.OTHER)
        for column in columns:
            title = names["WHAT"] if column is WHAT and names else self._title(column)
            cell = _write(self.sheet, self.row, self._at(column), title)
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
        cell = _write(self.sheet, self.row, at, text)
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
            _write(self.sheet, self.row, at, dict(field.choices).get(text, text))
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
    column = {GradePart.ANALYSIS: "Analys"}.get(field.column, field.column.capitalize())  # type: ignore[call-overload]
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


# The other sheets --------------------------------------------------------------------------------


GUIDE_WIDTH = 72


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that width."""
    return sum(max(1, -(-len(part) // int(width))) for part in text.split("\n"))


def _guide(sheet: Worksheet, report: Sheet) -> None:
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
        cell = _write(sheet, number, 1, text)
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


def _definitions(sheet: Worksheet, report: Sheet) -> None:
    for at, (title, width) in enumerate(DEFINITION_COLUMNS, start=1):
        cell = _write(sheet, 1, at, title)
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
            cell = _write(sheet, number, at, text)
            cell.alignment, cell.border = TEXT, ROW_LINE
        texts = (told.name, told.definition, told.indicator.source)
        lines = max(lines_of(text, width) for text, width in zip(texts, (44, 70, 40), strict=True))
        sheet.row_dimensions[number].height = min(LINE_HEIGHT * lines + 3, TALLEST)
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _keys(
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
                _write(sheet, number, at, text)
    sheet.sheet_state = "hidden"


def _write(sheet: Worksheet, row: int, at: int, content: str | int | Decimal) -> Cell:
    cell: Cell = sheet.cell(row, at)
    if isinstance(content, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", content)
        cell.data_type = "s"  # or a leading = would make it a formula
    else:
        cell.value = content
    return cell
