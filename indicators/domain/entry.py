"""Commands on a nämnd's report: fill in, hand in, send back, approve.

Each checks the person's right and the state, runs in one transaction, refuses what builds on an
older revision, and writes its event. A command given twice changes nothing the second time.
"""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators.domain.beside import beside_of_each
from indicators.domain.checks import MAX_COMMENT, GradeInput, ValueInput, check_words
from indicators.domain.content import (
    check_asked,
    check_content,
    copy_content,
    find_changes,
    warnings_after,
    write_changes,
    write_warnings,
)
from indicators.domain.errors import (
    Conflict,
    InvalidContent,
    InvalidEntry,
    NotAllowed,
    NotExplained,
    NotOpen,
)
from indicators.domain.expected import expected_in
from indicators.domain.reports import NOT_A_FILLER, open_report
from indicators.domain.statuses import StatusInput
from indicators.domain.submission import look_over_report
from indicators.domain.workflow import Action, Transition, find_transition, why_not_editable
from indicators.enums import ReportState
from indicators.models import Report, ReportVersion
from indicators.rules import may_fill_in
from organisation.models import User
from trace.domain import record
from trace.models import Event

__all__ = [
    "GradeInput",
    "StatusInput",
    "ValueInput",
    "approve_report",
    "return_report",
    "save_entries",
    "submit_report",
]

NOT_STARTED = "Rapporten är inte påbörjad än. Fyll i minst en uppgift först."


@transaction.atomic
def save_entries(
    report: Report,
    *,
    actor: User | None,
    expected_version: int,
    values: Collection[ValueInput],
    grades: Collection[GradeInput],
    statuses: Collection[StatusInput] = (),
    source: str = "",
) -> Report:
    """Save what was filled in; cells, goals and activities that are not named are left as they are.

    report: may be unsaved; the first save with any content begins it.
    actor: None for a command run from the shell.
    expected_version: the `revision` that the person saw.
    source: name of the file that the content was read from; "" for what was typed.
    Answers the report as it is afterwards. When everything is already saved exactly so, nothing
    happens: no event, no new revision, whatever `expected_version` says.

    Raises NotAllowed; NotOpen when report or period is closed for entry; Conflict when somebody
    saved something else in between; InvalidEntry when the content breaks a rule of `checks`, or
    names a cell that the period does not ask of the nämnd.
    """
    if actor is not None and not may_fill_in(actor, report):
        raise NotAllowed(NOT_A_FILLER)
    if report.pk is None:
        if all(given.is_empty for given in (*values, *grades, *statuses)) and not _exists(report):
            return report
        report = open_report(report.namnd, report.period, actor=actor)
    report = _take(report)
    if refusal := why_not_editable(report):
        raise NotOpen(refusal)

    expected = expected_in(report.period)
    check_asked(report, expected, values, grades, statuses)
    changes = find_changes(_version(report), values, grades, statuses)
    if not changes:
        return report
    if report.revision != expected_version:
        raise _conflict(report, changes.saved)
    check_content(expected, changes)

    touched = {given.definition_id for given in changes.values}
    definitions = [d for d in expected.definitions.values() if d.pk in touched]
    beside = beside_of_each(report, definitions) if definitions else {}
    warnings = warnings_after(expected, changes, beside)
    write_changes(_version(report), changes, actor=actor, warnings=warnings)
    _advance(report, expected_version)
    record(
        report,
        actor=actor,
        verb="saved",
        summary=f"{changes.summary} ur ”{source}”" if source else changes.summary,
        scope=report.namnd.code,
    )
    return report


@transaction.atomic
def submit_report(
    report: Report,
    *,
    actor: User,
    expected_version: int,
    values: Collection[ValueInput] = (),
    grades: Collection[GradeInput] = (),
    statuses: Collection[StatusInput] = (),
    unexplained: int = 0,
) -> Report:
    """Hand the report in to the nämnd's granskare. What is missing stays missing.

    values, grades, statuses: what stands in the form that the person submits from; it is saved
    first, as by `save_entries`, and if that is refused nothing is handed in.
    unexplained: at how many indicators the person has seen a warning without a comment, and hands
    in all the same. All warnings are made anew, by the rules and the figures of the day.
    Raises NotAllowed, NotOpen, Conflict, InvalidEntry when the report says nothing at all,
    InvalidContent when something saved breaks a rule, and NotExplained when there are more
    warnings without a comment than the person has seen.
    """
    if report.pk is not None:
        taken = _take(report)
        # Saved and submitted in one go is two revisions.
        was_at = (expected_version + 1, expected_version + 2)
        if _just_done(taken, ReportState.INLAMNAD, actor, was_at) and not find_changes(
            _version(taken), values, grades, statuses
        ):
            return taken
    if values or grades or statuses:
        report = save_entries(
            report,
            actor=actor,
            expected_version=expected_version,
            values=values,
            grades=grades,
            statuses=statuses,
        )
        expected_version = report.revision
    report = _take(report)
    transition = _begin(report, Action.SUBMIT, actor, expected_version)
    version = _version(report)
    if not any(rows.exists() for rows in (version.values, version.grades, version.statuses)):
        raise InvalidEntry("Rapporten är tom. Fyll i minst en uppgift innan du lämnar in.")
    _look_over(report, version, seen=unexplained)
    version.submitted_at, version.submitted_by = timezone.now(), actor
    version.save(update_fields=["submitted_at", "submitted_by"])
    _move(report, transition, expected_version)
    _record_move(report, transition, actor=actor, summary="Lämnade in rapporten för granskning")
    return report


@transaction.atomic
def return_report(report: Report, *, actor: User, expected_version: int, reason: str) -> Report:
    """Send the report back to be mended: opens a new version with the same content.

    The version that was submitted stays as it is.
    Raises NotAllowed, NotOpen, Conflict, and InvalidEntry without a reason that can be saved.
    """
    report = _take(report)
    if _just_done(report, ReportState.ATERSAND, actor, [expected_version + 1]):
        return report
    transition = _begin(report, Action.RETURN, actor, expected_version)
    reason = reason.strip()
    if transition.needs_reason and not reason:
        raise InvalidEntry("Skriv vad som behöver rättas.")
    if problem := check_words(reason, most=MAX_COMMENT, what="Texten"):
        raise InvalidEntry(problem)
    returned = _version(report)
    opened = ReportVersion.objects.create(report=report, number=returned.number + 1, reason=reason)
    copy_content(returned, opened)
    report.current = opened
    _move(report, transition, expected_version, current=opened)
    _record_move(
        report, transition, actor=actor, summary="Skickade tillbaka rapporten", reason=reason
    )
    return report


@transaction.atomic
def approve_report(report: Report, *, actor: User, expected_version: int) -> Report:
    """Approve the version that was submitted: it leaves the nämnd and counts from now on.

    Raises NotAllowed (also for who submitted it), NotOpen, Conflict.
    """
    report = _take(report)
    if _just_done(report, ReportState.GODKAND, actor, [expected_version + 1]):
        return report
    transition = _begin(report, Action.APPROVE, actor, expected_version)
    version = _version(report)
    version.approved_at, version.approved_by = timezone.now(), actor
    version.save(update_fields=["approved_at", "approved_by"])
    report.approved = version
    _move(report, transition, expected_version, approved=version)
    _record_move(report, transition, actor=actor, summary="Godkände rapporten")
    return report


# One row at a time --------------------------------------------------------------------------------


def _look_over(report: Report, version: ReportVersion, *, seen: int) -> None:
    """Lay the day's warnings at the values. Raises InvalidContent, NotExplained."""
    found = look_over_report(report, version)
    if found.problems:
        raise InvalidContent(found.problems)
    write_warnings(found.saved, found.warnings)
    left = sum(bool(row.warnings) and not row.comment for row in found.saved.values.values())
    if left > seen:
        raise NotExplained(left)


def _exists(report: Report) -> bool:
    return Report.objects.filter(namnd=report.namnd, period=report.period).exists()


def _take(report: Report) -> Report:
    """The report as it stands in the database, held until the transaction ends."""
    if report.pk is None:
        raise NotOpen(NOT_STARTED)
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("namnd", "period", "current__submitted_by", "approved__approved_by")
        .get(pk=report.pk)
    )


def _version(report: Report) -> ReportVersion:
    """The version that is worked on."""
    if report.current is None:
        raise NotOpen(NOT_STARTED)
    return report.current


def _advance(report: Report, expected_version: int, **changes) -> None:
    """Count the change. Raises Conflict when the row is no longer the one that was expected."""
    changed = Report.objects.filter(pk=report.pk, revision=expected_version).update(
        revision=F("revision") + 1, changed_at=timezone.now(), **changes
    )
    if not changed:
        raise _conflict(report, {})
    report.revision = expected_version + 1


def _conflict(report: Report, theirs: Mapping) -> Conflict:
    last = Event.objects.about(report).first()
    return Conflict(
        revision=report.revision,
        theirs=theirs,
        by=last.actor if last else None,
        at=last.happened_at if last else report.changed_at,
    )


def _just_done(report: Report, state: ReportState, actor: User, revisions: Collection[int]) -> bool:
    """Whether the same command was just carried out: the button was pressed twice."""
    if report.state != state or report.revision not in revisions:
        return False
    last = Event.objects.about(report).first()
    return last is not None and last.actor_id == actor.pk


def _begin(report: Report, action: Action, actor: User, expected_version: int) -> Transition:
    transition = find_transition(action, report, actor=actor)
    if report.revision != expected_version:
        raise _conflict(report, {})
    return transition


def _move(report: Report, transition: Transition, expected_version: int, **changes) -> None:
    _advance(report, expected_version, state=transition.target, **changes)
    report.state = transition.target


def _record_move(
    report: Report, transition: Transition, *, actor: User, summary: str, reason: str = ""
) -> None:
    record(
        report,
        actor=actor,
        verb=transition.action.value,
        summary=summary,
        scope=report.namnd.code,
        reason=reason,
    )
