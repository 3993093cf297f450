"""What a merged nämnd's staff have beside their fields, and are warned by: its forebears' too."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from indicators.domain.beside import beside_of_each
from indicators.domain.cells import GivenCell, IndicatorKey, save_cell
from indicators.domain.checks import ValueInput
from indicators.domain.held_against import comparable, outcome
from indicators.domain.series import comparable_before, read_namnd_series
from indicators.domain.sheet import entry_sheet
from indicators.enums import Aggregation, Category, ReportState
from indicators.models import IndicatorVersion, Report
from organisation.enums import Role
from organisation.models import NamndSuccession
from tests.factories import (
    make_activity,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.merging_world import NEW, PERIODS, in_a_world, mergers

pytestmark = pytest.mark.django_db
BEFORE, AFTER = dt.date(2023, 6, 30), dt.date(2023, 7, 1)
OLD = (("rinkeby-kista", "Rinkeby-Kista"), ("spanga-tensta", "Spånga-Tensta"))
SEAM = "Rinkeby-Kista och Spånga-Tensta tillsammans"


@pytest.fixture
def jarva():
    new = make_namnd("jarva", valid_from=AFTER)
    for code, name in OLD:
        old = make_namnd(code, valid_to=BEFORE, short_name=name)
        NamndSuccession.objects.create(predecessor=old, successor=new, on=AFTER)
    return new


@pytest.fixture
def filler(jarva):
    return make_user(Role.UPPGIFTSLAMNARE, jarva)


def give(code, period, definition, number=None, **fields):
    namnd, period = make_namnd(code), make_period(period)
    report = Report.objects.filter(namnd=namnd, period=period).first()
    report = report or make_report(namnd, period, ReportState.GODKAND)
    make_value(report, definition, number, **fields)


def save(filler, *content, period="2023-T2"):
    return save_cell(
        "jarva", period, actor=filler, given=GivenCell(IndicatorKey("i-1"), content, ())
    )


def test_a_sum_that_falls_over_the_merger_is_asked_about(jarva, filler):
    definition = make_indicator(split_by_sex=True)
    for code, number, women in (("rinkeby-kista", 90, 60), ("spanga-tensta", 50, 20)):
        give(code, "2023-T1", definition, number)
        give(code, "2023-T1", definition, women, category=Category.KVINNOR)
    make_period("2023-T2")
    saved = save(
        filler,
        ValueInput(0, Category.TOTAL, Decimal(120)),
        ValueInput(0, Category.KVINNOR, Decimal(70)),
        ValueInput(0, Category.MAN, Decimal(50)),
    )
    assert saved.warnings == (
        f"Värdet 120 är lägre än 140 i tertial 1 ({SEAM}). Siffran ska räknas från årets början.",
        f"Värdet 70 för kvinnor är lägre än 80 i tertial 1 ({SEAM}). "
        "Siffran ska räknas från årets början.",
    )


def test_the_history_of_the_forebears_together_is_the_nämnds_own(jarva, filler):
    definition = make_indicator()
    for year in ("2019", "2020", "2021", "2022"):
        for code, _ in OLD:
            give(code, f"{year}-T2", definition, 50)
    make_period("2023-T2")
    (warning,) = save(filler, ValueInput(0, number=Decimal(500))).warnings
    assert warning == (
        "Värdet 500 ligger långt över vad nämnden brukar ha. Medianen av de 4 tidigare värdena är "
        f"100. 4 av dem är från tiden innan nämnden fanns: {SEAM}."
    )
    # No other nämnd to be compared with: they are what it was itself.
    report = Report.objects.select_related("namnd").get(namnd=jarva)
    assert beside_of_each(report, [definition])[definition.indicator_id].others == []


def test_where_one_of_them_gave_nothing_there_is_nothing_to_hold_it_against(jarva, filler):
    definition = make_indicator()
    give("rinkeby-kista", "2023-T1", definition, 140)
    make_period("2023-T2")
    assert save(filler, ValueInput(0, number=Decimal(20))).warnings == ()


def earlier(jarva, period="2023-T2"):
    (row,) = entry_sheet(Report(namnd=jarva, period=make_period(period))).rows
    return {one.code: (one.text, one.seam) for one in row.earlier}


def test_the_period_before_and_last_year_are_theirs_together(jarva, filler, client):
    definition = make_indicator(aggregation=Aggregation.RATIO, unit="%")
    for period in ("2022-T2", "2023-T1"):
        give("rinkeby-kista", period, definition, numerator=10, denominator=20)
        give("spanga-tensta", period, definition, numerator=20, denominator=20)
    assert earlier(jarva) == {
        "2023-T1": ("75,0\xa0% (30 av 40)", SEAM),
        "2022-T2": ("75,0\xa0% (30 av 40)", SEAM),
    }
    client.force_login(filler)
    for name, more in (("report", ()), ("report-goal", ("1",))):
        page = client.get(reverse(name, args=["jarva", "2023-T2", *more])).content.decode()
        assert SEAM in page
    # A year later only the one last year may be theirs; the period before is its own.
    assert {seam for _, seam in earlier(jarva, "2024-T1").values()} == {"", SEAM}


def test_why_they_are_not_put_together_is_said(jarva):
    definition = make_indicator(aggregation=Aggregation.SHARE_YES)
    for code, _ in OLD:
        give(code, "2023-T1", definition, 1)
    assert earlier(jarva) == {
        "2023-T1": ("–", f"{SEAM}: ja och nej läggs inte samman över sammanslagningen")
    }


def test_one_that_was_renamed_has_its_own_figure(filler, jarva):
    heir = make_namnd("nya", valid_from=AFTER)
    old = make_namnd("gamla", valid_to=BEFORE, short_name="Gamla")
    NamndSuccession.objects.create(predecessor=old, successor=heir, on=AFTER)
    give("gamla", "2023-T1", make_indicator(aggregation=Aggregation.SHARE_YES), 1)
    assert earlier(heir) == {"2023-T1": ("Ja", "Gamla")}


def test_a_draft_of_a_forebear_counts_for_nothing(jarva, filler):
    definition = make_indicator()
    for code, _ in OLD:
        make_value(make_report(make_namnd(code), make_period("2023-T1")), definition, 70)
    make_period("2023-T2")
    assert save(filler, ValueInput(0, number=Decimal(20))).warnings == ()
    assert earlier(jarva)["2023-T1"] == ("–", "")


def test_the_sheet_asks_no_more_for_a_merged_nämnd(jarva, filler):
    make_indicator()
    own = make_namnd("bromma")
    counts = []
    for namnd in (own, jarva):
        report = make_report(namnd, make_period("2023-T2"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            entry_sheet(Report.objects.select_related("namnd", "period").get(pk=report.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mergers())
def test_what_a_cell_is_held_against_is_the_merged_series(world):
    in_a_world(world, same_as_the_series)


def same_as_the_series() -> None:
    """Of every random merger: the figures beside a cell are those that its series compares with."""
    last = make_period(PERIODS[-1])
    report = make_report(make_namnd(NEW), make_period("2024-VB"))
    definition = IndicatorVersion.objects.order_by("-number").first()
    beside = beside_of_each(report, [definition])[definition.indicator_id]
    mine = [
        (figure.ends_on, outcome(definition, figure.cell))
        for figure in comparable(definition, beside.own, report.period)
    ]
    series = read_namnd_series(report.namnd, report.period, [definition.indicator_id])
    points = comparable_before(series[definition.indicator_id], report.period)
    assert [(day, n) for day, n in mine if n is not None] == [
        (point.period.ends_on, point.outcome.value) for point in points
    ]
    assert last.ends_on < report.period.ends_on


def test_what_they_said_of_goals_and_activities_is_named_beside_the_fields(jarva, filler, client):
    indicator = make_indicator()
    goal = indicator.indicator.goals.get()
    activity = make_activity("a-1", goal)
    for (code, _), grade, state in zip(OLD, ("helt", "ej"), ("genomford", "paborjad"), strict=True):
        give(code, "2023-T1", indicator, 9)
        version = Report.objects.get(namnd__code=code).current
        version.grades.create(goal=goal, grade=grade)
        version.statuses.create(activity=activity, state=state)
    make_period("2023-T2")
    client.force_login(filler)
    address = reverse("report", args=["jarva", "2023-T2"])
    for url in (address, f"{address}mal/{goal.number}/"):
        html = client.get(url).content.decode()
        assert "Rinkeby-Kista: Uppfylls helt; Spånga-Tensta: Uppfylls ej" in html
        assert "Rinkeby-Kista: Genomförd" in html
        assert "Spånga-Tensta: Påbörjad" in html
