"""The accounts of an uppdrag: planned, written as papers, decided by the nämnd."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from organisation.domain.reading import log_export, log_foreign_reading
from organisation.models import User
from organisation.requests import SignedInRequest
from papers.domain.agenda import way_of
from papers.domain.errors import NotAllowed as PaperNotAllowed
from papers.domain.history import paper_history
from papers.domain.papers import open_new_version
from papers.domain.reading import paper_page
from papers.enums import PaperState
from papers.exports.files import IN_ADDRESS, write_document
from papers.exports.paper_document import paper_document
from papers.forms import NewVersionForm, StartForm
from papers.models import Paper
from papers.rules import may_send_out, may_write
from papers.views.editing import WITH_METHODS, write_header, write_section
from papers.views.room import Room
from papers.views.versions import file_response, open_version, version_number
from programme.assignment_enums import AccountKind
from programme.assignment_forms import (
    AccountForm,
    DecisionForm,
    DueForm,
    content_of,
    point_forms,
)
from programme.assignment_rules import may_keep_account
from programme.domain.accounts import (
    add_account,
    change_due,
    correct_account_decision,
    decide_account,
    start_account,
)
from programme.domain.assignment_errors import NotAllowed, Refused
from programme.domain.assignment_reading import (
    account_templates,
    accounting_namnder,
    assignment_page,
)
from programme.models import Account
from programme.views.account_dispatch import find_out_for, out_page
from programme.views.assignments import carry_out, get_assignment_for, step_page, trail_to
from programme.views.rooms import find_account_for, get_account_for, home_of, room_of


def account_room(user: User, slug: str, number: int) -> Room:
    """The room of an account that the person may read whole. Raises Http404."""
    return room_of(get_account_for(user, slug, number))


@WITH_METHODS
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Plan an account."""
    found = get_assignment_for(request.user, slug)
    namnder = accounting_namnder(found, request.user)
    if not namnder:
        raise PermissionDenied
    form = AccountForm(
        request.POST or None,
        namnder=namnder,
        initial={"revision": found.revision, "namnd": namnder[0].pk},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if carry_out(
            form,
            lambda expected: add_account(
                found,
                actor=request.user,
                expected_version=expected,
                kind=data["kind"],
                namnd=data["namnd"],
                due_on=data["due_on"],
                due_as_written=data["due_as_written"],
            ),
        ):
            messages.success(request, "Redovisningen är inlagd.")
            return redirect("assignment", slug)
    return step_page(
        request,
        form,
        found,
        heading="Lägg till en redovisning",
        lead="En redovisning skrivs som ett tjänsteutlåtande till nämnden, som beslutar om den.",
        button="Lägg till",
    )


@WITH_METHODS
def due(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Move the day of an account."""
    found = get_account_for(request.user, slug, number)
    _may_or_refuse(request, found)
    if away := _settled(request, found):
        return away
    form = DueForm(
        request.POST or None,
        initial={
            "revision": found.assignment.revision,
            "due_on": found.due_on,
            "due_as_written": found.due_as_written,
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if carry_out(
            form,
            lambda expected: change_due(
                found,
                actor=request.user,
                expected_version=expected,
                due_on=data["due_on"],
                due_as_written=data["due_as_written"],
                reason=data["reason"],
            ),
        ):
            messages.success(request, "Dagen är ändrad.")
            return redirect("assignment", slug)
    return step_page(
        request,
        form,
        found.assignment,
        heading=f"Ändra dagen för {room_name(found)}",
        lead="Den tidigare dagen och skälet står kvar i historiken.",
        button="Spara",
    )


@WITH_METHODS
def account(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The account as it reads; where nobody has begun it, the choice of a template."""
    found = find_account_for(request.user, slug, number)
    if found is None:
        if request.method != "POST" and (out := find_out_for(request.user, slug, number)):
            return out_page(request, out)
        raise Http404
    if found.paper is not None:
        if request.method == "POST":
            # The button was pressed twice, or a colleague was first.
            return redirect(home_of(found))
        return _paper(request, found)
    may_start = may_write(request.user, Paper(namnd=found.namnd)) and found.assignment.is_open
    form = StartForm(
        request.POST if request.method == "POST" else None,
        templates=account_templates(found.namnd),
        question="Vilken mall ska redovisningen ha?",
        initial={"template": account_templates(found.namnd).first()},
    )
    if request.method == "POST":
        if form.is_valid():
            try:
                start_account(found, form.cleaned_data["template"], actor=request.user)
            except (NotAllowed, PaperNotAllowed) as refusal:
                raise PermissionDenied(refusal.message) from refusal
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, "Redovisningen är påbörjad. Avsnitten väntar på text.")
                return redirect(home_of(found))
        elif not may_start:
            raise PermissionDenied
    context = {
        "account": found,
        "form": form,
        "may_start": may_start,
        "trail": trail_to(found.assignment),
    }
    return render(request, "programme/assignments/account_start.html", context)


@WITH_METHODS
def section(request: SignedInRequest, slug: str, number: int, order: int) -> HttpResponse:
    """Write in one section."""
    return write_section(request, room_of(get_account_for(request.user, slug, number)), order)


@WITH_METHODS
def header(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The facts around the text."""
    return write_header(request, room_of(get_account_for(request.user, slug, number)))


@require_POST
def new_version(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Open a new version of an attested account."""
    found = get_account_for(request.user, slug, number)
    room = room_of(found)
    form = NewVersionForm(request.POST)
    if not form.is_valid():
        return _paper(request, found, form=form)
    return open_version(request, room, form, partial(open_new_version, room.paper))


@require_safe
def export(request: SignedInRequest, slug: str, number: int, file_format: str) -> HttpResponse:
    """The current version, or an older one by number, as a file to keep."""
    found = get_account_for(request.user, slug, number)
    page = paper_page(room_of(found).paper, request.user, version_number(request))
    if page is None:
        raise Http404
    wanted = IN_ADDRESS[file_format]
    log_export(
        page.paper,
        reader=request.user,
        namnd=found.namnd,
        what=f"{_of_assignment(found)}, version {page.version.number}, som {file_format}",
    )
    older = "" if page.is_current else f"-version-{page.version.number}"
    name = f"{found.get_kind_display().lower()}-{slug}-{found.namnd.code}{older}.{wanted.value}"
    return file_response(write_document(paper_document(page.version), wanted), wanted, name)


@WITH_METHODS
def decision(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Record what the nämnd decided on the account, with its points."""
    found = get_account_for(request.user, slug, number)
    _may_or_refuse(request, found)
    if away := _settled(request, found):
        return away
    more = "fler" in request.POST
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "revision": found.assignment.revision,
            "meeting_on": found.paper.current.meeting_on
            if found.paper and found.paper.current
            else None,
        },
    )
    points = point_forms(request.POST if request.method == "POST" else None, more=more)
    if request.method == "POST" and not more and form.is_valid() and points.is_valid():
        data = form.cleaned_data
        if carry_out(
            form,
            lambda expected: decide_account(
                found,
                actor=request.user,
                expected_version=expected,
                on=data["meeting_on"],
                paragraph=data["paragraph"],
                outcome=data["outcome"],
                points=points.points,
                abridged=data["abridged"],
                note=data["note"],
                source=data["source"],
            ),
        ):
            messages.success(request, "Beslutet är registrerat.")
            return redirect("assignment", slug)
    return _decision_page(
        request,
        found,
        form,
        points,
        more=more,
        heading=f"Registrera beslut om {room_name(found)}",
        button="Registrera beslutet",
    )


@WITH_METHODS
def correct(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Put right what was recorded of a decision."""
    found = get_account_for(request.user, slug, number)
    _may_or_refuse(request, found)
    old = found.decision
    if old is None:
        raise Http404
    more = "fler" in request.POST
    texts = tuple(old.points.order_by("number").values_list("text", flat=True))
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        corrects=True,
        initial={
            "revision": found.assignment.revision,
            "paragraph": old.paragraph,
            "outcome": old.outcome,
            "abridged": old.abridged,
            "note": old.note,
            "source": old.source,
        },
    )
    data = request.POST if request.method == "POST" else None
    points = point_forms(data, texts=texts, more=more)
    sent = request.method == "POST" and not more and form.is_valid() and points.is_valid()
    if sent and carry_out(
        form,
        lambda expected: correct_account_decision(
            found,
            actor=request.user,
            expected_version=expected,
            content=content_of(form, points, title=old.title, dnr=old.dnr),
            reason=form.cleaned_data["reason"],
        ),
    ):
        messages.success(request, "Beslutet är rättat. Det som stod förut finns kvar.")
        return redirect("assignment", slug)
    return _decision_page(
        request,
        found,
        form,
        points,
        more=more,
        heading=f"Rätta beslutet om {room_name(found)}",
        button="Spara rättelsen",
        old=old,
    )


# What the pages share ---------------------------------------------------------------------------


def room_name(account: Account) -> str:
    """The account in running text."""
    return "slutredovisningen" if account.kind == AccountKind.SLUT else "delredovisningen"


def _of_assignment(account: Account) -> str:
    """The account in the list of what was read: without anything of what it says."""
    return f"{room_name(account)} av uppdraget {account.assignment.slug}"


def _may_or_refuse(request: SignedInRequest, found: Account) -> None:
    if not may_keep_account(request.user, found):
        raise PermissionDenied


def _settled(request: SignedInRequest, found: Account) -> HttpResponse | None:
    """A form for what is settled is not shown; what was sent goes on to the command."""
    if request.method != "POST" and (found.is_settled or not found.assignment.is_open):
        messages.info(request, "Redovisningen är inte öppen längre.")
        return redirect("assignment", found.assignment.slug)
    return None


def _decision_page(
    request: SignedInRequest,
    found: Account,
    form: DecisionForm,
    points: Any,
    *,
    more: bool,
    heading: str,
    button: str,
    **context: Any,
) -> HttpResponse:
    # Asking for more rows is no attempt to save: nothing is said about what is not filled in.
    show = request.method == "POST" and not more
    return render(
        request,
        "programme/assignments/decision.html",
        {
            "account": found,
            "assignment": found.assignment,
            "form": form,
            "points": points,
            "problems": [*form.problems, *points.problems] if show else [],
            "quiet": more,
            "heading": heading,
            "button": button,
            "trail": trail_to(found.assignment),
            **context,
        },
    )


def _paper(
    request: SignedInRequest, found: Account, *, form: NewVersionForm | None = None
) -> HttpResponse:
    room = room_of(found)
    page = paper_page(room.paper, request.user, version_number(request))
    if page is None:
        raise Http404
    log_foreign_reading(
        page.paper,
        reader=request.user,
        namnd=found.namnd,
        what=f"{_of_assignment(found)}, version {page.version.number}",
    )
    accounts = assignment_page(found.assignment, request.user).accounts
    context = {
        "page": page,
        "room": room,
        "account": found,
        "line": next(line for line in accounts if line.account.pk == found.pk),
        "way": way_of(page.paper),
        "may_send": page.paper.state == PaperState.BESLUTAD
        and may_send_out(request.user, page.paper),
        "lines": paper_history(page.paper, reader=request.user),
        "form": form or NewVersionForm(initial={"revision": room.paper.revision}),
        "trail": room.trail[:-1],
    }
    return render(request, "programme/assignments/account.html", context)
