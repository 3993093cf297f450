"""Whose request it is, told to the database with every statement that writes."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.http import HttpRequest, HttpResponse


class TraceMiddleware:
    """Everything written during a request is kept with the person, the page and the request.

    pghistory puts it in front of each writing statement, in the same message to the database: no
    extra round trip. The page is its URL name, never the address, which may hold what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with pghistory.context():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *called: Any) -> None:  # noqa: ARG002
        match = request.resolver_match
        pghistory.context(
            user=request.user.pk,
            through=f"sida:{match.view_name or match.func.__name__}" if match else "sida",
        )
