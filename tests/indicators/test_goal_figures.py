"""The latest figures of a goal, on its page; and goals in the words of a period."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.expected import expected_in
from indicators.domain.goal_figures import read_goal_figures
from indicators.domain.sheet import entry_sheet
from indicators.enums import IndicatorKind, PeriodState, ReportState
from indicators.exports.charts import spark
from organisation.enums import Role
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_part,
    make_period,
    make_reference,
    make_report,
    make_user,
    make_value,
    make_wording,
)

pytestmark = pytest.mark.django_db
DONE = ReportState.GODKAND


def report(namnd, period, definition, number, state=DONE, **fields):
    made = make_report(make_namnd(namnd), make_period(period, **fields), state)
    make_value(made, definition, number)
    return made


def figures(goal, audience=Audience.OTHERS):
    return {
        f.code: (f.period_code, str(f.result.cells.total) if f.result else "", f.under_way)
        for f in read_goal_figures(goal.pk, audience=audience, today=dt.date(2025, 5, 5))
    }


def test_the_figure_is_of_the_latest_closed_period_and_the_one_under_way_is_told():
    goal = make_goal(1)
    definition = make_indicator("i-1", goal=goal)
    make_indicator("i-2", goal=goal)
    make_indicator("i-3", goal=goal, valid_from=dt.date(2031, 1, 1))
    make_indicator("annat", goal=make_goal(2))
    for year, number in ((2023, 10), (2024, 14)):
        period = make_period(f"{year}-VB", state=PeriodState.LAST)
        for namnd in ("bromma", "farsta"):
            made = make_report(make_namnd(namnd), period, DONE)
            make_value(made, definition, number)
    report("bromma", "2025-T1", definition, 90)
    found = figures(goal)
    assert found["i-1"] == ("2024-VB", "28", "2025-T1: 1 av 2")
    assert found["i-2"] == ("", "", "")
    assert "annat" not in found
    (first, *_) = read_goal_figures(goal.pk, audience=Audience.OTHERS)
    assert first.result.comparison.change == "+8"
    assert first.result.comparison.period_code == "2023-VB"


def test_only_approved_reports_count():
    goal = make_goal(1)
    definition = make_indicator("i-1", goal=goal)
    report("bromma", "2025-T1", definition, 50, state=ReportState.UTKAST)
    assert figures(goal) == {"i-1": ("", "", "")}


def test_a_small_number_is_protected_on_the_page_whoever_asks(client):
    goal = make_goal(1)
    definition = make_indicator("i-1", goal=goal, counts_people=True)
    report("bromma", "2025-T1", definition, 3)
    assert figures(goal)["i-1"][1] == "skyddad uppgift"
    assert figures(goal, Audience.COORDINATOR)["i-1"][1] == "3"
    for role in (Role.SAMORDNARE, Role.LASARE):
        client.force_login(make_user(role))
        page = client.get("/program/vald-2021-2025/mal/1/").content.decode()
        assert "skyddad uppgift" in page
        assert '<td class="num">3</td>' not in page


def test_an_utvecklingsindikator_says_that_it_has_no_source(client):
    definition = make_indicator("i-1", goal=make_goal(1))
    type(definition.indicator).objects.update(kind=IndicatorKind.UTVECKLINGSINDIKATOR)
    make_period("2025-T1")
    client.force_login(make_user())
    assert "har ingen datakälla än" in client.get("/program/vald-2021-2025/mal/1/").content.decode()


def test_the_number_of_queries_follows_neither_indicators_nor_nämnder():
    goal = make_goal(1)

    def add(number):
        definition = make_indicator(f"i-{number}", goal=goal)
        for namnd in range(number):
            report(f"namnd-{number}-{namnd}", "2025-T1", definition, 20)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            read_goal_figures(goal.pk, audience=Audience.OTHERS)
        return len(captured)

    add(1)
    with_one = queries()
    add(2)
    add(3)
    assert queries() == with_one


# Goals in the words of the period ----------------------------------------------------------------


def test_a_follow_up_and_a_report_show_the_words_of_the_periods_last_day():
    goal = make_goal(1, text="Gammal.")
    make_wording(goal, dt.date(2025, 4, 30), "Ny.")
    make_indicator("i-1", goal=goal)
    for code, text in (("2024-VB", "Gammal."), ("2025-T1", "Ny.")):
        made = make_report(make_namnd("bromma"), make_period(code))
        (result,) = consolidate(made.period, audience=Audience.OTHERS).goals
        assert (result.text, result.heading) == (text, f"Mål 1. {text}")
        assert [g.text for g in entry_sheet(made).goals] == [text]


def test_nobody_reports_on_a_reference_programme():
    make_goal(1)
    make_goal(1, make_reference())
    goals = expected_in(make_period("2025-T1")).goals.values()
    assert [goal.programme.slug for goal in goals] == ["vald-2021-2025"]


def test_delmål_stand_after_their_goal_and_one_that_has_ceased_is_not_asked_for():
    first, second = make_goal(1), make_goal(2)
    make_part(first, 2)
    make_part(second, 1, valid_to=dt.date(2024, 12, 31))
    assert [g.code for g in expected_in(make_period("2025-T1")).goals.values()] == ["1", "1.2", "2"]
    assert [g.code for g in expected_in(make_period("2024-VB")).goals.values()] == [
        "1", "1.2", "2", "2.1",
    ]  # fmt: skip


def test_a_small_line_breaks_where_figures_may_not_be_compared():
    goal = make_goal(1)
    definition = make_indicator("i-1", goal=goal, counts_people=True)
    for year, number in ((2021, 50), (2022, 75), (2023, 2), (2024, 100), (2025, 50)):
        report("bromma", f"{year}-VB", definition, number)
    (figure,) = read_goal_figures(goal.pk, audience=Audience.OTHERS)
    svg = spark(figure.result)
    # Zero at the bottom (26), the highest at the top (4); the protected year leaves a gap.
    assert re.findall(r'points="([^"]*)"', svg) == ["4.0,15.0 31.0,9.5", "85.0,4.0 112.0,15.0"]
    assert "VB 2023 skyddad uppgift; VB 2024 100; VB 2025 50." in svg
    assert "style=" not in svg


def test_two_figures_are_no_line():
    goal = make_goal(1)
    definition = make_indicator("i-1", goal=goal)
    for year in (2021, 2022):
        report("bromma", f"{year}-VB", definition, 50)
    (figure,) = read_goal_figures(goal.pk, audience=Audience.OTHERS)
    assert spark(figure.result) == ""
