"""What a nämnd's workbook would change in its report: three texts of every field compared.

What it was when the workbook was made, what is saved now, and what the file says. A field that the
file leaves as it was follows what is saved; one that only the file changed takes the file's; one
that both changed, and not to the same, is a conflict that a person decides.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from indicators.domain.importing.fields import (
    Contents,
    ReportField,
    contents_of,
    faults_in,
    fields_of,
    texts_of,
)
from indicators.domain.importing.report_book import Filled, Made, read_filled, read_made
from indicators.domain.loading.problems import BadFile, Place, Problem, Problems
from indicators.domain.sheet import Sheet, entry_sheet
from indicators.models import Period, Report
from organisation.models import Namnd
from trace.uploads import CheckedFile, UnsafeFile
from trace.uploads.workbook import Sheet as FileSheet
from trace.uploads.workbook import read_workbook


@dataclass(frozen=True)
class FieldChange:
    """One field that the file would change. was, now, given: as texts (see fields.py)."""

    field: ReportField
    place: Place
    was: str
    now: str
    given: str

    @property
    def was_said(self) -> str:
        return self.field.said(self.was)

    @property
    def now_said(self) -> str:
        return self.field.said(self.now)

    @property
    def given_said(self) -> str:
        return self.field.said(self.given)


@dataclass(frozen=True)
class Plan:
    """Everything that a workbook would do to its report.

    changes: what only the file changed. conflicts: what somebody else saved meanwhile, too.
    already: how many fields the file changed to what is saved now.
    notes: Swedish sentences on what was not read.
    """

    report: Report
    sheet: Sheet
    based_on: int
    changes: tuple[FieldChange, ...]
    conflicts: tuple[FieldChange, ...]
    already: int
    notes: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        return not (self.changes or self.conflicts)

    @property
    def digest(self) -> str:
        """The same for the same changes and conflicts only."""
        parts = [
            "\0".join((change.field.name, change.was, change.now, change.given))
            for change in (*self.changes, *self.conflicts)
        ]
        return hashlib.sha256("\1".join(parts).encode()).hexdigest()

    @property
    def by_goal(self) -> list[tuple[str, list[FieldChange]]]:
        """The changes in the order of the report, goal by goal."""
        grouped = groupby(self.changes, key=lambda change: change.field.goal)
        return [(goal, list(changes)) for goal, changes in grouped]

    @property
    def sentence(self) -> str:
        """ "3 ändringar och 1 krock"."""
        number = len(self.changes)
        said = f"{number} {'ändring' if number == 1 else 'ändringar'}"
        clashes = len(self.conflicts)
        if not clashes:
            return said
        return f"{said} och {clashes} {'krock' if clashes == 1 else 'krockar'}"

    def contents(self, mine: Collection[str]) -> Contents:
        """What the commands are given. mine: names of the conflicts in which the file decides."""
        chosen = [
            *self.changes,
            *(change for change in self.conflicts if change.field.name in mine),
        ]
        texts = texts_of(self.sheet) | {change.field.name: change.given for change in chosen}
        return contents_of(self.sheet, texts, {change.field.name for change in chosen})

    def place_of(self, name: str) -> Place:
        """Where in the file the field stands, or its row, as far as the file changes it."""
        changes = (*self.changes, *self.conflicts)
        for change in changes:
            if change.field.name == name:
                return change.place
        row = name.rsplit("-", 1)[0]
        near = next((change for change in changes if change.field.row == row), None)
        return Place(near.place.sheet, near.place.row) if near else Place()


def plan_report_file(file: CheckedFile, namnd: Namnd, period: Period) -> Plan:
    """What the workbook would change in the nämnd's report. Changes nothing.

    Asks nothing of the report's state. Raises BadFile with every fault.
    """
    try:
        sheets = read_workbook(file)
    except UnsafeFile as why:
        raise BadFile([Problem(Place(), str(why))]) from why
    return plan_sheets(sheets, namnd, period)


def plan_sheets(sheets: list[FileSheet], namnd: Namnd, period: Period) -> Plan:
    """`plan_report_file` of a workbook that is read already."""
    problems = Problems(sheets=tuple(sheet.name for sheet in sheets))
    made = read_made(sheets, problems)
    _check_whose(made, namnd, period, problems)
    problems.stop_if_any()
    found = Report.objects.filter(namnd=namnd, period=period).select_related(
        "namnd", "period", "current__submitted_by", "approved__approved_by"
    )
    sheet = entry_sheet(found.first() or Report(namnd=namnd, period=period))
    fields = fields_of(sheet)
    filled = read_filled(sheets, fields, made, problems)
    plan = _compare(sheet, fields.values(), filled, made)
    for name, message in faults_in(sheet, plan.contents({c.field.name for c in plan.conflicts})):
        about = fields[name].label if name in fields else ""
        problems.add(_place(plan, filled, name), f"{about}: {message}" if about else message)
    problems.stop_if_any()
    return plan


def _place(plan: Plan, filled: Filled, name: str) -> Place:
    return filled.places.get(name) or plan.place_of(name)


def _check_whose(made: Made, namnd: Namnd, period: Period, problems: Problems) -> None:
    if made.namnd_code != namnd.code:
        theirs = Namnd.objects.filter(code=made.namnd_code).first()
        name = theirs.name if theirs else f"”{made.namnd_code[:60]}”"
        problems.add(
            Place(),
            f"Arbetsboken är för {name}, inte för {namnd.name}. Ladda upp den på den nämndens "
            "rapport, eller hämta er egen arbetsbok.",
        )
    if made.period_code != period.code:
        other = Period.objects.filter(code=made.period_code).first()
        label = other.label.lower() if other else f"perioden ”{made.period_code[:20]}”"
        problems.add(
            Place(),
            f"Arbetsboken är för {label}, inte för {period.label.lower()}. Ladda upp den på den "
            "periodens rapport, eller hämta arbetsboken för den här perioden.",
        )


def _compare(sheet: Sheet, fields: Iterable[ReportField], filled: Filled, made: Made) -> Plan:
    now = texts_of(sheet)
    changes: list[FieldChange] = []
    conflicts: list[FieldChange] = []
    already = 0
    for field in fields:
        if field.name not in filled.texts:
            continue
        given, saved = filled.texts[field.name], now[field.name]
        was = made.fields[field.name].text if field.name in made.fields else saved
        if given == was:
            continue
        if given == saved:
            already += 1
            continue
        change = FieldChange(field, filled.places[field.name], was, saved, given)
        (changes if saved == was else conflicts).append(change)
    return Plan(
        report=sheet.report,
        sheet=sheet,
        based_on=made.revision,
        changes=tuple(changes),
        conflicts=tuple(conflicts),
        already=already,
        notes=tuple(filled.notes),
    )
