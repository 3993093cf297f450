"""A programme's final report: the page, and the report as Word and PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.exports.programme_document import FORMATS
from indicators.domain.final_report import FinalReport, read_final_report
from indicators.exports.final_report_document import (
    GRADES,
    final_report_document,
    what_it_covers,
)
from indicators.exports.texts import method_notes
from organisation.domain.reading import log_export
from organisation.requests import SignedInRequest
from programme.domain import NotFound
from programme.views.trail import trail


@require_safe
def final_report(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """Seven goals over the years. Made to be handed round: protected for whoever asks."""
    report = _report(programme_slug)
    context = {
        "report": report,
        "covers": what_it_covers(report),
        "grades": GRADES,
        "notes": method_notes(report.followup) if report.followup else (),
        "trail": trail(report.programme),
    }
    return render(request, "desk/final_report.html", context)


@require_safe
def final_report_export(
    request: SignedInRequest, programme_slug: str, file_format: str
) -> HttpResponse:
    """The report as a file."""
    if file_format not in FORMATS:
        raise Http404
    report = _report(programme_slug)
    made = FORMATS[file_format]
    log_export(report.programme, reader=request.user, what=f"slutrapporten som {file_format}")
    response = HttpResponse(
        made.write(final_report_document(report)), content_type=made.content_type
    )
    response.headers["Content-Disposition"] = (
        f'attachment; filename="slutrapport-{programme_slug}.{file_format}"'
    )
    return response


def _report(slug: str) -> FinalReport:
    try:
        return read_final_report(slug)
    except NotFound as missing:
        raise Http404 from missing
