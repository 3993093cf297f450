"""Two indicators that show the same count are protected as one."""

from hypothesis import HealthCheck, given, settings

from indicators.domain.protection.figures import Alike
from tests.indicators.protection.attacker import CITY, HIDDEN, Attack, Year
from tests.indicators.protection.years import shown_of, shown_together, with_ratio

T, K, M = "totalt", "kvinnor", "man"
NUMERATOR: tuple[Alike, ...] = (((0, "people"), (1, "in")),)


def attack(count, ratio, shown):
    first = Attack(count, shown[0])
    second = Attack(ratio, shown[1], beside=first)
    second.same("with", first, "")
    return second.found()


COUNT = Year({(0, 1, T): 2, (0, 2, T): 17, (0, 3, T): 60})
RATIO = Year({(0, 1, T): (2, 900), (0, 2, T): (17, 800), (0, 3, T): (60, 700)})


def test_each_by_itself_they_give_one_another_away():
    """The leak that is to be stopped: one hides 2 and 60, say, and the other 2 and 17."""
    count = Year({(0, 1, T): 2, (0, 2, T): 17, (0, 3, T): 60})
    ratio = Year({(0, 1, T): (2, 900), (0, 2, T): (17, 40_000), (0, 3, T): (60, 700)})
    shown = [shown_of(count), shown_of(ratio)]
    shown[1] |= {(0, 2, T): (17, 40_000), (0, 3, T): HIDDEN}
    assert attack(count, ratio, shown) != []


def test_what_hides_the_one_hides_the_other():
    shown = shown_together([COUNT, RATIO], NUMERATOR)
    assert attack(COUNT, RATIO, shown) == []
    hidden = [{where for where, what in one.items() if what == HIDDEN} for one in shown]
    assert hidden[0] == hidden[1] == {(0, 1, T), (0, 2, T)}


def test_a_city_hidden_in_the_one_is_hidden_in_the_other():
    count, ratio = Year({(0, 1, T): 3}), Year({(0, 1, T): (3, 438)})
    shown = shown_together([count, ratio], NUMERATOR)
    assert {*shown[0].values(), *shown[1].values()} == {HIDDEN}
    assert (0, CITY, T) in shown[1]


def test_a_total_is_hidden_where_the_sexes_of_the_other_tell_it():
    """A ratio that is not split by sex shows everybody; women and men stand beside it."""
    count = Year({(0, 1, T): 30, (0, 1, K): 28, (0, 1, M): 2, (0, 2, T): 9, (0, 2, K): 9})
    ratio = Year({(0, 1, T): (30, 500), (0, 2, T): (9, 400)}, adds_up=False)
    shown = shown_together([count, ratio], NUMERATOR)
    assert attack(count, ratio, shown) == []


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(with_ratio())
def test_an_attack_on_both_finds_nothing(both):
    shown = shown_together(both, NUMERATOR)
    assert attack(*both, shown) == []
