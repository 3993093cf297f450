"""Readings that leave a mark: of another nämnd's papers, by insight, and what is taken out."""

from django.db import models

from organisation.models import InsightGrant, Namnd, User
from trace.domain import ReadKind, log_read


def log_foreign_reading(
    subject: models.Model, *, reader: User, namnd: Namnd, what: str, page: str = "sidan"
) -> None:
    """Log that somebody from outside the nämnd reads its unfinished work. Nothing for its own.

    subject: the report or paper that insight is given to. what: a Swedish noun phrase for it,
    without any of its content ("ett svar, version 2"). page: how it was read.
    """
    if namnd.pk in reader.access.inside_ids():
        return
    grant = _grant(subject, reader)
    log_read(
        subject,
        actor=reader,
        kind=ReadKind.INSIGHT if grant else ReadKind.FOREIGN,
        summary=f"Läste {what} ({page})",
        scope=namnd.code,
        reason=grant.reason if grant else "",
    )


def log_export(
    subject: models.Model, *, reader: User | None, what: str, namnd: Namnd | None = None
) -> None:
    """Log that something was taken out as a file.

    reader: None for the program itself. namnd: whose it is; None for what is the city's.
    A file of another nämnd's is a download, and says with what reason when it is by insight.
    """
    own = namnd is None or reader is None or namnd.pk in reader.access.inside_ids()
    grant = None if own or reader is None else _grant(subject, reader)
    log_read(
        subject,
        actor=reader,
        kind=ReadKind.EXPORT if own else ReadKind.DOWNLOAD,
        summary=f"Tog ut {what}",
        scope=namnd.code if namnd else "",
        reason=grant.reason if grant else "",
    )


def log_unprotected(subject: models.Model, *, reader: User, what: str, scope: str = "") -> None:
    """Log that somebody was shown a page on which small numbers are not hidden."""
    log_read(
        subject,
        actor=reader,
        kind=ReadKind.PROTECTED,
        summary=f"Öppnade {what} med små tal synliga",
        scope=scope,
    )


def log_refusal(*, actor: User, page: str, status: int, namnd_code: str) -> None:
    """Log that a signed-in person was not let in, or asked for what is not there for them.

    page: the name of the page, never its address, which may hold what somebody typed.
    namnd_code: from the address; it counts only when there is such a nämnd.
    """
    known = bool(namnd_code) and Namnd.objects.filter(code=namnd_code).exists()
    log_read(
        None,
        actor=actor,
        kind=ReadKind.REFUSED,
        summary=f"Nekades sidan {page} ({status})",
        scope=namnd_code if known else "",
    )


def _grant(subject: models.Model, reader: User) -> InsightGrant | None:
    grants = InsightGrant.objects.open_to(reader)
    return grants.filter(subject=subject._meta.label_lower, subject_id=subject.pk).first()
