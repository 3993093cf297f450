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

import datetime as dt
import hashlib
import inspect
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.cache import caches

from indicators.domain.expected import Expected, expected_in_each
from indicators.domain.protection import figures as figures_module
from indicators.domain.protection import hiding as hiding_module
from indicators.domain.protection.figures import PeriodFigures, Place, hidden_places
from indicators.domain.tallies import Key, Tally, latest
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Accumulation, Aggregation, Category
from indicators.models import IndicatorVersion, Period
from organisation.models import NamndSuccession

HiddenPlace = tuple[str, int, int | None, str]
"""Period code, indicator id, nämnd id (None for the city's), category."""
Tallies = Mapping[Key, list[Tally]]

logger = logging.getLogger("samlad.protection")

CACHE = "protection"
# Another rule gives other answers: what was kept by it is not found again.
RULE = hashlib.sha256(
    "".join(inspect.getsource(module) for module in (figures_module, hiding_module)).encode()
).hexdigest()

ZERO = Decimal(0)
CATEGORIES = tuple(Category.values)
MOST_KEPT = 50_000
_kept: dict[Any, frozenset[HiddenPlace]] = {}


@dataclass(frozen=True)
class _Block:
    """Periods of a year whose figures of an indicator have to do with one another."""

    indicator_id: int
    definition: IndicatorVersion
    codes: tuple[str, ...]

    def places(self) -> Iterator[Key]:
        return (
            (code, self.indicator_id, category) for code in self.codes for category in CATEGORIES
        )


def hidden_cells(
    expected: Mapping[str, Expected], tallies: Tallies, *, before: bool = False
) -> frozenset[HiddenPlace]:
    """The places whose figures are hidden from others, small ones among them.

    expected: periods by code, oldest first. tallies: what has been read of them, in detail or not.
    before: which they would be if every corrected figure were what it was; only of indicators and
    years in which something has been corrected.
    """
    limit = settings.SMALL_COUNT_MAX
    if limit == 0:
        return frozenset()
    blocks = [
        block
        for block in _blocks(expected)
        if (_is_corrected(block, tallies) if before else _may_hide(block, tallies, limit))
    ]
    kept_as = [
        (before, limit, block.definition.pk, block.codes, _content(block, tallies))
        for block in blocks
    ]
    found = [_kept.get(key) for key in kept_as]
    lacking = {
        key: block
        for key, block, places in zip(kept_as, blocks, found, strict=True)
        if places is None
    }
    if lacking:
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        detailed = _in_detail(lacking.values(), expected, tallies)
        if before:
            detailed = {key: [_before(t) for t in told] for key, told in detailed.items()}
        followed = _followed(lacking.values(), expected)
        given = {key: _figures(block, detailed, followed) for key, block in lacking.items()}
        answers = {
            key: frozenset(
                (lacking[key].codes[number], lacking[key].indicator_id, namnd_id, category)
                for number, namnd_id, category in places
            )
            for key, places in _worked_out(given, limit).items()
        }
        _kept.update(answers)
        # Not looked up again: another thread may have emptied what is kept since.
        found = [
            answers[key] if places is None else places
            for key, places in zip(kept_as, found, strict=True)
        ]
    return frozenset().union(*(places for places in found if places))


def work_out_ahead(period: Period) -> None:
    """Work out and keep what is hidden in `period` and later ones of its year.

    For when a report has been approved, so that the next who reads does not wait for it. Only what
    has changed is worked out: an indicator and year whose figures are the same is kept already.
    """
    if settings.SMALL_COUNT_MAX == 0:
        return
    of_year = list(Period.objects.filter(year=period.year).in_order())
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
    given: Mapping[Any, Sequence[PeriodFigures]], limit: int
) -> dict[Any, frozenset[Place]]:
    """The answer for each of the figures, by the same keys: looked up, or worked out and kept."""
    kept_as = {key: _digest(periods, limit) for key, periods in given.items()}
    known: dict[str, frozenset[Place]] = {}
    # A full disk, or one that is only read, costs time and no more.
    with _tolerated():
        known = caches[CACHE].get_many(kept_as.values())
    for key, periods in given.items():
        name = kept_as[key]
        if name not in known:
            known[name] = hidden_places(periods, limit=limit)
            with _tolerated():
                caches[CACHE].set(name, known[name])
    return {key: known[name] for key, name in kept_as.items()}


@contextmanager
def _tolerated() -> Iterator[None]:
    try:
        yield
    except OSError:
        logger.warning("the cache of what was worked out cannot be used", exc_info=True)


def _digest(periods: Sequence[PeriodFigures], limit: int) -> str:
    """Says everything that the answer follows from."""
    told = [
        (
            sorted((place, tuple(map(str, parts))) for place, parts in period.figures.items()),
            sorted((category, sorted(made_of)) for category, made_of in period.city_of.items()),
            period.holds_earlier,
            sorted((new, sorted(old)) for new, old in (period.followed or {}).items()),
        )
        for period in periods
    ]
    return hashlib.sha256(f"{RULE}{limit}{told}".encode()).hexdigest()


def _blocks(expected: Mapping[str, Expected]) -> list[_Block]:
    runs: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    definitions = {}
    for code, in_period in expected.items():
        for indicator_id, definition in in_period.definitions.items():
            if not definition.counts_people or definition.is_yes_no:
                continue
            alone = definition.accumulation != Accumulation.YEAR_TO_DATE
            period = in_period.period
            run = (definition.pk, period.year, period.pk if alone else 0)
            runs[run].append(code)
            definitions[run] = indicator_id, definition
    return [_Block(*definitions[run], tuple(codes)) for run, codes in runs.items()]


def _may_hide(block: _Block, tallies: Tallies, limit: int) -> bool:
    """Whether anything could be small, as far as the sums tell."""
    given = [key for key in block.places() if any(t.reported for t in tallies.get(key, ()))]
    if len({code for code, *_ in given}) > 1:
        return True  # a small difference between two periods does not show in their sums
    least = [t.least for key in given for t in tallies[key] if t.least is not None]
    if any(count <= limit for count in least):
        return True
    sums = {category: _sums(tallies[code, pk, category]) for code, pk, category in given}
    whole = sums.pop(Category.TOTAL, None)
    if not sums or whole is None:
        return False
    # Those of unknown sex: none when each sex has as many figures and they make up the whole.
    alike = all(one[0] == whole[0] for one in sums.values()) and len(sums) == len(Category) - 1
    return not alike or any(
        sum((one[part] for one in sums.values()), Decimal(0)) != whole[part] for part in (1, 2, 3)
    )


def _before(tally: Tally) -> Tally:
    return tally.was._replace(approved_at=tally.approved_at) if tally.was else tally


def _is_corrected(block: _Block, tallies: Tallies) -> bool:
    return any(t.corrected_on for key in block.places() for t in tallies.get(key, ()))


def _sums(tallies: Sequence[Tally]) -> tuple[int, Decimal, Decimal, Decimal]:
    if len(tallies) == 1:  # added up already
        (one,) = tallies
        return one.reported, one.number or ZERO, one.numerator or ZERO, one.denominator or ZERO
    reported, number, numerator, denominator = 0, ZERO, ZERO, ZERO
    for tally in tallies:
        reported += tally.reported
        number += tally.number or 0
        numerator += tally.numerator or 0
        denominator += tally.denominator or 0
    return reported, number, numerator, denominator


def _content(block: _Block, tallies: Tallies) -> tuple[object, ...]:
    """What tells whether the block's figures are still the same.

    Figures count by approved version, and a version never changes: another figure means another
    approval, whose moment is here, or one that no longer counts, and then the sums differ.
    """
    return tuple(
        (*_sums(given), given[0].approved_at if len(given) == 1 else _latest_approval(given))
        for given in [tallies.get(key, ()) for key in block.places()]
    )


def _latest_approval(tallies: Iterable[Tally]) -> dt.datetime | None:
    return max((t.approved_at for t in tallies if t.approved_at), default=None)


def _in_detail(
    lacking: Iterable[_Block], expected: Mapping[str, Expected], tallies: Tallies
) -> Tallies:
    """The tallies of the blocks, each nämnd's by itself; what is not there so is read."""
    unread = [
        block
        for block in lacking
        if any(
            t.reported and t.namnd_id is None for k in block.places() for t in tallies.get(k, ())
        )
    ]
    if not unread:
        return tallies
    codes = {code for block in unread for code in block.codes}
    ids = {block.indicator_id for block in unread}
    periods = {code: in_period for code, in_period in expected.items() if code in codes}
    read = read_tallies(periods, in_detail=periods, indicator_ids=sorted(ids))
    return {**tallies, **read}


def _figures(
    block: _Block,
    tallies: Tallies,
    followed: Mapping[tuple[str, str], Mapping[int, frozenset[int]]],
) -> Sequence[PeriodFigures]:
    definition = block.definition
    periods: list[PeriodFigures] = []
    for number, code in enumerate(block.codes):
        figures, city_of = {}, {}
        for category in Category.values:
            given = [t for t in tallies.get((code, block.indicator_id, category), ()) if t.reported]
            for tally in given:
                if tally.namnd_id is not None:
                    figures[tally.namnd_id, category] = _parts(tally)
            if definition.aggregation == Aggregation.LATEST and given:
                city_of[category] = frozenset({latest(given).namnd_id or 0})
            elif definition.aggregation != Aggregation.NONE:
                city_of[category] = frozenset(t.namnd_id or 0 for t in given)
        earlier = block.codes[number - 1] if number else ""
        periods.append(
            PeriodFigures(figures, city_of, bool(number), _since(followed, earlier, code, periods))
        )
    return periods


def _since(
    followed: Mapping[tuple[str, str], Mapping[int, frozenset[int]]],
    earlier: str,
    code: str,
    periods: Sequence[PeriodFigures],
) -> Mapping[int, frozenset[int]]:
    """Nämnd → whom it carries on since the earlier period: itself too, if it was there."""
    merged = followed.get((earlier, code), {})
    there = {namnd_id for namnd_id, _ in periods[-1].figures} if periods else set()
    return {new: old | ({new} & there) for new, old in merged.items()}


def _parts(tally: Tally) -> tuple[Decimal, ...]:
    if tally.denominator is None:
        return (tally.number or Decimal(0),)
    return (tally.numerator or Decimal(0), tally.denominator)


def _followed(
    lacking: Iterable[_Block], expected: Mapping[str, Expected]
) -> dict[tuple[str, str], dict[int, frozenset[int]]]:
    """(earlier period, later period) → nämnd → those it has followed between them.

    One that several have followed is left out: what each took over is not known.
    """
    pairs = {
        pair
        for block in lacking
        for pair in zip(block.codes, block.codes[1:], strict=False)
        if len({expected[code].asked_of[block.indicator_id] for code in pair}) > 1
    }
    if not pairs:
        return {}
    rows = list(
        NamndSuccession.objects.order_by().values_list("predecessor_id", "successor_id", "on")
    )
    found = {}
    for earlier, later in pairs:
        first, last = expected[earlier].period.ends_on, expected[later].period.ends_on
        between = [(old, new) for old, new, on in rows if first < on <= last]
        olds = [old for old, _ in between]
        merged: dict[int, set[int]] = defaultdict(set)
        for old, new in between:
            if olds.count(old) == 1:
                merged[new].add(old)
        found[earlier, later] = {new: frozenset(old) for new, old in merged.items()}
    return found
