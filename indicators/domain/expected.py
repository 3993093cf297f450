"""What a period asks of whom: the ground of entry, coverage and "who is late"."""

from dataclasses import dataclass

from indicators.enums import Accumulation, IndicatorKind, PeriodKind
from indicators.models import Indicator, IndicatorVersion, Period
from organisation.models import Namnd
from programme.models import Activity, Goal


@dataclass(frozen=True)
class Expected:
    """The cells that one period expects. Nämnder are those that exist on the period's last day."""

    period: Period
    namnder: dict[int, Namnd]
    """Nämnder of which something is expected, by id, in Swedish order."""
    goals: dict[int, Goal]
    """All goals of the programmes that run that year, by id, in order."""
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


def definition_on(indicator: Indicator, period: Period) -> IndicatorVersion | None:
    """The definition that holds on the period's last day; uses prefetched `versions`."""
    held = [v for v in indicator.versions.all() if v.valid_from <= period.ends_on]
    return max(held, key=lambda v: v.valid_from, default=None)


def expected_in(period: Period) -> Expected:
    """Everything that `period` expects, in a fixed number of queries."""
    namnder = list(Namnd.objects.valid_on(period.ends_on).in_order())
    goals = Goal.objects.filter(
        programme__first_year__lte=period.year, programme__last_year__gte=period.year
    ).select_related("programme")
    goal_by_id = {goal.pk: goal for goal in goals.order_by("programme", "number")}

    definitions: dict[int, IndicatorVersion] = {}
    asked_of: dict[int, frozenset[int]] = {}
    indicators_of_goal: dict[int, list[int]] = {goal_id: [] for goal_id in goal_by_id}
    concerned: dict[int, set[int]] = {goal_id: set() for goal_id in goal_by_id}

    indicators = Indicator.objects.filter(goals__in=goal_by_id).distinct().order_by("order", "code")
    for indicator in indicators.prefetch_related("versions", "responsibilities", "goals"):
        definition = definition_on(indicator, period)
        if definition is None or not measured_in(definition, indicator, period):
            continue
        asked = _meant(indicator.responsibilities.all(), namnder, period)
        definition.indicator = indicator
        definitions[indicator.pk] = definition
        asked_of[indicator.pk] = asked
        for goal in indicator.goals.all():
            if goal.pk in goal_by_id:
                indicators_of_goal[goal.pk].append(indicator.pk)
                concerned[goal.pk] |= asked

    for activity in Activity.objects.filter(goal__in=goal_by_id).prefetch_related(
        "responsibilities"
    ):
        concerned[activity.goal_id] |= _meant(activity.responsibilities.all(), namnder, period)

    anyone = set().union(*concerned.values(), *asked_of.values())
    return Expected(
        period=period,
        namnder={namnd.pk: namnd for namnd in namnder if namnd.pk in anyone},
        goals=goal_by_id,
        definitions=definitions,
        indicators_of_goal={g: tuple(ids) for g, ids in indicators_of_goal.items()},
        asked_of=asked_of,
        concerned_by={g: frozenset(ids) for g, ids in concerned.items()},
    )


def _meant(responsibilities, namnder: list[Namnd], period: Period) -> frozenset[int]:
    return frozenset(
        namnd.pk
        for namnd in namnder
        if any(r.concerns(namnd, period.ends_on) for r in responsibilities)
    )
