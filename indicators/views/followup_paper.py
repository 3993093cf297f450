"""The tjänsteutlåtande on a fixed report: begun from the version, read, written, taken out."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from indicators.domain.errors import NotAllowed, NotOpen
from indicators.domain.followup_report.laying import find_laid, lay_before
from indicators.domain.followup_report.stored import read_version
from indicators.exports.followup_report_document import report_file_name, report_pdf
from indicators.models import FollowupPaper
from indicators.rules import may_decide_followup
from indicators.views.report_room import ReportRoom, room_for, version_for
from organisation.domain.reading import log_export, log_foreign_reading
from organisation.models import User
from organisation.requests import SignedInRequest
from papers.domain.errors import NotAllowed as PaperNotAllowed
from papers.domain.history import paper_history
from papers.domain.lint_page import lint_paper
from papers.domain.papers import open_new_version
from papers.domain.reading import paper_page
from papers.exports.files import IN_ADDRESS, write_document
from papers.exports.paper_document import paper_document
from papers.forms import NewVersionForm
from papers.views.editing import WITH_METHODS, write_header, write_section
from papers.views.room import Room
from papers.views.versions import file_response, open_version, version_number

IT = "tjänsteutlåtandet"


@require_POST
def paper_begin(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """Begin the tjänsteutlåtande on a fixed version, with the version as its bilaga."""
    room = room_for(request.user, code, namnd_code)
    version = version_for(room, number, decided=False)
    try:
        laid = lay_before(
            version,
            actor=request.user,
            attachment=report_pdf(read_version(version), version),
            attachment_name=report_file_name(version, "pdf"),
        )
    except (NotAllowed, PaperNotAllowed) as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except NotOpen as refusal:
        messages.warning(request, refusal.message)
        return redirect(room.url("version", number))
    return redirect("followup-paper", laid.pk)


@require_safe
def paper_home(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tjänsteutlåtande as it reads."""
    return _paper(request, get_laid_for(request.user, pk))


@WITH_METHODS
def paper_section(request: SignedInRequest, pk: int, order: int) -> HttpResponse:
    """Write in one section."""
    return write_section(request, room_of(get_laid_for(request.user, pk)), order)


@WITH_METHODS
def paper_header(request: SignedInRequest, pk: int) -> HttpResponse:
    """The facts around the text."""
    return write_header(request, room_of(get_laid_for(request.user, pk)))


@require_POST
def paper_new_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a new version of an attested tjänsteutlåtande."""
    found = get_laid_for(request.user, pk)
    room = room_of(found)
    form = NewVersionForm(request.POST)
    if not form.is_valid():
        return _paper(request, found, form=form)
    return open_version(request, room, form, partial(open_new_version, room.paper))


@require_safe
def paper_export(request: SignedInRequest, pk: int, file_format: str) -> HttpResponse:
    """The current version, or an older one by number, as a file to keep."""
    found = get_laid_for(request.user, pk)
    page = paper_page(found.paper, request.user, version_number(request))
    if page is None:
        raise Http404
    wanted = IN_ADDRESS[file_format]
    log_export(
        page.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"{_what(found)}, version {page.version.number}, som {file_format}",
    )
    older = "" if page.is_current else f"-version-{page.version.number}"
    name = f"tjansteutlatande-{found.attachment_name.removesuffix('.pdf')}{older}.{wanted.value}"
    return file_response(write_document(paper_document(page.version), wanted), wanted, name)


@require_safe
def paper_attachment(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bilaga: the report as PDF, as it was when the tjänsteutlåtande was begun."""
    found = get_laid_for(request.user, pk)
    log_export(
        found.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"bilagan till {_what(found)}",
    )
    response = HttpResponse(bytes(found.attachment), content_type="application/pdf")
    disposition = content_disposition_header(True, found.attachment_name)
    response.headers["Content-Disposition"] = disposition or ""
    return response


# Parts ------------------------------------------------------------------------------------------


def get_laid_for(user: User, pk: int) -> FollowupPaper:
    """The tjänsteutlåtande, if the person reads it whole. Raises Http404."""
    found = find_laid(user, pk)
    if found is None:
        raise Http404
    return found


def _report_room(found: FollowupPaper) -> ReportRoom:
    """Where the report's own pages are."""
    report = found.version.report
    return ReportRoom(report, "" if report.is_citys else report.namnd.code, True, frozenset())


def _what(found: FollowupPaper) -> str:
    """It in the list of what was read: without anything of what it says."""
    room = _report_room(found)
    return f"{IT} om {room.kind} för {room.report.period.code}"


def room_of(found: FollowupPaper) -> Room:
    """Where the paper stands."""
    report_room = _report_room(found)
    number = found.version.number
    home = reverse("followup-paper", args=[found.pk])
    return Room(
        paper=found.paper,
        home=home,
        name=f"tjänsteutlåtande om {report_room.kind}",
        it=IT,
        attested="Tjänsteutlåtandet är attesterat.",
        trail=[
            *report_room.trail,
            {"url": report_room.url("version", number), "label": f"Version {number}"},
            {"url": home, "label": "Tjänsteutlåtande"},
        ],
        look=lint_paper,
    )


def _paper(
    request: SignedInRequest, found: FollowupPaper, *, form: NewVersionForm | None = None
) -> HttpResponse:
    room = room_of(found)
    page = paper_page(room.paper, request.user, version_number(request))
    if page is None:
        raise Http404
    log_foreign_reading(
        page.paper,
        reader=request.user,
        namnd=found.paper.namnd,
        what=f"{_what(found)}, version {page.version.number}",
    )
    report_room = _report_room(found)
    context = {
        "page": page,
        "room": room,
        "laid": found,
        "report": report_room.name,
        "version_address": report_room.url("version", found.version.number),
        "decision_address": report_room.url("decision", found.version.number),
        "may_decide": may_decide_followup(request.user, found.version.report),
        "lines": paper_history(page.paper, reader=request.user),
        "form": form or NewVersionForm(initial={"revision": room.paper.revision}),
        "trail": room.trail[:-1],
    }
    return render(request, "indicators/followup_paper.html", context)
