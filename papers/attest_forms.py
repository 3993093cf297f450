"""Forms of attest: whom to ask, to approve what was read, to send it back."""

from collections.abc import Sequence
from typing import Any

from django import forms

from organisation.forms import ProblemsMixin, no_personnummer
from organisation.models import User
from papers.forms import RevisionForm

PLACES = (
    ("first", "Attesterar först", "Välj vem som attesterar först."),
    ("second", "Därefter (frivilligt)", ""),
    ("third", "Därefter (frivilligt)", ""),
)


class SendToAttestForm(RevisionForm):
    """Whom to ask, in their order."""

    def __init__(self, *args: Any, heads: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = User.objects.filter(pk__in=[head.pk for head in heads]).order_by("name", "pk")
        for name, label, missing in PLACES:
            self.fields[name] = forms.ModelChoiceField(
                label=label,
                queryset=choices,
                required=bool(missing),
                empty_label="Välj chef" if missing else "Ingen",
                error_messages={
                    "required": missing,
                    "invalid_choice": "Välj en av nämndens chefer i listan.",
                },
            )

    @property
    def attestants(self) -> list[User]:
        """Those who were chosen; the form must be valid."""
        chosen = (self.cleaned_data[name] for name, _, _ in PLACES)
        return [person for person in chosen if person is not None]


class AttestForm(ProblemsMixin, forms.Form):
    """Carries which version was read."""

    sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z", widget=forms.HiddenInput)


class ReturnForm(RevisionForm):
    reason = forms.CharField(
        label="Vad behöver ändras?",
        max_length=200,
        validators=[no_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
        error_messages={"required": "Skriv vad som behöver ändras."},
    )
