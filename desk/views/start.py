"""The start page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.domain.todo import todo_for
from organisation.requests import SignedInRequest


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    return render(request, "desk/start.html", {"todo": todo_for(request.user)})
