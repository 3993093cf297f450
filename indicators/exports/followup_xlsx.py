"""The follow-up as a workbook: a sheet for each goal, and all figures in long form in "Data"."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.disclosure import Cell
from indicators.domain.figures import Followup, GoalResult, IndicatorResult, describe
from indicators.exports.followup_document import require_others
from indicators.exports.followup_rows import DATA_COLUMNS, Content, data_rows
from indicators.exports.repeatable import repeatable
from indicators.exports.report_xlsx_look import lines_of
from indicators.exports.texts import EXAMPLE_NOTE, method_notes

GOAL_COLUMNS = (
    ("Indikator", 46),
    ("Enhet", 14),
    ("Utfall", 15),
    ("Kvinnor", 15),
    ("Män", 15),
    ("Jämförs med", 13),
    ("Då", 15),
    ("Förändring", 28),
    ("Årsmål", 10),
    ("Mot årsmålet", 18),
    ("Årsmålet ändrat", 28),
    ("Nämnder med uppgift", 15),
    ("Av tillfrågade", 12),
    ("Rättad", 40),
    ("Källa", 32),
)
ACTIVITY_COLUMNS = (
    ("Period", 10),
    ("Mål", 8),
    ("Aktivitetskod", 22),
    ("Aktivitet", 60),
    ("Nämnd", 34),
    ("Nämndkod", 24),
    ("Läge", 14),
    ("Nytt datum", 12),
    ("Kommentar", 60),
    ("Exempeldata", 12),
    ("Rättad", 12),
    ("Vad som rättades", 60),
)
# The language tag makes every program write these as Swedes do: space between thousands, comma.
SWEDISH = "[$-41D]"
WHOLE, ONE_DECIMAL, TWO_DECIMALS = (f"{SWEDISH}#,##0{part}" for part in ("", ".0", ".00"))

HEADER_FONT = Font(name="Calibri", bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="0A5A66")
HEADER = Alignment(wrap_text=True, vertical="center")
HEADER_OF_FIGURES = Alignment(wrap_text=True, vertical="center", horizontal="right", indent=1)
TEXT = Alignment(wrap_text=True, vertical="top")
FIGURE = Alignment(wrap_text=True, vertical="top", horizontal="right", indent=1)
LINE_HEIGHT, TALLEST = 15, 400
FIGURES = {"Utfall", "Kvinnor", "Män", "Då", "Årsmål", "Nämnder med uppgift", "Av tillfrågade"}
NOW_AND_THEN = {"Årsmålet ändrat", "Rättad"}
# How far a sentence goes: through the column "Förändring".
LINE_COLUMNS = 8
LINE_WIDTH = sum(width for _, width in GOAL_COLUMNS[:LINE_COLUMNS])
ROW_LINE = Border(bottom=Side("thin", color="D9D6CD"))


def followup_xlsx(followup: Followup, *, fixed: str = "") -> bytes:
    """The workbook. The same follow-up always gives the same bytes.

    fixed: which fixed version the figures are of, as a sentence; "" for those of today.
    Every text is written as text: one that begins with = is no formula. Raises NotForOthers when
    the follow-up was made for another audience than others.
    """
    require_others(followup)
    book = Workbook()
    book.remove(book.worksheets[0])
    for goal in followup.goals:
        _goal_sheet(book.create_sheet(_sheet_name(goal, followup)), goal, followup, fixed)
    if any(goal.activities for goal in followup.goals):
        _activity_sheet(book.create_sheet("Aktiviteter"), followup)
    _data_sheet(book.create_sheet("Data"), followup)
    day = followup.approved_until or followup.ends_on
    book.properties.creator = None
    book.properties.title = f"Samlad uppföljning {followup.period_code}"
    book.properties.language = "sv-SE"
    written = io.BytesIO()
    book.save(written)
    return repeatable(written.getvalue(), day)


def _sheet_name(goal: GoalResult, followup: Followup) -> str:
    slugs = list(dict.fromkeys(g.programme_slug for g in followup.goals))
    if len(slugs) == 1:
        return goal.label
    return f"Program {slugs.index(goal.programme_slug) + 1}, mål {goal.code}"


def _goal_sheet(sheet: Worksheet, goal: GoalResult, followup: Followup, fixed: str) -> None:
    head = [goal.heading, f"{followup.period_label}. {followup.coverage_sentence}"]
    if fixed:
        head.append(fixed)
    head.append(goal.grades.sentence)
    if goal.corrected_grades:
        told = "; ".join(one.text for one in goal.corrected_grades)
        head.append(f"Rättade bedömningar: {told}")
    if goal.activities:
        head.append(f"Aktiviteter: {goal.statuses.of_goal_sentence}")
    if followup.is_example:
        head.append(EXAMPLE_NOTE)
    for number, line in enumerate(head, start=1):
        _line(sheet, number, line, Font(name="Calibri", bold=number == 1, size=11))
    top = len(head) + 2
    _header(sheet, top, GOAL_COLUMNS)
    row = top
    for row, result in enumerate(goal.indicators, start=top + 1):
        _row(sheet, row, list(_goal_row(result)), GOAL_COLUMNS)
    _hide_what_nobody_uses(sheet, top + 1, row)
    for one in goal.unasked:
        row += 1
        _line(sheet, row, one.sentence, Font(name="Calibri", size=11))
    for number, note in enumerate(method_notes(followup), start=row + 2):
        _line(sheet, number, note, Font(name="Calibri", italic=True))


def _hide_what_nobody_uses(sheet: Worksheet, first: int, last: int) -> None:
    """Columns of what happens now and then take no room on paper where it has not happened."""
    for number, (name, _) in enumerate(GOAL_COLUMNS, start=1):
        if name in NOW_AND_THEN and all(
            sheet.cell(row, number).value is None for row in range(first, last + 1)
        ):
            sheet.column_dimensions[get_column_letter(number)].hidden = True


def _goal_row(result: IndicatorResult) -> Iterator[Content | Cell]:
    yield f"{result.name} (exempel)" if result.register_is_example else result.name
    yield result.unit
    yield from result.cells
    comparison, target = result.comparison, result.target
    yield comparison.period_code if comparison else None
    yield comparison.cell if comparison else None
    yield comparison.change if comparison else None
    yield target.value if target else None
    yield target.verdict if target else None
    yield (target.change or None) if target else None
    yield result.coverage.reported
    yield result.coverage.asked
    yield "; ".join(one.text for one in result.corrections) or None
    yield result.source


def _activity_sheet(sheet: Worksheet, followup: Followup) -> None:
    """Every activity and nämnd that answers for it, a row each."""
    _header(sheet, 1, ACTIVITY_COLUMNS)
    row = 1
    for row, content in enumerate(_activity_rows(followup), start=2):
        _row(sheet, row, content, ACTIVITY_COLUMNS)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(ACTIVITY_COLUMNS))}{row}"


def _activity_rows(followup: Followup) -> Iterator[list[Content | Cell]]:
    for goal in followup.goals:
        for activity in goal.activities:
            for one in activity.namnder:
                yield [
                    followup.period_code,
                    goal.code,
                    activity.code,
                    activity.text,
                    one.namnd_name,
                    one.namnd_code,
                    one.label,
                    one.status.new_date if one.status else None,
                    (one.status.comment or None) if one.status else None,
                    "ja" if one.is_example else "nej",
                    one.corrected.on if one.corrected else None,
                    one.corrected.change if one.corrected else None,
                ]


def _data_sheet(sheet: Worksheet, followup: Followup) -> None:
    _header(sheet, 1, DATA_COLUMNS)
    row = 1
    for row, content in enumerate(data_rows(followup), start=2):
        _plain_row(sheet, row, content)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(DATA_COLUMNS))}{row}"


# --- cells -----------------------------------------------------------------------------------


def _header(sheet: Worksheet, row: int, columns: Sequence[tuple[str, float]]) -> None:
    for number, (name, width) in enumerate(columns, start=1):
        cell = _write(sheet, row, number, name)
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
        cell.alignment = HEADER_OF_FIGURES if name in FIGURES else HEADER
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[row].height = 32
    sheet.freeze_panes = sheet.cell(row + 1, 2 if row > 1 else 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{row}:{row}"


def _row(
    sheet: Worksheet,
    row: int,
    contents: Sequence[Content | Cell],
    columns: Sequence[tuple[str, float]],
) -> None:
    """One row of a table that is read as it stands: lined, wrapped, figures to the right.

    As tall as its texts: not every program works that out for itself.
    """
    lines = 1
    for column, (content, (name, width)) in enumerate(zip(contents, columns, strict=True), start=1):
        cell = _write(sheet, row, column, content)
        cell.border = ROW_LINE
        cell.alignment = FIGURE if name in FIGURES else TEXT
        if isinstance(cell.value, str):
            lines = max(lines, lines_of(cell.value, width))
    sheet.row_dimensions[row].height = min(LINE_HEIGHT * lines + 1, TALLEST)


def _line(sheet: Worksheet, row: int, text: str, font: Font) -> None:
    """A sentence above or below the table, over as many columns as one reads with ease."""
    cell = _write(sheet, row, 1, text)
    cell.font, cell.alignment = font, TEXT
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=LINE_COLUMNS)
    lines = lines_of(text, LINE_WIDTH)
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 1


def _plain_row(sheet: Worksheet, row: int, contents: Sequence[Content | Cell]) -> None:
    """One row of many, for sorting and counting: no looks, and nothing where there is nothing."""
    for column, content in enumerate(contents, start=1):
        if content is not None:
            _write(sheet, row, column, content)


def _write(sheet: Worksheet, row: int, column: int, content: Content | Cell):
    decimals = None
    shown: Content
    if isinstance(content, Cell):
        decimals = content.decimals
        shown = content.value if content.is_value and not content.note else describe(content)
    else:
        shown = content
    cell = sheet.cell(row, column)
    if isinstance(shown, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", shown)
        cell.data_type = "s"  # or a leading = would make it a formula
    elif isinstance(shown, Decimal):
        cell.value = round(shown, 6)
        cell.number_format = _number_format(shown, decimals)
    else:
        cell.value = shown
    return cell


def _number_format(number: Decimal, decimals: int | None) -> str:
    if decimals == 1:
        return ONE_DECIMAL
    return WHOLE if number == number.to_integral_value() else TWO_DECIMALS
