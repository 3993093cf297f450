"""Random organisations that merge, with gaps and breaks, and the three readings in plain Python.

Written apart from the program: dictionaries, loops and fractions that a person can follow.
"""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from django.db import transaction
from hypothesis import strategies as st

from indicators.domain.consolidation import read_periods_until
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.selection import Selected, Selection, read_selection
from indicators.enums import Aggregation, Reading, ReportState
from indicators.models import IndicatorVersion
from organisation.models import NamndSuccession
from tests.factories import make_indicator, make_namnd, make_period, make_report
from tests.indicators.random_world import Entry, _entries

PERIODS = ("2022-VB", "2023-T1", "2023-T2", "2023-VB")
BEFORE, AFTER, TODAY = dt.date(2023, 6, 30), dt.date(2023, 7, 1), dt.date(2024, 3, 1)
OLD, NEW, STEADY = ("a", "b", "c"), ("p", "q"), ("s", "t")


@dataclass
class City:
    aggregation: str
    successions: list[tuple[str, str]]
    """(old, new): an old nämnd may have become none, one or both of the new."""
    breaks: str
    """The year from which a definition that breaks the series holds; "" for none."""
    counts_people: bool
    chosen: frozenset[str]
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    """(nämnd, period) → what it gave; absent: no approved report."""

    def there(self, period: str) -> tuple[str, ...]:
        return (*(OLD if period < "2023-T2" else NEW), *STEADY)

    def before(self, new: str) -> list[str]:
        return sorted(old for old, heir in self.successions if heir == new)

    def heirs(self, old: str) -> list[str]:
        return [heir for one, heir in self.successions if one == old]


@st.composite
def cities(draw: st.DrawFn) -> City:
    aggregation = draw(st.sampled_from((Aggregation.SUM, Aggregation.RATIO, Aggregation.SHARE_YES)))
    pairs = [(old, new) for old in OLD for new in NEW]
    successions = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4))
    city = City(
        aggregation,
        sorted(successions),
        draw(st.sampled_from(("", "2023"))),
        draw(st.booleans()),
        draw(st.frozensets(st.sampled_from((*OLD, *NEW, *STEADY)), max_size=4)),
    )
    for period in PERIODS:
        for code in city.there(period):
            entry = draw(st.one_of(st.none(), _entries(aggregation), _entries(aggregation)))
            if entry is not None:
                city.entries[code, period] = entry
    return city


def build(city: City) -> None:
    """Put the city in the database."""
    for code in (*OLD, *NEW, *STEADY):
        make_namnd(
            code,
            valid_from=AFTER if code in NEW else None,
            valid_to=BEFORE if code in OLD else None,
        )
    for old, new in city.successions:
        NamndSuccession.objects.create(
            predecessor=make_namnd(old), successor=make_namnd(new), on=AFTER
        )
    first = make_indicator(
        aggregation=city.aggregation,
        counts_people=city.counts_people and city.aggregation != Aggregation.SHARE_YES,
    )
    second = None
    if city.breaks:
        second = IndicatorVersion.objects.get(pk=first.pk)
        second.pk, second.number, second.breaks_series = None, 2, True
        second.valid_from = dt.date(int(city.breaks), 1, 1)
        second.save(force_insert=True)
    for code in PERIODS:
        make_period(code)
    for (code, period), entry in city.entries.items():
        report = make_report(make_namnd(code), make_period(period), ReportState.GODKAND)
        report.approved.values.create(
            definition=second if second and period >= city.breaks else first,
            number=entry.number,
            numerator=entry.numerator,
            denominator=entry.denominator,
            missing="finns-inte" if entry == Entry() else "",
        )


# In plain Python ----------------------------------------------------------------------------------

Said = tuple[Fraction | None, int, int]
"""(figure, how many have given one, how many are asked)."""


def put_together(city: City, given: list[Entry]) -> Fraction | None:
    if not given:
        return None
    if city.aggregation == Aggregation.RATIO:
        below = sum(entry.denominator for entry in given)
        return Fraction(100 * sum(e.numerator for e in given), below) if below else None
    total = sum(entry.number for entry in given)
    if city.aggregation == Aggregation.SHARE_YES:
        return Fraction(100 * total, len(given))
    return Fraction(total)


def own(city: City, code: str, period: str) -> Fraction | None:
    entry = city.entries.get((code, period), Entry())
    if entry == Entry():
        return None
    if city.aggregation == Aggregation.SHARE_YES:
        return Fraction(entry.number)
    return put_together(city, [entry])


def of_predecessors(city: City, new: str, period: str) -> Fraction | None:
    """Only where all of them became this one alone, all have given it, and it can be added."""
    old = city.before(new)
    entries = [city.entries.get((code, period), Entry()) for code in old]
    if any(city.heirs(code) != [new] for code in old) or Entry() in entries:
        return None
    if len(old) == 1:
        return own(city, old[0], period)
    return None if city.aggregation == Aggregation.SHARE_YES else put_together(city, entries)


def plain_rows(city: City, reading: str, chosen: frozenset[str]) -> dict[str, list[object]]:
    """Nämnd → by period its figure; "–" where it was not asked."""
    rows: dict[str, list[object]] = {}

    def row(code: str, counted: list[str], *, with_predecessors: bool) -> None:
        said: list[object] = []
        for period in PERIODS:
            if code in counted and code in city.there(period):
                said.append(own(city, code, period))
            elif with_predecessors and code in NEW and period < "2023-T2" and city.before(code):
                said.append(of_predecessors(city, code, period))
            else:
                said.append("–")
        if said != ["–"] * len(PERIODS):
            rows[code] = said

    for code in (*OLD, *NEW, *STEADY):
        if chosen and code not in chosen:
            continue
        if reading == Reading.RAPPORTERAT:
            row(code, [code], with_predecessors=False)
        elif code not in OLD:
            row(code, [code], with_predecessors=True)
            if reading == Reading.SERIE:
                for old in city.before(code) if code in NEW else ():
                    row(old, [old], with_predecessors=False)
        elif reading == Reading.DAGENS and not carried_on(city, code, chosen):
            row(code, [code], with_predecessors=False)
    return rows


def carried_on(city: City, old: str, chosen: frozenset[str]) -> bool:
    """Whether a chosen nämnd of today has taken the old one over, and all before it came whole."""
    return any(
        all(city.heirs(one) == [new] for one in city.before(new))
        for new in city.heirs(old)
        if not chosen or new in chosen
    )


def plain_totals(city: City, reading: str, chosen: frozenset[str]) -> list[Said | None]:
    totals: list[Said | None] = []
    for period in PERIODS:
        asked = set(city.there(period))
        if chosen:
            counted = set(chosen)
            if reading != Reading.RAPPORTERAT:
                counted = {code for code in chosen if code not in OLD}
                counted |= {old for new in chosen & set(NEW) for old in city.before(new)}
                if reading == Reading.DAGENS:
                    counted |= {
                        old for old in chosen & set(OLD) if not carried_on(city, old, chosen)
                    }
            asked &= counted
        if not asked:
            totals.append(None)
            continue
        entries = [city.entries.get((code, period), Entry()) for code in asked]
        given = [entry for entry in entries if entry != Entry()]
        totals.append((put_together(city, given), len(given), len(asked)))
    return totals


# Held against the program -------------------------------------------------------------------------


def check(city: City) -> None:
    with transaction.atomic():
        build(city)
        for reading in Reading.values:
            for chosen in {frozenset(), city.chosen}:
                told = _ask(city, reading, chosen, Audience.COORDINATOR)
                assert _rows(told) == plain_rows(city, reading, chosen), (reading, chosen)
                assert _totals(told) == plain_totals(city, reading, chosen), (reading, chosen)
                _nothing_new(city, _ask(city, reading, chosen, Audience.OTHERS))
        transaction.set_rollback(True)


def _ask(city: City, reading: str, chosen: frozenset[str], audience: Audience) -> Selected:
    history = read_periods_until(PERIODS[-1])[1]
    selection = Selection(PERIODS, chosen, indicator="i-1", reading=reading)
    return read_selection(selection, audience=audience, history=history, today=TODAY)


def _fraction(cell) -> Fraction | None:
    if cell.value is None:
        return None
    if cell.denominator:
        scale = 100 if cell.numerator is not None else 1
        return Fraction(int(cell.numerator) * scale, int(cell.denominator))
    return Fraction(int(cell.value))


def _rows(told: Selected) -> dict[str, list[object]]:
    return {
        unit.code: ["–" if c is None else _fraction(c.cells.total) for c in unit.cells]
        for unit in told.indicators[0].units
    }


def _totals(told: Selected) -> list[Said | None]:
    return [
        total and (_fraction(total.cells.total), total.coverage.reported, total.coverage.asked)
        for total in told.indicators[0].totals
    ]


def _nothing_new(city: City, told: Selected) -> None:
    """Whatever others are shown is made of what they are shown as reported, or is the city's."""
    reported = _ask(city, Reading.RAPPORTERAT, frozenset(), Audience.OTHERS).indicators[0]
    hidden = {
        (unit.code, number)
        for unit in reported.units
        for number, cell in enumerate(unit.cells)
        if cell is not None and cell.cells.total.state is CellState.PROTECTED
    }
    indicator = told.indicators[0]
    for unit in indicator.units:
        for number, cell in enumerate(unit.cells):
            if cell is not None and cell.cells.total.is_value:
                behind = city.before(unit.code) if cell.made_of else [unit.code]
                assert not {(code, number) for code in behind} & hidden
    whole = reported.totals
    chosen = {unit.code for unit in indicator.units}
    for number, total in enumerate(indicator.totals):
        if total is None or not total.cells.total.is_value or total == whole[number]:
            continue
        given = [
            code
            for code in city.there(PERIODS[number])
            if city.entries.get((code, PERIODS[number]), Entry()) != Entry()
        ]
        behind = {code for code in given if code in chosen}
        if told.reading != Reading.RAPPORTERAT:
            behind |= {old for new in chosen for old in city.before(new) if old in given}
        city_total = whole[number]
        if behind == set(given) and city_total is not None:
            assert total.cells == city_total.cells
        else:
            assert not {(code, number) for code in behind} & hidden
