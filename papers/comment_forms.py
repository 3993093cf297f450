"""Forms of what is said about a paper, and of who writes which section."""

from typing import Any

from django import forms

from organisation.forms import ProblemsMixin, no_personnummer
from organisation.models import User
from papers.domain.comments import MAX_QUOTE, MAX_TEXT, NO_PLACE, NOTHING_SAID
from papers.domain.tasks import UNIT_MISSING
from papers.forms import date_field


class ReplyForm(ProblemsMixin, forms.Form):
    text = forms.CharField(
        label="Kommentar",
        max_length=MAX_TEXT,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": NOTHING_SAID},
    )


class ThreadForm(ReplyForm):
    place = forms.ChoiceField(
        label="Vad gäller det?",
        error_messages={"required": NO_PLACE, "invalid_choice": NO_PLACE},
    )
    quote = forms.CharField(
        label="Vilka ord? (frivilligt)",
        required=False,
        max_length=MAX_QUOTE,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kopiera orden ur texten. Tomt betyder att kommentaren gäller hela avsnittet.",
    )
    field_order = ["place", "quote", "text"]

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Välj avsnitt"), *((p.key, p.heading) for p in places)]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


class TaskForm(ProblemsMixin, forms.Form):
    key = forms.ChoiceField(
        label="Avsnitt",
        error_messages={"required": "Välj avsnitt.", "invalid_choice": "Välj avsnitt i listan."},
    )
    unit = forms.CharField(
        label="Enhet eller avdelning",
        max_length=120,
        validators=[no_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": UNIT_MISSING},
    )
    person = forms.ModelChoiceField(
        label="Vem skriver?",
        queryset=User.objects.none(),
        empty_label="Välj person",
        help_text="Den som har en roll i nämnden. Personen får skriva i avsnittet.",
        error_messages={"required": "Välj person.", "invalid_choice": "Välj en person i listan."},
    )
    due_on = date_field("Senast")
    note = forms.CharField(
        label="Anteckning (frivillig)",
        required=False,
        max_length=250,
        validators=[no_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, sections: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Välj avsnitt"), *((s.key, s.heading) for s in sections)]
        self.fields["key"].choices = choices  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["due_on"].required = True
        self.fields["due_on"].error_messages["required"] = (
            "Skriv vilken dag avsnittet ska vara klart."
        )
