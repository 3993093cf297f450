"""Pages of a programme that tell more than the programme knows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.domain.activities import read_activity_statuses
from programme.domain import NotFound, read_activity
from programme.views.pages import trail


@require_safe
def activity(request: HttpRequest, programme_slug: str, code: str) -> HttpResponse:
    """One activity: its source, who answers for it today, and how far they have come."""
    try:
        page = read_activity(programme_slug, code, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "statuses": read_activity_statuses(code),
        "trail": trail(page.programme, page.goal),
    }
    return render(request, "desk/activity.html", context)
