"""The door that every text comes in by: addresses, forms, names of files."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

from organisation.readable import is_readable, made_alike

NOT_READABLE = "something in the request is no text that can be kept"


class TextMiddleware:
    """Makes text alike before a view sees it, and refuses what no form can answer for.

    A field of one of our forms that holds what cannot be kept is left to the form, which says so
    at the field (organisation.forms.ProblemsMixin) with the text still there. What is asked for in
    the address, names of fields and names of files are refused here: 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *called: Any) -> None:  # noqa: ARG002
        if not is_readable(request.path_info):
            raise BadRequest(NOT_READABLE)
        request.GET = _alike(request.GET, refuse=True)  # type: ignore[assignment]
        if request.method != "POST":
            return
        # The check of the token has read the form already; nothing is read earlier than before.
        # Forms that are not ours do not say it at the field.
        match = request.resolver_match
        others = match is not None and "admin" in match.app_names
        request.POST = _alike(request.POST, refuse=others)  # type: ignore[assignment]
        for file in (f for files in request.FILES.lists() for f in files[1]):
            name = made_alike(file.name or "")
            if not is_readable(name):
                raise BadRequest(NOT_READABLE)
            file.name = name


def _alike(fields: QueryDict, *, refuse: bool = False) -> QueryDict:
    found = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        alike = [made_alike(value) for value in values]
        if not is_readable(name) or (refuse and not all(map(is_readable, alike))):
            raise BadRequest(NOT_READABLE)
        found.setlist(made_alike(name), alike)
    found._mutable = False
    return found
