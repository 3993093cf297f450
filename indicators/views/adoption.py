"""The pages of what nämnder adopt in their verksamhetsplaner."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indicators.adoption_forms import AdoptionForm
from indicators.domain.adoption import StalePlan, adopt
from indicators.domain.errors import InvalidEntry, NotAllowed
from indicators.domain.plans import (
    Plan,
    list_plans,
    periods_of,
    programme_years,
    read_plan,
    year_to_show,
    years_with_activities,
)
from indicators.models import Adoption
from indicators.rules import may_adopt
from organisation.models import Namnd
from organisation.requests import SignedInRequest


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Go to the year that is worked with now: the latest that has something to adopt."""
    return redirect("plans-of-year", year_to_show(years_with_activities() or programme_years()))


@require_safe
def plans_of_year(request: HttpRequest, year: int) -> HttpResponse:
    """Every nämnd's year: what is adopted, and what is expected but not adopted."""
    plans = list_plans(year)
    if year not in plans.years and plans.years:
        raise Http404
    return render(request, "indicators/plans.html", {"plans": plans})


@require_safe
def plan(request: SignedInRequest, namnd_code: str, year: int) -> HttpResponse:
    """One nämnd's year, to read. What has been decided is public."""
    found = _plan(namnd_code, year)
    inside = found.namnd.pk in request.user.access.inside_ids()
    context = {
        "plan": found,
        "may_change": _may_change(request, found),
        "inside": inside,
        "periods": periods_of(found),
        "trail": _trail(found),
    }
    return render(request, "indicators/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_change(request: SignedInRequest, namnd_code: str, year: int) -> HttpResponse:
    """Register what the nämnd has decided."""
    found = _plan(namnd_code, year)
    if not _may_change(request, found):
        raise PermissionDenied
    form = AdoptionForm(found, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"plan": found, "form": form, "trail": _trail(found, page=True)}
    if request.method == "POST" and form.is_valid():
        try:
            adopt(
                found.namnd,
                year,
                form.given,
                actor=request.user,
                expected_revision=_revision(request),
            )
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except StalePlan as stale:
            context |= {"refused": stale.message, "revision": stale.revision}
        except InvalidEntry as refusal:
            context["refused"] = refusal.message
        else:
            messages.success(request, f"Verksamhetsplan {year} är registrerad.")
            return redirect("plan", namnd_code, year)
    return render(request, "indicators/plan_change.html", {"revision": form.revision} | context)


def _plan(namnd_code: str, year: int) -> Plan:
    found = read_plan(get_object_or_404(Namnd, code=namnd_code), year)
    if found is None:
        raise Http404
    return found


def _may_change(request: SignedInRequest, found: Plan) -> bool:
    return may_adopt(request.user, found.adoption or Adoption(namnd=found.namnd, year=found.year))


def _trail(found: Plan, *, page: bool = False) -> list[dict[str, str]]:
    steps = [
        {
            "url": reverse("plans-of-year", args=[found.year]),
            "label": f"Verksamhetsplaner {found.year}",
        }
    ]
    if page:
        url = reverse("plan", args=[found.namnd.code, found.year])
        steps.append({"url": url, "label": found.namnd.name})
    return steps


def _revision(request: SignedInRequest) -> int:
    try:
        return int(request.POST.get("revision", ""))
    except ValueError as mistake:
        raise BadRequest("revision is missing") from mistake
