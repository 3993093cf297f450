"""Which figures others may not see, small ones and those that would give them away.

The rule is in `protection`; here the approved figures are told to it, indicator by indicator and
year by year. The answer does not depend on the page or file that asks, so that two outputs never
show what only one of them hides: all periods of the year up to the one shown must be among those
given. Working it out anew takes seconds for a whole programme (a few hundredths of one for an
indicator and a year, more where nearly all counts are small), so it is kept in the process as
long as the reports say the same; a page then costs nothing extra, and where nothing can be small
it never does. An approval works out what it has changed before anybody reads (`work_out_ahead`).
A page that finds answers lacking all the same takes one query more for what each nämnd has
given, and one for mergers where there are any.

What a process lacks it looks for in the cache "protection" before it works it out: there answers
are kept by the very figures that they follow from, so a server that starts anew, or another one
beside it, need not begin from nothing.
"""

import hashlib
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import caches

from indicators.domain.expected import Expected, expected_in_each
from indicators.domain.fixed_figures import HiddenThen, hidden_then, with_fixed
from indicators.domain.protected_cache import CACHE, tolerated
from indicators.domain.protected_groups import (
    Tallies,
    before_correction,
    followed_in,
    groups_of,
    in_detail,
    sheets_of,
    with_versions,
)
from indicators.domain.protection import figures as figures_module
from indicators.domain.protection import hiding as hiding_module
from indicators.domain.protection.figures import Alike, Place, Sheet, hidden_in_sheets
from indicators.domain.same_counts import SameCounts, same_counts
from indicators.domain.tally_reading import read_tallies
from indicators.models import Period

HiddenPlace = tuple[str, int, int | None, str]
"""Period code, indicator id, nämnd id (None for the city's), category."""

# Another rule gives other answers: what was kept by it is not found again.
RULE = hashlib.sha256(
    "".join(inspect.getsource(module) for module in (figures_module, hiding_module)).encode()
).hexdigest()

Hidden = tuple[frozenset[Place], ...]
"""Block by block."""
MOST_KEPT = 50_000
_kept: dict[Any, frozenset[HiddenPlace]] = {}


def hidden_cells(
    expected: Mapping[str, Expected], tallies: Tallies, *, before: bool = False
) -> frozenset[HiddenPlace]:
    """The places whose figures are hidden from others, small ones among them.

    expected: periods by code, oldest first: all of a year up to the one shown. tallies: what has
    been read of them, in detail or not; what other indicators say of the same counts is read here,
    in a query more where there are any.
    before: which they would be if every corrected figure were what it was; only of indicators and
    years in which something has been corrected.
    """
    limit = settings.SMALL_COUNT_MAX
    if limit == 0:
        return frozenset()
    same = same_counts(expected)
    read = {pk for _, pk, _ in tallies}
    tallies = _with_same(same, read, expected, tallies)
    groups = groups_of(expected, same, read)
    if before:
        groups = [group for group in groups if group.is_corrected(tallies)]
        hidden = HiddenThen({}, {})
    else:
        hidden = hidden_then(expected)
        groups = [with_versions(group, hidden, tallies) for group in groups]
    kept = {
        (group.codes[number], block.indicator_id, namnd_id, category)
        for group in groups
        for block, places in zip(group.blocks, group.kept, strict=False)
        for number, namnd_id, category in places
    }
    if not before:
        groups = [group for group in groups if group.may_hide(tallies, limit)]
    kept_as = [(before, limit, *group.content(tallies)) for group in groups]
    found = [_kept.get(key) for key in kept_as]
    lacking = {
        key: group
        for key, group, places in zip(kept_as, groups, found, strict=True)
        if places is None
    }
    if lacking:
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        detailed = in_detail(lacking.values(), expected, tallies)
        if before:
            detailed = {key: [before_correction(t) for t in told] for key, told in detailed.items()}
        followed = followed_in(lacking.values(), expected)
        given = {
            key: sheets_of(group, expected, detailed, followed, hidden)
            for key, group in lacking.items()
        }
        answers = {
            key: frozenset(
                (lacking[key].codes[number], block.indicator_id, namnd_id, category)
                for block, places in zip(lacking[key].blocks, told, strict=False)
                for number, namnd_id, category in places
            )
            for key, told in _worked_out(given, limit).items()
        }
        _kept.update(answers)
        # Not looked up again: another thread may have emptied what is kept since.
        found = [
            answers[key] if places is None else places
            for key, places in zip(kept_as, found, strict=True)
        ]
    return frozenset(kept).union(*(places for places in found if places))


def _with_same(
    same: SameCounts, read: set[int], expected: Mapping[str, Expected], tallies: Tallies
) -> Tallies:
    """With the tallies of indicators that show the same counts as those that were read."""
    lacking = {
        other
        for one in same.classes
        for pk, _ in one
        if pk in read
        for other in same.together_with(pk)
    } - read
    if not lacking:
        return tallies
    periods = dict(expected)
    return {**read_tallies(periods, in_detail=[], indicator_ids=sorted(lacking)), **tallies}


def work_out_ahead(period: Period) -> None:
    """Work out and keep what is hidden in `period` and later ones of its year.

    For when a report has been approved, so that the next who reads does not wait for it. Only what
    has changed is worked out: an indicator and year whose figures are the same is kept already.
    """
    if settings.SMALL_COUNT_MAX == 0:
        return
    of_year = list(with_fixed(Period.objects.filter(year=period.year)).in_order())
    expected = expected_in_each(of_year)
    tallies = read_tallies(
        expected,
        in_detail=[],
        indicator_ids=sorted({pk for exp in expected.values() for pk in exp.definitions}),
    )
    codes = list(expected)
    given = {code for code, *_ in tallies}
    for number, code in enumerate(codes, start=1):
        if code in given and expected[code].period.ends_on >= period.ends_on:
            hidden_cells({one: expected[one] for one in codes[:number]}, tallies)


def _worked_out(
    given: Mapping[Any, tuple[Sequence[Sheet], Sequence[Alike]]], limit: int
) -> dict[Any, Hidden]:
    """The answer for each of the tables, by the same keys: looked up, or worked out and kept."""
    kept_as = {key: _digest(sheets, alike, limit) for key, (sheets, alike) in given.items()}
    known: dict[str, Hidden] = {}
    with tolerated():
        known = caches[CACHE].get_many(kept_as.values())
    for key, (sheets, alike) in given.items():
        name = kept_as[key]
        if name not in known:
            known[name] = hidden_in_sheets(sheets, alike, limit=limit)
            with tolerated():
                caches[CACHE].set(name, known[name])
    return {key: known[name] for key, name in kept_as.items()}


def _digest(sheets: Sequence[Sheet], alike: Sequence[Alike], limit: int) -> str:
    """Says everything that the answer follows from."""
    told = [
        (
            None if sheet.published is None else sorted(map(str, sheet.published)),
            sheet.live,
            sorted(map(str, sheet.kept)),
            [
                (
                    number,
                    sorted((place, tuple(map(str, parts))) for place, parts in one.figures.items()),
                    sorted((category, sorted(of)) for category, of in one.city_of.items()),
                    one.holds_earlier,
                    sorted((new, sorted(old)) for new, old in (one.followed or {}).items()),
                )
                for number, one in sorted(sheet.periods.items())
            ],
        )
        for sheet in sheets
    ]
    return hashlib.sha256(f"{RULE}{limit}{told}{sorted(alike)}".encode()).hexdigest()
