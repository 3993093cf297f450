"""Calm error pages: what happened, and what to do."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desk.api.openapi import ROOT
from desk.api.problems import problem


def _page(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    if request.path.startswith(ROOT):  # a program reads it
        return problem(status, f"{heading}. {text}")
    return render(request, "desk/error.html", {"heading": heading, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        400,
        "Det gick inte att förstå sidans uppgifter",
        "Gå tillbaka, läs in sidan på nytt och försök igen.",
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        403,
        "Det här får du inte göra",
        "Din roll räcker inte för det du försökte göra. Fråga systemförvaltaren om det är fel.",
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        "Sidan finns inte",
        "Adressen kan vara fel, eller så är sidan inte öppen för dig.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The page says a number, and the log says it with what went wrong (config/logs.py)."""
    incident = secrets.token_hex(4)
    request.incident = incident  # type: ignore[attr-defined]  # where the log finds it
    if request.path.startswith(ROOT):
        return problem(500, f"Felet är noterat med numret {incident}. Försök igen om en stund.")
    # No context processors here: they may be what failed.
    context = {"incident": incident}
    return render(None, "desk/server_error.html", context, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "Sidan var för gammal",
        "Gå tillbaka, läs in sidan på nytt och försök igen. Kopiera först det du har skrivit.",
    )
