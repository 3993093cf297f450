"""The list of programmes: open to everyone who is signed in.

The pages and files of one programme, goal and activity are put together at the desk, with what
the other parts of the house know about them.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.requests import SignedInRequest
from programme.domain import read_programmes
from programme.rules import may_edit_programmes


@require_safe
def programme_list(request: SignedInRequest) -> HttpResponse:
    """All programmes."""
    context = {"programmes": read_programmes(), "may_edit": may_edit_programmes(request.user)}
    return render(request, "programme/list.html", context)
