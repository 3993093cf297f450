"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.domain.todo import todo_for


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/start.html", {"todo": todo_for(request.user)})
