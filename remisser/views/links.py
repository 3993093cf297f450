"""What a remiss is about: linking it with goals and uppdrag, and taking links away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisation.requests import SignedInRequest
from programme.views.editing import WITH_METHODS, edit
from remisser.domain.links import (
    NOT_YOURS,
    link_assignment,
    link_goal,
    unlink_assignment,
    unlink_goal,
)
from remisser.forms import LinkAssignmentForm, LinkGoalForm
from remisser.models import Remiss, RemissAssignment, RemissGoal
from remisser.rules import may_link


@WITH_METHODS
def goal_link(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say that the remiss concerns a goal."""
    remiss = _remiss(request, slug)
    form = LinkGoalForm(request.POST or None, remiss=remiss)

    def act(data: dict[str, Any]) -> str:
        link_goal(remiss, data["goal"], actor=request.user, source=data["source"])
        return _home(remiss)

    return edit(
        request,
        form,
        act,
        done="Remissen är kopplad till målet.",
        heading="Koppla remissen till ett mål",
        lead=remiss.title,
        button="Koppla",
        **_around(remiss),
    )


@WITH_METHODS
def assignment_link(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say that the remiss belongs with an uppdrag."""
    remiss = _remiss(request, slug)
    form = LinkAssignmentForm(request.POST or None, remiss=remiss, user=request.user)

    def act(data: dict[str, Any]) -> str:
        link_assignment(remiss, data["assignment"], actor=request.user, source=data["source"])
        return _home(remiss)

    return edit(
        request,
        form,
        act,
        done="Remissen är kopplad till uppdraget.",
        heading="Koppla remissen till ett uppdrag",
        lead=remiss.title,
        button="Koppla",
        **_around(remiss),
    )


@require_POST
def goal_unlink(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take away that the remiss concerns a goal."""
    remiss = _remiss(request, slug)
    links = RemissGoal.objects.visible_to(request.user).filter(remiss=remiss)
    link = get_object_or_404(
        links.select_related("remiss", "goal__programme", "goal__parent"), pk=pk
    )
    unlink_goal(link, actor=request.user)
    messages.success(request, "Kopplingen till målet är borttagen.")
    return redirect(_home(remiss))


@require_POST
def assignment_unlink(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take away that the remiss belongs with an uppdrag."""
    remiss = _remiss(request, slug)
    links = RemissAssignment.objects.visible_to(request.user).filter(remiss=remiss)
    link = get_object_or_404(links.select_related("remiss", "assignment"), pk=pk)
    unlink_assignment(link, actor=request.user)
    messages.success(request, "Kopplingen till uppdraget är borttagen.")
    return redirect(_home(remiss))


def _remiss(request: SignedInRequest, slug: str) -> Remiss:
    """The remiss, for who may say what it is about. Everybody may read it, so the others: 403."""
    remiss = get_object_or_404(Remiss.objects.visible_to(request.user), slug=slug)
    if not may_link(request.user, remiss):
        raise PermissionDenied(NOT_YOURS)
    return remiss


def _home(remiss: Remiss) -> str:
    return reverse("remiss", args=[remiss.slug])


def _around(remiss: Remiss) -> dict[str, Any]:
    return {
        "back": _home(remiss),
        "trail": [
            {"url": reverse("remiss-list"), "label": "Remisser"},
            {"url": _home(remiss), "label": remiss.dnr},
        ],
    }
