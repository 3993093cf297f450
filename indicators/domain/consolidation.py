"""The consolidated follow-up: what the approved reports of all nämnder say together.

Computed on read, in a number of queries that does not grow with nämnder, indicators or periods.
Only the approved version of a report counts: drafts and what is being reworked never do, and a
report that has been reopened goes on counting with the version that was approved.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from indicators.domain.book import Book, read_yardsticks
from indicators.domain.comparing import years_beside
from indicators.domain.deciding import decided_text
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.due_dates import due_dates
from indicators.domain.expected import Expected, expected_in_each
from indicators.domain.figures import Followup, GoalResult, IndicatorResult, ReportStatus
from indicators.domain.fixed_figures import with_fixed
from indicators.domain.grades import summarise
from indicators.domain.judgements import (
    NO_STATE,
    CorrectedJudgement,
    grade_in_words,
    state_in_words,
)
from indicators.domain.results import result_of
from indicators.domain.statuses import ActivityResult, Key, NamndStatus, Said, StatusInput, Was
from indicators.domain.tally_reading import read_tallies
from indicators.enums import FollowupKind, ReportState
from indicators.models import (
    ActivityStatus,
    FollowupVersion,
    GoalGrade,
    JudgementCorrection,
    Period,
    Report,
    ReportDecision,
)
from organisation.enums import COMPANY_KINDS
from programme.models import Goal


def read_periods_until(code: str) -> tuple[Period, list[Period]]:
    """The period with that code, and it with all before it, oldest first; one query.

    Raises Period.DoesNotExist.
    """
    history = list(_until(code))
    if not history:
        raise Period.DoesNotExist(code)
    return history[-1], history


def _until(code: str) -> QuerySet[Period]:
    last_day = Period.objects.order_by().filter(code=code).values("ends_on")
    periods = Period.objects.filter(ends_on__lte=Subquery(last_day)).with_days().in_order()
    fixed = FollowupVersion.objects.filter(
        report__period=OuterRef("pk"), report__kind=FollowupKind.STADEN
    )
    return with_fixed(cast(QuerySet[Period], periods.annotate(has_fixed_report=Exists(fixed))))


@dataclass(frozen=True)
class Wanted:
    """Which part of a follow-up is wanted; where nothing is said, all of it."""

    goal: tuple[str, str] | None = None
    """The slug of a programme and the code of its goal."""
    indicator: str = ""
    """The code of an indicator, under whichever goals it measures."""
    opened: bool = True
    """Whether figures open down to their parts, with every period so far. What is not opened has
    the city's figure, what it is compared with and its target, and is read in a fraction of the
    time; that also goes for why a judgement was corrected."""
    namnd_id: int | None = None
    """A nämnd whose own figures are wanted of every period."""

    def takes(self, goal: Goal) -> bool:
        return self.goal is None or self.goal == (goal.programme.slug, goal.code)


ALL = Wanted()


@dataclass(frozen=True)
class Ground:
    """What has been read of a period, from which its follow-up is made. Never leaves the domain."""

    period: Period
    now: Expected
    goals: Mapping[int, Goal]
    """Those that are wanted, by id."""
    indicators_of_goal: Mapping[int, tuple[int, ...]]
    """Goal id → ids of those of its indicators that are wanted."""
    book: Book
    reports: Mapping[int, "_ReportRow"]
    grades: Mapping[int, dict[int, str]]
    said: Mapping[Key, Said]
    was: "_Corrected"

    @property
    def indicator_ids(self) -> list[int]:
        """Those that are wanted, in register order."""
        wanted = {pk for ids in self.indicators_of_goal.values() for pk in ids}
        return [pk for pk in self.now.definitions if pk in wanted]

    @property
    def approved(self) -> set[int]:
        """Ids of the nämnder whose report is approved."""
        return {namnd_id for namnd_id, report in self.reports.items() if report.is_approved}


def consolidate(
    period: Period,
    *,
    audience: Audience,
    history: Sequence[Period] | None = None,
    today: dt.date | None = None,
    wanted: Wanted = ALL,
) -> Followup:
    """The follow-up of `period` as `audience` may see it.

    history: the period and all before it, oldest first, when the caller already has them.
    today: the day that decides which reports are late; now unless given. wanted: which part of it;
    what is in that part is the same as in the whole.
    """
    ground = read_ground(period, audience=audience, history=history, wanted=wanted)
    return followup_from(ground, today=today, opened=wanted.opened)


def read_ground(
    period: Period,
    *,
    audience: Audience,
    history: Sequence[Period] | None = None,
    wanted: Wanted = ALL,
) -> Ground:
    """All that the wanted part of the follow-up of `period` rests on, in six queries."""
    history = list(_until(period.code)) if history is None else history
    expected = expected_in_each(history)
    now = expected[period.code]
    goals = {pk: goal for pk, goal in now.goals.items() if wanted.takes(goal)}
    indicators = {
        goal_id: tuple(
            pk
            for pk in now.indicators_of_goal[goal_id]
            if wanted.indicator in ("", now.definitions[pk].indicator.code)
        )
        for goal_id in goals
    }
    if wanted.indicator:
        goals = {pk: goal for pk, goal in goals.items() if indicators[pk]}
    reports, grades, said, was = _reports(now)
    ids = sorted({pk for of_goal in indicators.values() for pk in of_goal})
    if wanted.opened and was:
        # Whether the reason for a correction may be told depends on every figure of the nämnd.
        ids = list(now.definitions)
    read = expected
    if not wanted.opened:
        # Whole years, as a year's earlier periods decide what is hidden in its later ones.
        years = years_beside(expected, ids, period.code)
        read = {code: one for code, one in expected.items() if one.period.year in years}
    book = Book(
        audience=audience,
        expected=expected,
        tallies=read_tallies(
            read,
            in_detail=[period.code] if wanted.opened else [],
            indicator_ids=ids,
            in_full=[pk for pk in ids if wanted.namnd_id in now.asked_of[pk]],
        ),
        yardsticks=read_yardsticks(ids),
    )
    return Ground(period, now, goals, indicators, book, reports, grades, said, was)


@dataclass(frozen=True)
class PeriodRead:
    """What the reports of a period say besides figures. Never leaves the domain."""

    now: Expected
    statuses: tuple[ReportStatus, ...]
    """In the order of `now.namnder`."""
    grades: Mapping[int, dict[int, str]]
    said: Mapping[Key, Said]
    was: "_Corrected"
    approved: set[int]


def read_period(period: Period, *, today: dt.date | None = None) -> PeriodRead:
    """The reports of `period`, its judgements and states, without figures; four queries."""
    now = expected_in_each([period])[period.code]
    reports, grades, said, was = _reports(now)
    approved = {namnd_id for namnd_id, report in reports.items() if report.is_approved}
    statuses = _statuses(now, reports, today or timezone.localdate())
    return PeriodRead(now, statuses, grades, said, was, approved)


def followup_from(ground: Ground, *, today: dt.date | None = None, opened: bool = True) -> Followup:
    """The follow-up of what has been read: all of it, or the part that was wanted."""
    period, now, was = ground.period, ground.now, ground.was
    reports, grades, approved = ground.reports, ground.grades, ground.approved
    ids = list(now.definitions) if opened and was else ground.indicator_ids
    results = {pk: result_of(ground.book, pk, period.code, approved, opened=opened) for pk in ids}
    open_ones = _without_secrets(now, results.values()) if opened and was else set()
    activities = activity_results(now, ground.said, was.statuses, tells_why=open_ones)
    return Followup(
        period_code=period.code,
        period_label=period.label,
        year=period.year,
        ends_on=period.ends_on,
        due_on=period.due_on,
        audience=ground.book.audience,
        statuses=_statuses(now, reports, today or timezone.localdate()),
        goals=tuple(
            GoalResult(
                number=goal.number,
                code=goal.code,
                label=goal.label,
                text=now.goal_texts[goal_id],
                programme=str(goal.programme),
                programme_slug=goal.programme.slug,
                grades=summarise(now.concerned_by[goal_id], grades.get(goal_id, {})),
                indicators=tuple(results[pk] for pk in ground.indicators_of_goal[goal_id]),
                activities=tuple(activities[a.pk] for a in now.activities_of(goal_id)),
                unasked=now.unasked.get(goal_id, ()),
                corrected_grades=_corrected_grades(ground, goal_id, open_ones),
            )
            for goal_id, goal in ground.goals.items()
        ),
        is_example=any(report.is_example for report in reports.values() if report.is_approved),
        includes_companies=any(n.kind in COMPANY_KINDS for n in now.namnder.values()),
        approved_until=max(
            (r.approved_on for r in reports.values() if r.approved_on), default=None
        ),
    )


def _corrected_grades(
    ground: Ground, goal_id: int, open_ones: Collection[str]
) -> tuple[CorrectedJudgement, ...]:
    return tuple(
        CorrectedJudgement(
            about=ground.goals[goal_id].label,
            namnd_code=namnd.code,
            namnd=namnd.name,
            before=grade_in_words(before.said),
            now=grade_in_words(ground.grades.get(goal_id, {}).get(namnd_id, "")),
            on=before.on,
            reason=before.reason if namnd.code in open_ones else "",
            is_example=ground.reports[namnd_id].is_example,
        )
        for namnd_id, namnd in ground.now.namnder.items()
        if (before := ground.was.grades.get((goal_id, namnd_id))) is not None
    )


def activity_results(
    now: Expected,
    said: Mapping[Key, Said],
    was: Mapping[Key, Was] = MappingProxyType({}),
    *,
    only: int | None = None,
    tells_why: Collection[str] = (),
) -> dict[int, ActivityResult]:
    """Each activity of the period, by id: what those who answer for it say (`read_statuses`).

    was: what has been corrected. only: the id of the one activity that is wanted. tells_why: codes
    of the nämnder whose reason for a correction may be told.
    What a nämnd says of an activity that it does not answer for in the period is not counted.
    """
    results = {}
    for activity_id, activity in now.activities.items():
        if only is not None and activity_id != only:
            continue
        responsible = [n for n in now.namnder.values() if n.pk in now.responsible_for[activity_id]]
        statuses = []
        for namnd in responsible:
            status, example = said.get((now.period.pk, namnd.pk, activity_id), (None, False))
            before = was.get((now.period.pk, namnd.pk, activity_id))
            corrected = None
            if before is not None:
                corrected = CorrectedJudgement(
                    about=now.texts[activity_id],
                    namnd_code=namnd.code,
                    namnd=namnd.name,
                    before=state_in_words(before.said, before.new_date),
                    now=state_in_words(status.state, status.new_date) if status else NO_STATE,
                    on=before.on,
                    reason=before.reason if namnd.code in tells_why else "",
                    is_example=example,
                )
            statuses.append(NamndStatus(namnd.code, namnd.name, status, example, corrected))
        results[activity_id] = ActivityResult(
            code=activity.code,
            text=now.texts[activity_id],
            programme_slug=now.goals[activity.goal_id].programme.slug,
            register_is_example=activity.is_example,
            namnder=tuple(statuses),
        )
    return results


def _without_secrets(now: Expected, results: Iterable[IndicatorResult]) -> set[str]:
    """Codes of the nämnder of which nothing is protected, or was before it was corrected."""
    hidden = {
        part.namnd_code
        for result in results
        for part in result.parts
        if any(cell.state is CellState.PROTECTED for cell in part.cells)
        or any(not one.reason for one in part.corrections)
    }
    return {namnd.code for namnd in now.namnder.values()} - hidden


@dataclass
class _Corrected:
    """What was said before it was corrected."""

    grades: dict[tuple[int, int], Was] = field(default_factory=dict)
    """By goal id and nämnd id."""
    statuses: dict[Key, Was] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.grades or self.statuses)


@dataclass
class _ReportRow:
    state: str
    is_approved: bool
    is_example: bool
    approved_on: dt.date | None
    decided: str = ""


def _reports(
    now: Expected,
) -> tuple[dict[int, _ReportRow], dict[int, dict[int, str]], dict[Key, Said], _Corrected]:
    """State of the reports by nämnd id, the approved grades by goal and nämnd, what is said of
    activities (as by `read_statuses`), and what was said of both before; one query.
    """
    reports: dict[int, _ReportRow] = {}
    grades: dict[int, dict[int, str]] = defaultdict(dict)
    said: dict[Key, Said] = {}
    was = _Corrected()
    in_version = {"version": OuterRef("approved")}
    graded = GoalGrade.objects.order_by().filter(**in_version)
    told = ActivityStatus.objects.order_by().filter(**in_version)
    corrected = JudgementCorrection.objects.order_by().filter(**in_version)
    decisions = ReportDecision.objects.filter(report=OuterRef("pk")).order_by(
        "-decision__meeting__date", "-pk"
    )
    rows = (
        Report.objects.order_by()
        .filter(period=now.period, namnd__in=now.namnder)
        .annotate(
            decided=Subquery(
                decisions.values(
                    row=JSONObject(
                        on=Cast("decision__meeting__date", TextField()),
                        paragraph="decision__paragraph",
                    )
                )[:1]
            ),
            graded=ArraySubquery(graded.values(row=JSONObject(goal="goal_id", grade="grade"))),
            told=ArraySubquery(
                told.values(
                    row=JSONObject(
                        activity_id="activity_id",
                        state="state",
                        comment="comment",
                        new_date=Cast("new_date", TextField()),
                    )
                )
            ),
            corrected=ArraySubquery(
                corrected.values(
                    row=JSONObject(
                        goal="goal_id",
                        activity="activity_id",
                        said="was",
                        new_date=Cast("new_date", TextField()),
                        on=Cast("corrected_on", TextField()),
                        reason="reason",
                    )
                )
            ),
        )
        .values_list(
            "namnd_id",
            "state",
            "approved_id",
            "is_example",
            "approved__approved_at",
            "decided",
            "graded",
            "told",
            "corrected",
        )
    )
    for namnd_id, state, approved_id, is_example, approved_at, decision, *lists in rows:
        given, statuses, before = lists
        approved_on = timezone.localdate(approved_at) if approved_at else None
        decided = ""
        if decision and approved_id is not None:
            decided = decided_text(dt.date.fromisoformat(decision["on"]), decision["paragraph"])
        reports[namnd_id] = _ReportRow(
            state, approved_id is not None, is_example, approved_on, decided
        )
        for row in given:
            grades[row["goal"]][namnd_id] = row["grade"]
        for row in statuses:
            day = row.pop("new_date")
            status = StatusInput(**row, new_date=dt.date.fromisoformat(day) if day else None)
            said[now.period.pk, namnd_id, status.activity_id] = status, is_example
        for row in before:
            new_date = dt.date.fromisoformat(row["new_date"]) if row["new_date"] else None
            one = Was(row["said"], new_date, dt.date.fromisoformat(row["on"]), row["reason"])
            if row["goal"] is not None:
                was.grades[row["goal"], namnd_id] = one
            else:
                was.statuses[now.period.pk, namnd_id, row["activity"]] = one
    return reports, grades, said, was


def _statuses(
    now: Expected, reports: Mapping[int, _ReportRow], today: dt.date
) -> tuple[ReportStatus, ...]:
    due = due_dates([now.period])
    statuses = []
    for namnd_id, namnd in now.namnder.items():
        report = reports.get(namnd_id)
        approved = report is not None and report.is_approved
        submitted = report is not None and report.state == ReportState.INLAMNAD
        due_on = due.of(now.period, namnd)
        late = due_on is not None and due_on < today and not (approved or submitted)
        decided = report.decided if report is not None else ""
        statuses.append(ReportStatus(namnd.code, namnd.name, approved, submitted, late, decided))
    return tuple(statuses)
