"""What a paper has said: every save, what differs between two, a name, and going back."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format

from organisation.domain.reading import log_export, log_foreign_reading
from organisation.requests import SignedInRequest
from papers.domain.contents import Passage
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.domain.reading import readable
from papers.domain.saves import (
    content_at,
    differences,
    name_save,
    passages_of,
    restore,
    save_at,
    saves_of,
)
from papers.domain.workflow import Action, possible_actions
from papers.exports.files import FileFormat, write_document
from papers.models import PaperSave
from papers.rules import may_write
from papers.save_forms import CompareForm, NameForm, RestoreForm
from papers.views.room import Room
from papers.views.versions import file_response


def index(request: SignedInRequest, room: Room) -> HttpResponse:
    """All saves; and what differs between two of them, when two are chosen."""
    every = request.GET.get("alla") == "ja"
    lines = saves_of(room.paper, every=every)
    asked = "fran" in request.GET or "till" in request.GET
    form = CompareForm(request.GET if asked else None)
    pair = _pair(room, form) if asked and form.is_valid() else None
    _log(request, room, "vilka versioner som finns")
    context = {
        "room": room,
        "lines": lines,
        "every": every,
        "has_more": not every and any(line.saves > 1 for line in lines),
        "problems": form.problems if asked else [],
        "before": pair[0] if pair else None,
        "after": pair[1] if pair else None,
        "changes": differences(content_at(pair[0]), content_at(pair[1])) if pair else (),
        "chosen": (pair[0].revision, pair[1].revision) if pair else _suggested(lines),
        "trail": room.trail,
    }
    return render(request, "papers/saves.html", context)


def save(request: SignedInRequest, room: Room, revision: int) -> HttpResponse:
    """The text as it was."""
    return _save_page(request, room, _find(room, revision))


def as_word(request: SignedInRequest, room: Room, revision: int) -> HttpResponse:
    """The text as it was, as a Word file."""
    return _file(request, room, _find(room, revision), FileFormat.WORD)


def as_pdf(request: SignedInRequest, room: Room, revision: int) -> HttpResponse:
    """The text as it was, as a PDF."""
    return _file(request, room, _find(room, revision), FileFormat.PDF)


def name(request: SignedInRequest, room: Room, revision: int) -> HttpResponse:
    """Give a save a name."""
    found = _find(room, revision)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            name_save(found, actor=request.user, name=form.cleaned_data["name"])
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, "Namnet är sparat.")
            return redirect(f"{room.home}versioner/{revision}/")
    return _save_page(request, room, found, name_form=form)


def restore_save(request: SignedInRequest, room: Room, revision: int) -> HttpResponse:
    """Open a new version that says what the save says."""
    found = _find(room, revision)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return _save_page(request, room, found, restore_form=form)
    try:
        paper = restore(
            found,
            actor=request.user,
            expected_version=form.cleaned_data["revision"],
            reason=form.cleaned_data["reason"],
        )
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as refusal:
        form.data = {**form.data, "revision": str(refusal.revision)}
        form.add_error(None, f"{refusal.message} Läs {room.it} som det är nu, och välj sedan.")
    except Refused as refusal:
        form.add_error(None, refusal.message)
    else:
        number = paper.current.number if paper.current else ""
        messages.success(
            request, f"Texten är återställd som version {number}. Det som skrevs efter finns kvar."
        )
        return redirect(room.home)
    return _save_page(request, room, found, restore_form=form)


# Parts ------------------------------------------------------------------------------------------


def _find(room: Room, revision: int) -> PaperSave:
    found = save_at(room.paper, revision)
    if found is None:
        raise Http404
    return found


def _file(
    request: SignedInRequest, room: Room, found: PaperSave, file_format: FileFormat
) -> HttpResponse:
    log_export(
        room.paper,
        reader=request.user,
        namnd=room.paper.namnd,
        what=f"texten i ändring {found.revision} av {room.name}, som {file_format.value}",
    )
    data = write_document(room.document_of_save(found), file_format)
    when = date_format(timezone.localtime(found.at), "Y-m-d-Hi")
    stem = f"{room.file_stem}-version-{found.version.number}-sparad-{when}"
    return file_response(data, file_format, f"{stem}.{file_format.value}")


def _pair(room: Room, form: CompareForm) -> tuple[PaperSave, PaperSave]:
    """The two that are chosen, the older first whichever way they were chosen."""
    revisions = sorted((form.cleaned_data["fran"], form.cleaned_data["till"]))
    return _find(room, revisions[0]), _find(room, revisions[1])


def _suggested(lines: Any) -> tuple[int, int]:
    """What is marked at first: from the one before to the one that holds now."""
    revisions = [line.save.revision for line in lines[:2]] or [0]
    return revisions[-1], revisions[0]


def _save_page(
    request: SignedInRequest,
    room: Room,
    found: PaperSave,
    *,
    name_form: NameForm | None = None,
    restore_form: RestoreForm | None = None,
) -> HttpResponse:
    user, paper = request.user, room.paper
    form = name_form or restore_form
    _log(request, room, f"texten i ändring {found.revision}")
    context = {
        "room": room,
        "save": found,
        "is_current": found.revision == paper.revision,
        "passages": [_readable(passage) for passage in passages_of(content_at(found))],
        "may_write": may_write(user, paper),
        "may_restore": Action.RESTORE in possible_actions(user, paper),
        "name_form": name_form or NameForm(initial={"name": found.name}),
        "restore_form": restore_form or RestoreForm(initial={"revision": paper.revision}),
        "problems": form.problems if form else [],
        "trail": [*room.trail, {"url": f"{room.home}versioner/", "label": "Versioner"}],
    }
    return render(request, "papers/save.html", context)


def _readable(passage: Passage) -> Passage:
    """Rich text as the page shows it."""
    return replace(passage, text=readable(passage.text)) if passage.is_rich else passage


def _log(request: SignedInRequest, room: Room, what: str) -> None:
    log_foreign_reading(
        room.paper, reader=request.user, namnd=room.paper.namnd, what=f"{what} av {room.name}"
    )
