"""Forms of the samordnare: lay a responsibility, and end it."""

import datetime as dt
from typing import Any

from django import forms

from organisation.enums import NamndGroup
from organisation.forms import no_personnummer
from organisation.models import Namnd
from organisation.people_forms import RefusableForm, date_field
from programme.enums import ResponsibilityKind

DECISION_HELP = "Till exempel ”Kommunfullmäktige 2024-11-21 § 12”."


def decision_field() -> forms.CharField:
    return forms.CharField(
        label="Enligt beslut",
        max_length=250,
        validators=[no_personnummer],
        help_text=DECISION_HELP,
        error_messages={"required": "Ange beslutet."},
    )


class LayForm(RefusableForm):
    """Who is to answer, as what, from when, and by which decision."""

    who = forms.ChoiceField(
        label="Nämnd eller grupp",
        error_messages={
            "required": "Välj en nämnd eller en grupp.",
            "invalid_choice": "Välj en nämnd eller en grupp i listan.",
        },
    )
    kind = forms.ChoiceField(
        label="Ansvar",
        choices=ResponsibilityKind.choices,
        initial=ResponsibilityKind.ANSVARIG,
        error_messages={"required": "Välj vilket ansvar det är."},
        help_text="Den som är ansvarig redovisar. Den som medverkar deltar utan att redovisa.",
    )
    valid_from = date_field("Från och med", required=True)
    valid_to = date_field(
        "Till och med (frivilligt)", help_text="Lämna tomt om det gäller tills vidare."
    )
    decision = decision_field()

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A nämnd that has ceased may still be named for the time it was there.
        boards = list(Namnd.objects.in_order())
        now = [n for n in boards if n.valid_to is None or n.valid_to >= today]
        gone = [n for n in boards if n not in now]
        choices: list[tuple[str, Any]] = [
            ("", "Välj"),
            ("Grupper", [(f"grupp:{value}", label) for value, label in NamndGroup.choices]),
            ("Nämnder och bolag", [(f"namnd:{n.code}", n.name) for n in now]),
        ]
        if gone:
            ceased = [(f"namnd:{n.code}", f"{n.name} (till {n.valid_to})") for n in gone]
            choices.append(("Har upphört", ceased))
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        self._boards = {n.code: n for n in boards}

    def named(self) -> dict[str, Any]:
        """The choice as the command takes it: `namnd` or `group`."""
        what, _, value = self.cleaned_data["who"].partition(":")
        return {"group": value} if what == "grupp" else {"namnd": self._boards[value]}


class EndForm(RefusableForm):
    """The last day, and by which decision. `seen` is the last day that stood on the page."""

    last_day = date_field("Sista dag", required=True)
    decision = decision_field()
    seen = forms.DateField(required=False, widget=forms.HiddenInput)
