"""Writing events."""

from typing import TYPE_CHECKING

from django.db import models

from trace.models import Event

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def record(
    subject: models.Model,
    *,
    actor: "AbstractBaseUser | None",
    verb: str,
    summary: str,
    scope: str = "",
    reason: str = "",
) -> Event:
    """Write one event about `subject`, inside the caller's transaction.

    actor: who did it; None for the program itself (a command run from the shell).
    scope: code of the nämnd whose matter it is.
    summary: a Swedish sentence without a final stop.
    """
    return Event.objects.create(
        actor=actor,  # type: ignore[misc]  # whichever model of people is set
        scope=scope,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        summary=summary,
        reason=reason,
    )
