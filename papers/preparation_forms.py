"""Forms of a paper's beredning."""

from typing import Any

from django import forms

from organisation.forms import ProblemsMixin, no_personnummer
from papers.domain.preparation import (
    DAY_MISSING,
    LONGEST_OUTCOME,
    MEETING_VERBS,
    NAME_MISSING,
    Facts,
)
from papers.enums import ConsultationKind, ConsultationVerb
from papers.forms import date_field
from papers.models import Consultation
from trace.uploads import PDF, WORD
from trace.uploads.field import UploadField


class ConsultationForm(ProblemsMixin, forms.Form):
    kind = forms.ChoiceField(
        label="Vilka är det?",
        choices=[("", "Välj"), *ConsultationKind.choices],
        error_messages={"required": "Välj vilka det är.", "invalid_choice": "Välj ur listan."},
    )
    name = forms.CharField(
        label="Namn",
        max_length=200,
        validators=[no_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Som det ska stå i handlingen, till exempel Förvaltningsgruppen, Rådet för "
        "funktionshinderfrågor eller Avdelningen för barn och unga.",
        error_messages={"required": NAME_MISSING},
    )
    verb = forms.ChoiceField(
        label="Vad hände?",
        choices=[("", "Välj"), *ConsultationVerb.choices],
        help_text="Den som har haft möjlighet att behandla ärendet har inte därmed behandlat det.",
        error_messages={"required": "Välj vad som hände.", "invalid_choice": "Välj ur listan."},
    )
    on = date_field("Dag")
    outcome = forms.CharField(
        label="Utfall (frivilligt)",
        required=False,
        max_length=LONGEST_OUTCOME,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En hel mening som kan stå i handlingen, till exempel: Rådet hade inga "
        "synpunkter.",
    )
    file = UploadField(
        (PDF, WORD),
        label="Protokoll eller yttrande (frivilligt)",
        required=False,
        help_text=f"PDF (högst {PDF.max_bytes >> 20} MB) eller Word (.docx, högst "
        f"{WORD.max_bytes >> 20} MB).",
        error_messages={
            "invalid": "Filen kom inte fram. Välj den igen.",
            "missing": "Filen kom inte fram. Välj den igen.",
        },
    )
    drop_file = forms.BooleanField(label="Ta bort filen", required=False)
    goes_along = forms.BooleanField(
        label="Filen följer med handlingen som bilaga",
        required=False,
        help_text="Då läser ledamöterna den efter utskicket, och den skickas med vid "
        "expedieringen. Bara PDF.",
    )
    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: Consultation | None = None, **kwargs: Any) -> None:
        """of: the consultation that is changed; None for a new one."""
        if of is not None:
            kwargs.setdefault(
                "initial",
                {
                    "kind": of.kind,
                    "name": of.name,
                    "verb": of.verb,
                    "on": of.on,
                    "outcome": of.outcome,
                    "goes_along": of.goes_along,
                    "revision": of.revision,
                },
            )
        super().__init__(*args, **kwargs)
        if of is None or not of.file_name:
            del self.fields["drop_file"]
        else:
            self.fields["file"].label = "Ny fil i stället (frivilligt)"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("verb") in MEETING_VERBS and not data.get("on") and "on" not in self.errors:
            self.add_error("on", DAY_MISSING)
        return data

    @property
    def facts(self) -> Facts:
        data = self.cleaned_data
        return Facts(
            data["kind"],
            data["name"],
            data["verb"],
            data["on"],
            data["outcome"],
            data["goes_along"],
        )
