"""Correcting an approved report: begun, asked for, let, given up, and what it comes to.

The approved version counts until the correction has been approved by somebody else than handed it
in. What was corrected is then known cell by cell: what it was, when, and why.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from indicators.domain.content import FIGURES
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
from indicators.domain.workflow import (
    Action,
    may_ask_to_correct,
    why_not_editable,
    why_state_refuses,
)
from indicators.enums import Category, PeriodState, ReportState, RequestState, VersionOrigin
from indicators.models import (
    Correction,
    CorrectionNotice,
    CorrectionRequest,
    Indicator,
    IndicatorVersion,
    Period,
    Report,
    ReportVersion,
    Value,
)
from indicators.models.report import OUT_STATES
from indicators.rules import may_correct, may_let_correct
from organisation.enums import Role
from organisation.models import Membership, User
from trace.domain import ReadKind, record
from trace.domain.outbox import post_mail
from trace.models import ReadLog

WHY = "Skriv vad som behöver rättas och varför."
ONLY_THE_NAMND = "Bara nämndens uppgiftslämnare och granskare kan rätta rapporten."
ONLY_THE_COORDINATOR = "Bara programmets samordnare svarar på en begäran om rättelse."
Cell = tuple[int, str]
"""Definition id and category."""


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
    for person in _coordinators():
        _mail(
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


# What approving a correction comes to --------------------------------------------------------


def check_kept(report: Report) -> None:
    """Raises InvalidEntry when a correction takes a number away without saying why it is missing.

    Who reads the follow-up sees that a number was corrected at the place where it stood.
    """
    if report.approved_id is None:
        return
    stays = Value.objects.filter(version=report.current_id, category=Category.TOTAL)
    gone = (
        Value.objects.filter(version=report.approved_id, category=Category.TOTAL)
        .exclude(definition__in=stays.values("definition"))
        .select_related("definition")
        .order_by("definition__name")
    )
    if names := ", ".join(f"”{value.definition.name}”" for value in gone):
        raise InvalidEntry(
            f"En uppgift som har varit godkänd kan inte bara tas bort: {names}. "
            "Välj varför uppgiften saknas."
        )


def write_corrections(
    report: Report, before: ReportVersion, version: ReportVersion
) -> list[Correction]:
    """Keep what each changed number was. What an earlier correction changed is carried on.

    Answers those that this correction changed.
    """
    was = {(v.definition_id, v.category): v for v in before.values.all()}
    now = {(v.definition_id, v.category): v for v in version.values.select_related("definition")}
    carried = {(c.definition_id, c.category): c for c in before.corrections.all()}
    reason = _reason_of(report, before, version)
    today = timezone.localdate()
    changed: list[Correction] = []
    rows: list[Correction] = []
    for cell in sorted(was.keys() | now.keys() | carried.keys()):
        old, new = was.get(cell), now.get(cell)
        same = _says(old) == _says(new)
        earlier = carried.get(cell)
        if same and earlier is None:
            continue
        row = Correction(version=version, definition_id=cell[0], category=cell[1], value=new)
        if same and earlier is not None:
            source: Value | Correction | None = earlier
            row.reason, row.corrected_on = earlier.reason, earlier.corrected_on
        else:
            source = old
            row.reason, row.corrected_on = reason, today
            changed.append(row)
        if source is not None:
            row.number, row.numerator = source.number, source.numerator
            row.denominator, row.missing = source.denominator, source.missing
        rows.append(row)
    Correction.objects.bulk_create(rows)
    return changed


def lock_again(report: Report) -> None:
    """An approved report of a locked period is locked, as it was before it was corrected."""
    if report.state == ReportState.GODKAND and report.period.state == PeriodState.LAST:
        Report.objects.filter(pk=report.pk).update(state=ReportState.LAST)
        report.state = ReportState.LAST


def tell_of_correction(
    report: Report,
    before: ReportVersion,
    version: ReportVersion,
    corrected: list[Correction],
    *,
    actor: User,
) -> None:
    """Tell the coordinators, and all who took the numbers out since `before` counted.

    They may have taken out the period's follow-up, or the file of a corrected indicator.

    On their start page, and by mail; without any number, for what each may see differs.
    """
    definitions = IndicatorVersion.objects.filter(pk__in=[row.definition_id for row in corrected])
    exported = ReadLog.objects.filter(
        Q(subject=Period._meta.label_lower, subject_id=report.period_id)
        | Q(
            subject=Indicator._meta.label_lower,
            subject_id__in=definitions.order_by().values("indicator"),
        ),
        kind__in=(ReadKind.EXPORT, ReadKind.DOWNLOAD),
        actor__isnull=False,
    )
    if before.approved_at:
        exported = exported.filter(happened_at__gte=before.approved_at)
    readers = User.objects.filter(
        Q(pk__in=exported.order_by().values("actor")) | Q(pk__in=[p.pk for p in _coordinators()]),
        is_active=True,
    )
    people = [person for person in readers.order_by("pk") if person.pk != actor.pk]
    CorrectionNotice.objects.bulk_create(
        [CorrectionNotice(version=version, person=person) for person in people]
    )
    names = sorted(set(definitions.order_by().values_list("name", flat=True)))
    listed = "\n".join(f"– {name}" for name in names)
    for person in people:
        _mail(
            person,
            key=f"rattelse:{version.pk}:{person.pk}",
            subject=f"Rättade siffror i {report.period.label.lower()}: {report.namnd.name}",
            body=(
                f"{report.namnd.name} har rättat sin rapport för {report.period.label.lower()}. "
                f"Rättelsen är godkänd och räknas från och med nu. Det gäller:\n\n{listed}\n\n"
                "Du får det här för att du följer perioden eller har tagit ut dess siffror. "
                "Logga in i Samlad för att se vad som har ändrats, och ta ut siffrorna igen "
                "om du har använt dem."
            ),
            report=report,
            actor=actor,
        )


@transaction.atomic
def see_notices(user: User, period_id: int) -> int:
    """The person has read what was corrected in the period. Answers how many notices it was."""
    notices = CorrectionNotice.objects.visible_to(user).filter(
        version__report__period=period_id, seen_at__isnull=True
    )
    return notices.update(seen_at=timezone.now())


def unread_notices(user: User, period_id: int) -> int:
    """How many corrections of the period the person has been told of and has not read."""
    return (
        CorrectionNotice.objects.visible_to(user)
        .filter(version__report__period=period_id, seen_at__isnull=True)
        .count()
    )


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


def _says(value: Value | None) -> tuple:
    return tuple(getattr(value, name) for name in FIGURES[:4]) if value else (None,) * 3 + ("",)


def _reason_of(report: Report, before: ReportVersion, version: ReportVersion) -> str:
    """Why the correction was begun; it may have been sent back or taken back since."""
    begun = report.versions.filter(
        origin=VersionOrigin.RATTELSE, number__gt=before.number, number__lte=version.number
    )
    first = begun.order_by("-number").first()
    return first.reason if first else version.reason


def _coordinators() -> list[User]:
    today = timezone.localdate()
    memberships = Membership.objects.valid_on(today).filter(role=Role.SAMORDNARE)
    people = User.objects.filter(pk__in=memberships.values("user"), is_active=True)
    return list(people.order_by("pk"))


def _tell_who_asked(asked: CorrectionRequest, words: str) -> None:
    report = asked.report
    _mail(
        asked.asked_by,
        key=f"svar-rattelse:{asked.pk}",
        subject=f"Svar om rättelse: {report.period.label}, {report.namnd.name}",
        body=words,
        report=report,
        actor=asked.answered_by,
    )


def _mail(
    person: User, *, key: str, subject: str, body: str, report: Report, actor: User | None
) -> None:
    """What concerns a person stands on their start page too: without an address, only there."""
    if person.email:
        post_mail(
            key=key,
            person=person,
            subject=subject,
            body=body,
            posted_by=actor,
            scope=report.namnd.code,
        )
