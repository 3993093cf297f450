"""How an indicator's outcomes are looked over: to read for all, to set for the samordnare."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from indicators.check_forms import ChecksForm
from indicators.domain.check_rules import ChecksChanged, set_checks
from indicators.domain.errors import InvalidEntry
from indicators.domain.register import current_definition
from indicators.models import Indicator
from indicators.rules import may_set_checks
from organisation.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_checks(request: SignedInRequest, code: str) -> HttpResponse:
    try:
        definition = current_definition(code)
    except Indicator.DoesNotExist as missing:
        raise Http404 from missing
    may_set = may_set_checks(request.user)
    if request.method == "POST":
        if not may_set:
            raise PermissionDenied
        form = ChecksForm(definition, request.POST)
        if form.is_valid:
            try:
                changed = set_checks(
                    definition, actor=request.user, given=form.given, seen=form.seen
                )
            except (ChecksChanged, InvalidEntry) as refusal:
                form.refused = refusal.message
            else:
                if changed:
                    messages.success(request, "Kontrollerna är sparade.")
                else:
                    messages.info(request, "Inget var ändrat.")
                return redirect("indicator-checks", code)
    else:
        form = ChecksForm(definition)
    return render(
        request,
        "indicators/checks.html",
        {
            "definition": definition,
            "form": form,
            "may_set": may_set,
            "trail": [
                {"url": reverse("indicator-list"), "label": "Indikatorer"},
                {"url": reverse("indicator", args=[code]), "label": definition.name},
            ],
        },
    )
