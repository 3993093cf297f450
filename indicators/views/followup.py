"""The pages of the consolidated follow-up, open to everyone who is signed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indicators.domain.consolidation import consolidate, read_periods_until
from indicators.domain.disclosure import Audience
from indicators.domain.followup_report.finding import citys_reports
from indicators.domain.register import list_followups
from indicators.domain.telling import see_notices, unread_notices
from indicators.exports.files import FORMATS, file_name
from indicators.exports.texts import as_of, method_notes, period_in_text
from indicators.models import Period
from indicators.views.audience import audience_of
from organisation.domain.reading import log_export, log_unprotected
from organisation.requests import SignedInRequest


@require_safe
def followup_list(request: SignedInRequest) -> HttpResponse:
    followups = list_followups(citys_reports(request.user))
    return render(request, "indicators/followup_list.html", {"followups": followups})


@require_safe
def followup(request: SignedInRequest, code: str) -> HttpResponse:
    period, history = _periods(code)
    audience = audience_of(request)
    result = consolidate(period, audience=audience, history=history)
    if audience is Audience.COORDINATOR:
        log_unprotected(period, reader=request.user, what=f"uppföljningen av {period.code}")
    return render(
        request,
        "indicators/followup.html",
        {
            "period": period,
            "followup": result,
            "period_in_text": period_in_text(result),
            "as_of": as_of(result),
            "notes": method_notes(result),
            "unprotected": audience is Audience.COORDINATOR,
            "formats": [(ending, made.name) for ending, made in FORMATS.items()],
            "trail": [{"url": reverse("followup-list"), "label": "Uppföljning"}],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def followup_corrections(request: SignedInRequest, code: str) -> HttpResponse:
    """What has been corrected in the period since it was first approved. Sent: I have read it."""
    period, history = _periods(code)
    if request.method == "POST":
        if see_notices(request.user, period.pk):
            messages.success(request, "Meddelandet om rättelsen är borta från din startsida.")
        return redirect("followup-corrections", code)
    audience = audience_of(request)
    result = consolidate(period, audience=audience, history=history)
    if audience is Audience.COORDINATOR:
        log_unprotected(period, reader=request.user, what=f"rättelserna i {period.code}")
    return render(
        request,
        "indicators/followup_corrections.html",
        {
            "period": period,
            "followup": result,
            "unread": unread_notices(request.user, period.pk),
            "unprotected": audience is Audience.COORDINATOR,
            "trail": [
                {"url": reverse("followup-list"), "label": "Uppföljning"},
                {"url": reverse("followup", args=[period.code]), "label": period.label},
            ],
        },
    )


@require_safe
def followup_export(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The follow-up as a file. A file is made for others, whoever asks for it."""
    if file_format not in FORMATS:
        raise Http404
    period, history = _periods(code)
    result = consolidate(period, audience=Audience.OTHERS, history=history)
    made = FORMATS[file_format]
    log_export(
        period, reader=request.user, what=f"uppföljningen av {period.code} som {file_format}"
    )
    response = HttpResponse(made.write(result), content_type=made.content_type)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{file_name(result, file_format)}"'
    )
    return response


def _periods(code: str) -> tuple[Period, list[Period]]:
    try:
        return read_periods_until(code)
    except Period.DoesNotExist as missing:
        raise Http404 from missing
