"""The page of one uppdrag, with the remisser that belong with it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.requests import SignedInRequest
from programme.domain.assignment_reading import assignment_page
from programme.views.assignments import get_assignment_for, trail_to
from remisser.domain.links import remisser_of_assignment


@require_safe
def assignment(request: SignedInRequest, slug: str) -> HttpResponse:
    """One uppdrag: origin, who, when, accounts, decisions, obligations, and related remisser."""
    found = get_assignment_for(request.user, slug)
    context = {
        "page": assignment_page(found, request.user),
        "remisser": remisser_of_assignment(found.pk, user=request.user),
        "trail": trail_to(),
    }
    return render(request, "desk/assignment.html", context)
