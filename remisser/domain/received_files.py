"""The papers that came with a remiss: received, kept as they came, and taken away with a reason."""

import datetime as dt
from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from organisation.domain.errors import Invalid, NotAllowed
from organisation.enums import Role
from organisation.models import Namnd, User
from organisation.personnummer import why_not_personnummer
from remisser.domain.words import one_line
from remisser.models import Remiss, RemissFile
from remisser.rules import may_register
from trace.domain import record
from trace.uploads import PDF, TEXT, WORD, WORKBOOK, CheckedFile

KINDS = (PDF, WORD, WORKBOOK, TEXT)
_OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    PDF: "application/pdf",
    WORD: f"{_OFFICE}wordprocessingml.document",
    WORKBOOK: f"{_OFFICE}spreadsheetml.sheet",
    TEXT: "text/plain",
}
MOST_AT_ONCE = 10
MOST_WAITING = 20
WAITS_FOR = dt.timedelta(days=7)
ONLY_ITS_REGISTER = "Bara nämndens nämndsekreterare tar emot och tar bort nämndens handlingar."


def may_keep_files(user: User, namnd: Namnd) -> bool:
    """Whether the person receives papers for the nämnd."""
    return may_register(user) and user.access.has_role(
        namnd.pk, Role.NAMNDSEKRETERARE, Role.REMITTENT
    )


@transaction.atomic
def receive(
    files: Iterable[CheckedFile], *, key: UUID, namnd: Namnd, is_open: bool, actor: User
) -> None:
    """Keep files while the form that they came with is not yet right. Each once.

    key: of the form. Raises NotAllowed; Invalid (`files`).
    """
    if not may_keep_files(actor, namnd):
        raise NotAllowed(ONLY_ITS_REGISTER)
    # Of forms that were never sent.
    RemissFile.objects.filter(remiss__isnull=True, at__lt=timezone.now() - WAITS_FOR).delete()
    # Those that its remiss has already, too: a form may be sent twice.
    brought = RemissFile.objects.filter(form_key=key, by=actor).order_by()
    there = set(brought.values_list("sha256", flat=True))
    for file in files:
        digest = sha256(file.data).hexdigest()
        if digest in there:
            continue
        if len(there) >= MOST_WAITING:
            raise Invalid(f"En remiss kan ha högst {MOST_WAITING} filer.", field="files")
        if problem := why_not_personnummer(file.name, "Filens namn"):
            raise Invalid(problem, field="files")
        there.add(digest)
        RemissFile.objects.create(
            form_key=key,
            namnd=namnd,
            name=file.name,
            content_type=CONTENT_TYPES[file.kind],
            content=file.data,
            size=len(file.data),
            sha256=digest,
            is_open=is_open,
            by=actor,
        )


def waiting_files(key: UUID, *, actor: User) -> Sequence[RemissFile]:
    """What the form has brought so far, without the content."""
    waiting = RemissFile.objects.filter(form_key=key, by=actor, remiss__isnull=True)
    return list(waiting.defer("content").order_by("pk"))


@transaction.atomic
def attach_files(
    remiss: Remiss, files: Iterable[RemissFile], *, actor: User, is_open: bool | None = None
) -> int:
    """Lay received files by the remiss. One that the nämnd has there already is not laid twice.

    Answers how many were new.
    """
    added = 0
    for file in files:
        mine = RemissFile.objects.here().filter(
            remiss=remiss, namnd=file.namnd_id, sha256=file.sha256
        )
        if mine.exists():
            continue
        file.remiss = remiss
        if is_open is not None:
            file.is_open = is_open
        file.save(update_fields=["remiss", "is_open"])
        added += 1
        record(
            file,
            actor=actor,
            verb="fil-mottagen",
            summary=f"La in filen {file.name} till {remiss.dnr}",
            scope=file.namnd.code,
        )
    return added


@transaction.atomic
def remove_file(file: RemissFile, *, actor: User, reason: str) -> RemissFile:
    """Take a paper away that came by mistake. Its name and the reason stay; its content goes.

    The same again changes nothing. Raises NotAllowed; Invalid (`reason`).
    """
    if not may_keep_files(actor, file.namnd):
        raise NotAllowed(ONLY_ITS_REGISTER)
    reason = one_line(reason, field="reason", label="Orsaken", most=250, required=True)
    file = RemissFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.removed_at is not None or file.remiss is None:
        return file
    file.content, file.removed_at = b"", timezone.now()
    file.removed_by, file.removed_reason = actor, reason
    file.save(update_fields=["content", "removed_at", "removed_by", "removed_reason"])
    record(
        file,
        actor=actor,
        verb="fil-borttagen",
        summary=f"Tog bort filen {file.name} från {file.remiss.dnr}",
        scope=file.namnd.code,
        reason=reason,
    )
    return file


def files_of(remiss: Remiss, user: User) -> Sequence[RemissFile]:
    """The papers of the remiss that the person may read, without their content; one query."""
    seen = RemissFile.objects.visible_to(user).here().filter(remiss=remiss)
    return list(seen.select_related("namnd").defer("content").order_by("pk"))
