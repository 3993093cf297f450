"""Forms of the organisation app, and what all forms of the house share."""

from typing import TypedDict

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class Problem(TypedDict):
    """One line of an error summary; see templates/includes/error_summary.html."""

    target: str
    label: str
    message: str


class ProblemsMixin:
    """Gives a form `problems`: its errors as lines that link to the fields they are about."""

    @property
    def problems(self) -> list[Problem]:
        found: list[Problem] = []
        for name, errors in self.errors.items():  # type: ignore[attr-defined]
            if name in self.fields:  # type: ignore[attr-defined]
                bound = self[name]  # type: ignore[index]
                target, label = bound.id_for_label or bound.auto_id, str(bound.label)
            else:
                target, label = "", ""
            found.extend(Problem(target=target, label=label, message=str(e)) for e in errors)
        return found


class SignInForm(ProblemsMixin, AuthenticationForm):
    """Same answer for an unknown name as for a wrong password."""

    username = forms.CharField(
        label="Användarnamn",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": "Skriv ditt användarnamn."},
    )
    password = forms.CharField(
        label="Lösenord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Skriv ditt lösenord."},
    )
    error_messages = {
        "invalid_login": "Användarnamnet eller lösenordet stämmer inte. Försök igen.",
        "inactive": "Användarnamnet eller lösenordet stämmer inte. Försök igen.",
    }
