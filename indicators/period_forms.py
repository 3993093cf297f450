"""Forms of the coordinator's pages: periods, days, more time, reminders."""

from collections.abc import Iterable
from typing import Any

from django import forms

from indicators.domain.errors import Refused
from indicators.domain.periods import MAX_REASON
from indicators.domain.reminders import BODY, MAX_BODY, MAX_SUBJECT, SUBJECT
from indicators.enums import PeriodKind
from indicators.models import Period
from organisation.enums import NamndKind
from organisation.forms import ProblemsMixin, no_personnummer
from organisation.models import Namnd
from organisation.people_forms import date_field


class PeriodFormBase(ProblemsMixin, forms.Form):
    """A form whose command may say no: the refusal stands on top of it."""

    def refuse(self, refusal: Refused) -> None:
        self.add_error(None, refusal.message)


class PlanForm(PeriodFormBase):
    kind = forms.ChoiceField(label="Rapport", choices=PeriodKind.choices)
    year = forms.IntegerField(
        label="År",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Skriv ett år.",
            "invalid": "Skriv året med fyra siffror.",
            "min_value": "Skriv året med fyra siffror.",
            "max_value": "Skriv året med fyra siffror.",
        },
    )
    due_on = date_field("Ska vara inlämnad (kan sättas senare)")


class DueDatesForm(PeriodFormBase):
    """One day for all, and one for each kind of nämnd that differs."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    due_on = date_field("Alla nämnder och bolag")

    def __init__(self, period: Period, data: Any = None) -> None:
        super().__init__(data, auto_id="datum-%s", use_required_attribute=False)
        self.initial = {"revision": period.revision, "due_on": period.due_on}
        own = {one.kind: one.due_on for one in period.due_dates.all()}
        for kind in NamndKind:
            name = f"kind-{kind.value}"
            self.fields[name] = date_field(f"{kind.label}, om en annan dag gäller")
            self.initial[name] = own.get(kind.value)

    @property
    def of_kinds(self) -> dict[str, Any]:
        return {kind.value: self.cleaned_data.get(f"kind-{kind.value}") for kind in NamndKind}


def _reason_field(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MAX_REASON,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


class MoveForm(PeriodFormBase):
    """What is to be done with the period. The command knows when a reason is needed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    action = forms.CharField(widget=forms.HiddenInput)
    reason = _reason_field("Varför?", "Skriv varför.")

    def __init__(self, data: Any = None, *, action: str = "", revision: int = 0) -> None:
        super().__init__(data, auto_id=f"{action or 'flytta'}-%s", use_required_attribute=False)
        self.fields["reason"].required = False
        self.initial = {"action": action, "revision": revision}


class ExtensionForm(PeriodFormBase):
    namnd = forms.ModelChoiceField(
        Namnd.objects.none(),
        label="Nämnd",
        empty_label="Välj nämnd",
        to_field_name="code",
        error_messages={
            "required": "Välj en nämnd.",
            "invalid_choice": "Nämnden ska inte rapportera perioden.",
        },
    )
    until = date_field("Till och med", required=True)
    reason = _reason_field("Varför?", "Skriv varför nämnden får mer tid.")

    def __init__(self, namnder: Iterable[Namnd], data: Any = None) -> None:
        super().__init__(data, auto_id="tid-%s", use_required_attribute=False)
        ids = [namnd.pk for namnd in namnder]
        self.fields["namnd"].queryset = Namnd.objects.filter(pk__in=ids).in_order()  # type: ignore[attr-defined]


class CorrectionAnswerForm(PeriodFormBase):
    """The coordinator's answer to a nämnd that wants to correct its report."""

    until = date_field("Öppen för rättelse till och med")
    answer = _reason_field("Svar till nämnden", "Skriv varför rapporten inte öppnas.")

    def __init__(self, pk: int, data: Any = None) -> None:
        super().__init__(data, auto_id=f"svar-{pk}-%s", use_required_attribute=False)
        self.fields["answer"].required = False


class ReminderForm(PeriodFormBase):
    """To whom, and with what words. The nämnder are ticked in the table of the page."""

    subject = forms.CharField(
        label="Ämne",
        max_length=MAX_SUBJECT,
        initial=SUBJECT,
        validators=[no_personnummer],
        error_messages={"required": "Skriv ett ämne."},
    )
    body = forms.CharField(
        label="Text",
        max_length=MAX_BODY,
        initial=BODY,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": "Skriv en text."},
        help_text="[nämnd], [sista dag] och [period] byts ut mot varje nämnds egna uppgifter.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="paminn-%s", use_required_attribute=False)
