"""The pages where an answer is written: a section, a stance, all together, the header.

What was typed is never lost: a refusal comes back as the same page with the text in the field.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from organisation.requests import SignedInRequest
from papers.domain.changes import current_version
from papers.domain.content import WRITTEN_KINDS, clean_body, header_of, merge_bodies
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.domain.papers import save_header, save_section
from papers.domain.workflow import ATTESTED, Action, possible_actions
from papers.rules import may_write
from remisser.domain.answers import save_collective, save_position
from remisser.domain.history import header_history, position_history, section_history
from remisser.forms import (
    CollectiveForm,
    HeaderForm,
    PositionForm,
    RevisionForm,
    SectionForm,
    read_body,
)
from remisser.models import Answer, AnswerVersion, Position
from remisser.views.shared import get_answer_for, trail_to
from trace.domain.wording import word_diff

# What a person may choose when somebody else was first, besides saving their own.
KEEP_SAVED, MERGE = "sparad", "bada"
WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@WITH_METHODS
def section(request: SignedInRequest, slug: str, namnd_code: str, order: int) -> HttpResponse:
    """Write in one section."""
    answer = get_answer_for(request.user, slug, namnd_code)
    written = [s for s in current_version(answer.paper).sections.all() if s.kind in WRITTEN_KINDS]
    found = next((s for s in written if s.order == order), None)
    if found is None:
        raise Http404
    if closed := _closed(request, answer):
        return closed
    anchor = f"{_address(answer)}#avsnitt-{found.order}"
    if request.POST.get("choice") == KEEP_SAVED:
        return _saved_stays(request, anchor)
    merging = request.POST.get("choice") == MERGE
    form = SectionForm(
        _merged(request, answer, found.body) if request.method == "POST" else None,
        heading=found.heading,
        initial={"body": found.body, "revision": answer.paper.revision},
    )
    conflict = None
    if request.method == "POST" and form.is_valid() and not merging:
        saved, conflict = _save(
            form,
            lambda expected: save_section(
                found,
                actor=request.user,
                expected_version=expected,
                body=form.cleaned_data["body"],
            ),
        )
        if saved:
            following = _after(written, found) if "next" in request.POST else None
            if following:
                return _saved(
                    request, reverse("answer-section", args=[slug, namnd_code, following.order])
                )
            return _saved(request, anchor)
    context = {
        "merged": merging,
        "section": found,
        "lines": section_history(answer, found, reader=request.user),
        "following": _after(written, found),
        "theirs": clean_body(conflict.theirs) if conflict else "",
        "marked": _marked(conflict.theirs, form) if conflict else "",
    }
    return _page(request, "remisser/section.html", answer, form, conflict, context)


@WITH_METHODS
def position(request: SignedInRequest, slug: str, namnd_code: str, number: int) -> HttpResponse:
    """Take a stance on one proposal."""
    answer = get_answer_for(request.user, slug, namnd_code)
    proposals = list(answer.instance.remiss.proposals.all())
    proposal = next((p for p in proposals if p.number == number), None)
    if proposal is None:
        raise Http404
    if closed := _closed(request, answer):
        return closed
    content = (
        AnswerVersion.objects.visible_to(request.user)
        .filter(version=current_version(answer.paper))
        .first()
    )
    if request.method != "POST" and content and content.collective:
        messages.info(request, "Att-satserna besvaras samlat. Här kan du välja att ändra det.")
        return redirect("answer-collective", slug, namnd_code)
    current = (
        Position.objects.visible_to(request.user)
        .filter(answer_version=content, proposal=proposal)
        .first()
    )
    anchor = f"{_address(answer)}#att-sats-{proposal.number}"
    if request.POST.get("choice") == KEEP_SAVED:
        return _saved_stays(request, anchor)
    merging = request.POST.get("choice") == MERGE
    form = PositionForm(
        _merged(request, answer, current.body if current else "")
        if request.method == "POST"
        else None,
        initial={
            "stance": current.stance if current else "",
            "body": current.body if current else "",
            "revision": answer.paper.revision,
        },
    )
    conflict = None
    if request.method == "POST" and form.is_valid() and not merging:
        saved, conflict = _save(
            form,
            lambda expected: save_position(
                answer,
                proposal,
                actor=request.user,
                expected_version=expected,
                stance=form.cleaned_data["stance"],
                body=form.cleaned_data["body"],
            ),
        )
        if saved:
            following = _after(proposals, proposal) if "next" in request.POST else None
            if following:
                return _saved(
                    request, reverse("answer-position", args=[slug, namnd_code, following.number])
                )
            return _saved(request, anchor)
    context = {
        "merged": merging,
        "proposal": proposal,
        "lines": position_history(answer, proposal, reader=request.user),
        "wording": current.wording if current and current.wording != proposal.text else "",
        "proposals": proposals,
        "previous": _after(list(reversed(proposals)), proposal),
        "following": _after(proposals, proposal),
        "theirs": clean_body(conflict.theirs.body) if conflict else "",
        "marked": _marked(conflict.theirs.body, form) if conflict else "",
    }
    return _page(request, "remisser/position.html", answer, form, conflict, context)


@WITH_METHODS
def collective(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Choose whether the proposals are answered one by one or all together."""
    answer = get_answer_for(request.user, slug, namnd_code)
    if not answer.instance.remiss.proposals.exists():
        raise Http404
    if closed := _closed(request, answer):
        return closed
    content = (
        AnswerVersion.objects.visible_to(request.user)
        .filter(version=current_version(answer.paper))
        .first()
    )
    if request.POST.get("choice") == KEEP_SAVED:
        return _saved_stays(request, _address(answer))
    form = CollectiveForm(
        request.POST if request.method == "POST" else None,
        initial={
            "collective": "ja" if content and content.collective else "nej",
            "stance": content.stance if content else "",
            "revision": answer.paper.revision,
        },
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        saved, conflict = _save(
            form,
            lambda expected: save_collective(
                answer,
                actor=request.user,
                expected_version=expected,
                collective=form.cleaned_data["collective"],
                stance=form.cleaned_data["stance"],
            ),
        )
        if saved:
            return _saved(request, _address(answer))
    return _page(request, "remisser/collective.html", answer, form, conflict, {})


@WITH_METHODS
def header(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """The facts around the text: title, dnr, handläggare, meeting and so on."""
    answer = get_answer_for(request.user, slug, namnd_code)
    if closed := _closed(request, answer):
        return closed
    if request.POST.get("choice") == KEEP_SAVED:
        return _saved_stays(request, _address(answer))
    merging = request.POST.get("choice") == MERGE
    before = header_of(current_version(answer.paper))
    data = request.POST.dict()
    if merging:
        data = HeaderForm.chosen(data, before) | {"revision": str(answer.paper.revision)}
    form = HeaderForm(
        data if request.method == "POST" else None,
        initial={**HeaderForm.values_of(before), "revision": answer.paper.revision},
    )
    conflict = None
    if request.method == "POST" and form.is_valid() and not merging:
        saved, conflict = _save(
            form,
            lambda expected: save_header(
                answer.paper, actor=request.user, expected_version=expected, header=form.header
            ),
        )
        if saved:
            return _saved(request, _address(answer))
    context = {
        "merged": merging,
        "differences": form.differences(conflict.theirs) if conflict else [],
        "lines": header_history(answer, reader=request.user),
    }
    return _page(request, "remisser/header.html", answer, form, conflict, context)


# What the pages share ---------------------------------------------------------------------------


def _closed(request: SignedInRequest, answer: Answer) -> HttpResponse | None:
    """Whoever may read but not write is refused; an attested answer is shown instead of edited.

    A text that was posted goes on to the command, which refuses it with the text kept.
    """
    if not may_write(request.user, answer.paper):
        raise PermissionDenied
    if request.method != "POST" and Action.WRITE not in possible_actions(
        request.user, answer.paper
    ):
        messages.info(request, ATTESTED)
        return redirect(_address(answer))
    return None


def _save(form: RevisionForm, command: Callable[[int], Any]) -> tuple[bool, Conflict | None]:
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


def _page(
    request: SignedInRequest,
    template: str,
    answer: Answer,
    form: RevisionForm,
    conflict: Conflict | None,
    context: dict[str, Any],
) -> HttpResponse:
    if conflict:
        # Saving once more is then a choice, made with both texts in view.
        form.data = {**form.data, "revision": str(conflict.revision)}
    return render(
        request,
        template,
        {
            "answer": answer,
            "remiss": answer.instance.remiss,
            "form": form,
            "conflict": conflict,
            "unsaved": form.is_bound,
            "trail": trail_to(answer),
            **context,
        },
    )


def _merged(request: SignedInRequest, answer: Answer, saved: str) -> dict[str, Any]:
    """What was sent; with both texts in the field, when the person wants to go on from both."""
    data = request.POST.dict()
    if data.get("choice") == MERGE:
        data["body"] = merge_bodies(saved, read_body(data.get("body", "")))
        data["revision"] = str(answer.paper.revision)
    return data


def _marked(theirs: str, form: RevisionForm) -> SafeString:
    """From the saved text to what stands in the field, word by word."""
    return word_diff(clean_body(theirs), form.cleaned_data["body"])


def _saved_stays(request: SignedInRequest, address: str) -> HttpResponse:
    messages.info(request, "Den sparade texten står kvar som den är. Din sparades inte.")
    return redirect(address)


def _saved(request: SignedInRequest, address: str) -> HttpResponse:
    messages.success(request, f"Sparat {date_format(timezone.localtime(), 'H:i')}.")
    return redirect(address)


def _address(answer: Answer) -> str:
    return reverse("answer", args=[answer.instance.remiss.slug, answer.paper.namnd.code])


def _after(items: list[Any], item: Any) -> Any:
    """The one after `item` in the list, or None."""
    place = items.index(item)
    return items[place + 1] if place + 1 < len(items) else None
