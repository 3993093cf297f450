"""The coordinator's pages for what happens to an indicator over the years."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from indicators.domain import life
from indicators.domain.register import definition_on
from indicators.life_forms import MoveForm
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
