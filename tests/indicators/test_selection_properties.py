"""Three readings of a changed organisation equal a slow plain-Python model of them."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.indicators.reading_world import City, check, cities


@pytest.mark.django_db
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cities())
def test_three_readings_equal_a_plain_model(city: City):
    check(city)
