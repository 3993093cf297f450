"""Consolidation over any set of periods, nämnder and programmes, in three readings.

A changed organisation can be read as it reported, as the nämnder of today with their predecessors
added (sums as sums, ratios by numerators and denominators), or nämnd by nämnd as one series with
its seam. The total of all nämnder is the same in every reading: what was reported.

Nothing is told here that the figures as reported do not tell: what is made of several nämnder's
figures is shown only when each of them is, and the whole city's figure only where the follow-up
shows it. So a reader who asks for one set after the other learns nothing of a hidden figure.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from indicators.domain.book import Book, Yardsticks
from indicators.domain.disclosure import PROTECTED, Audience, Cell, CellState
from indicators.domain.due_dates import due_dates
from indicators.domain.expected import Expected, expected_in_each
from indicators.domain.figures import SPLIT_WORDS, Cells, Coverage
from indicators.domain.results import cell_of_several, city_point, not_asked, own_cells
from indicators.domain.selection_members import Member, members_of
from indicators.domain.series import read_lineage, together
from indicators.domain.tallies import Tally, add_up
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Category, MissingReason, Reading, ReportState
from indicators.models import IndicatorVersion, Period, Report
from organisation.models import Namnd


@dataclass(frozen=True)
class Selection:
    """What a reader asks for."""

    periods: Collection[str]
    """Their codes."""
    namnder: frozenset[str] = frozenset()
    """Codes of nämnder; none is all of them."""
    programme: str = ""
    """The slug of a programme; "" for all."""
    indicator: str = ""
    """The code of the indicator to open down to its nämnder; "" for the totals of all."""
    reading: str = Reading.RAPPORTERAT


@dataclass(frozen=True)
class UnitCell:
    """One nämnd's figure in one period, or that of its predecessors together."""

    cells: Cells
    made_of: tuple[str, ...] = ()
    """The predecessors whose figures it is made of; none for the nämnd's own."""
    why: str = ""
    """Why there is no figure."""
    comment: str = ""
    """The nämnd's own words; left out where one of its figures is protected."""
    is_seam: bool = False
    """Whether the nämnd's own figures begin here, after its predecessors'."""
    is_break: bool = False
    """Whether a definition that breaks the series holds from here."""


@dataclass(frozen=True)
class Unit:
    """A row: a nämnd, or one that it has taken over from."""

    code: str
    name: str
    cells: tuple[UnitCell | None, ...]
    """By period; None where it was not asked."""
    is_part_of: str = ""
    """The name of the nämnd under which it stands as a predecessor; "" for a row of its own."""


@dataclass(frozen=True)
class Total:
    """The figure of all the chosen nämnder together in one period."""

    cells: Cells
    coverage: Coverage
    """Of the nämnder that were asked then, in every reading."""
    is_break: bool


@dataclass(frozen=True)
class SelectedIndicator:
    """One indicator over the chosen periods."""

    code: str
    name: str
    unit: str
    split_by_sex: bool
    totals: tuple[Total | None, ...]
    """By period; None where it was not asked for."""
    units: tuple[Unit, ...] = ()
    """Only of the indicator that is opened."""


@dataclass(frozen=True)
class SelectedPeriod:
    """One of the chosen periods."""

    code: str
    label: str
    late: tuple[str, ...]
    """Names of the chosen nämnder whose report is late."""


@dataclass(frozen=True)
class Selected:
    """The answer, and what there is to choose between."""

    reading: str
    periods: tuple[SelectedPeriod, ...]
    indicators: tuple[SelectedIndicator, ...]
    is_whole_city: bool
    offered_namnder: tuple[tuple[str, str], ...]
    """(code, name) of every nämnd that was asked for anything, or is now."""
    offered_programmes: tuple[tuple[str, str], ...]
    offered_indicators: tuple[tuple[str, str], ...]

    @property
    def late_periods(self) -> tuple[SelectedPeriod, ...]:
        """The periods in which somebody's report is late."""
        return tuple(period for period in self.periods if period.late)


def read_selection(
    selection: Selection,
    *,
    audience: Audience,
    history: Sequence[Period],
    today: dt.date | None = None,
) -> Selected:
    """What the approved reports say of the selection, as `audience` may see it.

    history: all periods to choose from, oldest first. today: the day of "today's nämnder" and of
    who is late. The number of queries does not follow the size of the selection.
    """
    day = today or timezone.localdate()
    chosen = [period for period in history if period.code in selection.periods]
    if not chosen:
        return Selected(selection.reading, (), (), not selection.namnder, (), (), ())
    # A year's earlier periods decide what is hidden in its later ones.
    years = {period.year for period in chosen}
    read = [p for p in history if p.year in years and p.ends_on <= chosen[-1].ends_on]
    namnder = list(Namnd.objects.in_order())
    expected = expected_in_each(read, namnder)
    definitions = _definitions(expected, chosen, selection.programme)
    opened = [pk for pk, d in definitions.items() if d.indicator.code == selection.indicator]
    ids = opened or list(definitions)
    detailed = [p.code for p in chosen] if opened or selection.namnder else []
    book = Book(
        audience=audience,
        expected=expected,
        tallies=read_tallies(expected, in_detail=detailed, indicator_ids=ids),
        yardsticks=Yardsticks({}, {}),
    )
    lineage = read_lineage()
    members = members_of(
        selection.reading,
        selection.namnder,
        namnder,
        lineage,
        [expected[p.code] for p in chosen],
        day,
    )
    making = _Making(book, chosen, members, bool(selection.namnder))
    return Selected(
        reading=selection.reading,
        periods=tuple(
            SelectedPeriod(p.code, p.label, late)
            for p, late in zip(chosen, _late(expected, chosen, members, day), strict=True)
        ),
        indicators=tuple(making.indicator(definitions[pk], opened=bool(opened)) for pk in ids),
        is_whole_city=not selection.namnder,
        offered_namnder=_offered_namnder(namnder, expected, day),
        offered_programmes=_offered_programmes(expected),
        offered_indicators=tuple((d.indicator.code, d.name) for d in definitions.values()),
    )


def _definitions(
    expected: Mapping[str, Expected], chosen: Sequence[Period], programme: str
) -> dict[int, IndicatorVersion]:
    """The latest definition of each indicator that the chosen periods ask for, by its id."""
    found: dict[int, IndicatorVersion] = {}
    for period in chosen:
        now = expected[period.code]
        wanted = {
            pk
            for goal_id, goal in now.goals.items()
            if programme in ("", goal.programme.slug)
            for pk in now.indicators_of_goal[goal_id]
        }
        found |= {pk: d for pk, d in now.definitions.items() if pk in wanted}
    return dict(sorted(found.items(), key=lambda one: _in_register(one[1])))


def _in_register(definition: IndicatorVersion) -> tuple[int, str]:
    return definition.indicator.order, definition.indicator.code


@dataclass(frozen=True)
class _Making:
    """Makes indicators out of what has been read."""

    book: Book
    chosen: Sequence[Period]
    members: Sequence[Member]
    is_part: bool
    """Whether only some of the nämnder are chosen."""

    def indicator(self, latest: IndicatorVersion, *, opened: bool) -> SelectedIndicator:
        pk = latest.indicator_id
        by_namnd = opened or self.is_part
        own = {p.code: self._own(pk, p.code) for p in self.chosen} if by_namnd else {}
        return SelectedIndicator(
            code=latest.indicator.code,
            name=latest.name,
            unit=latest.unit,
            split_by_sex=latest.split_by_sex,
            totals=tuple(self._totals(pk, own)),
            units=tuple(self._units(pk, own)) if opened else (),
        )

    def _own(self, pk: int, code: str) -> dict[tuple[int | None, str], Tally]:
        return {
            (tally.namnd_id, category): tally
            for category in Category
            for tally in self.book.tallies.get((code, pk, category), ())
        }

    @cached_property
    def _counted(self) -> Mapping[str, frozenset[int]]:
        """Period code → ids of the nämnder that stand for the members in it."""
        return {
            period.code: frozenset(
                one.pk
                for member in self.members
                for one in member.stood.get(period.code, ([], True))[0]
            )
            for period in self.chosen
        }

    def _totals(self, pk: int, own: Mapping[str, Mapping]) -> list[Total | None]:
        totals: list[Total | None] = []
        stretch = None
        for period in self.chosen:
            now = self.book.expected[period.code]
            definition = now.definitions.get(pk)
            asked = now.asked_of.get(pk, frozenset())
            if self.is_part:
                asked = asked & self._counted[period.code]
            if definition is None or not asked:
                totals.append(None)
                continue
            broken = stretch not in (None, now.stretches[definition.pk])
            stretch = now.stretches[definition.pk]
            if self.is_part:
                cells, coverage = self._of_some(definition, period.code, asked, own[period.code])
            else:
                point = city_point(self.book, pk, period.code)
                cells, coverage = point.cells, point.coverage
            totals.append(Total(cells, coverage, broken))
        return totals

    def _coverage(
        self, definition: IndicatorVersion, code: str, asked: Collection[int]
    ) -> Coverage:
        tallies = self.book.tallies.get((code, definition.indicator_id, Category.TOTAL), ())
        of_those = [t for t in tallies if t.namnd_id is None or t.namnd_id in asked]
        given = {t.namnd_id for t in of_those if t.reported}
        missing: tuple[str, ...] = ()
        if None not in given:
            namnder = self.book.expected[code].namnder
            missing = tuple(n.name for pk, n in namnder.items() if pk in asked and pk not in given)
        return Coverage(sum(t.reported for t in of_those), len(asked), missing)

    def _of_some(
        self,
        definition: IndicatorVersion,
        code: str,
        asked: Collection[int],
        own: Mapping[tuple[int | None, str], Tally],
    ) -> tuple[Cells, Coverage]:
        """The chosen nämnder together: shown where each of them is, or where they are all."""
        cells = []
        for number, category in enumerate(Category.values):
            if category != Category.TOTAL and not definition.split_by_sex:
                cells.append(not_asked(SPLIT_WORDS))
                continue
            given = [own[n, category] for n in asked if (n, category) in own]
            given = [tally for tally in given if tally.reported]
            everyone = {n for n, c in own if c == category and own[n, c].reported}
            if {tally.namnd_id for tally in given} == everyone:
                city = city_point(self.book, definition.indicator_id, code).cells
                cells.append(tuple(city)[number])
                continue
            cells.append(self._together(definition, code, given, number, own))
        total, kvinnor, man = cells
        return Cells(total, kvinnor, man), self._coverage(definition, code, asked)

    def _together(
        self,
        definition: IndicatorVersion,
        code: str,
        given: Sequence[Tally],
        number: int,
        own: Mapping[tuple[int | None, str], Tally],
    ) -> Cell:
        if self._is_hidden(definition, code, [t.namnd_id for t in given], number, own):
            return PROTECTED
        outcome, _ = add_up(definition, given)
        return cell_of_several(self.book.audience, definition, outcome, given)

    def _is_hidden(
        self,
        definition: IndicatorVersion,
        code: str,
        namnd_ids: Iterable[int | None],
        number: int,
        own: Mapping[tuple[int | None, str], Tally],
    ) -> bool:
        """Whether any of the nämnder's own figures is; number: of the category."""
        return any(
            tuple(own_cells(self.book, definition, code, pk, own))[number].state
            is CellState.PROTECTED
            for pk in namnd_ids
            if pk is not None
        )

    def _units(self, pk: int, own: Mapping[str, Mapping]) -> list[Unit]:
        units = []
        for member in self.members:
            cells: list[UnitCell | None] = []
            before: UnitCell | None = None
            stretch = None
            for period in self.chosen:
                cell = self._unit(pk, member, period.code, own[period.code])
                definition = self.book.expected[period.code].definitions.get(pk)
                if cell is not None and definition is not None:
                    now = self.book.expected[period.code].stretches[definition.pk]
                    cell = UnitCell(
                        cell.cells,
                        cell.made_of,
                        cell.why,
                        cell.comment,
                        is_seam=before is not None and bool(before.made_of) and not cell.made_of,
                        is_break=stretch not in (None, now),
                    )
                    before, stretch = cell, now
                cells.append(cell)
            if any(cells):
                namnd = member.namnd
                units.append(Unit(namnd.code, namnd.name, tuple(cells), member.is_part_of))
        return units

    def _unit(
        self, pk: int, member: Member, code: str, own: Mapping[tuple[int | None, str], Tally]
    ) -> UnitCell | None:
        now = self.book.expected[code]
        definition = now.definitions.get(pk)
        stood, alone = member.stood.get(code, ([], True))
        asked = now.asked_of.get(pk, frozenset())
        if definition is None or not any(one.pk in asked for one in stood):
            return None
        if [one.pk for one in stood] == [member.namnd.pk]:
            return self._of_itself(definition, code, member.namnd, own)
        cells, why = [], ""
        for number, category in enumerate(Category.values):
            if category != Category.TOTAL and not definition.split_by_sex:
                cells.append(not_asked(SPLIT_WORDS))
                continue
            theirs = {n: t for (n, c), t in own.items() if c == category}
            outcome, note = together(definition, stood, theirs, alone=alone)
            given = [theirs[one.pk] for one in stood if one.pk in theirs]
            ids = [one.pk for one in stood]
            if not note and self._is_hidden(definition, code, ids, number, own):
                cells.append(PROTECTED)
            elif note:
                cells.append(not_asked(note))
            else:
                cells.append(cell_of_several(self.book.audience, definition, outcome, given))
            if category == Category.TOTAL:
                why = note
        total, kvinnor, man = cells
        return UnitCell(Cells(total, kvinnor, man), tuple(n.short_name for n in stood), why)

    def _of_itself(
        self,
        definition: IndicatorVersion,
        code: str,
        namnd: Namnd,
        own: Mapping[tuple[int | None, str], Tally],
    ) -> UnitCell:
        cells = own_cells(self.book, definition, code, namnd.pk, own)
        tally = own.get((namnd.pk, Category.TOTAL), Tally())
        hidden = any(cell.state is CellState.PROTECTED for cell in cells)
        why = str(MissingReason(tally.missing).label).lower() if tally.missing else ""
        return UnitCell(cells, why=why, comment="" if hidden else tally.comment.strip())


def _late(
    expected: Mapping[str, Expected],
    chosen: Sequence[Period],
    members: Sequence[Member],
    day: dt.date,
) -> list[tuple[str, ...]]:
    """By period: the chosen nämnder that are late with their report; at most two queries."""
    done: dict[int, set[int]] = defaultdict(set)
    for period_id, namnd_id, state, approved in (
        Report.objects.order_by()
        .filter(period__in=chosen)
        .values_list("period_id", "namnd_id", "state", "approved_id")
    ):
        if approved is not None or state == ReportState.INLAMNAD:
            done[period_id].add(namnd_id)
    due = due_dates(chosen)
    late = []
    for period in chosen:
        counted = {one.pk for m in members for one in m.stood.get(period.code, ([], True))[0]}
        names = []
        for pk, namnd in expected[period.code].namnder.items():
            due_on = due.of(period, namnd)
            if pk in counted - done[period.pk] and due_on is not None and due_on < day:
                names.append(namnd.name)
        late.append(tuple(names))
    return late


def _offered_namnder(
    namnder: Sequence[Namnd], expected: Mapping[str, Expected], day: dt.date
) -> tuple[tuple[str, str], ...]:
    asked = {pk for in_period in expected.values() for pk in in_period.namnder}
    return tuple(
        (n.code, n.name if n.exists_on(day) else f"{n.name} (har upphört)")
        for n in namnder
        if n.pk in asked
    )


def _offered_programmes(expected: Mapping[str, Expected]) -> tuple[tuple[str, str], ...]:
    found = {
        goal.programme.slug: str(goal.programme)
        for in_period in expected.values()
        for goal in in_period.goals.values()
    }
    return tuple(found.items())
