"""Hundreds of random mergers: a merged series is what a plain model says."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.indicators.merging_world import check, mergers


@pytest.mark.deep
@pytest.mark.django_db
@settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mergers())
def test_a_merged_series_is_what_a_plain_model_says_of_many(world):
    check(world)
