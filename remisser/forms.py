"""Forms of an answer (a stance on one proposal, or on all), and of what a remiss is about."""

from typing import Any

from django import forms

from organisation.models import User
from organisation.people_forms import RefusableForm
from papers.forms import RevisionForm, RichTextField
from programme.forms import line_field
from programme.models import Assignment, Goal
from remisser.enums import Stance
from remisser.models import Remiss


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


class LinkGoalForm(RefusableForm):
    goal = forms.ModelChoiceField(
        label="Mål",
        queryset=Goal.objects.none(),
        empty_label="Välj mål",
        error_messages={"required": "Välj ett mål.", "invalid_choice": "Välj ett mål i listan."},
    )
    source = line_field(
        "Källa", help_text="Var det står att remissen rör målet, eller att det är er egen tolkning."
    )

    def __init__(self, *args: Any, remiss: Remiss, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = Goal.objects.exclude(remiss_links__remiss=remiss)
        goals = goals.select_related("programme", "parent")
        field = self.fields["goal"]
        field.queryset = goals.in_order()  # type: ignore[attr-defined]
        field.label_from_instance = lambda goal: f"{goal.programme}: {goal}"[:110]  # type: ignore[attr-defined]


class LinkAssignmentForm(RefusableForm):
    assignment = forms.ModelChoiceField(
        label="Uppdrag",
        queryset=Assignment.objects.none(),
        empty_label="Välj uppdrag",
        error_messages={
            "required": "Välj ett uppdrag.",
            "invalid_choice": "Välj ett uppdrag i listan.",
        },
    )
    source = line_field(
        "Källa",
        help_text="Var det står att de hör ihop, eller att det är er egen tolkning.",
    )

    def __init__(self, *args: Any, remiss: Remiss, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Assignment.objects.visible_to(user).exclude(remiss_links__remiss=remiss)
        self.fields["assignment"].queryset = seen.order_by("title")  # type: ignore[attr-defined]
