"""A goal's page: what the parts of the house know of it, laid side by side."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.enums import ActivityState, PeriodState
from indicators.models import ActivityStatus
from organisation.enums import Role
from programme.domain.errors import Invalid
from programme.domain.goals import remove_goal
from remisser.models import RemissGoal
from tests.factories import (
    make_account,
    make_activity,
    make_assignment,
    make_goal,
    make_indicator,
    make_link,
    make_namnd,
    make_part,
    make_period,
    make_precondition,
    make_programme,
    make_reference,
    make_remiss,
    make_report,
    make_user,
    make_value,
    make_wording,
)

pytestmark = pytest.mark.django_db
PAGE = "/program/vald-2021-2025/mal/1/"


def test_the_page_lists_the_remisser_that_concern_the_goal(client: Client):
    goal = make_goal(1)
    remiss = make_remiss("KS 2025/1", title="Motion om stöd")
    RemissGoal.objects.create(remiss=remiss, goal=goal, source="Motionens första att-sats")
    RemissGoal.objects.create(
        remiss=make_remiss("KS 2025/2", title="Om annat"), goal=make_goal(2), source="Motionen"
    )
    client.force_login(make_user())
    page = client.get(PAGE).content.decode()
    assert '<a class="row-head" href="/remisser/ks-2025-1/">Motion om stöd</a>' in page
    assert "Källa: Motionens första att-sats" in page
    assert "Om annat" not in page


def test_the_page_lists_the_uppdrag_that_work_towards_the_goal(client: Client, time_machine):
    time_machine.move_to(dt.datetime(2025, 5, 10, 12, tzinfo=dt.UTC))
    towards = {"goals": (make_goal(1),), "goals_source": "Budgeten"}
    make_assignment(title="Utan dag", slug="utan-dag", **towards)
    late = make_assignment(title="Sent", slug="sent", **towards)
    make_account(late, due_on=dt.date(2025, 4, 30))
    make_assignment(title="Om annat", goals=(make_goal(2),), goals_source="Budgeten")
    client.force_login(make_user())
    page = " ".join(client.get(PAGE).content.decode().split())
    assert page.index("Uppdrag som bidrar till målet") < page.index("Sent") < page.index("Utan dag")
    assert f'<a class="row-head" href="{reverse("assignment", args=["sent"])}">Sent</a>' in page
    assert "Slutredovisning senast 30 april 2025" in page
    assert "10 dagar sen" in page
    assert "Pågår" in page
    assert "Källa: Budgeten" in page
    assert "Om annat" not in page


def test_a_goal_that_a_remiss_concerns_is_not_removed():
    goal = make_goal(1)
    RemissGoal.objects.create(remiss=make_remiss(), goal=goal, source="Motionen")
    with pytest.raises(Invalid, match="där finns remissernas mål"):
        remove_goal(goal, actor=make_user("samordnare"), expected_version=0)


ACTIVITY = "/program/vald-2021-2025/aktivitet/a-1/"


def say_status(report, activity, state: str) -> None:
    ActivityStatus.objects.create(version=report.current, activity=activity, state=state)


def test_an_activity_shows_what_its_goal_is_followed_by(client: Client):
    goal, period = make_goal(1), make_period("2024-VB", state=PeriodState.LAST)
    make_activity("a-1", goal)
    few = make_indicator("i-1", goal=goal, name="Få personer", counts_people=True)
    many = make_indicator("i-2", goal=goal, name="Många personer", counts_people=True)
    make_indicator("i-3", goal=make_goal(2), name="Ett annat måls")
    draft = make_indicator("i-4", goal=goal, name="Bara utkast")
    report = make_report(make_namnd(), period, "godkand")
    make_value(report, few, 3)
    make_value(report, many, 12_345)
    make_value(make_report(make_namnd("bromma"), period), draft, 98_765)
    RemissGoal.objects.create(remiss=make_remiss("KS 2025/1"), goal=goal, source="Motionen")
    RemissGoal.objects.create(
        remiss=make_remiss("KS 2025/2", title="Om annat"), goal=make_goal(2), source="Motionen"
    )
    make_assignment(title="Modellen", goals=(goal,), goals_source="Budgeten")
    for role in (Role.LASARE, Role.SAMORDNARE):
        client.force_login(make_user(role))
        page = client.get(ACTIVITY).content.decode()
        assert "Få personer" in page
        assert '<span class="no-figure protected">skyddad uppgift</span>' in page
        assert "12\N{NO-BREAK SPACE}345" in page
        assert "98\N{NO-BREAK SPACE}765" not in page
        assert "Modellen" in page
        assert 'href="/remisser/ks-2025-1/"' in page
        assert "Om annat" not in page
        assert "Ett annat måls" not in page


def test_how_far_the_activities_have_come_stands_by_goal_and_by_activity(client: Client):
    goal = make_goal(1)
    one, two = make_activity("a-1", goal), make_activity("a-2", goal)
    in_part = make_activity("a-3", make_part(goal, 1))
    closed = make_report(make_namnd(), make_period("2024-VB", state=PeriodState.STANGD), "godkand")
    make_namnd("bromma")
    for row, state in ((one, "paborjad"), (two, "genomford"), (in_part, "genomford")):
        say_status(closed, row, state)
    open_now = make_report(make_namnd(), make_period("2025-T1"), "godkand")
    say_status(open_now, one, ActivityState.EJ_PABORJAD)
    client.force_login(make_user())
    page = " ".join(client.get(PAGE).content.decode().split())
    assert "Verksamhetsberättelse 2024: 1 av 4 åtaganden är påbörjat och ett är genomfört" in page
    assert "Påbörjad i 1 av 2 ansvariga nämnder" in page
    whole = " ".join(client.get("/program/vald-2021-2025/").content.decode().split())
    assert "2 av 6 åtaganden är genomförda" in whole


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        ACTIVITY,
        "/program/vald-2021-2025/",
        "/program/",
        "/program/vald-2021-2025/ladda-ned/docx/",
        "/program/vald-2021-2025/ladda-ned/pdf/",
    ],
)
def test_no_page_asks_more_when_there_is_more_on_it(client: Client, address: str):
    goal, period = make_goal(1), make_period("2025-T1")
    client.force_login(make_user())

    def add(number: int) -> None:
        make_part(goal, number)
        activity = make_activity(f"a-{number}", goal)
        make_wording(goal, period.starts_on.replace(day=number + 1), f"Mål, {number}")
        make_wording(activity, period.ends_on, f"Aktivitet, {number}")
        make_precondition(goal)
        make_link(goal, make_goal(number, make_reference()))
        make_programme(f"program-{number}")
        definition = make_indicator(f"i-{number}", goal=goal)
        report = make_report(make_namnd(f"n-{number}"), period, "godkand")
        make_value(report, definition, 20)
        say_status(report, activity, "paborjad")
        make_goal(number + 5)
        remiss = make_remiss(f"KS 2025/{number}")
        RemissGoal.objects.create(remiss=remiss, goal=goal, source="Motionen")
        make_account(make_assignment(goals=(goal,), goals_source="Budgeten"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add(1)
    with_one = queries()
    add(2)
    add(3)
    assert queries() == with_one
