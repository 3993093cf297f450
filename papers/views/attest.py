"""Attest of a paper: whom to ask, to approve the version that one has read, to send it back.

Apps above give the paper these addresses below its own: attest/, attest/skicka/, attest/godkann/,
attest/aterlamna/.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from organisation.domain.reading import log_foreign_reading
from organisation.requests import SignedInRequest
from papers.attest_forms import PLACES, AttestForm, ReturnForm, SendToAttestForm
from papers.domain.attest import attest, return_from_attest, send_to_attest
from papers.domain.attesting import AttestPage, attest_page
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.rules import may_attest, may_send_to_attest
from papers.views.room import Room


def show_attest(request: SignedInRequest, room: Room) -> HttpResponse:
    """Who attests the paper, who has, and what one can do oneself."""
    log_foreign_reading(
        room.paper,
        reader=request.user,
        namnd=room.paper.namnd,
        what=f"vilka som attesterar {room.name}",
    )
    return _page(request, room, attest_page(room.paper, request.user))


def send(request: SignedInRequest, room: Room) -> HttpResponse:
    """Ask heads to attest the current version."""
    if not may_send_to_attest(request.user, room.paper):
        raise PermissionDenied
    page = attest_page(room.paper, request.user)
    form = SendToAttestForm(request.POST, heads=page.heads)
    if form.is_valid() and _done(
        form,
        lambda: send_to_attest(
            room.paper,
            actor=request.user,
            expected_version=form.cleaned_data["revision"],
            attestants=form.attestants,
            look=room.look,
        ),
    ):
        messages.success(request, f"Skickat till attest. {form.attestants[0]} står på tur.")
        return redirect(f"{room.home}attest/")
    return _page(request, room, page, send=form)


def approve(request: SignedInRequest, room: Room) -> HttpResponse:
    """Approve the version that was read."""
    if not may_attest(request.user, room.paper):
        raise PermissionDenied
    form = AttestForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: attest(room.paper, actor=request.user, sha256=form.cleaned_data["sha256"]),
    ):
        messages.success(request, "Du har attesterat.")
        return redirect(f"{room.home}attest/")
    return _page(request, room, attest_page(room.paper, request.user), approve=form)


def give_back(request: SignedInRequest, room: Room) -> HttpResponse:
    """Send the paper back, with what needs to be changed."""
    if not may_attest(request.user, room.paper):
        raise PermissionDenied
    form = ReturnForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: return_from_attest(
            room.paper,
            actor=request.user,
            expected_version=form.cleaned_data["revision"],
            reason=form.cleaned_data["reason"],
            copy_more=room.copy_more,
        ),
    ):
        messages.success(request, "Återlämnat. Arbetet fortsätter i en ny version.")
        return redirect(f"{room.home}attest/")
    return _page(request, room, attest_page(room.paper, request.user), back=form)


def _done(form: Any, command: Any) -> bool:
    """Carry the command out; a refusal is put on the form."""
    try:
        command()
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as conflict:
        form.add_error(None, f"{conflict.message} Läs igenom handlingen som den är nu.")
        return False
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _page(
    request: SignedInRequest,
    room: Room,
    page: AttestPage,
    *,
    send: SendToAttestForm | None = None,
    approve: AttestForm | None = None,
    back: ReturnForm | None = None,
) -> HttpResponse:
    now = {"revision": room.paper.revision}
    names = [name for name, _, _ in PLACES]
    bound = next((form for form in (send, approve, back) if form is not None), None)
    findings = room.look(room.paper) if page.may_send else ()
    context = {
        "room": room,
        "paper": room.paper,
        "page": page,
        "errors": [finding for finding in findings if finding.is_error],
        "warning_count": sum(not finding.is_error for finding in findings),
        "send": send
        or SendToAttestForm(
            heads=page.heads,
            initial=now | dict(zip(names, page.asked_before, strict=False)),
        ),
        "approve": approve or AttestForm(initial={"sha256": page.sha256}),
        "back": back or ReturnForm(initial=now),
        "problems": bound.problems if bound is not None else [],
        "trail": room.trail,
    }
    return render(request, "papers/attest.html", context)
