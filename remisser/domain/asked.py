"""Which nämnd each remissinstans is, as far as its name tells; and who is named twice."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from organisation.domain.errors import Invalid
from organisation.domain.names import NamndNames
from organisation.models import Namnd, NamndSuccession
from remisser.domain.pasted import InstanceLine


@dataclass(frozen=True)
class Meant:
    """One line of the list, and the nämnd that it names (None: outside Samlad, or not certain).

    successor: of a nämnd that has ceased, the one that carries on what it did, if one does.
    """

    line: InstanceLine
    namnd: Namnd | None = None
    ceased: bool = False
    successor: Namnd | None = None

    @property
    def said(self) -> str:
        """ "Norrmalms stadsdelsnämnd har upphört (2023-06-30)."""
        if self.namnd is None or not self.ceased:
            return ""
        when = f" ({self.namnd.valid_to})" if self.namnd.valid_to else ""
        return f"{self.namnd} har upphört{when}."


def who_is_meant(lines: Sequence[InstanceLine], *, today: dt.date) -> tuple[Meant, ...]:
    """Every line with the nämnd that it names; at most three queries."""
    if not lines:
        return ()
    names = NamndNames.read(former=True)
    found = [(line, names.find(line.name)) for line in lines]
    ceased = [n for _, n in found if n is not None and not n.exists_on(today)]
    after = successors_of(ceased, today=today) if ceased else {}
    return tuple(
        Meant(
            line,
            namnd,
            ceased=namnd is not None and not namnd.exists_on(today),
            successor=after.get(namnd.pk) if namnd else None,
        )
        for line, namnd in found
    )


def successors_of(namnder: Collection[Namnd], *, today: dt.date) -> dict[int, Namnd]:
    """Who carries on for those that have ceased, by their ids; followed to one that exists."""
    followed: dict[int, Namnd] = {}
    for one in NamndSuccession.objects.filter(on__lte=today).select_related("successor"):
        followed[one.predecessor_id] = one.successor
    found = {}
    for namnd in namnder:
        seen, at = {namnd.pk}, followed.get(namnd.pk)
        while at is not None and not at.exists_on(today) and at.pk not in seen:
            seen.add(at.pk)
            at = followed.get(at.pk)
        if at is not None and at.exists_on(today):
            found[namnd.pk] = at
    return found


def check_once(named: Sequence[tuple[int, str, Namnd | None]]) -> None:
    """Raises Invalid (`instances`) when a name or a nämnd stands twice.

    named: number of the line (0: on the remiss already), name as written, and nämnd.
    """
    names: dict[str, tuple[int, str]] = {}
    boards: dict[int, tuple[int, str]] = {}
    for number, name, namnd in named:
        before = names.get(name.casefold()) or (boards.get(namnd.pk) if namnd else None)
        if before is not None:
            where = f"på rad {before[0]}" if before[0] else "på remissen redan"
            as_what = (
                f" som ”{before[1]}”, {where}, och som ”{name}” på rad {number}"
                if before[1].casefold() != name.casefold()
                else f" {where} och på rad {number}"
                if before[0]
                else f" {where}"
            )
            raise Invalid(
                f"{namnd or name} står två gånger:{as_what}. Ta bort den ena.", field="instances"
            )
        names[name.casefold()] = (number, name)
        if namnd is not None:
            boards[namnd.pk] = (number, name)
