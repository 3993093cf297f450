"""What a version of a report holds: compared with what was given, checked, written, copied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection, models
from django.utils import timezone

from indicators.domain.checks import (
    GradeInput,
    ValueInput,
    categories_of,
    check_grade,
    check_indicator,
    check_rest,
)
from indicators.domain.errors import CellProblem, InvalidContent, InvalidEntry
from indicators.domain.expected import Expected
from indicators.domain.held_against import Beside
from indicators.domain.statuses import StatusInput, check_status
from indicators.domain.warnings import look_over, mark_answered
from indicators.enums import Category
from indicators.models import (
    ActivityStatus,
    Correction,
    GoalGrade,
    JudgementCorrection,
    Report,
    ReportVersion,
    Value,
)
from organisation.models import User

MANY_ROWS = 100
NOT_ASKED = "Perioden begär inte den uppgiften av nämnden."
FIGURES = ("number", "numerator", "denominator", "missing", "comment", "forecast", "sex_unknown")


@dataclass(frozen=True)
class Changes:
    """What was given and is not already saved so, and what is saved."""

    values: tuple[ValueInput, ...]
    grades: tuple[GradeInput, ...]
    statuses: tuple[StatusInput, ...]
    saved_values: Mapping[tuple[int, str], Value]
    saved_grades: Mapping[int, GoalGrade]
    saved_statuses: Mapping[int, ActivityStatus]

    def __bool__(self) -> bool:
        return bool(self.values or self.grades or self.statuses)

    @property
    def given(self) -> tuple[ValueInput | GradeInput | StatusInput, ...]:
        return (*self.values, *self.grades, *self.statuses)

    @property
    def saved(self) -> dict[Any, ValueInput | GradeInput | StatusInput | None]:
        """What is saved in each changed cell (definition id, category), goal id, and activity
        ("activity", id).
        """
        values = {v.cell: self.saved_values.get(v.cell) for v in self.values}
        grades = {g.goal_id: self.saved_grades.get(g.goal_id) for g in self.grades}
        statuses = {s.activity_id: self.saved_statuses.get(s.activity_id) for s in self.statuses}
        return (
            {cell: ValueInput.of(v) if v else None for cell, v in values.items()}
            | {goal_id: GradeInput.of(g) if g else None for goal_id, g in grades.items()}
            | {("activity", pk): StatusInput.of(s) if s else None for pk, s in statuses.items()}
        )

    @property
    def summary(self) -> str:
        """ "Sparade 3 uppgifter och 1 bedömning"; the cells of an indicator are one uppgift."""
        counted = (
            (len({v.definition_id for v in self.values}), "uppgift", "uppgifter"),
            (len(self.statuses), "läge", "lägen"),
            (len(self.grades), "bedömning", "bedömningar"),
        )
        *most, last = [f"{n} {one if n == 1 else many}" for n, one, many in counted if n]
        return f"Sparade {', '.join(most)} och {last}" if most else f"Sparade {last}"


@dataclass(frozen=True)
class Saved:
    """The rows that a version holds, or some of them."""

    values: Mapping[tuple[int, str], Value]
    """By definition id and category."""
    grades: Mapping[int, GoalGrade]
    """By goal id."""
    statuses: Mapping[int, ActivityStatus]
    """By activity id."""
    corrections: Mapping[tuple[int, str], Correction] = field(default_factory=dict)
    """What a number was before it was corrected, by definition id and category."""
    judgement_corrections: Sequence[JudgementCorrection] = ()
    """What a grade or a state was."""

    @classmethod
    def of(
        cls,
        values: Iterable[Value] = (),
        grades: Iterable[GoalGrade] = (),
        statuses: Iterable[ActivityStatus] = (),
        corrections: Iterable[Correction] = (),
        judgement_corrections: Iterable[JudgementCorrection] = (),
    ) -> "Saved":
        return cls(
            {(v.definition_id, v.category): v for v in values},
            {g.goal_id: g for g in grades},
            {s.activity_id: s for s in statuses},
            {(c.definition_id, c.category): c for c in corrections},
            tuple(judgement_corrections),
        )

    @property
    def rows(self) -> list[Value | GoalGrade | ActivityStatus]:
        return [*self.values.values(), *self.grades.values(), *self.statuses.values()]

    def value(self, cell: tuple[int, str]) -> ValueInput:
        """What one cell holds; an empty one when there is no row."""
        row = self.values.get(cell)
        return ValueInput.of(row) if row else ValueInput(*cell)

    @cached_property
    def totals(self) -> Mapping[int, Value]:
        """The totals by indicator id; their definitions must have been read with the values."""
        return {
            value.definition.indicator_id: value
            for value in self.values.values()
            if value.category == Category.TOTAL
        }

    def grade(self, goal_id: int) -> GradeInput:
        row = self.grades.get(goal_id)
        return GradeInput.of(row) if row else GradeInput(goal_id)

    def status(self, activity_id: int) -> StatusInput:
        row = self.statuses.get(activity_id)
        return StatusInput.of(row) if row else StatusInput(activity_id)


def find_changes(
    version: ReportVersion,
    values: Iterable[ValueInput],
    grades: Iterable[GradeInput],
    statuses: Iterable[StatusInput],
) -> Changes:
    """Which of the given cells, grades and statuses differ from what the version holds."""
    saved = Saved.of(version.values.all(), version.grades.all(), version.statuses.all())
    return changes_from(saved, values, grades, statuses)


def changes_from(
    saved: Saved,
    values: Iterable[ValueInput] = (),
    grades: Iterable[GradeInput] = (),
    statuses: Iterable[StatusInput] = (),
) -> Changes:
    """Which of the given cells, grades and statuses differ from what is saved."""
    return Changes(
        values=tuple(v for v in values if v != saved.value(v.cell)),
        grades=tuple(g for g in grades if g != saved.grade(g.goal_id)),
        statuses=tuple(s for s in statuses if s != saved.status(s.activity_id)),
        saved_values=saved.values,
        saved_grades=saved.grades,
        saved_statuses=saved.statuses,
    )


def check_asked(
    report: Report,
    expected: Expected,
    values: Iterable[ValueInput],
    grades: Iterable[GradeInput],
    statuses: Iterable[StatusInput],
) -> None:
    """Raises InvalidEntry for what the period does not ask of the nämnd."""
    asked = {
        (expected.definitions[i].pk, category)
        for i in expected.indicators_for(report.namnd_id)
        for category in categories_of(expected.definitions[i])
    }
    goals = {goal.pk for goal in expected.goals_for(report.namnd_id)}
    activities = expected.activities_for(report.namnd_id)
    if (
        any(v.cell not in asked for v in values)
        or any(g.goal_id not in goals for g in grades)
        or any(s.activity_id not in activities for s in statuses)
    ):
        raise InvalidEntry(NOT_ASKED)


def check_content(expected: Expected, changes: Changes) -> None:
    """Raises InvalidEntry when a rule is broken.

    An indicator that is touched is checked whole, together with the cells that were saved before.
    """
    definitions = {d.pk: d for d in expected.definitions.values()}
    touched: dict[int, dict[str, ValueInput]] = {}
    for given in changes.values:
        touched.setdefault(given.definition_id, {})[given.category] = given
    problems: list[CellProblem] = []
    for definition_id, cells in touched.items():
        before = _saved_cells(definition_id, changes.saved_values)
        definition = definitions[definition_id]
        problems += [
            CellProblem(problem.category, problem.part, problem.message, definition.name)
            for problem in check_indicator(definition, before | cells, expected.period)
        ]
    problems += [
        CellProblem("", part, message)
        for given in changes.grades
        for part, message in check_grade(given)
    ]
    problems += [
        CellProblem("", problem.part, problem.message, expected.texts[given.activity_id])
        for given in changes.statuses
        for problem in check_status(given, expected.period)
    ]
    if problems:
        raise InvalidContent(problems)


def check_saved(expected: Expected, namnd_id: int, saved: Saved) -> list[CellProblem]:
    """What in the saved content of the nämnd's report stops it from being handed in.

    What breaks a rule, from before the rule was; and a total that women and men do not account for.
    """
    problems = []
    for indicator_id in expected.indicators_for(namnd_id):
        definition = expected.definitions[indicator_id]
        cells = _saved_cells(definition.pk, saved.values)
        problems += [
            CellProblem(problem.category, problem.part, problem.message, definition.name)
            for problem in (
                *(check_indicator(definition, cells, expected.period) if cells else ()),
                *check_rest(definition, cells),
            )
        ]
    for activity_id in expected.activities_for(namnd_id):
        status = saved.statuses.get(activity_id)
        problems += [
            CellProblem("", problem.part, problem.message, expected.texts[activity_id])
            for problem in (check_status(StatusInput.of(status), expected.period) if status else ())
        ]
    return problems


def warnings_after(
    expected: Expected, changes: Changes, beside: Mapping[int, Beside]
) -> dict[int, list[dict[str, object]]]:
    """What is to stand of warnings at each changed indicator, by definition id.

    beside: by indicator id.
    """
    definitions = {d.pk: d for d in expected.definitions.values()}
    after: dict[int, dict[str, ValueInput]] = {}
    for given in changes.values:
        after.setdefault(
            given.definition_id, _saved_cells(given.definition_id, changes.saved_values)
        )[given.category] = given
    found = {}
    for pk, cells in after.items():
        of_indicator = beside[definitions[pk].indicator_id]
        told = look_over(definitions[pk], cells, expected.period, of_indicator)
        total, was = cells.get(Category.TOTAL), changes.saved_values.get((pk, Category.TOTAL))
        found[pk] = mark_answered(
            [one.as_json() for one in told],
            comment=total.comment if total else "",
            before=was.warnings if was else [],
            comment_before=was.comment if was else "",
        )
    return found


def warnings_of_saved(
    expected: Expected, saved: Saved, beside: Mapping[int, Beside]
) -> dict[int, list[dict[str, object]]]:
    """What the checks say of everything that is saved, by definition id. beside: as above."""
    found = {}
    for indicator_id, of_indicator in beside.items():
        definition = expected.definitions[indicator_id]
        cells = _saved_cells(definition.pk, saved.values)
        told = look_over(definition, cells, expected.period, of_indicator)
        total = saved.values.get((definition.pk, Category.TOTAL))
        comment = total.comment if total else ""
        found[definition.pk] = mark_answered(
            [one.as_json() for one in told],
            comment=comment,
            before=total.warnings if total else [],
            comment_before=comment,
        )
    return found


def write_warnings(saved: Saved, warnings: Mapping[int, list[dict[str, object]]]) -> None:
    """Let `warnings` stand at the saved totals, where they do not already. Nothing else changes."""
    altered = []
    for (definition_id, category), row in saved.values.items():
        if category == Category.TOTAL and row.warnings != warnings.get(definition_id, []):
            row.warnings = warnings.get(definition_id, [])
            altered.append(row)
    if altered:
        Value.objects.bulk_update(altered, ["warnings"])


def _saved_cells(
    definition_id: int, values: Mapping[tuple[int, str], Value]
) -> dict[str, ValueInput]:
    """By category. Looked up, and not searched for: a whole report has thousands of values."""
    found = ((str(category), values.get((definition_id, category))) for category in Category)
    return {category: ValueInput.of(value) for category, value in found if value is not None}


def write_changes(
    version: ReportVersion,
    changes: Changes,
    *,
    actor: User | None,
    warnings: Mapping[int, list[dict[str, object]]],
) -> None:
    """Write what changed and nothing else: who entered the other numbers, and when, stays.

    warnings: of each changed indicator, by definition id (`warnings_after`).
    """
    _write_rows(
        Value,
        {given.cell: given for given in changes.values},
        changes.saved_values,
        version=version,
        actor=actor,
        key=("definition_id", "category"),
        names=FIGURES,
        warnings=warnings,
    )
    _write_rows(
        GoalGrade,
        {(given.goal_id,): given for given in changes.grades},
        {(pk,): row for pk, row in changes.saved_grades.items()},
        version=version,
        actor=actor,
        key=("goal_id",),
        names=("grade", "analysis"),
    )
    _write_rows(
        ActivityStatus,
        {(given.activity_id,): given for given in changes.statuses},
        {(pk,): row for pk, row in changes.saved_statuses.items()},
        version=version,
        actor=actor,
        key=("activity_id",),
        names=("state", "comment", "new_date"),
    )


def _write_rows(
    model: type[models.Model],
    given: Mapping[tuple, ValueInput | GradeInput | StatusInput],
    saved: Mapping[tuple, Any],
    *,
    version: ReportVersion,
    actor: User | None,
    key: Sequence[str],
    names: Sequence[str],
    warnings: Mapping[int, list[dict[str, object]]] | None = None,
) -> None:
    """Rows of which a version has one for each `key`: made, altered, or removed when emptied.

    warnings: of values, by definition id; they stand at the total, also when another cell of the
    indicator is what was written.
    """
    filled: list[Any] = []
    emptied = []
    was: dict[int, dict[str, Any]] = {}
    for place, content in given.items():
        row: Any = saved.get(place)
        if content.is_empty:
            if row is not None:
                emptied.append(row.pk)
            continue
        if row is None:
            row = model(version=version, **dict(zip(key, place, strict=True)))
        else:
            was[row.pk] = row.__dict__.copy()
        for name in names:
            setattr(row, name, getattr(content, name))
        row.entered_by, row.entered_at = actor, timezone.now()
        filled.append(row)
    written = [*names, "entered_by", "entered_at"]
    if warnings is not None:
        written.append("warnings")
        filled += _with_warnings(filled, given, saved, warnings)
    rows = model._default_manager
    if emptied:
        rows.filter(pk__in=emptied).delete()
    new = [row for row in filled if row.pk is None]
    altered = [row for row in filled if row.pk is not None]
    if new and altered and len(filled) <= len(Category):
        # One cell again, in more than one of its rows: still one statement.
        rows.bulk_create(
            [_unsaved(row) for row in filled],
            update_conflicts=True,
            update_fields=written,
            unique_fields=["version", *key],
        )
        return
    if len(altered) == 1:
        # The saving of one cell, done more often than anything else: no statement of cases.
        _update(altered[0], written, was.get(altered[0].pk, {}))
    elif len(altered) <= MANY_ROWS:
        if altered:
            rows.bulk_update(altered, written)
    else:
        # A bulk update says of every row what each column becomes, and grows with the square of
        # the rows: rows laid over those that are there are many times quicker.
        rows.bulk_create(
            [_unsaved(row) for row in altered],
            update_conflicts=True,
            update_fields=written,
            unique_fields=["version", *key],
            batch_size=2_000,
        )
    if new:
        rows.bulk_create(new, batch_size=2_000)


def _update(row: models.Model, names: Sequence[str], was: Mapping[str, Any]) -> None:
    """What `filter(pk=…).update(…)` does, without putting the statement together anew.

    was: what the row held before, by attribute; what it holds still is not written.
    """
    fields = [
        field
        for field in row._meta.concrete_fields
        if field.name in names
        and not (field.attname in was and getattr(row, field.attname) == was[field.attname])
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    values = [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(row._meta.db_table)} SET {columns} WHERE id = %s",  # noqa: S608
            [*values, row.pk],
        )


def _with_warnings(
    filled: Sequence[Value],
    given: Mapping[tuple, Any],
    saved: Mapping[tuple, Value],
    warnings: Mapping[int, list[dict[str, object]]],
) -> list[Value]:
    """Lay the warnings at the totals that are written; answers totals that change by them only."""
    only: list[Value] = []
    written = {row.definition_id: row for row in filled if row.category == Category.TOTAL}
    for definition_id, told in warnings.items():
        place = (definition_id, Category.TOTAL)
        row = written.get(definition_id)
        if row is None and place not in given:
            row = saved.get(place)
            if row is not None and row.warnings != told:
                only.append(row)
        if row is not None:
            row.warnings = told
    return only


def _unsaved(row: Any) -> Any:
    """The same row without its number, to be told from what is there by its unique fields."""
    row.pk = None
    return row


def copy_content(source: ReportVersion, target: ReportVersion) -> None:
    """Copy values, grades and statuses to another version, inside the database.

    Not by bulk_create: that would stamp every value with the time of the copy, and who entered a
    number, and when, must survive a return.
    """
    for model in (Value, GoalGrade, ActivityStatus):
        _copy_rows(model, source, target)


def _copy_rows(model: type[models.Model], source: ReportVersion, target: ReportVersion) -> None:
    quote = connection.ops.quote_name
    columns = [str(f.column) for f in model._meta.concrete_fields if not f.primary_key]
    listed = ", ".join(quote(column) for column in columns)
    picked = ", ".join("%s" if column == "version_id" else quote(column) for column in columns)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {picked} FROM {table} "  # noqa: S608
            "WHERE version_id = %s",
            [target.pk, source.pk],
        )
