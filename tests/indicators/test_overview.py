"""The first page of a follow-up, and that a part of a follow-up is what the whole says."""

from dataclasses import replace

import pytest

from indicators.domain.beside_figure import OWN, cautions, read_beside
from indicators.domain.consolidation import Wanted, consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.lacking import read_deviations, read_lacking
from indicators.domain.overview import read_overview
from indicators.enums import Aggregation, Category, Grade, ReportState
from indicators.models import GoalGrade, Target
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
)

pytestmark = pytest.mark.django_db


def approved(code, period="2025-T1"):
    return make_report(make_namnd(code), make_period(period), ReportState.GODKAND)


@pytest.fixture
def world():
    """Two goals with an indicator each, small counts among them, two years."""
    first = make_indicator("i-1", counts_people=True, split_by_sex=True)
    second = make_indicator("i-2", goal=make_goal(2), aggregation=Aggregation.RATIO, unit="%")
    for period, more in (("2024-T1", 0), ("2025-T1", 20)):
        for code, women, men in (("a", 40, 3), ("b", 20, 7), ("c", 60, 30)):
            report = approved(code, period)
            make_value(report, first, women + men + more)
            make_value(report, first, women + more, category=Category.KVINNOR)
            make_value(report, first, men, category=Category.MAN)
            make_value(report, second, numerator=women, denominator=100)
            GoalGrade.objects.create(version=report.approved, goal=make_goal(2), grade=Grade.DELVIS)
    return first, second


@pytest.mark.parametrize("audience", [Audience.OTHERS, Audience.COORDINATOR])
def test_a_part_says_what_the_whole_says(world, audience):
    period = make_period("2025-T1")
    whole = consolidate(period, audience=audience)
    for goal in whole.goals:
        wanted = Wanted(goal=(goal.programme_slug, goal.code))
        assert consolidate(period, audience=audience, wanted=wanted).goals == (goal,)
        (result,) = goal.indicators
        alone = consolidate(period, audience=audience, wanted=Wanted(indicator=result.code))
        assert alone.goals[0].indicators == (result,)


@pytest.mark.parametrize("audience", [Audience.OTHERS, Audience.COORDINATOR])
def test_the_overview_says_what_the_whole_says(world, audience):
    period = make_period("2025-T1")
    whole = consolidate(period, audience=audience)
    overview = read_overview(period, audience=audience)
    for goal, unopened in zip(whole.goals, overview.followup.goals, strict=True):
        assert unopened == replace(
            goal,
            indicators=tuple(
                replace(full, parts=(), series=light.series, trend=light.trend)
                for full, light in zip(goal.indicators, unopened.indicators, strict=True)
            ),
        )
        for full, light in zip(goal.indicators, unopened.indicators, strict=True):
            assert [p.cells for p in light.trend] == [p.cells for p in full.trend][-2:]
    assert [covered.short for covered in overview.goals] == ["3 av 3", "3 av 3"]


def test_what_stands_out_is_found_by_stated_rules(world):
    first, _ = world
    Target.objects.create(indicator=first.indicator, year=2025, value=900, source="KF")
    found = read_overview(make_period("2025-T1"), audience=Audience.OTHERS).standouts
    assert [(one.kind, one.indicator_code) for one in found] == [
        ("bedomning", ""),
        ("forandring", "i-1"),
    ]
    assert "37,5" not in found[1].text
    assert "220, mot 160 i 2024-T1 (+60)" in found[1].text
    assert all(one.rule for one in found)


def test_what_is_missing_is_said_by_namnd_and_by_indicator(world):
    make_activity("rutin", make_goal(1))
    make_report(make_namnd("d"), make_period("2025-T1"), ReportState.INLAMNAD)
    lacking = read_lacking(make_period("2025-T1"))
    assert [
        (one.status.namnd_code, one.state, one.indicators, one.goals, one.activities)
        for one in lacking.namnder
    ] == [
        ("a", "Godkänd", 0, 1, 1),
        ("b", "Godkänd", 0, 1, 1),
        ("c", "Godkänd", 0, 1, 1),
        ("d", "Inlämnad", 2, 2, 1),
    ]
    assert [(i.code, i.short, [s.reason for s in i.silent]) for i in lacking.indicators] == [
        ("i-1", "3 av 4", ["ingen godkänd rapport"]),
        ("i-2", "3 av 4", ["ingen godkänd rapport"]),
    ]


def test_only_what_deviates_is_listed():
    activity = make_activity("rutin", make_goal(1))
    for code, state in (("a", "avviker"), ("b", "paborjad")):
        activity.responsibilities.create(namnd=make_namnd(code))
        approved(code).approved.statuses.create(
            activity=activity,
            state=state,
            comment="Vakant." * (state == "avviker"),
            new_date="2025-09-30" if state == "avviker" else None,
        )
    make_indicator()
    (goal,) = read_deviations(make_period("2025-T1"))
    (found,) = goal.activities
    assert [one.namnd_code for one in found.deviations] == ["a"]


def test_a_figure_is_read_beside_the_period_before_the_year_before_and_the_target():
    definition = make_indicator(direction="hogre", accumulation="hittills")
    for period, number in (("2024-T1", 50), ("2024-VB", 170), ("2025-T1", 60)):
        make_value(approved("a", period), definition, number)
    Target.objects.create(indicator=definition.indicator, year=2025, value=200, source="KF budget")
    followup = consolidate(make_period("2025-T1"), audience=Audience.OTHERS)
    found = read_beside(followup.goals[0].indicators[0])
    assert [(one.what, one.figure, one.said, one.source) for one in found] == [
        (
            "Perioden före, 2024-VB",
            "170 (1 av 1)",
            "Jämförs inte: det som räknas hittills i år läses mot samma slags rapport.",
            OWN,
        ),
        ("Samma period året före, 2024-T1", "50 (1 av 1)", "+10", OWN),
        ("Årsmål 2025", "200", "Inte uppnått än", "KF budget"),
    ]


def test_a_share_of_few_asks_for_caution():
    definition = make_indicator(aggregation=Aggregation.RATIO, unit="%")
    for code, below in (("a", 12), ("b", 300)):
        make_value(approved(code), definition, numerator=6, denominator=below)
    (goal,) = consolidate(make_period("2025-T1"), audience=Audience.OTHERS).goals
    caution = cautions(goal.indicators[0])
    assert caution.small == ("A stadsdelsnämnd",)
    assert len(caution.sentences) == 1
