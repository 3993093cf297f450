"""Signing in and out: with a password, with a passkey, or by the identity provider."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from organisation.forms import SignInForm
from organisation.models import User
from organisation.sign_in import oidc
from organisation.sign_in.journal import note_refusal


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; in the demo also one button for each role."""
    going_to = _going_to(request)
    if request.user.is_authenticated:
        return redirect(going_to or "start")
    form = None
    if settings.LOCAL_ACCOUNTS:
        form = SignInForm(request, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            return perform_login(request, form.person, redirect_url=going_to or None)
    elif request.method == "POST":
        raise Http404("Local accounts are off.")
    return render(request, "organisation/sign_in.html", _page(form, going_to))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """By POST only, so that no link or image can do it. The session is gone on the server."""
    logout(request)
    return redirect("sign-in")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """What a browser needs to ask for a passkey (GET, as JSON), and what it found (POST)."""
    if not settings.LOCAL_ACCOUNTS:
        raise Http404("Local accounts are off.")
    return login_webauthn(request)


@login_not_required
@never_cache
@require_POST
def to_provider(request: HttpRequest) -> HttpResponse:
    """Sends the browser to the identity provider, by a page and not by a redirect.

    `form-action 'self'` holds for every redirect that follows a form, and a provider may send
    people on to places that we cannot know; a page that refreshes begins anew.
    """
    if not settings.OIDC_ISSUER:
        raise Http404("No identity provider is set.")
    if limited := ratelimit.consume_or_429(request, action="to_provider"):
        return limited
    try:
        address = oidc.address_to_provider(request, next_url=_going_to(request))
    except oidc.SignInRefused as refused:
        return _refusal(request, refused)
    response = render(request, "organisation/to_provider.html", {"address": address})
    response.headers["Refresh"] = f"0; url={address}"
    return response


@login_not_required
@never_cache
@require_safe
def from_provider(request: HttpRequest) -> HttpResponse:
    """Where the identity provider sends the browser back to."""
    if not settings.OIDC_ISSUER:
        raise Http404("No identity provider is set.")
    try:
        return oidc.complete(request)
    except oidc.SignInRefused as refused:
        return _refusal(request, refused)


def _refusal(request: HttpRequest, refused: oidc.SignInRefused) -> HttpResponse:
    """One calm page for whatever was wrong; which it was stands in the log."""
    note_refusal("identity-provider", refused.reason)
    unknown = isinstance(refused, oidc.UnknownPerson)
    return render(
        request,
        "organisation/sign_in_refused.html",
        {"unknown": unknown, "provider": settings.OIDC_NAME},
        status=403,
    )


def _going_to(request: HttpRequest) -> str:
    """The page in Samlad that the person wanted; empty for anything else, such as another site."""
    address = request.POST.get("next") or request.GET.get("next", "")
    return address if get_adapter(request).is_safe_url(address) else ""


def _page(form: SignInForm | None, going_to: str) -> dict[str, Any]:
    page: dict[str, Any] = {
        "form": form,
        "next": going_to,
        "passkey_address": _with_next(reverse("mfa_login_webauthn"), going_to),
        "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
    }
    if settings.DEMO_SIGN_IN and settings.LOCAL_ACCOUNTS:
        there = set(User.objects.values_list("username", flat=True))
        page["demo_accounts"] = [a for a in DEMO_ACCOUNTS if a.username in there]
        page["demo_password"] = DEMO_PASSWORD
    return page


def _with_next(address: str, going_to: str) -> str:
    return f"{address}?{urlencode({'next': going_to})}" if going_to else address
