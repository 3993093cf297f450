"""The coordinator's pages for what happens to an indicator over the years."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from indicators.domain import life
from indicators.domain.register import definition_on
from indicators.life_forms import (
    DefinitionForm,
    GapForm,
    MoveForm,
    ResumeForm,
    SuccessionForm,
    TargetForm,
)
from indicators.models import Indicator
from indicators.rules import may_keep_indicators
from organisation.requests import SignedInRequest
from programme.views.editing import WITH_METHODS, View, edit


def for_keepers(view: View) -> View:
    """403 for everybody but the samordnare: the register is read by all, changed by one."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_keep_indicators(request.user):
            raise PermissionDenied(life.ONLY_COORDINATORS)
        return view(request, *args, **kwargs)

    return guarded


@for_keepers
@WITH_METHODS
def indicator_goals(request: SignedInRequest, code: str) -> HttpResponse:
    """Move the indicator between goals."""
    indicator = get_object_or_404(Indicator, code=code)
    form = MoveForm(
        request.POST or None,
        indicator=indicator,
        today=timezone.localdate(),
        initial={"revision": indicator.revision},
    )
    return _command(
        request,
        indicator,
        form,
        life.move_indicator,
        heading="Flytta mellan mål",
        button="Spara",
        done="Indikatorns mål är ändrade.",
    )


@for_keepers
@WITH_METHODS
def indicator_definition(request: SignedInRequest, code: str) -> HttpResponse:
    """Write a new definition from a day."""
    indicator = get_object_or_404(Indicator, code=code)
    last = indicator.versions.order_by("number").last()
    if last is None:
        raise Http404
    form = DefinitionForm(
        request.POST or None,
        initial={"revision": indicator.revision, **DefinitionForm.initial_of(last)},
    )
    return _command(
        request,
        indicator,
        form,
        life.redefine,
        heading="Ny definition",
        button="Spara den nya definitionen",
        done="Den nya definitionen är sparad.",
    )


@for_keepers
@WITH_METHODS
def indicator_gap(request: SignedInRequest, code: str) -> HttpResponse:
    """Let nobody be asked for the indicator, for a time or for good."""
    indicator = get_object_or_404(Indicator, code=code)
    return _command(
        request,
        indicator,
        GapForm(request.POST or None, initial={"revision": indicator.revision}),
        life.rest,
        heading="Mäts inte, saknar källa eller har upphört",
        button="Spara",
        done="Ingen frågas efter indikatorn under den tiden.",
    )


@for_keepers
@WITH_METHODS
def indicator_resume(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Ask for the indicator again."""
    indicator = get_object_or_404(Indicator, code=code)
    gap = get_object_or_404(indicator.gaps, pk=pk)

    def resume(_: Indicator, **given: Any) -> None:
        life.resume(gap, **given)

    return _command(
        request,
        indicator,
        ResumeForm(request.POST or None, initial={"revision": indicator.revision}),
        resume,
        heading="Fråga efter indikatorn igen",
        button="Spara",
        done="Indikatorn frågas efter igen.",
    )


@for_keepers
@WITH_METHODS
def indicator_succession(request: SignedInRequest, code: str) -> HttpResponse:
    """Let other indicators take its place."""
    indicator = get_object_or_404(Indicator, code=code)
    form = SuccessionForm(
        request.POST or None, indicator=indicator, initial={"revision": indicator.revision}
    )
    return _command(
        request,
        indicator,
        form,
        life.succeed,
        heading="Delas eller ersätts",
        button="Spara",
        done="Övergången är sparad.",
    )


@for_keepers
@WITH_METHODS
def indicator_target(request: SignedInRequest, code: str) -> HttpResponse:
    """Change an årsmål during its year."""
    indicator = get_object_or_404(Indicator, code=code)
    form = TargetForm(
        request.POST or None,
        indicator=indicator,
        initial={"revision": indicator.revision, "year": timezone.localdate().year},
    )
    return _command(
        request,
        indicator,
        form,
        life.change_target,
        heading="Ändra årsmål under året",
        button="Spara",
        done="Årsmålet är ändrat.",
    )


# Parts ------------------------------------------------------------------------------------------


def _command(
    request: SignedInRequest,
    indicator: Indicator,
    form: Any,
    command: Callable[..., Any],
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    """A form over a command on the indicator, whose page it leads back to."""
    page = reverse("indicator", args=[indicator.code])

    def act(data: dict[str, Any]) -> str:
        command(indicator, actor=request.user, expected_version=data.pop("revision"), **data)
        return page

    definition = definition_on(list(indicator.versions.all()), timezone.localdate())
    name = definition.name if definition else indicator.code
    return edit(
        request,
        form,
        act,
        done=done,
        lead=name,
        back=page,
        trail=[
            {"url": reverse("indicator-list"), "label": "Indikatorer"},
            {"url": page, "label": name},
        ],
        **context,
    )
