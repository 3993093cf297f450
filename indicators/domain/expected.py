"""What a period asks of whom: the ground of entry, coverage and "who is late"."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models import Value as Literal
from django.db.models.functions import Cast, JSONObject

from indicators.enums import Accumulation, IndicatorKind, PeriodKind
from indicators.models import Indicator, IndicatorResponsibility, IndicatorVersion, Period
from organisation.models import Namnd
from programme.enums import ProgrammeKind, ResponsibilityKind
from programme.models import Activity, ActivityWording, Goal, Responsibility

# Who answers for something: (nämnd id, "") or (None, group), as the responsibilities say.
Laid = frozenset[tuple[int | None, str]]
NOBODY: Laid = frozenset()
Place = tuple[str, str, int]
"""Period code, "indicator" or "activity", and which of them."""


@dataclass(frozen=True)
class Expected:
    """The cells that one period expects. Nämnder are those that exist on the period's last day."""

    period: Period
    namnder: dict[int, Namnd]
    """Nämnder of which something is expected, by id, in Swedish order."""
    goals: dict[int, Goal]
    """All goals of the city's programmes that run then, by id, in order: a goal before its delmål.

    Reference programmes are not among them: nobody in the city reports on those.
    """
    definitions: dict[int, IndicatorVersion]
    """The definition that holds on the period's last day, by indicator id, in register order."""
    indicators_of_goal: dict[int, tuple[int, ...]]
    """Goal id → ids of its indicators that are asked for in this period."""
    asked_of: dict[int, frozenset[int]]
    """Indicator id → ids of the nämnder that are to report it."""
    concerned_by: dict[int, frozenset[int]]
    """Goal id → ids of the nämnder concerned: those with an activity or an indicator in it."""
    activities: dict[int, Activity]
    """The activities of those goals that somebody answers for, by id, in order."""
    texts: dict[int, str]
    """What those activities say, in the wording of the period's last day."""
    responsible_for: dict[int, frozenset[int]]
    """Activity id → ids of the nämnder that answer for it, and say how far they have come."""

    def indicators_for(self, namnd_id: int) -> set[int]:
        """Ids of the indicators that the nämnd is to report."""
        return {i for i, asked in self.asked_of.items() if namnd_id in asked}

    def activities_for(self, namnd_id: int) -> dict[int, Activity]:
        """The activities that the nämnd answers for, by id, in order."""
        return {i: a for i, a in self.activities.items() if namnd_id in self.responsible_for[i]}

    def activities_of(self, goal_id: int) -> list[Activity]:
        """The goal's activities that somebody answers for, in order."""
        return [a for a in self.activities.values() if a.goal_id == goal_id]

    def goals_for(self, namnd_id: int) -> list[Goal]:
        """The goals that concern the nämnd, in order."""
        return [g for i, g in self.goals.items() if namnd_id in self.concerned_by[i]]


def measured_in(definition: IndicatorVersion, indicator: Indicator, period: Period) -> bool:
    """Whether a period asks for the indicator at all.

    A yearly one is asked for in the verksamhetsberättelse only; an utvecklingsindikator, which
    has no data source yet, never.
    """
    if indicator.kind == IndicatorKind.UTVECKLINGSINDIKATOR:
        return False
    return definition.accumulation != Accumulation.YEARLY or period.kind == PeriodKind.VB


def expected_in(period: Period) -> Expected:
    """Everything that `period` expects, in five queries."""
    return expected_in_each([period])[period.code]


def expected_in_each(periods: Collection[Period]) -> dict[str, Expected]:
    """What each of `periods` expects, by the period's code: five queries however many they are."""
    if not periods:
        return {}
    years = [period.year for period in periods]
    namnder = list(Namnd.objects.in_order())
    goals = list(
        Goal.objects.filter(
            programme__kind=ProgrammeKind.STAD,
            programme__first_year__lte=max(years),
            programme__last_year__gte=min(years),
        )
        .select_related("programme", "parent")
        .prefetch_related("wordings")
        .in_order()
    )
    activities = _activities(goals)
    versions, goals_of = _versions()
    laid = _laid(periods)

    expected = {}
    for period in periods:
        existing = [namnd for namnd in namnder if namnd.exists_on(period.ends_on)]
        running = [
            goal
            for goal in goals
            if goal.programme.first_year <= period.year <= goal.programme.last_year
            and goal.holds_on(period.ends_on)
        ]
        expected[period.code] = _expected(
            period,
            existing,
            running,
            [activity for activity in activities if activity.holds_on(period.ends_on)],
            versions,
            goals_of,
            laid,
        )
    return expected


def _activities(goals: Collection[Goal]) -> list[Activity]:
    """The goals' activities in order, each with the changes of its text in `reworded`."""
    changes = ActivityWording.objects.filter(activity=OuterRef("pk")).order_by("valid_from")
    change = JSONObject(text="text", since=Cast("valid_from", TextField()))
    return list(
        Activity.objects.filter(goal__in=goals)
        .annotate(reworded=ArraySubquery(changes.values(change=change)))
        .order_by("goal", "order", "code")
    )


def _text_on(activity: Activity, day: dt.date) -> str:
    """What `Activity.text_on` says, without a query more."""
    begun = [w["text"] for w in activity.reworded if w["since"] <= day.isoformat()]  # type: ignore[attr-defined]
    return begun[-1] if begun else activity.text


def _versions() -> tuple[dict[int, list[IndicatorVersion]], dict[int, list[int]]]:
    """By indicator id, in register order: its definitions, oldest first, and its goals' ids."""
    links = Indicator.goals.through.objects.filter(indicator=OuterRef("indicator"))
    versions: dict[int, list[IndicatorVersion]] = defaultdict(list)
    goals: dict[int, list[int]] = {}
    for version in (
        IndicatorVersion.objects.select_related("indicator")
        .annotate(goal_ids=ArraySubquery(links.values("goal_id")))
        .order_by("indicator__order", "indicator__code", "valid_from")
    ):
        versions[version.indicator_id].append(version)
        goals[version.indicator_id] = version.goal_ids
    return dict(versions), goals


def _laid(periods: Collection[Period]) -> dict[Place, Laid]:
    """Who answers for each indicator and for each activity on the periods' last days; one query.

    Who only takes part is asked for no report. A period need not be laid in yet: what next year
    asks for is known before its periods are.
    """
    fields = ("namnd_id", "group", "valid_from", "valid_to")
    answer = {"kind": ResponsibilityKind.ANSVARIG}
    of_indicators = IndicatorResponsibility.objects.order_by().filter(**answer)
    of_activities = Responsibility.objects.order_by().filter(**answer)
    rows = list(
        of_indicators.annotate(on=Literal("indicator"))
        .values_list("on", "indicator_id", *fields)
        .union(
            of_activities.annotate(on=Literal("activity")).values_list("on", "activity_id", *fields)
        )
    )
    found: dict[Place, set[tuple[int | None, str]]] = defaultdict(set)
    for period in periods:
        for on, subject, namnd_id, group, first, last in rows:
            begun = first is None or first <= period.ends_on
            if begun and (last is None or period.ends_on <= last):
                found[period.code, on, subject].add((namnd_id, group))
    return {place: frozenset(laid) for place, laid in found.items()}


def _expected(
    period: Period,
    namnder: list[Namnd],
    goals: list[Goal],
    activities: list[Activity],
    versions: dict[int, list[IndicatorVersion]],
    goals_of: dict[int, list[int]],
    laid: dict[Place, Laid],
) -> Expected:
    meant: dict[Laid, frozenset[int]] = {}

    def who(on: str, subject: int) -> frozenset[int]:
        laid_on = laid.get((period.code, on, subject), NOBODY)
        if laid_on not in meant:
            meant[laid_on] = frozenset(
                namnd.pk
                for namnd in namnder
                if any(
                    namnd.belongs_to(group) if group else namnd.pk == namnd_id
                    for namnd_id, group in laid_on
                )
            )
        return meant[laid_on]

    definitions: dict[int, IndicatorVersion] = {}
    asked_of: dict[int, frozenset[int]] = {}
    indicators_of_goal: dict[int, list[int]] = {goal.pk: [] for goal in goals}
    concerned: dict[int, frozenset[int]] = {goal.pk: frozenset() for goal in goals}
    responsible_for: dict[int, frozenset[int]] = {}
    for activity in activities:
        answer = who("activity", activity.pk)
        if answer and activity.goal_id in concerned:
            responsible_for[activity.pk] = answer
            concerned[activity.goal_id] |= answer
    for indicator_id, of_indicator in versions.items():
        held = [v for v in of_indicator if v.valid_from <= period.ends_on]
        its_goals = [pk for pk in goals_of[indicator_id] if pk in indicators_of_goal]
        if not (held and its_goals and measured_in(held[-1], held[-1].indicator, period)):
            continue
        asked = who("indicator", indicator_id)
        definitions[indicator_id] = held[-1]
        asked_of[indicator_id] = asked
        for goal_id in its_goals:
            indicators_of_goal[goal_id].append(indicator_id)
            concerned[goal_id] |= asked

    anyone = frozenset().union(*concerned.values(), *asked_of.values())
    return Expected(
        period=period,
        namnder={namnd.pk: namnd for namnd in namnder if namnd.pk in anyone},
        goals={goal.pk: goal for goal in goals},
        definitions=definitions,
        indicators_of_goal={pk: tuple(ids) for pk, ids in indicators_of_goal.items()},
        asked_of=asked_of,
        concerned_by=concerned,
        activities={a.pk: a for a in activities if a.pk in responsible_for},
        texts={a.pk: _text_on(a, period.ends_on) for a in activities if a.pk in responsible_for},
        responsible_for=responsible_for,
    )
