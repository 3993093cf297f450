"""The API's addresses, and the page that shows how to use them.

A key in the head of the request is all that counts here: cookies and who is signed in do not.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.core.internal import ratelimit  # the public one counts no GET
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from desk.api.openapi import MOST_PAGE_SIZE, PAGE_SIZE, document
from desk.api.operations import OPERATIONS, Operation
from desk.api.problems import Missing, Wrong, problem
from indicators.exports.shapes import as_json
from organisation.domain.api_tokens import MOST_A_MINUTE, Refusal, note_unknown_token, use_token

READING = "GET, HEAD, OPTIONS"
STATUS = {Refusal.UNKNOWN: 401, Refusal.SCOPE: 403, Refusal.TOO_MANY: 429}
HOW = "Skicka nyckeln som ”Authorization: Bearer samlad_…”. Systemförvaltaren gör nycklar."
PAGING = ("page", "page_size")

View = Callable[..., HttpResponse]


def reading_only(view: View) -> View:
    """GET and HEAD go on; OPTIONS is answered with what there is, all else with a problem.

    Nothing is changed here and no cookie counts, so the protection of forms has nothing to guard:
    it would only answer before this does, with a page.
    """

    @csrf_exempt
    @login_not_required
    def guarded(request: HttpRequest, **values: str) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method in ("GET", "HEAD"):
            return view(request, **values)
        else:
            response = problem(405, "Hämta med GET. Inget kan ändras genom API:et.")
        response.headers["Allow"] = READING
        return response

    return guarded


def view_of(operation: Operation) -> View:
    """The view of one operation: key, filters, the reading, a page of it, and its fingerprint."""

    @sensitive_variables()
    def answer(request: HttpRequest, **values: str) -> HttpResponse:
        if (refused := _why_not(request, operation)) is not None:
            return refused
        try:
            asked = _asked(request, operation, values)
            found = operation.read(asked)
            body = _page(request, operation, found) if operation.many else as_json(found)
        except Wrong as wrong:
            return problem(400, str(wrong))
        except Missing as missing:
            return problem(404, str(missing))
        return _answer(request, body)

    return reading_only(answer)


@reading_only
def index(request: HttpRequest) -> HttpResponse:
    """Where one begins: the addresses of everything, and of the document that tells of them."""
    starts = {one.path for one in OPERATIONS if "<" not in one.path}
    root = request.build_absolute_uri(reverse("api-index"))
    body = {
        "title": "Samlad",
        "document": request.build_absolute_uri(reverse("api-document")),
        "help": request.build_absolute_uri(reverse("api-help")),
        "resources": {path.rstrip("/"): f"{root}{path}" for path in sorted(starts)},
    }
    return _answer(request, body)


@reading_only
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document. It tells nothing that is anybody's, so no key is asked for."""
    return _answer(request, document())


@reading_only
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """What is no address of the API; one that lacks its last stroke is sent on."""
    if not rest.endswith("/") and "." not in rest:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponsePermanentRedirect(f"{reverse('api-index')}{rest}/{query}")
    return problem(404, "Adressen finns inte. Alla adresser står i /api/v1/openapi.json.")


@require_safe
def api_help(request: HttpRequest) -> HttpResponse:
    """How to fetch figures into Excel and Power BI."""
    context = {
        "operations": OPERATIONS,
        "most_a_minute": MOST_A_MINUTE,
        "page_size": PAGE_SIZE,
        "most_page_size": MOST_PAGE_SIZE,
        "root": request.build_absolute_uri(reverse("api-index")),
    }
    return render(request, "desk/api_help.html", context)


@sensitive_variables()
def _why_not(request: HttpRequest, operation: Operation) -> HttpResponse | None:
    """The refusal, unless the request has a key that may read what it asks for."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        return problem(401, f"Anropet har ingen nyckel. {HOW}")
    used = use_token(secret.strip(), operation.scope)
    if not isinstance(used, Refusal):
        return None
    if used is Refusal.UNKNOWN:
        if not ratelimit.consume(
            request, app="allauth.account", action="api_unknown", limit_get=True
        ):
            return problem(429, Refusal.TOO_MANY.value)
        note_unknown_token()
    return problem(STATUS[used], used.value)


def _asked(request: HttpRequest, operation: Operation, values: Mapping[str, str]) -> dict[str, str]:
    """The filters, and what stands in the address. Raises Wrong for what is no filter here."""
    known = {one.name: one for one in operation.parameters}
    names = [*known, *PAGING] if operation.many else [*known]
    if unknown := sorted(set(request.GET) - set(names)):
        has = f"Här finns: {', '.join(names)}." if names else "Här finns inga filter."
        raise Wrong(f"Filtret ”{unknown[0][:40]}” finns inte. {has}")
    asked = dict(values)
    for name, one in known.items():
        said = request.GET.get(name, "").strip()
        if not said:
            if one.required:
                raise Wrong(f"Ange {name}, till exempel {name}={one.example}.")
            continue
        if one.one_of and said not in one.one_of:
            raise Wrong(f"{name} är något av: {', '.join(one.one_of)}.")
        asked[name] = said
    return asked


def _page(request: HttpRequest, operation: Operation, found: list[Any]) -> dict[str, Any]:
    number = _number(request, "page", 1, None)
    size = _number(request, "page_size", PAGE_SIZE, MOST_PAGE_SIZE)
    last = number * size
    following = None
    if last < len(found):
        query = {**request.GET.dict(), "page": number + 1, "page_size": size}
        following = request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
    return {
        "total": len(found),
        "page": number,
        "page_size": size,
        "next": following,
        "items": [as_json(one) for one in found[last - size : last]],
    }


def _number(request: HttpRequest, name: str, default: int, most: int | None) -> int:
    text = request.GET.get(name, "").strip() or str(default)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if number < 1 or (most is not None and number > most):
        span = f"1–{most}" if most is not None else "1 eller mer"
        raise Wrong(f"{name} är ett heltal, {span}.")
    return number


def _answer(request: HttpRequest, body: Mapping[str, Any]) -> HttpResponse:
    """The body with its fingerprint; 304 for who has it already."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Authorization"
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response
