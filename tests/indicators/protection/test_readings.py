"""The three readings of a merger and the ordinary pages together give no small count away."""

import pytest

from tests.indicators.protection.readings import attack

pytestmark = pytest.mark.django_db


def test_two_that_become_one():
    """Twelve and two before, sixteen after: the heir's is no figure to work the two out from."""
    assert (
        attack(
            {
                "2023-T1": {"a": [12, 6, 6], "b": [2, 2, 0], "c": [90, 50, 40], "d": [30, 28, 2]},
                "2023-T2": {"ny": [16, 9, 7], "c": [120, 60, 60], "d": [40, 33, 7]},
                "2023-VB": {"ny": [19, 11, 8], "c": [150, 80, 70], "d": [60, 48, 12]},
            }
        )
        == []
    )
