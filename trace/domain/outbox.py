"""Mail that is posted with what it tells of, and sent afterwards, however long that takes."""

import datetime as dt
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import QuerySet

from trace.enums import MailState
from trace.models import Mail

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# Waits between attempts: a server that is down for a night has been tried again by the morning.
WAITS = tuple(dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
GIVEN_UP_AFTER = len(WAITS) + 1
LOCK = 7_264_611
LONGEST_ERROR = 250


@dataclass(frozen=True)
class Sending:
    """What one round came to."""

    sent: int
    put_off: int
    """Could not be sent now and will be tried again."""
    given_up: int


def post_mail(
    *,
    key: str,
    person: "AbstractBaseUser",
    subject: str,
    body: str,
    posted_by: "AbstractBaseUser | None",
    scope: str = "",
) -> bool:
    """Lay one message in the outbox, inside the caller's transaction.

    key: what it is about and to whom. A message with a known key is not posted again; the answer
    says whether it was posted now.
    subject: one line; line breaks become spaces, so that nothing typed becomes a header.
    Raises ValueError when the person has no address: the caller says so to whoever posts.
    """
    address = getattr(person, "email", "")
    if not address:
        raise ValueError(f"{person} has no address")
    _, posted = Mail.objects.get_or_create(
        key=key,
        defaults={
            "person": person,  # type: ignore[misc]  # whichever model of people is set
            "address": address,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "posted_by": posted_by,
            "scope": scope,
        },
    )
    return posted


def send_mail_that_waits(
    *, now: dt.datetime, sender: str, backend: BaseEmailBackend | None = None
) -> Sending:
    """Send what is due, the oldest first; what fails is tried again later, with longer waits.

    Each message is marked sent in a transaction of its own, right after the server took it. Only
    one sender works at a time. When the server itself cannot be reached the round ends at once:
    the others need not wait for the same thing.
    backend: a mail backend; the one of the settings when None.
    """
    counts = {"sent": 0, "put_off": 0, "given_up": 0}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return Sending(**counts)
    server = backend or get_connection(fail_silently=False)
    try:
        for pk in list(_due(now).values_list("pk", flat=True)):
            outcome, reachable = _send_one(pk, server, sender, now)
            counts[outcome] += 1
            if not reachable:
                break
    finally:
        server.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return Sending(**counts)


def _due(now: dt.datetime) -> QuerySet[Mail]:
    due = Mail.objects.filter(state=MailState.VANTAR, next_attempt_at__lte=now)
    return due.order_by("posted_at", "pk")


@transaction.atomic
def _send_one(pk: int, server: BaseEmailBackend, sender: str, now: dt.datetime) -> tuple[str, bool]:
    """The outcome for one message, and whether the server could be reached."""
    mail = Mail.objects.select_for_update().get(pk=pk)
    message = EmailMessage(
        mail.subject,
        mail.body,
        sender,
        [mail.address],
        # The same message sent twice, after a crash, is known by its name.
        headers={"Message-ID": f"<samlad-{mail.pk}@{sender.partition('@')[2] or 'samlad'}>"},
        connection=server,
    )
    mail.attempts += 1
    refused, reachable = "", True
    try:
        message.send()
    except (SMTPRecipientsRefused, ValueError):
        # A ValueError: no address at all, or one that would have become a header.
        refused = "Adressen togs inte emot."
    except OSError as error:  # smtplib's own errors are OSErrors too
        refused, reachable = f"Servern svarade inte ({type(error).__name__}).", False
    if not refused:
        mail.state, mail.sent_at, mail.last_error = MailState.SKICKAT, now, ""
        outcome = "sent"
    elif mail.attempts >= GIVEN_UP_AFTER:
        mail.state, outcome = MailState.UPPGIVET, "given_up"
    else:
        mail.next_attempt_at, outcome = now + WAITS[mail.attempts - 1], "put_off"
    mail.last_error = refused[:LONGEST_ERROR]
    mail.save(
        update_fields=["state", "sent_at", "last_error", "attempts", "next_attempt_at"],
    )
    return outcome, reachable
