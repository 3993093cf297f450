"""The log of readings that matter, and of who was at the door."""

from typing import TYPE_CHECKING

from django.db import models

from trace.domain.acting import way_in
from trace.enums import ReadKind
from trace.models import ReadLog

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def log_read(
    subject: models.Model | None = None,
    *,
    actor: "AbstractBaseUser | None",
    kind: ReadKind,
    summary: str,
    scope: str = "",
    reason: str = "",
) -> ReadLog:
    """Log that somebody took something out, opened something protected, or was let in or not.

    subject: what was read, or whose account it was; None when it is no one row.
    actor: who read; None when nobody is signed in.
    scope: code of the nämnd whose matter it is; "" for the city's.
    summary: a Swedish sentence without a final stop, without what was read and without what was
    typed at a refused sign-in (people type passwords in the wrong field).
    """
    return ReadLog.objects.create(
        kind=kind,
        actor=actor,  # type: ignore[misc]  # whichever model of people is set
        scope=scope,
        subject=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        summary=summary,
        reason=reason,
        through=way_in(),
    )
