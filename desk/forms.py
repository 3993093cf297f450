"""Forms of the desk."""

from typing import Any

from django import forms

from indicators.models import Period
from organisation.forms import no_personnummer
from organisation.models import Namnd
from organisation.people_forms import RefusableForm
from remisser.models import Remiss


class InsightForm(RefusableForm):
    """Which report or answer the systemförvaltare needs to read, and why."""

    namnd = forms.ModelChoiceField(
        label="Nämnd",
        queryset=Namnd.objects.none(),
        empty_label="Välj nämnd",
        error_messages={"required": "Välj nämnd.", "invalid_choice": "Välj en nämnd i listan."},
    )
    period = forms.ModelChoiceField(
        label="Rapport för perioden",
        required=False,
        queryset=Period.objects.none(),
        empty_label="Ingen rapport",
        error_messages={"invalid_choice": "Välj en period i listan."},
    )
    remiss = forms.ModelChoiceField(
        label="Eller svaret på remissen",
        required=False,
        queryset=Remiss.objects.none(),
        empty_label="Inget svar",
        error_messages={"invalid_choice": "Välj en remiss i listan."},
    )
    reason = forms.CharField(
        label="Varför behöver du läsa?",
        validators=[no_personnummer],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nämnden ser det du skriver i historiken.",
        error_messages={"required": "Skriv varför du behöver läsa."},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["namnd"].queryset = Namnd.objects.in_order()  # type: ignore[attr-defined]
        self.fields["period"].queryset = Period.objects.started().order_by("-ends_on")  # type: ignore[attr-defined]
        self.fields["period"].label_from_instance = lambda period: period.label  # type: ignore[attr-defined]
        self.fields["remiss"].queryset = Remiss.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [name for name in ("period", "remiss") if data.get(name)]
        if len(chosen) != 1 and not ({"period", "remiss"} & self.errors.keys()):
            self.add_error("period", "Välj antingen en rapport eller ett svar.")
        return data
