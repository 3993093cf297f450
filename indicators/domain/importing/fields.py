"""The fields of a report as a file carries them: each as one text, under its name in the form.

A text here is what the field means, written in one way only ("12,5" for every way of writing it),
so that what a file was made with, what it says and what is saved now can be compared.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from indicators.domain.checks import (
    GradeInput,
    GradePart,
    Part,
    ValueInput,
    check_grade,
    check_indicator,
    label_of,
)
from indicators.domain.numbers import parse_number
from indicators.domain.sheet import GoalSheet, IndicatorRow, Sheet
from indicators.domain.statuses import ActivityRow, StatusInput, StatusPart, check_status
from indicators.enums import ActivityState, Category, Grade, MissingReason
from indicators.names import (
    ATTRIBUTE,
    TICKED,
    activity_cell,
    goal_cell,
    goal_name,
    grade_texts,
    parts_of,
    status_name,
    status_texts,
    value_name,
    value_texts,
)
from organisation.readable import made_alike

EMPTY = "tomt"
YES_NO = (("1", "Ja"), ("0", "Nej"))


class Kind(Enum):
    NUMBER = "tal"
    YES_NO = "ja eller nej"
    CHOICE = "val"
    TEXT = "text"
    DAY = "datum"


@dataclass(frozen=True)
class ReportField:
    """One field.

    name: as in the form. row: the row of a file that it stands in. column: which column there.
    label: for lists, with what it is about. choices: value and words. definition: number of the
    indicator's definition; 0 for what is no indicator's. goal: label of the goal it stands under.
    about, whom: what its row is called: "Utbildade", "Kvinnor"; whom is "" of no indicator.
    """

    name: str
    row: str
    column: str
    kind: Kind
    label: str
    goal: str
    choices: tuple[tuple[str, str], ...] = ()
    definition: int = 0
    about: str = ""
    whom: str = ""

    def said(self, text: str) -> str:
        """A content as people read it."""
        return dict(self.choices).get(text, text) or EMPTY


@dataclass(frozen=True)
class RowFields:
    """The fields of one row, by column."""

    key: str
    fields: Mapping[str, ReportField]


def row_key(code: str, category: str) -> str:
    """Of one category of an indicator."""
    return f"v-{code}-{category}"


def fields_of(sheet: Sheet) -> dict[str, ReportField]:
    """Every field that the report asks for, by name, in the order of the pages."""
    found: dict[str, ReportField] = {}
    for goal in sheet.goals:
        for field in _goal_fields(goal, sheet):
            found[field.name] = field
    return found


def rows_of_fields(fields: Iterable[ReportField]) -> dict[str, dict[str, ReportField]]:
    """The fields by row and column."""
    rows: dict[str, dict[str, ReportField]] = {}
    for field in fields:
        rows.setdefault(field.row, {})[field.column] = field
    return rows


def texts_of(sheet: Sheet) -> dict[str, str]:
    """What is saved in every field, by name."""
    texts: dict[str, str] = {}
    period = sheet.report.period
    for row in sheet.rows:
        for cell in row.cells.values():
            texts |= value_texts(row.code, row.definition, cell, period)
    for activity in sheet.activities:
        texts |= status_texts(activity.activity.code, activity.status)
    for goal in sheet.goals:
        texts |= grade_texts(goal.goal, goal.grade)
    return {name: same(text) for name, text in texts.items()}


def same(text: str) -> str:
    """A text without what a file adds or takes away: line ends, and spaces around it."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return made_alike(text).strip()


# Back to what the commands take ------------------------------------------------------------------


@dataclass(frozen=True)
class Contents:
    values: tuple[ValueInput, ...]
    grades: tuple[GradeInput, ...]
    statuses: tuple[StatusInput, ...]


def contents_of(sheet: Sheet, texts: Mapping[str, str], touched: set[str]) -> Contents:
    """The cells in which a field is `touched`, whole, as `texts` has them.

    texts: of every field. touched: names.
    """
    period = sheet.report.period
    values, grades, statuses = [], [], []
    for row in sheet.rows:
        for category in row.cells:
            parts = parts_of(row.definition, category, period)
            names = {part: value_name(row.code, category, part) for part in parts}
            if touched.isdisjoint(names.values()):
                continue
            given: dict[str, Any] = {
                ATTRIBUTE[part]: _value(part, texts[name]) for part, name in names.items()
            }
            values.append(ValueInput(row.definition.pk, category, **given))
    for activity in sheet.activities:
        if names_touched(touched, status_texts(activity.activity.code, activity.status)):
            statuses.append(_status(activity, texts))
    for goal in sheet.goals:
        if names_touched(touched, grade_texts(goal.goal, goal.grade)):
            grades.append(
                GradeInput(
                    goal.goal.pk,
                    texts[goal_name(goal.goal, GradePart.GRADE)],
                    texts[goal_name(goal.goal, GradePart.ANALYSIS)],
                )
            )
    return Contents(tuple(values), tuple(grades), tuple(statuses))


def names_touched(touched: set[str], names: Iterable[str]) -> bool:
    return not touched.isdisjoint(names)


def faults_in(sheet: Sheet, contents: Contents) -> Iterator[tuple[str, str]]:
    """What is wrong with contents, beside what is saved: name of the field, and a sentence."""
    period = sheet.report.period
    for row in sheet.rows:
        given = {v.category: v for v in contents.values if v.definition_id == row.definition.pk}
        if not given:
            continue
        for problem in check_indicator(row.definition, row.cells | given, period):
            yield value_name(row.code, problem.category, problem.part), problem.message
    statuses = {s.activity_id: s for s in contents.statuses}
    for activity in sheet.activities:
        if activity.activity.pk in statuses:
            for wrong in check_status(statuses[activity.activity.pk], period):
                yield status_name(activity.activity.code, wrong.part), wrong.message
    grades = {g.goal_id: g for g in contents.grades}
    for goal in sheet.goals:
        if goal.goal.pk in grades:
            for part, message in check_grade(grades[goal.goal.pk]):
                yield goal_name(goal.goal, part), message


def _value(part: Part, text: str) -> Decimal | str | bool | None:
    if part is Part.REST:
        return bool(text)
    if part in (Part.MISSING, Part.COMMENT):
        return text
    return parse_number(text) if text else None


def _status(row: ActivityRow, texts: Mapping[str, str]) -> StatusInput:
    code = row.activity.code
    day = texts[status_name(code, StatusPart.NEW_DATE)]
    return StatusInput(
        row.activity.pk,
        texts[status_name(code, StatusPart.STATE)],
        texts[status_name(code, StatusPart.COMMENT)],
        dt.date.fromisoformat(day) if day else None,
    )


# One row each -------------------------------------------------------------------------------------


def _goal_fields(goal: GoalSheet, sheet: Sheet) -> Iterator[ReportField]:
    for row in goal.rows:
        for category in row.cells:
            yield from _indicator_fields(row, category, goal, sheet)
    for activity in goal.activities:
        code = activity.activity.code
        for part, kind, label in (
            (StatusPart.STATE, Kind.CHOICE, "läge"),
            (StatusPart.NEW_DATE, Kind.DAY, "nytt datum"),
            (StatusPart.COMMENT, Kind.TEXT, "kommentar"),
        ):
            yield ReportField(
                status_name(code, part),
                activity_cell(code),
                part,
                kind,
                f"{_cut(activity.text)}, {label}",
                goal.goal.label,
                _choices(ActivityState) if kind is Kind.CHOICE else (),
                about=activity.text,
            )
    for judged, kind, label in (
        (GradePart.GRADE, Kind.CHOICE, "bedömning"),
        (GradePart.ANALYSIS, Kind.TEXT, "analys"),
    ):
        yield ReportField(
            goal_name(goal.goal, judged),
            goal_cell(goal.goal),
            judged,
            kind,
            f"{goal.goal.label}, {label}",
            goal.goal.label,
            _choices(Grade) if kind is Kind.CHOICE else (),
            about=goal.goal.label,
        )


def _indicator_fields(
    row: IndicatorRow, category: str, goal: GoalSheet, sheet: Sheet
) -> Iterator[ReportField]:
    definition = row.definition
    for part in parts_of(definition, category, sheet.report.period):
        kind = Kind.NUMBER
        choices: tuple[tuple[str, str], ...] = ()
        if part is Part.REST:
            kind, choices = Kind.CHOICE, ((TICKED, "Ja"),)
        elif part is Part.MISSING:
            kind, choices = Kind.CHOICE, _choices(MissingReason)
        elif part is Part.COMMENT:
            kind = Kind.TEXT
        elif definition.is_yes_no:
            kind, choices = Kind.YES_NO, YES_NO
        words = [definition.name]
        if len(row.cells) > 1:
            words.append(str(Category(category).label).lower())
        words.append(label_of(definition, part).lower())
        yield ReportField(
            value_name(row.code, category, part),
            row_key(row.code, category),
            part,
            kind,
            ", ".join(words),
            goal.goal.label,
            choices,
            definition.number,
            about=definition.name,
            whom=str(Category(category).label),
        )


def _choices(words: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in words.choices)


def _cut(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
