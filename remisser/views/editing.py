"""The pages where an answer is written: a section, a stance, all together, the header."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from organisation.requests import SignedInRequest
from papers.domain.changes import current_version
from papers.domain.content import clean_body
from papers.views.editing import (
    WITH_METHODS,
    after,
    autosaved,
    carry_out,
    closed,
    keeps_saved,
    marked,
    merges,
    saved,
    saved_stays,
    sent_text,
    tell_what_was_dropped,
    write_header,
    write_page,
    write_section,
)
from remisser.domain.answers import save_collective, save_position
from remisser.domain.history import collective_history, position_history
from remisser.forms import CollectiveForm, PositionForm
from remisser.models import AnswerVersion, Position
from remisser.views.shared import get_answer_for, room_of


@WITH_METHODS
def section(request: SignedInRequest, slug: str, namnd_code: str, order: int) -> HttpResponse:
    """Write in one section."""
    return write_section(request, room_of(get_answer_for(request.user, slug, namnd_code)), order)


@WITH_METHODS
def position(request: SignedInRequest, slug: str, namnd_code: str, number: int) -> HttpResponse:
    """Take a stance on one proposal."""
    answer = get_answer_for(request.user, slug, namnd_code)
    proposals = list(answer.instance.remiss.proposals.all())
    proposal = next((p for p in proposals if p.number == number), None)
    if proposal is None:
        raise Http404
    room = room_of(answer)
    if away := closed(request, room):
        return away
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
    anchor = f"{room.home}#att-sats-{proposal.number}"
    if keeps_saved(request):
        return saved_stays(request, anchor)
    merging = merges(request)
    form = PositionForm(
        sent_text(request, room, current.body if current else "")
        if request.method == "POST"
        else None,
        initial={
            "stance": current.stance if current else "",
            "body": current.body if current else "",
            "revision": answer.paper.revision,
        },
    )
    if "autosave" in request.POST:
        return autosaved(
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
    conflict = None
    if request.method == "POST" and form.is_valid() and not merging:
        done, conflict = carry_out(
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
        if done:
            tell_what_was_dropped(request)
            following = after(proposals, proposal) if "next" in request.POST else None
            if following:
                return saved(
                    request, reverse("answer-position", args=[slug, namnd_code, following.number])
                )
            return saved(request, anchor)
    context = {
        "answer": answer,
        "remiss": answer.instance.remiss,
        "merged": merging,
        "proposal": proposal,
        "lines": position_history(answer, proposal, reader=request.user),
        "wording": current.wording if current and current.wording != proposal.text else "",
        "proposals": proposals,
        "previous": after(list(reversed(proposals)), proposal),
        "following": after(proposals, proposal),
        "theirs": clean_body(conflict.theirs.body) if conflict else "",
        "marked": marked(conflict.theirs.body, form) if conflict else "",
    }
    return write_page(request, "remisser/position.html", room, form, conflict, context)


@WITH_METHODS
def collective(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Choose whether the proposals are answered one by one or all together."""
    answer = get_answer_for(request.user, slug, namnd_code)
    if not answer.instance.remiss.proposals.exists():
        raise Http404
    room = room_of(answer)
    if away := closed(request, room):
        return away
    content = (
        AnswerVersion.objects.visible_to(request.user)
        .filter(version=current_version(answer.paper))
        .first()
    )
    if keeps_saved(request):
        return saved_stays(request, room.home)
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
        done, conflict = carry_out(
            form,
            lambda expected: save_collective(
                answer,
                actor=request.user,
                expected_version=expected,
                collective=form.cleaned_data["collective"],
                stance=form.cleaned_data["stance"],
            ),
        )
        if done:
            return saved(request, room.home)
    return write_page(
        request,
        "remisser/collective.html",
        room,
        form,
        conflict,
        {
            "answer": answer,
            "remiss": answer.instance.remiss,
            "lines": collective_history(answer, reader=request.user),
        },
    )


@WITH_METHODS
def header(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """The facts around the text: title, dnr, handläggare, meeting and so on."""
    return write_header(request, room_of(get_answer_for(request.user, slug, namnd_code)))
