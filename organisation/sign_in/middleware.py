"""Two gates behind the sign-in: a session's lifetime, and the second factor."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from organisation.sign_in import sessions

Answer = Callable[[HttpRequest], HttpResponse]

# What one reaches without the second factor that is asked for: the way to get one, and out.
OPEN_WITHOUT_SECOND_FACTOR = {
    "account",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "mfa_view_recovery_codes",
    "password-change",
    "sign-out",
    "sign-out-everywhere",
    "sign-in",
    "account_login",
    "health",
}


class SessionLifetimeMiddleware:
    """Ends a session that has been unused for too long, or is too old however used."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if sessions.is_over(request.session):
                logout(request)
                messages.info(
                    request,
                    "Du har blivit utloggad, eftersom det har gått en tid sedan du loggade in "
                    "eller använde Samlad. Logga in igen för att fortsätta.",
                )
            else:
                sessions.touch(request.session)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Where a second factor is required, a local account without one comes no further."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.MFA_REQUIRED or not request.user.is_authenticated:
            return None
        session = request.session
        if session.get(sessions.BY_PROVIDER) or session.get(sessions.HAS_SECOND_FACTOR):
            return None
        if has_second_factor(request.user):
            session[sessions.HAS_SECOND_FACTOR] = True
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        return redirect("account")


def has_second_factor(user: Any) -> bool:
    """Whether the person has a passkey or an app; codes in reserve alone are none."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()
