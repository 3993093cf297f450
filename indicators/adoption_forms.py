"""The form in which a nämnd's decision on its verksamhetsplan is registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import Truncator

from indicators.domain.adoption import PlanInput, check_plan
from indicators.domain.checks import PER_CENT
from indicators.domain.numbers import format_number
from indicators.domain.plans import Plan, PlanActivity, PlanGoal, PlanIndicator
from indicators.fields import DayField, NumberField, TextField
from organisation.forms import Problem, ProblemsMixin

DECIDED_ON, PARAGRAPH, REASON = "beslutad", "paragraf", "orsak"


@dataclass(frozen=True)
class ActivityTick:
    row: PlanActivity
    field: BoundField


@dataclass(frozen=True)
class IndicatorTick:
    row: PlanIndicator
    field: BoundField
    target: BoundField | None
    """None where there is nothing to aim at in figures: a question of yes or no."""
    unit: str


@dataclass(frozen=True)
class GoalTicks:
    goal: PlanGoal
    activities: tuple[ActivityTick, ...]
    indicators: tuple[IndicatorTick, ...]
    own: BoundField


def activity_name(row: PlanActivity) -> str:
    return f"aktivitet-{row.activity.code}"


def indicator_name(row: PlanIndicator) -> str:
    return f"indikator-{row.indicator.code}"


def target_name(row: PlanIndicator) -> str:
    return f"arsmal-{row.indicator.code}"


def own_name(goal: PlanGoal) -> str:
    return f"egna-{goal.goal.pk}"


class AdoptionForm(ProblemsMixin, forms.Form):
    """Date and paragraph, a tick for each activity and indicator, own activities and årsmål."""

    def __init__(self, plan: Plan, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.plan = plan
        saved = plan.adoption
        self.fields[DECIDED_ON] = DayField(label="Nämndens beslut den", required=False)
        self.fields[DECIDED_ON].widget.attrs["class"] = "form-control"
        self.fields[PARAGRAPH] = forms.CharField(
            label="Paragraf",
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        )
        if saved is not None:
            self.initial[DECIDED_ON] = saved.decided_on.isoformat()
            self.initial[PARAGRAPH] = saved.paragraph
        for goal in plan.goals:
            self._add_goal(goal)
        if saved is not None:
            self.fields[REASON] = TextField(
                label="Varför ändras det som är registrerat?",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )

    def _add_goal(self, goal: PlanGoal) -> None:
        # The first time nothing is ticked: what a nämnd adopts is what it says that it adopts.
        for activity in goal.activities:
            name = activity_name(activity)
            self.fields[name] = _tick(activity.text)
            self.initial[name] = activity.is_adopted
        for indicator in goal.indicators:
            name = indicator_name(indicator)
            self.fields[name] = _tick(indicator.definition.name)
            self.initial[name] = indicator.is_adopted
            if not indicator.definition.is_yes_no:
                name = target_name(indicator)
                field = NumberField(
                    label=f"{Truncator(indicator.definition.name).chars(60)}, nämndens årsmål",
                    required=False,
                )
                field.widget.attrs["class"] = "form-control number-field"
                self.fields[name] = field
                if indicator.own_target is not None:
                    self.initial[name] = format_number(indicator.own_target)
        name = own_name(goal)
        self.fields[name] = TextField(
            label=f"{goal.goal.label}, egna aktiviteter",
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        )
        self.initial[name] = "\n".join(goal.own_activities)

    def clean(self) -> dict[str, Any]:
        names = {"decided_on": DECIDED_ON, "paragraph": PARAGRAPH, "reason": REASON}
        names_of = {
            ("target", row.indicator.pk): target_name(row) for row in self.plan.indicators
        } | {("own", goal.goal.pk): own_name(goal) for goal in self.plan.goals}
        for problem in check_plan(self.plan, self.given):
            name = names.get(problem.about) or names_of[problem.about, problem.pk]
            if name not in self.errors:
                self.add_error(name, problem.message)
        return self.cleaned_data

    @property
    def given(self) -> PlanInput:
        """What was typed, as far as it was understood."""
        said = self.cleaned_data
        targets: dict[int, Decimal | None] = {
            row.indicator.pk: said.get(target_name(row)) for row in self.plan.indicators
        }
        return PlanInput(
            decided_on=said.get(DECIDED_ON),
            paragraph=said.get(PARAGRAPH) or "",
            activity_ids=frozenset(
                row.activity.pk for row in self.plan.activities if said.get(activity_name(row))
            ),
            indicator_ids=frozenset(
                row.indicator.pk for row in self.plan.indicators if said.get(indicator_name(row))
            ),
            own_activities={
                goal.goal.pk: [
                    line.strip()
                    for line in (said.get(own_name(goal)) or "").split("\n")
                    if line.strip()
                ]
                for goal in self.plan.goals
            },
            targets={pk: value for pk, value in targets.items() if value is not None},
            reason=said.get(REASON) or "",
        )

    @property
    def problems(self) -> list[Problem]:
        """In the order of the page."""
        order = {str(field.label): place for place, field in enumerate(self.fields.values())}
        return sorted(super().problems, key=lambda problem: order.get(problem["label"], -1))

    @property
    def revision(self) -> str:
        """The revision that the person saw first; 0 when nothing was registered."""
        adoption = self.plan.adoption
        return self.data.get("revision") or str(adoption.revision if adoption else 0)

    def goals(self) -> list[GoalTicks]:
        """The fields in the order of the page."""
        return [
            GoalTicks(
                goal=goal,
                activities=tuple(
                    ActivityTick(row, self[activity_name(row)]) for row in goal.activities
                ),
                indicators=tuple(self._indicator(row) for row in goal.indicators),
                own=self[own_name(goal)],
            )
            for goal in self.plan.goals
        ]

    def _indicator(self, row: PlanIndicator) -> IndicatorTick:
        name = target_name(row)
        return IndicatorTick(
            row=row,
            field=self[indicator_name(row)],
            target=self[name] if name in self.fields else None,
            unit="procent" if row.definition.unit == PER_CENT else row.definition.unit,
        )


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(
        label=label,
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
