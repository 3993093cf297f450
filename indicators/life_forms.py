"""Forms with which the coordinator keeps an indicator through the years."""

import datetime as dt
from typing import Any

from django import forms

from indicators.models import Indicator, IndicatorGoal
from organisation.people_forms import date_field
from programme.enums import ProgrammeKind
from programme.forms import Revised, line_field
from programme.models import Goal

DECISION_HELP = "Till exempel ”Kommunfullmäktige 2024-11-21 § 12”."


def from_field(label: str = "Från och med") -> forms.DateField:
    return date_field(label, required=True)


def decision_field(label: str = "Enligt beslut", *, required: bool = True) -> forms.CharField:
    return line_field(label, help_text=DECISION_HELP, required=required)


class LinkChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        goal = obj.goal if isinstance(obj, IndicatorGoal) else obj
        text = f"{goal.label}. {goal.text}" if goal.text else goal.label
        return f"{goal.programme}: {text}"


class MoveForm(Revised):
    """From which goal to which, from when, and by which decision."""

    leaves = LinkChoice(
        label="Lämnar målet (frivilligt)",
        required=False,
        queryset=IndicatorGoal.objects.none(),
        empty_label="Inget: målet nedan är ett till",
        error_messages={"invalid_choice": "Välj ett mål i listan."},
    )
    goal = LinkChoice(
        label="Går till målet (frivilligt)",
        required=False,
        queryset=Goal.objects.none(),
        empty_label="Inget: den hör kvar till sina andra mål",
        error_messages={"invalid_choice": "Välj ett mål i listan."},
    )
    on = from_field()
    decision = decision_field()
    source = line_field("Källa (frivilligt)", required=False)

    def __init__(self, *args: Any, indicator: Indicator, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        links = IndicatorGoal.objects.filter(indicator=indicator, valid_to__isnull=True)
        goals = Goal.objects.filter(
            programme__kind=ProgrammeKind.STAD, programme__last_year__gte=today.year - 1
        )
        self.fields["leaves"].queryset = links.select_related(  # type: ignore[attr-defined]
            "goal__programme", "goal__parent"
        )
        self.fields["goal"].queryset = goals.select_related(  # type: ignore[attr-defined]
            "programme", "parent"
        ).in_order()
