"""Reading verksamhetsplaner: what a year expects of a nämnd beside what it has adopted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from indicators.domain.expected import Expected, expected_in_each
from indicators.enums import PeriodKind, PeriodState
from indicators.models import (
    AdoptedActivity,
    AdoptedIndicator,
    Adoption,
    ExpectedCell,
    Indicator,
    IndicatorVersion,
    OwnActivity,
    Period,
    Target,
)
from organisation.models import Namnd
from programme.enums import ProgrammeKind
from programme.models import Activity, Goal, Programme


@dataclass(frozen=True)
class PlanActivity:
    activity: Activity
    text: str
    is_expected: bool
    """Whether the year asks it of the nämnd; otherwise it was adopted and is no longer asked."""
    is_adopted: bool

    @property
    def is_missing(self) -> bool:
        return self.is_expected and not self.is_adopted


@dataclass(frozen=True)
class PlanIndicator:
    indicator: Indicator
    definition: IndicatorVersion
    is_expected: bool
    is_adopted: bool
    own_target: Decimal | None
    city_target: Decimal | None
    target_is_example: bool

    @property
    def is_missing(self) -> bool:
        return self.is_expected and not self.is_adopted


@dataclass(frozen=True)
class PlanGoal:
    goal: Goal
    text: str
    activities: tuple[PlanActivity, ...]
    indicators: tuple[PlanIndicator, ...]
    """Each under the first of its goals only."""
    own_activities: tuple[str, ...]

    @property
    def heading(self) -> str:
        """ "Mål 4. …"; some goals are known by their number alone."""
        return f"{self.goal.label}. {self.text}" if self.text else self.goal.label


@dataclass(frozen=True)
class Plan:
    """One nämnd's year. `adoption` is None until somebody has registered a decision."""

    namnd: Namnd
    year: int
    adoption: Adoption | None
    goals: tuple[PlanGoal, ...]

    @property
    def activities(self) -> list[PlanActivity]:
        return [row for goal in self.goals for row in goal.activities]

    @property
    def indicators(self) -> list[PlanIndicator]:
        return [row for goal in self.goals for row in goal.indicators]

    @property
    def missing(self) -> int:
        """How much is expected and not adopted."""
        return sum(row.is_missing for row in self.activities) + sum(
            row.is_missing for row in self.indicators
        )

    @property
    def expected(self) -> int:
        return sum(row.is_expected for row in self.activities) + sum(
            row.is_expected for row in self.indicators
        )

    @property
    def own_count(self) -> int:
        return sum(len(goal.own_activities) for goal in self.goals)


@dataclass(frozen=True)
class PlanLine:
    """One nämnd in the list of a year."""

    namnd: Namnd
    adoption: Adoption | None
    activities: int
    """How many of the expected activities are adopted."""
    activities_expected: int
    indicators: int
    indicators_expected: int
    own_activities: int
    missing: tuple[str, ...]
    """What is expected but not adopted, in the programme's words: activities, then indicators."""

    @property
    def is_complete(self) -> bool:
        return self.adoption is not None and not self.missing


@dataclass(frozen=True)
class PlanList:
    year: int
    lines: tuple[PlanLine, ...]
    years: tuple[int, ...]
    """The years in which a programme of the city runs, latest first."""

    @property
    def adopted(self) -> int:
        return sum(line.adoption is not None for line in self.lines)

    @property
    def complete(self) -> int:
        return sum(line.is_complete for line in self.lines)


@dataclass(frozen=True)
class UnregisteredPlan:
    """A year for which nobody has registered what the nämnd has adopted."""

    namnd: Namnd
    year: int
    expected: int
    """How many activities and indicators the year asks the nämnd to account for."""


class _Year:
    """What the three periods of a year expect, together. Five queries."""

    def __init__(self, year: int) -> None:
        # The calendar is known before anybody has laid in its periods.
        self.periods: list[Expected] = list(
            expected_in_each([Period.describe(year, kind) for kind in PeriodKind]).values()
        )
        self.goals: dict[int, Goal] = {}
        self.goal_texts: dict[int, str] = {}
        self.activities: dict[int, Activity] = {}
        self.texts: dict[int, str] = {}
        self.definitions: dict[int, IndicatorVersion] = {}
        self.namnder: dict[int, Namnd] = {}
        for expected in self.periods:
            self.goals |= expected.goals
            self.goal_texts |= expected.goal_texts
            self.activities |= expected.activities
            self.texts |= expected.texts
            self.definitions |= expected.definitions
            self.namnder |= expected.namnder

    def activities_for(self, namnd_id: int) -> set[int]:
        return {pk for each in self.periods for pk in each.activities_for(namnd_id)}

    def indicators_for(self, namnd_id: int) -> set[int]:
        return {pk for each in self.periods for pk in each.indicators_for(namnd_id)}

    def goals_of(self, indicator_id: int) -> list[int]:
        """Ids of the goals that the indicator is asked for under, in order."""
        return [
            goal_id
            for goal_id in self.goals
            if any(indicator_id in e.indicators_of_goal.get(goal_id, ()) for e in self.periods)
        ]


def programme_years() -> tuple[int, ...]:
    """The years in which a programme of the city runs, latest first; one query."""
    return _years_of(Programme.objects.filter(kind=ProgrammeKind.STAD).order_by())


def years_with_activities() -> tuple[int, ...]:
    """Those in which a programme runs that has activities to adopt; one query."""
    spans = Programme.objects.filter(kind=ProgrammeKind.STAD, goals__activities__isnull=False)
    return _years_of(spans.order_by().distinct())


def year_to_show(years: Iterable[int]) -> int:
    """This year, or the latest before it in which a programme runs."""
    today = timezone.localdate().year
    return max((year for year in years if year <= today), default=today)


def read_plan(namnd: Namnd, year: int) -> Plan | None:
    """What the year expects of the nämnd, and what it has adopted.

    None when no programme of the city runs that year, or the nämnd exists in none of its periods.
    The number of queries does not depend on how much that is.
    """
    asked = _Year(year)
    if not asked.goals or not any(namnd.exists_on(e.period.ends_on) for e in asked.periods):
        return None
    adoption = Adoption.objects.filter(namnd=namnd, year=year).select_related("namnd").first()
    activities, indicators = asked.activities_for(namnd.pk), asked.indicators_for(namnd.pk)
    adopted_activities, adopted_indicators, own = _adopted(adoption)
    targets = _targets(namnd, year)
    # What was adopted and is no longer asked for still stands there.
    goals: list[PlanGoal] = []
    shown: set[int] = set()
    for goal_id, goal in asked.goals.items():
        rows = []
        for pk, definition in asked.definitions.items():
            wanted = pk in indicators or pk in adopted_indicators
            if pk in shown or not wanted or goal_id not in asked.goals_of(pk):
                continue
            shown.add(pk)
            rows.append(
                PlanIndicator(
                    indicator=definition.indicator,
                    definition=definition,
                    is_expected=pk in indicators,
                    is_adopted=pk in adopted_indicators,
                    own_target=_value(targets.get((pk, namnd.pk))),
                    city_target=_value(targets.get((pk, None))),
                    target_is_example=any(
                        target.is_example for (i, _), target in targets.items() if i == pk
                    ),
                )
            )
        goals.append(
            PlanGoal(
                goal=goal,
                text=asked.goal_texts[goal_id],
                activities=tuple(
                    PlanActivity(
                        activity=activity,
                        text=asked.texts[pk],
                        is_expected=pk in activities,
                        is_adopted=pk in adopted_activities,
                    )
                    for pk, activity in asked.activities.items()
                    if activity.goal_id == goal_id
                    and (pk in activities or pk in adopted_activities)
                ),
                indicators=tuple(rows),
                own_activities=tuple(own.get(goal_id, ())),
            )
        )
    return Plan(namnd=namnd, year=year, adoption=adoption, goals=tuple(goals))


def periods_of(plan: Plan) -> list[Period]:
    """The year's periods in which the nämnd exists, the first first; one query."""
    of_year = Period.objects.filter(year=plan.year).order_by("ends_on")
    return [period for period in of_year if plan.namnd.exists_on(period.ends_on)]


def list_plans(year: int) -> PlanList:
    """Every nämnd of which the year expects something, and what it has not adopted.

    The number of queries does not depend on how many nämnder there are.
    """
    asked = _Year(year)
    adoptions = {
        adoption.namnd_id: adoption
        for adoption in Adoption.objects.filter(year=year).annotate(
            own_count=Count("own_activities")
        )
    }
    activities = _by_adoption(AdoptedActivity.objects.filter(adoption__year=year), "activity_id")
    indicators = _by_adoption(AdoptedIndicator.objects.filter(adoption__year=year), "indicator_id")
    lines = []
    for namnd in sorted(asked.namnder.values(), key=lambda n: n.sort_key):
        adoption = adoptions.get(namnd.pk)
        pk = adoption.pk if adoption else 0
        wanted_activities = asked.activities_for(namnd.pk)
        wanted_indicators = asked.indicators_for(namnd.pk)
        no_activities = [i for i in asked.activities if i in wanted_activities - activities[pk]]
        no_indicators = [i for i in asked.definitions if i in wanted_indicators - indicators[pk]]
        lines.append(
            PlanLine(
                namnd=namnd,
                adoption=adoption,
                activities=len(wanted_activities) - len(no_activities),
                activities_expected=len(wanted_activities),
                indicators=len(wanted_indicators) - len(no_indicators),
                indicators_expected=len(wanted_indicators),
                own_activities=adoption.own_count if adoption else 0,
                missing=tuple(
                    [asked.texts[i] for i in no_activities]
                    + [asked.definitions[i].name for i in no_indicators]
                ),
            )
        )
    return PlanList(year=year, lines=tuple(lines), years=programme_years())


def unregistered_plans(namnder: Collection[Namnd]) -> list[UnregisteredPlan]:
    """The years of `namnder` that are under way and have no registered decision; one query.

    A year is under way from its first day until its last period is closed. One that asks nothing
    of the nämnd is not there.
    """
    if not namnder:
        return []
    today = timezone.localdate()
    registered = Adoption.objects.filter(namnd=OuterRef("namnd"), year=OuterRef("period__year"))
    rows = (
        ExpectedCell.objects.asked()
        .order_by()
        .filter(
            Q(period__state=PeriodState.OPPEN) | Q(period__year=today.year),
            ~Exists(registered),
            namnd__in=namnder,
            period__year__lte=today.year,
        )
        .values("namnd", "period__year")
        .annotate(asked=Count("activity", distinct=True) + Count("indicator", distinct=True))
        .values_list("period__year", "namnd", "asked")
    )
    by_pk = {namnd.pk: namnd for namnd in namnder}
    return [UnregisteredPlan(by_pk[pk], year, asked) for year, pk, asked in sorted(rows)]


def _years_of(programmes: QuerySet) -> tuple[int, ...]:
    years = {
        year
        for first, last in programmes.values_list("first_year", "last_year")
        for year in range(first, last + 1)
    }
    return tuple(sorted(years, reverse=True))


def _adopted(adoption: Adoption | None) -> tuple[set[int], set[int], Mapping[int, list[str]]]:
    """Ids of adopted activities and indicators, and own activities by goal; three queries."""
    own: dict[int, list[str]] = defaultdict(list)
    if adoption is None:
        return set(), set(), own
    for goal_id, text in (
        OwnActivity.objects.filter(adoption=adoption)
        .order_by("goal_id", "order")
        .values_list("goal_id", "text")
    ):
        own[goal_id].append(text)
    return (
        set(adoption.adopted_activities.values_list("activity_id", flat=True)),
        set(adoption.adopted_indicators.values_list("indicator_id", flat=True)),
        own,
    )


def _by_adoption(rows: QuerySet, key: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for adoption_id, pk in rows.order_by().values_list("adoption_id", key):
        found[adoption_id].add(pk)
    return found


def _targets(namnd: Namnd, year: int) -> dict[tuple[int, int | None], Target]:
    # Those that the year began with: a plan is made before it.
    rows = Target.objects.filter(Q(namnd=None) | Q(namnd=namnd), year=year, valid_from=None)
    return {
        (target.indicator_id, target.namnd_id): target
        for target in rows.order_by(F("namnd").asc(nulls_first=True))
    }


def _value(target: Target | None) -> Decimal | None:
    return target.value if target else None
