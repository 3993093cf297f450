"""Random reports, and a slow consolidation of them that a person can follow line by line."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from indicators.enums import Accumulation, Aggregation, Category, PeriodKind, ReportState
from indicators.models import Period, Report, ReportVersion
from organisation.enums import NamndGroup, NamndKind
from organisation.models import Namnd
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    triggers_asleep,
)

PERIODS = ("2023-T1", "2023-T2", "2023-VB", "2024-T1")
BEFORE, AFTER = dt.date(2023, 6, 30), dt.date(2023, 7, 1)
# Code, kind and validity: one that ceases, one that takes over, and two that stay.
NAMNDER = (
    ("gammal", NamndKind.STADSDELSNAMND, None, BEFORE),
    ("ny", NamndKind.STADSDELSNAMND, AFTER, None),
    ("stadig", NamndKind.STADSDELSNAMND, None, None),
    ("fack", NamndKind.FACKNAMND, None, None),
)
STATES = (*ReportState.values, "återöppnad")


@dataclass(frozen=True)
class Entry:
    """One value: a number, a ratio's parts, or neither (a reason is given)."""

    number: int | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass
class World:
    """What is drawn. Absent keys are what nobody has filled in."""

    indicators: list[tuple[str, str, str]]
    """(aggregation, accumulation, group)."""
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    """(nämnd, period) → state of the report."""
    entries: dict[tuple[str, str, int, str], Entry] = field(default_factory=dict)
    """(nämnd, period, number of the indicator, category) → value."""


def _entries(aggregation: str) -> st.SearchStrategy[Entry]:
    missing = st.just(Entry())
    if aggregation == Aggregation.RATIO:
        parts = st.tuples(st.integers(0, 40), st.integers(0, 40))
        ratio = parts.map(lambda p: Entry(numerator=min(p), denominator=max(p)))
        return st.one_of(missing, ratio, ratio)
    most = 1 if aggregation == Aggregation.SHARE_YES else 60
    number = st.integers(0, most).map(lambda n: Entry(number=n))
    return st.one_of(missing, number, number)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to three indicators, four nämnder (a merger among them) and four periods."""
    indicator = st.tuples(
        st.sampled_from((Aggregation.SUM, Aggregation.RATIO, Aggregation.SHARE_YES)),
        st.sampled_from(Accumulation.values),
        st.sampled_from((NamndGroup.STADSDELSNAMNDER, NamndGroup.NAMNDER)),
    )
    world = World(draw(st.lists(indicator, min_size=1, max_size=3)))
    for period in PERIODS:
        for code, *_ in NAMNDER:
            state = draw(st.sampled_from((None, *STATES)))
            if state is None:
                continue
            world.states[code, period] = state
            for number, (aggregation, _, _) in enumerate(world.indicators):
                for category in Category.values:
                    entry = draw(st.one_of(st.none(), _entries(aggregation)))
                    if entry is not None:
                        world.entries[code, period, number, category] = entry
    return world


def build(world: World) -> None:
    """Put the world in the database."""
    definitions = [
        make_indicator(
            f"i-{number}",
            aggregation=aggregation,
            accumulation=accumulation,
            group=group,
            split_by_sex=True,
            order=number,
        )
        for number, (aggregation, accumulation, group) in enumerate(world.indicators)
    ]
    for code, kind, start, end in NAMNDER:
        make_namnd(code, kind=kind, valid_from=start, valid_to=end)
    for (code, period), state in world.states.items():
        report = _report(make_namnd(code), make_period(period), state)
        counted = report.approved or report.current
        for (namnd, when, number, category), entry in world.entries.items():
            if (namnd, when) == (code, period):
                counted.values.create(
                    definition=definitions[number],
                    category=category,
                    number=entry.number,
                    numerator=entry.numerator,
                    denominator=entry.denominator,
                    missing="finns-inte" if entry == Entry() else "",
                )
        if state == "återöppnad":
            # What is typed into the reopened version must not be seen.
            for definition in definitions:
                report.current.values.create(definition=definition, missing="mats-inte")


def _report(namnd: Namnd, period: Period, state: str) -> Report:
    if state != "återöppnad":
        return make_report(namnd, period, state)
    report = make_report(namnd, period, ReportState.GODKAND)
    report.current = ReportVersion.objects.create(report=report, number=2, reason="Rättelse")
    report.state = ReportState.ATERSAND
    with triggers_asleep():  # a report that is out cannot be reopened yet
        report.save()
    return report


Plain = tuple[Decimal | None, int, int]
"""(figure, how many have given one, how many are asked)."""


def consolidate_slowly(world: World, period: str) -> dict[tuple[int, str], Plain]:
    """The city's figures of a period by indicator and category, written out in plain Python."""
    year, kind = period.split("-")
    last_day = Period.describe(int(year), kind).ends_on
    figures: dict[tuple[int, str], Plain] = {}
    for number, (aggregation, accumulation, group) in enumerate(world.indicators):
        if accumulation == Accumulation.YEARLY and kind != PeriodKind.VB:
            continue
        asked = []
        for code, namnd_kind, start, end in NAMNDER:
            exists = (start is None or start <= last_day) and (end is None or last_day <= end)
            meant = group == NamndGroup.NAMNDER or namnd_kind == NamndKind.STADSDELSNAMND
            if exists and meant:
                asked.append(code)
        for category in Category.values:
            given = []
            for code in asked:
                state = world.states.get((code, period))
                if state in (ReportState.GODKAND, ReportState.LAST, "återöppnad"):
                    entry = world.entries.get((code, period, number, category), Entry())
                    if entry != Entry():
                        given.append(entry)
            figures[number, category] = (_figure(aggregation, given), len(given), len(asked))
    return figures


def _figure(aggregation: str, given: list[Entry]) -> Decimal | None:
    if not given:
        return None
    if aggregation == Aggregation.RATIO:
        below = sum(entry.denominator for entry in given)
        return Decimal(100 * sum(e.numerator for e in given)) / below if below else None
    total = sum(entry.number for entry in given)
    if aggregation == Aggregation.SHARE_YES:
        return Decimal(100 * total) / len(given)
    return Decimal(total)
