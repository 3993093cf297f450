"""An answer: read it, begin it, take it out as a file, open a new version."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.domain.reading import log_export, log_foreign_reading
from organisation.requests import SignedInRequest
from organisation.rules import may_record_decision
from papers.domain.agenda import way_of
from papers.domain.dispatch import dispatch_of, files_of
from papers.domain.errors import Refused
from papers.enums import PaperState
from papers.exports.files import IN_ADDRESS
from papers.forms import NewVersionForm, StartForm
from papers.models import Paper
from papers.rules import may_send_out, may_write
from papers.views.versions import file_response, open_version, version_number
from remisser.domain.answers import open_new_answer_version, start_answer
from remisser.domain.history import answer_history
from remisser.domain.lint import lint_answer
from remisser.domain.plans import plan_of
from remisser.domain.reading import answer_page
from remisser.domain.remisser import answer_templates
from remisser.exports.answer_document import file_name, write_answer
from remisser.models import Answer
from remisser.views.shared import (
    find_answer_for,
    find_out_for,
    get_answer_for,
    get_instance_for,
    room_of,
    sent_out_to,
    trail_to,
)


@require_safe
def answer(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """The answer as it reads; an own nämnd's that nobody has begun leads to where it begins."""
    found = find_answer_for(request.user, slug, namnd_code)
    if found is None:
        if out := find_out_for(request.user, slug, namnd_code):
            return _out_page(request, out)
        if item := sent_out_to(request.user, slug, namnd_code):
            return redirect("agenda-paper", namnd_code, item.meeting_id, item.pk)
        get_instance_for(request.user, slug, namnd_code)
        return redirect("answer-start", slug, namnd_code)
    return _answer_page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_start(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Choose a template, and begin."""
    instance = get_instance_for(request.user, slug, namnd_code)
    if request.method != "POST" and find_answer_for(request.user, slug, namnd_code):
        return redirect("answer", slug, namnd_code)
    may_start = may_write(request.user, Paper(namnd=instance.namnd))
    form = StartForm(
        request.POST if request.method == "POST" else None,
        templates=answer_templates(instance.namnd),
        question="Vilken mall ska svaret ha?",
    )
    if request.method == "POST":
        if not may_start:
            raise PermissionDenied
        if form.is_valid():
            try:
                start_answer(instance, form.cleaned_data["template"], request.user)
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, "Svaret är påbörjat. Avsnitten väntar på text.")
                return redirect("answer", slug, namnd_code)
    context = {
        "instance": instance,
        "form": form,
        "may_start": may_start,
        "trail": [
            {"url": reverse("remiss-list"), "label": "Remisser"},
            {"url": reverse("remiss", args=[slug]), "label": instance.remiss.dnr},
        ],
    }
    return render(request, "remisser/start.html", context)


@require_safe
def answer_export(
    request: SignedInRequest, slug: str, namnd_code: str, file_format: str
) -> HttpResponse:
    """The current version, or an older one by number, as a file to keep."""
    found = get_answer_for(request.user, slug, namnd_code)
    page = answer_page(found, request.user, version_number(request))
    if page is None:
        raise Http404
    wanted = IN_ADDRESS[file_format]
    log_export(
        found.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"svaret på {found.instance.remiss.dnr}, version {page.version.number}, "
        f"som {file_format}",
    )
    return file_response(
        write_answer(page.version, wanted), wanted, file_name(found, page.version, wanted)
    )


@require_POST
def answer_new_version(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Open a new version of an attested answer."""
    found = get_answer_for(request.user, slug, namnd_code)
    form = NewVersionForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, found, form=form)
    return open_version(request, room_of(found), form, partial(open_new_answer_version, found))


def _out_page(request: SignedInRequest, found: Answer) -> HttpResponse:
    """What everyone reads of an answer that has been sent: the answer, the decision, the files."""
    page = answer_page(found, None)
    sending = dispatch_of(found.paper)
    if page is None or sending is None:
        raise Http404
    log_foreign_reading(
        found.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"svaret på {found.instance.remiss.dnr}, som är expedierat",
    )
    context = {
        "page": page,
        "room": room_of(found),
        "paper": found.paper,
        "remiss": found.instance.remiss,
        "sending": sending,
        "files": files_of(sending),
        "trail": trail_to(found)[:2],
    }
    return render(request, "remisser/out_answer.html", context)


def _answer_page(
    request: SignedInRequest, found: Answer, *, form: NewVersionForm | None = None
) -> HttpResponse:
    page = answer_page(found, request.user, version_number(request))
    if page is None:
        raise Http404
    log_foreign_reading(
        found.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"svaret på {found.instance.remiss.dnr}, version {page.version.number}",
    )
    today = timezone.localdate()
    context = {
        "page": page,
        "room": room_of(found),
        "answer": found,
        "plan": plan_of(found.instance, today=today),
        "today": today,
        "lint": lint_answer(page)
        if page.is_current and found.paper.state == PaperState.UTKAST
        else None,
        "way": way_of(found.paper),
        "may_send": found.paper.state == PaperState.BESLUTAD
        and may_send_out(request.user, found.paper),
        "may_correct": may_record_decision(request.user, found.paper),
        "may_decide": found.paper.state == PaperState.UTSKICKAD
        and may_record_decision(request.user, found.paper),
        "paper": found.paper,
        "remiss": found.instance.remiss,
        "lines": answer_history(found, reader=request.user),
        "form": form or NewVersionForm(initial={"revision": found.paper.revision}),
        "trail": trail_to(found)[:2],
    }
    return render(request, "remisser/answer.html", context)
