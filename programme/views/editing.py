"""The coordinator's pages for a programme's content: thin forms over the commands."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisation.people_forms import RefusableForm
from organisation.requests import SignedInRequest
from programme.domain import activities, goals, programmes
from programme.domain.errors import Conflict, Invalid
from programme.domain.programmes import ProgrammeFacts
from programme.forms import (
    ActivityFactsForm,
    FactsForm,
    GoalFactsForm,
    LinkForm,
    NewActivityForm,
    NewGoalForm,
    NewProgrammeForm,
    PreconditionForm,
    ProgrammeFactsForm,
    UnlinkForm,
    WordingForm,
)
from programme.models import Activity, Goal, GoalLink, Precondition, Programme
from programme.rules import may_edit_programmes
from programme.views.trail import trail

View = Callable[..., HttpResponse]
WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])
PROGRAMME_FACTS = (
    "name", "short_name", "first_year", "last_year", "source", "kind", "vision", "note",
)  # fmt: skip
TAGS = ("violence_types", "perspectives")


def for_coordinators(view: View) -> View:
    """403 for everybody but the samordnare: the content may be read by all, changed by one."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit_programmes(request.user):
            raise PermissionDenied("Bara samordnaren ändrar programmens innehåll.")
        return view(request, *args, **kwargs)

    return guarded


def _edit(
    request: SignedInRequest,
    form: RefusableForm,
    act: Callable[[dict[str, Any]], str],
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Show the form, or carry out `act`, which answers where to go afterwards.

    On a conflict what was typed stays, beside what is saved now; saving again is then a choice.
    """
    theirs = ""
    if request.method == "POST" and form.is_valid():
        try:
            url = act(form.cleaned_data)
        except Conflict as conflict:
            form.refuse(conflict)
            theirs = conflict.theirs
            data = request.POST.copy()
            data["revision"] = str(conflict.revision)
            form.data = data
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect(url)
    return render(request, "programme/edit.html", {"form": form, "theirs": theirs, **context})


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

    return _edit(
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

    return _edit(
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
        return _goal_url(made)

    return _edit(
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
    goal = _goal(programme_slug, code)
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
        return _goal_url(goal)

    return _edit(
        request,
        form,
        act,
        done="Målet är sparat.",
        heading=f"Ändra uppgifter om {_in_sentence(goal)}",
        lead=goal.text_on(timezone.localdate()),
        button="Spara",
        remove=reverse("goal-remove", args=[programme_slug, code]),
        remove_label="Ta bort målet",
        **_around(goal),
    )


@for_coordinators
@WITH_METHODS
def goal_wording(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Let a goal say something else from a day."""
    goal = _goal(programme_slug, code)
    initial = {"text": goal.text_on(timezone.localdate()), "revision": goal.revision}
    form = WordingForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        goals.change_goal_text(
            goal, actor=request.user, expected_version=data.pop("revision"), **data
        )
        return _goal_url(goal)

    return _edit(
        request,
        form,
        act,
        done="Den nya lydelsen är sparad.",
        heading=f"Ny lydelse av {_in_sentence(goal)}",
        lead="Den gamla lydelsen finns kvar och visas i uppföljningar av den tid den gällde.",
        button="Spara lydelsen",
        **_around(goal),
    )


@for_coordinators
@require_POST
def goal_remove(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Take away a goal that nothing rests on."""
    goal = _goal(programme_slug, code)
    try:
        goals.remove_goal(goal, actor=request.user, expected_version=_revision(request))
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.message)
        return redirect("goal-change", programme_slug, code)
    messages.success(request, "Målet är borttaget.")
    return redirect("programme", programme_slug)


# What must be in place --------------------------------------------------------------------------


@for_coordinators
@WITH_METHODS
def precondition_new(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Add what must be in place for a goal."""
    goal = _goal(programme_slug, code)
    return _precondition(request, goal, None)


@for_coordinators
@WITH_METHODS
def precondition_change(
    request: SignedInRequest, programme_slug: str, code: str, pk: int
) -> HttpResponse:
    """Change what must be in place for a goal."""
    goal = _goal(programme_slug, code)
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
        return _goal_url(goal)

    return _edit(
        request,
        form,
        act,
        done="Förutsättningen är sparad.",
        heading="Ändra förutsättning" if found else "Ny förutsättning",
        lead=goal.text_on(timezone.localdate()),
        button="Spara",
        **more,
        **_around(goal),
    )


@for_coordinators
@require_POST
def precondition_remove(
    request: SignedInRequest, programme_slug: str, code: str, pk: int
) -> HttpResponse:
    goal = _goal(programme_slug, code)
    found = get_object_or_404(Precondition, pk=pk, goal=goal)
    try:
        goals.remove_precondition(found, actor=request.user, expected_version=_revision(request))
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
    goal = _goal(programme_slug, code)
    form = LinkForm(request.POST or None, programme=goal.programme)

    def act(data: dict[str, Any]) -> str:
        goals.link_goals(goal, data.pop("other"), actor=request.user, **data)
        return _goal_url(goal)

    return _edit(
        request,
        form,
        act,
        done="Målen motsvarar nu varandra.",
        heading=f"Motsvarande mål till {_in_sentence(goal)}",
        lead=goal.text_on(timezone.localdate()),
        button="Spara",
        **_around(goal),
    )


@for_coordinators
@WITH_METHODS
def goal_unlink(request: SignedInRequest, programme_slug: str, code: str, pk: int) -> HttpResponse:
    """End, or take away, the link between two goals."""
    goal = _goal(programme_slug, code)
    links = GoalLink.objects.of(goal).select_related("from_goal__programme", "to_goal__programme")
    link = get_object_or_404(links, pk=pk)
    form = UnlinkForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        goals.unlink_goals(link, actor=request.user, **data)
        return _goal_url(goal)

    other = link.other(goal)
    return _edit(
        request,
        form,
        act,
        done="Länken är avslutad.",
        heading="Avsluta länken mellan målen",
        lead=f"{goal} – {other.programme}: {other}",
        button="Avsluta länken",
        **_around(goal),
    )


# Activities -------------------------------------------------------------------------------------


@for_coordinators
@WITH_METHODS
def activity_new(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Add an activity to a goal."""
    goal = _goal(programme_slug, code)
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

    return _edit(
        request,
        form,
        act,
        done="Aktiviteten är tillagd.",
        heading="Ny aktivitet",
        lead=str(goal),
        button="Lägg till aktiviteten",
        **_around(goal),
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

    return _edit(
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

    return _edit(
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
@require_POST
def activity_remove(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """Take away an activity that nothing rests on."""
    activity = _activity(programme_slug, code)
    goal = activity.goal
    try:
        activities.remove_activity(
            activity, actor=request.user, expected_version=_revision(request)
        )
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.message)
        return redirect("activity-change", programme_slug, code)
    messages.success(request, "Aktiviteten är borttagen.")
    return redirect(_goal_url(goal))


# Parts ------------------------------------------------------------------------------------------


def _goal(programme_slug: str, code: str) -> Goal:
    goals_there = Goal.objects.filter(programme__slug=programme_slug).with_code(code)  # type: ignore[attr-defined]
    return get_object_or_404(goals_there.select_related("programme", "parent"))


def _activity(programme_slug: str, code: str) -> Activity:
    found = Activity.objects.select_related("goal__programme", "goal__parent")
    return get_object_or_404(found, goal__programme__slug=programme_slug, code=code)


def _goal_url(goal: Goal) -> str:
    return reverse("goal", args=[goal.programme.slug, goal.code])


def _around(goal: Goal) -> dict[str, Any]:
    return {"back": _goal_url(goal), "trail": trail(goal.programme, goal)}


def _in_sentence(goal: Goal) -> str:
    return f"{goal.label[:1].lower()}{goal.label[1:]}"


def _revision(request: SignedInRequest) -> int:
    """The state that the button was pressed on; none that there is, when it does not say."""
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1
