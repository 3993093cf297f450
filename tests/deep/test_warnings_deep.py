"""Thousands of random cells and series: what is wrong, and what asks for an explanation, is what a
plain model says.
"""

import pytest
from hypothesis import given, settings

from tests.indicators import checks_world as world
from tests.indicators.test_warnings_model import check_against_plain_model, outcomes

pytestmark = pytest.mark.deep
many = settings(max_examples=5_000, deadline=None, database=None)


@many
@given(**outcomes)
def test_the_rules_fire_as_a_plain_model_says_of_many_series(**case):
    check_against_plain_model(**case)


@many
@given(**world.contents)
def test_the_errors_of_many_cells_are_those_of_a_plain_model(**case):
    world.check_errors(**case)


@many
@given(**world.ratios)
def test_many_ratios_are_warned_of_as_a_plain_model_says(**case):
    world.check_ratio(**case)


@many
@given(**world.targets)
def test_many_missed_arsmal_are_warned_of_as_a_plain_model_says(**case):
    world.check_target(**case)


@many
@given(**world.sexes)
def test_many_without_a_known_sex_are_warned_of_as_a_plain_model_says(**case):
    world.check_sex(**case)
