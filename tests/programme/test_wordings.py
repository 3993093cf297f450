"""Texts that change: what they say on a day, and the commands that change them."""

import datetime as dt
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.enums import PeriodState
from organisation.enums import Role
from programme.domain import read_activity, read_goal
from programme.domain.activities import change_activity_text
from programme.domain.errors import Conflict, Invalid, NotAllowed
from programme.domain.goals import change_goal_text
from tests.factories import make_activity, make_goal, make_period, make_user, make_wording
from trace.models import Event

pytestmark = pytest.mark.django_db
BEGAN = dt.date(2021, 1, 1)
DAY = dt.date(2023, 7, 1)
EVE = DAY - dt.timedelta(days=1)
SLUG = "vald-2021-2025"


@pytest.fixture
def coordinator():
    return make_user(Role.SAMORDNARE)


def reword(goal, actor, text="Ny lydelse.", on=DAY, **fields):
    fields.setdefault("decision", "Socialnämnden 2023-06-20 § 9")
    fields.setdefault("expected_version", goal.revision)
    return change_goal_text(goal, actor=actor, text=text, valid_from=on, **fields)


# What a text says --------------------------------------------------------------------------------


def test_a_text_says_what_it_began_with_until_it_is_changed():
    goal = make_goal(1, text="Den första.")
    make_wording(goal, DAY, "Den andra.", decision="Beslut § 1")
    assert goal.text_on(BEGAN) == "Den första."
    assert goal.text_on(EVE) == "Den första."
    assert goal.text_on(DAY) == "Den andra."
    said = goal.wording_on(dt.date(2030, 1, 1))
    assert (said.text, said.since, said.decision) == ("Den andra.", DAY, "Beslut § 1")


days = st.dates(dt.date(2021, 1, 2), dt.date(2025, 12, 31))


changed_and_asked = given(
    changes=st.lists(days, unique=True, max_size=6), asked=st.lists(days, max_size=6)
)


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@changed_and_asked
def test_each_day_has_one_wording_and_the_history_has_neither_gap_nor_overlap(changes, asked):
    check_wordings(changes, asked)


@pytest.mark.deep
@settings(max_examples=200, deadline=None, database=None)
@changed_and_asked
def test_so_it_is_however_often_it_is_changed(changes, asked):
    check_wordings(changes, asked)


def check_wordings(changes, asked):
    with transaction.atomic():
        activity = make_activity("a-1", make_goal(1), text="ursprunglig")
        for day in changes:  # in any order
            make_wording(activity, day, day.isoformat())
        for day in [*asked, *changes, *(d - dt.timedelta(days=1) for d in changes)]:
            held = [d for d in changes if d <= day]
            expected = max(held).isoformat() if held else "ursprunglig"
            assert activity.text_on(day) == expected
            page = read_activity(SLUG, "a-1", on=day)
            assert page.activity.text == expected
        history = read_activity(SLUG, "a-1", on=BEGAN).history[::-1]
        assert len(history) == (len(changes) + 1 if changes else 0)
        for note, following in pairwise(history):
            assert note.last + dt.timedelta(days=1) == following.first
        if history:
            assert (history[0].first, history[-1].last) == (None, None)
            assert history[0].text == "ursprunglig"
        transaction.set_rollback(True)


@pytest.mark.parametrize("fields", [{"text": ""}, {"decision": ""}])
def test_the_database_wants_words_and_a_decision(fields):
    with pytest.raises(IntegrityError, match="goal_wording_has_text_and_decision"):
        make_wording(make_goal(), DAY, **{"text": "Ny", "decision": "Beslut", **fields})


def test_the_database_wants_one_change_a_day():
    goal = make_goal()
    make_wording(goal, DAY, "En")
    with pytest.raises(IntegrityError, match="goal_reworded_once_a_day"):
        make_wording(goal, DAY, "Två")


# The command -------------------------------------------------------------------------------------


def test_a_change_keeps_what_was_said_and_is_told_in_the_trace(coordinator):
    goal = make_goal(4, text="Gammal.")
    reword(goal, coordinator)
    goal.refresh_from_db()
    assert (goal.text, goal.revision) == ("Gammal.", 1)
    page = read_goal(SLUG, 4, on=DAY)
    assert (page.text, page.wording.since) == ("Ny lydelse.", DAY)
    assert [(n.text, n.first, n.last) for n in page.history] == [
        ("Ny lydelse.", DAY, None),
        ("Gammal.", None, EVE),
    ]
    event = Event.objects.get(verb="mal-ny-lydelse")
    assert event.summary == (
        "Ändrade texten till mål 4 i Program mot våld 2021–2025 från 2023-07-01"
    )
    assert event.reason == "Socialnämnden 2023-06-20 § 9"


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.SAMORDNARE])
def test_nobody_but_the_coordinator_changes_a_text(role):
    goal = make_goal()
    with pytest.raises(NotAllowed):
        reword(goal, make_user(role))
    assert not goal.wordings.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "Gammal."}, "text"),
        ({"text": "Hon har 19121212-1212."}, "text"),
        ({"decision": " "}, "decision"),
        ({"on": BEGAN}, "valid_from"),
        ({"on": dt.date(2020, 12, 31)}, "valid_from"),
        ({"on": dt.date(2026, 1, 1)}, "valid_from"),
    ],
)
def test_what_is_no_change_is_refused_at_its_field(coordinator, fields, field):
    goal = make_goal(1, text="Gammal.")
    with pytest.raises(Invalid) as refusal:
        reword(goal, coordinator, **fields)
    assert refusal.value.field == field
    assert not goal.wordings.exists()


def test_who_comes_second_is_told_what_the_text_says_now(coordinator):
    goal = make_goal(1, text="Gammal.")
    reword(goal, coordinator, "Den förstas.")
    with pytest.raises(Conflict) as conflict:
        reword(goal, coordinator, "Den andras.", expected_version=0)
    assert (conflict.value.revision, conflict.value.theirs) == (1, "Den förstas.")
    assert goal.wordings.count() == 1


def test_an_activity_changes_by_the_same_rule(coordinator):
    activity = make_activity("skydd", text="Gammal.")
    change_activity_text(
        activity,
        actor=coordinator,
        expected_version=0,
        text="Ny.",
        valid_from=DAY,
        decision="Beslut § 1",
    )
    assert read_activity(SLUG, "skydd", on=EVE).activity.text == "Gammal."
    assert read_activity(SLUG, "skydd", on=DAY).activity.text == "Ny."
    assert Event.objects.get().verb == "aktivitet-ny-lydelse"


@pytest.mark.parametrize("change", [change_goal_text, change_activity_text])
def test_a_text_does_not_change_back_into_what_a_locked_follow_up_says(coordinator, change):
    goal = make_goal(1)
    row = goal if change is change_goal_text else make_activity("a-1", goal)
    make_period("2023-T1", state=PeriodState.LAST)
    make_period("2023-T2", state=PeriodState.LAST)
    make_period("2023-VB", state=PeriodState.STANGD)
    make_period("2026-T1", state=PeriodState.LAST)

    def reword_from(day: dt.date):
        return change(
            row,
            actor=coordinator,
            expected_version=row.revision,
            text="Ny lydelse.",
            valid_from=day,
            decision="§ 9",
        )

    with pytest.raises(Invalid) as refused:
        reword_from(dt.date(2023, 8, 31))
    assert refused.value.field == "valid_from"
    assert refused.value.message == (
        "Perioderna till och med 2023-08-31 är låsta, och deras uppföljning läses med den lydelse "
        "som gällde då. En ändring kan gälla tidigast från 2023-09-01."
    )
    assert not row.wordings.exists()
    reword_from(dt.date(2023, 9, 1))
    assert row.text_on(dt.date(2023, 9, 1)) == "Ny lydelse."
