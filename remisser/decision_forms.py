"""Forms of the agenda and of what the nämnd decides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from organisation.domain.decisions import MAX_STATEMENTS, Statement
from organisation.enums import DecisionOutcome, StatementKind
from organisation.forms import Problem, ProblemsMixin, no_personnummer
from papers.forms import RevisionForm
from papers.models import Paper
from programme.assignment_forms import line_field

FIRST_STATEMENTS = 2


class AnswerDecisionForm(RevisionForm):
    """What the protocol says of the matter, points and statements aside."""

    outcome = forms.ChoiceField(
        label="Vad beslutade nämnden?",
        choices=DecisionOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad nämnden beslutade.",
            "invalid_choice": "Välj ett av utfallen i listan.",
        },
    )
    paragraph = line_field("Paragraf", 20, help_text="Bara numret, till exempel 12.")
    immediate = forms.BooleanField(label="Paragrafen justerades omedelbart", required=False)
    asked = forms.CharField(
        label="Vad bad nämnden om? (när ärendet kommer tillbaka)",
        required=False,
        max_length=4000,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label="Anmärkning (frivilligt)",
        required=False,
        max_length=2000,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = line_field("Källa", 250, help_text="Till exempel protokollet.")


class CorrectionForm(AnswerDecisionForm):
    """What the protocol really says, and what was recorded wrongly."""

    reason = line_field(
        "Vad var fel?", 250, required=True, error_messages={"required": "Skriv vad som var fel."}
    )
    abridged = forms.BooleanField(label="Beslutet är återgivet i korthet", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the nämnd asked for stands with the matter, and is no part of the decision's row.
        del self.fields["asked"]


class StatementForm(ProblemsMixin, forms.Form):
    kind = forms.ChoiceField(
        label="Slag", required=False, choices=[("", "Ingen"), *StatementKind.choices]
    )
    party = line_field("Av", 150, help_text="Partiet eller partierna.")
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=10_000,
        validators=[no_personnummer],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StatementFormSet(BaseFormSet):
    """Reservationer and särskilda uttalanden; rows without a kind, party and text are none."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        found = [
            Statement(
                data.get("kind", ""), data.get("party", "").strip(), data.get("text", "").strip()
            )
            for form in self.forms
            for data in [form.cleaned_data]
        ]
        return tuple(one for one in found if one != Statement("", ""))

    @property
    def problems(self) -> list[Problem]:
        return [
            Problem(
                target=problem["target"],
                label=f"Uttalande {number}, {problem['label'].lower()}",
                message=problem["message"],
            )
            for number, form in enumerate(self.forms, start=1)
            for problem in form.problems
        ]


def statement_forms(
    data: Any = None, *, more: bool = False, given: Sequence[Statement] = ()
) -> Any:
    """The form set of a decision's statements. more: one row more than was sent.

    given: those that are recorded already, to begin with.
    """
    made = formset_factory(
        StatementForm,
        formset=StatementFormSet,
        extra=FIRST_STATEMENTS if not given else 1,
        max_num=MAX_STATEMENTS,
        absolute_max=MAX_STATEMENTS,
        validate_max=True,
    )
    if data is None:
        return made(prefix="u", initial=[one.__dict__ for one in given])
    if more:
        data = data.copy()
        count = data.get("u-TOTAL_FORMS", "")
        sent = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        data["u-TOTAL_FORMS"] = str(min(sent + 1, MAX_STATEMENTS))
    return made(data, prefix="u")


class SendOutForm(ProblemsMixin, forms.Form):
    """Which papers to send out."""

    papers = forms.ModelMultipleChoiceField(
        label="Handlingar att skicka ut",
        queryset=Paper.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en handling att skicka ut.",
            "invalid_choice": "En av handlingarna kan inte skickas ut längre. Välj igen.",
        },
    )

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["papers"]
        field.queryset = papers  # type: ignore[attr-defined]
        field.label_from_instance = lambda paper: str(  # type: ignore[attr-defined]
            paper.current.title or paper.current.subtitle
        )


class NoticeForm(ProblemsMixin, forms.Form):
    title = line_field(
        "Vad som anmäls", 300, required=True, error_messages={"required": "Skriv vad som anmäls."}
    )
