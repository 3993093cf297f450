from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from organisation.views import account, acting, sign_in


def local(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of local accounts: it is not there when they are off, nor for who has none.

    Somebody who signs in by the identity provider must not make a way in that goes round it.
    """

    @wraps(view)  # what says whether a page is open to all comes along
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        has_none = user.is_authenticated and not user.has_usable_password()
        if not settings.LOCAL_ACCOUNTS or has_none:
            raise Http404("Not a local account.")
        return view(request, *args, **kwargs)

    return guarded


# allauth finds its pages by its own names for them; only those that Samlad has are here. There is
# no signing up, no address of e-mail to manage and no new password by e-mail.
urlpatterns = [
    path("logga-in/", sign_in.sign_in, name="account_login"),
    path("logga-in/", sign_in.sign_in, name="sign-in"),
    path("logga-in/kod/", local(second_factor.authenticate), name="mfa_authenticate"),
    path("logga-in/passnyckel/", sign_in.passkey, name="mfa_login_webauthn"),
    path("logga-in/identitet/", sign_in.to_provider, name="oidc-begin"),
    path("logga-in/identitet/svar/", sign_in.from_provider, name="oidc-callback"),
    path("logga-ut/", sign_in.sign_out, name="account_logout"),
    path("logga-ut/", sign_in.sign_out, name="sign-out"),
    path("konto/", account.account, name="mfa_index"),
    path("konto/", account.account, name="account"),
    path("konto/losenord/", account.change_password, name="password-change"),
    path("konto/logga-ut-overallt/", account.sign_out_everywhere, name="sign-out-everywhere"),
    path("konto/bekrafta/", local(reauthenticate), name="account_reauthenticate"),
    path("konto/bekrafta/kod/", local(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "konto/bekrafta/passnyckel/",
        local(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("konto/app/", local(app.activate_totp), name="mfa_activate_totp"),
    path("konto/app/ta-bort/", local(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("konto/reservkoder/", local(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "konto/reservkoder/nya/",
        local(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("konto/passnycklar/", local(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("konto/passnycklar/ny/", local(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "konto/passnycklar/<int:pk>/namn/", local(passkeys.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(
        "konto/passnycklar/<int:pk>/ta-bort/",
        local(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("agera/", acting.act_for, name="act-for"),
]
