"""Who came in, who went out and who was not let in: to the log of the trace."""

from typing import Any

import pghistory
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from organisation.models import User
from trace.domain import ReadKind, log_read


@receiver(user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    # What the request writes from here on is theirs: it began with nobody signed in.
    pghistory.context(user=user.pk)
    log_read(user, actor=user, kind=ReadKind.SIGN_IN, summary="Loggade in")


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    # Without a person: somebody whose session had already ended.
    if user is not None:
        log_read(user, actor=user, kind=ReadKind.SIGN_OUT, summary="Loggade ut")


@receiver(user_login_failed)
def sign_in_refused(credentials: dict[str, Any], **_: Any) -> None:
    """Whose account it was is kept when there is one, but never what was typed: people write
    their password in the wrong field. Nobody is signed in, so nobody is named as the one who did
    it, and how many there were of an unknown name is seen by their number."""
    account = User.objects.filter(username=str(credentials.get("username") or "")[:150]).first()
    summary = "Nekades inloggning" if account else "Nekades inloggning med ett okänt namn"
    log_read(account, actor=None, kind=ReadKind.SIGN_IN_REFUSED, summary=summary)
