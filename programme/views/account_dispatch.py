"""Expediering of an account, and the account as everyone reads it afterwards."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from organisation.domain.reading import log_foreign_reading
from organisation.models import User
from organisation.requests import SignedInRequest
from papers.domain.dispatch import dispatch_of, files_of
from papers.domain.reading import paper_page
from papers.models.paper import OUT_STATES
from papers.views.dispatch import send_file, send_package, show_dispatch
from papers.views.room import Room
from programme.models import Account
from programme.views.rooms import find_account_for, room_of


@require_http_methods(["GET", "HEAD", "POST"])
def dispatch(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Send the account; sent: how, to whom and what."""
    account, room = _of(request.user, slug, number)
    return show_dispatch(request, room, stem=_stem(account))


@require_safe
def package(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """All that was sent, in one file."""
    account, room = _of(request.user, slug, number)
    return send_package(request, room, stem=_stem(account))


@require_safe
def file(request: SignedInRequest, slug: str, number: int, file: int) -> HttpResponse:
    """One of the files that were sent."""
    return send_file(request, _of(request.user, slug, number)[1], file)


def find_out_for(user: User, slug: str, number: int) -> Account | None:
    """The account when it has been sent to those it is for: then everyone reads it."""
    return (
        Account.objects.visible_to(user)
        .filter(assignment__slug=slug, number=number, paper__state__in=OUT_STATES)
        .select_related(
            "assignment__namnd", "namnd", "paper__namnd", "paper__current", "decision__meeting"
        )
        .first()
    )


def out_page(request: SignedInRequest, account: Account) -> HttpResponse:
    """What everyone reads of an account that has been sent: the decision, the files, the text."""
    room = room_of(account)
    page, sending = paper_page(room.paper, None), dispatch_of(room.paper)
    if page is None or sending is None:
        raise Http404
    log_foreign_reading(
        room.paper,
        reader=request.user,
        namnd=account.namnd,
        what=f"{room.it} av uppdraget {account.assignment.slug}, som är expedierad",
    )
    context = {
        "page": page,
        "room": room,
        "account": account,
        "paper": room.paper,
        "sending": sending,
        "files": files_of(sending),
        "trail": room.trail[:-1],
    }
    return render(request, "programme/assignments/out_account.html", context)


def _of(user: User, slug: str, number: int) -> tuple[Account, Room]:
    account = find_account_for(user, slug, number) or find_out_for(user, slug, number)
    if account is None:
        raise Http404
    return account, room_of(account)


def _stem(account: Account) -> str:
    kind = account.get_kind_display().lower()
    return f"{kind}-{account.assignment.slug}-{account.namnd.code}"
