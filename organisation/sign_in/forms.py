"""Forms of second factors and of proving again who one is: allauth's, in our words."""

from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.forms.fields import InvalidJSONInput

from organisation.forms import ProblemsMixin

# What comes in as a passkey's answer is a browser's or anybody's: any shape is refused calmly.
MISSHAPEN = (AttributeError, KeyError, TypeError, ValueError, IndexError)
LONGEST_CREDENTIAL = 50_000
"""Characters; a real one is a few thousand."""


class CredentialField(forms.JSONField):
    """A passkey's answer as the browser gives it, in JSON."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise get_adapter().validation_error("incorrect_code")
        try:
            return super().to_python(value)
        except RecursionError as error:  # brackets in brackets, deeper than anybody needs
            raise get_adapter().validation_error("incorrect_code") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        return InvalidJSONInput("")  # an answer is good once: the page that comes back asks anew


def _code_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        error_messages={"required": "Skriv koden."},
    )


class CodeForm(ProblemsMixin, AuthenticateForm):
    code = _code_field("Kod", "Sex siffror från appen, eller en av dina reservkoder.")


class ReauthenticateCodeForm(ProblemsMixin, CodeAgainForm):
    code = _code_field("Kod", "Sex siffror från appen, eller en av dina reservkoder.")


class ActivateAppForm(ProblemsMixin, ActivateTOTPForm):
    code = _code_field("Kod från appen", "De sex siffror som appen visar nu.")


class ReauthenticateForm(ProblemsMixin, PasswordAgainForm):
    password = forms.CharField(
        label="Lösenord",
        strip=False,
        max_length=512,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Skriv ditt lösenord."},
    )


def _name_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label="Namn på passnyckeln",
        help_text="Ett namn som du känner igen, till exempel ”Jobbdatorn”.",
        max_length=60,
        required=required,
        error_messages={"required": "Skriv ett namn."},
    )


class AddPasskeyForm(ProblemsMixin, AddWebAuthnForm):
    name = _name_field(required=False)
    credential = CredentialField()
    passwordless = forms.BooleanField(
        label="Logga in med bara passnyckeln, utan lösenord",
        required=False,
        initial=True,
    )

    def clean(self) -> dict:
        try:
            return super().clean()
        except MISSHAPEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskeyForm(ProblemsMixin, EditWebAuthnForm):
    name = _name_field(required=True)


class ShapeMixin:
    """Refuses an answer that is not even shaped like one."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MISSHAPEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyStepForm(ShapeMixin, AuthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeyReauthenticateForm(ShapeMixin, ReauthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeySignInForm(ShapeMixin, LoginWebAuthnForm):
    """A passkey opens a local account only: who signs in by the provider does so always."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        authenticator = super().clean_credential()
        if not authenticator.user.has_usable_password():
            raise get_adapter().validation_error("incorrect_code")
        return authenticator
