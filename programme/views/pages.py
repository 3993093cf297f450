"""The pages of the programmes: open to everyone who is signed in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.requests import SignedInRequest
from programme.domain import NotFound, read_activity, read_goal, read_programme, read_programmes
from programme.domain.history import activity_history, goal_history, programme_history
from programme.models import Goal, Programme


@require_safe
def programme_list(request: SignedInRequest) -> HttpResponse:
    """All programmes."""
    return render(request, "programme/list.html", {"programmes": read_programmes()})


@require_safe
def programme(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """One programme: vision, kinds of violence, goals."""
    try:
        page = read_programme(programme_slug)
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "trail": _trail(),
        "lines": programme_history(page.programme, reader=request.user),
    }
    return render(request, "programme/programme.html", context)


@require_safe
def goal(request: SignedInRequest, programme_slug: str, number: int) -> HttpResponse:
    """One goal: its activities and who answers for them today."""
    try:
        page = read_goal(programme_slug, number, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "trail": _trail(page.programme),
        "lines": goal_history(page.programme, number, reader=request.user),
    }
    return render(request, "programme/goal.html", context)


@require_safe
def activity(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """One activity: its source and who answers for it today."""
    try:
        page = read_activity(programme_slug, code, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "trail": _trail(page.programme, page.goal),
        "lines": activity_history(page.activity.pk, reader=request.user),
    }
    return render(request, "programme/activity.html", context)


def _trail(programme: Programme | None = None, goal: Goal | None = None) -> list[dict[str, str]]:
    """The way here, for the breadcrumbs."""
    steps = [{"url": reverse("programme-list"), "label": "Program"}]
    if programme:
        steps.append({"url": reverse("programme", args=[programme.slug]), "label": str(programme)})
    if programme and goal:
        url = reverse("goal", args=[programme.slug, goal.number])
        steps.append({"url": url, "label": f"Mål {goal.number}"})
    return steps
