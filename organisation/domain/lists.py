"""Lists for the systemförvaltare: people with their roles, and nämnder."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from organisation.models import Membership, Namnd, NamndSuccession, User

MOST_SHOWN = 200


@dataclass(frozen=True)
class RoleLine:
    """One role of a person, with what day it is taken into account."""

    membership: Membership
    state: str
    """ "nu", "kommande" or "tidigare"."""

    @property
    def where(self) -> str:
        namnd = self.membership.namnd
        return str(namnd) if namnd else "Hela systemet"


@dataclass(frozen=True)
class PersonLine:
    person: User
    roles: tuple[RoleLine, ...]
    """Those that hold today."""


def people(words: str = "", *, namnd_code: str = "") -> tuple[Sequence[PersonLine], int]:
    """People in order of name, at most MOST_SHOWN, and how many there are.

    words: each must be found in name, user name, title or e-mail address.
    namnd_code: only those with a role in that nämnd today.
    """
    today = timezone.localdate()
    found = User.objects.order_by("name", "username")
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(username__icontains=word)
            | Q(title__icontains=word)
            | Q(email__icontains=word)
        )
    if namnd_code:
        held = Membership.objects.valid_on(today).filter(namnd__code=namnd_code)
        found = found.filter(pk__in=held.order_by().values("user"))
    memberships = Membership.objects.select_related("namnd", "deputy_for").order_by("pk")
    shown = found.prefetch_related(Prefetch("memberships", memberships))[:MOST_SHOWN]
    lines = [
        PersonLine(person, tuple(r for r in role_lines(person, today=today) if r.state == "nu"))
        for person in shown
    ]
    return lines, found.count()


def find_person(pk: int) -> User | None:
    """A person with their roles loaded."""
    memberships = Membership.objects.select_related("namnd", "deputy_for").order_by("pk")
    return User.objects.filter(pk=pk).prefetch_related(Prefetch("memberships", memberships)).first()


def find_membership(pk: int) -> Membership | None:
    return Membership.objects.filter(pk=pk).select_related("user", "namnd", "deputy_for").first()


def role_lines(person: User, *, today: dt.date | None = None) -> list[RoleLine]:
    """All roles of a person whose memberships are loaded: those of today first, then the rest."""
    today = today or timezone.localdate()
    order = ["nu", "kommande", "tidigare"]
    lines = [RoleLine(m, _state(m, today)) for m in person.memberships.all()]
    return sorted(lines, key=lambda line: order.index(line.state))


def _state(membership: Membership, today: dt.date) -> str:
    if membership.valid_from and membership.valid_from > today:
        return "kommande"
    if membership.valid_to and membership.valid_to < today:
        return "tidigare"
    return "nu"


@dataclass(frozen=True)
class NamndLine:
    namnd: Namnd
    exists: bool
    successors: tuple[NamndSuccession, ...]


def namnder() -> list[NamndLine]:
    """All nämnder in Swedish order, with who has succeeded them."""
    today = timezone.localdate()
    successions = NamndSuccession.objects.select_related("successor")
    rows = Namnd.objects.in_order().prefetch_related(Prefetch("succeeded_by", successions))
    return [
        NamndLine(namnd, namnd.exists_on(today), tuple(namnd.succeeded_by.all())) for namnd in rows
    ]
