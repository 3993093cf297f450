"""One nämnd's series, and what it carries on from those before it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from indicators.domain.disclosure import Audience
from indicators.domain.series import comparable_before, read_namnd_series, shown, why_none
from indicators.enums import Aggregation, ReportState
from indicators.models import IndicatorVersion
from organisation.models import NamndSuccession
from tests.factories import make_indicator, make_namnd, make_period, make_report, make_value
from tests.indicators.merging_world import check, mergers

pytestmark = pytest.mark.django_db
BEFORE, AFTER = dt.date(2023, 6, 30), dt.date(2023, 7, 1)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mergers())
def test_a_merged_series_is_what_a_plain_model_says(world):
    check(world)


@pytest.fixture
def jarva():
    new = make_namnd("jarva", valid_from=AFTER)
    for code in ("rinkeby-kista", "spanga-tensta"):
        old = make_namnd(code, valid_to=BEFORE)
        NamndSuccession.objects.create(predecessor=old, successor=new, on=AFTER)
    return new


def give(code, period, definition, number=None, **fields):
    report = make_report(make_namnd(code), make_period(period), ReportState.GODKAND)
    make_value(report, definition, number, **fields)


def points(namnd, definition, until="2024-VB"):
    period = make_period(until)
    return read_namnd_series(namnd, period, [definition.indicator_id])[definition.indicator_id]


def test_the_seam_says_whose_figures_they_were_and_what_is_not_merged(jarva):
    definition = make_indicator()
    for code, number in (("rinkeby-kista", 10), ("spanga-tensta", 20)):
        give(code, "2022-VB", definition, number)
    give("rinkeby-kista", "2023-T1", definition, 3)
    give("jarva", "2023-T2", definition, 40)
    first, second, third = points(jarva, definition, "2023-T2")
    assert [n.code for n in first.forebears] == ["rinkeby-kista", "spanga-tensta"]
    assert (first.outcome.value, second.outcome.value, third.outcome.value) == (30, None, 40)
    assert why_none(second) == "uppgift saknas från Spanga-tensta"
    assert third.forebears == ()


def test_a_small_part_protects_the_merged_figure_for_others_only(jarva):
    definition = make_indicator(counts_people=True)
    give("rinkeby-kista", "2022-VB", definition, 3)
    give("spanga-tensta", "2022-VB", definition, 30)
    (point,) = points(jarva, definition, "2022-VB")
    assert shown(point, Audience.OTHERS).text == "skyddad uppgift"
    assert shown(point, Audience.COORDINATOR).text == "33"


def test_what_one_nämnd_became_several_is_not_guessed():
    old = make_namnd("stor", valid_to=BEFORE)
    for code in ("liten-a", "liten-b"):
        new = make_namnd(code, valid_from=AFTER)
        NamndSuccession.objects.create(predecessor=old, successor=new, on=AFTER)
    definition = make_indicator()
    give("stor", "2022-VB", definition, 10)
    (point,) = points(make_namnd("liten-a"), definition, "2022-VB")
    assert (point.outcome.value, point.note) == (None, "den tidigare nämnden blev flera")


@pytest.mark.parametrize(
    ("aggregation", "note"),
    [
        (Aggregation.SHARE_YES, "ja och nej läggs inte samman över sammanslagningen"),
        (Aggregation.LATEST, "läggs inte samman över sammanslagningen"),
        (Aggregation.NONE, "läggs inte samman"),
    ],
)
def test_what_cannot_be_added_says_so(jarva, aggregation, note):
    definition = make_indicator(aggregation=aggregation)
    for code in ("rinkeby-kista", "spanga-tensta"):
        give(code, "2022-VB", definition, 1)
    (point,) = points(jarva, definition, "2022-VB")
    assert (point.outcome.value, why_none(point)) == (None, note)


def test_only_what_may_be_compared_is_comparable():
    namnd, first = make_namnd(), make_indicator()
    for code, number in (("2022-T1", 1), ("2022-VB", 2), ("2023-VB", 3)):
        give(namnd.code, code, first, number)
    second = IndicatorVersion.objects.get(pk=first.pk)
    second.pk, second.number, second.valid_from = None, 2, dt.date(2023, 1, 1)
    second.breaks_series = False
    second.save(force_insert=True)
    make_report(namnd, make_period("2024-VB"))
    said = points(namnd, first)
    # The second definition holds from 2023: what was given by the first is not read by it.
    assert [p.outcome.value for p in said] == [1, 2, None, None]
    assert [p.outcome.value for p in comparable_before(said, make_period("2024-VB"))] == [2]
    IndicatorVersion.objects.filter(pk=second.pk).update(breaks_series=True)
    assert comparable_before(points(namnd, first), make_period("2024-VB")) == ()


def test_the_number_of_queries_follows_neither_nämnder_nor_periods(jarva):
    definition = make_indicator()
    counts = []
    for year in ("2021", "2022"):
        for kind in ("T1", "VB"):
            for code in ("rinkeby-kista", "spanga-tensta"):
                give(code, f"{year}-{kind}", definition, 7)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            points(jarva, definition, "2022-VB")
        counts.append(len(queries))
    assert counts[0] >= counts[1]
