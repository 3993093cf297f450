"""Beredning of a paper: who was consulted, their files, and the text that is written from it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from organisation.domain.reading import log_export, log_foreign_reading
from organisation.requests import SignedInRequest
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.domain.preparation import (
    add_consultation,
    change_consultation,
    digest_of,
    lay_proposal,
    preparation_of,
    remove_consultation,
    set_proposal_aside,
)
from papers.domain.reading import readable
from papers.domain.workflow import Action, is_open_for, why_not
from papers.enums import PaperState
from papers.models import Consultation
from papers.preparation_forms import ConsultationForm
from papers.rules import may_write
from papers.views.room import Room

LAY = "lagg-in"


def preparation(request: SignedInRequest, room: Room) -> HttpResponse:
    """Who was consulted, how the section stands to it, and a form to register one more."""
    form = ConsultationForm(*_sent(request))
    if request.method == "POST":
        if not may_write(request.user, room.paper):
            raise PermissionDenied
        if form.is_valid():
            try:
                add_consultation(
                    room.paper, form.facts, actor=request.user, file=form.cleaned_data["file"]
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, "Samrådet är registrerat.")
                return redirect(f"{room.home}beredning/")
    return _page(request, room, form)


def consultation(request: SignedInRequest, room: Room, consultation: int) -> HttpResponse:
    """Change one."""
    found = _one(request, room, consultation)
    if not may_write(request.user, room.paper):
        raise PermissionDenied
    if request.method != "POST" and not is_open_for(Action.CONSULT, room.paper):
        messages.info(request, why_not(Action.CONSULT, PaperState(room.paper.state)))
        return redirect(f"{room.home}beredning/")
    form = ConsultationForm(*_sent(request), of=found)
    theirs = None
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            change_consultation(
                found,
                form.facts,
                actor=request.user,
                expected_version=-1 if revision is None else revision,
                file=form.cleaned_data["file"],
                drop_file=form.cleaned_data.get("drop_file", False),
            )
        except Conflict as conflict:
            theirs = conflict.theirs
            now = _one(request, room, consultation)
            form.data = {**request.POST.dict(), "revision": str(now.revision)}
            form.add_error(None, f"{conflict.message} Spara igen om din uppgift ska gälla.")
            found = now
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Samrådet är ändrat.")
            return redirect(f"{room.home}beredning/")
    context = {
        "room": room,
        "found": found,
        "form": form,
        "theirs": theirs,
        "trail": [*room.trail, {"url": f"{room.home}beredning/", "label": "Beredning"}],
    }
    return render(request, "papers/consultation.html", context)


def consultation_remove(request: SignedInRequest, room: Room, consultation: int) -> HttpResponse:
    """Take one away."""
    found = _one(request, room, consultation)
    return _carried_out(
        request,
        room,
        lambda: remove_consultation(found, actor=request.user),
        "Samrådet är borttaget.",
    )


def consultation_file(request: SignedInRequest, room: Room, consultation: int) -> HttpResponse:
    """The file of one, byte by byte as it came. Raises Http404 when there is none."""
    found = _one(request, room, consultation)
    if not found.file_name:
        raise Http404
    log_export(
        room.paper,
        reader=request.user,
        namnd=room.paper.namnd,
        what=f"{found.file_name} i beredningen av {room.name}"[:250],
    )
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, found.file_name) or ""
    )
    return response


def preparation_text(request: SignedInRequest, room: Room) -> HttpResponse:
    """Take the proposal into the section, or keep what stands there."""
    lays = request.POST.get("choice") == LAY
    command = lay_proposal if lays else set_proposal_aside
    return _carried_out(
        request,
        room,
        lambda: command(room.paper, actor=request.user, seen=request.POST.get("seen", "")),
        "Avsnittet är skrivet ur samråden. Det som stod där finns kvar bland versionerna."
        if lays
        else "Texten står kvar som den är.",
    )


# Parts ------------------------------------------------------------------------------------------


def _sent(request: SignedInRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _one(request: SignedInRequest, room: Room, pk: int) -> Consultation:
    found = Consultation.objects.visible_to(request.user).filter(paper=room.paper, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _carried_out(request: SignedInRequest, room: Room, command: Any, said: str) -> HttpResponse:
    try:
        command()
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(f"{room.home}beredning/")


def _page(request: SignedInRequest, room: Room, form: ConsultationForm) -> HttpResponse:
    paper = room.paper
    log_foreign_reading(
        paper, reader=request.user, namnd=paper.namnd, what=f"beredningen av {room.name}"
    )
    writes = may_write(request.user, paper)
    state = preparation_of(paper)
    context = {
        "room": room,
        "state": state,
        "seen": digest_of(state.proposal),
        "form": form,
        "may_register": writes and is_open_for(Action.CONSULT, paper),
        "may_lay": writes and state.may_write,
        "closed": ""
        if is_open_for(Action.CONSULT, paper)
        else why_not(Action.CONSULT, PaperState(paper.state)),
        "body": readable(state.section.body) if state.section else "",
        "trail": room.trail,
    }
    return render(request, "papers/preparation.html", context)
