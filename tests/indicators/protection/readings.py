"""A reader who sees a changed organisation in all three readings, beside the ordinary pages."""

import datetime as dt

from django.db import transaction
from hypothesis import strategies as st

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.selection import Selection, read_selection
from indicators.enums import Aggregation, Category, Reading
from indicators.models import Period
from organisation.models import NamndSuccession
from tests.factories import make_indicator, make_namnd, make_period
from tests.indicators.protection.attacker import CITY, Attack, Where, Year
from tests.indicators.protection.test_outputs import report_all, stands
from tests.indicators.protection.years import COUNTS

PERIODS = ("2023-T1", "2023-T2", "2023-VB")
LAST, FIRST = dt.date(2023, 6, 30), dt.date(2023, 7, 1)
HEIR, GONE = "ny", ("a", "b")
AFTER = dt.date(2024, 3, 1)
OTHERS = Audience.OTHERS


@st.composite
def cities(draw: st.DrawFn) -> dict[str, dict[str, list]]:
    """{period: {nämnd: [total, women, men] or [ratio, …]}}: two of four become one in July.

    Numbers year to date, mostly growing; now and then a report is missing.
    """
    is_ratio, by_sex = draw(st.booleans()), draw(st.booleans())
    so_far: dict[tuple[str, int], list[int]] = {}
    periods: dict[str, dict[str, list]] = {}
    for number, code in enumerate(PERIODS):
        if number == 1:
            for sex in range(3):
                pairs = zip(*(so_far[one, sex] for one in GONE), strict=True)
                so_far[HEIR, sex] = [sum(pair) for pair in pairs]
        periods[code] = {}
        for namnd in (*(GONE if number == 0 else (HEIR,)), "c", "d"):
            for sex in range(3):
                before = so_far.get((namnd, sex), [0, 0])
                more = draw(st.tuples(COUNTS, COUNTS)) if sex < 2 or not by_sex else (0, 0)
                so_far[namnd, sex] = [a + b for a, b in zip(before, more, strict=True)]
            if not draw(st.integers(0, 9)):
                continue
            whole = [sum(so_far[namnd, sex][part] for sex in range(3)) for part in range(2)]
            each = [whole, *([so_far[namnd, 0], so_far[namnd, 1]] if by_sex else [])]
            periods[code][namnd] = [(n, n + rest) if is_ratio else n for n, rest in each]
    return periods


def check(periods: dict[str, dict[str, list]]) -> None:
    """Puts the city in the database, reads it in every way, and attacks; leaves nothing."""
    with transaction.atomic():
        assert attack(periods) == []
        transaction.set_rollback(True)


def attack(periods: dict[str, dict[str, list]]) -> list[str]:
    for code in GONE:
        make_namnd(code, valid_to=LAST)
    make_namnd(HEIR, valid_from=FIRST)
    for code in ("c", "d"):
        make_namnd(code)
    for code in GONE:
        NamndSuccession.objects.create(
            predecessor=make_namnd(code), successor=make_namnd(HEIR), on=FIRST
        )
    given = [figures for namnder in periods.values() for figures in namnder.values()]
    if not given:
        return []
    is_ratio, by_sex = isinstance(given[0][0], tuple), len(given[0]) > 1
    definition = make_indicator(
        counts_people=True,
        split_by_sex=by_sex,
        **({"aggregation": Aggregation.RATIO, "unit": "%"} if is_ratio else {}),
    )
    history = [make_period(code) for code in PERIODS]
    truth = report_all(definition, periods, followed={(1, HEIR): GONE})
    attacker = Attack(truth, ordinary(history, truth))
    for reading in Reading.values:
        for some in ((), GONE, (GONE[0], "c"), (HEIR, "c"), ("c", "d")):
            read(attacker, truth, history, reading, some)
    return attacker.found()


def ordinary(history: list[Period], truth: Year) -> dict[Where, object]:
    """What stands on the pages of the periods."""
    shown: dict[Where, object] = {}
    for number, period in enumerate(history):
        (goal,) = consolidate(period, audience=OTHERS).goals
        (result,) = goal.indicators
        rows = [(CITY, result.cells), *((p.namnd_code, p.cells) for p in result.parts)]
        for where, cells in rows:
            for category, cell in zip(Category.values, cells, strict=True):
                if (number, where, category) in truth.everything():
                    shown[number, where, category] = stands(cell)
    return shown


def read(
    attacker: Attack, truth: Year, history: list[Period], reading: str, some: tuple[str, ...]
) -> None:
    """All that one selection shows, told to the attacker."""
    selection = Selection(PERIODS, frozenset(some), indicator="i-1", reading=reading)
    found = read_selection(selection, audience=OTHERS, history=history, today=AFTER)
    (indicator,) = found.indicators
    for unit in indicator.units:
        for number, cell in enumerate(unit.cells):
            if cell is None:
                continue
            whose = [code for code in GONE if code in cell.made_of or _short(code) in cell.made_of]
            _tell(attacker, truth, number, whose or [unit.code], cell.cells)
    for number, total in enumerate(indicator.totals):
        if total is not None:
            namnder = {w[1] for w in truth.reported if w[0] == number}
            chosen = _counted(reading, some, number) & namnder if some else namnder
            _tell(attacker, truth, number, sorted(map(str, chosen)), total.cells)


def _short(code: str) -> str:
    return make_namnd(code).short_name


def _counted(reading: str, some: tuple[str, ...], number: int) -> set[object]:
    """Whose figures the chosen ones are in a period: in today's, the heir's are its forebears'."""
    if reading == Reading.RAPPORTERAT:
        return set(some)
    if HEIR in some:
        return set(some) | (set(GONE) if number == 0 else set())
    # Of a series those that have ceased are no rows of their own.
    return set(some) - (set(GONE) if reading == Reading.SERIE else set())


def _tell(attacker: Attack, truth: Year, number: int, whose: list, cells) -> None:
    for category, cell in zip(Category.values, cells, strict=True):
        parts = [
            (number, code, category) for code in whose if (number, code, category) in truth.reported
        ]
        if parts and cell.state in (CellState.VALUE, CellState.PROTECTED):
            attacker.knows(parts, stands(cell))
