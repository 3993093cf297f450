"""Where allauth asks us: accounts, the identity provider as an app, second factors."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.encoding import force_bytes

from organisation.sign_in import sessions
from organisation.sign_in.journal import note_refusal, note_sign_in

PROVIDER_ID = "identitet"
PURPOSE = b"samlad second factors"
"""Makes the key of these secrets another than that of anything else the secret key is for."""

SAID = {
    "mfa/messages/recovery_codes_generated.txt": "Du har nya reservkoder.",
    "mfa/messages/totp_activated.txt": (
        "Appen är tillagd. Nästa gång du loggar in frågar Samlad efter en kod."
    ),
    "mfa/messages/totp_deactivated.txt": "Appen är borttagen.",
    "mfa/messages/webauthn_added.txt": "Passnyckeln är tillagd.",
    "mfa/messages/webauthn_removed.txt": "Passnyckeln är borttagen.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts: nobody signs up, and a road that is switched off is closed everywhere."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontot går inte att logga in med.",
        "incorrect_code": "Koden stämmer inte, eller är för gammal. Skriv den som visas nu.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "too_many_login_attempts": (
            "Det har blivit för många misslyckade försök. Vänta en kvart och försök sedan igen."
        ),
        "rate_limited": "Det har blivit för många försök. Vänta en stund och försök sedan igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        message: str | None = None,
        **kwargs: Any,
    ) -> None:
        """A sentence of ours for what allauth has to say; where we have none, nothing."""
        text = message or SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, text)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if not settings.LOCAL_ACCOUNTS:
            raise self.validation_error("account_inactive")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_refusal("local", "credentials")

    def get_login_stages(self) -> list[str]:
        # The provider vouches for two factors by `acr`; a second one of ours would add nothing.
        if getattr(self.request, "samlad_by_provider", False):
            return []
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        if getattr(request, "samlad_by_provider", False):
            request.session[sessions.BY_PROVIDER] = True

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        by_provider = request.session.get(sessions.BY_PROVIDER, False)
        note_sign_in(user, "identity-provider" if by_provider else "local")
        return super().post_login(request, user, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        note_refusal("local", "inactive")
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("sign-in")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        if self.request is not None and sessions.is_fresh(self.request.session):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        words = {
            reverse("account_reauthenticate"): "Använd ditt lösenord",
            reverse("mfa_reauthenticate"): "Använd en kod från appen",
            reverse("mfa_reauthenticate_webauthn"): "Använd en passnyckel",
        }
        methods = super().get_reauthentication_methods(user)
        return [m | {"description": words[m["url"]]} for m in methods]

    def is_safe_url(self, url: str) -> bool:
        # Only within Samlad: other names of ours are other places for a person to be sent to.
        return bool(url) and url.startswith("/") and super().is_safe_url(url)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """The one identity provider is what the settings say: none from the database."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        if not settings.OIDC_ISSUER or provider not in (None, "openid_connect", PROVIDER_ID):
            return []
        issuer = settings.OIDC_ISSUER.rstrip("/")
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=PROVIDER_ID,
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings={
                    "server_url": f"{issuer}/.well-known/openid-configuration",
                    "oauth_pkce_enabled": True,
                    "scope": settings.OIDC_SCOPES,
                },
            )
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def generate_state_param(self, state: dict) -> str:
        return Fernet.generate_key().decode().rstrip("=")  # 256 random bits, fit for an address


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors, with their secrets kept enciphered in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Du behöver ha kvar en tvåstegsinloggning.",
        "cannot_generate_recovery_codes": (
            "Lägg först till en passnyckel eller en app. Sedan kan du skapa reservkoder."
        ),
        "incorrect_code": "Det stämde inte. Försök igen.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken when no secret key of ours, old or new, wrote it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        return user.username

    def _get_site_name(self) -> str:
        return "Samlad"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passnyckel {held + 1}"


def _cipher() -> MultiFernet:
    """Keys made from the secret key and its predecessors, so that a change locks nobody out."""
    secrets = [force_bytes(s) for s in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    keys = [HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(secret) for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


@receiver(authenticator_removed)
def forget_second_factor(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """The last one may be gone: the gate looks again at the next request."""
    request.session.pop(sessions.HAS_SECOND_FACTOR, None)
