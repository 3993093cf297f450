"""What one person is to which nämnder, now: the ground of every question "may they?"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from organisation.enums import INSIDE_ROLES, Role
from organisation.models.namnd import Followed, Namnd, predecessors_of, successors_of

if TYPE_CHECKING:
    from organisation.models.people import Membership

# The seat of who acts for no nämnd but keeps the system. No nämnd has this code.
SYSTEM_SEAT = "*"


@dataclass(frozen=True)
class Seat:
    """Something that a person can act for: one of their nämnder, or the whole system."""

    key: str
    """The nämnd's code, or SYSTEM_SEAT."""
    name: str
    short_name: str
    namnd: Namnd | None


class Access:
    """A person's roles that hold today.

    memberships: all of them; the caller has left out those that do not hold.
    chosen: the seat that the person has chosen. None: not narrowed, as outside of a request.
    A person who has several seats acts for one of them at a time, and every answer below is
    about that one. What the others would give, they do not have until they change seats.
    """

    def __init__(
        self,
        memberships: Sequence["Membership"],
        chosen: str | None = None,
        followed: Sequence[Followed] = (),
    ) -> None:
        self.held = list(memberships)
        """Every role, whatever the person acts for."""
        self.followed = tuple(followed)
        """All nämnder that are, or will be, followed by others."""
        self.acting: Seat | None = None
        """What the person acts for, when there is a choice."""
        if chosen is not None and len(self.seats) > 1:
            by_key = {seat.key: seat for seat in self.seats}
            self.acting = by_key.get(chosen, self.seats[0])
        self.memberships = [m for m in self.held if self._is_in_use(m)]

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """What the person can act for: their nämnder in Swedish order, the whole system last."""
        found = {m.namnd.pk: m.namnd for m in self.held if m.namnd}
        namnder = sorted(found.values(), key=lambda namnd: namnd.sort_key)
        seats = [Seat(n.code, n.name, n.short_name, n) for n in namnder]
        if any(m.role == Role.SYSTEMFORVALTARE for m in self.held):
            seats.append(
                Seat(SYSTEM_SEAT, "hela systemet, som systemförvaltare", "Hela systemet", None)
            )
        return tuple(seats)

    @property
    def acting_namnd(self) -> Namnd | None:
        return self.acting.namnd if self.acting else None

    def namnd_ids(self, *roles: str) -> set[int]:
        """Ids of the nämnder where the person has one of `roles` (any role, if none is named)."""
        return {
            m.namnd_id
            for m in self.memberships
            if m.namnd_id is not None and (not roles or m.role in roles)
        }

    def inside_ids(self) -> frozenset[int]:
        """Ids of the nämnder whose unfinished work the person may read.

        Their own, where they have a role in the work, and those that their own have taken over
        from: a nämnd that succeeds another keeps its papers.
        """
        return self._inside

    def reading_ids(self, *roles: str) -> set[int]:
        """`namnd_ids`, and the nämnder that those have succeeded."""
        own = self.namnd_ids(*roles)
        return own | predecessors_of(own, self.followed)

    def is_to_be_followed(self, today: dt.date) -> bool:
        """Whether a nämnd whose unfinished work the person may read has a merger ahead of it."""
        return any(one.on > today and one.old in self._inside for one in self.followed)

    def inside_scopes(self) -> list[str]:
        """Codes of those nämnder, as the trace knows them."""
        return list(Namnd.objects.filter(pk__in=self.inside_ids()).values_list("code", flat=True))

    def namnder(self, *roles: str) -> list[Namnd]:
        """The nämnder themselves, in Swedish order, each once."""
        wanted = self.namnd_ids(*roles)
        found = {m.namnd.pk: m.namnd for m in self.memberships if m.namnd and m.namnd.pk in wanted}
        return sorted(found.values(), key=lambda namnd: namnd.sort_key)

    def has_role(self, namnd_id: int | None, *roles: str) -> bool:
        """Whether the person has one of `roles` in that nämnd (any role, if none is named)."""
        return namnd_id in self.namnd_ids(*roles)

    def answering(self, namnd_id: int, day: dt.date, *roles: str) -> Namnd | None:
        """Which of the person's nämnder answers today for what the nämnd did up to that day.

        The nämnd itself; or, where it has been followed by another since then, that one. None
        when the person has none of `roles` there.
        """
        if self.has_role(namnd_id, *roles):
            wanted = {namnd_id}
        else:
            wanted = successors_of(namnd_id, self.followed, day)
        return next((namnd for namnd in self.namnder(*roles) if namnd.pk in wanted), None)

    def has_role_anywhere(self, *roles: str) -> bool:
        """Whether the person has one of `roles` somewhere, the whole system included."""
        return any(m.role in roles for m in self.memberships)

    @property
    def is_samordnare(self) -> bool:
        return self.has_role_anywhere(Role.SAMORDNARE)

    @property
    def is_systemforvaltare(self) -> bool:
        return self.has_role_anywhere(Role.SYSTEMFORVALTARE)

    @cached_property
    def _inside(self) -> frozenset[int]:
        return frozenset(self.reading_ids(*INSIDE_ROLES))

    def _is_in_use(self, membership: "Membership") -> bool:
        return self.acting is None or (
            membership.namnd_id == (self.acting.namnd.pk if self.acting.namnd else None)
        )
