"""The agenda of a nämnd's meeting: what is sent out, what is announced, and the papers to read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from organisation.domain.reading import log_export, log_foreign_reading
from organisation.models import Meeting, Namnd
from organisation.requests import SignedInRequest
from papers.documents.model import Document
from papers.domain.agenda import (
    add_notice,
    agenda_of,
    remove_notice,
    send_out,
    with_corrections,
)
from papers.domain.errors import NotAllowed, Refused
from papers.domain.preparation import sent_along
from papers.domain.reading import PaperPage, paper_page
from papers.exports.files import IN_ADDRESS, FileFormat, write_document
from papers.exports.meeting_papers import meeting_papers
from papers.exports.paper_document import paper_document
from papers.models import AgendaItem, Paper, PaperVersion
from papers.rules import may_send_out
from papers.views.versions import file_response
from remisser.decision_forms import NoticeForm, SendOutForm
from remisser.domain.agenda import ready_papers
from remisser.domain.reading import answer_page
from remisser.exports.answer_document import answer_document, write_answer


@require_safe
def agenda(request: SignedInRequest, namnd_code: str, pk: int) -> HttpResponse:
    """The agenda; what is on it is for the nämnd's own."""
    return _page(request, _meeting(namnd_code, pk))


@require_POST
def agenda_send(request: SignedInRequest, namnd_code: str, pk: int) -> HttpResponse:
    """Send papers out to the members."""
    meeting = _meeting_to_keep(request, namnd_code, pk)
    form = SendOutForm(request.POST, papers=ready_papers(request.user, meeting, or_sent=True))
    if form.is_valid() and _done(form, lambda: _send(request, meeting, form)):
        return redirect("agenda", namnd_code, pk)
    return _page(request, meeting, send=form)


@require_POST
def notice_add(request: SignedInRequest, namnd_code: str, pk: int) -> HttpResponse:
    """Put something that is announced on the agenda."""
    meeting = _meeting_to_keep(request, namnd_code, pk)
    form = NoticeForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: add_notice(meeting, title=form.cleaned_data["title"], actor=request.user),
    ):
        messages.success(request, "Anmälan står på dagordningen.")
        return redirect("agenda", namnd_code, pk)
    return _page(request, meeting, notice=form)


@require_POST
def notice_remove(request: SignedInRequest, namnd_code: str, pk: int, item: int) -> HttpResponse:
    """Take an announced matter off the agenda."""
    meeting = _meeting_to_keep(request, namnd_code, pk)
    found = _item(request, meeting, item)
    try:
        remove_notice(found, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Anmälan är borttagen.")
    return redirect("agenda", namnd_code, pk)


@require_safe
def agenda_paper(request: SignedInRequest, namnd_code: str, pk: int, item: int) -> HttpResponse:
    """One paper as it was sent out."""
    meeting = _meeting(namnd_code, pk)
    found = _item(request, meeting, item)
    with_corrections([found])
    page = _paper_page(found)
    log_foreign_reading(
        page.paper,
        reader=request.user,
        namnd=meeting.namnd,
        what=f"en handling till sammanträdet {meeting.date}",
    )
    context = {
        "item": found,
        "meeting": meeting,
        "namnd": meeting.namnd,
        "page": page,
        "paper": page.paper,
        "trail": [
            *_trail(meeting.namnd),
            {
                "url": reverse("agenda", args=[namnd_code, pk]),
                "label": f"Sammanträdet {meeting.date}",
            },
        ],
    }
    return render(request, "remisser/agenda_paper.html", context)


@require_safe
def agenda_file(
    request: SignedInRequest, namnd_code: str, pk: int, item: int, file_format: str
) -> HttpResponse:
    """One paper as it was sent out, as a file."""
    meeting = _meeting(namnd_code, pk)
    found = _item(request, meeting, item)
    page = _paper_page(found)
    wanted = IN_ADDRESS[file_format]
    log_export(
        page.paper,
        reader=request.user,
        namnd=meeting.namnd,
        what=f"en handling till sammanträdet {meeting.date}, som {file_format}",
    )
    data = (
        write_answer(page.version, wanted)
        if hasattr(page.paper, "answer")
        else write_document(paper_document(page.version), wanted)
    )
    name = f"{namnd_code}-{meeting.date}-arende-{found.pk}.{wanted.value}"
    return file_response(data, wanted, name)


@require_safe
def agenda_papers(request: SignedInRequest, namnd_code: str, pk: int) -> HttpResponse:
    """All papers of the meeting as one PDF with bookmarks. Nothing to read: not there."""
    meeting = _meeting(namnd_code, pk)
    found = agenda_of(meeting, request.user)
    if not found.groups:
        raise Http404
    log_export(
        meeting,
        reader=request.user,
        namnd=meeting.namnd,
        what=f"handlingarna till sammanträdet {meeting.date} i en fil",
    )
    made = meeting_papers(found, along=sent_along, document=_document_of)
    return file_response(made.pdf, FileFormat.PDF, f"{namnd_code}-{meeting.date}-handlingar.pdf")


# What the pages share ---------------------------------------------------------------------------


def _send(request: SignedInRequest, meeting: Meeting, form: SendOutForm) -> None:
    sent = send_out(meeting, list(form.cleaned_data["papers"]), actor=request.user)
    count = "1 handling är utskickad" if sent.new == 1 else f"{sent.new} handlingar är utskickade"
    messages.success(request, f"{count}. Nämndens ledamöter kan nu läsa.")
    if meeting.agenda_on is None:
        messages.info(request, "Kalendern anger inget utskick för sammanträdet. Skriv in dagen.")


def _document_of(version: PaperVersion) -> Document:
    answers = hasattr(version.paper, "answer")
    return answer_document(version) if answers else paper_document(version)


def _meeting(namnd_code: str, pk: int) -> Meeting:
    """That a nämnd meets is open to everybody."""
    namnd = get_object_or_404(Namnd, code=namnd_code)
    meeting = get_object_or_404(namnd.meetings.all(), pk=pk)
    meeting.namnd = namnd
    return meeting


def _meeting_to_keep(request: SignedInRequest, namnd_code: str, pk: int) -> Meeting:
    meeting = _meeting(namnd_code, pk)
    if not may_send_out(request.user, Paper(namnd=meeting.namnd)):
        raise PermissionDenied
    return meeting


def _item(request: SignedInRequest, meeting: Meeting, pk: int) -> AgendaItem:
    return get_object_or_404(
        AgendaItem.objects.visible_to(request.user).select_related(
            "version", "paper__namnd", "paper__answer__instance__remiss", "decision"
        ),
        meeting=meeting,
        pk=pk,
    )


def _paper_page(item: AgendaItem) -> PaperPage:
    """The version that was sent out, for reading only. Raises Http404 for a notice."""
    paper, version = item.paper, item.version
    if paper is None or version is None:
        raise Http404
    page: PaperPage | None
    if hasattr(paper, "answer"):
        paper.answer.paper = paper
        page = answer_page(paper.answer, None, version.number)
    else:
        page = paper_page(paper, None, version.number)
    if page is None:
        raise Http404
    return page


def _done(form: Any, command: Any) -> bool:
    try:
        command()
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _page(
    request: SignedInRequest,
    meeting: Meeting,
    *,
    send: SendOutForm | None = None,
    notice: NoticeForm | None = None,
) -> HttpResponse:
    found = agenda_of(meeting, request.user)
    ready = ready_papers(request.user, meeting)
    bound = send or notice
    inside = meeting.namnd_id in request.user.access.inside_ids()
    context = {
        "meeting": meeting,
        "namnd": meeting.namnd,
        "agenda": found,
        "ready": ready,
        "has_been": meeting.date < timezone.localdate(),
        "may_keep": may_send_out(request.user, Paper(namnd=meeting.namnd)),
        "reads": inside or meeting.namnd_id in request.user.access.namnd_ids(),
        "send": send
        or SendOutForm(
            papers=ready,
            initial={"papers": [p.pk for p in ready if p.meeting_id == meeting.pk]},
        ),
        "notice": notice or NoticeForm(),
        "problems": bound.problems if bound is not None else [],
        "trail": _trail(meeting.namnd),
    }
    return render(request, "remisser/agenda.html", context)


def _trail(namnd: Namnd) -> list[dict[str, str]]:
    return [
        {"url": reverse("remiss-list"), "label": "Remisser"},
        {
            "url": reverse("planning", args=[namnd.code]),
            "label": f"Planering, {namnd.short_name}",
        },
    ]
