"""The pages where a paper is written: a section, the header; and what apps above add in this way.

What was typed is never lost: a refusal comes back as the same page with the text in the field.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from organisation.requests import SignedInRequest
from papers.domain.changes import current_version
from papers.domain.content import WRITTEN_KINDS, clean_body, header_of
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.domain.papers import save_header, save_section
from papers.domain.workflow import ATTESTED, Action, possible_actions
from papers.forms import HeaderForm, RevisionForm, SectionForm
from papers.rules import may_write
from papers.views.room import Room

WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def write_section(request: SignedInRequest, room: Room, order: int) -> HttpResponse:
    """Write in one section of the current version. Raises Http404 for one that is not written."""
    written = [s for s in current_version(room.paper).sections.all() if s.kind in WRITTEN_KINDS]
    found = next((s for s in written if s.order == order), None)
    if found is None:
        raise Http404
    if away := closed(request, room):
        return away
    form = SectionForm(
        request.POST if request.method == "POST" else None,
        heading=found.heading,
        initial={"body": found.body, "revision": room.paper.revision},
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        done, conflict = carry_out(
            form,
            lambda expected: save_section(
                found,
                actor=request.user,
                expected_version=expected,
                body=form.cleaned_data["body"],
            ),
        )
        if done:
            following = after(written, found) if "next" in request.POST else None
            if following:
                return saved(request, room.section(following.order))
            return saved(request, f"{room.home}#avsnitt-{found.order}")
    context = {
        "section": found,
        "following": after(written, found),
        "theirs": clean_body(conflict.theirs) if conflict else "",
    }
    return write_page(request, "papers/section.html", room, form, conflict, context)


def write_header(request: SignedInRequest, room: Room) -> HttpResponse:
    """The facts around the text: title, dnr, handläggare, meeting and so on."""
    if away := closed(request, room):
        return away
    before = header_of(current_version(room.paper))
    form = HeaderForm(
        request.POST if request.method == "POST" else None,
        initial={**HeaderForm.values_of(before), "revision": room.paper.revision},
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        done, conflict = carry_out(
            form,
            lambda expected: save_header(
                room.paper, actor=request.user, expected_version=expected, header=form.header
            ),
        )
        if done:
            return saved(request, room.home)
    context = {"differences": form.differences(conflict.theirs) if conflict else []}
    return write_page(request, "papers/header.html", room, form, conflict, context)


# What the pages share ---------------------------------------------------------------------------


def closed(request: SignedInRequest, room: Room) -> HttpResponse | None:
    """Whoever may read but not write is refused; an attested paper is shown instead of edited.

    A text that was posted goes on to the command, which refuses it with the text kept.
    """
    if not may_write(request.user, room.paper):
        raise PermissionDenied
    if request.method != "POST" and Action.WRITE not in possible_actions(request.user, room.paper):
        messages.info(request, ATTESTED)
        return redirect(room.home)
    return None


def carry_out(form: RevisionForm, command: Callable[[int], Any]) -> tuple[bool, Conflict | None]:
    """Carry the command out; a refusal is put on the form."""
    try:
        command(form.cleaned_data["revision"])
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as conflict:
        return False, conflict
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False, None
    return True, None


def write_page(
    request: SignedInRequest,
    template: str,
    room: Room,
    form: RevisionForm,
    conflict: Conflict | None,
    context: dict[str, Any],
) -> HttpResponse:
    """The page with the form as it stands now, and with what somebody else saved meanwhile."""
    if conflict:
        # Saving once more is then a choice, made with both texts in view.
        form.data = {**form.data.dict(), "revision": str(conflict.revision)}  # type: ignore[attr-defined]
    return render(
        request,
        template,
        {
            "room": room,
            "form": form,
            "conflict": conflict,
            "unsaved": form.is_bound,
            "trail": room.trail,
            **context,
        },
    )


def saved(request: SignedInRequest, address: str) -> HttpResponse:
    """On to `address`, saying when it was saved."""
    messages.success(request, f"Sparat {date_format(timezone.localtime(), 'H:i')}.")
    return redirect(address)


def after(items: list[Any], item: Any) -> Any:
    """The one after `item` in the list, or None."""
    place = items.index(item)
    return items[place + 1] if place + 1 < len(items) else None
