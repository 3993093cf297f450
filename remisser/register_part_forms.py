"""Forms for what is registered already: amending it, and putting more to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from organisation.domain.errors import Invalid
from organisation.forms import no_personnummer
from organisation.models import Namnd
from organisation.people_forms import RefusableForm, date_field
from programme.forms import Revised, line_field, whole_number
from remisser.domain.own_dnr import MOST
from remisser.domain.pasted import read_proposals
from remisser.models import DnrSeries, Remiss
from remisser.register_forms import (
    ASKED,
    FACTS,
    UNASKED,
    FilesMixin,
    InstancesMixin,
    MatterForm,
    OwnDnrMixin,
    instances_field,
    proposals_field,
)


class AmendForm(MatterForm, Revised):
    """The matter as it is registered, to be put right."""

    def __init__(self, *args: Any, remiss: Remiss, **kwargs: Any) -> None:
        initial = {name: getattr(remiss, name) for name in FACTS}
        initial |= {"revision": remiss.revision, "duplicate_reason": remiss.duplicate_reason}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.remiss = remiss

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.look_for_duplicates(but=self.remiss)
        return data


class AddInstancesForm(InstancesMixin, Revised):
    due_on = date_field("Svar senast, för alla (frivilligt)")
    instances = instances_field(required=True)
    field_order = ["instances", "due_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read_instances()


class InstanceForm(Revised):
    name = forms.CharField(
        label="Namn, som det står",
        max_length=200,
        validators=[no_personnummer],
        error_messages={"required": "Skriv namnet som det står."},
    )
    namnd = forms.ModelChoiceField(
        label="Nämnd",
        required=False,
        queryset=Namnd.objects.none(),
        empty_label="Ingen: instansen svarar utanför Samlad",
        help_text="Nämnder som har upphört är märkta.",
        error_messages={"invalid_choice": "Välj en nämnd i listan."},
    )
    due_on = date_field("Svar senast (frivilligt)")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["namnd"].queryset = Namnd.objects.in_order()  # type: ignore[attr-defined]
        today = timezone.localdate()
        self.fields["namnd"].label_from_instance = lambda namnd: (  # type: ignore[attr-defined]
            str(namnd) if namnd.exists_on(today) else f"{namnd} (har upphört)"
        )


class AppendProposalsForm(Revised):
    proposals = proposals_field(required=True)
    abridged = forms.BooleanField(label="Återgivna i korthet", required=False)

    def __init__(self, *args: Any, first: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first
        self.fields["proposals"].help_text += f" Den första får nummer {first}."

    def clean_proposals(self) -> tuple[str, ...]:
        try:
            return read_proposals(self.cleaned_data["proposals"], first=self.first)
        except Invalid as wrong:
            raise forms.ValidationError(wrong.message) from wrong


class ProposalForm(Revised):
    number = whole_number("Nummer", most=999)
    text = forms.CharField(
        label="Att-sats",
        max_length=4000,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv att-satsen."},
    )
    abridged = forms.BooleanField(label="Återgiven i korthet", required=False)


class OwnPartForm(OwnDnrMixin, RefusableForm):
    """A nämnd's own number and due date, and whether it was asked."""

    own_part = forms.ChoiceField(
        label="Varför svarar nämnden?",
        choices=[(ASKED, "Nämnden är tillfrågad"), (UNASKED, "På eget initiativ")],
        widget=forms.RadioSelect,
        initial=ASKED,
        error_messages={"required": "Välj varför.", "invalid_choice": "Välj i listan."},
    )
    due_on = date_field(
        "Nämndens svar senast (frivilligt)", help_text="En dag som har passerat går att skriva."
    )
    seen = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, series: Sequence[DnrSeries], typed: str, there: bool, **kwargs: Any
    ) -> None:
        """there: the nämnd stands on the remiss already."""
        super().__init__(*args, **kwargs)
        if there:
            del self.fields["own_part"]
        self.add_own_dnr(series, typed=typed)


class SeriesForm(RefusableForm):
    pattern = line_field(
        "Mönster",
        help_text="Med {nr} där löpnumret ska stå och {år} där året ska stå, till exempel "
        "3.1.1-{nr}/{år}.",
    )
    next_number = whole_number("Nästa nummer i år", most=MOST)


class ChangeSeriesForm(RefusableForm):
    next_number = whole_number("Nästa nummer i år", most=MOST)
    used = forms.BooleanField(label="Serien används", required=False)
    seen_next = forms.IntegerField(widget=forms.HiddenInput)
    seen_used = forms.BooleanField(widget=forms.HiddenInput, required=False)


class FilesForm(FilesMixin, RefusableForm):
    """More papers to a remiss that is registered."""

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_files((), is_open=is_open)
        self.fields["files"].label = "Handlingar"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (self.received.good or self.received.refused):
            self.add_error("files", "Välj minst en fil.")
        return data


class RemoveFileForm(RefusableForm):
    reason = line_field("Varför tas handlingen bort?")
