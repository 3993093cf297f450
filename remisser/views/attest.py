"""Attest of an answer: the pages of papers, where the answer stands."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from organisation.requests import SignedInRequest
from papers.views.attest import approve, give_back, send, show_attest
from remisser.views.shared import get_answer_for, room_of


@require_safe
def attest(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Who attests the answer, and who has."""
    return show_attest(request, room_of(get_answer_for(request.user, slug, namnd_code)))


@require_POST
def attest_send(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Ask heads to attest it."""
    return send(request, room_of(get_answer_for(request.user, slug, namnd_code)))


@require_POST
def attest_approve(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Approve the version that was read."""
    return approve(request, room_of(get_answer_for(request.user, slug, namnd_code)))


@require_POST
def attest_return(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Send it back to be mended."""
    return give_back(request, room_of(get_answer_for(request.user, slug, namnd_code)))
