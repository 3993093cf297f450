"""How every command on a report takes it, counts its change, and moves it along its table.

The report is held until the transaction ends; what builds on an older revision is refused; what
the same person has just done is not done twice.
"""

from collections.abc import Collection, Mapping

from django.db.models import F, Max
from django.utils import timezone

from indicators.domain.checks import MAX_COMMENT, check_words
from indicators.domain.content import copy_content
from indicators.domain.errors import Conflict, InvalidEntry, NotOpen
from indicators.domain.workflow import Action, Transition, find_transition
from indicators.enums import VersionOrigin
from indicators.models import Report, ReportVersion
from organisation.models import User
from trace.domain import record
from trace.models import Event

NOT_STARTED = "Rapporten är inte påbörjad än. Fyll i minst en uppgift först."


def take_report(report: Report) -> Report:
    """The report as it stands in the database, held until the transaction ends."""
    if report.pk is None:
        raise NotOpen(NOT_STARTED)
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("namnd", "period", "current__submitted_by", "approved__approved_by")
        .get(pk=report.pk)
    )


def version_of(report: Report) -> ReportVersion:
    """The version that is worked on."""
    if report.current is None:
        raise NotOpen(NOT_STARTED)
    return report.current


def advance(report: Report, expected_version: int, **changes) -> None:
    """Count the change. Raises Conflict when the row is no longer the one that was expected."""
    changed = Report.objects.filter(pk=report.pk, revision=expected_version).update(
        revision=F("revision") + 1, changed_at=timezone.now(), **changes
    )
    if not changed:
        raise conflict_of(report, {})
    report.revision = expected_version + 1


def conflict_of(report: Report, theirs: Mapping) -> Conflict:
    """Somebody was first: who, as far as is known, and what is saved now."""
    last = Event.objects.about(report).first()
    return Conflict(
        revision=report.revision,
        theirs=theirs,
        by=last.actor if last else None,
        at=last.happened_at if last else report.changed_at,
    )


def just_done(
    report: Report,
    states: Collection[str],
    actor: User,
    revisions: Collection[int],
    action: Action | None = None,
) -> bool:
    """Whether the same command was just carried out: the button was pressed twice.

    action: which it was, where other commands lead to the same state.
    """
    if report.state not in states or report.revision not in revisions:
        return False
    last = Event.objects.about(report).first()
    if last is None or last.actor_id != actor.pk:
        return False
    return action is None or last.verb == action.value


def begin(report: Report, action: Action, actor: User, expected_version: int) -> Transition:
    """The transition that `action` means now. Raises NotAllowed, NotOpen, Conflict."""
    transition = find_transition(action, report, actor=actor)
    if report.revision != expected_version:
        raise conflict_of(report, {})
    return transition


def move(report: Report, transition: Transition, expected_version: int, **changes) -> None:
    """To the state that the transition leads to, with what else changes of the report's row."""
    advance(report, expected_version, state=transition.target, **changes)
    report.state = transition.target


def record_move(
    report: Report, transition: Transition, *, actor: User, summary: str, reason: str = ""
) -> None:
    """The event of a move."""
    record(
        report,
        actor=actor,
        verb=transition.action.value,
        summary=summary,
        scope=report.namnd.code,
        reason=reason,
    )


def check_reason(reason: str, missing: str) -> str:
    """The reason as it is kept. Raises InvalidEntry without one, or with one that cannot be."""
    reason = reason.strip()
    if not reason:
        raise InvalidEntry(missing)
    if problem := check_words(reason, most=MAX_COMMENT, what="Texten"):
        raise InvalidEntry(problem)
    return reason


def open_version(
    report: Report, source: ReportVersion, *, origin: VersionOrigin, reason: str, actor: User
) -> ReportVersion:
    """A new version with the content of `source`; the report's own row is for the caller."""
    newest = report.versions.aggregate(newest=Max("number"))["newest"] or 0
    opened = ReportVersion.objects.create(
        report=report, number=newest + 1, origin=origin, reason=reason, opened_by=actor
    )
    copy_content(source, opened)
    report.current = opened
    return opened
