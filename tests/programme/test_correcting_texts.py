"""A slip of the pen is put right with a reason, and what is locked reads as it was written."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from indicators.enums import PeriodState
from organisation.enums import Role
from programme.domain import read_activity, read_goal
from programme.domain.correcting import correct_text, correctable
from programme.domain.errors import Conflict, Invalid, NotAllowed
from programme.models import Activity, Goal
from tests.factories import make_activity, make_goal, make_period, make_user, make_wording
from trace.models import Event

pytestmark = pytest.mark.django_db
SLUG = "vald-2021-2025"
LAST = dt.date(2023, 4, 30)
NEXT = dt.date(2023, 5, 1)


@pytest.fixture
def coordinator():
    return make_user(Role.SAMORDNARE)


def correct(row, actor, text="Rätt ord.", since=None, reason="Ett ord föll bort.", **fields):
    fields.setdefault("expected_version", row.revision)
    correct_text(row, actor=actor, since=since, text=text, reason=reason, **fields)


def lock():
    make_period("2023-T1", state=PeriodState.LAST)


def test_before_anything_is_locked_the_text_itself_is_put_right(coordinator):
    goal = make_goal(4, text="Fel ord.")
    correct(goal, coordinator)
    goal.refresh_from_db()
    assert (goal.text, goal.revision, goal.wordings.count()) == ("Rätt ord.", 1, 0)
    event = Event.objects.get(verb="mal-rattat")
    assert (event.summary, event.reason) == ("Rättade texten till mål 4", "Ett ord föll bort.")


def test_what_is_locked_reads_as_it_was_written_and_the_rest_as_put_right(coordinator):
    lock()
    activity = make_activity("a-1", text="Fel ord.")
    correct(activity, coordinator)
    assert read_activity(SLUG, "a-1", on=LAST).activity.text == "Fel ord."
    page = read_activity(SLUG, "a-1", on=NEXT)
    assert page.activity.text == "Rätt ord."
    assert [(n.text, n.first, n.reason, n.decision) for n in page.history] == [
        ("Rätt ord.", NEXT, "Ett ord föll bort.", ""),
        ("Fel ord.", None, "", ""),
    ]
    event = Event.objects.get(verb="aktivitet-rattad")
    assert event.summary == "Rättade texten till aktiviteten a-1 från 2023-05-01"


def test_a_wording_that_began_after_what_is_locked_is_put_right_where_it_is(coordinator):
    lock()
    goal = make_goal(1, text="Först.")
    wording = make_wording(goal, dt.date(2024, 1, 1), "Fel ord.")
    correct(goal, coordinator, since=dt.date(2024, 1, 1))
    wording.refresh_from_db()
    assert (wording.text, wording.decision) == ("Rätt ord.", "Socialnämnden 2022-12-13 § 7")
    assert not wording.is_correction
    assert goal.wordings.count() == 1


def test_a_wording_that_held_in_locked_periods_only_cannot_be_put_right(coordinator):
    goal = make_goal(1, text="Först.")
    make_wording(goal, dt.date(2023, 1, 1), "Sedan.")
    lock()
    assert [(c.since, c.holds_from) for c in correctable(goal)] == [(dt.date(2023, 1, 1), NEXT)]
    with pytest.raises(Invalid) as refused:
        correct(goal, coordinator)
    assert refused.value.field == "since"
    correct(goal, coordinator, since=dt.date(2023, 1, 1))
    assert read_goal(SLUG, 1, on=LAST).text == "Sedan."
    assert read_goal(SLUG, 1, on=NEXT).text == "Rätt ord."


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "Gammal."}, "text"),
        ({"text": "Hon har 19121212-1212."}, "text"),
        ({"reason": " "}, "reason"),
        ({"reason": "19121212-1212"}, "reason"),
        ({"since": dt.date(2024, 1, 1)}, "since"),
    ],
)
def test_what_is_no_correction_is_refused_at_its_field(coordinator, fields, field):
    goal = make_goal(1, text="Gammal.")
    with pytest.raises(Invalid) as refusal:
        correct(goal, coordinator, **fields)
    assert refusal.value.field == field
    assert Goal.objects.get().text == "Gammal."


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.SAMORDNARE])
def test_nobody_but_the_coordinator_corrects(role):
    with pytest.raises(NotAllowed):
        correct(make_goal(), make_user(role))


def test_who_comes_second_is_told_what_it_says_now(coordinator):
    goal = make_goal(1, text="Gammal.")
    correct(goal, coordinator, "Den förstas.")
    with pytest.raises(Conflict) as conflict:
        correct(goal, coordinator, "Den andras.", expected_version=0)
    assert conflict.value.theirs == "Den förstas."


@pytest.mark.parametrize(
    "fields", [{"is_correction": True}, {"reason": "Fel."}, {"is_correction": True, "reason": " "}]
)
def test_the_database_wants_a_reason_for_a_correction_and_for_nothing_else(fields):
    with pytest.raises(IntegrityError, match="goal_wording_has_text_and_decision"):
        make_wording(make_goal(), NEXT, "Ny.", **{"decision": "§ 1", **fields})


@pytest.mark.parametrize("name", ["goal-correct", "activity-correct"])
def test_the_page_says_from_when_it_holds_and_afterwards_why(client: Client, coordinator, name):
    lock()
    goal = make_goal(1, text="Fel ord.")
    activity = make_activity("a-1", goal, text="Fel ord.")
    row, code = (goal, "1") if name == "goal-correct" else (activity, "a-1")
    client.force_login(coordinator)
    url = reverse(name, args=[SLUG, code])
    page = client.get(url).content.decode()
    assert "Den ursprungliga lydelsen (rättas från 2023-05-01)" in page
    sent = {"revision": row.revision, "since": "", "text": "Rätt ord.", "reason": "Ett ord."}
    home = client.post(url, sent).headers["Location"]
    assert "Rättelse: Ett ord." in client.get(home).content.decode()
    told = client.get(f"{home}historik/").content.decode()
    assert "Rätt ord." in told
    assert {Goal: 1, Activity: 1}[type(row)] == row.wordings.count()
