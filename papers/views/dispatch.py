"""Expediering of a paper: to whom, the files, and the package.

Apps above give the paper these addresses below its own: expediering/, expediering/paket/,
expediering/fil/N/.
"""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from organisation.domain.reading import log_export, log_foreign_reading
from organisation.requests import SignedInRequest
from papers.dispatch_forms import DispatchForm
from papers.domain.changes import current_version
from papers.domain.dispatch import dispatch_of, dispatch_paper, files_of
from papers.enums import PaperState
from papers.exports.package import make_files, zip_of
from papers.models import Dispatch, DispatchFile
from papers.rules import may_send_out
from papers.views.editing import carry_out
from papers.views.room import Room


def show_dispatch(request: SignedInRequest, room: Room, *, stem: str) -> HttpResponse:
    """Send the paper; sent: to whom, when, by whom and which files. stem: of the files' names."""
    paper = room.paper
    may = may_send_out(request.user, paper)
    sending = dispatch_of(paper)
    if request.method == "POST" and not may:
        raise PermissionDenied
    version = current_version(paper)
    form = DispatchForm(
        request.POST if request.method == "POST" else None,
        initial={"revision": paper.revision, "recipients": "\n".join(version.recipients)},
    )
    if request.method == "POST" and form.is_valid():
        done, conflict = carry_out(
            form,
            lambda expected: dispatch_paper(
                paper,
                actor=request.user,
                expected_version=expected,
                recipients=form.names,
                make_files=partial(make_files, stem=stem, document=room.document),
            ),
        )
        if done:
            messages.success(request, "Expedierat. Alla som är inloggade kan nu läsa handlingen.")
            return redirect(f"{room.home}expediering/")
        if conflict:
            form.add_error(None, f"{conflict.message} Läs igenom handlingen som den är nu.")
    log_foreign_reading(
        paper, reader=request.user, namnd=paper.namnd, what=f"expedieringen av {room.name}"
    )
    context = {
        "room": room,
        "paper": paper,
        "sending": sending,
        "files": files_of(sending) if sending else [],
        "inside": paper.namnd_id in request.user.access.inside_ids(),
        "may_send": may and paper.state == PaperState.BESLUTAD,
        "form": form,
        "problems": form.problems if request.method == "POST" else [],
        "trail": room.trail,
    }
    return render(request, "papers/dispatch.html", context)


def send_package(request: SignedInRequest, room: Room, *, stem: str) -> HttpResponse:
    """All that was sent, in one file. Raises Http404 when nothing was."""
    sending = _sending(request, room)
    files = list(DispatchFile.objects.visible_to(request.user).filter(dispatch=sending))
    _log(request, room, "expedieringspaketet")
    lines = [
        f"Expedierad {timezone.localtime(sending.at):%Y-%m-%d %H:%M} av {room.paper.namnd}",
        f"Version {sending.version.number}, kontrollsumma {sending.sha256}",
        "",
        "Till",
        *(f"- {one.name}" for one in sending.recipients.all()),
        "",
        "Filer (SHA-256)",
        *(f"- {file.name}  {file.sha256}" for file in files),
    ]
    data = zip_of(files, contents="\r\n".join(lines) + "\r\n")
    return _file(data, "application/zip", f"{stem}-expediering.zip")


def send_file(request: SignedInRequest, room: Room, number: int) -> HttpResponse:
    """One file, byte by byte as it was sent. Raises Http404."""
    sending = _sending(request, room)
    file = get_object_or_404(
        DispatchFile.objects.visible_to(request.user), dispatch=sending, pk=number
    )
    _log(request, room, file.name)
    return _file(bytes(file.content), file.content_type, file.name)


def _sending(request: SignedInRequest, room: Room) -> Dispatch:
    sending = (
        Dispatch.objects.visible_to(request.user)
        .filter(paper=room.paper)
        .select_related("version")
        .prefetch_related("recipients")
        .first()
    )
    if sending is None:
        raise Http404
    return sending


def _log(request: SignedInRequest, room: Room, what: str) -> None:
    log_export(
        room.paper,
        reader=request.user,
        namnd=room.paper.namnd,
        what=f"{what} av {room.name}"[:250],
    )


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
