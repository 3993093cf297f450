"""The form of expediering: to whom."""

from django import forms

from organisation.forms import no_personnummer
from papers.forms import RevisionForm


class DispatchForm(RevisionForm):
    recipients = forms.CharField(
        label="Till vilka skickas beslutet?",
        help_text="En mottagare på varje rad.",
        max_length=12_000,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv minst en mottagare."},
    )

    @property
    def names(self) -> list[str]:
        """One a line; the form must be valid."""
        return self.cleaned_data["recipients"].splitlines()
