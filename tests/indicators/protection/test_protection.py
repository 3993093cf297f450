"""No small count can be worked out from what is shown, and little more is hidden than must be."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from indicators.domain.protection.figures import PeriodFigures, Sheet, hidden_places, table_of
from indicators.domain.protection.hiding import Cell, Table, hide, is_safe, lost
from tests.indicators.protection.attacker import CITY, HIDDEN, Attack, Year
from tests.indicators.protection.optimum import least_loss
from tests.indicators.protection.years import periods_of, shown_of, years

T, K, M = "totalt", "kvinnor", "man"
MANY_SHAPES = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def year(*periods, to_date=True, followed=None, adds_up=True):
    """Each period: {nämnd: total, or (total, women, men); None is missing}."""
    reported = {}
    for number, namnder in enumerate(periods):
        for namnd, given_by in namnder.items():
            figures = given_by if isinstance(given_by, list) else [given_by]
            for category, figure in zip((T, K, M), figures, strict=False):
                if figure is not None:
                    reported[number, namnd, category] = figure
    return Year(reported, adds_up, (False, to_date, to_date), followed or {})


def hidden_of(of):
    """What is hidden, once it is sure that an attack finds nothing."""
    shown = shown_of(of)
    assert Attack(of, shown).found() == []
    return {where for where, stands in shown.items() if stands == HIDDEN}


def test_nothing_small_nothing_hidden():
    assert hidden_of(year({1: [30, 20, 10], 2: [0, 0, 0], 3: [50, 45, 5]})) == set()


def test_a_total_that_gives_a_small_part_away_costs_another_part_and_not_the_total():
    assert hidden_of(year({1: 2, 2: 17, 3: 60})) == {(0, 1, T), (0, 2, T)}


def test_two_small_parts_protect_each_other():
    assert hidden_of(year({1: 2, 2: 4, 3: 60})) == {(0, 1, T), (0, 2, T)}


def test_a_zero_protects_nothing_below_it():
    # 3 and 0 make 3: a reader of the sum of the hidden would know that it is at most 3.
    assert (0, 3, T) in hidden_of(year({1: 3, 2: 0, 3: 60}))


def test_a_sex_is_protected_by_a_ring_of_four():
    found = hidden_of(year({1: [30, 28, 2], 2: [40, 22, 18], 3: [90, 50, 40]}))
    assert found == {(0, 1, K), (0, 1, M), (0, 2, K), (0, 2, M)}


def test_people_of_unknown_sex_are_a_count_too():
    found = hidden_of(year({1: [30, 20, 8], 2: [40, 22, 18]}, adds_up=False))
    assert len(found) == 1
    assert {where[:2] for where in found} == {(0, 1)}


def test_a_ratio_is_protected_with_its_complement():
    assert hidden_of(year({1: (38, 40), 2: (20, 50), 3: (30, 60)})) >= {(0, 1, T)}


def test_a_small_difference_between_two_periods_costs_the_later_number():
    found = hidden_of(year({1: 12, 2: 20}, {1: 14, 2: 40}))
    assert found == {(1, 1, T), (1, 2, T)}
    assert hidden_of(year({1: 12, 2: 20}, {1: 14, 2: 40}, to_date=False)) == set()


def test_what_tertial_1_showed_is_not_changed_by_tertial_2():
    first, second = {1: 12, 2: 20, 3: 3}, {1: 14, 2: 40, 3: 9}
    before = hidden_of(year(first))
    assert {w for w in hidden_of(year(first, second)) if w[0] == 0} == before


def test_a_small_difference_to_a_successor_is_protected():
    merged = year({1: 12, 2: 20, 3: 9}, {7: 35, 3: 30}, followed={(1, 7): (1, 2)})
    assert hidden_of(merged) == {(1, 7, T), (1, 3, T)}


@pytest.mark.parametrize(
    "periods",
    [
        (
            {1: [6, 1, 5], 2: [8, 8]},
            {1: [11, 6, 5], 2: [9, 9, 0]},
            {1: [10, 4, 6], 2: [12, 9, 3]},
        ),
        (
            {1: [6, 1, 5], 2: [0, 0]},
            {1: [11, 6, 5], 2: [1, 1, 0]},
            {1: [6, 0, 6], 2: [4, 1, 3]},
        ),
    ],
)
def test_a_rise_that_follows_from_nothing_else_is_known_to_a_reader(periods):
    """A nämnd's number has fallen: that the city's rose, or its own since before, is news."""
    assert Attack(year(*periods), shown_of(year(*periods))).found() == []


def test_how_many_are_of_unknown_sex_is_a_count_in_a_ratio_too():
    """One in the numerator and one beside it: each may be four, and so may they be together."""
    of = Year(
        reported={
            (0, 1, T): (5, 9),
            (0, 1, "kvinnor"): (1, 1),
            (0, 3, T): (5, 10),
            (0, 3, "man"): (4, 8),
            (0, 5, T): (5, 11),
            (0, 5, "kvinnor"): (5, 10),
            (0, 5, "man"): (0, 1),
            (0, 9, T): (5, 5),
            (0, 9, "man"): (5, 5),
        },
        adds_up=True,
        holds_earlier=(False, False, False),
        followed={(1, 100): (1, 2)},
    )
    assert Attack(of, shown_of(of)).found() == []


def test_a_city_of_one_namnd_is_hidden_with_it():
    assert hidden_of(year({1: 3})) == {(0, 1, T), (0, CITY, T)}


@pytest.mark.parametrize("limit", [0, 1, 4, 9])
def test_the_limit_is_a_setting(limit):
    of = year({1: [9, 7, 2], 2: [40, 22, 18], 3: [25, 20, 5]})
    shown = shown_of(of, limit=limit)
    assert Attack(of, shown, limit).found() == []
    assert (HIDDEN in shown.values()) == (limit > 1)


def test_small_numbers_alone_would_not_do():
    """The attacker has teeth: it sees through a table where only small cells are hidden."""
    of = year({1: [30, 28, 2], 2: [40, 22, 18]}, {1: [33, 29, 4], 2: [60, 30, 30]})
    shown = {
        where: HIDDEN if 0 < figure <= 4 else figure for where, figure in of.everything().items()
    }
    found = Attack(of, shown).found()
    assert "(0, 1, 'man')  (in truth 2) cannot be 1" in found
    assert "(1, 1, 'kvinnor')  since 0 (in truth 1) cannot be 4" in found


@MANY_SHAPES
@given(years())
def test_an_attack_finds_nothing(of):
    assert Attack(of, shown_of(of)).found() == []


@MANY_SHAPES
@given(years())
def test_every_small_figure_is_hidden_and_the_answer_is_always_the_same(of):
    periods = periods_of(of)
    hidden = hidden_places(periods, limit=4)
    assert hidden_places(periods, limit=4) == hidden
    for number, period in enumerate(periods):
        for (namnd, category), parts in period.figures.items():
            counts = [*parts, parts[-1] - parts[0]]
            if any(0 < count <= 4 for count in counts):
                assert (number, namnd, category) in hidden


def test_half_people_are_protected_as_well():
    figures = {(n, T): (Decimal(f),) for n, f in ((1, "2.5"), (2, "17.25"), (3, "60"))}
    period = PeriodFigures(figures, {T: frozenset({1, 2, 3})})
    assert hidden_places([period], limit=4) == {(0, 1, T), (0, 2, T)}


def test_a_relation_that_does_not_hold_is_refused():
    table = Table()
    one, two = table.add(Decimal(1)), table.add(Decimal(2))
    with pytest.raises(ValueError, match="hold for the table itself"):
        table.relate((one, 1), (two, -1))


def test_a_count_that_no_ring_can_move_costs_everything():
    table = Table()
    small, big = table.add_cell(Cell(1, is_small=True)), table.add_cell(Cell(5))
    one = table.add(Decimal(2), cell=small, guard=True)
    fixed = table.add(Decimal(2), cell=table.add_cell(Cell(0)))
    table.add(Decimal(9), cell=big)
    table.relate((one, 1), (fixed, -1))
    assert hide(table, limit=4) == {small, big}
    assert not is_safe(table, limit=4, hidden={small, big})


def measure_loss(examples, most):
    """How many small tables there were, how many of them cost the least, the loss, the least."""
    return measure_loss_of(examples, years(most=most, periods=1), lambda of: (sheets_of(of), ()))


def sheets_of(*these):
    return [Sheet(dict(enumerate(periods_of(year)))) for year in these]


def measure_loss_of(examples, drawn, laid):
    """The same of whatever is drawn. laid: from it to sheets, and which of their counts are one."""
    losses = []

    @settings(MANY_SHAPES, max_examples=examples, phases=[Phase.generate])
    @given(drawn)
    def measure(of):
        sheets, alike = laid(of)
        if not any(sheet.periods for sheet in sheets):
            return
        table, already = table_of(sheets, alike, limit=4)
        gone = lost(table, limit=4, hidden=already)
        table.guarded = [target for target in table.guarded if target not in gone]
        if table.guarded:
            hidden = hide(table, limit=4, hidden=already)
            loss = sum(table.cells[c].weight for c in hidden)
            losses.append((loss, least_loss(table, 4, already)))

    measure()
    assert all(loss >= least for loss, least in losses)
    same = sum(loss == least for loss, least in losses)
    return len(losses), same, sum(loss for loss, _ in losses), sum(least for _, least in losses)


def test_the_loss_is_near_the_least_possible():
    """Against the optimum of an integer program, over small tables of one period."""
    tables, same, lost, least = measure_loss(30, 2)  # more of them, and larger, in the deep run
    assert tables >= 5
    assert (same, lost) == (tables, least)
