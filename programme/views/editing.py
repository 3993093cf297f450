"""What the coordinator's pages share: who gets in, and a form over a command."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisation.people_forms import RefusableForm
from organisation.requests import SignedInRequest
from programme.domain.correcting import correct_text, correctable
from programme.domain.errors import Conflict, Invalid
from programme.forms import CorrectionForm
from programme.models import Activity, Goal
from programme.rules import may_edit_programmes
from programme.views.trail import trail

View = Callable[..., HttpResponse]
WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def for_coordinators(view: View) -> View:
    """403 for everybody but the samordnare: the content may be read by all, changed by one."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit_programmes(request.user):
            raise PermissionDenied("Bara samordnaren ändrar programmens innehåll.")
        return view(request, *args, **kwargs)

    return guarded


def edit(
    request: SignedInRequest,
    form: RefusableForm,
    act: Callable[[dict[str, Any]], str],
    *,
    done: str,
    template: str = "programme/edit.html",
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
    return render(request, template, {"form": form, "theirs": theirs, **context})


def correct(
    request: SignedInRequest, row: Goal | Activity, heading: str, *, back: str, **context: Any
) -> HttpResponse:
    """Put right a slip of the pen in what a goal or an activity says."""
    choices = correctable(row)
    first = choices[0].text if choices else row.text
    initial = {"text": first, "revision": row.revision}
    form = CorrectionForm(request.POST or None, initial=initial, choices=choices)

    def act(data: dict[str, Any]) -> str:
        version = data.pop("revision")
        correct_text(row, actor=request.user, expected_version=version, **data)
        return back

    return edit(
        request,
        form,
        act,
        done="Texten är rättad.",
        heading=heading,
        lead="Ett skrivfel rättas med en anteckning om varför. Har något nytt beslutats skriver du "
        "i stället en ny lydelse.",
        button="Spara rättelsen",
        back=back,
        **context,
    )


def revision_sent(request: SignedInRequest) -> int:
    """The state that the button was pressed on; none that there is, when it does not say."""
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


def goal_of(programme_slug: str, code: str) -> Goal:
    goals_there = Goal.objects.filter(programme__slug=programme_slug).with_code(code)
    return get_object_or_404(goals_there.select_related("programme", "parent"))


def goal_url(goal: Goal) -> str:
    return reverse("goal", args=[goal.programme.slug, goal.code])


def around(goal: Goal) -> dict[str, Any]:
    return {"back": goal_url(goal), "trail": trail(goal.programme, goal)}
