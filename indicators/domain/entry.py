"""Commands on a nämnd's report: fill in, hand in, take back, send back, approve.

Each checks the person's right and the state, runs in one transaction, refuses what builds on an
older revision, and writes its event. A command given twice changes nothing the second time.
"""

from collections.abc import Collection, Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone

from indicators.domain.beside import beside_of_each
from indicators.domain.checks import GradeInput, ValueInput
from indicators.domain.content import (
    check_asked,
    check_content,
    find_changes,
    warnings_after,
    write_changes,
    write_warnings,
)
from indicators.domain.corrected import check_kept, write_corrections
from indicators.domain.correcting import lock_again
from indicators.domain.errors import (
    InvalidContent,
    InvalidEntry,
    NotAllowed,
    NotExplained,
    NotOpen,
)
from indicators.domain.expected import expected_in
from indicators.domain.moving import (
    advance,
    begin,
    check_reason,
    conflict_of,
    just_done,
    move,
    open_version,
    record_move,
    take_report,
    version_of,
)
from indicators.domain.protecting import work_out_ahead
from indicators.domain.reports import NOT_A_FILLER, open_report
from indicators.domain.reviewing import RowKey, write_comments
from indicators.domain.statuses import StatusInput
from indicators.domain.submission import look_over_report
from indicators.domain.telling import tell_of_correction
from indicators.domain.warnings import are_explained
from indicators.domain.workflow import Action, why_not_editable
from indicators.enums import ReportState, VersionOrigin
from indicators.models import Report, ReportVersion
from indicators.models.report import OUT_STATES
from indicators.rules import may_fill_in
from organisation.models import User
from trace.domain import record

__all__ = [
    "GradeInput",
    "StatusInput",
    "ValueInput",
    "approve_report",
    "recall_report",
    "return_report",
    "save_entries",
    "submit_report",
]


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
    report = take_report(report)
    if refusal := why_not_editable(report):
        raise NotOpen(refusal)

    expected = expected_in(report.period)
    check_asked(report, expected, values, grades, statuses)
    changes = find_changes(version_of(report), values, grades, statuses)
    if not changes:
        return report
    if report.revision != expected_version:
        raise conflict_of(report, changes.saved)
    check_content(expected, changes)

    touched = {given.definition_id for given in changes.values}
    definitions = [d for d in expected.definitions.values() if d.pk in touched]
    beside = beside_of_each(report, definitions) if definitions else {}
    warnings = warnings_after(expected, changes, beside)
    write_changes(version_of(report), changes, actor=actor, warnings=warnings)
    advance(report, expected_version)
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
        taken = take_report(report)
        # Saved and submitted in one go is two revisions.
        was_at = (expected_version + 1, expected_version + 2)
        if just_done(taken, [ReportState.INLAMNAD], actor, was_at) and not find_changes(
            version_of(taken), values, grades, statuses
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
    report = take_report(report)
    transition = begin(report, Action.SUBMIT, actor, expected_version)
    version = version_of(report)
    if not any(rows.exists() for rows in (version.values, version.grades, version.statuses)):
        raise InvalidEntry("Rapporten är tom. Fyll i minst en uppgift innan du lämnar in.")
    check_kept(report)
    _look_over(report, version, seen=unexplained)
    version.submitted_at, version.submitted_by = timezone.now(), actor
    version.save(update_fields=["submitted_at", "submitted_by"])
    move(report, transition, expected_version)
    record_move(report, transition, actor=actor, summary="Lämnade in rapporten för granskning")
    return report


@transaction.atomic
def recall_report(report: Report, *, actor: User, expected_version: int, reason: str) -> Report:
    """Take back what was handed in and nobody has approved: a new version, to go on with.

    The version that was handed in stays as it is, with what the granskare has said about it.
    Raises NotAllowed, NotOpen, Conflict, and InvalidEntry without a reason that can be saved.
    """
    report = take_report(report)
    if just_done(report, [ReportState.UTKAST], actor, [expected_version + 1], Action.RECALL):
        return report
    transition = begin(report, Action.RECALL, actor, expected_version)
    reason = check_reason(reason, "Skriv varför rapporten tas tillbaka.")
    opened = open_version(
        report, version_of(report), origin=VersionOrigin.ATERTAGEN, reason=reason, actor=actor
    )
    move(report, transition, expected_version, current=opened)
    record_move(report, transition, actor=actor, summary="Tog tillbaka rapporten", reason=reason)
    return report


@transaction.atomic
def return_report(
    report: Report,
    *,
    actor: User,
    expected_version: int,
    reason: str,
    comments: Mapping[RowKey, str] | None = None,
) -> Report:
    """Send the report back to be mended: opens a new version with the same content.

    comments: what the granskare says at its rows; kept first, as by `save_comments`.
    The version that was submitted stays as it is.
    Raises NotAllowed, NotOpen, Conflict, and InvalidEntry without a reason that can be saved.
    """
    report = take_report(report)
    if just_done(report, [ReportState.ATERSAND], actor, [expected_version + 1]):
        return report
    transition = begin(report, Action.RETURN, actor, expected_version)
    reason = check_reason(reason, "Skriv vad som behöver rättas.")
    if comments:
        write_comments(report, comments, actor=actor)
    opened = open_version(
        report, version_of(report), origin=VersionOrigin.ATERSAND, reason=reason, actor=actor
    )
    move(report, transition, expected_version, current=opened)
    record_move(
        report, transition, actor=actor, summary="Skickade tillbaka rapporten", reason=reason
    )
    return report


@transaction.atomic
def approve_report(report: Report, *, actor: User, expected_version: int) -> Report:
    """Approve the version that was submitted: it leaves the nämnd and counts from now on.

    A correction takes the place of what was approved before. Its changed numbers, grades and states
    are known as corrected wherever they stand, and those who have used them are told.
    Raises NotAllowed (also for who submitted it), NotOpen, Conflict.
    """
    report = take_report(report)
    if just_done(report, OUT_STATES, actor, [expected_version + 1]):
        return report
    transition = begin(report, Action.APPROVE, actor, expected_version)
    version, before = version_of(report), report.approved
    version.approved_at, version.approved_by = timezone.now(), actor
    version.save(update_fields=["approved_at", "approved_by"])
    corrected = write_corrections(report, before, version) if before else None
    report.approved = version
    move(report, transition, expected_version, approved=version)
    lock_again(report)
    summary = "Godkände rättelsen" if before else "Godkände rapporten"
    record_move(report, transition, actor=actor, summary=summary)
    if before and corrected:
        tell_of_correction(report, before, version, corrected, actor=actor)
    # So that nobody who reads the follow-up next waits for what is hidden. It is worked out anew
    # on reading if this fails.
    transaction.on_commit(partial(work_out_ahead, report.period), robust=True)
    return report


def _look_over(report: Report, version: ReportVersion, *, seen: int) -> None:
    """Lay the day's warnings at the values. Raises InvalidContent, NotExplained."""
    found = look_over_report(report, version)
    if found.problems:
        raise InvalidContent(found.problems)
    write_warnings(found.saved, found.warnings)
    left = sum(
        bool(row.warnings) and not are_explained(row.warnings, row.comment)
        for row in found.saved.values.values()
    )
    if left > seen:
        raise NotExplained(left)


def _exists(report: Report) -> bool:
    return Report.objects.filter(namnd=report.namnd, period=report.period).exists()
