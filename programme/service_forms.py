"""Forms of stöd och insatser: the search by fields, and the record itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from organisation.forms import ProblemsMixin, no_personnummer
from organisation.models import Namnd
from organisation.people_forms import RefusableForm
from programme.domain.services.ages import AgeSpan, parse_ages
from programme.domain.services.keeping import ServiceFacts
from programme.domain.services.need import MOST_WORDS, Need
from programme.domain.services.vocabulary import Vocabulary, small
from programme.enums import Anonymity, Audience, Provider, Reach
from programme.models import Goal, ViolenceType
from programme.models.service import OLDEST

NOT_IN_LIST = "Välj i listan."
FIELDS_OF_NEED = {
    "violence_types": "vald",
    "audiences": "roll",
    "namnder": "stadsdel",
    "providers": "huvudman",
}


class NeedForm(ProblemsMixin, forms.Form):
    """A need: in words of one's own (`q`), or field by field."""

    q = forms.CharField(
        label="Vad behövs?",
        required=False,
        max_length=300,
        validators=[no_personnummer],
        help_text="Till exempel: 17 år, hedersrelaterat, anonymt. Skriv inget om vem det är.",
    )
    alder = forms.CharField(
        label="Ålder",
        required=False,
        max_length=60,
        help_text="Till exempel 17, 13–17 eller 18+. Flera med komma emellan.",
    )
    vald = forms.MultipleChoiceField(
        label="Våldstyp", required=False, widget=forms.CheckboxSelectMultiple
    )
    roll = forms.MultipleChoiceField(
        label="För",
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_IN_LIST},
    )
    anonym = forms.BooleanField(label="Man ska få vara anonym", required=False)
    stadsdel = forms.MultipleChoiceField(
        label="Stadsdel", required=False, widget=forms.CheckboxSelectMultiple
    )
    huvudman = forms.MultipleChoiceField(
        label="Huvudman",
        required=False,
        choices=Provider.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_IN_LIST},
    )
    ord = forms.CharField(
        label="Andra ord",
        required=False,
        max_length=150,
        validators=[no_personnummer],
        help_text="Till exempel skyddat boende. Orden avgör ordningen när annat också är ifyllt.",
    )

    def __init__(self, data: Any, *, vocabulary: Vocabulary) -> None:
        super().__init__(data)
        types = list(vocabulary.violence_types.items())
        districts = [(district.code, district.name) for district in vocabulary.districts]
        for name, choices in (("vald", types), ("stadsdel", districts)):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = NOT_IN_LIST

    def clean_alder(self) -> tuple[AgeSpan, ...]:
        try:
            return parse_ages(self.cleaned_data["alder"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    @property
    def need(self) -> Need:
        """What the fields say; the words of one's own are for whoever understands them."""
        data = self.cleaned_data
        words = dict.fromkeys(small(data["ord"]).replace(",", " ").split())
        return Need(
            ages=data["alder"],
            anonymous=data["anonym"],
            words=tuple(words)[:MOST_WORDS],
            **{name: tuple(data[field]) for name, field in FIELDS_OF_NEED.items()},
        )


def fields_of(need: Need) -> dict[str, Any]:
    """The fields of NeedForm that say `need`."""
    found: dict[str, Any] = {
        field: list(getattr(need, name)) for name, field in FIELDS_OF_NEED.items()
    }
    found["alder"] = ", ".join(ages.code for ages in need.ages)
    found["anonym"] = need.anonymous
    found["ord"] = " ".join(need.words)
    return found


def query_of(need: Need) -> list[tuple[str, str]]:
    """The same, as pairs for an address; "" for nothing asked."""
    pairs: list[tuple[str, str]] = []
    for name, value in fields_of(need).items():
        values = value if isinstance(value, list) else ["ja" if value is True else value]
        pairs += [(name, each) for each in values if each]
    return sorted(pairs)


def _age_field(label: str, help_text: str) -> forms.IntegerField:
    # As text: a field of numbers would take 1e2, and let a mouse wheel change it.
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=OLDEST,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Skriv åldern med siffror, till exempel 18.",
            "min_value": "En ålder är minst 0.",
            "max_value": f"En ålder är högst {OLDEST}.",
        },
    )


def _text(label: str, most: int, *, required: str = "", **more: Any) -> forms.CharField:
    errors = {"required": required} if required else {}
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(required),
        validators=[no_personnummer],
        error_messages=errors,
        **more,
    )


class ServiceForm(RefusableForm):
    """One record of the register. What nobody knows is left empty."""

    name = _text("Namn", 200, required="Skriv vad verksamheten heter.")
    description = _text(
        "Vad man får där (frivilligt)", 2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    provider = forms.ChoiceField(
        label="Huvudman",
        required=False,
        choices=[("", "Uppgift saknas"), *Provider.choices],
        error_messages={"invalid_choice": NOT_IN_LIST},
    )
    operator = _text("Drivs av (frivilligt)", 200)
    age_from = _age_field("Från ålder (frivilligt)", "Alla åldrar: skriv 0 och lämna nästa tomt.")
    age_to = _age_field("Till och med ålder (frivilligt)", "Tomt: ingen övre gräns.")
    violence_types = forms.ModelMultipleChoiceField(
        label="Våldstyper (inget ikryssat: uppgift saknas)",
        required=False,
        queryset=ViolenceType.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_IN_LIST},
    )
    audiences = forms.MultipleChoiceField(
        label="För vem (inget ikryssat: uppgift saknas)",
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_IN_LIST},
    )
    anonymous = forms.ChoiceField(
        label="Får man vara anonym?",
        choices=Anonymity.choices,
        initial=Anonymity.OKANT,
        help_text="Ja bara när verksamheten själv har sagt det.",
        error_messages={"required": NOT_IN_LIST, "invalid_choice": NOT_IN_LIST},
    )
    how_to_reach = _text(
        "Så når man dem (frivilligt)", 1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    website = forms.URLField(
        label="Webbplats (frivilligt)",
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Skriv webbplatsen som https://www.exempel.se."},
    )
    reach = forms.ChoiceField(
        label="Finns för",
        choices=Reach.choices,
        initial=Reach.OKANT,
        error_messages={"required": NOT_IN_LIST, "invalid_choice": NOT_IN_LIST},
    )
    namnder = forms.ModelMultipleChoiceField(
        label="Vilka stadsdelar eller nämnder",
        required=False,
        queryset=Namnd.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_IN_LIST},
    )
    place_note = _text("Om platsen (frivilligt)", 250)
    goals = forms.ModelMultipleChoiceField(
        label="Mål som den hör till (frivilligt)",
        required=False,
        queryset=Goal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_IN_LIST},
    )
    source = _text(
        "Källa", 250, help_text="Varifrån uppgifterna kommer. Bara exempel får sakna källa."
    )
    is_example = forms.BooleanField(label="Påhittat exempel", required=False)
    verified = forms.BooleanField(
        label="Jag har kontrollerat uppgifterna med verksamheten i dag",
        required=False,
        help_text="Utan kryss räknas en ändrad post som okontrollerad.",
    )

    def __init__(
        self, data: Any = None, *, namnder: Sequence[Namnd], facts: ServiceFacts | None = None
    ) -> None:
        super().__init__(data, initial=_initial(facts) if facts else None)
        choices: Mapping[str, Any] = {
            "violence_types": ViolenceType.objects.order_by("order", "code"),
            # Stadsdelsnämnder first: it is mostly them.
            "namnder": Namnd.objects.filter(pk__in=[n.pk for n in namnder]).order_by(
                "-kind", "sort_key"
            ),
            "goals": Goal.objects.select_related("programme", "parent")
            .prefetch_related("wordings")
            .in_order(),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields["goals"].label_from_instance = _goal_label  # type: ignore[attr-defined]

    @property
    def facts(self) -> ServiceFacts:
        """What the form says. Ask for it when the form is valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "verified"}
        return ServiceFacts(**data)


class RetireForm(RefusableForm):
    """Why an operation is no longer turned to."""

    why = _text(
        "Varför används den inte längre?",
        250,
        required="Skriv varför posten inte längre används.",
    )


def _initial(facts: ServiceFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in ServiceFacts.__dataclass_fields__}


def _goal_label(goal: Goal) -> str:
    text = goal.text_on(timezone.localdate())
    return f"{goal.programme}: {goal.label}. {text}" if text else f"{goal.programme}: {goal.label}"
