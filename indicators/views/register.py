"""The register of indicators, open to everyone who is signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.domain.disclosure import Audience
from indicators.domain.register import list_register, read_indicator
from indicators.exports.indicator_files import FORMATS
from indicators.models import Indicator
from indicators.rules import may_keep_indicators
from indicators.views.audience import audience_of
from organisation.domain.reading import log_export, log_unprotected
from organisation.requests import SignedInRequest


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    return render(request, "indicators/indicator_list.html", {"goals": list_register()})


@require_safe
def indicator_export(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """One indicator's figures as a file. A file is made for others, whoever asks for it."""
    if file_format not in FORMATS:
        raise Http404
    content_type, write = FORMATS[file_format]
    try:
        page = read_indicator(code, audience=Audience.OTHERS)
    except Indicator.DoesNotExist as missing:
        raise Http404 from missing
    subject = Indicator.objects.get(code=page.code)
    log_export(subject, reader=request.user, what=f"indikatorn {page.code} som {file_format}")
    response = HttpResponse(write(page), content_type=content_type)
    name = f"indikator-{page.code}.{file_format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def indicator(request: SignedInRequest, code: str) -> HttpResponse:
    audience = audience_of(request)
    try:
        page = read_indicator(code, audience=audience)
    except Indicator.DoesNotExist as missing:
        raise Http404 from missing
    if audience is Audience.COORDINATOR:
        subject = Indicator.objects.get(code=page.code)
        log_unprotected(subject, reader=request.user, what=f"indikatorn {page.code}")
    return render(
        request,
        "indicators/indicator.html",
        {
            "page": page,
            "result": page.result,
            "may_keep": may_keep_indicators(request.user),
            "unprotected": audience is Audience.COORDINATOR,
            "trail": [{"url": reverse("indicator-list"), "label": "Indikatorer"}],
        },
    )
