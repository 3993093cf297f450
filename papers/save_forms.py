"""Forms of a paper's saves: which two to lay beside each other, a name, going back."""

from django import forms

from organisation.forms import ProblemsMixin, no_personnummer
from papers.forms import RevisionForm

MAX_REVISION = 2_000_000_000


class CompareForm(ProblemsMixin, forms.Form):
    """Two saves, by their revisions."""

    fran = forms.IntegerField(min_value=0, max_value=MAX_REVISION)
    till = forms.IntegerField(min_value=0, max_value=MAX_REVISION)


class NameForm(ProblemsMixin, forms.Form):
    name = forms.CharField(
        label="Namn",
        max_length=80,
        required=False,
        validators=[no_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Till exempel ”till förvaltningsgruppen”. Lämna tomt för att ta bort namnet.",
    )


class RestoreForm(RevisionForm):
    reason = forms.CharField(
        label="Varför återställs texten?",
        max_length=200,
        validators=[no_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Skriv varför texten återställs."},
    )
