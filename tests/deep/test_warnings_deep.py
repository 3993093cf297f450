"""Thousands of random series: what asks for an explanation is what a plain model says."""

import pytest
from hypothesis import given, settings

from tests.indicators.test_warnings import check_against_plain_model, outcomes


@pytest.mark.deep
@settings(max_examples=5_000, deadline=None, database=None)
@given(**outcomes)
def test_the_rules_fire_as_a_plain_model_says_of_many_series(**case):
    check_against_plain_model(**case)
