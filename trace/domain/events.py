"""Writing events."""

from typing import TYPE_CHECKING

from django.db import connection, models
from django.utils import timezone

from trace.models import Event

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

_INSERT = """
INSERT INTO trace_event
    (happened_at, actor_id, scope, subject, subject_id, verb, summary, reason)
VALUES (%(happened_at)s, %(actor_id)s, %(scope)s, %(subject)s, %(subject_id)s, %(verb)s,
    %(summary)s, %(reason)s)
RETURNING id
"""


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
    event = Event(
        happened_at=timezone.now(),
        actor_id=actor.pk if actor else None,
        scope=scope,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        summary=summary,
        reason=reason,
    )
    # Written at every field that is saved: as one ready statement, not put together anew.
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, event.__dict__)
        event.pk = cursor.fetchone()[0]
    event._state.adding = False
    if actor is not None:
        event.actor = actor  # type: ignore[assignment]  # whichever model of people is set
    return event
