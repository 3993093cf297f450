"""Forms of the organisation app, and what all forms of the house share."""

from typing import Any, TypedDict

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, UsernameField
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from organisation.personnummer import why_not_personnummer
from organisation.readable import REFUSED, is_readable


class Problem(TypedDict):
    """One line of an error summary; see templates/includes/error_summary.html."""

    target: str
    label: str
    message: str


def no_personnummer(value: str) -> None:
    """A validator for fields of free text. Raises ValidationError; the command says it too."""
    if problem := why_not_personnummer(value):
        raise forms.ValidationError(problem, code="personnummer")


class ProblemsMixin:
    """What all forms of the house share.

    `problems`: its errors as lines that link to the fields they are about. And a text that holds
    what cannot be kept is refused at its field, whatever else is wrong with it.
    """

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.fields:  # type: ignore[attr-defined]
            if self._is_unreadable(name):
                self.errors.pop(name, None)  # type: ignore[attr-defined]
                self.add_error(name, f"Texten {REFUSED}")  # type: ignore[attr-defined]

    def _is_unreadable(self, name: str) -> bool:
        given = self[name].data  # type: ignore[index]
        values = given if isinstance(given, list | tuple) else [given]
        return any(isinstance(v, str) and not is_readable(v) for v in values)

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


class SignInForm(ProblemsMixin, forms.Form):
    """User name and password. Same answer, and same work, for an unknown name as for a known."""

    username = UsernameField(
        label="Användarnamn",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": "Skriv ditt användarnamn."},
    )
    password = forms.CharField(
        label="Lösenord",
        strip=False,
        max_length=512,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Skriv ditt lösenord."},
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.person: Any = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            # Counts the attempt first and takes the count back when the password was right;
            # the hasher runs once whether or not the name is known.
            self.person = get_adapter(self.request).authenticate(
                self.request, username=data["username"], password=data["password"]
            )
            if self.person is None:
                raise forms.ValidationError(
                    "Användarnamnet eller lösenordet stämmer inte. Försök igen."
                )
        return data


class ChangePasswordForm(ProblemsMixin, PasswordChangeForm):
    """The old password, and a new one twice."""

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": "Det nuvarande lösenordet stämmer inte.",
        "password_mismatch": "De två nya lösenorden är inte lika.",
    }

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(user, data)
        for name, label in (
            ("old_password", "Nuvarande lösenord"),
            ("new_password1", "Nytt lösenord"),
            ("new_password2", "Nytt lösenord en gång till"),
        ):
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = f"Skriv {label[0].lower()}{label[1:]}."
            field.validators.append(MaxLengthValidator(512))
            field.widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = (
            "Minst 12 tecken, gärna flera ord. Det får inte likna ditt namn "
            "eller vara ett vanligt lösenord."
        )
        self.fields["new_password2"].help_text = ""
