"""What an indicator's numbers of one year have to do with one another, and what to hide of them.

Counts hang together: everybody is women, men and those whose sex is not told; the city is the sum
of its nämnder; a ratio is those in it, and those not, of all; a number year to date holds the one
before it, also when the nämnd that gave it has been followed by another. The people between two
such numbers are a count like any other, and so are those whose sex is not told: a small one is
protected by hiding what it would be worked out from.

Periods are settled in order, each given what the earlier ones already show: what was published
for tertial 1 is not changed by tertial 2. Periods of different years have nothing to do with one
another.

What this does not know, and so does not protect from: figures of several indicators about the
same people, words in comments, what was published before a later approval or correction changed
it, what a nämnd knows of its own figures, and a reader who works out which hidden cells were
worth the least to hide.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.protection.hiding import Cell, Table, hide

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
    """Whether it is a number year to date, under the same definition as the period before."""
    followed: Mapping[int, frozenset[int]] | None = None
    """Nämnd → those it has followed since the earlier period; itself where not said."""

    def before(self, namnd_id: int) -> frozenset[int]:
        return (self.followed or {}).get(namnd_id, frozenset({namnd_id}))


def hidden_places(periods: Sequence[PeriodFigures], *, limit: int) -> frozenset[Place]:
    """All places to hide in these periods of one year, oldest first: small ones, and others.

    limit: counts of people from 1 to this are small.
    """
    hidden: set[Place] = set()
    for number in range(len(periods)):
        layout = _Layout(periods[: number + 1], limit, hidden)
        hidden |= layout.hide()
    return frozenset(hidden)


def table_of(periods: Sequence[PeriodFigures], *, limit: int) -> Table:
    """The table of the last of the periods, with nothing settled but that earlier ones show all."""
    return _Layout(periods, limit, set()).table


class _Layout:
    """The table of a period and those before it in its year, and where its cells stand."""

    def __init__(self, periods: Sequence[PeriodFigures], limit: int, hidden: set[Place]) -> None:
        self.periods, self.limit, self.settled = periods, limit, hidden
        self.table = Table()
        self.place_of: dict[int, Place] = {}
        self.variables: dict[tuple[Place, str], int] = {}
        self.holds: dict[tuple[Place, str], dict[int, tuple[Place, ...]]] = {}
        """Number → the earlier periods than which it is known to be no lower, and their places."""
        for number in range(len(periods)):
            self._period(number)
        for number in range(1, len(periods)):
            self._differences(number)

    def hide(self) -> set[Place]:
        cell_of = {place: cell for cell, place in self.place_of.items()}
        given = {cell_of[place] for place in self.settled if place in cell_of}
        found = hide(self.table, limit=self.limit, hidden=given)
        return {self.place_of[cell] for cell in found}

    def _is_small(self, value: Decimal) -> bool:
        return 0 < value <= self.limit

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
        for category, _, parts in self._city(number):
            self._cell((number, CITY, category), parts)
        for (namnd_id, category), parts in sorted(period.figures.items()):
            self._cell((number, namnd_id, category), parts)
        for category, namnder, parts in self._city(number):
            for name in _names(parts):
                if name == "all":
                    continue  # follows from the other two
                city = self.variables[(number, CITY, category), name]
                own = [self.variables[(number, n, category), name] for n in namnder]
                self.table.relate((city, -1), *((variable, 1) for variable in own))
        for namnd_id in sorted({n for n, _ in period.figures}):
            self._sexes(number, namnd_id)

    def _cell(self, place: Place, parts: Parts) -> None:
        number, namnd_id, category = place
        counts = _counts(parts)
        settled = number < len(self.periods) - 1
        if namnd_id is CITY:
            weight = CITY_WEIGHT + TOTAL_WEIGHT * (category == TOTAL)
        else:
            weight = TOTAL_WEIGHT if category == TOTAL else WEIGHT
            weight += min(int(max(parts)).bit_length(), 5)
        # Nothing of nothing is no figure: it is told in words, and stays.
        if settled or (len(parts) > 1 and not any(parts)):
            weight = 0
        is_small = any(self._is_small(value) for value in counts.values())
        cell = self.table.add_cell(Cell(weight, is_small))
        self.place_of[cell] = place
        made = {
            name: self.table.add(value, cell=cell, guard=self._is_small(value))
            for name, value in counts.items()
        }
        for name, variable in made.items():
            self.variables[place, name] = variable
        if "all" in made:
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
            if rest < 0:
                continue
            if rest or len(split) < 2:
                unknown[name] = self.table.add(rest, guard=self._is_small(rest))
                terms.append((unknown[name], 1))
            self.table.relate(*terms)
        if {"in", "out"} <= unknown.keys():
            # How many they are together is a count of people too, of which each part says less.
            both = self.table.values[unknown["in"]] + self.table.values[unknown["out"]]
            if self._is_small(both):
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
        for earlier in range(number - 1, -1, -1):
            if not self.periods[earlier + 1].holds_earlier:
                return
            before = self.periods[earlier + 1].before
            namnder = frozenset().union(*(before(namnd_id) for namnd_id in namnder))
            yield earlier, namnder

    def _difference(self, now: Place, then: Sequence[Place], parts: Sequence[Place] = ()) -> None:
        """What a number has grown by since an earlier period: of a city, not only the nearest.

        parts: the nämnder's own numbers, of a city's.
        """
        earlier, nearest = then[0][0], then[0][0] == now[0] - 1
        for name in ("people", "in", "all"):
            if (now, name) not in self.variables:
                continue
            new = self.variables[now, name]
            old = [self.variables[place, name] for place in then]
            more = self.table.values[new] - sum(self.table.values[v] for v in old)
            guard = self._is_small(more) and (nearest or not parts)
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
