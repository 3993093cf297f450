"""A nämnd's report as a workbook to fill in off line: a sheet for each goal.

Only what is to be filled in can be changed; lists give what can be chosen, and what the nämnd said
before stands beside. How it is laid out for the reader of it: domain/importing/layout.py.
"""

import io
from collections import Counter

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.importing import layout
from indicators.domain.importing.fields import fields_of, rows_of_fields, texts_of
from indicators.domain.sheet import Sheet
from indicators.exports.repeatable import repeatable
from indicators.exports.report_xlsx_beside import write_definitions, write_guide, write_keys
from indicators.exports.report_xlsx_goal import GoalPage


def report_xlsx(sheet: Sheet) -> bytes:
    """The workbook of one report, which may be unsaved. The same report gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    fields, texts = fields_of(sheet), texts_of(sheet)
    rows = rows_of_fields(fields.values())
    write_guide(book.create_sheet(layout.GUIDE), sheet)
    for title, goal in zip(_titles(sheet), sheet.goals, strict=True):
        GoalPage(book.create_sheet(title), goal, sheet, rows, texts).write()
    write_definitions(book.create_sheet(layout.DEFINITIONS), sheet)
    write_keys(book.create_sheet(layout.KEYS), sheet, fields, texts)
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
