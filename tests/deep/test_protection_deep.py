"""Five years of thirteen nämnder, women and men: an attack on everything shown finds nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.indicators.protection import test_beside_fixed, test_shared_counts
from tests.indicators.protection.attacker import Attack
from tests.indicators.protection.readings import check as check_readings
from tests.indicators.protection.readings import cities
from tests.indicators.protection.test_protection import (
    measure_loss,
    measure_loss_of,
    sheets_of,
)
from tests.indicators.protection.years import (
    published,
    shown_of,
    shown_together,
    with_ratio,
    years,
)

SHARED = test_shared_counts.NUMERATOR
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


@pytest.mark.deep
def test_the_loss_with_shared_counts_is_near_the_least_possible():
    tables, same, lost, least = measure_loss_of(
        80, with_ratio(most=2, periods=1), lambda both: (sheets_of(*both), SHARED)
    )
    assert tables >= 30
    assert same >= 0.8 * tables
    assert lost <= 1.2 * least


@pytest.mark.deep
def test_the_loss_beside_a_fixed_version_is_near_the_least_possible():
    tables, same, lost, least = measure_loss_of(
        120, published(most=2, periods=1), lambda of: of.sheets()
    )
    assert tables >= 30
    assert same >= 0.8 * tables
    assert lost <= 1.2 * least


@pytest.mark.deep
@settings(DEEP, max_examples=250)
@given(with_ratio(most=5))
def test_an_attack_on_a_number_and_its_ratio_finds_nothing(both):
    shown = shown_together(both, test_shared_counts.NUMERATOR)
    assert test_shared_counts.attack(*both, shown) == []


@pytest.mark.deep
@settings(DEEP, max_examples=12)
@given(with_ratio(most=11))
def test_an_attack_on_a_number_and_its_ratio_of_eleven_namnder_finds_nothing(both):
    shown = shown_together(both, test_shared_counts.NUMERATOR)
    assert test_shared_counts.attack(*both, shown) == []


@pytest.mark.deep
@settings(DEEP, max_examples=300)
@given(published(most=5))
def test_an_attack_on_today_and_a_fixed_version_finds_nothing(year):
    assert test_beside_fixed.attack(year, *year.shown()) == []


@pytest.mark.deep
@settings(DEEP, max_examples=12)
@given(published(most=11))
def test_an_attack_on_today_and_a_fixed_version_of_eleven_namnder_finds_nothing(year):
    assert test_beside_fixed.attack(year, *year.shown()) == []


@pytest.mark.deep
@pytest.mark.django_db
@settings(
    DEEP,
    max_examples=25,
    suppress_health_check=[*DEEP.suppress_health_check, HealthCheck.function_scoped_fixture],
)
@given(cities())
def test_an_attack_with_every_reading_of_a_merger_finds_nothing(periods):
    check_readings(periods)
