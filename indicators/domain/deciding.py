"""The nämnd's decision on its tertialrapport: meeting, paragraph, day."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.moving import take_report
from indicators.domain.workflow import EDITABLE
from indicators.models import Report, ReportDecision
from indicators.rules import may_register_decision
from organisation.domain.decisions import DecisionContent, correct_decision, record_decision
from organisation.domain.errors import Invalid
from organisation.models import Decision, User
from trace.domain import record

ONLY_THE_SECRETARY = "Bara nämndens nämndsekreterare registrerar beslutet om rapporten."
NOT_HANDED_IN = "Rapporten är inte inlämnad. Ett beslut registreras om det som är färdigt."


@dataclass(frozen=True)
class ProtocolText:
    """What the protocol says of the report. Blank is not known."""

    paragraph: str = ""
    points: tuple[str, ...] = ()
    source: str = ""


@transaction.atomic
def register_decision(
    report: Report,
    *,
    actor: User,
    on: dt.date,
    text: ProtocolText,
    is_example: bool = False,
) -> ReportDecision:
    """Record what the nämnd decided on its report at its meeting on the day `on`.

    The decision is of the version that is approved, or else of the one that is handed in. The same
    meeting and paragraph once more gives back what is registered.
    Raises NotAllowed; NotOpen before the report has been handed in; InvalidEntry for a day within
    the period; organisation's Invalid for what `record_decision` refuses.
    """
    report = take_report(report)
    if not may_register_decision(actor, report):
        raise NotAllowed(ONLY_THE_SECRETARY)
    version = report.approved or report.current
    if version is None or (report.approved is None and report.state in EDITABLE):
        raise NotOpen(NOT_HANDED_IN)
    there = (
        ReportDecision.objects.filter(
            report=report,
            decision__meeting__date=on,
            decision__paragraph=text.paragraph.strip(),
        )
        .select_related("decision__meeting")
        .first()
    )
    if there is not None:
        return there
    if on < report.period.ends_on:
        raise InvalidEntry("Nämnden kan inte ha beslutat om rapporten innan perioden var slut.")
    decision = record_decision(
        report.namnd, on=on, content=_content(report, text), actor=actor, is_example=is_example
    )
    made = ReportDecision.objects.create(report=report, version=version, decision=decision)
    record(
        report,
        actor=actor,
        verb="decided",
        summary=f"Registrerade nämndens beslut om rapporten {on:%Y-%m-%d}",
        scope=report.namnd.code,
    )
    return made


@transaction.atomic
def put_decision_right(
    made: ReportDecision, *, actor: User, text: ProtocolText, reason: str
) -> ReportDecision:
    """Record anew what was recorded wrongly. The old row stands, and is no longer the one to read.

    Raises NotAllowed; organisation's Invalid without a reason, or when somebody was first.
    """
    report = take_report(made.report)
    if not may_register_decision(actor, report):
        raise NotAllowed(ONLY_THE_SECRETARY)
    held = ReportDecision.objects.select_for_update().get(pk=made.pk)
    if held.decision_id != made.decision_id:
        raise Invalid("Någon annan har just rättat beslutet. Läs det som står nu.")
    held.decision = correct_decision(
        made.decision, content=_content(report, text), actor=actor, reason=reason
    )
    held.save(update_fields=["decision"])
    record(
        report,
        actor=actor,
        verb="decided",
        summary="Rättade det registrerade beslutet om rapporten",
        scope=report.namnd.code,
        reason=reason.strip(),
    )
    return held


def decision_on(report: Report) -> ReportDecision | None:
    """The latest decision on the report, with its meeting; None when none is registered."""
    if report.pk is None:
        return None
    return (
        ReportDecision.objects.filter(report=report.pk)
        .select_related("report__namnd", "report__period", "version", "decision__meeting__namnd")
        .prefetch_related("decision__points")
        .order_by("decision__meeting__date", "pk")
        .last()
    )


def decided_text(day: dt.date, paragraph: str) -> str:
    """ "2025-05-20 § 7"; without a paragraph the day alone."""
    return f"{day:%Y-%m-%d} § {paragraph}" if paragraph else f"{day:%Y-%m-%d}"


def text_of(decision: Decision) -> str:
    """When and where a decision stands: "2025-05-20 § 7"."""
    return decided_text(decision.meeting.date, decision.paragraph)


def _content(report: Report, text: ProtocolText) -> DecisionContent:
    return DecisionContent(
        title=report.period.label,
        paragraph=text.paragraph,
        points=text.points,
        source=text.source,
    )
