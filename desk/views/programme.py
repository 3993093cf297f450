"""The reading pages of a programme, a goal and an activity.

They stand at the desk because they put together what every part of the house knows: the
programme's own words, the indicators' latest figures, and what else belongs to them. Each part is
read by its own app; here they are only laid side by side.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.domain.programme_pages import (
    activity_rows,
    goal_rows,
    read_whole_programme,
    statuses_of,
)
from desk.exports.programme_document import FORMATS, programme_document
from indicators.domain.activities import read_activity_statuses
from indicators.domain.disclosure import Audience
from indicators.domain.goal_figures import read_goal_figures
from indicators.domain.goal_statuses import read_goal_statuses
from organisation.domain.reading import log_export
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
    statuses = statuses_of(page)
    context = {
        "page": page,
        "goals": goal_rows(page, statuses),
        "statuses": statuses,
        "may_edit": may_edit_programmes(request.user),
        "trail": trail(),
    }
    return render(request, "programme/programme.html", context)


@require_safe
def programme_export(
    request: SignedInRequest, programme_slug: str, file_format: str
) -> HttpResponse:
    """The whole programme as Word or PDF, in the words of today with the latest figures.

    One that has ended stands as of its last day, one that is to come as of its first.
    """
    if file_format not in FORMATS:
        raise Http404
    try:
        whole = read_whole_programme(programme_slug, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    made = FORMATS[file_format]
    log_export(whole.page.programme, reader=request.user, what=f"programmet som {file_format}")
    data = made.write(programme_document(whole))
    response = HttpResponse(data, content_type=made.content_type)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{programme_slug}.{file_format}"'
    )
    return response


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
    statuses = read_goal_statuses(page.programme, [page.goal.pk])
    context = {
        "page": page,
        "statuses": statuses,
        "counts": statuses.of(page.goal.pk),
        "is_example": statuses.is_example(page.goal.pk),
        "activities": activity_rows(page.activities, statuses),
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
    """One activity: its source, its tags, who answers for it today, and how far they have come.

    Beside it what its goal is followed by: indicators, uppdrag and remisser. Small numbers are
    protected for whoever asks, as on the goal's page.
    """
    today = timezone.localdate()
    try:
        page = read_activity(programme_slug, code, on=today)
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "statuses": read_activity_statuses(code),
        "figures": read_goal_figures(page.goal.pk, audience=Audience.OTHERS, today=today),
        "assignments": assignments_of_goal(page.goal.pk, user=request.user),
        "remisser": remisser_of_goal(page.goal.pk, user=request.user),
        "may_edit": may_edit_programmes(request.user),
        "trail": trail(page.programme, page.goal),
    }
    return render(request, "desk/activity.html", context)
