"""Forms with which the coordinator keeps an indicator through the years."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery

from indicators.enums import Accumulation, Aggregation, Direction, GapKind, SuccessionKind
from indicators.fields import NumberField
from indicators.models import Indicator, IndicatorGoal, IndicatorVersion, Target
from organisation.models import Namnd
from organisation.people_forms import date_field
from programme.enums import ProgrammeKind
from programme.forms import Revised, line_field, text_field, whole_number
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


BREAK_CHOICES = [
    ("ja", "Ja: värden före och efter jämförs inte"),
    ("nej", "Nej: de betyder samma sak och jämförs"),
]


def yes_no(label: str, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **more)


def choice(label: str, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        error_messages={
            "required": f"Välj: {label[:1].lower()}{label[1:]}.",
            "invalid_choice": "Välj något i listan.",
        },
        **more,
    )


class DefinitionForm(Revised):
    """The definition as it is to be from a day; begins as what holds now."""

    valid_from = from_field()
    breaks_series = choice(
        "Brott i serien",
        BREAK_CHOICES,
        widget=forms.RadioSelect,
        help_text="Ändras enhet, skala, sammanläggning eller vad den avser bryts serien alltid.",
    )
    reason = text_field("Varför definitionen ändras", rows=2)
    name = line_field("Namn")
    definition = text_field("Definition (frivilligt)", required=False)
    unit = forms.CharField(
        label="Enhet", max_length=40, error_messages={"required": "Fyll i: enhet."}
    )
    scale = whole_number(
        "Skala", most=1_000_000, help_text="Vad en kvot räknas per: 100 för procent, annars 1."
    )
    aggregation = choice("Sammanläggning", Aggregation.choices)
    accumulation = choice("Avser", Accumulation.choices)
    direction = choice("Riktning", Direction.choices)
    numerator_label = line_field("Täljare (bara för en kvot)", required=False)
    denominator_label = line_field("Nämnare (bara för en kvot)", required=False)
    counts_people = yes_no("Räknar personer: små tal skyddas för andra")
    split_by_sex = yes_no("Delas på kön")
    whole_numbers = yes_no("Bara heltal")

    @classmethod
    def initial_of(cls, version: IndicatorVersion) -> dict[str, Any]:
        names = cls.base_fields.keys() - {"revision", "valid_from", "breaks_series", "reason"}
        return {name: getattr(version, name) for name in names}

    def clean_breaks_series(self) -> bool:
        return bool(self.cleaned_data["breaks_series"] == "ja")


class GapForm(Revised):
    """From when nobody is asked for it, until when, and why."""

    kind = choice("Vad som händer", GapKind.choices, widget=forms.RadioSelect)
    valid_from = from_field()
    valid_to = date_field(
        "Till och med (frivilligt)",
        help_text="Behövs om den inte mäts en tid. Lämna annars tomt.",
    )
    reason = text_field("Orsak", rows=3)


class ResumeForm(Revised):
    """The last day of such a time, and why it ends."""

    last_day = date_field("Sista dag utan indikatorn", required=True)
    reason = text_field("Orsak", rows=3)


class IndicatorChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name_now or obj.code} ({obj.code})"


class SuccessionForm(Revised):
    """Which indicators take its place, from when, and why."""

    kind = choice("Vad som händer", SuccessionKind.choices, widget=forms.RadioSelect)
    successors = IndicatorChoices(
        label="Indikatorer som kommer i stället",
        queryset=Indicator.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en indikator.",
            "invalid_choice": "Välj indikatorer i listan.",
            "invalid_pk_value": "Välj indikatorer i listan.",
        },
    )
    on = from_field()
    reason = text_field("Orsak", rows=3)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = IndicatorVersion.objects.filter(indicator=OuterRef("pk")).order_by("-number")
        self.fields["successors"].queryset = (  # type: ignore[attr-defined]
            Indicator.objects.exclude(pk=indicator.pk)
            .annotate(name_now=Subquery(newest.values("name")[:1]))
            .order_by("order", "code")
        )


class TargetForm(Revised):
    """Which årsmål becomes what, from when in its year, and by which decision."""

    year = whole_number("År", least=1990, most=2100)
    namnd = forms.ModelChoiceField(
        label="Vems årsmål",
        required=False,
        queryset=Namnd.objects.none(),
        empty_label="Hela stadens",
        error_messages={"invalid_choice": "Välj en nämnd i listan."},
    )
    value = NumberField(label="Nytt årsmål", error_messages={"required": "Skriv det nya årsmålet."})
    valid_from = from_field()
    decision = decision_field()

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Target.objects.filter(indicator=indicator, namnd__isnull=False)
        self.fields["namnd"].queryset = Namnd.objects.filter(  # type: ignore[attr-defined]
            pk__in=own.values("namnd")
        ).in_order()
