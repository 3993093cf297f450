"""Expediering of an answer, and the answer as everyone reads it afterwards."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import User
from organisation.requests import SignedInRequest
from papers.views.dispatch import send_file, send_package, show_dispatch
from papers.views.room import Room
from remisser.models import Answer
from remisser.views.shared import find_answer_for, find_out_for, room_of


@require_http_methods(["GET", "HEAD", "POST"])
def dispatch(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Send the answer; sent: how, to whom and what."""
    answer, room = _of(request.user, slug, namnd_code)
    return show_dispatch(request, room, stem=_stem(answer))


@require_safe
def package(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """All that was sent, in one file."""
    answer, room = _of(request.user, slug, namnd_code)
    return send_package(request, room, stem=_stem(answer))


@require_safe
def file(request: SignedInRequest, slug: str, namnd_code: str, number: int) -> HttpResponse:
    """One of the files that were sent."""
    return send_file(request, _of(request.user, slug, namnd_code)[1], number)


def _of(user: User, slug: str, namnd_code: str) -> tuple[Answer, Room]:
    answer = find_answer_for(user, slug, namnd_code) or find_out_for(user, slug, namnd_code)
    if answer is None:
        raise Http404
    return answer, room_of(answer)


def _stem(answer: Answer) -> str:
    return f"svar-{answer.instance.remiss.slug}-{answer.paper.namnd.code}"
