"""A goal's page: what the parts of the house know of it, laid side by side."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

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


@pytest.mark.parametrize("address", [PAGE, "/program/vald-2021-2025/", "/program/"])
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
        make_value(make_report(make_namnd(f"n-{number}"), period, "godkand"), definition, 20)
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
