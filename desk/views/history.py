"""Historik of one thing, on a page of its own: the thing's page is read calmly without it.

Each is open to whom the thing itself is open to, but for what only the nämnd or the samordnare
reads. What stands in each is decided where the things are kept.
"""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.domain import history as of_indicators
from indicators.domain.plans import read_plan
from indicators.models import Indicator, Period
from indicators.rules import may_manage_periods
from organisation.models import Namnd
from organisation.requests import SignedInRequest
from programme.domain import NotFound, read_activity, read_goal, read_programme
from programme.domain import history as of_programmes
from programme.models import Service
from programme.views.trail import trail
from trace.domain.history import Line

Steps = list[dict[str, str]]


@require_safe
def programme(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """What was changed of a programme."""
    try:
        page = read_programme(programme_slug, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    lines = of_programmes.programme_history(page.programme, reader=request.user)
    return _page(request, str(page.programme), lines, trail(page.programme))


@require_safe
def goal(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """What was changed of a goal."""
    try:
        page = read_goal(programme_slug, code, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    lines = of_programmes.goal_history(page.goal, reader=request.user)
    return _page(request, page.name.heading, lines, trail(page.programme, page.goal))


@require_safe
def activity(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """What was changed of an activity, and of who answers for it."""
    try:
        page = read_activity(programme_slug, code, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    lines = of_programmes.activity_history(page.activity.pk, reader=request.user)
    home = _step("Aktivitet", "activity", programme_slug, page.activity.code)
    return _page(request, page.activity.text, lines, [*trail(page.programme, page.goal), home])


@require_safe
def indicator(request: SignedInRequest, code: str) -> HttpResponse:
    """What was changed of an indicator, and of who answers for it."""
    found = get_object_or_404(Indicator, code=code)
    lines = of_indicators.indicator_history(code, reader=request.user)
    latest = found.versions.order_by("valid_from").last()
    steps = [_step("Indikatorer", "indicator-list"), _step("Indikator", "indicator", code)]
    return _page(request, latest.name if latest else code, lines, steps)


@require_safe
def followup(request: SignedInRequest, code: str) -> HttpResponse:
    """What was changed of a period, and which reports were approved."""
    period = get_object_or_404(Period, code=code)
    lines = of_indicators.period_history(period, reader=request.user)
    steps = [_step("Uppföljning", "followup-list"), _step(period.label, "followup", code)]
    return _page(request, f"Samlad uppföljning, {period.label.lower()}", lines, steps)


@require_safe
def period(request: SignedInRequest, code: str) -> HttpResponse:
    """What the samordnare has done with a period. For everybody else nothing is here."""
    if not may_manage_periods(request.user):
        raise Http404
    found = get_object_or_404(Period, code=code)
    lines = of_indicators.desk_history(found, reader=request.user)
    steps = [
        _step("Inrapportering", "reporting"),
        _step("Perioder", "period-list"),
        _step(found.label, "period", code),
    ]
    return _page(request, f"{found.label}, läget i staden", lines, steps)


@require_safe
def plan(request: SignedInRequest, namnd_code: str, year: int) -> HttpResponse:
    """What the nämnd has registered of its verksamhetsplan. For the nämnd itself."""
    namnd = get_object_or_404(Namnd, pk__in=request.user.access.inside_ids(), code=namnd_code)
    found = read_plan(namnd, year)
    if found is None:
        raise Http404
    lines = of_indicators.plan_history(found.adoption, reader=request.user)
    steps = [
        _step(f"Verksamhetsplaner {year}", "plans-of-year", year),
        _step(namnd.name, "plan", namnd_code, year),
    ]
    return _page(request, f"Verksamhetsplan {year}, {namnd.name}", lines, steps)


@require_safe
def service(request: SignedInRequest, code: str) -> HttpResponse:
    """What was changed of a record of stöd och insatser."""
    found = get_object_or_404(Service.objects.visible_to(request.user), code=code)
    lines = of_programmes.service_history(found, reader=request.user)
    steps = [_step("Stöd och insatser", "service-list"), _step(found.name, "service", code)]
    return _page(request, found.name, lines, steps)


# Parts ------------------------------------------------------------------------------------------


def _page(request: SignedInRequest, what: str, lines: Sequence[Line], steps: Steps) -> HttpResponse:
    context = {"what": what, "lines": lines, "home": steps[-1]["url"], "trail": steps}
    return render(request, "trace/history_page.html", context)


def _step(label: str, name: str, *values: str | int) -> dict[str, str]:
    return {"url": reverse(name, args=values), "label": label}
