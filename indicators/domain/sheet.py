"""One nämnd's report as it is filled in and read: per goal its indicators, with what stands beside.

Made for the reporting nämnd itself, which sees its own numbers unprotected.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils import timezone

from indicators.domain.beside_row import (
    Earlier,
    TargetText,
    earlier_outcome,
    sexes_of,
    target_texts,
)
from indicators.domain.checks import (
    REST_WITHOUT_SEX,
    GradeInput,
    ValueInput,
    categories_of,
)
from indicators.domain.content import Saved
from indicators.domain.earlier_judgements import EarlierGrade, earlier_grades, earlier_statuses
from indicators.domain.expected import Expected, Unasked, expected_of
from indicators.domain.judgements import grade_in_words, state_in_words
from indicators.domain.outcome_words import correction_text, outcome_text, rest_text
from indicators.domain.rows import PeriodContent, contents_beside
from indicators.domain.statuses import ActivityRow
from indicators.domain.warnings import UNANSWERED
from indicators.enums import Category, Grade
from indicators.models import (
    ActivityStatus,
    GoalGrade,
    IndicatorVersion,
    Report,
    ReportVersion,
    RowComment,
    Value,
)
from organisation.models import User
from programme.models import Goal

STILL_AT_IT = dt.timedelta(minutes=15)
RowKey = tuple[str, int]
"""("value", definition id), ("grade", goal id) or ("status", activity id)."""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator that the nämnd is to report."""

    definition: IndicatorVersion
    cells: dict[str, ValueInput]
    """What is saved, by category; every category that is asked for is there."""
    earlier: tuple[Earlier, ...]
    target: TargetText | None
    also_under: tuple[Goal, ...]
    """The nämnd's other goals that the indicator belongs to. It is asked for once."""
    said: tuple[RowComment, ...] = ()
    """What the granskare have said here; for the nämnd's own eyes."""
    corrections: tuple[tuple[str, str], ...] = ()
    """Of the approved version: category in words, and what the number was and why it is another."""
    warnings: tuple[str, ...] = ()
    """What is to be explained, in whole sentences, as it was found when the cell was saved."""

    is_answered: bool = True
    """Whether the comment, if there is one, was written with all of those warnings in sight."""

    @property
    def is_explained(self) -> bool:
        return bool(self.comment) and self.is_answered

    @property
    def asks_why(self) -> bool:
        """Whether there is a warning that nobody has explained."""
        return bool(self.warnings) and not self.is_explained

    @property
    def code(self) -> str:
        return self.definition.indicator.code

    @property
    def is_filled(self) -> bool:
        return self.cells[Category.TOTAL].is_filled

    @property
    def comment(self) -> str:
        return self.cells[Category.TOTAL].comment

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """Category and outcome in words, for reading; the sexes only where they are filled.

        Last the rest of the total, where nobody knows its sex.
        """
        said = [
            (str(Category(category).label), outcome_text(self.definition, cell))
            for category, cell in self.cells.items()
            if category == Category.TOTAL or cell.is_filled
        ]
        return [*said, (REST_WITHOUT_SEX, self.rest)] if self.rest else said

    @property
    def rest(self) -> str:
        """How much of the total has no known sex, where that is ticked: "9", or "2 av 9"."""
        if not self.cells[Category.TOTAL].sex_unknown:
            return ""
        return rest_text(self.definition, self.cells)


@dataclass(frozen=True)
class Work:
    """Somebody who has written in the report, and when last. For the nämnd's own eyes."""

    by: User
    at: dt.datetime

    @property
    def is_now(self) -> bool:
        """Whether it was so lately that the person is probably still at it."""
        return timezone.now() - self.at < STILL_AT_IT


class GoalState(StrEnum):
    """How far the work with one goal has come."""

    NOT_STARTED = "Ej påbörjad"
    STARTED = "Påbörjad"
    DONE = "Klar"


@dataclass(frozen=True)
class Remark:
    """What a granskare has said at one row, and where on the page that is."""

    anchor: str
    about: str
    comment: RowComment


@dataclass(frozen=True)
class GoalSheet:
    goal: Goal
    text: str
    """What the goal says on the period's last day."""
    rows: tuple[IndicatorRow, ...]
    """The indicators that are asked for under this goal."""
    asked_elsewhere: tuple[IndicatorRow, ...]
    """Those that belong to this goal too, but are asked for under an earlier one."""
    activities: tuple[ActivityRow, ...]
    """The goal's activities that the nämnd answers for."""
    grade: GradeInput
    work: tuple[Work, ...] = ()
    """Who has written here, the last first."""
    said: tuple[RowComment, ...] = ()
    """What the granskare have said at the goal's grade; for the nämnd's own eyes."""
    unasked: tuple[Unasked, ...] = ()
    """Indicators that the nämnd would have been asked for, had they not been resting."""
    correction: str = ""
    """What the grade was before it was corrected, when and why; "" where it was not."""
    earlier: tuple[EarlierGrade, ...] = ()
    """How it was judged in the periods beside."""

    @property
    def at_it(self) -> list[Work]:
        """Those who are writing here now, as far as one can tell by what they have saved."""
        return [work for work in self.work if work.is_now]

    @property
    def before(self) -> list[Work]:
        """Those who have written here, and have been away for a while."""
        return [work for work in self.work if not work.is_now]

    @property
    def state(self) -> GoalState:
        if self.filled == self.expected:
            return GoalState.DONE
        started = self.filled or self.work or not self.grade.is_empty
        return GoalState.STARTED if started else GoalState.NOT_STARTED

    @property
    def remarks(self) -> list["Remark"]:
        """What the granskare have said under the goal, in the order of the page."""
        found = [
            Remark(f"i-{row.code}", row.definition.name, one)
            for row in self.rows
            for one in row.said
        ]
        found += [
            Remark(f"a-{row.activity.code}", row.text, one)
            for row in self.activities
            for one in row.said
        ]
        anchor, label = f"mal-{self.goal.pk}-bedomning", f"Bedömning av {self.goal.label.lower()}"
        return found + [Remark(anchor, label, one) for one in self.said]

    @property
    def remarks_left(self) -> int:
        """How many of them have not been dealt with."""
        return sum(not remark.comment.dealt_at for remark in self.remarks)

    @property
    def unfilled_rows(self) -> list[IndicatorRow]:
        return [row for row in self.rows if not row.is_filled]

    @property
    def unfilled_activities(self) -> list[ActivityRow]:
        return [row for row in self.activities if not row.is_filled]

    @property
    def expected(self) -> int:
        return len(self.rows) + len(self.activities) + 1

    @property
    def filled(self) -> int:
        indicators = sum(row.is_filled for row in self.rows)
        activities = sum(row.is_filled for row in self.activities)
        return indicators + activities + bool(self.grade.grade)

    @property
    def grade_label(self) -> str:
        return str(Grade(self.grade.grade).label) if self.grade.grade else ""


@dataclass(frozen=True)
class Sheet:
    report: Report
    goals: tuple[GoalSheet, ...]

    def only(self, code: str, programme: str = "") -> "Sheet":
        """The sheet of one goal: "4", or "4.2"; without goals when there is none.

        programme: its slug, where two programmes of the year both have such a goal.
        """
        found = [
            goal
            for goal in self.goals
            if goal.goal.code == code and programme in ("", goal.goal.programme.slug)
        ]
        return replace(self, goals=tuple(found[:1]))

    def with_comments(self, said: Mapping[RowKey, tuple[RowComment, ...]]) -> "Sheet":
        """The sheet with what the granskare have said at its rows (`comments_on`)."""
        if not said:
            return self
        goals = tuple(
            replace(
                goal,
                rows=tuple(
                    replace(row, said=said.get(("value", row.definition.pk), ()))
                    for row in goal.rows
                ),
                activities=tuple(
                    replace(row, said=said.get(("status", row.activity.pk), ()))
                    for row in goal.activities
                ),
                said=said.get(("grade", goal.goal.pk), ()),
            )
            for goal in self.goals
        )
        return replace(self, goals=goals)

    @property
    def remarks(self) -> list[Remark]:
        return [remark for goal in self.goals for remark in goal.remarks]

    @property
    def remarks_left(self) -> int:
        return sum(goal.remarks_left for goal in self.goals)

    @property
    def rows(self) -> list[IndicatorRow]:
        return [row for goal in self.goals for row in goal.rows]

    @property
    def expected(self) -> int:
        return sum(goal.expected for goal in self.goals)

    @property
    def filled(self) -> int:
        return sum(goal.filled for goal in self.goals)

    @property
    def unfilled_rows(self) -> list[IndicatorRow]:
        return [row for goal in self.goals for row in goal.unfilled_rows]

    @property
    def warned_rows(self) -> list[IndicatorRow]:
        return [row for row in self.rows if row.warnings]

    @property
    def rows_to_explain(self) -> list[IndicatorRow]:
        """Those with a warning and no comment."""
        return [row for row in self.rows if row.asks_why]

    @property
    def activities(self) -> list[ActivityRow]:
        return [row for goal in self.goals for row in goal.activities]

    @property
    def unfilled_activities(self) -> list[ActivityRow]:
        return [row for goal in self.goals for row in goal.unfilled_activities]

    @property
    def ungraded_goals(self) -> list[Goal]:
        return [goal.goal for goal in self.goals if not goal.grade.grade]

    @property
    def has_content(self) -> bool:
        return (
            any(not cell.is_empty for row in self.rows for cell in row.cells.values())
            or any(row.is_filled for row in self.activities)
            or any(not goal.grade.is_empty for goal in self.goals)
        )


def entry_sheet(report: Report, *, version: ReportVersion | None = None) -> Sheet:
    """The report with everything its page shows. The report may be unsaved: then it is empty.

    version: an older one to read instead of the one that is worked on.
    The number of queries does not depend on how many indicators there are.
    """
    expected = expected_of(report.namnd, report.period)
    asked = expected.indicators_for(report.namnd_id)
    goals = expected.goals_for(report.namnd_id)
    contents = contents_beside(report, version=version.pk if version else None)
    this = next(one for one in contents if one.period == report.period)
    now = this.saved
    before = [one for one in contents if one.period != report.period]
    sexes = {one.period.pk: sexes_of(one.saved) for one in before}
    activities = _activity_rows(report, expected, now, before)
    targets = target_texts(this.targets)

    home: dict[int, Goal] = {}
    also: dict[int, list[Goal]] = {}
    for goal in goals:
        for indicator_id in expected.indicators_of_goal[goal.pk]:
            if indicator_id not in asked:
                continue
            if indicator_id in home:
                also[indicator_id].append(goal)
            else:
                home[indicator_id], also[indicator_id] = goal, []
    rows = {
        indicator_id: IndicatorRow(
            definition=expected.definitions[indicator_id],
            cells=_cells(expected.definitions[indicator_id], now),
            earlier=tuple(
                earlier_outcome(expected, indicator_id, one, sexes[one.period.pk]) for one in before
            ),
            target=targets.get(indicator_id),
            also_under=tuple(also[indicator_id]),
            corrections=_correction_texts(expected.definitions[indicator_id], now),
            warnings=_warnings(expected.definitions[indicator_id], now),
            is_answered=_is_answered(expected.definitions[indicator_id], now),
        )
        for indicator_id in home
    }
    return Sheet(
        report=report,
        goals=tuple(
            _goal_sheet(
                goal,
                expected,
                home,
                rows,
                activities,
                now,
                tuple(expected.unasked_of(goal.pk, report.namnd_id)),
                earlier_grades(goal.pk, before),
            )
            for goal in goals
        ),
    )


def _goal_sheet(
    goal: Goal,
    expected: Expected,
    home: Mapping[int, Goal],
    rows: Mapping[int, IndicatorRow],
    activities: Iterable[ActivityRow],
    now: Saved,
    unasked: tuple[Unasked, ...],
    earlier: tuple[EarlierGrade, ...],
) -> GoalSheet:
    mine = [i for i in expected.indicators_of_goal[goal.pk] if i in rows]
    asked = [rows[i] for i in mine if home[i] == goal]
    answered = [row for row in activities if row.activity.goal_id == goal.pk]
    return GoalSheet(
        goal=goal,
        text=expected.goal_texts[goal.pk],
        rows=tuple(asked),
        asked_elsewhere=tuple(rows[i] for i in mine if home[i] != goal),
        activities=tuple(answered),
        grade=now.grade(goal.pk),
        work=_work_on(
            now,
            definitions={row.definition.pk for row in asked},
            activities={row.activity.pk for row in answered},
            goal_id=goal.pk,
        ),
        unasked=unasked,
        correction=_was_judged(now, goal_id=goal.pk),
        earlier=earlier,
    )


def _work_on(
    now: Saved, *, definitions: set[int], activities: set[int], goal_id: int
) -> tuple[Work, ...]:
    """Who has written under a goal, the last first."""
    rows: list[Value | GoalGrade | ActivityStatus] = [
        v for v in now.values.values() if v.definition_id in definitions
    ]
    rows += [g for g in now.grades.values() if g.goal_id == goal_id]
    rows += [s for s in now.statuses.values() if s.activity_id in activities]
    last: dict[User, dt.datetime] = {}
    for row in rows:
        if row.entered_by and row.entered_at:
            last[row.entered_by] = max(row.entered_at, last.get(row.entered_by, row.entered_at))
    found = [Work(person, at) for person, at in last.items()]
    return tuple(sorted(found, key=lambda work: work.at, reverse=True))


def _cells(definition: IndicatorVersion, now: Saved) -> dict[str, ValueInput]:
    return {
        category: now.value((definition.pk, category)) for category in categories_of(definition)
    }


def _warnings(definition: IndicatorVersion, now: Saved) -> tuple[str, ...]:
    total = now.values.get((definition.pk, Category.TOTAL))
    return tuple(str(one["text"]) for one in total.warnings) if total else ()


def _is_answered(definition: IndicatorVersion, now: Saved) -> bool:
    total = now.values.get((definition.pk, Category.TOTAL))
    return total is None or not any(one.get(UNANSWERED) for one in total.warnings)


def _activity_rows(
    report: Report, expected: Expected, now: Saved, before: Sequence[PeriodContent]
) -> list[ActivityRow]:
    """The activities that the nämnd answers for, with what it says now and said before."""
    return [
        ActivityRow(
            activity=activity,
            text=expected.texts[pk],
            status=now.status(pk),
            earlier=earlier_statuses(pk, before),
            correction=_was_judged(now, activity_id=pk),
        )
        for pk, activity in expected.activities_for(report.namnd_id).items()
    ]


def _correction_texts(definition: IndicatorVersion, now: Saved) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(Category(category).label), correction_text(definition, was))
        for category in categories_of(definition)
        if (was := now.corrections.get((definition.pk, category))) is not None
    )


def _was_judged(now: Saved, *, goal_id: int | None = None, activity_id: int | None = None) -> str:
    """ "rättad 2025-06-03, var genomförd: fel rad". For the reporting nämnd's own eyes."""
    for one in now.judgement_corrections:
        if (one.goal_id, one.activity_id) == (goal_id, activity_id):
            was = grade_in_words(one.was) if goal_id else state_in_words(one.was, one.new_date)
            return f"rättad {one.corrected_on:%Y-%m-%d}, var {was}: {one.reason}"
    return ""
