"""The reading pages of a programme, a goal and an activity.

They stand at the desk because they put together what every part of the house knows: the
programme's own words, the indicators' latest figures, and what else belongs to them. Each part is
read by its own app; here they are only laid side by side.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.domain.activities import read_activity_statuses
from indicators.domain.disclosure import Audience
from indicators.domain.goal_figures import read_goal_figures
from organisation.requests import SignedInRequest
from programme.domain import NotFound, read_activity, read_goal, read_programme
from programme.domain.assignment_reading import assignments_of_goal
from programme.domain.services.finding import Today, services_of_goal
from programme.rules import may_edit_programmes
from programme.views.trail import trail
from remisser.domain.of_goals import remisser_of_goal


@require_safe
def programme(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """One programme: vision, tags, goals, and how they correspond to those of others."""
    try:
        page = read_programme(programme_slug, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "may_edit": may_edit_programmes(request.user),
        "trail": trail(),
    }
    return render(request, "programme/programme.html", context)


@require_safe
def goal(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """One goal: what must be in place, activities, indicators, and what corresponds.

    The page is printed and handed round, so small numbers are protected for whoever asks.
    """
    today = timezone.localdate()
    try:
        page = read_goal(programme_slug, code, on=today)
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "figures": read_goal_figures(page.goal.pk, audience=Audience.OTHERS, today=today),
        "services": services_of_goal(page.goal, request.user, Today()),
        "assignments": assignments_of_goal(page.goal.pk, user=request.user),
        "remisser": remisser_of_goal(page.goal.pk, user=request.user),
        "may_edit": may_edit_programmes(request.user),
        "trail": trail(page.programme, page.goal.parent),
    }
    return render(request, "programme/goal.html", context)


@require_safe
def activity(request: SignedInRequest, programme_slug: str, code: str) -> HttpResponse:
    """One activity: its source, its tags, who answers for it today, and how far they have come."""
    try:
        page = read_activity(programme_slug, code, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "statuses": read_activity_statuses(code),
        "may_edit": may_edit_programmes(request.user),
        "trail": trail(page.programme, page.goal),
    }
    return render(request, "desk/activity.html", context)
