"""The coordinator's pages for programmes and goals."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from organisation.requests import SignedInRequest
from programme.domain import goals, programmes
from programme.domain.errors import Conflict, Invalid
from programme.domain.programmes import ProgrammeFacts
from programme.forms import (
    FactsForm,
    GoalFactsForm,
    NewGoalForm,
    NewProgrammeForm,
    ProgrammeFactsForm,
    WordingForm,
)
from programme.models import Goal, Programme
from programme.views.editing import (
    WITH_METHODS,
    around,
    correct,
    edit,
    for_coordinators,
    goal_of,
    goal_url,
    revision_sent,
)
from programme.views.trail import trail

PROGRAMME_FACTS = (
    "name", "short_name", "first_year", "last_year", "source", "kind", "vision", "note",
)  # fmt: skip
TAGS = ("violence_types", "perspectives")


# Programmes -------------------------------------------------------------------------------------


@for_coordinators
@WITH_METHODS
def programme_new(request: SignedInRequest) -> HttpResponse:
    """Begin a new programme."""
    form = NewProgrammeForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        facts = ProgrammeFacts(**{name: data[name] for name in PROGRAMME_FACTS})
        tags = {name: data[name] for name in TAGS}
        made = programmes.add_programme(data["slug"], facts, actor=request.user, **tags)
        return reverse("programme", args=[made.slug])

    return edit(
        request,
        form,
        act,
        done="Programmet är tillagt. Lägg till dess mål härnäst.",
        heading="Nytt program",
        button="Lägg till programmet",
        back=reverse("programme-list"),
        trail=trail(),
    )


@for_coordinators
@WITH_METHODS
def programme_change(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """Change what is known of a programme."""
    found = get_object_or_404(Programme, slug=programme_slug)
    initial = {name: getattr(found, name) for name in (*PROGRAMME_FACTS, "revision")}
    for name in TAGS:
        initial[name] = list(getattr(found, name).values_list("pk", flat=True))
    form = ProgrammeFactsForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        programmes.change_programme(
            found,
            ProgrammeFacts(**{name: data[name] for name in PROGRAMME_FACTS}),
            actor=request.user,
            expected_version=data["revision"],
            **{name: data[name] for name in TAGS},
        )
        return reverse("programme", args=[found.slug])

    return edit(
        request,
        form,
        act,
        done="Programmet är sparat.",
        heading=f"Ändra {found}",
        button="Spara",
        back=reverse("programme", args=[found.slug]),
        trail=trail(found),
    )


# Goals ------------------------------------------------------------------------------------------


@for_coordinators
@WITH_METHODS
def goal_new(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """Add a goal or a delmål."""
    programme = get_object_or_404(Programme, slug=programme_slug)
    form = NewGoalForm(request.POST or None, programme=programme)

    def act(data: dict[str, Any]) -> str:
        made = goals.add_goal(
            programme,
            actor=request.user,
            number=data["number"],
            text=data["text"],
            parent=data["parent"],
            facts=form.facts(),
        )
        return goal_url(made)

    return edit(
        request,
        form,
        act,
        done="Målet är tillagt.",
        heading="Nytt mål",
        button="Lägg till målet",
        back=reverse("programme", args=[programme.slug]),
        trail=trail(programme),
    )


@for_coordinators
@WITH_METHODS
def goal_change(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Change what is known of a goal beside its text."""
    goal = goal_of(programme_slug, code)
    form = GoalFactsForm(
        request.POST or None, initial=FactsForm.initial_of(goal), text_known=bool(goal.text)
    )

    def act(data: dict[str, Any]) -> str:
        goals.change_goal(
            goal,
            actor=request.user,
            expected_version=data["revision"],
            facts=form.facts(),
            text=data.get("text", ""),
        )
        return goal_url(goal)

    return edit(
        request,
        form,
        act,
        done="Målet är sparat.",
        heading=f"Ändra uppgifter om {_in_sentence(goal)}",
        lead=goal.text_on(timezone.localdate()),
        button="Spara",
        remove=reverse("goal-remove", args=[programme_slug, code]),
        remove_label="Ta bort målet",
        **around(goal),
    )


@for_coordinators
@WITH_METHODS
def goal_wording(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Let a goal say something else from a day."""
    goal = goal_of(programme_slug, code)
    initial = {"text": goal.text_on(timezone.localdate()), "revision": goal.revision}
    form = WordingForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        goals.change_goal_text(
            goal, actor=request.user, expected_version=data.pop("revision"), **data
        )
        return goal_url(goal)

    return edit(
        request,
        form,
        act,
        done="Den nya lydelsen är sparad.",
        heading=f"Ny lydelse av {_in_sentence(goal)}",
        lead="Den gamla lydelsen finns kvar och visas i uppföljningar av den tid den gällde.",
        button="Spara lydelsen",
        **around(goal),
    )


@for_coordinators
@WITH_METHODS
def goal_correct(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Put right a slip of the pen in what a goal says."""
    goal = goal_of(programme_slug, code)
    return correct(request, goal, f"Rätta texten till {_in_sentence(goal)}", **around(goal))


@for_coordinators
@require_POST
def goal_remove(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Take away a goal that nothing rests on."""
    goal = goal_of(programme_slug, code)
    try:
        goals.remove_goal(goal, actor=request.user, expected_version=revision_sent(request))
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.message)
        return redirect("goal-change", programme_slug, code)
    messages.success(request, "Målet är borttaget.")
    return redirect("programme", programme_slug)


def _in_sentence(goal: Goal) -> str:
    return f"{goal.label[:1].lower()}{goal.label[1:]}"
