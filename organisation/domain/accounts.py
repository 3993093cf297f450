"""What is done to somebody's account: password, sessions, second factor."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from organisation.models import User
from organisation.personnummer import why_not_personnummer
from trace.domain import record


@transaction.atomic
def change_password(user: User, *, actor: User, password: str) -> None:
    """Give `user` a new password. Every session that began with the old one is over.

    password: found good enough by the form.
    Raises PermissionDenied when somebody else than the person asks.
    """
    if actor != user:
        raise PermissionDenied
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user, actor=actor, verb="losenord-bytt", summary="Bytte lösenord")


@transaction.atomic
def sign_out_everywhere(user: User, *, actor: User) -> None:
    """End every session of `user`, on every device, from the next request on.

    Raises PermissionDenied unless the person or a systemförvaltare asks.
    """
    if actor != user and not actor.access.is_systemforvaltare:
        raise PermissionDenied
    _end_sessions(user)
    record(user, actor=actor, verb="utloggad-overallt", summary="Loggade ut på alla enheter")


@transaction.atomic
def remove_second_factors(user: User, *, actor: User, reason: str) -> None:
    """Take away somebody's passkeys, app and codes, as when the telephone is lost.

    The person signs in with the password alone after it and is asked for a new second factor,
    so whoever does this makes sure first, by other means, who is asking. Ends all sessions.
    Raises PermissionDenied unless a systemförvaltare asks, ValueError without a reason.
    """
    if not actor.access.is_systemforvaltare:
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("Skriv en orsak.")
    if problem := why_not_personnummer(reason, "Orsaken"):
        raise ValueError(problem)
    Authenticator.objects.filter(user_id=user.pk).delete()
    _end_sessions(user)
    record(
        user,
        actor=actor,
        verb="tvasteg-borttagen",
        summary="Tog bort tvåstegsinloggningen",
        reason=reason,
    )


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
