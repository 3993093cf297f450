"""An answer: read it, begin it, take it out as a file, open a new version."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.domain.reading import log_export, log_foreign_reading
from organisation.requests import SignedInRequest
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.models import Paper
from papers.rules import may_write
from remisser.domain.answers import open_new_answer_version, start_answer
from remisser.domain.history import answer_history
from remisser.domain.reading import answer_page
from remisser.domain.remisser import answer_templates
from remisser.exports.answer_document import FileFormat, file_name, write_answer
from remisser.forms import NewVersionForm, StartForm
from remisser.models import Answer
from remisser.views.shared import find_answer_for, get_answer_for, get_instance_for, trail_to

FILE_FORMATS = {"word": FileFormat.WORD, "pdf": FileFormat.PDF}


@require_safe
def answer(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """The answer as it reads; an own nämnd's that nobody has begun leads to where it begins."""
    found = find_answer_for(request.user, slug, namnd_code)
    if found is None:
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
        request.POST if request.method == "POST" else None, templates=answer_templates()
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
    page = answer_page(found, request.user, _version_number(request))
    if page is None:
        raise Http404
    wanted = FILE_FORMATS[file_format]
    log_export(
        found.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"svaret på {found.instance.remiss.dnr}, version {page.version.number}, "
        f"som {file_format}",
    )
    response = HttpResponse(write_answer(page.version, wanted), content_type=wanted.content_type)
    name = file_name(found, page.version, wanted)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@require_POST
def answer_new_version(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Open a new version of an attested answer."""
    found = get_answer_for(request.user, slug, namnd_code)
    form = NewVersionForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, found, form=form)
    try:
        paper = open_new_answer_version(
            found,
            actor=request.user,
            expected_version=form.cleaned_data["revision"],
            reason=form.cleaned_data["reason"],
        )
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as refusal:
        messages.warning(request, f"{refusal.message} Läs igenom svaret som det är nu.")
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        number = paper.current.number if paper.current else ""
        messages.success(
            request, f"Version {number} är öppen. Attesten gäller den tidigare versionen."
        )
    return redirect("answer", slug, namnd_code)


def _answer_page(
    request: SignedInRequest, found: Answer, *, form: NewVersionForm | None = None
) -> HttpResponse:
    page = answer_page(found, request.user, _version_number(request))
    if page is None:
        raise Http404
    log_foreign_reading(
        found.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"svaret på {found.instance.remiss.dnr}, version {page.version.number}",
    )
    context = {
        "page": page,
        "answer": found,
        "paper": found.paper,
        "remiss": found.instance.remiss,
        "lines": answer_history(found, reader=request.user),
        "form": form or NewVersionForm(initial={"revision": found.paper.revision}),
        "trail": trail_to(found)[:2],
    }
    return render(request, "remisser/answer.html", context)


def _version_number(request: SignedInRequest) -> int | None:
    """The older version that is asked for, if any. Raises Http404 for what is no number."""
    text = request.GET.get("version", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 5):
        raise Http404
    return int(text) or None
