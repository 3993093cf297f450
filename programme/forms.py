"""Forms with which the coordinator keeps a programme's content."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from organisation.forms import no_personnummer
from organisation.people_forms import RefusableForm, date_field
from programme.domain.correcting import Correctable
from programme.domain.parts import Facts
from programme.enums import ProgrammeKind
from programme.models import Activity, Goal, Perspective, Precondition, Programme, ViolenceType

CODE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_WORDS = "Små bokstäver a–z, siffror och bindestreck."
LONGEST_TEXT = 4000


def text_field(label: str, *, required: bool = True, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"Fyll i: {label[:1].lower()}{label[1:]}."},
        **more,
    )


def line_field(label: str, *, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=250,
        validators=[no_personnummer],
        error_messages={"required": f"Fyll i: {label[:1].lower()}{label[1:]}."},
        **more,
    )


def whole_number(label: str, *, most: int, least: int = 1, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "number-field"}),
        error_messages={
            "required": "Skriv ett heltal.",
            "invalid": "Skriv ett heltal.",
            "min_value": f"Talet ska vara minst {least}.",
            "max_value": f"Talet får vara högst {most}.",
        },
        **more,
    )


def code_field(label: str, help_text: str) -> forms.RegexField:
    return forms.RegexField(
        CODE_PATTERN,
        label=label,
        max_length=50,
        help_text=f"{help_text} {CODE_WORDS}",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        error_messages={"required": "Skriv en kod.", "invalid": CODE_WORDS},
    )


class Revised(RefusableForm):
    """A form that says which state of the row it was filled in on."""

    revision = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": "Öppna sidan på nytt.", "invalid": "Öppna sidan på nytt."},
    )


class TaggedForm(RefusableForm):
    """The tags that a programme, a goal or an activity may carry."""

    violence_types = forms.ModelMultipleChoiceField(
        label="Våldstyper",
        required=False,
        queryset=ViolenceType.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    perspectives = forms.ModelMultipleChoiceField(
        label="Perspektiv",
        required=False,
        queryset=Perspective.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["violence_types"].queryset = ViolenceType.objects.order_by("order", "code")  # type: ignore[attr-defined]
        self.fields["perspectives"].queryset = Perspective.objects.order_by("order", "code")  # type: ignore[attr-defined]


class FactsForm(TaggedForm):
    """What is known of a goal or an activity beside its text."""

    source = line_field(
        "Källa", required=False, help_text="Var det står. Utan källa märks det som exempel."
    )
    is_example = forms.BooleanField(
        label="Exempel: inte programmets egna ord", required=False, initial=False
    )
    valid_from = date_field(
        "Gäller från (frivilligt)", help_text="Tomt: från programmets första dag."
    )
    valid_to = date_field(
        "Gäller till och med (frivilligt)", help_text="Tomt: till programmets sista dag."
    )

    tags_from = date_field(
        "Märkningen ändras från (frivilligt)",
        help_text="Det du kryssar för gäller från den dagen, och det du tar bort till dagen innan. "
        "Tomt: som om det alltid hade varit så.",
    )
    tags_source = line_field(
        "Källa för märkningen (frivilligt)",
        required=False,
        help_text="Gäller det du kryssar för nu. Tomt: samma källa som ovan.",
    )

    field_order = [
        "source", "is_example", "valid_from", "valid_to", "violence_types", "perspectives",
        "tags_from", "tags_source",
    ]  # fmt: skip

    def facts(self) -> Facts:
        """What was filled in. Call when the form is valid."""
        data = self.cleaned_data
        return Facts(
            source=data["source"],
            is_example=data["is_example"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            violence_types=tuple(data["violence_types"]),
            perspectives=tuple(data["perspectives"]),
            tags_from=data["tags_from"],
            tags_source=data["tags_source"],
        )

    @staticmethod
    def initial_of(row: Goal | Activity) -> dict[str, Any]:
        return {
            "revision": row.revision,
            "source": row.source,
            "is_example": row.is_example,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "violence_types": _going_on(row.violence_type_links, "violencetype"),
            "perspectives": _going_on(row.perspective_links, "perspective"),
        }


def _going_on(links: Any, tag: str) -> list[int]:
    """Keys of the tags that have not ended."""
    return list(links.going_on(timezone.localdate()).values_list(tag, flat=True))


class NewGoalForm(FactsForm):
    number = whole_number("Nummer", most=999)
    parent = forms.ModelChoiceField(
        label="Delmål till (frivilligt)",
        required=False,
        queryset=Goal.objects.none(),
        empty_label="Inget: det är ett mål",
        error_messages={"invalid_choice": "Välj ett mål i listan."},
    )
    text = text_field(
        "Målets text",
        required=False,
        help_text="Lämna tomt om det är känt att målet finns, men inte vad det säger.",
    )
    field_order = ["number", "parent", "text", *FactsForm.field_order]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = Goal.objects.top().filter(programme=programme).order_by("number")
        self.fields["parent"].queryset = tops  # type: ignore[attr-defined]
        self.fields["source"].help_text = "Tomt: samma källa som programmets."


class GoalFactsForm(FactsForm, Revised):
    """text_known: a text that is known changes by a decision, on a page of its own."""

    text = text_field(
        "Målets text",
        required=False,
        help_text="Texten är inte inlagd än. När den är det ändras den genom en ny lydelse.",
    )
    field_order = ["text", *FactsForm.field_order]

    def __init__(self, *args: Any, text_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if text_known:
            del self.fields["text"]
        self.fields["source"].help_text = "Tomt: samma källa som programmets."


class NewActivityForm(FactsForm):
    code = code_field("Kod", "Står i adressen och kan inte ändras.")
    text = text_field("Aktivitetens text")
    order = whole_number("Ordning på målets sida", most=9999, least=0, initial=0)
    field_order = ["code", "text", "order", *FactsForm.field_order]


class ActivityFactsForm(FactsForm, Revised):
    order = whole_number("Ordning på målets sida", most=9999, least=0)
    field_order = ["order", *FactsForm.field_order]


class WordingForm(Revised):
    """A new wording of a goal or an activity."""

    text = text_field("Ny lydelse")
    valid_from = date_field(
        "Gäller från",
        required=True,
        help_text="Uppföljningar av tidigare perioder behåller den text som gällde då.",
    )
    decision = line_field("Beslut", help_text="Vem som beslutade, när och i vilken paragraf.")
    source = line_field("Källa (frivilligt)", required=False)


class CorrectionForm(Revised):
    """A slip of the pen in what a goal or an activity says."""

    since = forms.ChoiceField(
        label="Lydelse",
        required=False,
        help_text="Det som är uppföljt och låst läses som det skrevs; där gäller rättelsen från "
        "dagen efter.",
        error_messages={"invalid_choice": "Välj en lydelse i listan."},
    )
    text = text_field("Rättad text")
    reason = line_field(
        "Varför", help_text="Vad som var fel. En ändring i sak görs i stället som en ny lydelse."
    )

    def __init__(self, *args: Any, choices: Sequence[Correctable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].choices = [  # type: ignore[attr-defined]
            (each.since.isoformat() if each.since else "", _called(each)) for each in choices
        ]

    def clean_since(self) -> dt.date | None:
        told = self.cleaned_data["since"]
        return dt.date.fromisoformat(told) if told else None


def _called(each: Correctable) -> str:
    name = f"Lydelsen från {each.since}" if each.since else "Den ursprungliga lydelsen"
    return f"{name} (rättas från {each.holds_from})" if each.holds_from else name


class PreconditionForm(Revised):
    text = text_field("Vad som behöver vara på plats")
    source = line_field("Källa", required=False)
    is_example = forms.BooleanField(
        label="Exempel: inte programmets egna ord", required=False, initial=False
    )
    order = whole_number("Ordning", most=9999, least=0, initial=0)
    valid_from = date_field("Gäller från (frivilligt)")
    valid_to = date_field("Gäller till och med (frivilligt)")

    @staticmethod
    def initial_of(row: Precondition) -> dict[str, Any]:
        names = ("text", "source", "is_example", "order", "valid_from", "valid_to")
        return {name: getattr(row, name) for name in names}


class LinkForm(RefusableForm):
    other = forms.ModelChoiceField(
        label="Motsvarar",
        queryset=Goal.objects.none(),
        empty_label="Välj mål i ett annat program",
        error_messages={"required": "Välj ett mål.", "invalid_choice": "Välj ett mål i listan."},
    )
    source = line_field("Källa", help_text="Var det står att målen motsvarar varandra.")
    valid_from = date_field("Gäller från (frivilligt)")
    valid_to = date_field("Gäller till och med (frivilligt)")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Goal.objects.exclude(programme=programme).select_related("programme", "parent")
        self.fields["other"].queryset = others.in_order()  # type: ignore[attr-defined]
        self.fields["other"].label_from_instance = lambda goal: f"{goal.programme}: {goal}"[:110]  # type: ignore[attr-defined]


class UnlinkForm(RefusableForm):
    last_day = date_field(
        "Sista dag (frivilligt)",
        help_text="Tomt: länken tas bort helt, som en som aldrig har gällt.",
    )


class ProgrammeForm(TaggedForm):
    name = text_field("Programmets hela namn", rows=3)
    short_name = forms.CharField(
        label="Kort namn",
        max_length=80,
        validators=[no_personnummer],
        error_messages={"required": "Skriv ett kort namn."},
    )
    kind = forms.ChoiceField(label="Slag", choices=ProgrammeKind.choices)
    first_year = whole_number("Första år", least=1990, most=2100)
    last_year = whole_number("Sista år", least=1990, most=2100)
    source = line_field("Källa")
    vision = text_field("Vision (frivilligt)", required=False)
    note = text_field(
        "Anmärkning (frivilligt)",
        required=False,
        help_text="Till exempel vad som är känt om programmet men inte finns här.",
    )
    field_order = [
        "name", "short_name", "slug", "kind", "first_year", "last_year", "source", "vision", "note",
    ]  # fmt: skip


class NewProgrammeForm(ProgrammeForm):
    slug = code_field("Adress", "Står i programmets adress och kan inte ändras.")


class ProgrammeFactsForm(ProgrammeForm, Revised):
    pass
