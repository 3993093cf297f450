"""Forms of the register: a remiss, its parts, a nämnd's own number, and the papers that came."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from organisation.domain.errors import Invalid
from organisation.forms import no_personnummer
from organisation.people_forms import RefusableForm, date_field
from programme.enums import ProgrammeKind
from programme.forms import line_field
from programme.models import Goal, Programme
from remisser.domain.asked import Meant, who_is_meant
from remisser.domain.own_dnr import OwnDnr, next_in
from remisser.domain.pasted import read_instances, read_proposals
from remisser.domain.received_files import KINDS, MOST_AT_ONCE
from remisser.domain.registering import InstanceInput, MatterFacts, likely_duplicates
from remisser.enums import RemissKind
from remisser.models import DnrSeries, Remiss, RemissFile
from trace.uploads.field import Received, UploadsField

NONE_YET, TYPED = "inget", "eget"
ASKED, UNASKED, NOT_ANSWERING = "tillfragad", "eget-initiativ", "svarar-inte"
NEW, OLD = "ny", "gammal"
LONGEST_LIST = 60_000


def pasted_field(label: str, *, required: bool, rows: int, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_LIST,
        validators=[no_personnummer],
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"Fyll i: {label[:1].lower()}{label[1:]}."},
    )


def instances_field(*, required: bool) -> forms.CharField:
    return pasted_field(
        "Remissinstanser",
        required=required,
        rows=6,
        help_text="En på varje rad, med namnet som det står. Har en instans en egen svarsdag, "
        "skriv den efter ett semikolon: Farsta stadsdelsnämnd; 2026-12-01.",
    )


def proposals_field(*, required: bool) -> forms.CharField:
    return pasted_field(
        "Att-satser",
        required=required,
        rows=8,
        help_text="En på varje rad, eller med tom rad emellan när de är långa. De får nummer i "
        "den ordning de står.",
    )


class MatterForm(RefusableForm):
    """The matter itself. `duplicate_reason` is asked for when it looks like one that is there."""

    remitter = line_field("Remittent", help_text="Vem som har skickat remissen.")
    dnr = line_field(
        "Remittentens diarienummer",
        help_text="Till exempel KS 2026/553. Har remittenten inget: skriv avsändare och dag.",
    )
    title = forms.CharField(
        label="Rubrik",
        max_length=300,
        validators=[no_personnummer],
        error_messages={"required": "Fyll i: rubrik."},
    )
    kind = forms.ChoiceField(
        label="Slag (frivilligt)",
        required=False,
        choices=[("", "Inte angivet"), *RemissKind.choices],
        error_messages={"invalid_choice": "Välj ett slag i listan."},
    )
    author = line_field("Förslagsställare (frivilligt)", required=False)
    party = line_field("Parti (frivilligt)", required=False)
    received_on = date_field("Inkom (frivilligt)")
    duplicate_reason = line_field(
        "Varför det är en annan remiss",
        required=False,
        help_text="Behövs bara när remissen liknar en som redan är registrerad.",
    )

    likely: Sequence[Any] = ()

    def facts(self) -> MatterFacts:
        """What was filled in; the form is valid."""
        return MatterFacts(**{name: self.cleaned_data[name] for name in FACTS})

    def look_for_duplicates(self, *, but: Remiss | None = None) -> None:
        """Say at the field what it may be a duplicate of, unless a reason is given."""
        if all(self.cleaned_data.get(name) for name in ("dnr", "remitter", "title")):
            dnr, remitter, title = (str(self.cleaned_data[name]) for name in NAMED)
            facts = MatterFacts(dnr=dnr, remitter=remitter, title=title)
            self.likely = likely_duplicates(facts, but=but)

    @property
    def shows_duplicate(self) -> bool:
        return bool(self.likely) or "duplicate_reason" in self.errors


NAMED = ("dnr", "remitter", "title")
FACTS = (*NAMED, "kind", "author", "party", "received_on")


class OwnDnrMixin(forms.Form):
    """Fields for the nämnd's own number: out of a series, typed, or none yet."""

    own_series: Sequence[DnrSeries] = ()

    def add_own_dnr(self, series: Sequence[DnrSeries], *, typed: str = "") -> None:
        self.own_series = series
        choices = [(str(one.pk), f"Nästa lediga i serien: {next_in(one)}") for one in series]
        choices += [(TYPED, "Ett nummer som jag skriver"), (NONE_YET, "Inget än")]
        self.fields["dnr_from"] = forms.ChoiceField(
            label="Nämndens diarienummer",
            choices=choices,
            initial=TYPED if typed else choices[0][0] if series else NONE_YET,
            widget=forms.RadioSelect,
            error_messages={
                "required": "Välj var numret tas.",
                "invalid_choice": "Välj i listan.",
            },
        )
        self.fields["own_dnr"] = line_field(
            "Eget nummer",
            required=False,
            initial=typed,
            help_text="Bara om du valde att skriva det. Till exempel 3.1.1-730/2026.",
        )

    def own_number(self) -> OwnDnr:
        chosen = self.cleaned_data["dnr_from"]
        if chosen == TYPED:
            return OwnDnr(typed=self.cleaned_data["own_dnr"])
        return OwnDnr(series=next((s for s in self.own_series if str(s.pk) == chosen), None))

    def clean_own_dnr(self) -> str:
        typed = self.cleaned_data["own_dnr"]
        if self.cleaned_data.get("dnr_from") == TYPED and not typed:
            raise forms.ValidationError("Skriv numret, eller välj något annat ovan.")
        return typed


class InstancesMixin(forms.Form):
    """The pasted list of instances; of a nämnd that has ceased it is asked who answers now."""

    meant: tuple[Meant, ...] = ()

    def read_instances(self) -> None:
        """Add a question for each ceased nämnd in what was sent; call at the end of __init__."""
        if not self.is_bound:
            return
        try:
            lines = read_instances(str(self.data.get("instances", ""))[:LONGEST_LIST])
        except Invalid:
            return
        self.meant = who_is_meant(lines, today=timezone.localdate())
        self.unasked: list[str] = []
        proposed = {m.namnd.pk for m in self.meant if m.namnd and not m.ceased}
        if not isinstance(self.data, QueryDict):
            return
        self.data = self.data.copy()
        for one in self.meant:
            if one.namnd is None or one.successor is None:
                continue
            name = f"efter-{one.namnd.code}"
            twice = one.successor.pk in proposed
            proposed.add(one.successor.pk)
            self.fields[name] = forms.ChoiceField(
                label=f"{one.said} Vem ska svara i stället för ”{one.line.name}” "
                f"(rad {one.line.number})?",
                choices=[
                    (NEW, f"{one.successor}, som har tagit över"),
                    (OLD, f"Ingen: den står kvar på {one.namnd}"),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": "Välj vem som ska svara."},
            )
            if name not in self.data:
                self.unasked.append(name)
                self.data[name] = OLD if twice else NEW

    @property
    def ceased_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("efter-")]

    def clean_instances(self) -> str:
        text = self.cleaned_data["instances"]
        try:
            read_instances(text)
        except Invalid as wrong:
            raise forms.ValidationError(wrong.message) from wrong
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in getattr(self, "unasked", ()):
            self.add_error(
                name,
                "Nämnden har upphört. Ett förslag är valt: ändra det om det är fel, och skicka "
                "formuläret igen.",
            )
        return data

    def instance_inputs(self) -> tuple[InstanceInput, ...]:
        """What was filled in; the form is valid."""
        for_all = self.cleaned_data.get("due_on")
        found = []
        for one in self.meant:
            namnd = one.namnd
            chosen = self.cleaned_data.get(f"efter-{namnd.code}") if namnd else None
            found.append(
                InstanceInput(
                    one.line.name,
                    one.successor if chosen == NEW else namnd,
                    one.line.due_on or for_all,
                    one.line.number,
                )
            )
        return tuple(found)

    def ceased_and_alone(self) -> list[str]:
        """What to say of those that have ceased and that nobody carries on for."""
        return [
            f"{one.said} Ingen nämnd är registrerad som efterträdare, så den står som den är."
            for one in self.meant
            if one.ceased and one.successor is None
        ]


class FilesMixin(forms.Form):
    """Papers that come with the form; those that were good stay, whatever else is wrong."""

    def add_files(self, waiting: Sequence[RemissFile], *, is_open: bool) -> None:
        self.fields["files"] = UploadsField(
            KINDS,
            most=MOST_AT_ONCE,
            label="Handlingar (frivilligt)",
            help_text="PDF (högst 7 MB), Word eller Excel (5 MB) eller text (4 MB). "
            f"Högst {MOST_AT_ONCE} åt gången.",
        )
        if waiting:
            self.fields["keep"] = self._keep(waiting)
        self.fields["is_open"] = forms.BooleanField(
            label="Alla som är inloggade får läsa handlingarna",
            required=False,
            initial=is_open,
            help_text="Annars läses de bara i din nämnd.",
        )

    def show_waiting(self, waiting: Sequence[RemissFile]) -> None:
        """After a form that was not right: what has come so far, the new ones ticked."""
        dropped = self.dropped()
        if waiting and isinstance(self.data, QueryDict):
            self.fields["keep"] = self._keep(waiting)
            self.data = self.data.copy()
            self.data.setlist("keep", [str(f.pk) for f in waiting if f.pk not in dropped])

    def dropped(self) -> set[int]:
        """Ids of those that the person has unticked."""
        if "keep" not in self.fields:
            return set()
        shown = {pk for pk, _ in self.fields["keep"].choices}  # type: ignore[attr-defined]
        return shown - set(self.cleaned_data.get("keep") or ())

    @staticmethod
    def _keep(waiting: Sequence[RemissFile]) -> forms.TypedMultipleChoiceField:
        return forms.TypedMultipleChoiceField(
            label="Handlingar som redan har kommit fram",
            required=False,
            coerce=int,
            choices=[(file.pk, f"{file.name} ({file.size // 1024 + 1} kB)") for file in waiting],
            widget=forms.CheckboxSelectMultiple,
            help_text="De du bockar ur följer inte med.",
            error_messages={"invalid_choice": "Välj i listan."},
        )

    received = Received()

    def clean_files(self) -> Received:
        """Kept beside: what is wrong with one file takes nothing from the others."""
        self.received = self.cleaned_data["files"]
        return self.received

    def say_what_was_refused(self) -> None:
        for message in self.received.refused:
            self.add_error("files", message)


class RegisterForm(InstancesMixin, OwnDnrMixin, FilesMixin, MatterForm):
    """A whole registration on one page."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "Öppna sidan på nytt.", "invalid": "Öppna sidan på nytt."},
    )
    own_part = forms.ChoiceField(
        label="Ska nämnden svara?",
        choices=[
            (ASKED, "Ja, nämnden är tillfrågad"),
            (UNASKED, "Ja, på eget initiativ"),
            (NOT_ANSWERING, "Nej, remissen registreras bara"),
        ],
        widget=forms.RadioSelect,
        initial=ASKED,
        error_messages={
            "required": "Välj om nämnden ska svara.",
            "invalid_choice": "Välj i listan.",
        },
    )
    own_due_on = date_field(
        "Nämndens svar senast (frivilligt)",
        help_text="En dag som har passerat går att skriva. Tomt: samma som för alla.",
    )
    due_on = date_field("Svar senast, för alla (frivilligt)")
    instances = instances_field(required=False)
    proposals = proposals_field(required=False)
    abridged = forms.BooleanField(
        label="Att-satserna är återgivna i korthet",
        required=False,
        help_text="Bocka för när de inte är motionens egna ord.",
    )
    goals = forms.ModelMultipleChoiceField(
        label="Mål som remissen rör (frivilligt)",
        required=False,
        queryset=Goal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Välj mål i listan.",
            "invalid_pk_value": "Välj mål i listan.",
        },
    )
    goals_source = line_field(
        "Källa för målen",
        required=False,
        help_text="Var det står att remissen rör målen, eller att det är er egen tolkning. Fler "
        "mål kan kopplas senare.",
    )

    def __init__(
        self,
        *args: Any,
        series: Sequence[DnrSeries],
        answers: bool,
        waiting: Sequence[RemissFile] = (),
        **kwargs: Any,
    ) -> None:
        """answers: whether the one who registers writes answers (a secretary) or sent it."""
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.fields["key"].initial = uuid.uuid4()
        programme, goals = goals_to_choose()
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]
        if programme:
            self.fields["goals"].label = f"Mål i {programme} som remissen rör (frivilligt)"
        self.fields["goals"].label_from_instance = lambda goal: str(goal)[:110]  # type: ignore[attr-defined]
        if answers:
            self.add_own_dnr(series)
        else:
            del self.fields["own_part"], self.fields["own_due_on"]
        self.add_files(waiting, is_open=not answers)
        self.read_instances()

    def clean_proposals(self) -> str:
        text = self.cleaned_data["proposals"]
        try:
            self.proposal_texts = read_proposals(text)
        except Invalid as wrong:
            raise forms.ValidationError(wrong.message) from wrong
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.say_what_was_refused()
        if data.get("goals") and not data.get("goals_source"):
            self.add_error("goals_source", "Ange var det står, eller att det är er egen tolkning.")
        self.look_for_duplicates()
        return data


def goals_to_choose() -> tuple[Programme | None, Any]:
    """The city's programme of today, or its latest, and its goals."""
    year = timezone.localdate().year
    own = Programme.objects.filter(kind=ProgrammeKind.STAD, first_year__lte=year)
    found = own.order_by("-first_year").first()
    goals = Goal.objects.top().filter(programme=found) if found else Goal.objects.none()
    return found, goals.select_related("programme", "parent").order_by("number")
