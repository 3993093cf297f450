"""Attest of the tjänsteutlåtande on a report: the pages of papers, where the paper stands."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from indicators.views.followup_paper import get_laid_for, room_of
from organisation.requests import SignedInRequest
from papers.views.attest import approve, give_back, send, show_attest


@require_safe
def paper_attest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who attests it, and who has."""
    return show_attest(request, room_of(get_laid_for(request.user, pk)))


@require_POST
def paper_attest_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask heads to attest it."""
    return send(request, room_of(get_laid_for(request.user, pk)))


@require_POST
def paper_attest_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve the version that was read."""
    return approve(request, room_of(get_laid_for(request.user, pk)))


@require_POST
def paper_attest_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send it back to be mended."""
    return give_back(request, room_of(get_laid_for(request.user, pk)))
