"""A cell saved from a page: what is answered, and in which words."""

import datetime as dt
import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.enums import PeriodState, ReportState
from indicators.models import GoalGrade, Report, Value
from organisation.enums import Role
from organisation.models import Membership
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)

pytestmark = pytest.mark.django_db

SAVE = reverse("report-autosave", args=["sodermalm", "2025-T1"])
NUMBER = "v-i-1-totalt-utfall"


@pytest.fixture
def person(client):
    make_period()
    user = make_user(Role.UPPGIFTSLAMNARE, make_namnd(), name="Anna Ek")
    client.force_login(user)
    return user


def save(client, cell="v-i-1", *, seen=None, **fields):
    fields = {name.replace("__", "-"): text for name, text in fields.items()}
    return client.post(SAVE, {"cell": cell, "seen": json.dumps(seen or {})} | fields)


def test_what_is_saved_is_answered_as_it_is_written(client, person):
    make_indicator()
    answer = save(client, **{NUMBER: "1234,50", "v__i__1__totalt__kommentar": "Ungefär\r\nså"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["saved"][NUMBER] == "1\u00a0234,5"
    assert told["saved"]["v-i-1-totalt-kommentar"] == "Ungefär\nså"
    assert (told["revision"], told["filled"], told["warnings"]) == (1, True, [])
    assert Value.objects.get().entered_by == person


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.000", "”1.000” kan betyda 1 000 eller 1,0."),
        ("tolv", "”tolv” är inte ett tal."),
        ("-1", "Utfallet kan inte vara negativt."),
        ("1\x002", "Talet innehåller osynliga tecken"),
    ],
)
def test_what_is_wrong_is_answered_at_its_field(client, person, typed, words):
    make_indicator()
    answer = save(client, **{NUMBER: typed})
    assert answer.status_code in (400, 422)
    if answer.status_code == 422:
        assert answer.json()["problems"][NUMBER].startswith(words)
    assert Report.objects.count() == 0


def test_a_personnummer_is_stopped(client, person):
    make_indicator()
    answer = save(client, **{NUMBER: "1", "v__i__1__totalt__kommentar": "Ring 850709-9805"})
    assert "ser ut som ett personnummer" in answer.json()["problems"]["v-i-1-totalt-kommentar"]
    answer = save(client, "g-vald-2021-2025-1", **{"g-vald-2021-2025-1-analys": "850709-9805"})
    assert list(answer.json()["problems"]) == ["g-vald-2021-2025-1-analys"]
    assert (Value.objects.count(), GoalGrade.objects.count()) == (0, 0)


def test_somebody_elses_text_is_answered_with_name_and_time(client, person):
    definition = make_indicator()
    make_value(make_report(), definition, 5, entered_by=make_user(name="Bo Alm"))
    answer = save(client, **{NUMBER: "6"})
    assert answer.status_code == 409
    told = answer.json()
    assert (told["by"], told["theirs"][NUMBER]) == ("Bo Alm", "5")
    assert save(client, seen=told["theirs"], **{NUMBER: "6"}).status_code == 200
    # The same person in another window, who has not seen that either.
    assert save(client, seen=told["theirs"], **{NUMBER: "7"}).json()["by"] == "Du själv"


def test_a_bad_number_is_said_before_the_choice_between_two(client, person):
    """A choice between two texts is for such as can stand."""
    definition = make_indicator()
    make_value(make_report(), definition, 5, entered_by=make_user(name="Bo Alm"))
    refused = save(client, **{NUMBER: "-6"})
    assert refused.status_code == 422
    assert list(refused.json()["problems"]) == [NUMBER]
    assert save(client, **{NUMBER: "6"}).status_code == 409
    assert Value.objects.get().number == 5


@pytest.mark.parametrize(
    "name", ["", "x-i-1", "v-", "v-å", "g-vald-2021-2025", "v-i-1\x00", "g-vald-2021-2025-4.2.1"]
)
def test_what_is_no_cell_is_a_bad_request(client, person, name):
    assert client.post(SAVE, {"cell": name, "x": "1"}).status_code == 400


def test_a_cell_without_fields_is_a_bad_request(client, person):
    make_indicator()
    assert save(client).status_code == 400


def test_closed_and_handed_in_are_told_in_words(client, person):
    make_indicator()
    report = make_report(state=ReportState.INLAMNAD)
    answer = save(client, **{NUMBER: "1"})
    assert answer.status_code == 423
    assert answer.json()["message"].startswith("Rapporten är inlämnad")
    Report.objects.filter(pk=report.pk).update(state=ReportState.ATERSAND)
    period = report.period
    period.state = PeriodState.STANGD
    period.save()
    assert "stängd" in save(client, **{NUMBER: "1"}).json()["message"]


def test_a_right_taken_away_works_on_the_next_save(client, person):
    make_indicator()
    assert save(client, **{NUMBER: "1"}).status_code == 200
    Membership.objects.filter(user=person).update(role=Role.LASARE)
    answer = save(client, seen={NUMBER: "1"}, **{NUMBER: "2"})
    assert (answer.status_code, Value.objects.get().number) == (403, 1)
    assert "Du kan inte längre fylla i rapporten" in answer.json()["message"]
    assert save(client, **{NUMBER: "inget tal"}).status_code == 403


def test_who_is_signed_out_is_sent_to_sign_in(client):
    make_indicator()
    answer = save(client, **{NUMBER: "1"})
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/logga-in/")


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_pages_ask_as_many_questions_for_seventy_indicators_as_for_seven(client, person):
    report, goal = make_report(), make_goal()
    make_activity("a-1", goal)
    pages = [
        reverse("report", args=["sodermalm", "2025-T1"]),
        reverse("report-goal", args=["sodermalm", "2025-T1", "1"]),
    ]

    def add(numbers):
        for n in numbers:
            make_value(report, make_indicator(f"i-{n}", goal=goal), 4, entered_by=person)

    add(range(1, 8))
    seven = [queries(client, url) for url in pages]
    add(range(8, 71))
    assert [queries(client, url) for url in pages] == seven
    assert max(seven) <= 12


def test_the_task_list_says_how_far_each_goal_has_come_and_who_works_on_it(client, person):
    for number in (1, 2, 3):
        make_indicator(f"i-{number}", goal=make_goal(number))
    save(client, "v-i-1", **{NUMBER: "1"})
    save(client, "g-vald-2021-2025-1", **{"g-vald-2021-2025-1-bedomning": "helt"})
    save(client, "v-i-2", **{"v-i-2-totalt-saknas": "sekretess"})
    body = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
    _, _, after = body.partition('class="rows tasks"')
    tasks = after.partition("</ol>")[0]
    states = [tasks.index(word) for word in (">Klar<", ">Påbörjad<", ">Ej påbörjad<")]
    assert states == sorted(states)
    assert tasks.count("Anna Ek") == 2


def test_who_writes_at_a_goal_now_is_told_from_who_has_been_there(client, person):
    make_indicator()
    start = dt.datetime(2025, 5, 6, 9, 0, tzinfo=dt.UTC)

    def tasks() -> str:
        body = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
        return body.partition('class="rows tasks"')[2].partition("</ol>")[0]

    with time_machine.travel(start, tick=False):
        save(client, **{NUMBER: "1"})
        assert "Skriver här nu" in tasks()
    with time_machine.travel(start + dt.timedelta(minutes=14), tick=False):
        assert "Skriver här nu" in tasks()
    with time_machine.travel(start + dt.timedelta(minutes=16), tick=False):
        assert "Skriver här nu" not in tasks()
        assert "Senast Anna Ek 2025-05-06 11:00" in tasks()


def test_the_history_of_a_cell_is_told_and_only_to_the_namnd(client, person):
    make_indicator()
    save(client, **{NUMBER: "1"})
    save(client, seen={NUMBER: "1"}, **{NUMBER: "2"})
    url = reverse("report-history", args=["sodermalm", "2025-T1"])
    body = client.get(url, {"ruta": "v-i-1"}).content.decode()
    assert "Värdet ändrades från 1 till 2" in body
    assert "Anna Ek" in body
    assert client.get(url, {"ruta": "nonsens"}).status_code == 404
    client.force_login(make_user(Role.UPPGIFTSLAMNARE, make_namnd("farsta")))
    assert client.get(url, {"ruta": "v-i-1"}).status_code == 404
