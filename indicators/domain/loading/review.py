"""Loading on the web: a file is uploaded, its changes are looked at, and then confirmed."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from indicators.domain.errors import NotOpen
from indicators.domain.loading.comparing import Change, Plan
from indicators.domain.loading.loading import (
    KINDS,
    Loaded,
    check_right,
    load_programme,
    plan_programme,
)
from indicators.domain.loading.problems import BadFile, Place, Problem
from indicators.enums import ProgrammeFileState
from indicators.models import ProgrammeFile
from organisation.models import User
from trace.domain import record
from trace.uploads import CheckedFile, UnsafeFile, open_upload

ALREADY_DONE = "Filen är redan inläst eller kastad."
WAITS_FOR = dt.timedelta(days=14)
TOO_OLD = "Filen har väntat i mer än 14 dagar och läses inte in. Ladda upp den igen."
MOST_SHOWN_OPEN = 60


@dataclass(frozen=True)
class TableOfChanges:
    """What a plan does to one table, for the page."""

    title: str
    anchor: str
    changes: tuple[Change, ...]

    @property
    def is_long(self) -> bool:
        return len(self.changes) > MOST_SHOWN_OPEN


def keep_for_review(file: CheckedFile, *, actor: User) -> ProgrammeFile:
    """Keep a file without faults until somebody confirms or discards it.

    Raises NotAllowed, and BadFile with every fault; then nothing is kept of the file.
    Side effects: what the same person had waiting is discarded, and what anybody has left waiting
    for too long.
    """
    check_right(actor)
    discard_aged()
    plan_programme(file)
    with transaction.atomic():
        for earlier in ProgrammeFile.objects.waiting().filter(uploaded_by=actor):
            discard(earlier, actor=actor)
        return ProgrammeFile.objects.create(
            name=file.name,
            content=file.data,
            sha256=hashlib.sha256(file.data).hexdigest(),
            uploaded_by=actor,
        )


def plan_of(kept: ProgrammeFile) -> Plan:
    """What a waiting file would do today. Raises NotOpen, and BadFile for what is wrong by now."""
    return plan_programme(_open(kept))


def tables_of(plan: Plan) -> list[TableOfChanges]:
    """The changes table by table, in the order of the file."""
    titles = list(dict.fromkeys(change.table.title for change in plan.changes))
    return [
        TableOfChanges(title, f"blad-{n}", tuple(c for c in plan.changes if c.table.title == title))
        for n, title in enumerate(titles, start=1)
    ]


@transaction.atomic
def confirm(kept: ProgrammeFile, *, actor: User, expected_digest: str) -> Loaded:
    """Load a waiting file.

    expected_digest: of the plan that the person saw.
    Raises NotAllowed, NotOpen, BadFile, and PlanChanged when the plan is another now.
    """
    check_right(actor)
    kept = _take(kept)
    loaded = load_programme(_open(kept), actor=actor, expected_digest=expected_digest)
    _done(kept, ProgrammeFileState.INLAST, actor)
    kept.programme, kept.outcome = loaded.programme, loaded.plan.sentence[:250]
    kept.save()
    return loaded


@transaction.atomic
def discard(kept: ProgrammeFile, *, actor: User) -> None:
    """Throw a waiting file away; that it was there is kept. Raises NotAllowed, NotOpen."""
    check_right(actor)
    kept = _take(kept)
    _done(kept, ProgrammeFileState.KASTAD, actor)
    kept.save()
    record(kept, actor=actor, verb="programfil-kastad", summary=f"Kastade filen ”{kept}” oläst")


@transaction.atomic
def discard_aged() -> int:
    """Throw away the files that nobody has confirmed in time; answers how many. Nobody's act."""
    aged = ProgrammeFile.objects.waiting().filter(uploaded_at__lt=timezone.now() - WAITS_FOR)
    files = list(aged.select_for_update())
    for kept in files:
        _done(kept, ProgrammeFileState.KASTAD, None)
        kept.save()
        record(
            kept,
            actor=None,
            verb="programfil-kastad",
            summary=f"Filen ”{kept}” väntade i mer än 14 dagar och kastades oläst",
        )
    return len(files)


def _take(kept: ProgrammeFile) -> ProgrammeFile:
    kept = ProgrammeFile.objects.select_for_update().get(pk=kept.pk)
    if kept.state != ProgrammeFileState.VANTAR:
        raise NotOpen(ALREADY_DONE)
    return kept


def _done(kept: ProgrammeFile, state: str, actor: User | None) -> None:
    kept.state, kept.content = state, b""
    kept.done_by, kept.done_at = actor, timezone.now()


def _open(kept: ProgrammeFile) -> CheckedFile:
    if kept.state != ProgrammeFileState.VANTAR:
        raise NotOpen(ALREADY_DONE)
    if kept.uploaded_at < timezone.now() - WAITS_FOR:
        raise BadFile([Problem(Place(), TOO_OLD)])
    try:
        return open_upload(kept.name, bytes(kept.content), KINDS)
    except UnsafeFile as why:
        raise BadFile([Problem(Place(), str(why))]) from why
