"""A programme over all its years: how its goals were judged, its indicators, what was done by whom.

One period stands for each year: the last in which any report is approved, the verksamhetsberättelse
when all is done. Only approved reports count, and everything is protected for others: the report
is made to be handed round.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from indicators.domain.consolidation import Wanted, consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.figures import Cells, Coverage, Followup, GoalResult, IndicatorResult
from indicators.domain.fixed_figures import with_fixed
from indicators.domain.grades import GradeSummary
from indicators.domain.statuses import ActivityResult, StatusCounts
from indicators.enums import ActivityState
from indicators.models import Period, Report
from programme.domain import NotFound
from programme.models import Programme


@dataclass(frozen=True)
class ReportedYear:
    """A year, and the period that stands for it."""

    year: int
    period_code: str
    period_label: str
    coverage_sentence: str


@dataclass(frozen=True)
class YearFigure:
    """The city's figure of one indicator in one year."""

    cells: Cells
    coverage: Coverage
    begins_anew: bool
    """A definition broke the series since the year before: do not compare."""


@dataclass(frozen=True)
class FinalIndicator:
    result: IndicatorResult
    """As of the last year that asked for it."""
    years: tuple[YearFigure | None, ...]
    """One for each year of the report; None where it was not asked for."""


@dataclass(frozen=True)
class Doers:
    """The nämnder that have come equally far with an activity, each with a year."""

    label: str
    namnder: tuple[str, ...]
    """ "Bromma stadsdelsnämnd (2023)": the year in which it first said so, ever since."""


@dataclass(frozen=True)
class FinalActivity:
    code: str
    text: str
    is_example: bool
    period_code: str
    """The last period in which anybody answered for it."""
    counts: StatusCounts
    doers: tuple[Doers, ...]
    deviations: tuple[str, ...]
    """In the words of those who deviate in the end."""


@dataclass(frozen=True)
class YearGrades:
    """How the nämnder judged a goal in one year; None where it was not followed up."""

    year: ReportedYear
    grades: GradeSummary | None


@dataclass(frozen=True)
class FinalGoal:
    code: str
    heading: str
    anchor: str
    by_year: tuple[YearGrades, ...]
    """One for each year of the report."""
    indicators: tuple[FinalIndicator, ...]
    activities: tuple[FinalActivity, ...]

    @property
    def latest(self) -> GradeSummary | None:
        return next((one.grades for one in reversed(self.by_year) if one.grades), None)


@dataclass(frozen=True)
class FinalReport:
    """The whole programme. Without years when no report of it is approved yet."""

    programme: Programme
    years: tuple[ReportedYear, ...]
    goals: tuple[FinalGoal, ...]
    followup: Followup | None
    """Of the last year: what method and coverage are told from."""
    is_example: bool

    @property
    def is_whole(self) -> bool:
        """Whether the last year is told by its verksamhetsberättelse, and by everybody's."""
        last = self.followup
        return (
            last is not None
            and last.period_code == f"{self.programme.last_year}-VB"
            and len(last.approved) == len(last.statuses)
        )

    @property
    def missing_years(self) -> tuple[int, ...]:
        told = {one.year for one in self.years}
        span = range(self.programme.first_year, self.programme.last_year + 1)
        return tuple(year for year in span if year not in told)

    @property
    def day(self) -> dt.date:
        """The day of its contents."""
        if self.followup is None:
            return self.programme.last_day
        return self.followup.approved_until or self.followup.ends_on


def read_final_report(slug: str) -> FinalReport:
    """The programme's years together, protected for others. Raises programme.domain.NotFound.

    Takes as many consolidations as the programme has years, each in a fixed number of queries.
    """
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        raise NotFound(f"no programme {slug}")
    history = list(
        with_fixed(Period.objects.filter(year__lte=programme.last_year)).with_days().in_order()
    )
    chosen = _last_of_each_year(programme)
    by_code = {period.code: period for period in history}
    followups = _consolidated([by_code[code] for code in chosen], history)
    years = tuple(
        ReportedYear(f.year, f.period_code, f.period_label, f.coverage_sentence) for f in followups
    )
    return FinalReport(
        programme=programme,
        years=years,
        goals=_goals(slug, followups, years),
        followup=followups[-1] if followups else None,
        is_example=any(f.is_example for f in followups),
    )


def _consolidated(periods: Sequence[Period], history: Sequence[Period]) -> list[Followup]:
    """The follow-ups of `periods`, oldest first.

    The last one is opened, for its series; an earlier one only when it asked for an indicator that
    no later one asks for.
    """
    found: list[Followup] = []
    known: set[str] = set()
    for period in reversed(periods):
        until = [p for p in history if p.ends_on <= period.ends_on]
        now = _follow_up(period, until, opened=not found)
        codes = {result.code for goal in now.goals for result in goal.indicators}
        if found and codes - known:
            now = _follow_up(period, until, opened=True)
        known |= codes
        found.append(now)
    return found[::-1]


def _follow_up(period: Period, until: Sequence[Period], *, opened: bool) -> Followup:
    wanted = Wanted(opened=opened)
    return consolidate(period, audience=Audience.OTHERS, history=until, wanted=wanted)


def _last_of_each_year(programme: Programme) -> list[str]:
    """Code of the last period of each year in which a report is approved, oldest first."""
    counted = Report.objects.counted().filter(period=OuterRef("pk"))
    periods = Period.objects.started().filter(
        Exists(counted), year__gte=programme.first_year, year__lte=programme.last_year
    )
    latest: dict[int, str] = {}
    for period in periods.in_order():
        latest[period.year] = period.code
    return [latest[year] for year in sorted(latest)]


def _goals(
    slug: str, followups: Sequence[Followup], years: Sequence[ReportedYear]
) -> tuple[FinalGoal, ...]:
    in_years = [
        {goal.code: goal for goal in followup.goals if goal.programme_slug == slug}
        for followup in followups
    ]
    latest: dict[str, GoalResult] = {}
    for goals in in_years:
        latest.update(goals)
    return tuple(
        _goal(latest[code], [goals.get(code) for goals in in_years], followups, years)
        for code in sorted(latest, key=lambda code: [int(part) for part in code.split(".")])
    )


def _goal(
    latest: GoalResult,
    in_years: Sequence[GoalResult | None],
    followups: Sequence[Followup],
    years: Sequence[ReportedYear],
) -> FinalGoal:
    results: dict[str, IndicatorResult] = {}
    told: dict[str, list[tuple[Followup, ActivityResult]]] = {}
    for goal, followup in zip(in_years, followups, strict=True):
        for result in goal.indicators if goal else ():
            results[result.code] = result  # the latest has the longest series
        for activity in goal.activities if goal else ():
            told.setdefault(activity.code, []).append((followup, activity))
    codes = [followup.period_code for followup in followups]
    return FinalGoal(
        code=latest.code,
        heading=latest.heading,
        anchor=latest.anchor,
        by_year=tuple(
            YearGrades(year, goal.grades if goal else None)
            for year, goal in zip(years, in_years, strict=True)
        ),
        indicators=tuple(_indicator(result, codes) for result in results.values()),
        activities=tuple(_activity(years) for years in told.values()),
    )


def _indicator(result: IndicatorResult, codes: Sequence[str]) -> FinalIndicator:
    """The figures of all years from one series, so that what is hidden in it stays hidden."""
    points = {point.period_code: point for point in result.series}
    figures: list[YearFigure | None] = []
    stretch: int | None = None
    for code in codes:
        point = points.get(code)
        if point is None:
            figures.append(None)
            continue
        anew = stretch is not None and point.stretch != stretch
        figures.append(YearFigure(point.cells, point.coverage, anew))
        stretch = point.stretch
    return FinalIndicator(result, tuple(figures))


def _activity(years: Sequence[tuple[Followup, ActivityResult]]) -> FinalActivity:
    """How far everybody who has answered for it came, by the last that each of them said."""
    followup, latest = years[-1]
    states: dict[str, str] = {}
    since: dict[str, int] = {}
    names: dict[str, str] = {}
    for each, activity in years:
        for one in activity.namnder:
            state = one.status.state if one.status else ""
            names[one.namnd_code] = one.namnd_name
            if state and states.get(one.namnd_code) != state:
                states[one.namnd_code], since[one.namnd_code] = state, each.year
            states.setdefault(one.namnd_code, "")
    return FinalActivity(
        code=latest.code,
        text=latest.text,
        is_example=latest.register_is_example,
        period_code=followup.period_code,
        counts=latest.counts,
        doers=tuple(_doers(states, since, names)),
        deviations=tuple(
            f"{one.namnd_name}: {' '.join(one.status.comment.split())}"
            for one in latest.deviations
            if one.status
        ),
    )


def _doers(
    states: Mapping[str, str], since: Mapping[str, int], names: Mapping[str, str]
) -> list[Doers]:
    found = []
    order = (
        ActivityState.GENOMFORD,
        ActivityState.PABORJAD,
        ActivityState.AVVIKER,
        ActivityState.EJ_PABORJAD,
    )
    for state in order:
        namnder = tuple(f"{names[c]} ({since[c]})" for c, said in states.items() if said == state)
        if namnder:
            found.append(Doers(str(state.label), namnder))
    silent = tuple(names[code] for code, said in states.items() if not said)
    return [*found, Doers("Läge saknas", silent)] if silent else found
