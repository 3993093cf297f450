"""Forms of an answer: a stance on one proposal, or on all of them together."""

from django import forms

from papers.forms import RevisionForm, RichTextField
from remisser.enums import Stance


class PositionForm(RevisionForm):
    stance = forms.ChoiceField(
        label="Ställningstagande",
        required=False,
        choices=[("", "Inget valt"), *Stance.choices],
        widget=forms.Select,
        error_messages={"invalid_choice": "Välj ett av ställningstagandena i listan."},
    )
    body = RichTextField(label="Nämndens svar")


class CollectiveForm(RevisionForm):
    collective = forms.TypedChoiceField(
        label="Hur besvaras att-satserna?",
        choices=[("nej", "En och en"), ("ja", "Alla samlat")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj hur att-satserna besvaras.",
            "invalid_choice": "Välj hur att-satserna besvaras.",
        },
    )
    stance = forms.ChoiceField(
        label="Samlat ställningstagande",
        required=False,
        choices=[("", "Inget valt"), *Stance.choices],
        help_text="Gäller bara när alla besvaras samlat.",
        error_messages={"invalid_choice": "Välj ett av ställningstagandena i listan."},
    )
