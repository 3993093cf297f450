"""What an indicator's numbers of one year have to do with one another, and what to hide of them.

Counts hang together: everybody is women, men and those whose sex is not told; the city is the sum
of its nämnder; a ratio is those in it, and those not, of all; a number year to date holds the one
before it, also when the nämnd that gave it has been followed by another. The people between two
such numbers are a count like any other, and so are those whose sex is not told: a small one is
protected by hiding what it would be worked out from.

Periods are settled in order, each given what the earlier ones already show: what was published
for tertial 1 is not changed by tertial 2. Periods of different years have nothing to do with one
another.

Indicators that show the same count, as a number and as the numerator of a ratio, are one table:
so are the figures of today and those of a fixed version, which is read for ever.

What this does not know, and so does not protect from: other figures of several indicators about
the same people, words in comments, what pages showed before a later approval or correction
changed it and no version has kept, what a nämnd knows of its own figures, and a reader who works
out which hidden cells were worth the least to hide.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.domain.protection.hiding import Cell, Table, hide, lost

CITY = None
TOTAL = "totalt"

Place = tuple[int, int | None, str]
"""Number of the period in its year, nämnd's id (CITY for the city's), category."""
Parts = tuple[Decimal, ...]
"""(number,) or (numerator, denominator)."""

# What it costs to hide a cell. The city's figure is worth more than any number of its parts, and
# of two like cells the one with fewer people is worth less.
CITY_WEIGHT = 100_000
WEIGHT, TOTAL_WEIGHT = 20, 26


@dataclass(frozen=True)
class PeriodFigures:
    """What has been reported of one indicator in one period."""

    figures: Mapping[tuple[int, str], Parts]
    """(nämnd's id, category) → its figure."""
    city_of: Mapping[str, frozenset[int]]
    """Category → the nämnder whose figures add up to the city's; none where they do not."""
    holds_earlier: bool = False
    """Whether it is a number year to date, under the same definition as the period before it that
    the indicator was asked for in."""
    followed: Mapping[int, frozenset[int]] | None = None
    """Nämnd → those it has followed since the earlier period; itself where not said."""

    def before(self, namnd_id: int) -> frozenset[int]:
        return (self.followed or {}).get(namnd_id, frozenset({namnd_id}))


@dataclass(frozen=True)
class Sheet:
    """The figures of one indicator in the periods of a year, by the period's number in it.

    published: for one that stands fixed for ever as it was, what is hidden in it. Its figures
    cannot be hidden any more, nor shown; what is live is hidden so that the two together tell
    nothing. live: number of the sheet, before it, of the same indicator's figures of today.
    kept: what must be hidden here whatever the figures say, since a fixed version of the same
    period hides it.
    """

    periods: Mapping[int, PeriodFigures]
    published: frozenset[Place] | None = None
    live: int | None = None
    kept: frozenset[Place] = frozenset()


Count = tuple[int, str]
"""Number of a sheet, and which of its counts: "people", or of a ratio "in", "out" or "all"."""
Alike = tuple[Count, ...]
"""Counts that are one and the same, wherever the same number stands in several of them."""


def hidden_places(periods: Sequence[PeriodFigures], *, limit: int) -> frozenset[Place]:
    """All places to hide in these periods of one year, oldest first: small ones, and others.

    limit: counts of people from 1 to this are small.
    """
    (hidden,) = hidden_in_sheets([Sheet(dict(enumerate(periods)))], limit=limit)
    return hidden


def hidden_in_sheets(
    sheets: Sequence[Sheet], alike: Sequence[Alike] = (), *, limit: int
) -> tuple[frozenset[Place], ...]:
    """The same for several indicators that share counts, sheet by sheet; of one that is published
    what is hidden in it already."""
    hidden = [set(sheet.published or ()) for sheet in sheets]
    for number in sorted({n for sheet in sheets for n in sheet.periods}):
        layout = _Layout(sheets, number, limit, hidden, alike)
        found = layout.hide()
        if layout.lost:
            # What has been published cannot be taken back. The rest is protected as if it were not.
            without = [
                sheet if sheet.published is None else replace(sheet, periods={}) for sheet in sheets
            ]
            found |= _Layout(without, number, limit, hidden, alike).hide()
        for at, place in found:
            hidden[at].add(place)
    return tuple(frozenset(places) for places in hidden)


def table_of(
    sheets: Sequence[Sheet], alike: Sequence[Alike] = (), *, limit: int
) -> tuple[Table, frozenset[int]]:
    """The table of the last period, with nothing settled but what is published, all else shown;
    and which of its cells are hidden already."""
    last = max(number for sheet in sheets for number in sheet.periods)
    settled = [sheet.published or frozenset() for sheet in sheets]
    layout = _Layout(sheets, last, limit, settled, alike)
    return layout.table, frozenset(c for part in layout.parts for c in part.hidden_already())


class _Layout:
    """The tables of a period and those before it in its year, and where their cells stand."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        now: int,
        limit: int,
        hidden: Sequence[Collection[Place]],
        alike: Sequence[Alike],
    ) -> None:
        self.limit, self.now = limit, now
        self.table = Table()
        self.lost: frozenset[int] = frozenset()
        """Counts that what is published tells already, whatever is hidden now."""
        self.parts: list[_Part] = []
        for at, sheet in enumerate(sheets):
            if sheet.periods and min(sheet.periods) <= now:
                self.parts.append(_Part(self, at, sheet, hidden[at]))
                self.parts[-1].lay()
        for counts in alike:
            self._alike(counts)

    def hide(self) -> set[tuple[int, Place]]:
        """(number of the sheet, place)."""
        where = {
            cell: (part.at, place) for part in self.parts for cell, place in part.place_of.items()
        }
        given = {cell for part in self.parts for cell in part.hidden_already()}
        if any(part.sheet.published is not None for part in self.parts):
            self.lost = lost(self.table, limit=self.limit, hidden=given)
            self.table.guarded = [t for t in self.table.guarded if t not in self.lost]
        found = hide(self.table, limit=self.limit, hidden=given)
        return {where[cell] for cell in found}

    def is_small(self, value: Decimal) -> bool:
        return 0 < value <= self.limit

    def _alike(self, counts: Alike) -> None:
        """Each nämnd's own; what follows from them follows in the one as in the other.

        Where they do not agree they are not the same, whatever is said of them.
        """
        of_sheet = {part.at: part for part in self.parts}
        first: dict[tuple[Place, Decimal], int] = {}
        for at, name in counts:
            part = of_sheet.get(at)
            for (place, one), variable in part.variables.items() if part else ():
                if one != name or place[1] is CITY:
                    continue
                same = first.setdefault((place, self.table.values[variable]), variable)
                if same != variable:
                    self.table.relate((variable, -1), (same, 1))


class _Part:
    """What one sheet adds to the layout."""

    def __init__(self, layout: _Layout, at: int, sheet: Sheet, hidden: Collection[Place]) -> None:
        self.at, self.sheet, self.settled = at, sheet, hidden
        self.now, self.is_small, self.table = layout.now, layout.is_small, layout.table
        self.live = next((p for p in layout.parts if p.at == sheet.live), None)
        self.periods = {n: one for n, one in sorted(sheet.periods.items()) if n <= layout.now}
        numbers = list(self.periods)
        self.before = dict(zip(numbers[1:], numbers, strict=False))
        """Number of a period → of the one before it that this indicator was asked for in."""
        self.place_of: dict[int, Place] = {}
        self.known: set[int] = set()
        """Of one that is published: the variables that are those of today."""
        self.variables: dict[tuple[Place, str], int] = {}
        self.holds: dict[tuple[Place, str], dict[int, tuple[Place, ...]]] = {}
        """Number → the earlier periods than which it is known to be no lower, and their places."""

    def lay(self) -> None:
        for number in self.periods:
            self._period(number)
        for number in self.periods:
            self._differences(number)

    def hidden_already(self) -> Iterator[int]:
        """Cells of which no more is to be decided."""
        return (cell for cell, place in self.place_of.items() if place in self.settled)

    def _city(self, number: int) -> Iterator[tuple[str, list[int], Parts]]:
        """Category, whose figures it is made of, and the figure."""
        period = self.periods[number]
        for category, namnder in period.city_of.items():
            given = sorted(n for n in namnder if (n, category) in period.figures)
            if given:
                parts = [period.figures[n, category] for n in given]
                yield category, given, tuple(sum(p, Decimal(0)) for p in zip(*parts, strict=True))

    def _period(self, number: int) -> None:
        period = self.periods[number]
        for category, namnder, parts in self._city(number):
            self._cell(
                (number, CITY, category), parts, self._citys_names(number, category, namnder)
            )
        for (namnd_id, category), parts in sorted(period.figures.items()):
            self._cell((number, namnd_id, category), parts, _counts(parts))
        for category, namnder, parts in self._city(number):
            for name in _names(parts):
                city = self.variables[(number, CITY, category), name]
                if name == "all" or city in self.known:
                    continue  # follows from the other two, or from today's
                own = [self.variables[(number, n, category), name] for n in namnder]
                self.table.relate((city, -1), *((variable, 1) for variable in own))
        for namnd_id in sorted({n for n, _ in period.figures}):
            self._sexes(number, namnd_id)

    def _citys_names(self, number: int, category: str, namnder: Sequence[int]) -> Collection[str]:
        """Of one that is published: the counts that the same nämnder make up today, each with the
        same number."""
        if self.live is None or number not in self.live.periods:
            return ()
        figures, today = self.periods[number].figures, self.live.periods[number].figures
        given = {c: now for c, now, _ in self.live._city(number)}
        if given.get(category) != list(namnder):
            return ()
        pairs = [(_counts(figures[n, category]), _counts(today[n, category])) for n in namnder]
        return [
            name for name in pairs[0][0] if all(then[name] == now.get(name) for then, now in pairs)
        ]

    def _cell(self, place: Place, parts: Parts, may_be_live: Collection[str]) -> None:
        """may_be_live: names of the counts that are today's, if those have the same number."""
        number, namnd_id, category = place
        counts = _counts(parts)
        settled = number < self.now or self.sheet.published is not None
        if namnd_id is CITY:
            weight = CITY_WEIGHT + TOTAL_WEIGHT * (category == TOTAL)
        else:
            weight = TOTAL_WEIGHT if category == TOTAL else WEIGHT
            weight += min(int(max(parts)).bit_length(), 5)
        # Nothing of nothing is no figure: it is told in words, and stays.
        if settled or (len(parts) > 1 and not any(parts)):
            weight = 0
        is_small = any(self.is_small(value) for value in counts.values())
        cell = self.table.add_cell(Cell(weight, is_small or place in self.sheet.kept))
        self.place_of[cell] = place
        made = {}
        for name, value in counts.items():
            there = self.live.variables.get((place, name)) if self.live else None
            same = there is not None and name in may_be_live and self.table.values[there] == value
            if there is not None and same:
                # One and the same: known to all where the version shows it.
                made[name] = there
                self.known.add(there)
                if place not in self.settled:
                    self.table.cell_of[there] = cell
            else:
                made[name] = self.table.add(value, cell=cell, guard=self.is_small(value))
        for name, variable in made.items():
            self.variables[place, name] = variable
        if "all" in made and not self.known.issuperset(made.values()):
            self.table.relate((made["all"], -1), (made["in"], 1), (made["out"], 1))

    def _sexes(self, number: int, namnd_id: int) -> None:
        """Everybody is those of each sex, and those of whom nothing is said."""
        figures = self.periods[number].figures
        if (namnd_id, TOTAL) not in figures:
            return
        split = sorted(c for n, c in figures if n == namnd_id and c != TOTAL)
        unknown: dict[str, int] = {}
        for name in _names(figures[namnd_id, TOTAL]) if split else ():
            if name == "all":
                continue
            whole = self.variables[(number, namnd_id, TOTAL), name]
            each = [self.variables[(number, namnd_id, c), name] for c in split]
            rest = self.table.values[whole] - sum(self.table.values[v] for v in each)
            terms = [(whole, -1), *((variable, 1) for variable in each)]
            if rest < 0 or self.known.issuperset((whole, *each)):
                continue
            if rest or len(split) < 2:
                unknown[name] = self.table.add(rest, guard=self.is_small(rest))
                terms.append((unknown[name], 1))
            self.table.relate(*terms)
        if {"in", "out"} <= unknown.keys():
            # How many they are together is a count of people too, of which each part says less.
            both = self.table.values[unknown["in"]] + self.table.values[unknown["out"]]
            if self.is_small(both):
                together = self.table.add(both, guard=True)
                self.table.relate((together, -1), *((v, 1) for v in unknown.values()))

    def _differences(self, number: int) -> None:
        """What has come since an earlier period of the year."""
        period = self.periods[number]
        for namnd_id, category in sorted(period.figures):
            for earlier, before in self._earlier(number, frozenset({namnd_id})):
                figures = self.periods[earlier].figures
                if all((n, category) in figures for n in before):
                    now: Place = (number, namnd_id, category)
                    self._difference(now, [(earlier, n, category) for n in sorted(before)])
        for category, namnder, _ in self._city(number):
            for earlier, before in self._earlier(number, frozenset(namnder)):
                city_then = {c: given for c, given, _ in self._city(earlier)}
                if before == frozenset(city_then.get(category, ())):
                    now = (number, CITY, category)
                    parts: list[Place] = [(number, n, category) for n in namnder]
                    self._difference(now, [(earlier, CITY, category)], parts)

    def _earlier(
        self, number: int, namnder: frozenset[int]
    ) -> Iterator[tuple[int, frozenset[int]]]:
        """The earlier periods that a number holds, latest first, and who the nämnder were then."""
        while number in self.before and self.periods[number].holds_earlier:
            before = self.periods[number].before
            namnder = frozenset().union(*(before(namnd_id) for namnd_id in namnder))
            number = self.before[number]
            yield number, namnder

    def _difference(self, now: Place, then: Sequence[Place], parts: Sequence[Place] = ()) -> None:
        """What a number has grown by since an earlier period: of a city, not only the nearest.

        parts: the nämnder's own numbers, of a city's.
        """
        earlier, nearest = then[0][0], then[0][0] == self.before[now[0]]
        for name in ("people", "in", "all"):
            if (now, name) not in self.variables:
                continue
            new = self.variables[now, name]
            old = [self.variables[place, name] for place in then]
            more = self.table.values[new] - sum(self.table.values[v] for v in old)
            guard = self.is_small(more) and (nearest or not parts)
            floored = more >= 0 and not self._follows(now, earlier, parts, name)
            if more >= 0:
                self.holds.setdefault((now, name), {})[earlier] = tuple(then)
            if guard or floored:
                variable = self.table.add(more, floored=floored, guard=guard)
                self.table.relate((variable, 1), (new, -1), *((v, 1) for v in old))

    def _follows(self, now: Place, earlier: int, parts: Sequence[Place], name: str) -> bool:
        """Whether it goes without saying that a number is no lower than it was: all its parts
        are, or it is no lower than one in between that is no lower itself."""
        if parts and all(earlier in self.holds.get((part, name), ()) for part in parts):
            return True
        return any(
            all(earlier in self.holds.get((place, name), ()) for place in between)
            for between in self.holds.get((now, name), {}).values()
        )


def _names(parts: Parts) -> tuple[str, ...]:
    return ("people",) if len(parts) == 1 else ("in", "out", "all")


def _counts(parts: Parts) -> dict[str, Decimal]:
    """The counts that a figure tells: itself; of a ratio those in it, those not, and all."""
    if len(parts) == 1:
        return {"people": parts[0]}
    numerator, denominator = parts
    return {"in": numerator, "out": denominator - numerator, "all": denominator}
