""" "Vad ska vår nämnd göra?": what is laid on it beside what it has adopted, and its uppdrag."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine as tm
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.domain.ledger import todo_of
from indicators.enums import PeriodState
from indicators.models import Adoption, Target
from organisation.enums import NamndGroup, NamndKind
from programme.assignment_enums import AccountKind
from programme.domain.assignment_reading import assignments_on
from tests.factories import (
    make_account,
    make_activity,
    make_assignment,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db
PAGE = "/ansvar/namnd/sodermalm/2025-T1/"
PLAN = "/verksamhetsplaner/sodermalm/2025/"


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(dt.datetime(2025, 5, 10, 12, tzinfo=dt.UTC))


def adopt_some(namnd, *activities, year=2025, **fields):
    adoption = Adoption.objects.create(
        namnd=namnd, year=year, decided_on=dt.date(year - 1, 12, 16), paragraph="12", **fields
    )
    for activity in activities:
        adoption.adopted_activities.create(activity=activity)
    return adoption


def test_each_line_says_whether_it_is_adopted_for_the_year():
    namnd, period = make_namnd(), make_period()
    taken, left = make_activity("tagen"), make_activity("lamnad")
    counted = make_indicator("i-1", goal=left.goal)

    def adopted():
        return {line.code: line.is_adopted for line in todo_of(namnd, period).lines}

    assert adopted() == {"tagen": None, "lamnad": None, "i-1": None}
    adopt_some(namnd, left, year=2024)
    adopt_some(make_namnd("bromma"), left)
    assert adopted() == {"tagen": None, "lamnad": None, "i-1": None}
    adoption = adopt_some(namnd, taken)
    assert adopted() == {"tagen": True, "lamnad": False, "i-1": False}
    adoption.adopted_indicators.create(indicator=counted.indicator)
    page = todo_of(namnd, period)
    assert (page.adoption, page.not_adopted) == (adoption, 1)


def test_the_nämnds_own_årsmål_goes_before_the_citys():
    namnd, other, period = make_namnd(), make_namnd("bromma"), make_period()
    indicator = make_indicator("i-1", unit="%").indicator
    for value, fields in (
        (60, {}),
        (70, {"valid_from": dt.date(2025, 4, 1), "decision": "KF § 1"}),
        (80, {"valid_from": dt.date(2025, 7, 1), "decision": "KF § 2"}),
        (90, {"namnd": namnd}),
    ):
        Target.objects.create(
            indicator=indicator, year=2025, value=value, is_example=True, **fields
        )

    def aim(namnd):
        (line,) = todo_of(namnd, period).lines
        assert line.aim is not None
        return line.aim.value, line.aim.is_own, line.unit

    assert aim(namnd) == (Decimal(90), True, "%")
    assert aim(other) == (Decimal(70), False, "%")


def test_the_page_shows_own_activities_the_day_and_the_ways_on(client: Client):
    namnd, goal = make_namnd(), make_goal(1)
    make_period(due_on=dt.date(2025, 5, 28))
    make_period("2025-T2", state=PeriodState.PLANERAD)
    activity = make_activity("rutin", goal)
    adoption = adopt_some(namnd, activity)
    adoption.own_activities.create(goal=make_goal(2), text="Ett eget kafé.")
    client.force_login(make_user(namnd=make_namnd("bromma")))
    page = client.get(PAGE).content.decode()
    assert "Ett eget kafé." in page
    assert "28 maj 2025" in page
    assert '<span class="state state-done">Antagen</span>' in page
    assert f'<a href="{PLAN}">Till verksamhetsplanen</a>' in page
    assert "/inrapportering/sodermalm/2025-T1/" not in page  # not approved, and another's
    plan = client.get(PLAN).content.decode()
    assert f'<a href="{PAGE}">' in plan
    client.force_login(make_user(namnd=namnd))
    page = client.get(PAGE).content.decode()
    assert '<a href="/inrapportering/sodermalm/2025-T1/">Till rapporten</a>' in page


def test_nothing_is_said_of_adoption_where_no_plan_is_registered(client: Client):
    make_activity("rutin")
    make_period()
    client.force_login(make_user())
    page = client.get(PAGE).content.decode()
    assert "Inget beslut är registrerat." in page
    assert "Antagen" not in page
    assert "Inte antagen" not in page


def test_the_open_uppdrag_of_the_nämnd_and_of_its_group_stand_with_their_days():
    namnd, other = make_namnd(), make_namnd("bromma")
    make_namnd("fack", kind=NamndKind.FACKNAMND)
    make_assignment(namnd, slug="utan-dag", title="Utan dag")
    late = make_assignment(namnd, slug="sent", title="Sent")
    make_account(late, due_on=dt.date(2025, 9, 30))
    make_account(late, kind=AccountKind.DEL, due_on=dt.date(2025, 4, 30))
    group = make_assignment(group=NamndGroup.STADSDELSNAMNDER, slug="alla", title="Alla")
    make_account(group, namnd=other, due_on=dt.date(2025, 1, 31))
    make_account(group, namnd=namnd, due_on=dt.date(2025, 6, 30))
    make_assignment(other, slug="annans", title="Annans")
    make_assignment(namnd, slug="klart", title="Klart")
    namnd.assignments.filter(slug="klart").update(state="avslutat", closed_reason="Slut")
    user = make_user(namnd=other)
    found = [
        (one.assignment.slug, one.through, [(due.what, due.deadline.days) for due in one.due])
        for one in assignments_on(namnd, user=user)
    ]
    assert found == [
        ("sent", "", [("Delredovisning", -10), ("Slutredovisning", 143)]),
        ("alla", "Alla stadsdelsnämnder", [("Slutredovisning", 51)]),
        ("utan-dag", "", []),
    ]


def test_the_page_asks_as_often_for_one_of_each_as_for_three(client: Client):
    namnd, goal = make_namnd(), make_goal(1)
    make_period(due_on=dt.date(2025, 5, 28))
    make_period("2024-T1")
    adoption = adopt_some(namnd)
    client.force_login(make_user(namnd=namnd))
    counts = []
    for number in (1, 2, 3):
        activity = make_activity(f"a-{number}", goal)
        indicator = make_indicator(f"i-{number}", goal=goal).indicator
        adoption.adopted_activities.create(activity=activity)
        adoption.adopted_indicators.create(indicator=indicator)
        adoption.own_activities.create(goal=goal, order=number, text="Eget.")
        Target.objects.create(indicator=indicator, year=2025, value=1, namnd=namnd, is_example=True)
        make_account(make_assignment(namnd, slug=f"u-{number}"), due_on=dt.date(2025, 6, number))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_the_plans_open_on_the_latest_year_that_has_something_to_adopt(client: Client):
    make_activity("rutin")
    make_goal(1, make_programme("nasta", first_year=2025, last_year=2030))
    make_programme("tomt", first_year=2026, last_year=2030)
    with tm.travel(dt.datetime(2026, 5, 10, 12, tzinfo=dt.UTC), tick=False):
        client.force_login(make_user())
        assert client.get("/verksamhetsplaner/").headers["Location"] == "/verksamhetsplaner/2025/"
