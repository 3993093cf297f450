"""What a period asks of whom."""

import datetime as dt

import pytest

from indicators.domain.expected import expected_in
from indicators.enums import Accumulation, IndicatorKind
from indicators.models import IndicatorVersion
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
)

pytestmark = pytest.mark.django_db

MERGER = dt.date(2023, 7, 1)
LAST_DAY = dt.date(2023, 6, 30)


def codes(expected):
    return {namnd.code for namnd in expected.namnder.values()}


def test_a_merger_in_the_middle_of_a_year_moves_the_duty_to_the_successor():
    definition = make_indicator()
    make_namnd("rinkeby-kista", valid_to=LAST_DAY)
    make_namnd("spanga-tensta", valid_to=LAST_DAY)
    make_namnd("jarva", valid_from=MERGER)
    make_namnd("farsta")

    t1 = expected_in(make_period("2023-T1"))
    t2 = expected_in(make_period("2023-T2"))
    vb = expected_in(make_period("2023-VB"))

    assert codes(t1) == {"rinkeby-kista", "spanga-tensta", "farsta"}
    assert codes(t2) == {"jarva", "farsta"}
    assert codes(vb) == {"jarva", "farsta"}
    assert t2.asked_of == {definition.indicator_id: frozenset(t2.namnder)}


def test_a_yearly_indicator_is_asked_for_at_the_end_of_the_year_only():
    make_namnd()
    yearly = make_indicator(accumulation=Accumulation.YEARLY)
    assert expected_in(make_period("2025-T2")).definitions == {}
    assert expected_in(make_period("2025-VB")).definitions == {yearly.indicator_id: yearly}


def test_what_has_no_data_source_yet_is_never_asked_for():
    namnd = make_namnd()
    definition = make_indicator()
    definition.indicator.kind = IndicatorKind.UTVECKLINGSINDIKATOR
    definition.indicator.save()
    assert expected_in(make_period("2025-VB")).indicators_for(namnd.pk) == set()


def test_the_definition_is_the_one_that_holds_on_the_last_day():
    make_namnd()
    first = make_indicator()
    second = IndicatorVersion.objects.create(
        indicator=first.indicator,
        number=2,
        valid_from=dt.date(2024, 5, 1),
        name="Ny definition",
        unit="antal",
        aggregation=first.aggregation,
        accumulation=first.accumulation,
    )
    pk = first.indicator_id
    assert expected_in(make_period("2024-T1")).definitions == {pk: first}
    assert expected_in(make_period("2024-T2")).definitions == {pk: second}


def test_a_goal_concerns_a_namnd_by_an_activity_alone():
    namnd = make_namnd()
    goal, other = make_goal(1), make_goal(2)
    make_activity(goal=goal)
    expected = expected_in(make_period())
    assert expected.goals_for(namnd.pk) == [goal]
    assert expected.goals[other.pk] == other
    assert expected.indicators_for(namnd.pk) == set()


def test_a_year_outside_the_programme_asks_for_nothing():
    make_namnd()
    make_indicator()
    assert expected_in(make_period("2020-VB")).namnder == {}
