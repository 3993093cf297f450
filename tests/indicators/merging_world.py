"""Two nämnder that become one, at random, and their series in plain Python."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from hypothesis import strategies as st

from indicators.domain.series import read_namnd_series
from indicators.enums import Aggregation, ReportState
from indicators.models import IndicatorVersion
from organisation.models import NamndSuccession
from tests.factories import make_indicator, make_namnd, make_period, make_report
from tests.indicators.random_world import AFTER, BEFORE, Entry, _entries

PERIODS = ("2022-VB", "2023-T1", "2023-T2", "2023-VB")
OLD, NEW = ("vast", "ost"), "ny"


@dataclass
class Merger:
    aggregation: str
    breaks_in: str
    """The year in which a second definition begins to hold; "" for none."""
    is_break: bool
    entries: dict[tuple[str, str], Entry]
    """(nämnd, period) → what it gave; absent: no approved report."""


@st.composite
def mergers(draw: st.DrawFn) -> Merger:
    aggregation = draw(st.sampled_from((Aggregation.SUM, Aggregation.RATIO, Aggregation.SHARE_YES)))
    entries = {}
    for period in PERIODS:
        for code in OLD if period < "2023-T2" else (NEW,):
            entry = draw(st.one_of(st.none(), _entries(aggregation)))
            if entry is not None:
                entries[code, period] = entry
    breaks_in = draw(st.sampled_from(("", "2023")))
    return Merger(aggregation, breaks_in, draw(st.booleans()), entries)


def build(world: Merger) -> None:
    new = make_namnd(NEW, valid_from=AFTER)
    for code in OLD:
        old = make_namnd(code, valid_to=BEFORE)
        NamndSuccession.objects.create(predecessor=old, successor=new, on=AFTER)
    first = make_indicator(aggregation=world.aggregation)
    second = None
    if world.breaks_in:
        second = IndicatorVersion.objects.get(pk=first.pk)
        second.pk, second.number, second.breaks_series = None, 2, world.is_break
        second.valid_from = second.valid_from.replace(year=int(world.breaks_in))
        second.save(force_insert=True)
    for code in PERIODS:
        make_period(code)
    for (code, period), entry in world.entries.items():
        report = make_report(make_namnd(code), make_period(period), ReportState.GODKAND)
        report.approved.values.create(
            definition=second if second and period >= world.breaks_in else first,
            number=entry.number,
            numerator=entry.numerator,
            denominator=entry.denominator,
            missing="finns-inte" if entry == Entry() else "",
        )


def plainly(world: Merger) -> list[tuple[str, Fraction | None, int]]:
    """(period, figure, stretch), as a person would work it out."""
    told = []
    for period in PERIODS:
        whose = OLD if period < "2023-T2" else (NEW,)
        given = [world.entries.get((code, period), Entry()) for code in whose]
        after = bool(world.breaks_in) and period >= world.breaks_in
        figure = None
        may = len(whose) == 1 or world.aggregation != Aggregation.SHARE_YES
        if may and all(entry != Entry() for entry in given):
            if world.aggregation == Aggregation.RATIO:
                below = sum(e.denominator for e in given)
                above = sum(e.numerator for e in given)
                figure = Fraction(100 * above, below) if below else None
            else:
                figure = Fraction(sum(e.number for e in given))
        told.append((period, figure, 2 if after and world.is_break else 1))
    return told


def check(world: Merger) -> None:
    in_a_world(world, lambda: _compare(world))


def in_a_world(world: Merger, then: Callable[[], object]) -> None:
    """Build it, do what is to be done there, and leave nothing behind."""
    with transaction.atomic():
        build(world)
        then()
        transaction.set_rollback(True)


def _compare(world: Merger) -> None:
    indicator_id = IndicatorVersion.objects.first().indicator_id
    found = read_namnd_series(make_namnd(NEW), make_period(PERIODS[-1]), [indicator_id])
    said = [
        (
            point.period.code,
            None if point.outcome.value is None else float(point.outcome.value),
            point.stretch,
        )
        for point in found[indicator_id]
    ]
    assert said == [
        (period, None if figure is None else float(figure), stretch)
        for period, figure, stretch in plainly(world)
    ]
