"""The pages where a paper is written: a section, the header; and what apps above add in this way.

What was typed is never lost: a refusal comes back as the same page with the text in the field.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from organisation.requests import SignedInRequest
from papers.documents.dropped import what_was_dropped
from papers.domain.changes import current_version
from papers.domain.comments import threads_of
from papers.domain.content import WRITTEN_KINDS, clean_body, header_of, merge_bodies
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.domain.history import header_history, section_history
from papers.domain.papers import save_header, save_section
from papers.domain.saves import writing_now
from papers.domain.tasks import given_keys
from papers.domain.workflow import Action, is_open_for, why_not
from papers.enums import PaperState
from papers.forms import HeaderForm, RevisionForm, SectionForm, read_body
from papers.models import Paper
from papers.rules import may_write
from papers.views.room import Room
from trace.domain.wording import word_diff

# What a person may choose when somebody else was first, besides saving their own.
KEEP_SAVED, MERGE = "sparad", "bada"
WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def write_section(request: SignedInRequest, room: Room, order: int) -> HttpResponse:
    """Write in one section of the current version. Raises Http404 for one that is not written."""
    written = [s for s in current_version(room.paper).sections.all() if s.kind in WRITTEN_KINDS]
    found = next((s for s in written if s.order == order), None)
    # Sections move when one is put in before them: the text goes where the person wrote it.
    key = request.POST.get("section", "")
    if key and (found is None or found.key != key):
        found = next((s for s in written if s.key == key), None)
    if found is None:
        raise Http404
    if away := closed(request, room, given=found.key in given_keys(request.user, room.paper)):
        return away
    anchor = f"{room.home}#avsnitt-{found.order}"
    if keeps_saved(request):
        return saved_stays(request, anchor)
    merging = merges(request)
    form = SectionForm(
        sent_text(request, room, found.body) if request.method == "POST" else None,
        heading=found.heading,
        initial={"body": found.body, "revision": room.paper.revision},
    )
    if "autosave" in request.POST:
        return autosaved(
            form,
            lambda expected: save_section(
                found,
                actor=request.user,
                expected_version=expected,
                body=form.cleaned_data["body"],
            ),
            others=partial(_others, request, room, found.order),
        )
    conflict = None
    if request.method == "POST" and form.is_valid() and not merging:
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
            tell_what_was_dropped(request)
            following = after(written, found) if "next" in request.POST else None
            if following:
                return saved(request, room.section(following.order))
            return saved(request, anchor)
    context = {
        "merged": merging,
        "section": found,
        "lines": section_history(found, reader=request.user),
        "following": after(written, found),
        "others": _others(request, room, found.order),
        "threads": [t for t in threads_of(room.paper, only_open=True) if t.order == found.order],
        "theirs": clean_body(conflict.theirs) if conflict else "",
        "marked": marked(conflict.theirs, form) if conflict else "",
    }
    return write_page(request, "papers/section.html", room, form, conflict, context)


def write_header(request: SignedInRequest, room: Room) -> HttpResponse:
    """The facts around the text: title, dnr, handläggare, meeting and so on."""
    if away := closed(request, room):
        return away
    if keeps_saved(request):
        return saved_stays(request, room.home)
    merging = merges(request)
    before = header_of(current_version(room.paper))
    data = request.POST.dict()
    if merging:
        data = HeaderForm.chosen(data, before) | {"revision": str(room.paper.revision)}
    form = HeaderForm(
        data if request.method == "POST" else None,
        initial={**HeaderForm.values_of(before), "revision": room.paper.revision},
    )
    conflict = None
    if request.method == "POST" and form.is_valid() and not merging:
        done, conflict = carry_out(
            form,
            lambda expected: save_header(
                room.paper, actor=request.user, expected_version=expected, header=form.header
            ),
        )
        if done:
            return saved(request, room.home)
    context = {
        "merged": merging,
        "differences": form.differences(conflict.theirs) if conflict else [],
        "lines": header_history(room.paper, reader=request.user),
    }
    return write_page(request, "papers/header.html", room, form, conflict, context)


# What the pages share ---------------------------------------------------------------------------


def closed(request: SignedInRequest, room: Room, *, given: bool = False) -> HttpResponse | None:
    """Whoever may read but not write is refused; an attested paper is shown instead of edited.

    given: the person has been given this section to write.
    A text that was posted goes on to the command, which refuses it with the text kept.
    """
    if not given and not may_write(request.user, room.paper):
        raise PermissionDenied
    if request.method != "POST" and not is_open_for(Action.WRITE, room.paper):
        messages.info(request, why_not(Action.WRITE, PaperState(room.paper.state)))
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


def autosaved(
    form: RevisionForm,
    command: Callable[[int], Paper],
    *,
    others: Callable[[], list[str]] = list,
) -> JsonResponse:
    """What is said to a page that saves by itself: saved and when, or why not.

    Nothing is lost by a refusal: the text stays in the page, and its button leads to the page that
    shows both texts.
    """
    kept: list[Paper] = []
    conflict = None
    if form.is_valid():
        done, conflict = carry_out(form, lambda expected: kept.append(command(expected)))
        if done:
            when = date_format(timezone.localtime(), "H:i")
            return JsonResponse(
                {
                    "saved": True,
                    "said": f"Sparat {when}",
                    "revision": kept[0].revision,
                    "others": others(),
                }
            )
    problem = (
        f"{conflict.message} Din text står kvar här. Tryck på Spara för att jämföra."
        if conflict
        else f"Inte sparat. {' '.join(problem['message'] for problem in form.problems)}"
    )
    return JsonResponse({"saved": False, "problem": problem, "conflict": conflict is not None})


def tell_what_was_dropped(request: SignedInRequest) -> None:
    """Say what a paste brought along that no paper holds, when it came as it was."""
    if dropped := what_was_dropped(request.POST.get("body", "")):
        messages.info(request, f"Texten är rensad. {dropped}")


def _others(request: SignedInRequest, room: Room, order: int) -> list[str]:
    """Who else is probably writing in the section now."""
    recent = writing_now(room.paper, request.user)
    revision = current_version(room.paper).sections.get(order=order).revision
    return [str(recent[revision].by)] if revision in recent else []


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
        form.data = {**form.data, "revision": str(conflict.revision)}
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


def keeps_saved(request: SignedInRequest) -> bool:
    """Whether the person lets what somebody else saved stay."""
    return request.POST.get("choice") == KEEP_SAVED


def merges(request: SignedInRequest) -> bool:
    """Whether the person wants to go on from both texts; nothing is saved then."""
    return request.POST.get("choice") == MERGE


def sent_text(request: SignedInRequest, room: Room, now: str) -> dict[str, Any]:
    """What was sent; with both texts in the field, when the person wants to go on from both.

    now: the text that is saved, as the page's field `body`.
    """
    data: dict[str, Any] = request.POST.dict()
    if merges(request):
        data["body"] = merge_bodies(now, read_body(data.get("body", "")))
        data["revision"] = str(room.paper.revision)
    return data


def marked(theirs: str, form: RevisionForm) -> SafeString:
    """From the saved text to what stands in the field, word by word."""
    return word_diff(clean_body(theirs), form.cleaned_data["body"])


def saved_stays(request: SignedInRequest, address: str) -> HttpResponse:
    """On to `address`, saying that nothing was saved."""
    messages.info(request, "Den sparade texten står kvar som den är. Din sparades inte.")
    return redirect(address)


def saved(request: SignedInRequest, address: str) -> HttpResponse:
    """On to `address`, saying when it was saved."""
    messages.success(request, f"Sparat {date_format(timezone.localtime(), 'H:i')}.")
    return redirect(address)


def after(items: list[Any], item: Any) -> Any:
    """The one after `item` in the list, or None."""
    place = items.index(item)
    return items[place + 1] if place + 1 < len(items) else None
