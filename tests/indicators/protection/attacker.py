"""Somebody who knows everything that is shown, and the rule, and tries to work out the rest.

Written apart from what hides: it builds its own equations from what is shown, and lets HiGHS, an
integer programming solver, search for whole numbers that fit. It is told more than a reader could
know for certain: of whom women and men together are everybody, and which numbers year to date
really grew. Of a hidden cell it knows that it is hidden, and no more, since one that is small and
one hidden for the sake of another look alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import highspy

HIDDEN = "hidden"
CITY = "staden"
TOTAL = "totalt"
MOST = 1_000_000

Where = tuple[int, object, str]
"""Number of the period in its year, nämnd or CITY, category."""
Figure = int | tuple[int, int]
"""A number, or (numerator, denominator)."""


@dataclass(frozen=True)
class Year:
    """What was reported of an indicator in the periods of a year: the truth."""

    reported: Mapping[Where, Figure]
    """Of nämnder only."""
    adds_up: bool = True
    """Whether there is a figure of the city."""
    holds_earlier: tuple[bool, ...] = (False, True, True)
    """By period: whether its numbers hold those of the period before it."""
    followed: Mapping[tuple[int, object], tuple] = field(default_factory=dict)
    """(period, nämnd) → those that it took over from since the period before."""

    def city(self) -> dict[Where, Figure]:
        sums: dict[Where, list[Figure]] = {}
        for (period, _, category), figure in self.reported.items():
            sums.setdefault((period, CITY, category), []).append(figure)
        return {where: added(figures) for where, figures in sums.items() if self.adds_up}

    def everything(self) -> dict[Where, Figure]:
        return {**self.reported, **self.city()}


def added(figures: Sequence[Figure]) -> Figure:
    if isinstance(figures[0], tuple):
        return (sum(f[0] for f in figures), sum(f[1] for f in figures))
    return sum(figures)


def counts_of(figure: Figure) -> dict[str, int]:
    if isinstance(figure, tuple):
        return {"with": figure[0], "without": figure[1] - figure[0], "both": figure[1]}
    return {"": figure}


class Attack:
    """The reader's equations, and what they leave possible.

    truth: used for which counts to go for, and what the reader is told besides (see above).
    shown: place → what stands there; HIDDEN where a figure is hidden.
    beside: another attack by the same reader, on another indicator, or on what was shown at another
    time; `same` says what the two have in common, and `found` goes for the counts of both.
    """

    def __init__(
        self,
        truth: Year,
        shown: Mapping[Where, object],
        limit: int = 4,
        beside: "Attack | None" = None,
    ) -> None:
        self.truth, self.shown, self.limit = truth, shown, limit
        self.figures = truth.everything()
        assert set(shown) == set(self.figures), "what is reported is not what is shown or hidden"
        self.columns: dict[tuple[Where, str], int] = {}
        if beside is None:
            self.number = 0
            self.solver = highspy.Highs()
            self.solver.setOptionValue("output_flag", False)
            self.solver.setOptionValue("threads", 1)
            self.true: list[int] = []
            self.targets: dict[str, int] = {}
        else:
            self.number = beside.number + 1
            self.solver, self.true, self.targets = beside.solver, beside.true, beside.targets
        self._cells()
        self._sexes()
        self._city()
        self._growth()

    def same(self, name: str, other: "Attack", its_name: str) -> None:
        """The reader knows that a nämnd's count here is its count there, where it is."""
        for (where, one), column in self.columns.items():
            there = other.columns.get((where, its_name))
            if one != name or where[1] == CITY or there is None:
                continue
            if self.true[column] == self.true[there]:
                self._row([column], [there])

    def knows(self, parts: Sequence[Where], figure: object) -> None:
        """Elsewhere it is shown what some of the figures are together."""
        if figure == HIDDEN:
            return
        together = added([self.figures[where] for where in parts])
        assert together == figure, (parts, together, figure)
        for name, value in counts_of(together).items():
            columns = [self.columns[where, name] for where in parts]
            self.solver.addRow(value, value, len(columns), columns, [1.0] * len(columns))

    def found(self) -> list[str]:
        """What the reader can rule out of small counts: nothing, if all is well."""
        wanted = range(1, self.limit + 1)
        possible: dict[str, set[int]] = {name: set() for name in self.targets}
        self._note(possible)
        for name, column in self.targets.items():
            for value in wanted:
                if value in possible[name]:
                    continue
                self.solver.changeColBounds(column, value, value)
                self.solver.run()
                status = self.solver.getModelStatus()
                if status == highspy.HighsModelStatus.kOptimal:
                    self._note(possible)
                else:
                    assert status == highspy.HighsModelStatus.kInfeasible, status
                self.solver.changeColBounds(column, 0, MOST)
        return [
            f"{name} (in truth {self.true[column]}) cannot be {value}"
            for name, column in self.targets.items()
            for value in wanted
            if value not in possible[name]
        ]

    def _note(self, possible: dict[str, set[int]]) -> None:
        """Every target's value in the table just found is possible (the truth, to begin with)."""
        values = self.solver.getSolution().col_value or self.true
        for name, column in self.targets.items():
            possible[name].add(round(values[column]))

    def _column(self, true: int, *, known: bool = False, least: int = 0) -> int:
        low, high = (true, true) if known else (least, MOST)
        self.solver.addVar(low, high)
        number = len(self.true)
        self.solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        self.true.append(true)
        return number

    def _row(self, plus: Sequence[int], minus: Sequence[int]) -> None:
        """The sum of some is the sum of the others."""
        columns = [*plus, *minus]
        assert sum(self.true[c] for c in plus) == sum(self.true[c] for c in minus)
        self.solver.addRow(0, 0, len(columns), columns, [1.0] * len(plus) + [-1.0] * len(minus))

    def _go_for(self, name: str, column: int) -> None:
        if 1 <= self.true[column] <= self.limit:
            self.targets[f"{'also ' * self.number}{name}"] = column

    def _cells(self) -> None:
        for where, figure in self.figures.items():
            stands = self.shown[where]
            assert stands in (HIDDEN, figure), (where, stands, figure)
            for name, true in counts_of(figure).items():
                column = self._column(true, known=stands != HIDDEN)
                self.columns[where, name] = column
                self._go_for(f"{where} {name}", column)
            if isinstance(figure, tuple):
                with_, without, both = (self.columns[where, n] for n in counts_of(figure))
                self._row([with_, without], [both])

    def _sexes(self) -> None:
        for (period, namnd, category), figure in self.truth.reported.items():
            if category != TOTAL:
                continue
            sexes = [w for w in self.truth.reported if w[:2] == (period, namnd) and w[2] != TOTAL]
            for name in counts_of(figure) if sexes else ():
                parts = [self.columns[where, name] for where in sexes]
                whole = self.columns[(period, namnd, TOTAL), name]
                untold = self.true[whole] - sum(self.true[c] for c in parts)
                rest = self._column(untold, known=untold == 0 and len(sexes) == 2)
                self._go_for(f"{(period, namnd)} {name} of unknown sex", rest)
                self._row([*parts, rest], [whole])

    def _city(self) -> None:
        for period, _, category in self.truth.city():
            own = [w for w in self.truth.reported if (w[0], w[2]) == (period, category)]
            for name in counts_of(self.figures[own[0]]):
                city = self.columns[(period, CITY, category), name]
                self._row([self.columns[where, name] for where in own], [city])

    def _growth(self) -> None:
        """Between any two periods of the year, for a nämnd and those it took over from."""
        for (period, namnd, category), figure in self.figures.items():
            then = [namnd]
            for earlier in range(period - 1, -1, -1):
                if not self.truth.holds_earlier[earlier + 1]:
                    break
                then = [
                    old
                    for one in then
                    for old in self.truth.followed.get((earlier + 1, one), (one,))
                ]
                if namnd == CITY and not self._same_reporters(earlier, period, category):
                    continue
                if any((earlier, one, category) not in self.figures for one in then):
                    continue
                for name in counts_of(figure):
                    if name == "without":
                        continue
                    now = self.columns[(period, namnd, category), name]
                    old = [self.columns[(earlier, one, category), name] for one in then]
                    more = self.true[now] - sum(self.true[c] for c in old)
                    if more >= 0:
                        column = self._column(more)
                        self._row([*old, column], [now])
                        if namnd != CITY or earlier == period - 1:
                            self._go_for(
                                f"{(period, namnd, category)} {name} since {earlier}", column
                            )

    def _same_reporters(self, earlier: int, period: int, category: str) -> bool:
        """Whether the city's two numbers are of the same nämnder, or those that took over."""
        now = {w[1] for w in self.truth.reported if (w[0], w[2]) == (period, category)}
        for number in range(period, earlier, -1):
            now = {old for one in now for old in self.truth.followed.get((number, one), (one,))}
        return now == {w[1] for w in self.truth.reported if (w[0], w[2]) == (earlier, category)}
