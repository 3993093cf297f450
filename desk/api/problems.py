"""What goes wrong in the API, as problem details (RFC 9457), in Swedish."""

import json
from dataclasses import dataclass

from django.http import HttpResponse

from indicators.exports.shapes import as_json, said

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """Vad som gick fel, enligt RFC 9457."""

    type: str = said("Alltid about:blank: läs status och code.")
    title: str = said("Vad statuskoden betyder.")
    status: int = said("Statuskoden.")
    code: str = said("Vad som är fel, som ett ord för program.")
    detail: str = said("Vad som är fel och vad du gör åt det.")


class Wrong(Exception):
    """What was asked for cannot be answered: a filter that is none. Answered with 400."""


class Missing(Exception):
    """There is nothing by that name that a key may read. Answered with 404."""


# status: (code, title)
KINDS = {
    400: ("fel-i-fragan", "Frågan går inte att besvara"),
    401: ("nyckel-saknas", "Nyckel saknas eller gäller inte"),
    403: ("far-inte", "Det får nyckeln inte läsa"),
    404: ("finns-inte", "Finns inte"),
    405: ("bara-lasning", "API:et är bara för läsning"),
    429: ("for-ofta", "För många anrop"),
    500: ("fel-hos-oss", "Något gick fel hos oss"),
}


def problem(status: int, detail: str) -> HttpResponse:
    """The answer; with what tells a program how to go on, where there is such a thing."""
    code, title = KINDS[status]
    body = json.dumps(
        as_json(Problem("about:blank", title, status, code, detail)), ensure_ascii=False
    )
    response = HttpResponse(body, status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Samlad"'
    if status == 429:
        response.headers["Retry-After"] = "60"
    return response
