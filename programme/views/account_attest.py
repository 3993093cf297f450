"""Attest of an account: the pages of papers, where the account stands."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from organisation.requests import SignedInRequest
from papers.views.attest import approve, give_back, send, show_attest
from programme.views.rooms import get_account_for, room_of


@require_safe
def attest(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Who attests the account, and who has."""
    return show_attest(request, room_of(get_account_for(request.user, slug, number)))


@require_POST
def attest_send(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Ask heads to attest it."""
    return send(request, room_of(get_account_for(request.user, slug, number)))


@require_POST
def attest_approve(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Approve the version that was read."""
    return approve(request, room_of(get_account_for(request.user, slug, number)))


@require_POST
def attest_return(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Send it back to be mended."""
    return give_back(request, room_of(get_account_for(request.user, slug, number)))
