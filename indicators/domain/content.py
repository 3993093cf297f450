"""What a version of a report holds: compared with what was given, checked, written, copied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils import timezone

from indicators.domain.checks import (
    GradeInput,
    ValueInput,
    categories_of,
    check_grade,
    check_indicator,
)
from indicators.domain.errors import InvalidEntry
from indicators.domain.expected import Expected
from indicators.domain.statuses import StatusInput, check_status
from indicators.models import ActivityStatus, GoalGrade, Report, ReportVersion, Value
from organisation.models import User

FIGURES = ("number", "numerator", "denominator", "missing", "comment")


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


def find_changes(
    version: ReportVersion,
    values: Iterable[ValueInput],
    grades: Iterable[GradeInput],
    statuses: Iterable[StatusInput],
) -> Changes:
    """Which of the given cells, grades and statuses differ from what the version holds."""
    saved_values = {(v.definition_id, v.category): v for v in version.values.all()}
    saved_grades = {g.goal_id: g for g in version.grades.all()}
    saved_statuses = {s.activity_id: s for s in version.statuses.all()}
    as_saved = {cell: ValueInput.of(value) for cell, value in saved_values.items()}
    as_graded = {goal_id: GradeInput.of(grade) for goal_id, grade in saved_grades.items()}
    as_told = {pk: StatusInput.of(status) for pk, status in saved_statuses.items()}
    return Changes(
        values=tuple(
            v for v in values if v != as_saved.get(v.cell, ValueInput(v.definition_id, v.category))
        ),
        grades=tuple(g for g in grades if g != as_graded.get(g.goal_id, GradeInput(g.goal_id))),
        statuses=tuple(
            s for s in statuses if s != as_told.get(s.activity_id, StatusInput(s.activity_id))
        ),
        saved_values=saved_values,
        saved_grades=saved_grades,
        saved_statuses=saved_statuses,
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
        raise InvalidEntry("Perioden begär inte den uppgiften av nämnden.")


def check_content(expected: Expected, changes: Changes) -> None:
    """Raises InvalidEntry when a rule is broken.

    An indicator that is touched is checked whole, together with the cells that were saved before.
    """
    definitions = {d.pk: d for d in expected.definitions.values()}
    touched: dict[int, dict[str, ValueInput]] = {}
    for given in changes.values:
        touched.setdefault(given.definition_id, {})[given.category] = given
    messages = []
    for definition_id, cells in touched.items():
        before = {
            category: ValueInput.of(value)
            for (its_definition, category), value in changes.saved_values.items()
            if its_definition == definition_id
        }
        definition = definitions[definition_id]
        messages += [
            f"{definition.name}: {problem.message}"
            for problem in check_indicator(definition, before | cells)
        ]
    messages += [message for given in changes.grades if (message := check_grade(given))]
    messages += [
        f"{expected.texts[given.activity_id]} {problem.message}"
        for given in changes.statuses
        for problem in check_status(given, expected.period)
    ]
    if messages:
        raise InvalidEntry(" ".join(messages))


def write_changes(version: ReportVersion, changes: Changes, *, actor: User) -> None:
    """Write what changed and nothing else: who entered the other numbers, and when, stays."""
    new, altered, emptied = [], [], []
    for given in changes.values:
        value = changes.saved_values.get(given.cell)
        if given.is_empty and value is not None:
            emptied.append(value.pk)
            continue
        if value is None:
            value = Value(
                version=version, definition_id=given.definition_id, category=given.category
            )
            new.append(value)
        else:
            altered.append(value)
        for name in FIGURES:
            setattr(value, name, getattr(given, name))
        value.entered_by, value.entered_at = actor, timezone.now()
    if emptied:
        Value.objects.filter(pk__in=emptied).delete()
    if altered:
        Value.objects.bulk_update(altered, [*FIGURES, "entered_by", "entered_at"])
    if new:
        Value.objects.bulk_create(new)
    _write_rows(
        GoalGrade,
        {given.goal_id: given for given in changes.grades},
        changes.saved_grades,
        version=version,
        key="goal_id",
        names=("grade", "analysis"),
    )
    _write_rows(
        ActivityStatus,
        {given.activity_id: given for given in changes.statuses},
        changes.saved_statuses,
        version=version,
        key="activity_id",
        names=("state", "comment", "new_date"),
    )


def _write_rows(
    model: type[models.Model],
    given: Mapping[int, GradeInput] | Mapping[int, StatusInput],
    saved: Mapping[int, Any],
    *,
    version: ReportVersion,
    key: str,
    names: Sequence[str],
) -> None:
    """Rows of which a version has one for each `key`: made, altered, or removed when emptied."""
    new, altered, emptied = [], [], []
    for pk, content in given.items():
        row = saved.get(pk)
        if content.is_empty and row is not None:
            emptied.append(row.pk)
            continue
        if row is None:
            row = model(version=version, **{key: pk})
            new.append(row)
        else:
            altered.append(row)
        for name in names:
            setattr(row, name, getattr(content, name))
    rows = model._default_manager
    if emptied:
        rows.filter(pk__in=emptied).delete()
    if altered:
        rows.bulk_update(altered, names)
    if new:
        rows.bulk_create(new)


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
