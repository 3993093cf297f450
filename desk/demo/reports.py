"""Reports of the demo: example data for every period, and an open one at all stages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Model, OuterRef
from django.utils import timezone

from desk.demo.indicators import CLOSED_PERIOD, OPEN_PERIOD
from desk.demo.outcomes import grade_of, sends_report, status_of, value_of
from indicators.domain.expected import Expected, expected_in_each
from indicators.enums import PeriodState, ReportState
from indicators.models import ActivityStatus, GoalGrade, Period, Report, ReportVersion, Value
from organisation.enums import NamndGroup, NamndKind
from organisation.models import Namnd, User
from programme.models import Activity

# Beside every stadsdelsnämnd: those that always report. The others now and then forget.
ALSO_REPORT = frozenset(
    {
        "arbetsmarknadsnamnden",
        "exploateringsnamnden",
        "kommunstyrelsen",
        "kulturnamnden",
        "socialnamnden",
        "stockholms-stadshus",
        "utbildningsnamnden",
        "aldrenamnden",
    }
)
# How far each has come in the open period. Those not named have not begun.
OPEN_STATES = {
    "bromma": ReportState.GODKAND,
    "farsta": ReportState.GODKAND,
    "kungsholmen": ReportState.GODKAND,
    "skarpnack": ReportState.GODKAND,
    "utbildningsnamnden": ReportState.GODKAND,
    "aldrenamnden": ReportState.GODKAND,
    "enskede-arsta-vantor": ReportState.INLAMNAD,
    "skarholmen": ReportState.INLAMNAD,
    "stockholms-stadshus": ReportState.INLAMNAD,
    # Sent back and taken back afterwards, by those who do such things: desk/demo/reviewing.py.
    "hagersten-alvsjo": ReportState.INLAMNAD,
    "hasselby-vallingby": ReportState.INLAMNAD,
    "sodermalm": ReportState.UTKAST,
}
# In the period that has closed all are approved but these: one waits, one is late.
CLOSED_STATES = {
    "kulturnamnden": ReportState.INLAMNAD,
    "norra-innerstaden": ReportState.UTKAST,
}
OUT = (ReportState.GODKAND, ReportState.LAST)
HANDED_IN = (ReportState.INLAMNAD, *OUT)
# What the demo person still has to fill in: these indicators and goals are left empty.
LEFT_TO_FILL_IN = frozenset(
    {"mal-uppnatt", "langsiktigt-boende", "rutin-skolgang", "bedomningsmetod", "origo-utbildning"}
)
GOALS_LEFT = frozenset({4, 5, 6, 7})


@dataclass
class _Draft:
    """A report on its way into the database, with what its versions hold."""

    report: Report
    state: str
    versions: list[ReportVersion]
    values: list[Value] = field(default_factory=list)
    grades: list[GoalGrade] = field(default_factory=list)
    statuses: list[ActivityStatus] = field(default_factory=list)


def load_reports(today: dt.date) -> int:
    """Lay in the reports that are not there. Answers how many that was."""
    people = {
        user.username: user
        for user in User.objects.filter(username__in=("uppgift.sodermalm", "granskare.sodermalm"))
    }
    periods = list(Period.objects.in_order())
    there = set(Report.objects.values_list("namnd_id", "period_id"))
    touched = _touched_goals()
    drafts: list[_Draft] = []
    for period, expected in zip(periods, expected_in_each(periods).values(), strict=True):
        for namnd in expected.namnder.values():
            state = _state_of(namnd, period)
            if state and (namnd.pk, period.pk) not in there:
                drafts.append(_draft(namnd, expected, state, touched, people))
    _write(drafts, today, people)
    return len(drafts)


def _state_of(namnd: Namnd, period: Period) -> str | None:
    """The state the report is to have; None for one that was never begun."""
    if period.code == OPEN_PERIOD:
        return OPEN_STATES.get(namnd.code)
    always = namnd.kind == NamndKind.STADSDELSNAMND or namnd.code in ALSO_REPORT
    if not always and not sends_report(namnd.code, period.code):
        return None
    if period.code == CLOSED_PERIOD:
        return CLOSED_STATES.get(namnd.code, ReportState.GODKAND)
    return ReportState.LAST


def _touched_goals() -> dict[int, list]:
    """Goal id → responsibilities for its activities, other than those that everybody has."""
    touched: dict[int, list] = {}
    for activity in Activity.objects.prefetch_related("responsibilities"):
        own = [r for r in activity.responsibilities.all() if r.group != NamndGroup.ALLA]
        touched.setdefault(activity.goal_id, []).extend(own)
    return touched


def _draft(
    namnd: Namnd, expected: Expected, state: str, touched: dict[int, list], people: dict[str, User]
) -> _Draft:
    period = expected.period
    report = Report(namnd=namnd, period=period, is_example=True)
    first = ReportVersion(report=report, number=1)
    draft = _Draft(report, state, [first])
    unfinished = state == ReportState.UTKAST
    for indicator_id in expected.definitions:
        if indicator_id not in expected.indicators_for(namnd.pk):
            continue
        definition = expected.definitions[indicator_id]
        if unfinished and definition.indicator.code in LEFT_TO_FILL_IN:
            continue
        draft.values += value_of(namnd, definition, period, first)
    for goal in expected.goals_for(namnd.pk):
        if unfinished and goal.number in GOALS_LEFT:
            continue
        concerned = any(r.concerns(namnd, period.ends_on) for r in touched.get(goal.pk, []))
        draft.grades.append(grade_of(namnd, goal, period, first, touched=concerned))
    for activity in expected.activities_for(namnd.pk).values():
        if unfinished and expected.goals[activity.goal_id].number in GOALS_LEFT:
            continue
        draft.statuses.append(status_of(namnd, activity, period, first))
    if namnd.code == "sodermalm":
        for value in draft.values:
            value.entered_by = people.get("uppgift.sodermalm")
    return draft


def _write(drafts: list[_Draft], today: dt.date, people: dict[str, User]) -> None:
    """Content first, then what closes it: in the order in which a report comes to be."""
    Report.objects.bulk_create([draft.report for draft in drafts])
    versions = [version for draft in drafts for version in draft.versions]
    ReportVersion.objects.bulk_create(versions)
    Value.objects.bulk_create([v for draft in drafts for v in draft.values], batch_size=2_000)
    GoalGrade.objects.bulk_create([g for draft in drafts for g in draft.grades], batch_size=2_000)
    ActivityStatus.objects.bulk_create(
        [s for draft in drafts for s in draft.statuses], batch_size=2_000
    )
    with connection.cursor() as cursor:
        # What the database asks itself at each update below is slow while it takes these tables
        # for empty.
        for model in (Report, ReportVersion, Value, GoalGrade, ActivityStatus):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
    for draft in drafts:
        _close(draft, today, people)
    # Most came in and were approved on the days of their period: one update for all of those.
    moments = ("created_at", "submitted_at", "submitted_by_id", "approved_at", "approved_by_id")
    for said, ids in _alike(versions, moments).items():
        ReportVersion.objects.filter(pk__in=ids).update(**dict(zip(moments, said, strict=True)))
    # The figures were filled in while the version was open, not when the demo was loaded.
    # One update for each day: the planner knows nothing yet of tables just filled.
    for (moment,), ids in _alike(versions, ("created_at",)).items():
        Value.objects.filter(version__in=ids).update(entered_at=moment)
    # Last: from here on the database lets nobody change what the versions hold.
    latest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number").values("pk")
    for (state, changed_at), ids in _alike(
        [draft.report for draft in drafts], ("state", "changed_at")
    ).items():
        Report.objects.filter(pk__in=ids).update(
            state=state,
            changed_at=changed_at,
            current=latest[:1],
            approved=latest[:1] if state in OUT else None,
        )


def _alike(rows: Iterable[Model], names: tuple[str, ...]) -> dict[tuple, list[int]]:
    """What the rows say in those fields → the keys of those that say it."""
    found: dict[tuple, list[int]] = {}
    for row in rows:
        found.setdefault(tuple(getattr(row, name) for name in names), []).append(row.pk)
    return found


def _close(draft: _Draft, today: dt.date, people: dict[str, User]) -> None:
    """Set the days and people of the versions, and where the report stands."""
    period, report = draft.report.period, draft.report
    of_sodermalm = report.namnd.code == "sodermalm"
    submitted = _submitted_on(period, today)
    for version in draft.versions:
        version.created_at = _at(submitted - dt.timedelta(days=14))
    (first,) = draft.versions
    if draft.state in HANDED_IN:
        first.submitted_at = _at(submitted)
        first.submitted_by = people.get("uppgift.sodermalm") if of_sodermalm else None
    if draft.state in OUT:
        first.approved_at = _at(submitted + dt.timedelta(days=1))
        first.approved_by = people.get("granskare.sodermalm") if of_sodermalm else None
        report.approved = first
    report.current, report.state = first, draft.state
    report.changed_at = first.approved_at or first.submitted_at or first.created_at


def _submitted_on(period: Period, today: dt.date) -> dt.date:
    """A few days before it was due; in the open period a few days before `today`."""
    if period.state == PeriodState.OPPEN or period.due_on is None:
        return today - dt.timedelta(days=3)
    return period.due_on - dt.timedelta(days=3)


def _at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10, 15)))
