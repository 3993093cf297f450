"""What a period asks of whom: the ground of entry, coverage and "who is late"."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models import Value as Literal

from indicators.enums import Accumulation, IndicatorKind, PeriodKind
from indicators.models import Indicator, IndicatorResponsibility, IndicatorVersion, Period
from organisation.models import Namnd
from programme.enums import ProgrammeKind
from programme.models import Goal, Responsibility

# Who answers for something: (nämnd id, "") or (None, group), as the responsibilities say.
Laid = frozenset[tuple[int | None, str]]


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

    def indicators_for(self, namnd_id: int) -> set[int]:
        """Ids of the indicators that the nämnd is to report."""
        return {i for i, asked in self.asked_of.items() if namnd_id in asked}

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
    versions, goals_of = _versions()
    on_indicators, on_goals = _laid()

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
            period, existing, running, versions, goals_of, on_indicators, on_goals
        )
    return expected


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


def _laid() -> tuple[dict[int, Laid], dict[int, Laid]]:
    """Who answers for each indicator and, through its activities, for each goal; one query."""
    of_indicators = IndicatorResponsibility.objects.order_by().annotate(on=Literal("indicator"))
    of_goals = Responsibility.objects.order_by().annotate(on=Literal("goal"))
    rows = of_indicators.values_list("on", "indicator_id", "namnd_id", "group").union(
        of_goals.values_list("on", "activity__goal_id", "namnd_id", "group")
    )
    found: dict[str, dict[int, set]] = {"indicator": defaultdict(set), "goal": defaultdict(set)}
    for on, subject, namnd_id, group in rows:
        found[on][subject].add((namnd_id, group))
    indicators, goals = found["indicator"], found["goal"]
    return (
        {pk: frozenset(laid) for pk, laid in indicators.items()},
        {pk: frozenset(laid) for pk, laid in goals.items()},
    )


def _expected(
    period: Period,
    namnder: list[Namnd],
    goals: list[Goal],
    versions: dict[int, list[IndicatorVersion]],
    goals_of: dict[int, list[int]],
    on_indicators: dict[int, Laid],
    on_goals: dict[int, Laid],
) -> Expected:
    meant: dict[Laid, frozenset[int]] = {}

    def who(laid: Laid) -> frozenset[int]:
        if laid not in meant:
            meant[laid] = frozenset(
                namnd.pk
                for namnd in namnder
                if any(
                    namnd.belongs_to(group) if group else namnd.pk == namnd_id
                    for namnd_id, group in laid
                )
            )
        return meant[laid]

    definitions: dict[int, IndicatorVersion] = {}
    asked_of: dict[int, frozenset[int]] = {}
    indicators_of_goal: dict[int, list[int]] = {goal.pk: [] for goal in goals}
    concerned = {goal.pk: who(on_goals.get(goal.pk, frozenset())) for goal in goals}
    for indicator_id, of_indicator in versions.items():
        held = [v for v in of_indicator if v.valid_from <= period.ends_on]
        its_goals = [pk for pk in goals_of[indicator_id] if pk in indicators_of_goal]
        if not (held and its_goals and measured_in(held[-1], held[-1].indicator, period)):
            continue
        asked = who(on_indicators.get(indicator_id, frozenset()))
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
    )
