"""The way to a page of a programme, for the breadcrumbs."""

from django.urls import reverse

from programme.models import Goal, Programme


def trail(programme: Programme | None = None, goal: Goal | None = None) -> list[dict[str, str]]:
    steps = [{"url": reverse("programme-list"), "label": "Program"}]
    if programme:
        steps.append({"url": reverse("programme", args=[programme.slug]), "label": str(programme)})
    if programme and goal:
        url = reverse("goal", args=[programme.slug, goal.code])
        steps.append({"url": url, "label": goal.label})
    return steps
