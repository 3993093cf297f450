"""The nämnder's reports: which there are, how far they have come, what has happened to them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from indicators.domain.due_dates import DueDates, due_dates
from indicators.domain.errors import NotAllowed, NotOpen
from indicators.domain.expected import Expected, expected_in_each
from indicators.domain.followup_report.waiting import (
    WaitingReport,
    read_waiting,
    waiting_reports,
)
from indicators.domain.warnings import UNANSWERED
from indicators.domain.workflow import EDITABLE, why_not_editable
from indicators.enums import Category, PeriodState, ReportState
from indicators.models import (
    ActivityStatus,
    CorrectionNotice,
    CorrectionRequest,
    GoalGrade,
    Period,
    Report,
    ReportVersion,
    Value,
)
from indicators.rules import may_fill_in
from organisation.domain.due import days_text
from organisation.models import Namnd, User
from trace.domain import record

NOT_A_FILLER = "Bara nämndens uppgiftslämnare kan fylla i rapporten."
NOT_STARTED = "Ej påbörjad"
CORRECTED = "Godkänd, rättas"
# A report is saved field by field: a page tells of the latest, and the rest is in the trace.
MOST_EVENTS, MOST_LINES = 500, 25


@dataclass(frozen=True)
class ReportLine:
    """One nämnd and period in a list. For others than the nämnd only state and due date are set."""

    namnd: Namnd
    period: Period
    state: str
    """A ReportState, or "" when nobody has begun."""
    today: dt.date
    due_on: dt.date | None
    """When this nämnd hands in: its kind's day, or later when it has been given more time."""
    filled: int = 0
    expected: int = 0
    is_example: bool = False
    is_corrected: bool = False
    """Whether an approved version counts while a correction of it is worked on."""

    @property
    def state_label(self) -> str:
        if self.is_corrected:
            return CORRECTED
        return str(ReportState(self.state).label) if self.state else NOT_STARTED

    @property
    def is_done(self) -> bool:
        """Whether it has been handed in (and not sent back)."""
        return self.is_corrected or (bool(self.state) and self.state not in EDITABLE)

    @property
    def days_left(self) -> int | None:
        """Days until it is due, negative afterwards; None without a due date."""
        due = self.due_on
        return None if due is None else (due - self.today).days

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.days_left is not None and self.days_left < 0

    @property
    def due_text(self) -> str:
        """ "3 dagar kvar"; "" when it is handed in or has no due date."""
        return "" if self.is_done or self.days_left is None else days_text(self.days_left)


@dataclass(frozen=True)
class PeriodStatus:
    """How far the city's nämnder have come with a period: states, and nothing of the content."""

    period: Period
    lines: tuple[ReportLine, ...]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)


@dataclass(frozen=True)
class Overview:
    open: tuple[ReportLine, ...]
    """Reports of the person's nämnder for open periods, or being corrected, by due date."""
    earlier: tuple[ReportLine, ...]
    """Those of periods that have closed, newest first."""
    city: tuple[PeriodStatus, ...]
    """For the coordinator: every nämnd, in periods that are not locked; empty for others."""
    corrected: tuple[Period, ...] = ()
    """In which the person is told of a correction and has not said that it is read."""
    asked_to_correct: tuple[Period, ...] = ()
    """For the coordinator: in which a nämnd waits for leave to correct its report."""
    followup_reports: tuple[WaitingReport, ...] = ()
    """Reports of the follow-up on which something is left to do, of which the person is told."""


@transaction.atomic
def open_report(namnd: Namnd, period: Period, *, actor: User | None) -> Report:
    """The nämnd's report for the period, begun now if nobody has.

    actor: None for a command run from the shell.
    Raises NotAllowed, and NotOpen when the period is not open for reporting.
    Side effects when begun: the report, its first version and an event.
    """
    if actor is not None and not may_fill_in(actor, Report(namnd=namnd, period=period)):
        raise NotAllowed(NOT_A_FILLER)
    if not namnd.exists_on(period.ends_on):
        raise NotOpen(f"{namnd.name} finns inte vid slutet av {period.label.lower()}.")
    if refusal := why_not_editable(Report(namnd=namnd, period=period)):
        raise NotOpen(refusal)
    report, created = Report.objects.get_or_create(namnd=namnd, period=period)
    if created:
        report.current = ReportVersion.objects.create(report=report, number=1)
        report.save(update_fields=["current"])
        record(
            report,
            actor=actor,
            verb="started",
            summary=f"Påbörjade {period.label.lower()}",
            scope=namnd.code,
        )
    return report


def find_report(user: User, namnd_code: str, period_code: str) -> Report | None:
    """The nämnd's report for the period, for who may read it whole; unsaved if nobody has begun.

    None for another nämnd's, for an unknown period, and for a nämnd that does not exist on the
    period's last day.
    """
    report = (
        Report.objects.inside(user)
        .filter(namnd__code=namnd_code, period__code=period_code)
        .select_related("namnd", "period", "current__submitted_by", "approved__approved_by")
        .first()
    )
    if report is not None:
        return report
    own = Namnd.objects.filter(pk__in=user.access.inside_ids(), code=namnd_code).first()
    period = Period.objects.filter(code=period_code).first()
    if own is None or period is None or not own.exists_on(period.ends_on):
        return None
    return Report(namnd=own, period=period)


def find_approved_report(user: User, namnd_code: str, period_code: str) -> Report | None:
    """The report whose approved version anybody may read; None until it is approved."""
    return (
        Report.objects.visible_to(user)
        .counted()
        .filter(namnd__code=namnd_code, period__code=period_code)
        .select_related("namnd", "period", "approved")
        .first()
    )


def reporting_overview(user: User) -> Overview:
    """What the person's nämnder are to report, and for the coordinator how far the city is.

    The number of queries does not depend on how many nämnder or periods there are.
    """
    today = timezone.localdate()
    inside = user.access.inside_ids()
    told = CorrectionNotice.objects.filter(
        version__report__period=OuterRef("pk"), person=user, seen_at__isnull=True
    )
    asked = CorrectionRequest.objects.waiting().filter(report__period=OuterRef("pk"))
    # With the periods themselves: who is told of nothing pays no query for it.
    periods = list(
        Period.objects.started()
        .with_days()
        .in_order()
        .annotate(is_told=Exists(told), is_asked=Exists(asked), left=waiting_reports(user))
    )
    expected = expected_in_each(periods)
    due = due_dates(periods)
    reports = _reports_of(user, periods)
    filled = filled_cells(reports.values())
    lines = [
        _own_line(namnd, period, expected[period.code], reports, filled, due, today)
        for period in reversed(periods)
        for namnd in expected[period.code].namnder.values()
        if namnd.pk in inside
    ]
    return Overview(
        open=tuple(
            sorted(
                (line for line in lines if _is_open(line)),
                key=lambda line: (line.due_on or dt.date.max, line.period.ends_on),
            )
        ),
        earlier=tuple(line for line in lines if not _is_open(line)),
        city=tuple(_city(periods, expected, due, today)) if user.access.is_samordnare else (),
        corrected=tuple(period for period in reversed(periods) if period.is_told),
        asked_to_correct=tuple(
            period for period in reversed(periods) if user.access.is_samordnare and period.is_asked
        ),
        followup_reports=tuple(
            one for period in periods for one in read_waiting(period, period.left, user)
        ),
    )


def _is_open(line: ReportLine) -> bool:
    """Whether there is work on it: its period is open, or it is being corrected after that."""
    return line.period.state == PeriodState.OPPEN or line.is_corrected


def line_of(report: Report, *, filled: int, expected: int) -> ReportLine:
    """The line of one report, for its own page; it may be unsaved."""
    return ReportLine(
        namnd=report.namnd,
        period=report.period,
        state=report.state if report.pk else "",
        today=timezone.localdate(),
        due_on=due_dates([report.period]).of(report.period, report.namnd),
        filled=filled,
        expected=expected,
        is_example=report.is_example,
        is_corrected=report.is_being_corrected,
    )


def cells_asked(expected: Expected, namnd_id: int) -> set[tuple[str, int]]:
    """What a complete report holds.

    ("value", definition id) with an outcome, ("status", activity id) with a state, and
    ("grade", goal id) with a judgement.
    """
    return (
        {("value", expected.definitions[i].pk) for i in expected.indicators_for(namnd_id)}
        | {("status", activity_id) for activity_id in expected.activities_for(namnd_id)}
        | {("grade", goal.pk) for goal in expected.goals_for(namnd_id)}
    )


def _reports_of(user: User, periods: list[Period]) -> dict[tuple[int, int], Report]:
    found = with_filled(Report.objects.inside(user).filter(period__in=periods))
    return {(r.namnd_id, r.period_id): r for r in found}


def with_filled(reports: QuerySet[Report]) -> QuerySet[Report]:
    """The reports, each with what `filled_cells` needs to know: no query more."""
    version = OuterRef("current")
    values = Value.objects.order_by().filter(version=version, category=Category.TOTAL)
    grades = GoalGrade.objects.order_by().filter(version=version).exclude(grade="")
    statuses = ActivityStatus.objects.order_by().filter(version=version)
    return reports.annotate(
        filled_value=ArraySubquery(values.values("definition_id")),
        filled_grade=ArraySubquery(grades.values("goal_id")),
        filled_status=ArraySubquery(statuses.values("activity_id")),
        to_explain=ArraySubquery(
            values.exclude(warnings=[])
            .filter(Q(comment="") | Q(warnings__contains=[{UNANSWERED: True}]))
            .values("definition_id")
        ),
    )


def filled_cells(reports: Iterable[Report]) -> set[tuple[str, int, int]]:
    """What `cells_asked` names and is filled, with the version's id in between.

    reports: read `with_filled`.
    """
    return {
        (kind, report.current_id, pk)
        for report in reports
        if report.current_id is not None
        for kind in ("value", "grade", "status")
        for pk in getattr(report, f"filled_{kind}")
    }


def left_to_explain(report: Report | None) -> list[int]:
    """Definitions with a warning that no comment answers. report: read `with_filled`, or None."""
    return list(getattr(report, "to_explain", ()))


def _own_line(
    namnd: Namnd,
    period: Period,
    expected: Expected,
    reports: dict[tuple[int, int], Report],
    filled: set[tuple[str, int, int]],
    due: DueDates,
    today: dt.date,
) -> ReportLine:
    report = reports.get((namnd.pk, period.pk))
    asked = cells_asked(expected, namnd.pk)
    version = report.current_id if report else None
    return ReportLine(
        namnd=namnd,
        period=period,
        state=report.state if report else "",
        today=today,
        due_on=due.of(period, namnd),
        filled=sum((kind, version, pk) in filled for kind, pk in asked),
        expected=len(asked),
        is_example=bool(report and report.is_example),
        is_corrected=bool(report and report.is_being_corrected),
    )


def _city(
    periods: list[Period], expected: dict[str, Expected], due: DueDates, today: dt.date
) -> Iterable[PeriodStatus]:
    unlocked = [p for p in reversed(periods) if p.state != PeriodState.LAST]
    reports = {
        (report.namnd_id, report.period_id): report
        for report in Report.objects.filter(period__in=unlocked)
    }
    for period in unlocked:
        yield PeriodStatus(
            period=period,
            lines=tuple(
                ReportLine(
                    namnd,
                    period,
                    report.state if report else "",
                    today,
                    due.of(period, namnd),
                    is_corrected=bool(report and report.is_being_corrected),
                )
                for namnd in expected[period.code].namnder.values()
                for report in [reports.get((namnd.pk, period.pk))]
            ),
        )
