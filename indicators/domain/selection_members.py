"""Who the rows of a selection are, in each of three readings of a changed organisation."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from indicators.domain.expected import Expected
from indicators.domain.series import Lineage
from indicators.enums import Reading
from organisation.models import Namnd


@dataclass
class Member:
    """A row in the making: who it is, and who stood for it in each period."""

    namnd: Namnd
    is_part_of: str = ""
    stood: dict[str, tuple[list[Namnd], bool]] = field(default_factory=dict)
    """Period → the nämnder whose figures are its, and whether they became it alone."""


def members_of(
    reading: str,
    wanted: Collection[str],
    namnder: Sequence[Namnd],
    lineage: Lineage,
    periods: Sequence[Expected],
    day: dt.date,
) -> list[Member]:
    """The rows that the reading gives, in Swedish order, and who stood for them when.

    wanted: codes of nämnder; none is all of them. namnder: all, in order. day: of "today".
    """
    there = {pk for in_period in periods for pk in in_period.namnder}
    if reading == Reading.RAPPORTERAT:
        members = [Member(n) for n in namnder if n.pk in there]
        for member in members:
            for now in periods:
                if member.namnd.exists_on(now.period.ends_on):
                    member.stood[now.period.code] = [member.namnd], True
        return [m for m in members if _is_chosen(m.namnd, wanted)]
    members = []
    for namnd in namnder:
        if not namnd.exists_on(day):
            continue
        member = Member(namnd)
        for now in periods:
            if namnd.exists_on(now.period.ends_on):
                member.stood[now.period.code] = [namnd], True
            else:
                stood = lineage.forebears(namnd, now.period.ends_on)
                if stood[0]:
                    member.stood[now.period.code] = stood
        before = {one.pk: one for stood, _ in member.stood.values() for one in stood}
        before.pop(namnd.pk, None)
        if (namnd.pk in there or before.keys() & there) and _is_chosen(namnd, wanted):
            members.append(member)
            if reading == Reading.SERIE:
                members += [_forebear(one, namnd, periods) for one in before.values()]
    if reading == Reading.DAGENS:
        members += _left_over(wanted, namnder, members, periods)
    return members


def _forebear(one: Namnd, heir: Namnd, periods: Sequence[Expected]) -> Member:
    codes = [now.period.code for now in periods if one.exists_on(now.period.ends_on)]
    return Member(one, heir.name, {code: ([one], True) for code in codes})


def _left_over(
    wanted: Collection[str],
    namnder: Sequence[Namnd],
    members: Sequence[Member],
    periods: Sequence[Expected],
) -> list[Member]:
    """Those that nobody of today carries on alone: they stand for themselves."""
    found = []
    for namnd in namnder:
        left = Member(namnd)
        for now in periods:
            code = now.period.code
            counted = {
                one.pk
                for m in members
                for stood, alone in [m.stood.get(code, ([], True))]
                if alone
                for one in stood
            }
            if namnd.pk in now.namnder and namnd.pk not in counted:
                left.stood[code] = [namnd], True
        if left.stood and _is_chosen(namnd, wanted):
            found.append(left)
    return found


def _is_chosen(namnd: Namnd, wanted: Collection[str]) -> bool:
    return not wanted or namnd.code in wanted
