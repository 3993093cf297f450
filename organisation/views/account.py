"""A person's own account: password, second factor, sessions."""

from typing import cast

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.domain import accounts
from organisation.forms import ChangePasswordForm
from organisation.models import User
from organisation.sign_in import sessions


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """How the person signs in, and what can be changed about it."""
    user = cast(User, request.user)
    held = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    passkeys = [a for a in held if a.type == Authenticator.Type.WEBAUTHN]
    has_app = any(a.type == Authenticator.Type.TOTP for a in held)
    codes = next((a for a in held if a.type == Authenticator.Type.RECOVERY_CODES), None)
    return render(
        request,
        "organisation/account.html",
        {
            "local": settings.LOCAL_ACCOUNTS and user.has_usable_password(),
            "passkeys": passkeys,
            "has_app": has_app,
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
            "must_add": settings.MFA_REQUIRED
            and not (passkeys or has_app)
            and not request.session.get(sessions.BY_PROVIDER),
            "idle_minutes": settings.SESSION_IDLE_SECONDS // 60,
            "max_hours": settings.SESSION_COOKIE_AGE // 3600,
        },
    )


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of the person ends."""
    user = cast(User, request.user)
    if not settings.LOCAL_ACCOUNTS or not user.has_usable_password():
        raise Http404("Not a local account.")
    if limited := ratelimit.consume_or_429(request, action="change_password", user=user):
        return limited
    form = ChangePasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        accounts.change_password(user, actor=user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(
            request, "Lösenordet är bytt. Du är utloggad på alla andra enheter där du var inloggad."
        )
        return redirect("account")
    return render(request, "organisation/change_password.html", {"form": form})


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Ends all of the person's sessions, this one too."""
    user = cast(User, request.user)
    accounts.sign_out_everywhere(user, actor=user)
    logout(request)
    messages.success(request, "Du är utloggad på alla enheter.")
    return redirect("sign-in")
