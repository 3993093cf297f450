"""Commands on nämnder: what is known of one, and how several become one.

Apps above add what follows for their own tables; desk/domain/merger.py puts it all together.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from organisation.domain.days import ONE_DAY, left_over
from organisation.domain.errors import Invalid, NotAllowed
from organisation.models import Membership, Namnd, NamndSuccession, User
from organisation.personnummer import why_not_personnummer
from organisation.rules import may_administrate
from trace.domain import record

ONLY_ADMINISTRATORS = "Bara systemförvaltaren sköter nämnderna."


@dataclass(frozen=True)
class Merger:
    """Several nämnder become a new one on a day: the first day of the new one."""

    old: tuple[Namnd, ...]
    on: dt.date
    code: str
    name: str
    short_name: str
    kind: str
    forvaltning: str = ""

    @property
    def last_day(self) -> dt.date:
        return self.on - ONE_DAY


@transaction.atomic
def change_namnd(
    namnd: Namnd,
    *,
    actor: User,
    name: str,
    short_name: str,
    forvaltning: str,
    note: str,
    valid_from: dt.date | None,
    valid_to: dt.date | None,
) -> Namnd:
    """Change what is known of a nämnd; its code and kind stand. The same again changes nothing.

    Raises NotAllowed; Invalid for a name that is taken, or days in the wrong order.
    """
    _check_right(actor)
    if problem := why_not_personnummer(note):
        raise Invalid(problem, field="note")
    namnd = Namnd.objects.select_for_update().get(pk=namnd.pk)
    given = {
        "name": name,
        "short_name": short_name,
        "forvaltning": forvaltning,
        "note": note,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    changed = {key: value for key, value in given.items() if getattr(namnd, key) != value}
    if not changed:
        return namnd
    for key, value in changed.items():
        setattr(namnd, key, value)
    _check(namnd)
    namnd.save(update_fields=list(changed))
    words = ", ".join(
        str(Namnd._meta.get_field(key).verbose_name)  # type: ignore[union-attr]  # own columns
        for key in changed
    )
    record(namnd, actor=actor, verb="namnd-andrad", summary=f"Ändrade {namnd}: {words}")
    return namnd


def merged_before(merger: Merger) -> Namnd | None:
    """The new nämnd, when exactly this merger has been carried out."""
    new = Namnd.objects.filter(code=merger.code, valid_from=merger.on).first()
    if new is None:
        return None
    stated = set(
        NamndSuccession.objects.filter(successor=new, on=merger.on).values_list(
            "predecessor_id", flat=True
        )
    )
    return new if stated == {old.pk for old in merger.old} else None


def check_merger(merger: Merger) -> None:
    """Raises Invalid, at the field that is wrong, for what does not go together."""
    if len({old.pk for old in merger.old}) < 2:
        raise Invalid("Välj minst två nämnder att slå ihop.", field="old")
    for old in merger.old:
        if old.valid_from is not None and old.valid_from >= merger.on:
            raise Invalid(
                f"{old} finns först från {old.valid_from:%Y-%m-%d}: den kan inte slås ihop då.",
                field="on",
            )
        if old.valid_to is not None and old.valid_to != merger.last_day:
            raise Invalid(
                f"{old} upphör {old.valid_to:%Y-%m-%d}: den kan bara slås ihop dagen efter.",
                field="on",
            )
    followed = NamndSuccession.objects.filter(predecessor__in=merger.old).select_related(
        "predecessor", "successor"
    )
    for succession in followed:
        raise Invalid(
            f"{succession.predecessor} efterträds redan av {succession.successor}.", field="old"
        )
    _check(_new_namnd(merger))


@transaction.atomic
def begin_successor(merger: Merger, *, actor: User) -> Namnd:
    """The register's part of a merger: the new nämnd, the days of the old ones, the roles.

    People keep their roles: in the old nämnd until its last day, in the new one from its first.
    Raises NotAllowed, Invalid. Side effects: also successions and one event for each nämnd.
    """
    _check_right(actor)
    check_merger(merger)
    new = _new_namnd(merger)
    new.save()
    for old in merger.old:
        Namnd.objects.filter(pk=old.pk).update(valid_to=merger.last_day)
        NamndSuccession.objects.create(predecessor=old, successor=new, on=merger.on)
        record(
            old,
            actor=actor,
            verb="uppgar",
            summary=f"{old} uppgår i {new} {merger.on:%Y-%m-%d}",
        )
    names = ", ".join(str(old) for old in merger.old)
    record(new, actor=actor, verb="bildad", summary=f"{new} bildas av {names}")
    _move_roles(merger, new)
    return new


def roles_to_move(merger: Merger) -> Sequence[Membership]:
    """The roles in the old nämnder that hold on the day of the merger or later."""
    return list(
        Membership.objects.filter(namnd__in=merger.old)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=merger.on))
        .select_related("user", "namnd")
        .order_by("user_id", "role", "pk")
    )


# Parts ------------------------------------------------------------------------------------------


def _check_right(actor: User) -> None:
    if not may_administrate(actor):
        raise NotAllowed(ONLY_ADMINISTRATORS)


def _check(namnd: Namnd) -> None:
    try:
        namnd.full_clean()
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise Invalid(messages[0], field="" if field == "__all__" else field) from wrong


def _new_namnd(merger: Merger) -> Namnd:
    return Namnd(
        code=merger.code,
        name=merger.name,
        short_name=merger.short_name,
        kind=merger.kind,
        forvaltning=merger.forvaltning,
        valid_from=merger.on,
    )


def _move_roles(merger: Merger, new: Namnd) -> None:
    """End the roles in the old nämnder, and begin the same in the new one.

    Who had the same role in several of them gets it once; a role of one's own goes before one
    held as somebody's deputy.
    """
    covered: dict[tuple[int, str], list[tuple[dt.date, dt.date]]] = defaultdict(list)
    moving = roles_to_move(merger)
    for membership in sorted(moving, key=lambda m: (m.deputy_for_id is not None, m.pk)):
        first = max(membership.valid_from or merger.on, merger.on)
        last = membership.valid_to or dt.date.max
        taken = covered[membership.user_id, membership.role]
        for begins, ends in left_over(first, last, taken):
            Membership.objects.create(
                user=membership.user,
                namnd=new,
                role=membership.role,
                valid_from=begins,
                valid_to=None if ends == dt.date.max else ends,
                deputy_for=membership.deputy_for,
            )
            taken.append((begins, ends))
        if membership.valid_from is not None and membership.valid_from >= merger.on:
            membership.delete()
        else:
            membership.valid_to = merger.last_day
            membership.save(update_fields=["valid_to"])
