"""Hundreds of random histories of responsibility: who answers is what a plain model says."""

import pytest
from hypothesis import given, settings

from tests.programme.test_responsibility_properties import WORLD, check, steps


@pytest.mark.deep
@pytest.mark.django_db
@settings(max_examples=300, **WORLD)
@given(steps)
def test_who_answers_is_what_a_plain_model_says_in_many_histories(given_steps):
    check(given_steps)
