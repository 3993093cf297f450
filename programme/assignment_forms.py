"""Forms of uppdrag: the uppdrag itself, an account, the nämnd's decision with its points."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from organisation.domain.decisions import MAX_POINTS, DecisionContent
from organisation.enums import DecisionOutcome, NamndGroup
from organisation.forms import Problem, ProblemsMixin, no_personnummer
from organisation.models import Decision, Namnd
from papers.forms import RevisionForm, date_field, line_field
from programme.assignment_enums import AccountKind, AssignmentOrigin, ObligationKind
from programme.domain.accounts import Point
from programme.domain.assignments import Facts, Partner
from programme.models import Goal

FIRST_POINTS = 4
NOT_KNOWN = ("", "Inte känt")


def _text_field(label: str, *, rows: int, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=kwargs.pop("max_length", 5000),
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


class AssignmentForm(RevisionForm):
    """What is known of an uppdrag. What is not known is left blank."""

    responsible = forms.ChoiceField(
        label="Vem har fått uppdraget?",
        error_messages={
            "required": "Välj vem som har fått uppdraget.",
            "invalid_choice": "Välj en i listan.",
        },
    )
    title = line_field(
        "Rubrik", 300, required=True, error_messages={"required": "Skriv en rubrik."}
    )
    text = _text_field("Uppdragets text", rows=5)
    abridged = forms.BooleanField(
        label="Texten är återgiven i korthet, inte ordagrant", required=False
    )
    origin = forms.ChoiceField(
        label="Varifrån kommer uppdraget?",
        choices=AssignmentOrigin.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om uppdraget kommer av en budget eller ett beslut."},
    )
    origin_year = forms.IntegerField(
        label="Budgetens år",
        required=False,
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Om uppdraget kommer av en budget.",
        error_messages={
            "invalid": "Skriv året med fyra siffror.",
            "min_value": "Skriv ett år från 1990.",
            "max_value": "Skriv ett år till 2100.",
        },
    )
    origin_decision = forms.ModelChoiceField(
        label="Beslutet, om det är registrerat i Samlad",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="Inte registrerat",
        error_messages={"invalid_choice": "Välj ett beslut i listan."},
    )
    origin_as_written = line_field(
        "Ursprunget i ord", 250, help_text="Om det behöver sägas på annat sätt."
    )
    dnr = line_field("Diarienummer", 60)
    due_on = date_field("Uppdraget ska vara klart senast")
    due_as_written = line_field(
        "Så som det står", 120, help_text="Till exempel: nämndens sammanträde i april 2021."
    )
    with_group = forms.ChoiceField(
        label="Tillsammans med en grupp",
        required=False,
        choices=[("", "Ingen grupp"), *NamndGroup.choices],
    )
    with_namnder = forms.ModelMultipleChoiceField(
        label="Tillsammans med nämnder",
        queryset=Namnd.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label="Tillsammans med andra",
        required=False,
        max_length=1000,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="En per rad.",
    )
    goals = forms.ModelMultipleChoiceField(
        label="Mål som uppdraget bidrar till",
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goals_source = line_field("Vem säger att det bidrar till målen?", 250)
    note = _text_field("Anmärkning", rows=3, help_text="Läses av alla som är inloggade.")
    source = line_field(
        "Källa",
        250,
        required=True,
        help_text="Var uppdraget står.",
        error_messages={"required": "Skriv var uppdraget står."},
    )

    def __init__(
        self,
        *args: Any,
        responsible: list[tuple[str, str]],
        namnder: Any,
        goals: Any,
        decisions: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = responsible  # type: ignore[attr-defined]
        self.fields["with_namnder"].queryset = namnder  # type: ignore[attr-defined]
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]
        self.fields["origin_decision"].queryset = decisions  # type: ignore[attr-defined]

    @staticmethod
    def values_of(facts: Facts) -> dict[str, Any]:
        """Facts as what stands in the fields."""
        groups = [partner.group for partner in facts.partners if partner.group]
        return {
            **facts.__dict__,
            "with_group": groups[0] if groups else "",
            "with_namnder": [p.namnd.pk for p in facts.partners if p.namnd],
            "others": "\n".join(p.name for p in facts.partners if p.name),
            "goals": [goal.pk for goal in facts.goals],
        }

    @property
    def facts(self) -> Facts:
        """What was written; the form must be valid."""
        data = dict(self.cleaned_data)
        group = data.pop("with_group")
        others = [line.strip() for line in data.pop("others").splitlines() if line.strip()]
        partners = (
            *([Partner(group=group)] if group else []),
            *(Partner(namnd=namnd) for namnd in data.pop("with_namnder")),
            *(Partner(name=name[:150]) for name in others),
        )
        for name in ("revision", "responsible"):
            data.pop(name)
        return Facts(**{**data, "goals": tuple(data["goals"]), "partners": partners})


class DueForm(RevisionForm):
    """Moving the day of an account."""

    due_on = date_field("Klar senast")
    due_as_written = line_field("Så som det står", 120)
    reason = line_field(
        "Varför ändras dagen?", 250, required=True, error_messages={"required": "Skriv varför."}
    )


class AccountForm(RevisionForm):
    kind = forms.ChoiceField(
        label="Vad ska lämnas?",
        choices=AccountKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj delredovisning eller slutredovisning."},
    )
    namnd = forms.ModelChoiceField(
        label="Vilken nämnd redovisar?",
        queryset=Namnd.objects.none(),
        empty_label=None,
        error_messages={"required": "Välj nämnd.", "invalid_choice": "Välj en nämnd i listan."},
    )
    due_on = date_field("Klar senast")
    due_as_written = line_field(
        "Så som det står", 120, help_text="Till exempel: nämndens sammanträde i april 2021."
    )

    def __init__(self, *args: Any, namnder: list[Namnd], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["namnd"].queryset = Namnd.objects.filter(  # type: ignore[attr-defined]
            pk__in=[namnd.pk for namnd in namnder]
        ).in_order()


class CloseForm(RevisionForm):
    reason = _text_field(
        "Varför avslutas uppdraget utan redovisning?",
        rows=3,
        required=True,
        max_length=1000,
        help_text="Skälet läses av alla som är inloggade.",
        error_messages={"required": "Skriv varför uppdraget avslutas."},
    )


class FulfilForm(RevisionForm):
    on = date_field("Vilken dag gjordes det?")
    note = line_field("Hur det gjordes (frivilligt)", 250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = True
        self.fields["on"].error_messages["required"] = "Skriv vilken dag det gjordes."


class DecisionForm(RevisionForm):
    """What the protocol says, points aside."""

    meeting_on = date_field("Sammanträdets dag")
    paragraph = line_field("Paragraf", 20, help_text="Bara numret, till exempel 12.")
    outcome = forms.ChoiceField(
        label="Vad beslutade nämnden?",
        choices=[NOT_KNOWN, *DecisionOutcome.choices],
        required=False,
        help_text="Bordlagt och återremitterat gör att redovisningen är kvar att lämna.",
        error_messages={"invalid_choice": "Välj ett av utfallen i listan."},
    )
    abridged = forms.BooleanField(
        label="Punkterna är återgivna i korthet, inte ordagrant", required=False
    )
    note = _text_field("Anmärkning", rows=2, max_length=2000)
    source = line_field("Källa", 250, help_text="Till exempel protokollet.")
    reason = line_field(
        "Vad var fel?", 250, required=True, error_messages={"required": "Skriv vad som var fel."}
    )

    def __init__(self, *args: Any, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if corrects:
            # The meeting stays: a decision on another day is another decision.
            del self.fields["meeting_on"]
        else:
            del self.fields["reason"]
            self.fields["meeting_on"].required = True
            self.fields["meeting_on"].error_messages["required"] = "Skriv sammanträdets dag."


class PointForm(ProblemsMixin, forms.Form):
    text = _text_field("Vad punkten säger", rows=2, max_length=2000)
    obliges = forms.ChoiceField(
        label="Innebär att nämnden ska",
        required=False,
        choices=[("", "Inget att bevaka"), *ObligationKind.choices],
    )
    due_on = date_field("Senast")
    due_as_written = line_field("Så som det står", 120)


class PointFormSet(BaseFormSet):
    """The points in their order. Empty ones at the end are none; an empty one between is kept."""

    @property
    def points(self) -> tuple[Point, ...]:
        found = [
            Point(
                text=data.get("text", ""),
                obliges=data.get("obliges", ""),
                due_on=data.get("due_on"),
                due_as_written=data.get("due_as_written", ""),
            )
            for form in self.forms
            for data in [form.cleaned_data]
        ]
        while found and found[-1] == Point(text=""):
            found.pop()
        return tuple(found)

    @property
    def problems(self) -> list[Problem]:
        lines = [
            Problem(
                target=problem["target"],
                label=f"Punkt {number}, {problem['label'].lower()}",
                message=problem["message"],
            )
            for number, form in enumerate(self.forms, start=1)
            for problem in form.problems
        ]
        return lines + [
            Problem(target="", label="", message=str(error)) for error in self.non_form_errors()
        ]


def point_forms(data: Any = None, *, texts: tuple[str, ...] = (), more: bool = False) -> Any:
    """The form set of a decision's points. more: one row more than was sent."""
    made = formset_factory(
        PointForm,
        formset=PointFormSet,
        extra=max(FIRST_POINTS - len(texts), 1),
        max_num=MAX_POINTS,
        absolute_max=MAX_POINTS,
        validate_max=True,
    )
    if data is None:
        return made(prefix="p", initial=[{"text": text} for text in texts])
    if more:
        data = data.copy()
        count = data.get("p-TOTAL_FORMS", "")
        sent = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        data["p-TOTAL_FORMS"] = str(min(sent + 2, MAX_POINTS))
    return made(data, prefix="p")


def content_of(
    form: DecisionForm, points: PointFormSet, *, title: str, dnr: str
) -> DecisionContent:
    """A corrected decision; both must be valid."""
    data = form.cleaned_data
    return DecisionContent(
        title=title,
        dnr=dnr,
        paragraph=data["paragraph"],
        outcome=data["outcome"],
        points=tuple(point.text for point in points.points),
        abridged=data["abridged"],
        note=data["note"],
        source=data["source"],
    )
