"""Tests that share something dear (a walk, a browser, the demo) run in one worker."""

import pytest


@pytest.mark.xdist_group("of one")
def test_a_group_is_heeded_where_tests_run_side_by_side(request: pytest.FixtureRequest):
    grouped = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@of one") == grouped
