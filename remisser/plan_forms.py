"""Forms of planning: meetings, the nämnd's rules, anstånd."""

from collections.abc import Sequence
from typing import Any

from django import forms

from organisation.enums import MeetingKind
from organisation.people_forms import RefusableForm, date_field
from programme.forms import line_field, whole_number
from remisser.domain.planning import Rule
from remisser.domain.plans import MOST_DAYS
from remisser.enums import PlanAnchor, PlanStep


class MeetingForm(RefusableForm):
    date = date_field("Dag", required=True)
    starts_at = forms.TimeField(
        label="Klockan (frivilligt)",
        required=False,
        help_text="Behövs bara när nämnden har två sammanträden samma dag. Till exempel 17:00.",
        error_messages={"invalid": "Skriv klockslaget som 17:00."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="Slag",
        choices=MeetingKind.choices,
        error_messages={"required": "Välj slag.", "invalid_choice": "Välj ett slag i listan."},
    )
    agenda_on = date_field(
        "Utskick (frivilligt)",
        help_text="När handlingarna skickas ut. Tomt: räknas med nämndens regel.",
    )
    cancelled = forms.BooleanField(
        label="Inställt", required=False, help_text="Inga svar planeras till sammanträdet."
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)


class RulesForm(RefusableForm):
    """One row for each step: whether it is used, how many working days, and from what."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=500)

    def __init__(self, *args: Any, rules: Sequence[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = [rule.step for rule in rules]
        self.fields["seen"].initial = as_text(rules)
        for rule in rules:
            name = str(rule.step)
            always = rule.step in (PlanStep.UTSKICK, PlanStep.EXPEDIERING)
            if not always:
                self.fields[f"{name}-used"] = forms.BooleanField(
                    label=f"{rule.step.label} används", required=False, initial=rule.used
                )
            self.fields[f"{name}-days"] = whole_number(
                f"{rule.step.label}, antal arbetsdagar",
                least=0,
                most=MOST_DAYS,
                initial=rule.days,
            )
            if not always:
                self.fields[f"{name}-anchor"] = forms.ChoiceField(
                    label=f"{rule.step.label}, räknas",
                    choices=[(a.value, a.label) for a in PlanAnchor if a is not PlanAnchor.EFTER],
                    initial=rule.anchor,
                    error_messages={"invalid_choice": "Välj ur listan."},
                )
        self.fixed = {
            PlanStep.UTSKICK: PlanAnchor.SAMMANTRADE,
            PlanStep.EXPEDIERING: PlanAnchor.EFTER,
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields by step, for the table on the page."""
        return [
            {
                "label": step.label,
                "used": self[f"{step}-used"] if f"{step}-used" in self.fields else None,
                "days": self[f"{step}-days"],
                "anchor": self[f"{step}-anchor"] if f"{step}-anchor" in self.fields else None,
                "fixed": self.fixed[step].label if step in self.fixed else "",
            }
            for step in self.steps
        ]

    @property
    def rules(self) -> list[Rule]:
        data = self.cleaned_data
        return [
            Rule(
                step,
                data[f"{step}-days"],
                self.fixed.get(step) or PlanAnchor(data[f"{step}-anchor"]),
                step in self.fixed or data[f"{step}-used"],
            )
            for step in self.steps
        ]

    @property
    def seen_rules(self) -> list[Rule]:
        """The rules that the page showed; none when the field has been tampered with."""
        found = []
        for part in self.cleaned_data["seen"].split(","):
            match part.split(":"):
                case [step, days, anchor, used] if (
                    step in PlanStep.values and anchor in PlanAnchor.values and days.isdecimal()
                ):
                    found.append(Rule(PlanStep(step), int(days), PlanAnchor(anchor), used == "1"))
        return found


class AskExtensionForm(RefusableForm):
    until = date_field("Ny svarsdag som nämnden ber om", required=True)
    reason = line_field("Skäl", help_text="Varför nämnden behöver mer tid.")


class AnswerExtensionForm(RefusableForm):
    outcome = forms.ChoiceField(
        label="Vad svarade remittenten?",
        choices=[("ja", "Anstånd ges"), ("nej", "Anstånd ges inte")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad remittenten svarade."},
    )
    granted_until = date_field("Ny svarsdag", help_text="Bara om anstånd ges.")
    answered_on = date_field("När beskedet kom", required=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == "ja" and not data.get("granted_until"):
            self.add_error("granted_until", "Ange den nya svarsdagen.")
        if data.get("outcome") == "nej":
            data["granted_until"] = None
        return data


def as_text(rules: Sequence[Rule]) -> str:
    """The rules on one line, so that the page can say what it showed."""
    return ",".join(f"{r.step}:{r.days}:{r.anchor}:{int(r.used)}" for r in rules)
