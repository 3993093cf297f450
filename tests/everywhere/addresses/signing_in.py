"""Signing in, and one's own account."""

from tests.everywhere.addresses.address import Address, Fields, given
from tests.everywhere.scenario import City


def _passkey(city: City) -> Fields:
    """Somebody else's, whoever asks; one's own are tried where signing in is."""
    return {"pk": city.passkey.pk}


SIGNING_IN = [
    Address("sign in", "sign-in", fields=given(username="reader", password="fel-losenord")),
    Address("sign in (account_login)", "account_login"),
    Address("code", "mfa_authenticate", fields=given(code="123456")),
    Address("sign in by passkey", "mfa_login_webauthn", fields=given(credential="{}")),
    Address("to the provider", "oidc-begin"),
    Address("from the provider", "oidc-callback"),
    Address("sign out", "sign-out"),
    Address("sign out (account_logout)", "account_logout"),
    Address("account", "account"),
    Address("account (mfa_index)", "mfa_index"),
    Address("change password", "password-change", fields=given(old_password="fel")),
    Address("sign out everywhere", "sign-out-everywhere"),
    Address("prove again", "account_reauthenticate", fields=given(password="fel")),
    Address("prove again by code", "mfa_reauthenticate", fields=given(code="123456")),
    Address("prove again by passkey", "mfa_reauthenticate_webauthn", fields=given(credential="{}")),
    Address("app", "mfa_activate_totp", fields=given(code="123456")),
    Address("remove app", "mfa_deactivate_totp"),
    Address("spare codes", "mfa_view_recovery_codes"),
    Address("new spare codes", "mfa_generate_recovery_codes"),
    Address("passkeys", "mfa_list_webauthn"),
    Address("new passkey", "mfa_add_webauthn", fields=given(credential="{}")),
    Address("rename passkey", "mfa_edit_webauthn", _passkey, given(name="Ny")),
    Address("remove passkey", "mfa_remove_webauthn", _passkey),
    Address("act for", "act-for", fields=given(seat="sodermalm")),
]
