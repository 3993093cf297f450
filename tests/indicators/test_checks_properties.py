"""Errors, and the warnings of ratios, årsmål and sex, against what a person would say."""

from hypothesis import given, settings

from tests.indicators import checks_world as world

quick = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@quick
@given(**world.contents)
def test_the_errors_are_those_of_a_plain_model(**case):
    world.check_errors(**case)


@quick
@given(**world.split_ratios)
def test_the_errors_of_a_ratio_split_by_sex_are_those_of_a_plain_model(**case):
    world.check_errors(**case)


@quick
@given(**world.ratios)
def test_a_ratio_is_warned_of_as_a_plain_model_says(**case):
    world.check_ratio(**case)


@quick
@given(**world.targets)
def test_a_missed_arsmal_is_warned_of_as_a_plain_model_says(**case):
    world.check_target(**case)


@quick
@given(**world.sexes)
def test_what_has_no_known_sex_is_warned_of_as_a_plain_model_says(**case):
    world.check_sex(**case)
