"""Where the paper of an account stands, and finding an account for a person."""

from django.http import Http404
from django.urls import reverse

from organisation.models import User
from papers.domain.lint_page import lint_paper
from papers.views.room import Room
from programme.assignment_enums import AccountKind
from programme.models import Account
from programme.views.assignments import trail_to


def get_account_for(user: User, slug: str, number: int) -> Account:
    """One account, if the person may read its unfinished work. Raises Http404."""
    found = find_account_for(user, slug, number)
    if found is None:
        raise Http404
    return found


def find_account_for(user: User, slug: str, number: int) -> Account | None:
    """The same, or None when there is none that the person may see."""
    return (
        Account.objects.inside(user)
        .filter(assignment__slug=slug, number=number)
        .select_related(
            "assignment__namnd", "namnd", "paper__namnd", "paper__current", "decision__meeting"
        )
        .first()
    )


def room_of(account: Account) -> Room:
    """Where the account's paper stands. Raises Http404 for one that is not begun."""
    if account.paper is None:
        raise Http404
    final = account.kind == AccountKind.SLUT
    it = "slutredovisningen" if final else "delredovisningen"
    return Room(
        paper=account.paper,
        home=home_of(account),
        name=it,
        it=it,
        attested=f"{it.capitalize()} är attesterad.",
        trail=[
            *trail_to(account.assignment),
            {"url": home_of(account), "label": account.get_kind_display()},
        ],
        look=lint_paper,
    )


def home_of(account: Account) -> str:
    """The address of the account."""
    return reverse("account-page", args=[account.assignment.slug, account.number])
