import pytest

from tests.indicators.followup_report.world import World


@pytest.fixture
def world(db) -> World:
    return World()
