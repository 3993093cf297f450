"""A nämnd's workbook on the web: uploaded, its changes looked at, and then confirmed."""

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from indicators.domain.entry import save_entries
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen, Refused
from indicators.domain.importing.comparing import Plan, plan_report_file
from indicators.domain.loading.problems import BadFile, Place, Problem
from indicators.domain.reports import NOT_A_FILLER
from indicators.domain.workflow import why_not_editable
from indicators.enums import ReportFileState
from indicators.models import Report, ReportFile
from indicators.rules import may_fill_in
from organisation.models import User
from trace.domain import acting, record
from trace.uploads import WORKBOOK, CheckedFile, UnsafeFile, open_upload

KINDS = (WORKBOOK,)
ALREADY_DONE = "Filen är redan inläst eller kastad."
TOO_OLD = "Filen har väntat för länge. Hämta arbetsboken på nytt och för över det du har fyllt i."
MINE, SAVED = "min", "sparat"


class PlanChanged(Refused):
    """Between preview and confirmation somebody else changed what the file would do."""

    def __init__(self) -> None:
        super().__init__(
            "Sedan du granskade filen har någon skrivit i rapporten. Granska ändringarna igen."
        )


class NotChosen(Refused):
    """A conflict that nobody has decided. names: of its fields."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("Välj vad som ska gälla på varje rad där ni har skrivit olika.")
        self.names = names


def keep_for_review(file: CheckedFile, report: Report, *, actor: User) -> ReportFile:
    """Keep a workbook without faults until somebody confirms or discards it.

    report: may be unsaved.
    Raises NotAllowed; NotOpen when the report cannot be written in; BadFile with every fault, and
    then nothing is kept of the file.
    Side effects: what the same person had waiting for the report is discarded, and what has
    waited for too long, anybody's, is forgotten.
    """
    _check_open(report, actor)
    plan = plan_report_file(file, report.namnd, report.period)
    with transaction.atomic():
        forget_old()
        earlier = ReportFile.objects.waiting().filter(
            uploaded_by=actor, namnd=report.namnd, period=report.period
        )
        for one in earlier:
            discard(one, actor=actor)
        return ReportFile.objects.create(
            namnd=report.namnd,
            period=report.period,
            name=file.name,
            content=file.data,
            sha256=hashlib.sha256(file.data).hexdigest(),
            based_on=plan.based_on,
            uploaded_by=actor,
        )


def plan_of(kept: ReportFile) -> Plan:
    """What a waiting file would do now. Raises NotOpen, and BadFile for what is wrong by now."""
    plan = plan_report_file(_open(kept), kept.namnd, kept.period)
    if refusal := why_not_editable(plan.report):
        raise NotOpen(refusal)
    return plan


def read_before(kept: ReportFile) -> ReportFile | None:
    """The last time that the very same file was read into the report; None when it never was."""
    return (
        ReportFile.objects.filter(
            namnd=kept.namnd, period=kept.period, sha256=kept.sha256, state=ReportFileState.INLAST
        )
        .exclude(pk=kept.pk)
        .select_related("done_by")
        .defer("content")
        .order_by("-done_at")
        .first()
    )


def confirm(
    kept: ReportFile, *, actor: User, expected_digest: str, choices: Mapping[str, str]
) -> Plan:
    """Save what a waiting file says, by the command that typing is saved by; all of it or nothing.

    expected_digest: of the plan that the person saw. choices: MINE or SAVED by the name of each
    field that somebody else has written in meanwhile.
    Raises NotAllowed, NotOpen, BadFile, NotChosen; PlanChanged when the plan is another now;
    InvalidEntry when what was chosen does not go together.
    """
    try:
        with transaction.atomic(), acting(actor=actor, through=f"import:{kept.name}"[:100]):
            kept = _take(kept)
            _check_open(Report(namnd=kept.namnd, period=kept.period), actor, only_right=True)
            plan = plan_of(kept)
            if plan.digest != expected_digest:
                raise PlanChanged
            asked = [change.field.name for change in plan.conflicts]
            if open_ := [name for name in asked if choices.get(name) not in (MINE, SAVED)]:
                raise NotChosen(open_)
            given = plan.contents({name for name in asked if choices[name] == MINE})
            if given.values or given.grades or given.statuses:
                save_entries(
                    plan.report,
                    actor=actor,
                    expected_version=plan.report.revision,
                    values=given.values,
                    grades=given.grades,
                    statuses=given.statuses,
                    source=kept.name,
                )
            _done(kept, ReportFileState.INLAST, actor)
            kept.outcome = plan.sentence[:250]
            kept.save()
    except Conflict as first:
        raise PlanChanged from first
    return plan


@transaction.atomic
def discard(kept: ReportFile, *, actor: User) -> None:
    """Throw a waiting file away; that it was there is kept. Raises NotAllowed, NotOpen."""
    kept = _take(kept)
    _check_open(Report(namnd=kept.namnd, period=kept.period), actor, only_right=True)
    _done(kept, ReportFileState.KASTAD, actor)
    kept.save()
    record(
        kept,
        actor=actor,
        verb="arbetsbok-kastad",
        summary=f"Kastade arbetsboken ”{kept}” oläst",
        scope=kept.namnd.code,
    )


@transaction.atomic
def forget_old() -> int:
    """Throw away the content of what has waited for too long; answers how many there were."""
    old = list(ReportFile.objects.too_old().select_for_update().defer("content"))
    for kept in old:
        _done(kept, ReportFileState.UTGANGEN, None)
        kept.save(update_fields=["state", "content", "done_by", "done_at"])
    return len(old)


def _check_open(report: Report, actor: User, *, only_right: bool = False) -> None:
    if not may_fill_in(actor, report):
        raise NotAllowed(NOT_A_FILLER)
    if not only_right and (refusal := why_not_editable(report)):
        raise NotOpen(refusal)


def _take(kept: ReportFile) -> ReportFile:
    kept = (
        ReportFile.objects.select_for_update(of=("self",))
        .select_related("namnd", "period")
        .get(pk=kept.pk)
    )
    if kept.state != ReportFileState.VANTAR:
        raise NotOpen(ALREADY_DONE)
    return kept


def _done(kept: ReportFile, state: str, actor: User | None) -> None:
    kept.state, kept.content = state, b""
    kept.done_by, kept.done_at = actor, timezone.now()


def _open(kept: ReportFile) -> CheckedFile:
    if kept.state == ReportFileState.UTGANGEN or kept.waits_until < timezone.now():
        raise NotOpen(TOO_OLD)
    if kept.state != ReportFileState.VANTAR:
        raise NotOpen(ALREADY_DONE)
    try:
        return open_upload(kept.name, bytes(kept.content), KINDS)
    except UnsafeFile as why:
        raise BadFile([Problem(Place(), str(why))]) from why


__all__ = [
    "MINE", "SAVED", "InvalidEntry", "NotChosen", "PlanChanged", "confirm", "discard",
    "forget_old", "keep_for_review", "plan_of", "read_before",
]  # fmt: skip
