"""A version of the report is fixed, for ever; the nämnd decides on it; it is opened again."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from indicators.domain.deciding import ProtocolText, decided_text, register_decision
from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.followup_report.codec import decode, digest_of, encode
from indicators.domain.followup_report.draft import Draft
from indicators.domain.followup_report.held import read_written
from indicators.domain.followup_report.making import make_snapshot
from indicators.domain.followup_report.snapshot import Snapshot
from indicators.domain.followup_report.workflow import (
    REFUSALS,
    Action,
    find_transition,
)
from indicators.domain.followup_report.writing import advance, conflict_on, record_on, take
from indicators.domain.moving import check_reason
from indicators.enums import FollowupState
from indicators.models import (
    FollowupDecision,
    FollowupReport,
    FollowupVersion,
    Report,
)
from indicators.rules import may_decide_followup, who_decides
from organisation.domain.decisions import DecisionContent, correct_decision, record_decision
from organisation.domain.errors import Invalid
from organisation.models import User
from trace.models import Event

NOTHING_TO_FIX = "Ingen nämnds rapport är godkänd än, så det finns inget att fastställa."
OWN_NOT_APPROVED = (
    "Nämndens rapport för perioden är inte godkänd än. Tertialrapporten fastställs av det som "
    "är godkänt."
)
SAY_WHY = "Skriv varför en ny version behövs."
BEFORE_IT_WAS_FIXED = "Nämnden kan inte ha beslutat om versionen innan den fastställdes."


@dataclass(frozen=True)
class Left:
    """What is not there when a report is about to be fixed. None of it stops the fixing."""

    approved: int
    asked: int
    missing: tuple[str, ...]
    """Nämnder without an approved report."""
    without_text: tuple[str, ...]
    """Headings of chapters without words of people's own."""
    without_grade: tuple[str, ...]
    """Goals that the city has not judged."""
    open_comments: int

    @property
    def is_nothing(self) -> bool:
        return not (self.missing or self.without_text or self.without_grade or self.open_comments)


def what_is_left(draft: Draft) -> Left:
    """What is missing of the report, to be read before it is fixed."""
    report, snapshot = draft.report, draft.snapshot
    followup = snapshot.followup
    return Left(
        approved=len(followup.approved),
        asked=len(followup.statuses),
        missing=tuple(s.namnd_name for s in followup.statuses if not s.is_approved),
        without_text=tuple(c.heading for c in snapshot.chapters if not c.text),
        without_grade=tuple(
            goal.label
            for chapter in snapshot.chapters
            if report.is_citys and chapter.is_goal and chapter.grade is None
            if (goal := snapshot.goal_of(chapter)) is not None
        ),
        open_comments=draft.open_comments,
    )


@transaction.atomic
def fix(
    report: FollowupReport, *, actor: User, expected_version: int, reason: str = ""
) -> FollowupVersion:
    """Fix the report as its next version: everything in it, as others may see it, with a digest.

    reason: why there is a new version; of the first none is needed.
    Raises NotAllowed; NotOpen when nothing is approved, or it is fixed already; InvalidEntry
    without a reason for a later version; Conflict when somebody has written since. The same
    command again gives back the version that it made.
    Side effects: the version, the report's state, an event.
    """
    report = take(report)
    latest = report.versions.order_by("-number").first()
    if latest is not None and _just_fixed(report, latest, actor, expected_version):
        return latest
    transition = find_transition(Action.FIX, report, actor=actor)
    if report.revision != expected_version:
        raise conflict_on(report, {})
    number = latest.number + 1 if latest else 1
    if number > 1 or reason.strip():
        reason = check_reason(reason, SAY_WHY)
    # Approvals and corrections wait until the figures have been read: they are of one moment.
    reports = Report.objects.filter(period=report.period_id).order_by("pk")
    list(reports.select_for_update(no_key=True).values_list("pk"))
    snapshot = make_snapshot(report, read_written(report))
    _check(report, snapshot)
    content = encode(snapshot)
    if decode(content) != snapshot:
        raise ValueError(f"a version of {report} would not be read as it was written")
    version = FollowupVersion.objects.create(
        report=report,
        number=number,
        content=content,
        sha256=digest_of(content),
        reason=reason,
        fixed_by=actor,
        fixed_at=timezone.now(),
        is_example=report.is_example or snapshot.followup.is_example,
    )
    advance(report, state=transition.target)
    record_on(
        report,
        Action.FIX.value,
        actor=actor,
        summary=f"Fastställde version {number}",
        reason=reason,
    )
    return version


@transaction.atomic
def reopen(
    report: FollowupReport, *, actor: User, expected_version: int, reason: str
) -> FollowupReport:
    """Go on writing after a version was fixed. The fixed ones stand as they are.

    Raises NotAllowed, NotOpen, InvalidEntry without a reason, Conflict. Twice changes nothing.
    """
    report = take(report)
    last = Event.objects.about(report).first()
    if (
        report.is_draft
        and report.revision == expected_version + 1
        and last is not None
        and (last.verb, last.actor_id) == (Action.REOPEN.value, actor.pk)
    ):
        return report
    transition = find_transition(Action.REOPEN, report, actor=actor)
    if report.revision != expected_version:
        raise conflict_on(report, {})
    reason = check_reason(reason, "Skriv varför rapporten öppnas igen.")
    advance(report, state=transition.target)
    record_on(
        report,
        Action.REOPEN.value,
        actor=actor,
        summary="Öppnade rapporten igen",
        reason=reason,
    )
    return report


@transaction.atomic
def decide(
    version: FollowupVersion,
    *,
    actor: User,
    on: dt.date,
    text: ProtocolText,
    is_example: bool = False,
) -> FollowupDecision:
    """Record what the nämnd decided on exactly this version, at its meeting on the day `on`.

    Of a nämnd's own tertialrapport it is recorded as the decision on its report too. A nämnd that
    has been followed by another decides no more: then it is that one's decision. The same meeting
    and paragraph once more gives back what is registered.
    Raises NotAllowed; InvalidEntry for a day before it was fixed; organisation's Invalid for what
    `record_decision` refuses.
    Side effects: the decision, the report's state when the version is the latest, an event.
    """
    report = take(version.report)
    transition = find_transition(Action.DECIDE, report, actor=actor)
    there = (
        FollowupDecision.objects.filter(
            version=version,
            decision__meeting__date=on,
            decision__paragraph=text.paragraph.strip(),
        )
        .select_related("decision__meeting")
        .first()
    )
    if there is not None:
        return there
    if on < timezone.localdate(version.fixed_at):
        raise InvalidEntry(BEFORE_IT_WAS_FIXED)
    decider = who_decides(actor, report) or report.namnd
    own = _own_report(report) if decider == report.namnd else None
    if own is not None:
        decision = register_decision(
            own, actor=actor, on=on, text=text, is_example=is_example
        ).decision
    else:
        decision = record_decision(
            decider,
            on=on,
            content=_content(report, text),
            actor=actor,
            is_example=is_example,
        )
    if other := FollowupDecision.objects.filter(decision=decision).first():
        raise InvalidEntry(f"Beslutet är redan registrerat på version {other.version.number}.")
    made = FollowupDecision.objects.create(version=version, decision=decision)
    latest = report.versions.order_by("-number").values_list("number", flat=True).first()
    if transition.target != report.state and version.number == latest:
        advance(report, state=transition.target)
    record_on(
        report,
        Action.DECIDE.value,
        actor=actor,
        summary=(
            f"Registrerade nämndens beslut om version {version.number}, "
            f"{decided_text(on, text.paragraph.strip())}"
        ),
    )
    return made


@transaction.atomic
def put_decision_right(
    made: FollowupDecision, *, actor: User, text: ProtocolText, reason: str
) -> FollowupDecision:
    """Record anew what was recorded wrongly. The old row stands, and is no longer the one to read.

    Raises NotAllowed; organisation's Invalid without a reason, or when somebody was first.
    """
    report = take(made.version.report)
    if not may_decide_followup(actor, report):
        raise NotAllowed(REFUSALS[Action.DECIDE])
    held = FollowupDecision.objects.select_for_update().get(pk=made.pk)
    if held.decision_id != made.decision_id:
        raise Invalid("Någon annan har just rättat beslutet. Läs det som står nu.")
    was = made.decision
    held.decision = correct_decision(
        was, content=_content(report, text), actor=actor, reason=reason
    )
    held.save(update_fields=["decision"])
    if (of_report := getattr(was, "report_decision", None)) is not None:
        of_report.decision = held.decision
        of_report.save(update_fields=["decision"])
    record_on(
        report,
        Action.DECIDE.value,
        actor=actor,
        summary=f"Rättade det registrerade beslutet om version {made.version.number}",
        reason=reason.strip(),
    )
    return held


def decision_on(version: FollowupVersion) -> FollowupDecision | None:
    """The latest decision on the version, with its meeting; None when none is registered."""
    return (
        FollowupDecision.objects.filter(version=version.pk)
        .select_related("version__report__namnd", "version__report__period")
        .select_related("decision__meeting__namnd")
        .prefetch_related("decision__points")
        .order_by("decision__meeting__date", "pk")
        .last()
    )


def why_opened(report: FollowupReport) -> str:
    """The reason that the draft after a fixed version was opened with."""
    last = Event.objects.about(report).filter(verb=Action.REOPEN.value).first()
    return last.reason if last else ""


def _check(report: FollowupReport, snapshot: Snapshot) -> None:
    if snapshot.followup.approved:
        return
    raise NotOpen(NOTHING_TO_FIX if report.is_citys else OWN_NOT_APPROVED)


def _just_fixed(
    report: FollowupReport, latest: FollowupVersion, actor: User, expected_version: int
) -> bool:
    """Whether the same command was just carried out: the button was pressed twice."""
    return (
        report.state == FollowupState.FASTSTALLD
        and report.revision == expected_version + 1
        and latest.fixed_by_id == actor.pk
    )


def _own_report(report: FollowupReport) -> Report | None:
    if report.is_citys:
        return None
    return Report.objects.filter(namnd=report.namnd_id, period=report.period_id).first()


def _content(report: FollowupReport, text: ProtocolText) -> DecisionContent:
    title = f"Samlad uppföljning, {report.period.label}" if report.is_citys else report.period.label
    return DecisionContent(
        title=title, paragraph=text.paragraph, points=text.points, source=text.source
    )
