"""Consolidation equals a slow plain-Python sum, whatever the reports say."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.enums import Category
from indicators.models import Period
from tests.factories import make_period
from tests.indicators.random_world import PERIODS, World, build, consolidate_slowly, worlds


def check(world: World) -> None:
    """Every figure of every period, in the period's own follow-up and in the series after it."""
    with transaction.atomic():
        build(world)
        for code in PERIODS:
            make_period(code)
        slow = {code: consolidate_slowly(world, code) for code in PERIODS}
        for period in Period.objects.all():
            followup = consolidate(period, audience=Audience.COORDINATOR)
            results = {r.code: r for goal in followup.goals for r in goal.indicators}
            found = {}
            for number in range(len(world.indicators)):
                result = results.get(f"i-{number}")
                if result is None:
                    continue
                for category, cell in zip(Category.values, result.cells, strict=True):
                    found[number, category] = cell.value
                total = slow[period.code][number, Category.TOTAL]
                assert (result.coverage.reported, result.coverage.asked) == total[1:]
                for point in result.series:
                    value, reported, asked = slow[point.period_code][number, Category.TOTAL]
                    assert point.cells.total.value == value
                    assert (point.coverage.reported, point.coverage.asked) == (reported, asked)
            assert found == {key: plain[0] for key, plain in slow[period.code].items()}
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(worlds())
def test_consolidation_equals_a_plain_sum(world):
    check(world)
