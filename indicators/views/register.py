"""The register of indicators, open to everyone who is signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.domain.disclosure import Audience
from indicators.domain.register import list_register, read_indicator
from indicators.models import Indicator
from indicators.rules import may_keep_indicators
from indicators.views.audience import audience_of
from organisation.domain.reading import log_unprotected
from organisation.requests import SignedInRequest


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    return render(request, "indicators/indicator_list.html", {"goals": list_register()})


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
