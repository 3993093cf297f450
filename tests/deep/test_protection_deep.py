"""Five years of thirteen nämnder, women and men: an attack on everything shown finds nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.indicators.protection.attacker import Attack
from tests.indicators.protection.test_protection import measure_loss
from tests.indicators.protection.years import shown_of, years

DEEP = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.deep
@settings(DEEP, max_examples=500)
@given(years(most=5))
def test_an_attack_finds_nothing_in_many_small_tables(year):
    assert Attack(year, shown_of(year)).found() == []


@pytest.mark.deep
@settings(DEEP, max_examples=30)
@given(st.lists(years(most=13, ratio=False), min_size=5, max_size=5))
def test_an_attack_finds_nothing_in_fifteen_periods_of_thirteen_namnder(five):
    for year in five:  # years have nothing to do with one another
        assert Attack(year, shown_of(year)).found() == []


@pytest.mark.deep
@settings(DEEP, max_examples=60)
@given(years(most=13, ratio=True))
def test_an_attack_finds_nothing_in_ratios_of_thirteen_namnder(year):
    assert Attack(year, shown_of(year)).found() == []


@pytest.mark.deep
def test_the_loss_is_near_the_least_possible_in_many_small_tables():
    tables, same, lost, least = measure_loss(80, 3)
    assert tables >= 30
    assert same >= 0.8 * tables
    assert lost <= 1.2 * least
