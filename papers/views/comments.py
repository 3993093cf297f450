"""What people of the nämnd say about a paper, and who writes which section."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from organisation.domain.reading import log_foreign_reading
from organisation.requests import SignedInRequest
from papers.comment_forms import ReplyForm, TaskForm, ThreadForm
from papers.domain.comments import places_of, reopen, reply, resolve, start_thread, threads_of
from papers.domain.errors import NotAllowed, Refused
from papers.domain.tasks import (
    finish_section,
    give_section,
    people_to_ask,
    sections_to_give,
    take_back_section,
    tasks_of,
)
from papers.domain.workflow import Action, possible_actions
from papers.models import CommentThread, Paper, SectionTask
from papers.rules import may_comment, may_write
from papers.views.room import Room


def comments(request: SignedInRequest, room: Room) -> HttpResponse:
    """All threads; and a form to begin one."""
    places = places_of(room.paper)
    form = ThreadForm(
        request.POST if request.method == "POST" else None,
        places=places,
        initial={
            "place": request.GET.get("avsnitt", ""),
            "quote": request.GET.get("citat", "")[:2000],
        },
    )
    if request.method == "POST":
        if not may_comment(request.user, room.paper):
            raise PermissionDenied
        if form.is_valid():
            data = form.cleaned_data
            try:
                thread = start_thread(
                    room.paper,
                    actor=request.user,
                    place=data["place"],
                    text=data["text"],
                    quote=data["quote"],
                )
            except Refused as refusal:
                form.add_error("quote" if data["quote"] else None, refusal.message)
            else:
                messages.success(request, "Kommentaren är sparad.")
                return redirect(f"{room.home}kommentarer/#trad-{thread.pk}")
    return _comments_page(request, room, form=form, places=places)


def answer_comment(request: SignedInRequest, room: Room, thread: int) -> HttpResponse:
    """Reply in a thread."""
    found = _thread(request, room, thread)
    form = ReplyForm(request.POST, prefix=f"t{found.pk}")
    if form.is_valid():
        try:
            reply(found, actor=request.user, text=form.cleaned_data["text"])
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            messages.success(request, "Svaret är sparat.")
            return redirect(f"{room.home}kommentarer/#trad-{found.pk}")
    elif not may_comment(request.user, room.paper):
        raise PermissionDenied
    return _comments_page(request, room, answered=(found.pk, form))


def resolve_comment(request: SignedInRequest, room: Room, thread: int) -> HttpResponse:
    """Say that a thread needs nothing more."""
    return _move(request, room, thread, resolve, "Kommentaren är löst.")


def reopen_comment(request: SignedInRequest, room: Room, thread: int) -> HttpResponse:
    """Take a thread up again."""
    return _move(request, room, thread, reopen, "Kommentaren är öppen igen.")


def tasks(request: SignedInRequest, room: Room) -> HttpResponse:
    """Who has been given which section; and a form to give one."""
    may = may_write(request.user, room.paper)
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        sections=sections_to_give(room.paper),
        people=people_to_ask(room.paper),
    )
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid():
            data = form.cleaned_data
            try:
                give_section(room.paper, actor=request.user, **data)
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, f"Avsnittet är fördelat till {data['person']}.")
                return redirect(f"{room.home}fordelning/")
    _log(request, room, "hur avsnitten är fördelade")
    context = {
        "room": room,
        "tasks": tasks_of(room.paper),
        "form": form,
        "may_write": may,
        "may_give": Action.GIVE in possible_actions(request.user, room.paper),
        "reader": request.user,
        "trail": room.trail,
    }
    return render(request, "papers/tasks.html", context)


def finish_task(request: SignedInRequest, room: Room, task: int) -> HttpResponse:
    """The section is written."""
    return _with_task(request, room, task, finish_section, "Avsnittet är klart.")


def take_back_task(request: SignedInRequest, room: Room, task: int) -> HttpResponse:
    """The section is taken back."""
    return _with_task(request, room, task, take_back_section, "Avsnittet är tillbaka hos er.")


# Parts ------------------------------------------------------------------------------------------


def _thread(request: SignedInRequest, room: Room, pk: int) -> CommentThread:
    found = CommentThread.objects.visible_to(request.user).filter(paper=room.paper, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _move(
    request: SignedInRequest,
    room: Room,
    pk: int,
    command: Callable[..., CommentThread],
    said: str,
) -> HttpResponse:
    found = _thread(request, room, pk)
    try:
        command(found, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    messages.success(request, said)
    return redirect(f"{room.home}kommentarer/#trad-{found.pk}")


def _with_task(
    request: SignedInRequest, room: Room, pk: int, command: Callable[..., Any], said: str
) -> HttpResponse:
    found = SectionTask.objects.visible_to(request.user).filter(paper=room.paper, pk=pk).first()
    if found is None:
        raise Http404
    try:
        command(found, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    messages.success(request, said)
    return redirect(f"{room.home}fordelning/")


def _comments_page(
    request: SignedInRequest,
    room: Room,
    *,
    form: ThreadForm | None = None,
    places: Any = None,
    answered: tuple[int, ReplyForm] | None = None,
) -> HttpResponse:
    paper: Paper = room.paper
    threads = threads_of(paper)
    form = form or ThreadForm(places=places_of(paper))
    _log(request, room, "kommentarerna")
    forms = {
        view.thread.pk: answered[1]
        if answered and answered[0] == view.thread.pk
        else ReplyForm(prefix=f"t{view.thread.pk}")
        for view in threads
    }
    shown = answered[1] if answered else form
    context = {
        "room": room,
        "open_threads": [(v, forms[v.thread.pk]) for v in threads if v.thread.is_open],
        "resolved": [v for v in threads if not v.thread.is_open],
        "form": form,
        "problems": shown.problems if shown.is_bound else [],
        "may_comment": may_comment(request.user, paper),
        "trail": room.trail,
    }
    return render(request, "papers/comments.html", context)


def _log(request: SignedInRequest, room: Room, what: str) -> None:
    log_foreign_reading(
        room.paper, reader=request.user, namnd=room.paper.namnd, what=f"{what} till {room.name}"
    )
