"""What a version of a report holds: compared with what was given, checked, written, copied."""

from collections.abc import Iterable, Mapping
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
from indicators.models import GoalGrade, Report, ReportVersion, Value
from organisation.models import User

FIGURES = ("number", "numerator", "denominator", "missing", "comment")


@dataclass(frozen=True)
class Changes:
    """What was given and is not already saved so, and what is saved."""

    values: tuple[ValueInput, ...]
    grades: tuple[GradeInput, ...]
    saved_values: Mapping[tuple[int, str], Value]
    saved_grades: Mapping[int, GoalGrade]

    def __bool__(self) -> bool:
        return bool(self.values or self.grades)

    @property
    def saved(self) -> dict[Any, ValueInput | GradeInput | None]:
        """What is saved in each changed cell (definition id, category) and goal id."""
        values = {v.cell: self.saved_values.get(v.cell) for v in self.values}
        grades = {g.goal_id: self.saved_grades.get(g.goal_id) for g in self.grades}
        return {cell: ValueInput.of(v) if v else None for cell, v in values.items()} | {
            goal_id: GradeInput.of(g) if g else None for goal_id, g in grades.items()
        }

    @property
    def summary(self) -> str:
        """ "Sparade 3 uppgifter och 1 bedömning"; the cells of an indicator are one uppgift."""
        indicators, goals = len({v.definition_id for v in self.values}), len(self.grades)
        said = []
        if indicators:
            said.append("1 uppgift" if indicators == 1 else f"{indicators} uppgifter")
        if goals:
            said.append("1 bedömning" if goals == 1 else f"{goals} bedömningar")
        return "Sparade " + " och ".join(said)


def find_changes(
    version: ReportVersion, values: Iterable[ValueInput], grades: Iterable[GradeInput]
) -> Changes:
    """Which of the given cells and grades differ from what the version holds."""
    saved_values = {(v.definition_id, v.category): v for v in version.values.all()}
    saved_grades = {g.goal_id: g for g in version.grades.all()}
    as_saved = {cell: ValueInput.of(value) for cell, value in saved_values.items()}
    as_graded = {goal_id: GradeInput.of(grade) for goal_id, grade in saved_grades.items()}
    return Changes(
        values=tuple(
            v for v in values if v != as_saved.get(v.cell, ValueInput(v.definition_id, v.category))
        ),
        grades=tuple(g for g in grades if g != as_graded.get(g.goal_id, GradeInput(g.goal_id))),
        saved_values=saved_values,
        saved_grades=saved_grades,
    )


def check_asked(
    report: Report,
    expected: Expected,
    values: Iterable[ValueInput],
    grades: Iterable[GradeInput],
) -> None:
    """Raises InvalidEntry for a cell or goal that the period does not ask of the nämnd."""
    asked = {
        (expected.definitions[i].pk, category)
        for i in expected.indicators_for(report.namnd_id)
        for category in categories_of(expected.definitions[i])
    }
    goals = {goal.pk for goal in expected.goals_for(report.namnd_id)}
    if any(v.cell not in asked for v in values) or any(g.goal_id not in goals for g in grades):
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
    _write_grades(version, changes)


def _write_grades(version: ReportVersion, changes: Changes) -> None:
    new, altered, emptied = [], [], []
    for given in changes.grades:
        grade = changes.saved_grades.get(given.goal_id)
        if given.is_empty and grade is not None:
            emptied.append(grade.pk)
            continue
        if grade is None:
            grade = GoalGrade(version=version, goal_id=given.goal_id)
            new.append(grade)
        else:
            altered.append(grade)
        grade.grade, grade.analysis = given.grade, given.analysis
    if emptied:
        GoalGrade.objects.filter(pk__in=emptied).delete()
    if altered:
        GoalGrade.objects.bulk_update(altered, ["grade", "analysis"])
    if new:
        GoalGrade.objects.bulk_create(new)


def copy_content(source: ReportVersion, target: ReportVersion) -> None:
    """Copy values and grades to another version, inside the database.

    Not by bulk_create: that would stamp every value with the time of the copy, and who entered a
    number, and when, must survive a return.
    """
    for model in (Value, GoalGrade):
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
