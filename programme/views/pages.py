"""The pages of the programmes: open to everyone who is signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programme.domain import NotFound, read_goal, read_programme, read_programmes
from programme.models import Goal, Programme


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes."""
    return render(request, "programme/list.html", {"programmes": read_programmes()})


@require_safe
def programme(request: HttpRequest, programme_slug: str) -> HttpResponse:
    """One programme: vision, kinds of violence, goals."""
    try:
        page = read_programme(programme_slug)
    except NotFound as missing:
        raise Http404 from missing
    return render(request, "programme/programme.html", {"page": page, "trail": trail()})


@require_safe
def goal(request: HttpRequest, programme_slug: str, number: int) -> HttpResponse:
    """One goal: its activities and who answers for them today."""
    try:
        page = read_goal(programme_slug, number, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    return render(request, "programme/goal.html", {"page": page, "trail": trail(page.programme)})


def trail(programme: Programme | None = None, goal: Goal | None = None) -> list[dict[str, str]]:
    """The way here, for the breadcrumbs."""
    steps = [{"url": reverse("programme-list"), "label": "Program"}]
    if programme:
        steps.append({"url": reverse("programme", args=[programme.slug]), "label": str(programme)})
    if programme and goal:
        url = reverse("goal", args=[programme.slug, goal.number])
        steps.append({"url": url, "label": f"Mål {goal.number}"})
    return steps
