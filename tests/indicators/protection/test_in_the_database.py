"""Indicators that share a count, and fixed versions, as pages and files show them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.domain.consolidation import Wanted, consolidate, read_periods_until
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.expected import expected_in_each
from indicators.domain.fixed_figures import Fixed, read_then
from indicators.domain.goal_figures import read_goal_figures
from indicators.domain.register import read_indicator
from indicators.domain.same_counts import same_counts
from indicators.enums import Accumulation, Aggregation, Category, ReportState
from indicators.models import ReportVersion
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
    triggers_asleep,
)
from tests.indicators.followup_report.world import World
from tests.indicators.protection.attacker import CITY, HIDDEN, Attack, Year
from tests.indicators.protection.test_outputs import stands

pytestmark = pytest.mark.django_db
OTHERS = Audience.OTHERS
T = "totalt"


# Two indicators, one count ------------------------------------------------------------------------


@pytest.fixture
def both():
    """A number, and the same people per inhabitant; approved reports of three nämnder."""
    count = make_indicator("antal", counts_people=True, order=1)
    ratio = make_indicator(
        "per-10-000", counts_people=True, aggregation=Aggregation.RATIO, scale=10_000, order=2
    )
    ratio.indicator.numerator_same_as = count.indicator
    ratio.indicator.save()
    for code, number, people in (("a", 2, 90_000), ("b", 17, 800), ("c", 60, 700)):
        report = make_report(make_namnd(code), make_period("2025-T1"), ReportState.GODKAND)
        make_value(report, count, number)
        make_value(report, ratio, numerator=number, denominator=people)
    return count, ratio


def see(result):
    shown = {(0, CITY, T): stands(result.cells.total)}
    return shown | {(0, part.namnd_code, T): stands(part.cells.total) for part in result.parts}


def truths():
    numbers = {"a": (2, 90_000), "b": (17, 800), "c": (60, 700)}
    count = Year({(0, namnd, T): given[0] for namnd, given in numbers.items()})
    return count, Year({(0, namnd, T): given for namnd, given in numbers.items()})


@pytest.mark.usefixtures("both")
def test_neither_tells_what_the_other_hides():
    (goal,) = consolidate(make_period("2025-T1"), audience=OTHERS).goals
    count, ratio = (see(result) for result in goal.indicators)
    first = Attack(truths()[0], count)
    second = Attack(truths()[1], ratio, beside=first)
    second.same("with", first, "")
    assert second.found() == []
    hidden = [{w for w, what in one.items() if what == HIDDEN} for one in (count, ratio)]
    assert hidden[0] == hidden[1] != set()


@pytest.mark.usefixtures("both")
def test_what_is_asked_for_alone_hides_the_same():
    period = make_period("2025-T1")
    (goal,) = consolidate(period, audience=OTHERS).goals
    for result in goal.indicators:
        wanted = Wanted(indicator=result.code)
        (alone,) = consolidate(period, audience=OTHERS, wanted=wanted).goals[0].indicators
        assert alone == result
        page = read_indicator(result.code, audience=OTHERS)
        assert page.result is not None
        assert see(page.result) == see(result)
    figures = read_goal_figures(make_goal().pk, audience=OTHERS)
    assert [f.result.cells for f in figures if f.result] == [r.cells for r in goal.indicators]


def test_what_a_corrected_figure_was_is_not_told_where_the_other_hides(both):
    assert same_counts(expected_in_each([make_period("2025-T1")])).together_with(
        both[0].indicator_id
    ) == {definition.indicator_id for definition in both}


def test_a_yearly_ratio_beside_a_number_to_date_hides_the_same_on_every_page():
    """The ratio is asked for in the last period only: the number's earlier ones count as well."""
    count = make_indicator("antal", counts_people=True, order=1)
    ratio = make_indicator(
        "per-10-000",
        counts_people=True,
        aggregation=Aggregation.RATIO,
        accumulation=Accumulation.YEARLY,
        order=2,
    )
    ratio.indicator.numerator_same_as = count.indicator
    ratio.indicator.save()
    for period, given in (("2025-T1", (12, 20, 90)), ("2025-VB", (14, 40, 120))):
        for code, number in zip("abc", given, strict=True):
            report = make_report(make_namnd(code), make_period(period), ReportState.GODKAND)
            make_value(report, count, number)
            if period == "2025-VB":
                make_value(report, ratio, numerator=number, denominator=9000)
    (goal,) = consolidate(make_period("2025-VB"), audience=OTHERS).goals
    shown = [see(result) for result in goal.indicators]
    assert shown[0][0, "a", T] == shown[1][0, "a", T] == HIDDEN
    for result in goal.indicators:
        page = read_indicator(result.code, audience=OTHERS)
        assert page.result is not None
        assert see(page.result) == see(result)


# A fixed version, and today -----------------------------------------------------------------------


@pytest.fixture
def world() -> World:
    return World()


def late(world: World, number: int) -> None:
    """Järva's report comes after the version was fixed."""
    report = make_report(make_namnd("jarva"), world.period, ReportState.GODKAND)
    for category in (Category.TOTAL, Category.KVINNOR):
        make_value(report, world.count, number, category=category)
    make_value(report, world.count, 0, category=Category.MAN)
    with triggers_asleep():
        ReportVersion.objects.filter(report=report).update(approved_at=timezone.now())


def seen(world: World):
    result = consolidate(world.period, audience=OTHERS).goals[0].indicators[0]
    return {
        (0, where, category): stands(cell)
        for where, cells in [(CITY, result.cells), *((p.namnd_code, p.cells) for p in result.parts)]
        for category, cell in zip(Category.values, cells, strict=True)
        if cell.state is not CellState.MISSING
    }


def truth(*more):
    namnder = (("bromma", 30, 20), ("farsta", 40, 3), ("sodermalm", 50, 10), *more)
    return Year(
        {
            (0, code, category): number
            for code, women, men in namnder
            for category, number in zip(Category.values, (women + men, women, men), strict=True)
        }
    )


def test_a_late_report_cannot_be_worked_out_beside_the_version(world: World):
    fixed = seen(world)
    world.fixed(world.citys())
    assert seen(world) == fixed
    late(world, 2)
    live = seen(world)
    first = Attack(truth(("jarva", 2, 0)), live)
    second = Attack(truth(), fixed, beside=first)
    second.same("", first, "")
    assert second.found() == []
    assert live[0, CITY, T] == HIDDEN


def test_every_output_hides_it(world: World):
    world.fixed(world.citys())
    late(world, 2)
    page = read_indicator("i-1", audience=OTHERS)
    assert page.result is not None
    assert page.result.cells.total.state is CellState.PROTECTED
    figures = read_goal_figures(world.goal.pk, audience=OTHERS)
    assert [f.result.cells.total.state for f in figures if f.result and f.code == "i-1"] == [
        CellState.PROTECTED
    ]


def test_what_had_been_approved_is_read_as_it_was(world: World):
    now = timezone.now()
    late(world, 2)
    in_period = expected_in_each([world.period])["2025-T1"]
    fixed = Fixed(0, "", now, None)
    then = read_then(fixed, in_period, [world.count.indicator_id])
    totals = then[world.count.indicator_id, T]
    assert sorted(int(one.parts[0]) for one in totals) == [43, 50, 60]
    before = Fixed(0, "", dt.datetime(2025, 1, 1, tzinfo=dt.UTC), None)
    assert read_then(before, in_period, [world.count.indicator_id]) == {}


def test_versions_cost_a_page_no_query_once_they_are_known(world: World):
    def queries():
        with CaptureQueriesContext(connection) as made:
            period, history = read_periods_until("2025-T1")
            consolidate(period, audience=OTHERS, history=history)
        return len(made)

    queries()
    without = queries()
    world.fixed(world.citys())
    queries()
    assert queries() == without
    late(world, 2)
    queries()
    assert queries() == without
