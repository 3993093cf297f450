"""The list of programmes, and a programme as a file: open to everyone who is signed in.

The pages of one programme, goal and activity are put together at the desk, with what the other
parts of the house know about them.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.domain.reading import log_export
from organisation.requests import SignedInRequest
from programme.domain import NotFound, read_contents, read_programmes
from programme.exports.programme_document import FORMATS, programme_document
from programme.rules import may_edit_programmes


@require_safe
def programme_list(request: SignedInRequest) -> HttpResponse:
    """All programmes."""
    context = {"programmes": read_programmes(), "may_edit": may_edit_programmes(request.user)}
    return render(request, "programme/list.html", context)


@require_safe
def programme_export(
    request: SignedInRequest, programme_slug: str, file_format: str
) -> HttpResponse:
    """The whole programme as Word or PDF, in the words of today."""
    if file_format not in FORMATS:
        raise Http404
    today = timezone.localdate()
    try:
        page, goals = read_contents(programme_slug, on=today)
    except NotFound as missing:
        raise Http404 from missing
    made = FORMATS[file_format]
    log_export(page.programme, reader=request.user, what=f"programmet som {file_format}")
    data = made.write(programme_document(page, goals, on=today))
    response = HttpResponse(data, content_type=made.content_type)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{programme_slug}.{file_format}"'
    )
    return response
