"""A systemförvaltare has no silent power over content."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from organisation.enums import Role
from organisation.models import InsightGrant, Membership
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_period,
    make_remiss,
    make_report,
    make_user,
)
from trace.models import Event

pytestmark = pytest.mark.django_db
REPORT = reverse("report", args=["sodermalm", "2025-T1"])
ANSWER = reverse("answer", args=["ks-2023-553", "sodermalm"])


@pytest.fixture
def drafts():
    secretary = make_user(Role.NAMNDSEKRETERARE)
    return (
        make_report(make_namnd(), make_period()),
        make_answer(make_instance(make_remiss(), make_namnd()), secretary),
    )


@pytest.fixture
def administrator(client):
    user = make_user(Role.SYSTEMFORVALTARE, is_staff=True, is_superuser=True, name="Anna")
    client.force_login(user)
    return user


def ask(client, drafts, what: str, **fields):
    report, answer = drafts
    form = {"namnd": report.namnd_id, "reason": "Rapporten går inte att öppna"}
    form[what] = report.period_id if what == "period" else answer.instance.remiss_id
    return client.post(reverse("insight"), form | fields)


@pytest.mark.parametrize(("what", "page"), [("period", REPORT), ("remiss", ANSWER)])
def test_without_asking_a_draft_is_not_there_and_with_it_that_one_is(
    client, administrator, drafts, what, page
):
    assert [client.get(p).status_code for p in (REPORT, ANSWER)] == [404, 404]
    assert ask(client, drafts, what).status_code == 302
    assert [client.get(p).status_code for p in (REPORT, ANSWER)] == [
        200 if p == page else 404 for p in (REPORT, ANSWER)
    ]
    assert page in client.get(reverse("insight")).content.decode()


@pytest.mark.parametrize("what", ["period", "remiss"])
def test_the_nämnd_sees_who_read_and_why(client, administrator, drafts, what):
    ask(client, drafts, what)
    report, answer = drafts
    subject = report if what == "period" else answer.paper
    event = Event.objects.about(subject).first()
    assert (event.actor, event.scope) == (administrator, "sodermalm")
    assert event.reason == "Rapporten går inte att öppna"
    client.force_login(make_user(Role.NAMNDSEKRETERARE))
    page = REPORT if what == "period" else ANSWER
    assert "Rapporten går inte att öppna" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"period": ""}, "period"),
        ({"namnd": ""}, "namnd"),
    ],
)
def test_asking_takes_a_reason_and_one_thing(client, administrator, drafts, fields, field):
    response = ask(client, drafts, "period", **fields)
    assert response.status_code == 200
    assert f'href="#id_{field}"' in response.content.decode()
    assert not InsightGrant.objects.exists()


def test_what_nobody_has_begun_is_not_opened(client, administrator, drafts):
    response = ask(client, drafts, "period", namnd=make_namnd("farsta").pk)
    assert "har inte påbörjat någon rapport" in response.content.decode()
    assert not InsightGrant.objects.exists()


def test_after_four_hours_it_is_closed(client, administrator, drafts):
    start = dt.datetime(2025, 5, 7, 8, 0, tzinfo=dt.UTC)
    for minutes, status in ((0, 200), (239, 200), (240, 404)):
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            client.force_login(administrator)
            if not minutes:
                ask(client, drafts, "period")
            assert client.get(REPORT).status_code == status


def test_it_ends_with_the_role(client, administrator, drafts):
    ask(client, drafts, "period")
    Membership.objects.filter(user=administrator).delete()
    assert client.get(REPORT).status_code == 404


def test_reading_is_all(client, administrator, drafts):
    ask(client, drafts, "period")
    ask(client, drafts, "remiss")
    assert client.post(REPORT, {"revision": 0, "seen": "{}"}).status_code == 403
    for name in ("report-submit", "report-approve"):
        address = reverse(name, args=["sodermalm", "2025-T1"])
        assert client.post(address, {"revision": 0}).status_code == 403
    section = reverse("answer-section", args=["ks-2023-553", "sodermalm", 1])
    assert client.post(section, {"revision": 0, "body": "x"}).status_code == 403
    share = reverse("answer-drafts", args=["ks-2023-553", "sodermalm"])
    assert client.post(share, {"to_namnd": make_namnd("farsta").pk}).status_code == 403


def test_the_trace_in_the_registers_tells_nothing_of_a_nämnds_work(client, administrator, drafts):
    body = client.get("/admin/trace/event/").content.decode()
    assert "Påbörjade" not in body
