"""Hundreds of random worlds: consolidation equals a slow plain-Python sum."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.indicators.random_world import worlds
from tests.indicators.reading_world import check as check_readings
from tests.indicators.reading_world import cities
from tests.indicators.test_consolidation_properties import check


@pytest.mark.deep
@pytest.mark.django_db
@settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(worlds())
def test_consolidation_equals_a_plain_sum_on_many_worlds(world):
    check(world)


@pytest.mark.deep
@pytest.mark.django_db
@settings(
    max_examples=250,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cities())
def test_three_readings_equal_a_plain_model_in_many_cities(city):
    check_readings(city)
