"""What a period asks of whom: the ground of entry, coverage and "who is late"."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from indicators.domain.json_rows import as_json, loaded, row_of
from indicators.enums import Accumulation, GapKind, IndicatorKind, PeriodKind
from indicators.models import (
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorVersion,
    Period,
)
from organisation.models import Namnd
from programme.enums import ProgrammeKind, ResponsibilityKind
from programme.models import (
    Activity,
    ActivityWording,
    Goal,
    GoalWording,
    Responsibility,
    ResponsibilityBase,
)

# Who answers for something: (nämnd id, "") or (None, group), as the responsibilities say.
Laid = frozenset[tuple[int | None, str]]
NOBODY: Laid = frozenset()
Place = tuple[str, int]
""" "indicator" or "activity", and which of them."""


@dataclass(frozen=True)
class AnswersFor:
    """That a nämnd or a group answers for something, in the words of the table."""

    on: str
    """ "indicator" or "activity"."""
    subject: int
    namnd_id: int | None
    group: str
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True)
class Measures:
    """That an indicator measures a goal, from when to when; both ends included."""

    goal_id: int
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class Gap:
    """A time in which an indicator is not asked for, and why; both ends included."""

    kind: str
    reason: str
    valid_from: dt.date
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def sentence(self) -> str:
        """ "Mäts inte från 2025-01-01 till och med 2025-12-31. Enkäten görs vartannat år." """
        until = f" till och med {self.valid_to}" if self.valid_to else ""
        reason = self.reason.strip()
        end = "" if reason.endswith((".", "!", "?")) else "."
        return f"{GapKind(self.kind).label} från {self.valid_from}{until}. {reason}{end}"


@dataclass(frozen=True)
class Unasked:
    """An indicator of a goal that the period does not ask for, though somebody answers for it."""

    code: str
    name: str
    gap: Gap
    answer: frozenset[int]
    """Ids of the nämnder that would have been asked."""

    @property
    def sentence(self) -> str:
        """ "Antal samtal frågas inte efter. Mäts inte från 2025-01-01 till och med …"."""
        return f"{self.name} frågas inte efter. {self.gap.sentence}"


@dataclass(frozen=True)
class ExpectedRows:
    """The rows that say what is expected, of every period; which of them count is decided here."""

    goals: Sequence[Goal]
    """With their programmes."""
    activities: Sequence[Activity]
    """Each with the changes of its text in `reworded`."""
    versions: Mapping[int, Sequence[IndicatorVersion]]
    """Indicator id → its definitions, oldest first, with the indicator."""
    goals_of: Mapping[int, Sequence[Measures]]
    """Indicator id → the goals it measures, has measured and will."""
    responsibilities: Sequence[AnswersFor]
    gaps: Mapping[int, Sequence[Gap]] = field(default_factory=dict)
    """Indicator id → times in which it is not asked for."""


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
    goal_texts: dict[int, str]
    """What the goals say, in the wording of the period's last day; "" for one without words."""
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
    stretches: dict[int, int] = field(default_factory=dict)
    """Definition id → number of the definition with which its comparable stretch began."""
    unasked: dict[int, tuple[Unasked, ...]] = field(default_factory=dict)
    """Goal id → its indicators that rest, have no source or have ended on that day."""

    def unasked_of(self, goal_id: int, namnd_id: int) -> list[Unasked]:
        """Those of the goal that the nämnd would have been asked for."""
        return [one for one in self.unasked.get(goal_id, ()) if namnd_id in one.answer]

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


def day(told: str | None) -> dt.date | None:
    """A day as the database writes it in JSON; None is no day."""
    return dt.date.fromisoformat(told) if told else None


def measured_in(definition: IndicatorVersion, indicator: Indicator, period: Period) -> bool:
    """Whether a period asks for the indicator at all.

    A yearly one is asked for in the verksamhetsberättelse only; an utvecklingsindikator, which
    has no data source yet, never.
    """
    if indicator.kind == IndicatorKind.UTVECKLINGSINDIKATOR:
        return False
    return definition.accumulation != Accumulation.YEARLY or period.kind == PeriodKind.VB


def expected_in(period: Period) -> Expected:
    """Everything that `period` expects, in three queries."""
    return expected_in_each([period])[period.code]


def expected_of(namnd: Namnd, period: Period) -> Expected:
    """What `period` expects of one nämnd, in two queries; of the others nothing is said."""
    return expected_in_each([period], [namnd])[period.code]


def expected_in_each(
    periods: Collection[Period], namnder: Sequence[Namnd] | None = None
) -> dict[str, Expected]:
    """What each of `periods` expects, by the period's code: three queries however many they are.

    namnder: of whom; all of them unless given.
    """
    if not periods:
        return {}
    if namnder is None:
        namnder = list(Namnd.objects.in_order())
    rows = _rows([period.year for period in periods])
    return {period.code: expected_from(period, namnder, rows) for period in periods}


def answers_for(on: str, subject: int, row: dict[str, Any]) -> AnswersFor:
    """row: a responsibility, by its columns, as the database tells it in JSON."""
    return AnswersFor(
        on,
        subject,
        row["namnd_id"],
        row["group"],
        row["kind"],
        day(row["valid_from"]),
        day(row["valid_to"]),
    )


def measures(row: dict[str, Any]) -> Measures:
    """row: an indicator's link to a goal, by its columns, as the database tells it in JSON."""
    return Measures(row["goal_id"], day(row["valid_from"]), day(row["valid_to"]))


def gap(row: dict[str, Any]) -> Gap:
    """row: a time without an indicator, by its columns, as the database tells it in JSON."""
    first = dt.date.fromisoformat(row["valid_from"])
    return Gap(row["kind"], row["reason"], first, day(row["valid_to"]))


def _rows(years: Collection[int]) -> ExpectedRows:
    """Goals with their activities, indicators with their definitions, and who answers for each.

    Two queries: what belongs to a row is read with the row itself.
    """
    activities_of = (
        Activity.objects.filter(goal=OuterRef("pk"))
        .order_by("order", "code")
        .values(
            row=as_json(
                Activity,
                reworded=_changes(ActivityWording, "activity"),
                laid=_laid_on(Responsibility, activity=OuterRef("pk")),
            )
        )
    )
    goals = list(
        Goal.objects.filter(
            programme__first_year__lte=max(years), programme__last_year__gte=min(years)
        )
        .select_related("programme", "parent")
        .annotate(reworded=_changes(GoalWording, "goal"), has=ArraySubquery(activities_of))
        .in_order()
    )
    activities: list[Activity] = []
    responsibilities: list[AnswersFor] = []
    for goal in goals:
        for data in map(loaded, goal.has):
            activity = row_of(Activity, data)
            activity.reworded = data["reworded"]  # type: ignore[attr-defined]
            activities.append(activity)
            responsibilities += [answers_for("activity", activity.pk, row) for row in data["laid"]]
    names = ("goal_id", "valid_from", "valid_to")
    gaps = IndicatorGap.objects.filter(indicator=OuterRef("indicator")).order_by("valid_from")
    links = IndicatorGoal.objects.filter(indicator=OuterRef("indicator")).order_by("pk")
    versions: dict[int, list[IndicatorVersion]] = defaultdict(list)
    goals_of: dict[int, list[Measures]] = {}
    gaps_of: dict[int, list[Gap]] = {}
    for version in (
        IndicatorVersion.objects.select_related("indicator")
        .annotate(
            links=ArraySubquery(links.values(row=JSONObject(**{name: name for name in names}))),
            without=ArraySubquery(gaps.values(row=as_json(IndicatorGap))),
            laid=_laid_on(IndicatorResponsibility, indicator=OuterRef("indicator")),
        )
        .order_by("indicator__order", "indicator__code", "valid_from")
    ):
        pk = version.indicator_id
        if pk not in versions:
            goals_of[pk] = [measures(loaded(row)) for row in version.links]
            gaps_of[pk] = [gap(loaded(row)) for row in version.without]
            responsibilities += [answers_for("indicator", pk, loaded(r)) for r in version.laid]
        versions[pk].append(version)
    return ExpectedRows(goals, activities, dict(versions), goals_of, responsibilities, gaps_of)


def _laid_on(model: type[ResponsibilityBase], **of: OuterRef) -> ArraySubquery:
    """Who answers for it, ever."""
    names = ("namnd_id", "group", "kind", "valid_from", "valid_to")
    rows = model._default_manager.order_by().filter(**of)
    return ArraySubquery(rows.values(row=JSONObject(**{name: name for name in names})))


def _changes(wordings: type[GoalWording] | type[ActivityWording], of: str) -> ArraySubquery:
    """The changes of a text, oldest first."""
    rows = wordings.objects.filter(**{of: OuterRef("pk")}).order_by("valid_from")
    change = JSONObject(text="text", since=Cast("valid_from", TextField()))
    return ArraySubquery(rows.values(change=change))


def _text_on(worded: Goal | Activity, day: dt.date) -> str:
    """What `text_on` says, by `_changes`."""
    begun = [w["text"] for w in worded.reworded if w["since"] <= day.isoformat()]  # type: ignore[union-attr]
    return begun[-1] if begun else worded.text


def _laid(period: Period, rows: Iterable[AnswersFor]) -> dict[Place, Laid]:
    """Who answers for what on the period's last day.

    Who only takes part is asked for no report. The period need not be laid in yet: what next year
    asks for is known before its periods are.
    """
    found: dict[Place, set[tuple[int | None, str]]] = defaultdict(set)
    for row in rows:
        begun = row.valid_from is None or row.valid_from <= period.ends_on
        lasts = row.valid_to is None or period.ends_on <= row.valid_to
        if begun and lasts and row.kind == ResponsibilityKind.ANSVARIG:
            found[row.on, row.subject].add((row.namnd_id, row.group))
    return {place: frozenset(laid) for place, laid in found.items()}


def _runs_in(goal: Goal, period: Period) -> bool:
    """Whether the goal is reported on: of a programme of the city's that runs, and not ended."""
    programme = goal.programme
    return (
        programme.kind == ProgrammeKind.STAD
        and programme.first_year <= period.year <= programme.last_year
        and goal.holds_on(period.ends_on)
    )


def expected_from(period: Period, namnder: Iterable[Namnd], rows: ExpectedRows) -> Expected:
    """What `period` expects, by the rows that were read: all of them, or those about one thing."""
    namnder = [namnd for namnd in namnder if namnd.exists_on(period.ends_on)]
    goals = [goal for goal in rows.goals if _runs_in(goal, period)]
    activities = [activity for activity in rows.activities if activity.holds_on(period.ends_on)]
    laid = _laid(period, rows.responsibilities)
    meant: dict[Laid, frozenset[int]] = {}

    def who(on: str, subject: int) -> frozenset[int]:
        laid_on = laid.get((on, subject), NOBODY)
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
    stretches: dict[int, int] = {}
    unasked: dict[int, list[Unasked]] = defaultdict(list)
    for activity in activities:
        answer = who("activity", activity.pk)
        if answer and activity.goal_id in concerned:
            responsible_for[activity.pk] = answer
            concerned[activity.goal_id] |= answer
    for indicator_id, of_indicator in rows.versions.items():
        held = [v for v in of_indicator if v.valid_from <= period.ends_on]
        its_goals = [
            link.goal_id
            for link in rows.goals_of[indicator_id]
            if link.goal_id in indicators_of_goal and link.holds_on(period.ends_on)
        ]
        if not (held and its_goals and measured_in(held[-1], held[-1].indicator, period)):
            continue
        asked = who("indicator", indicator_id)
        stretches.update(_stretches(of_indicator))
        gaps = [g for g in rows.gaps.get(indicator_id, ()) if g.holds_on(period.ends_on)]
        if gaps:
            one = Unasked(held[-1].indicator.code, held[-1].name, gaps[0], asked)
            for goal_id in its_goals:
                unasked[goal_id].append(one)
            continue
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
        goal_texts={goal.pk: _text_on(goal, period.ends_on) for goal in goals},
        definitions=definitions,
        indicators_of_goal={pk: tuple(ids) for pk, ids in indicators_of_goal.items()},
        asked_of=asked_of,
        concerned_by=concerned,
        activities={a.pk: a for a in activities if a.pk in responsible_for},
        texts={a.pk: _text_on(a, period.ends_on) for a in activities if a.pk in responsible_for},
        responsible_for=responsible_for,
        stretches=stretches,
        unasked={goal_id: tuple(found) for goal_id, found in unasked.items()},
    )


def _stretches(versions: Sequence[IndicatorVersion]) -> dict[int, int]:
    """Definition id → number of the definition that its comparable stretch began with.

    versions: of one indicator, oldest first. Values are compared within a stretch only.
    """
    began, found = 0, {}
    for version in versions:
        if not began or version.breaks_series:
            began = version.number
        found[version.pk] = began
    return found
