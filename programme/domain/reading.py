"""Reading a programme: its goals, its activities, and who answers for them.

A programme is public to everyone signed in, so nothing here asks who reads.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from organisation.models import Namnd
from programme.models import Activity, Goal, Programme, ResponsibilityBase


class NotFound(LookupError):
    """There is no such programme, goal or activity."""


@dataclass(frozen=True)
class Responsible:
    """One that answers for something: a nämnd, or a group as the programme names it."""

    label: str
    namnder: tuple[Namnd, ...] = ()
    """Who the group is on the day asked for, in Swedish order; empty for a single nämnd."""
    ceased_on: dt.date | None = None
    """The last day of a single nämnd that is no more on the day asked for."""


@dataclass(frozen=True)
class GoalRow:
    number: int
    text: str
    activities: int


@dataclass(frozen=True)
class ProgrammePage:
    programme: Programme
    violence_types: tuple[str, ...]
    goals: tuple[GoalRow, ...]
    activities: int
    """How many activities the goals have together."""


@dataclass(frozen=True)
class ActivityRow:
    code: str
    text: str
    source: str
    is_example: bool
    responsible: tuple[Responsible, ...]


@dataclass(frozen=True)
class GoalPage:
    programme: Programme
    number: int
    text: str
    activities: tuple[ActivityRow, ...]
    earlier: int | None
    """Number of the goal before this one; None for the first."""
    later: int | None


@dataclass(frozen=True)
class ActivityPage:
    programme: Programme
    goal: Goal
    activity: ActivityRow


def read_programmes() -> list[Programme]:
    """All programmes, the latest first, each with `goal_count`. One query."""
    return list(
        Programme.objects.annotate(goal_count=Count("goals")).order_by("-first_year", "slug")
    )


def read_programme(slug: str) -> ProgrammePage:
    """One programme with its goals. Raises NotFound."""
    programme = _programme(slug)
    goals = programme.goals.annotate(activity_count=Count("activities")).order_by("number")
    rows = tuple(GoalRow(goal.number, goal.text, goal.activity_count) for goal in goals)
    return ProgrammePage(
        programme=programme,
        violence_types=tuple(
            programme.violence_types.order_by("order").values_list("name", flat=True)
        ),
        goals=rows,
        activities=sum(row.activities for row in rows),
    )


def read_goal(slug: str, number: int, *, on: dt.date) -> GoalPage:
    """One goal of one programme, with who answers for its activities on the day `on`.

    Goals are numbered within their programme: the same number in another is another goal.
    Raises NotFound.
    """
    programme = _programme(slug)
    texts = dict(programme.goals.order_by("number").values_list("number", "text"))
    if number not in texts:
        raise NotFound(f"{slug} has no goal {number}")
    activities = (
        Activity.objects.filter(goal__programme=programme, goal__number=number)
        .prefetch_related("responsibilities__namnd")
        .order_by("order", "code")
    )
    return GoalPage(
        programme=programme,
        number=number,
        text=texts[number],
        activities=tuple(_activity_rows(activities, on)),
        earlier=max((n for n in texts if n < number), default=None),
        later=min((n for n in texts if n > number), default=None),
    )


def read_activity(slug: str, code: str, *, on: dt.date) -> ActivityPage:
    """One activity, with who answers for it on the day `on`. Raises NotFound."""
    programme = _programme(slug)
    found = (
        Activity.objects.filter(goal__programme=programme, code=code)
        .select_related("goal")
        .prefetch_related("responsibilities__namnd")
    )
    activity = found.first()
    if activity is None:
        raise NotFound(f"{slug} has no activity {code}")
    (row,) = _activity_rows([activity], on)
    return ActivityPage(programme=programme, goal=activity.goal, activity=row)


def responsible_for(
    responsibilities: Iterable[ResponsibilityBase], namnder: Iterable[Namnd], on: dt.date
) -> tuple[Responsible, ...]:
    """Who answers, groups first with those of `namnder` who belong to them on the day `on`."""
    namnder = [namnd for namnd in namnder if namnd.exists_on(on)]
    groups, single = [], []
    for stated in responsibilities:
        if stated.namnd is None:
            members = tuple(namnd for namnd in namnder if namnd.belongs_to(stated.group))
            groups.append(Responsible(stated.get_group_display(), members))
        else:
            gone = stated.namnd.valid_to if not stated.namnd.exists_on(on) else None
            single.append((stated.namnd.sort_key, Responsible(stated.namnd.name, (), gone)))
    return (*groups, *(responsible for _, responsible in sorted(single, key=lambda pair: pair[0])))


def _activity_rows(activities: Iterable[Activity], on: dt.date) -> Iterable[ActivityRow]:
    namnder = list(Namnd.objects.valid_on(on).in_order())
    for activity in activities:
        yield ActivityRow(
            code=activity.code,
            text=activity.text,
            source=activity.source,
            is_example=activity.is_example,
            responsible=responsible_for(activity.responsibilities.all(), namnder, on),
        )


def _programme(slug: str) -> Programme:
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        raise NotFound(f"no programme {slug}")
    return programme
