"""Signing in by the identity provider: out to it, back from it, and who it is.

allauth gives the road (state, PKCE, the exchange of the code); what comes back is believed by
`id_token.verify_id_token` alone. The provider says who somebody is; what they may do stands in
our database.
"""

import secrets
from typing import Any

import requests
from allauth.account.utils import perform_login
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from organisation.models import User
from organisation.sign_in.adapters import PROVIDER_ID
from organisation.sign_in.id_token import Expected, TokenRefused, verify_id_token
from organisation.sign_in.journal import note_refusal

LONGEST_CLAIM = 150
"""Characters of what names a person; a user name has the same limit."""


class SignInRefused(Exception):
    """This sign-in comes to nothing. `reason` is a fixed word, for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownPerson(SignInRefused):
    """The provider vouched for somebody who is not (or no longer) a person in Samlad."""


class Road(OpenIDConnectOAuth2Adapter):
    """The provider's addresses, and ours to come back to."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("oidc-callback"))

    @property
    def basic_auth(self) -> bool:
        # A provider that says nothing takes the secret as HTTP Basic (Discovery 1.0, section 3).
        return (
            "token_endpoint_auth_methods_supported" not in self.openid_config or super().basic_auth
        )


class Provider(OpenIDConnectProvider):
    """The provider of the settings, with one road: its description is fetched once a request."""

    @cached_property
    def road(self) -> Road:
        return Road(self.request, PROVIDER_ID)

    def get_oauth2_adapter(self, request: HttpRequest) -> Road:
        return self.road


def provider_for(request: HttpRequest) -> Provider:
    """Raises SocialApp.DoesNotExist when no identity provider is set."""
    return Provider(request, app=get_adapter(request).get_app(request, provider=PROVIDER_ID))


def address_to_provider(request: HttpRequest, *, next_url: str) -> str:
    """Where to send the browser; what must come back with it is kept in the session.

    next_url: where the person was going, already found safe.
    Raises SignInRefused when the provider does not answer.
    """
    provider = provider_for(request)
    nonce = secrets.token_urlsafe(32)
    parameters = {"nonce": nonce}
    if settings.OIDC_ACR_VALUES:
        parameters["acr_values"] = " ".join(settings.OIDC_ACR_VALUES)
    _discover(provider.road)
    try:
        response = provider.redirect(
            request, "login", next_url=next_url, auth_params=parameters, nonce=nonce
        )
    except (requests.RequestException, OAuth2Error, KeyError, ValueError) as error:
        raise SignInRefused("provider-unreachable") from error
    return response.headers["Location"]


def complete(request: HttpRequest) -> HttpResponse:
    """What the browser brought back becomes a signed-in session, and the way on.

    Raises SignInRefused (UnknownPerson when only the person is missing).
    """
    provider = provider_for(request)
    try:
        state = provider.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied as error:
        raise SignInRefused("state") from error
    if "error" in request.GET:
        refused = request.GET["error"] == "access_denied"
        raise SignInRefused("cancelled" if refused else "provider-error")
    if not request.GET.get("code"):
        raise SignInRefused("no-code")
    # RFC 9207: an answer that says who it is from must be from the one we asked.
    if request.GET.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        raise SignInRefused("answer-issuer")
    claims = _claims(request, provider, state)
    person = find_person(claims)
    request.samlad_by_provider = True  # type: ignore[attr-defined]  # read by our account adapter
    return perform_login(request, person, redirect_url=state.get("next"))


def _discover(adapter: Road) -> dict[str, Any]:
    """The provider's own description of itself, which must be its own."""
    try:
        document = adapter.openid_config
    except (requests.RequestException, ValueError) as error:
        raise SignInRefused("provider-unreachable") from error
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not isinstance(document, dict) or document.get("issuer") != settings.OIDC_ISSUER:
        raise SignInRefused("discovery-issuer")
    if not all(isinstance(document.get(name), str) for name in needed):
        raise SignInRefused("discovery")
    secure = settings.OIDC_ISSUER.startswith("https://")
    if secure and not all(document[name].startswith("https://") for name in needed):
        raise SignInRefused("discovery")
    return document


def _claims(
    request: HttpRequest,
    provider: Provider,
    state: dict[str, Any],
) -> dict[str, Any]:
    adapter = provider.road
    document = _discover(adapter)
    client = adapter.get_client(request, provider.app)
    try:
        answer = adapter.get_access_token_data(
            request, provider.app, client, pkce_code_verifier=state.get("pkce_code_verifier")
        )
        with get_adapter().get_requests_session() as session:
            response = session.get(document["jwks_uri"])
            response.raise_for_status()
            keys = response.json()
    except requests.RequestException as error:
        raise SignInRefused("provider-unreachable") from error
    except (OAuth2Error, ValueError, TypeError) as error:
        raise SignInRefused("code") from error
    expected = Expected(
        issuer=settings.OIDC_ISSUER,
        client_id=settings.OIDC_CLIENT_ID,
        nonce=state["nonce"],
        algorithms=settings.OIDC_ALGORITHMS,
        acr_values=settings.OIDC_ACR_VALUES,
    )
    try:
        return verify_id_token(answer.get("id_token"), keys=keys, expected=expected)
    except TokenRefused as error:
        raise SignInRefused(error.reason) from error


def find_person(claims: dict[str, Any]) -> User:
    """The person whom a believed token is about, by the claim and the field of the settings.

    Makes the person only where OIDC_CREATE_PEOPLE says so, and then without any role.
    Raises UnknownPerson.
    """
    value = claims.get(settings.OIDC_PERSON_CLAIM)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_CLAIM or not value.isprintable():
        raise UnknownPerson("person-claim")
    person = User.objects.filter(**{settings.OIDC_PERSON_FIELD: value}).first()
    if person is None and settings.OIDC_CREATE_PEOPLE:
        person = _create_person(value, claims)
    if person is None:
        raise UnknownPerson("unknown-person")
    if not person.is_active:
        raise UnknownPerson("inactive")
    return person


def _create_person(value: str, claims: dict[str, Any]) -> User | None:
    name = claims.get("name")
    person = User(
        username=value,
        name=name[:150] if isinstance(name, str) and name.isprintable() else "",
        **({"identity": value} if settings.OIDC_PERSON_FIELD == "identity" else {}),
    )
    person.set_unusable_password()
    try:
        UnicodeUsernameValidator()(value)
        with transaction.atomic():
            person.save()
    except (ValidationError, IntegrityError):
        # The name is taken, by somebody whom the provider did not vouch for, or is no user name.
        note_refusal("identity-provider", "cannot-create")
        return None
    return person
