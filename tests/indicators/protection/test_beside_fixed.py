"""A fixed version is read for ever, beside the figures of today."""

from hypothesis import HealthCheck, given, settings

from tests.indicators.protection.attacker import CITY, HIDDEN, Attack, Year
from tests.indicators.protection.years import Published, published, shown_of

T, K, M = "totalt", "kvinnor", "man"


def attack(of, live, fixed):
    first = Attack(of.live, live)
    second = Attack(of.fixed, fixed, beside=first)
    for name in ("with", "without", "both", ""):
        second.same(name, first, name)
    return second.found()


def of(then, now):
    """Of one period: what was reported when it was fixed, and what is reported by now."""

    def year(given):
        return Year({(0, namnd, T): figure for namnd, figure in given.items()})

    return Published(year(now), 0, year(then))


LATE = of({1: 30, 2: 40}, {1: 30, 2: 40, 3: 3})


def test_by_itself_the_live_page_gives_a_late_report_away():
    """The leak that is to be stopped: a city of 70 became one of 73."""
    live = shown_of(LATE.live) | {(0, CITY, T): 73, (0, 1, T): HIDDEN}
    assert attack(LATE, live, {(0, 1, T): 30, (0, 2, T): 40, (0, CITY, T): 70}) != []


def test_a_late_small_number_costs_what_it_would_be_worked_out_from():
    live, fixed = LATE.shown()
    assert HIDDEN not in fixed.values()
    assert live[0, CITY, T] == HIDDEN
    assert attack(LATE, live, fixed) == []


def test_what_a_version_hides_stays_hidden_also_when_nothing_is_small_any_more():
    corrected = of({1: 3, 2: 20, 3: 60}, {1: 30, 2: 20, 3: 60})
    live, fixed = corrected.shown()
    hidden = {where for where, what in fixed.items() if what == HIDDEN}
    assert hidden == {(0, 1, T), (0, 2, T)}
    assert hidden <= {where for where, what in live.items() if what == HIDDEN}
    assert attack(corrected, live, fixed) == []


def test_nothing_new_is_hidden_where_all_is_as_it_was():
    same = of({1: 3, 2: 20, 3: 60}, {1: 3, 2: 20, 3: 60})
    live, fixed = same.shown()
    assert live == fixed


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(published())
def test_an_attack_on_both_finds_nothing(year):
    live, fixed = year.shown()
    assert attack(year, live, fixed) == []
