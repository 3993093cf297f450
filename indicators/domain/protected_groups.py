"""Which figures have to do with one another, as groups that are protected by themselves.

An indicator's periods of a year where they hold one another, or one period alone; and with them
those of the indicators that show the same counts, and what fixed versions show of them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.domain.expected import Expected
from indicators.domain.fixed_figures import Fixed, HiddenThen, Then, read_then
from indicators.domain.protection.figures import Alike, PeriodFigures, Place, Sheet
from indicators.domain.same_counts import SameCounts
from indicators.domain.tallies import Key, Tally, latest
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Accumulation, Aggregation, Category
from indicators.models import IndicatorVersion
from organisation.models import NamndSuccession

Tallies = Mapping[Key, list[Tally]]

ZERO = Decimal(0)
CATEGORIES = tuple(Category.values)


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


@dataclass(frozen=True)
class Group:
    """What is protected as one: a block, or several that share counts."""

    blocks: tuple[_Block, ...]
    codes: tuple[str, ...]
    """The periods, oldest first, of any of the blocks."""
    alike: tuple[Alike, ...] = ()
    """Counts that are the same, by number of the block."""
    kept: tuple[frozenset[Place], ...] = ()
    """By block, what fixed versions hide of it; () where there are none."""
    changed: tuple[tuple[str, Fixed], ...] = ()
    """Period, and a fixed version of it after which reports have come or been corrected."""

    @property
    def indicator_ids(self) -> set[int]:
        return {block.indicator_id for block in self.blocks}

    def may_hide(self, tallies: Tallies, limit: int) -> bool:
        if any(_may_hide(block, tallies, limit) for block in self.blocks):
            return True
        return bool(self.changed) and any(self.kept)

    def is_corrected(self, tallies: Tallies) -> bool:
        return any(_is_corrected(block, tallies) for block in self.blocks)

    def content(self, tallies: Tallies) -> tuple[object, ...]:
        """What tells whether its figures are still the same."""
        return (
            tuple((b.definition.pk, b.codes, _content(b, tallies)) for b in self.blocks),
            self.alike,
            self.kept,
            tuple(fixed.pk for _, fixed in self.changed),
        )


def groups_of(
    expected: Mapping[str, Expected], same: SameCounts, indicator_ids: Collection[int]
) -> list[Group]:
    """The groups that any of these indicators is in."""
    groups, shared = [], []
    linked = {pk for one in same.classes for pk, _ in one}
    near = {other for pk in indicator_ids if pk in linked for other in same.together_with(pk)}
    for block in _blocks(expected):
        if block.indicator_id in near:
            shared.append(block)
        elif block.indicator_id in indicator_ids:
            groups.append(Group((block,), block.codes))
    return groups + _joined(shared, list(expected), same)


def _joined(blocks: Sequence[_Block], order: Sequence[str], same: SameCounts) -> list[Group]:
    """Blocks of indicators that share counts in the same period, together."""
    together: list[list[_Block]] = []
    for block in blocks:
        kin = same.together_with(block.indicator_id)
        near = [
            others
            for others in together
            if any(o.indicator_id in kin and set(o.codes) & set(block.codes) for o in others)
        ]
        together = [others for others in together if others not in near]
        together.append([block, *(one for others in near for one in others)])
    groups = []
    for found in together:
        inside = tuple(sorted(found, key=lambda b: (b.indicator_id, order.index(b.codes[0]))))
        codes = {code for block in inside for code in block.codes}
        alike = tuple(counts for one in same.classes if len(counts := _by_block(one, inside)) > 1)
        groups.append(Group(inside, tuple(c for c in order if c in codes), alike))
    return groups


def _by_block(counts: Iterable[tuple[int, str]], blocks: Sequence[_Block]) -> Alike:
    return tuple(
        (number, name)
        for pk, name in counts
        for number, block in enumerate(blocks)
        if block.indicator_id == pk
    )


def with_versions(group: Group, hidden: HiddenThen, tallies: Tallies) -> Group:
    """The group with what fixed versions of its periods hide, and which of them differ by now."""
    if not any(code in hidden.versions for code in group.codes):
        return group
    kept: list[set[Place]] = [set() for _ in group.blocks]
    changed = []
    for number, code in enumerate(group.codes):
        for version in hidden.versions.get(code, ()):
            inside = [(at, b) for at, b in enumerate(group.blocks) if code in b.codes]
            for at, block in inside:
                kept[at] |= _places(hidden, version, code, block, number)
            if any(_came_after(version, code, block, tallies) for _, block in inside):
                changed.append((code, version))
    return replace(group, kept=tuple(map(frozenset, kept)), changed=tuple(changed))


def _places(
    hidden: HiddenThen, version: Fixed, code: str, block: _Block, number: int
) -> frozenset[Place]:
    places = hidden.of(version, code, block.indicator_id)
    return frozenset((number, namnd_id, category) for namnd_id, category in places)


def _came_after(version: Fixed, code: str, block: _Block, tallies: Tallies) -> bool:
    return any(
        tally.approved_at is not None and tally.approved_at > version.fixed_at
        for category in CATEGORIES
        for tally in tallies.get((code, block.indicator_id, category), ())
    )


def sheets_of(
    group: Group,
    expected: Mapping[str, Expected],
    tallies: Tallies,
    followed: Mapping[tuple[str, str], Mapping[int, frozenset[int]]],
    hidden: HiddenThen,
) -> tuple[list[Sheet], list[Alike]]:
    """The group as tables, and which of their counts are the same.

    First the blocks in their order, then what fixed versions show of them: a query for each
    version that differs.
    """
    sheets = []
    numbers = {code: number for number, code in enumerate(group.codes)}
    for at, block in enumerate(group.blocks):
        given = _figures(block, tallies, followed)
        periods = dict(zip((numbers[code] for code in block.codes), given, strict=True))
        sheets.append(Sheet(periods, kept=group.kept[at] if group.kept else frozenset()))
    alike: dict[tuple[int, str], set[tuple[int, str]]] = {}
    for counts in group.alike:
        one = set(counts)
        alike |= dict.fromkeys(counts, one)
    for code, version in group.changed:
        inside = [(at, block) for at, block in enumerate(group.blocks) if code in block.codes]
        then = read_then(version, expected[code], [block.indicator_id for _, block in inside])
        for at, block in inside:
            told = {c: then.get((block.indicator_id, c), []) for c in Category.values}
            figures = {(one.namnd_id, c): one.parts for c, of in told.items() for one in of}
            city = {} if version.namnd_id is not None else _city_then(block.definition, told)
            for name in ("in", "out", "all") if block.definition.is_ratio else ("people",):
                alike.setdefault((at, name), {(at, name)}).add((len(sheets), name))
            sheets.append(
                Sheet(
                    {numbers[code]: PeriodFigures(figures, city)},
                    published=_places(hidden, version, code, block, numbers[code]),
                    live=at,
                )
            )
    classes = {id(counts): tuple(sorted(counts)) for counts in alike.values()}
    return sheets, sorted(counts for counts in classes.values() if len(counts) > 1)


def _city_then(
    definition: IndicatorVersion, given: Mapping[str, Sequence[Then]]
) -> dict[str, frozenset[int]]:
    if definition.aggregation == Aggregation.NONE:
        return {}
    if definition.aggregation == Aggregation.LATEST:
        return {
            category: frozenset({max(of, key=lambda t: (t.approved_at, t.namnd_id)).namnd_id})
            for category, of in given.items()
            if of
        }
    return {category: frozenset(t.namnd_id for t in of) for category, of in given.items()}


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


def before_correction(tally: Tally) -> Tally:
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


def in_detail(
    groups: Iterable[Group], expected: Mapping[str, Expected], tallies: Tallies
) -> Tallies:
    """The tallies of the groups, each nämnd's by itself; what is not there so is read."""
    lacking = [block for group in groups for block in group.blocks]
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


def followed_in(
    groups: Iterable[Group], expected: Mapping[str, Expected]
) -> dict[tuple[str, str], dict[int, frozenset[int]]]:
    """(earlier period, later period) → nämnd → those it has followed between them.

    One that several have followed is left out: what each took over is not known.
    """
    pairs = {
        pair
        for group in groups
        for block in group.blocks
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
