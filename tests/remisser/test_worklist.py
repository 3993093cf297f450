"""My answers and the nämnd's: by due date and by step, with what is next and who has it."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import Role
from organisation.models import Meeting
from papers.domain.attest import send_to_attest
from papers.domain.tasks import give_section
from papers.enums import PaperState
from papers.models import Paper
from remisser.domain.lint import look_over
from remisser.domain.plans import replan
from remisser.domain.worklist import COLUMNS, Chosen, worklist
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_remiss,
    make_user,
    ready_answer,
    triggers_asleep,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 3, 3)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2025-03-03 12:00 +0100", tick=False):
        yield


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


def instance(number: int, due: dt.date | None = dt.date(2025, 5, 2), code: str = "sodermalm"):
    remiss = make_remiss(f"KS 2025/{number}", slug=f"r-{number}", received_on=TODAY)
    return make_instance(remiss, make_namnd(code), due_on=due)


def rows(user, **chosen):
    return worklist(user, Chosen(**chosen), today=TODAY).rows


def test_each_answer_says_how_long_is_left_what_is_next_and_who_has_it(secretary):
    late = instance(1, dt.date(2025, 3, 1))
    make_answer(instance(2), secretary)
    other = make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Ulla")
    instance(3, None)
    found = rows(secretary)
    assert [(r.instance.remiss.dnr, r.state_label, r.days_left, r.next_step) for r in found] == [
        ("KS 2025/1", "Inte påbörjat", "2 dagar sen", "Påbörja svaret"),
        ("KS 2025/2", "Utkast", "60 dagar kvar", "Skriv färdigt och skicka till attest"),
        ("KS 2025/3", "Inte påbörjat", "", "Påbörja svaret"),
    ]
    assert [(r.is_late, r.who, r.is_mine) for r in found] == [
        (True, "Siv, Ulla", True),
        (False, "Siv", True),
        (False, "Siv, Ulla", True),
    ]
    assert [r.is_mine for r in rows(other)] == [True, False, True]
    assert len(rows(other, only_mine=True)) == 2
    assert [r.instance for r in rows(other, person=other.pk)] == [late, found[2].instance]


def test_under_attest_it_is_with_the_head_whose_turn_it_is(secretary):
    answer = ready_answer(instance(1), secretary)
    heads = [make_user(Role.CHEF, make_namnd(), name=name) for name in ("Anna", "Bo")]
    send_to_attest(
        answer.paper,
        actor=secretary,
        expected_version=answer.paper.revision,
        attestants=heads,
        look=lambda paper: look_over(answer, paper),
    )
    (row,) = rows(heads[0])
    assert (row.who, row.is_mine, row.next_step) == ("Anna", True, "Attestera")
    assert not rows(heads[1])[0].is_mine


def test_who_was_given_a_section_has_it_too(secretary):
    answer = make_answer(instance(1), secretary)
    writer = make_user(Role.LASARE, make_namnd(), name="Vera")
    give_section(
        answer.paper,
        key="sammanfattning",
        person=writer,
        unit="Enheten",
        due_on=TODAY,
        actor=secretary,
    )
    (row,) = rows(writer, only_mine=True)
    assert (row.also, row.is_mine) == ((writer,), True)
    assert [r.instance for r in rows(secretary, person=writer.pk)] == [row.instance]


@pytest.mark.parametrize(
    ("state", "next_step", "who"),
    [
        (PaperState.ATTESTERAD, "Skicka ut till nämnden", "Siv"),
        (PaperState.UTSKICKAD, "Nämnden behandlar svaret 2025-04-03", "Nämnden"),
        (PaperState.ATERREMITTERAD, "Skriv om i en ny version", "Siv"),
        (PaperState.BORDLAGD, "Skicka ut till nämnden", "Siv"),
        (PaperState.BESLUTAD, "Expediera", "Siv"),
    ],
)
def test_each_state_has_its_next_step_and_its_column(secretary, state, next_step, who):
    answer = make_answer(instance(1), secretary)
    meeting = Meeting.objects.create(namnd=make_namnd(), date=dt.date(2025, 4, 3))
    with triggers_asleep():
        Paper.objects.filter(pk=answer.paper_id).update(state=state, meeting=meeting)
    found = worklist(secretary, Chosen(), today=TODAY)
    assert [(row.next_step, row.who) for row in found.rows] == [(next_step, who)]
    (column,) = [name for name, inside in found.columns if inside]
    assert state in dict(COLUMNS)[column]


def test_every_state_of_a_paper_has_one_column():
    states = [state for _, states in COLUMNS for state in states]
    assert sorted(states) == sorted(["", *PaperState])


def test_what_is_sent_is_no_work_but_stands_last_on_the_board(secretary):
    answer = make_answer(instance(1), secretary)
    with triggers_asleep():
        Paper.objects.filter(pk=answer.paper_id).update(state=PaperState.EXPEDIERAD)
    assert rows(secretary) == ()
    assert [row.who for row in rows(secretary, everything=True)] == [""]
    board = worklist(secretary, Chosen(), today=TODAY, with_sent=True)
    assert len(dict(board.columns)["Expedierat"]) == 1


def test_what_is_long_past_is_history_until_it_is_asked_for(secretary):
    instance(1, dt.date(2024, 1, 1))
    assert rows(secretary) == ()
    assert len(rows(secretary, everything=True)) == 1


def test_the_plan_says_when_the_next_step_is(secretary):
    Meeting.objects.create(namnd=make_namnd(), date=dt.date(2025, 4, 3))
    found = instance(1)
    replan(make_namnd().pk, actor=None, because="")
    (row,) = rows(secretary)
    drafted = next(
        s["on"] for s in found.__class__.objects.get().plan.steps if s["step"] == "utkast"
    )
    assert row.next_on == dt.date.fromisoformat(drafted)


def test_nobody_sees_how_far_another_namnd_has_come(secretary, client):
    make_answer(instance(1, code="bromma"), make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")))
    instance(2)
    assert [row.namnd.code for row in rows(secretary, everything=True)] == ["sodermalm"]
    for role in (Role.LEDAMOT, Role.SAMORDNARE, Role.REMITTENT):
        person = make_user(role, make_namnd())
        assert rows(person, everything=True) == ()
        client.force_login(person)
        for name in ("answer-list", "answer-board"):
            page = client.get(reverse(name), {"visa": "alla", "namnd": "bromma"}).content.decode()
            assert "KS 2025/" not in page


def test_several_namnder_can_be_chosen_among(secretary):
    first, second = make_namnd(), make_namnd("bromma")
    secretary.memberships.create(namnd=second, role=Role.NAMNDSEKRETERARE)
    secretary.__dict__.pop("access", None)
    instance(1), instance(2, code="bromma")
    found = worklist(secretary, Chosen(), today=TODAY)
    assert set(found.namnder) == {first, second}
    assert [row.namnd for row in rows(secretary, namnd="bromma")] == [second]


@pytest.mark.parametrize("name", ["answer-list", "answer-board"])
def test_the_page_asks_the_same_of_one_and_of_three(secretary, client, name):
    client.force_login(secretary)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "KS 2025/1" in client.get(reverse(name)).content.decode()
        return len(queries)

    head = make_user(Role.CHEF, make_namnd())
    for number in range(1, 4):
        answer = ready_answer(instance(number), secretary)
        give_section(
            answer.paper,
            key="sammanfattning",
            person=head,
            unit="Enheten",
            due_on=TODAY,
            actor=secretary,
        )
        send_to_attest(
            answer.paper,
            actor=secretary,
            expected_version=answer.paper.revision,
            attestants=[head],
            look=lambda paper, answer=answer: look_over(answer, paper),
        )
        if number == 1:
            asked()
            one = asked()
    assert asked() == one


@pytest.mark.parametrize(
    "query", [{"person": "x"}, {"person": "9" * 30}, {"namnd": "nej"}, {"vems": "x", "visa": "y"}]
)
def test_a_choice_that_means_nothing_is_no_error(secretary, client, query):
    client.force_login(secretary)
    assert client.get(reverse("answer-list"), query).status_code == 200
