"""The pages where a nämnd reports a period."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe


@require_safe
def reporting(request: HttpRequest) -> HttpResponse:
    """The person's nämnder and the periods that are open or just were."""
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """One nämnd's report: the form, or what it says for those who may only read."""
    raise Http404


@require_POST
def report_submit(request: HttpRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Hand the report in to the nämnd's own granskare."""
    raise Http404


@require_POST
def report_approve(request: HttpRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Approve the report: from now on it counts."""
    raise Http404


@require_POST
def report_return(request: HttpRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Send the report back, with a reason."""
    raise Http404
