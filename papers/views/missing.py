"""Putting in a section that the template requires and the paper lacks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from organisation.requests import SignedInRequest
from papers.domain.errors import NotAllowed, Refused
from papers.domain.missing import add_missing_section
from papers.views.room import Room


def add_section(request: SignedInRequest, room: Room) -> HttpResponse:
    """Put the section in, and go to it."""
    key = request.POST.get("key", "")[:50]
    try:
        paper = add_missing_section(room.paper, actor=request.user, key=key)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect(room.home)
    section = paper.current.sections.filter(key=key).first() if paper.current else None
    if section is None:
        return redirect(room.home)
    messages.success(request, f"Avsnittet ”{section.heading}” är tillagt.")
    return redirect(f"{room.home}#avsnitt-{section.order}")
