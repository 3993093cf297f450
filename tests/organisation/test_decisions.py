"""What a nämnd decided: recorded from its protocol, and never changed."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from organisation.domain.decisions import (
    MAX_POINTS,
    DecisionContent,
    correct_decision,
    points_of,
    record_decision,
)
from organisation.domain.due import days_text
from organisation.domain.errors import Invalid, NotAllowed
from organisation.enums import DecisionOutcome, Role
from organisation.models import Decision, Meeting
from tests.factories import make_namnd, make_user, settle
from trace.models import Event

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 20)


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd())


def recorded(secretary, **fields) -> Decision:
    fields.setdefault("title", "Slutredovisning")
    content = DecisionContent(**fields)
    return record_decision(make_namnd(), on=DAY, content=content, actor=secretary)


def test_a_decision_registers_its_meeting_its_points_and_an_event(secretary):
    decision = recorded(
        secretary, paragraph="7", outcome=DecisionOutcome.ENLIGT, points=("Ja.", "", "Skickas.")
    )
    assert (decision.meeting.date, decision.meeting.namnd) == (DAY, make_namnd())
    assert [(p.number, p.text) for p in points_of(decision)] == [
        (1, "Ja."),
        (2, ""),
        (3, "Skickas."),
    ]
    event = Event.objects.about(decision).get()
    assert (event.actor, event.scope) == (secretary, "sodermalm")


def test_a_meeting_that_is_there_is_used(secretary):
    meeting = Meeting.objects.create(namnd=make_namnd(), date=DAY)
    assert recorded(secretary).meeting == meeting


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.NAMNDSEKRETERARE, Role.CHEF)])
def test_others_record_nothing(role):
    user = make_user(role, None if role == Role.SYSTEMFORVALTARE else make_namnd())
    with pytest.raises(NotAllowed):
        recorded(user)
    assert Meeting.objects.count() == 0


def test_another_namnds_secretary_records_nothing():
    with pytest.raises(NotAllowed):
        recorded(make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"outcome": "hittepa"}, "outcome"),
        ({"points": ("a",) * (MAX_POINTS + 1)}, "points"),
        ({"points": ("Hon har 19121212-1212.",)}, "points"),
        ({"note": "19121212-1212"}, "note"),
        ({"paragraph": "1" * 21}, "paragraph"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_place(secretary, fields, field):
    with pytest.raises(Invalid) as refusal:
        recorded(secretary, **fields)
    assert refusal.value.field == field
    assert Decision.objects.count() == 0


def test_a_meeting_to_come_has_decided_nothing(secretary, time_machine):
    time_machine.move_to(dt.datetime(2025, 3, 19, 12, tzinfo=dt.UTC))
    with pytest.raises(Invalid, match="inte varit än"):
        recorded(secretary)


def test_a_namnd_decides_while_it_exists(secretary):
    namnd = make_namnd()
    namnd.valid_from = dt.date(2026, 1, 1)
    with pytest.raises(Invalid, match="fanns inte"):
        record_decision(namnd, on=DAY, content=DecisionContent("x"), actor=secretary)


def test_a_paragraph_is_taken_once_a_meeting(secretary):
    recorded(secretary, paragraph="7")
    recorded(secretary, paragraph="8")
    recorded(secretary)
    recorded(secretary)  # not known, twice
    with pytest.raises(Invalid, match="redan registrerad"):
        recorded(secretary, paragraph="7")


def test_a_correction_is_a_new_row_that_names_the_old(secretary):
    old = recorded(secretary, paragraph="7", outcome=DecisionOutcome.ENLIGT, points=("Ja.",))
    content = DecisionContent("Slutredovisning", paragraph="7", outcome=DecisionOutcome.ANDRAT)
    new = correct_decision(old, content=content, actor=secretary, reason="Fel utfall")
    assert (new.corrects, new.meeting, new.reason) == (old, old.meeting, "Fel utfall")
    assert Decision.objects.get(pk=old.pk).outcome == DecisionOutcome.ENLIGT
    with pytest.raises(Invalid, match="redan rättat"):
        correct_decision(old, content=content, actor=secretary, reason="Igen")
    with pytest.raises(Invalid, match="vad som var fel"):
        correct_decision(new, content=content, actor=secretary, reason=" ")


def test_a_correction_takes_no_paragraph_of_another(secretary):
    old = recorded(secretary, paragraph="7")
    recorded(secretary, paragraph="8")
    with pytest.raises(Invalid, match="redan registrerad"):
        correct_decision(
            old, content=DecisionContent("x", paragraph="8"), actor=secretary, reason="Fel"
        )


STATEMENTS = [
    "UPDATE organisation_decision SET outcome = 'andrat'",
    "UPDATE organisation_decision SET opened_in = ''",
    "UPDATE organisation_decisionpoint SET text = 'annat'",
    "DELETE FROM organisation_decisionpoint",
    "DELETE FROM organisation_decision",
    "UPDATE organisation_meeting SET date = '2025-01-01'",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_what_was_decided(secretary, statement):
    recorded(secretary, points=("Ja.",))
    with (
        pytest.raises(IntegrityError, match=r"frozen|stands|keeps its day"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_recorded_decision_gets_no_more_points(secretary):
    decision = recorded(secretary, points=("Ja.",))
    settle()
    with pytest.raises(IntegrityError, match="no more points"), transaction.atomic():
        decision.points.create(number=2, text="Nej.")


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "sista dagen är i dag"),
        (1, "1 dag kvar"),
        (90, "90 dagar kvar"),
        (-1, "1 dag sen"),
        (-60, "60 dagar sen"),
        (-61, "över 2 månader sen"),
        (-730, "över 24 månader sen"),
        (-2000, "över 5 år sen"),
    ],
)
def test_a_distance_in_words(days, text):
    assert days_text(days) == text
