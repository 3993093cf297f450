"""A programme's pages with what the reports say: each goal and activity beside its status."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.domain.disclosure import Audience
from indicators.domain.goal_figures import GoalFigure, read_figures_of_goals
from indicators.domain.goal_statuses import GoalStatuses, read_goal_statuses
from indicators.domain.statuses import StatusCounts
from programme.domain import ActivityRow, GoalPage, GoalRow, ProgrammePage, read_contents
from programme.enums import ProgrammeKind


@dataclass(frozen=True)
class ActivityStatusRow:
    """An activity, and how far those who answer for it have come; None where nobody did."""

    activity: ActivityRow
    counts: StatusCounts | None


@dataclass(frozen=True)
class GoalStatusRow:
    """A goal of the programme, and its activities' status, those of its delmål included."""

    goal: GoalRow
    counts: StatusCounts


@dataclass(frozen=True)
class WholeProgramme:
    """Everything that stands in the programme's file. It is made for others, whoever asks."""

    page: ProgrammePage
    goals: tuple[GoalPage, ...]
    figures: Mapping[int, tuple[GoalFigure, ...]]
    """Goal id → its indicators, small numbers protected."""
    statuses: GoalStatuses


def goal_rows(page: ProgrammePage, statuses: GoalStatuses) -> tuple[GoalStatusRow, ...]:
    return tuple(
        GoalStatusRow(row, statuses.of(row.pk, *(part.pk for part in row.parts)))
        for row in page.goals
    )


def activity_rows(
    activities: Sequence[ActivityRow], statuses: GoalStatuses
) -> tuple[ActivityStatusRow, ...]:
    return tuple(ActivityStatusRow(row, statuses.counts(row.code)) for row in activities)


def statuses_of(page: ProgrammePage) -> GoalStatuses:
    """Of all the programme's goals. Nobody reports on the programmes of others."""
    ids = [row.pk for goal in page.goals for row in (goal, *goal.parts)]
    if page.programme.kind != ProgrammeKind.STAD:
        return GoalStatuses(None, {})
    return read_goal_statuses(page.programme, ids)


def read_whole_programme(slug: str, *, on: dt.date) -> WholeProgramme:
    """The programme in the words of the day, with its latest figures and statuses.

    Only approved reports count, and small numbers are protected: the file is handed round. The
    number of queries follows neither goals, activities nor indicators. Raises NotFound.
    """
    page, goals = read_contents(slug, on=on)
    ids = [goal.goal.pk for goal in goals]
    figures = read_figures_of_goals(ids, audience=Audience.OTHERS, today=on)
    return WholeProgramme(page, goals, figures, statuses_of(page))
