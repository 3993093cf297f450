"""The pages of the consolidated follow-up, open to everyone who is signed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indicators.domain.beside_figure import cautions, read_beside
from indicators.domain.consolidation import Wanted, consolidate, read_periods_until
from indicators.domain.disclosure import Audience
from indicators.domain.followup_report.finding import citys_reports
from indicators.domain.lacking import read_deviations, read_lacking
from indicators.domain.overview import read_overview
from indicators.domain.register import list_followups
from indicators.domain.selection import read_selection
from indicators.domain.telling import see_notices, unread_notices
from indicators.enums import PeriodKind, Reading
from indicators.exports.files import FORMATS, file_name
from indicators.exports.texts import as_of, method_notes, period_in_text
from indicators.models import Period
from indicators.selection_form import selection_from
from indicators.views.audience import audience_of
from organisation.domain.reading import log_export, log_unprotected
from organisation.requests import SignedInRequest


@require_safe
def followup_list(request: SignedInRequest) -> HttpResponse:
    followups = list_followups(citys_reports(request.user))
    return render(request, "indicators/followup_list.html", {"followups": followups})


@require_safe
def followup(request: SignedInRequest, code: str) -> HttpResponse:
    """How the goals stand, who is in, and what stands out."""
    period, history = _periods(code)
    audience = _audience(request, period, "uppföljningen")
    overview = read_overview(period, audience=audience, history=history)
    return render(
        request,
        "indicators/followup.html",
        {
            "period": period,
            "overview": overview,
            "followup": overview.followup,
            "period_in_text": period_in_text(overview.followup),
            "as_of": as_of(overview.followup),
            "notes": method_notes(overview.followup),
            "unprotected": audience is Audience.COORDINATOR,
            "formats": [(ending, made.name) for ending, made in FORMATS.items()],
            "trail": [{"url": reverse("followup-list"), "label": "Uppföljning"}],
        },
    )


@require_safe
def followup_goal(
    request: SignedInRequest, code: str, programme_slug: str, goal_code: str
) -> HttpResponse:
    """One goal in the period: its indicators with their parts, and its activities."""
    period, history = _periods(code)
    audience = _audience(request, period, f"mål {goal_code} i uppföljningen")
    wanted = Wanted(goal=(programme_slug, goal_code))
    result = consolidate(period, audience=audience, history=history, wanted=wanted)
    if not result.goals:
        raise Http404
    return render(
        request,
        "indicators/followup_goal.html",
        {
            "period": period,
            "followup": result,
            "goal": result.goals[0],
            "period_in_text": period_in_text(result),
            "as_of": as_of(result),
            "unprotected": audience is Audience.COORDINATOR,
            "trail": _trail(period),
        },
    )


@require_safe
def followup_indicator(request: SignedInRequest, code: str, indicator_code: str) -> HttpResponse:
    """One indicator in the period: what it is read beside, and nämnd against nämnd."""
    period, history = _periods(code)
    audience = _audience(request, period, f"indikatorn {indicator_code} i uppföljningen")
    wanted = Wanted(indicator=indicator_code)
    followup = consolidate(period, audience=audience, history=history, wanted=wanted)
    if not followup.goals:
        raise Http404
    (result,) = followup.goals[0].indicators
    return render(
        request,
        "indicators/followup_indicator.html",
        {
            "period": period,
            "followup": followup,
            "result": result,
            "beside": read_beside(result),
            "caution": cautions(result),
            "period_in_text": period_in_text(followup),
            "unprotected": audience is Audience.COORDINATOR,
            "trail": _trail(period),
        },
    )


@require_safe
def followup_missing(request: SignedInRequest, code: str) -> HttpResponse:
    """What has not been given, by nämnd and by indicator."""
    period, _ = _periods(code)
    return render(
        request,
        "indicators/followup_missing.html",
        {"period": period, "lacking": read_lacking(period), "trail": _trail(period)},
    )


@require_safe
def followup_deviations(request: SignedInRequest, code: str) -> HttpResponse:
    """The activities that deviate from the plan, with the nämnder's own words."""
    period, _ = _periods(code)
    return render(
        request,
        "indicators/followup_deviations.html",
        {"period": period, "goals": read_deviations(period), "trail": _trail(period)},
    )


@require_safe
def followup_selection(request: SignedInRequest, code: str) -> HttpResponse:
    """Any nämnder, periods and programme up to the period, in the reading that is chosen."""
    period, history = _periods(code)
    audience = _audience(request, period, "ett urval i uppföljningen")
    asked = selection_from(request.GET, history)
    return render(
        request,
        "indicators/followup_selection.html",
        {
            "period": period,
            "asked": asked,
            "selected": read_selection(asked.selection, audience=audience, history=history),
            "offered_periods": [(one.code, one.label) for one in reversed(history)],
            "offered_kinds": PeriodKind.choices,
            "offered_readings": Reading.choices,
            "unprotected": audience is Audience.COORDINATOR,
            "trail": _trail(period),
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
            "trail": _trail(period),
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


def _audience(request: SignedInRequest, period: Period, what: str) -> Audience:
    """Whom the page is made for; a reading of unprotected figures is logged."""
    audience = audience_of(request)
    if audience is Audience.COORDINATOR:
        log_unprotected(period, reader=request.user, what=f"{what} av {period.code}")
    return audience


def _trail(period: Period) -> list[dict[str, str]]:
    return [
        {"url": reverse("followup-list"), "label": "Uppföljning"},
        {"url": reverse("followup", args=[period.code]), "label": period.label},
    ]


def _periods(code: str) -> tuple[Period, list[Period]]:
    try:
        return read_periods_until(code)
    except Period.DoesNotExist as missing:
        raise Http404 from missing
