"""Correcting an approved report: begun, asked for, let, and given up.

The approved version counts until the correction has been approved by somebody else than handed it
in. What it then comes to stands in corrected.py.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.moving import (
    begin,
    check_reason,
    just_done,
    move,
    open_version,
    record_move,
    take_report,
)
from indicators.domain.telling import coordinators, mail
from indicators.domain.workflow import (
    Action,
    may_ask_to_correct,
    why_not_editable,
    why_state_refuses,
)
from indicators.enums import PeriodState, ReportState, RequestState, VersionOrigin
from indicators.models import CorrectionRequest, Report, ReportVersion
from indicators.models.report import OUT_STATES
from indicators.rules import may_correct, may_let_correct
from organisation.models import User
from trace.domain import record

WHY = "Skriv vad som behöver rättas och varför."
ONLY_THE_NAMND = "Bara nämndens uppgiftslämnare och granskare kan rätta rapporten."
ONLY_THE_COORDINATOR = "Bara programmets samordnare svarar på en begäran om rättelse."


@transaction.atomic
def begin_correction(report: Report, *, actor: User, expected_version: int, reason: str) -> Report:
    """Open a new version of an approved report while its period is open for the nämnd.

    Raises NotAllowed; NotOpen (also when the period has closed: then the coordinator is asked);
    Conflict; InvalidEntry without a reason.
    """
    report = take_report(report)
    if just_done(report, [ReportState.UTKAST], actor, [expected_version + 1], Action.CORRECT):
        return report
    transition = begin(report, Action.CORRECT, actor, expected_version)
    reason = check_reason(reason, WHY)
    _open(report, reason=reason, actor=actor)
    move(report, transition, expected_version, current=report.current)
    record_move(report, transition, actor=actor, summary="Påbörjade en rättelse", reason=reason)
    return report


@transaction.atomic
def give_up_correction(report: Report, *, actor: User, expected_version: int) -> Report:
    """Leave the correction: the approved version is the one that counts, and is worked on no more.

    What was written of the correction stays readable as a version that was never handed in.
    Raises NotAllowed, NotOpen, Conflict.
    """
    report = take_report(report)
    if just_done(report, OUT_STATES, actor, [expected_version + 1], Action.GIVE_UP):
        return report
    transition = begin(report, Action.GIVE_UP, actor, expected_version)
    report.current = report.approved
    move(report, transition, expected_version, current=report.approved)
    lock_again(report)
    record_move(report, transition, actor=actor, summary="Avbröt rättelsen")
    return report


@transaction.atomic
def ask_to_correct(report: Report, *, actor: User, reason: str) -> CorrectionRequest:
    """Ask the coordinator to open an approved report whose period has closed or is locked.

    Asking again while the first waits gives back the first. Raises NotAllowed; NotOpen when the
    nämnd can correct it itself or there is nothing approved; InvalidEntry without a reason.
    Side effects: the request, an event, a mail to each coordinator.
    """
    report = take_report(report)
    if not may_correct(actor, report):
        raise NotAllowed(ONLY_THE_NAMND)
    if report.state not in OUT_STATES:
        raise NotOpen(why_state_refuses(report))
    if not may_ask_to_correct(actor, report):
        raise NotOpen("Perioden är öppen för nämnden. Påbörja rättelsen direkt.")
    waiting = CorrectionRequest.objects.waiting().filter(report=report).first()
    if waiting is not None:
        return waiting
    reason = check_reason(reason, WHY)
    asked = CorrectionRequest.objects.create(report=report, reason=reason, asked_by=actor)
    record(
        report,
        actor=actor,
        verb="correction-asked",
        summary="Bad samordnaren att få rätta rapporten",
        scope=report.namnd.code,
        reason=reason,
    )
    for person in coordinators():
        mail(
            person,
            key=f"begard-rattelse:{asked.pk}:{person.pk}",
            subject=f"Begäran om rättelse: {report.period.label}, {report.namnd.name}",
            body=(
                f"{report.namnd.name} vill rätta {report.period.label.lower()}.\n\n"
                "Logga in i Samlad och öppna perioden för att svara."
            ),
            report=report,
            actor=actor,
        )
    return asked


@transaction.atomic
def let_correct(
    asked: CorrectionRequest, *, actor: User, until: dt.date, answer: str = ""
) -> CorrectionRequest:
    """Open the report for correction through the day `until`, with the nämnd's own reason.

    The period stays closed or locked for everybody else. A second time changes nothing.
    Raises NotAllowed; NotOpen when it has been answered otherwise, or the report has moved;
    InvalidEntry for a day that has passed.
    """
    report, asked = _take(asked, actor)
    if asked.state == RequestState.OPPNAD:
        return asked
    if asked.state != RequestState.VANTAR:
        raise NotOpen("Begäran är redan besvarad.")
    transition = begin(report, Action.LET_CORRECT, actor, report.revision)
    if until < timezone.localdate():
        raise InvalidEntry("Dagen har redan varit. Välj i dag eller en senare dag.")
    if answer.strip():
        answer = check_reason(answer, "")
    opened = _open(report, reason=asked.reason, actor=actor)
    _answer(asked, RequestState.OPPNAD, actor, answer, until=until, version=opened)
    move(report, transition, report.revision, current=opened)
    record_move(
        report,
        transition,
        actor=actor,
        summary=f"Öppnade rapporten för rättelse till och med {until.isoformat()}",
        reason=asked.reason,
    )
    _tell_who_asked(asked, f"Rapporten är öppen för rättelse till och med {until.isoformat()}.")
    return asked


@transaction.atomic
def decline_to_correct(asked: CorrectionRequest, *, actor: User, answer: str) -> CorrectionRequest:
    """Say no, and why. Raises NotAllowed, NotOpen, InvalidEntry without words."""
    report, asked = _take(asked, actor)
    if asked.state == RequestState.AVSLAGEN:
        return asked
    if asked.state != RequestState.VANTAR:
        raise NotOpen("Begäran är redan besvarad.")
    answer = check_reason(answer, "Skriv varför rapporten inte öppnas.")
    _answer(asked, RequestState.AVSLAGEN, actor, answer)
    record(
        report,
        actor=actor,
        verb="correction-declined",
        summary="Sade nej till att öppna rapporten för rättelse",
        scope=report.namnd.code,
        reason=answer,
    )
    _tell_who_asked(asked, f"Rapporten öppnas inte för rättelse. {answer}")
    return asked


def lock_again(report: Report) -> None:
    """An approved report of a locked period is locked, as it was before it was corrected."""
    if report.state == ReportState.GODKAND and report.period.state == PeriodState.LAST:
        Report.objects.filter(pk=report.pk).update(state=ReportState.LAST)
        report.state = ReportState.LAST


# The pieces ------------------------------------------------------------------------------------


def _open(report: Report, *, reason: str, actor: User) -> ReportVersion:
    if report.approved is None:
        raise NotOpen(why_not_editable(report))
    return open_version(
        report, report.approved, origin=VersionOrigin.RATTELSE, reason=reason, actor=actor
    )


def _take(asked: CorrectionRequest, actor: User) -> tuple[Report, CorrectionRequest]:
    report = take_report(asked.report)
    if not may_let_correct(actor, report):
        raise NotAllowed(ONLY_THE_COORDINATOR)
    return report, CorrectionRequest.objects.select_for_update().get(pk=asked.pk)


def _answer(
    asked: CorrectionRequest,
    state: RequestState,
    actor: User,
    answer: str,
    *,
    until: dt.date | None = None,
    version: ReportVersion | None = None,
) -> None:
    asked.state, asked.answer = state, answer
    asked.answered_by, asked.answered_at = actor, timezone.now()
    asked.until, asked.version = until, version
    asked.save()


def _tell_who_asked(asked: CorrectionRequest, words: str) -> None:
    report = asked.report
    mail(
        asked.asked_by,
        key=f"svar-rattelse:{asked.pk}",
        subject=f"Svar om rättelse: {report.period.label}, {report.namnd.name}",
        body=words,
        report=report,
        actor=asked.answered_by,
    )
