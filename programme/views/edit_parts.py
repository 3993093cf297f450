"""The coordinator's pages for what belongs to a goal: preconditions, links, activities."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from organisation.requests import SignedInRequest
from programme.domain import activities, goals
from programme.domain.errors import Conflict, Invalid
from programme.forms import (
    ActivityFactsForm,
    FactsForm,
    LinkForm,
    NewActivityForm,
    PreconditionForm,
    UnlinkForm,
    WordingForm,
)
from programme.models import Activity, Goal, GoalLink, Precondition
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

# What must be in place --------------------------------------------------------------------------


@for_coordinators
@WITH_METHODS
def precondition_new(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Add what must be in place for a goal."""
    goal = goal_of(programme_slug, code)
    return _precondition(request, goal, None)


@for_coordinators
@WITH_METHODS
def precondition_change(
    request: SignedInRequest, programme_slug: str, code: str, pk: int
) -> HttpResponse:
    """Change what must be in place for a goal."""
    goal = goal_of(programme_slug, code)
    return _precondition(request, goal, get_object_or_404(Precondition, pk=pk, goal=goal))


def _precondition(request: SignedInRequest, goal: Goal, found: Precondition | None) -> HttpResponse:
    initial: dict[str, Any] = {"revision": goal.revision, "order": goal.preconditions.count() + 1}
    more: dict[str, Any] = {}
    if found is not None:
        initial |= PreconditionForm.initial_of(found)
        address = [goal.programme.slug, goal.code, found.pk]
        more = {
            "remove": reverse("precondition-remove", args=address),
            "remove_label": "Ta bort förutsättningen",
        }
    form = PreconditionForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        version = data.pop("revision")
        goals.save_precondition(goal, found, actor=request.user, expected_version=version, **data)
        return goal_url(goal)

    return edit(
        request,
        form,
        act,
        done="Förutsättningen är sparad.",
        heading="Ändra förutsättning" if found else "Ny förutsättning",
        lead=goal.text_on(timezone.localdate()),
        button="Spara",
        **more,
        **around(goal),
    )


@for_coordinators
@require_POST
def precondition_remove(
    request: SignedInRequest, programme_slug: str, code: str, pk: int
) -> HttpResponse:
    goal = goal_of(programme_slug, code)
    found = get_object_or_404(Precondition, pk=pk, goal=goal)
    try:
        goals.remove_precondition(
            found, actor=request.user, expected_version=revision_sent(request)
        )
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.message)
        return redirect("precondition-change", programme_slug, code, pk)
    messages.success(request, "Förutsättningen är borttagen.")
    return redirect("goal", programme_slug, code)


# Goals that correspond --------------------------------------------------------------------------


@for_coordinators
@WITH_METHODS
def goal_link(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """State that a goal corresponds to one of another programme."""
    goal = goal_of(programme_slug, code)
    form = LinkForm(request.POST or None, programme=goal.programme)

    def act(data: dict[str, Any]) -> str:
        goals.link_goals(goal, data.pop("other"), actor=request.user, **data)
        return goal_url(goal)

    return edit(
        request,
        form,
        act,
        done="Målen motsvarar nu varandra.",
        heading=f"Motsvarande mål till {_in_sentence(goal)}",
        lead=goal.text_on(timezone.localdate()),
        button="Spara",
        **around(goal),
    )


@for_coordinators
@WITH_METHODS
def goal_unlink(request: SignedInRequest, programme_slug: str, code: str, pk: int) -> HttpResponse:
    """End, or take away, the link between two goals."""
    goal = goal_of(programme_slug, code)
    link = get_object_or_404(
        GoalLink.objects.of(goal).select_related("from_goal__programme", "to_goal__programme"),
        pk=pk,
    )
    form = UnlinkForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        goals.unlink_goals(link, actor=request.user, **data)
        return goal_url(goal)

    other = link.other(goal)
    return edit(
        request,
        form,
        act,
        done="Länken är avslutad.",
        heading="Avsluta länken mellan målen",
        lead=f"{goal} – {other.programme}: {other}",
        button="Avsluta länken",
        **around(goal),
    )


# Activities -------------------------------------------------------------------------------------


@for_coordinators
@WITH_METHODS
def activity_new(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Add an activity to a goal."""
    goal = goal_of(programme_slug, code)
    form = NewActivityForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        made = activities.add_activity(
            goal,
            actor=request.user,
            code=data["code"],
            text=data["text"],
            order=data["order"],
            facts=form.facts(),
        )
        return reverse("activity", args=[programme_slug, made.code])

    return edit(
        request,
        form,
        act,
        done="Aktiviteten är tillagd.",
        heading="Ny aktivitet",
        lead=str(goal),
        button="Lägg till aktiviteten",
        **around(goal),
    )


@for_coordinators
@WITH_METHODS
def activity_change(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Change what is known of an activity beside its text."""
    activity = _activity(programme_slug, code)
    initial = FactsForm.initial_of(activity) | {"order": activity.order}
    form = ActivityFactsForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        activities.change_activity(
            activity,
            actor=request.user,
            expected_version=data["revision"],
            order=data["order"],
            facts=form.facts(),
        )
        return reverse("activity", args=[programme_slug, code])

    return edit(
        request,
        form,
        act,
        done="Aktiviteten är sparad.",
        heading="Ändra uppgifter om aktiviteten",
        lead=activity.text_on(timezone.localdate()),
        button="Spara",
        remove=reverse("activity-remove", args=[programme_slug, code]),
        remove_label="Ta bort aktiviteten",
        back=reverse("activity", args=[programme_slug, code]),
        trail=trail(activity.goal.programme, activity.goal),
    )


@for_coordinators
@WITH_METHODS
def activity_wording(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Let an activity say something else from a day."""
    activity = _activity(programme_slug, code)
    initial = {"text": activity.text_on(timezone.localdate()), "revision": activity.revision}
    form = WordingForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        activities.change_activity_text(
            activity, actor=request.user, expected_version=data.pop("revision"), **data
        )
        return reverse("activity", args=[programme_slug, code])

    return edit(
        request,
        form,
        act,
        done="Den nya lydelsen är sparad.",
        heading="Ny lydelse av aktiviteten",
        lead="Den gamla lydelsen finns kvar och visas i uppföljningar av den tid den gällde.",
        button="Spara lydelsen",
        back=reverse("activity", args=[programme_slug, code]),
        trail=trail(activity.goal.programme, activity.goal),
    )


@for_coordinators
@WITH_METHODS
def activity_correct(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Put right a slip of the pen in what an activity says."""
    activity = _activity(programme_slug, code)
    return correct(
        request,
        activity,
        "Rätta texten till aktiviteten",
        back=reverse("activity", args=[programme_slug, code]),
        trail=trail(activity.goal.programme, activity.goal),
    )


@for_coordinators
@require_POST
def activity_remove(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Take away an activity that nothing rests on."""
    activity = _activity(programme_slug, code)
    goal = activity.goal
    try:
        activities.remove_activity(
            activity, actor=request.user, expected_version=revision_sent(request)
        )
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.message)
        return redirect("activity-change", programme_slug, code)
    messages.success(request, "Aktiviteten är borttagen.")
    return redirect(goal_url(goal))


def _activity(programme_slug: str, code: str) -> Activity:
    return get_object_or_404(
        Activity.objects.select_related("goal__programme", "goal__parent"),
        goal__programme__slug=programme_slug,
        code=code,
    )


def _in_sentence(goal: Goal) -> str:
    return f"{goal.label[:1].lower()}{goal.label[1:]}"
