"""Reports that were sent back, taken back, corrected and decided on: examples, by the commands."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone

from desk.demo.indicators import CLOSED_PERIOD, OPEN_PERIOD
from indicators.domain.checks import GradeInput, ValueInput, asks_rest
from indicators.domain.correcting import ask_to_correct, let_correct
from indicators.domain.deciding import ProtocolText, register_decision
from indicators.domain.entry import (
    approve_report,
    recall_report,
    return_report,
    save_entries,
    submit_report,
)
from indicators.domain.statuses import StatusInput
from indicators.enums import (
    Accumulation,
    ActivityState,
    Aggregation,
    Category,
    Grade,
    ReportState,
)
from indicators.models import ActivityStatus, GoalGrade, Report, Value
from organisation.models import User

RETURN_REASON = (
    "Antalet som fått insats behöver stämmas av mot verksamhetssystemet, och analysen av ett mål "
    "är för kort. Se kommentarerna vid raderna."
)
AT_A_NUMBER = "Stäm av mot verksamhetssystemet. Siffran är en annan än i förvaltningens egen lista."
AT_A_GRADE = "Skriv en mening till om varför nämnden bedömer målet så."
RECALL_REASON = "En enhet lämnade sina uppgifter för sent. De ska med."
CORRECT_REASON = "Exempel på rättelse: en enhet räknades inte med."
# However many warnings the example's other numbers have.
MANY = 1_000
MEETING, PARAGRAPH = dt.date(2025, 10, 23), "7"


def load_reviewing() -> int:
    """Lay in what is not there. Answers how many examples that was."""
    return sum((_sent_back(), _taken_back(), _corrected(), _decided()))


def _report(namnd: str, period: str) -> Report | None:
    reports = Report.objects.filter(namnd__code=namnd, period__code=period, is_example=True)
    return reports.select_related("namnd", "period", "current").first()


def _person(username: str) -> User:
    return User.objects.get(username=username)


def _sent_back() -> bool:
    report = _report("hagersten-alvsjo", OPEN_PERIOD)
    if report is None or report.state != ReportState.INLAMNAD or _has_gone_on(report):
        return False
    values = Value.objects.filter(version=report.current_id, category=Category.TOTAL)
    value = values.filter(number__isnull=False).order_by("definition__indicator__order").first()
    grade = report.current.grades.order_by("goal__number").first() if report.current else None
    comments = {}
    if value is not None:
        comments["value", value.definition_id] = AT_A_NUMBER
    if grade is not None:
        comments["grade", grade.goal_id] = AT_A_GRADE
    return_report(
        report,
        actor=_person("granskare.hagersten"),
        expected_version=report.revision,
        reason=RETURN_REASON,
        comments=comments,
    )
    return True


def _taken_back() -> bool:
    report = _report("hasselby-vallingby", OPEN_PERIOD)
    if report is None or report.state != ReportState.INLAMNAD or _has_gone_on(report):
        return False
    recall_report(
        report,
        actor=_person("uppgift.hasselby"),
        expected_version=report.revision,
        reason=RECALL_REASON,
    )
    return True


def _corrected() -> bool:
    report = _report("sodermalm", CLOSED_PERIOD)
    if report is None or report.state != ReportState.GODKAND or _has_gone_on(report):
        return False
    summed = Value.objects.filter(
        version=report.approved_id,
        category=Category.TOTAL,
        number__gt=20,
        definition__aggregation=Aggregation.SUM,
        definition__accumulation=Accumulation.YEAR_TO_DATE,
    )
    value = summed.order_by("definition__indicator__order", "pk").first()
    if value is None or value.number is None:
        return False
    filler = _person("uppgift.sodermalm")
    asked = ask_to_correct(report, actor=filler, reason=CORRECT_REASON)
    let_correct(asked, actor=_person("samordnare"), until=_today() + dt.timedelta(days=14))
    report = Report.objects.get(pk=report.pk)
    now = ValueInput.of(value)
    corrected = ValueInput(
        now.definition_id,
        number=value.number + Decimal(6),
        comment=CORRECT_REASON,
        forecast=now.forecast,
        sex_unknown=asks_rest(value.definition),
    )
    grades, statuses = _judged_anew(report)
    report = save_entries(
        report,
        actor=filler,
        expected_version=report.revision,
        values=[corrected],
        grades=grades,
        statuses=statuses,
    )
    report = submit_report(report, actor=filler, expected_version=report.revision, unexplained=MANY)
    approve_report(report, actor=_person("granskare.sodermalm"), expected_version=report.revision)
    return True


def _judged_anew(report: Report) -> tuple[list[GradeInput], list[StatusInput]]:
    """One goal that turned out to be reached in part, one activity that was done after all."""
    grade = (
        GoalGrade.objects.filter(version=report.current_id, grade=Grade.HELT)
        .order_by("goal__number")
        .first()
    )
    status = (
        ActivityStatus.objects.filter(version=report.current_id, state=ActivityState.PABORJAD)
        .order_by("activity__goal__number", "activity__order", "activity_id")
        .first()
    )
    return (
        [replace(GradeInput.of(grade), grade=Grade.DELVIS)] if grade else [],
        [replace(StatusInput.of(status), state=ActivityState.GENOMFORD)] if status else [],
    )


def _decided() -> bool:
    report = _report("hasselby-vallingby", CLOSED_PERIOD)
    if report is None or report.approved_id is None or report.decisions.exists():
        return False
    if _today() < MEETING:
        return False
    register_decision(
        report,
        actor=_person("sekreterare.hasselby"),
        on=MEETING,
        text=ProtocolText(PARAGRAPH, ("Rapporten godkänns (exempel).",), "Exempel"),
        is_example=True,
    )
    return True


def _has_gone_on(report: Report) -> bool:
    """Whether the example has been laid in before, or somebody has worked on the report."""
    return (report.versions.aggregate(newest=Max("number"))["newest"] or 0) > 1


def _today() -> dt.date:
    return timezone.localdate()
