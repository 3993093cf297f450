"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView

from organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from organisation.forms import SignInForm
from organisation.models import User


class SignIn(LoginView):
    """User name and password; in the demo also one button for each role."""

    template_name = "organisation/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO_SIGN_IN:
            there = set(User.objects.values_list("username", flat=True))
            context["demo_accounts"] = [a for a in DEMO_ACCOUNTS if a.username in there]
            context["demo_password"] = DEMO_PASSWORD
        return context


class SignOut(LogoutView):
    """Signing out: by POST only, so that no link or image can do it."""
