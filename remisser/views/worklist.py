"""The answers of a person's nämnder: as a list by due date, and as a board by step."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.requests import SignedInRequest
from remisser.domain.worklist import Worklist, worklist
from remisser.worklist_forms import WorklistForm


@require_safe
def answer_list(request: SignedInRequest) -> HttpResponse:
    """By due date."""
    return _page(request, "remisser/worklist.html", board=False)


@require_safe
def answer_board(request: SignedInRequest) -> HttpResponse:
    """By step."""
    return _page(request, "remisser/board.html", board=True)


def _page(request: SignedInRequest, template: str, *, board: bool) -> HttpResponse:
    chosen = WorklistForm.chosen(request.GET)
    found: Worklist = worklist(request.user, chosen, today=timezone.localdate(), with_sent=board)
    form = WorklistForm(
        initial={
            "vems": "mina" if chosen.only_mine else "",
            "namnd": chosen.namnd,
            "person": chosen.person or "",
            "visa": "alla" if chosen.everything else "",
        }
    )
    form.offer(found.namnder, found.people)
    asked = request.GET.urlencode()
    context = {
        "found": found,
        "form": form,
        "asked": f"?{asked}" if asked else "",
        "board": board,
        "trail": [{"url": reverse("remiss-list"), "label": "Remisser"}],
    }
    return render(request, template, context)
