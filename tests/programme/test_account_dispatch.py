"""An account on its way through the nämnd: sent out, decided, sent to those it is for."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from desk.domain.todo import todo_for
from organisation.domain.meetings import meeting_of
from organisation.enums import Role
from papers.documents.model import Contact, Signatory
from papers.domain.agenda import send_out
from papers.domain.attest import attest, send_to_attest
from papers.domain.content import header_of
from papers.domain.contents import fingerprint_of
from papers.domain.lint_page import lint_paper
from papers.domain.papers import save_header, save_section
from papers.enums import PaperKind, PaperState
from papers.models import Paper
from programme.domain.accounts import decide_account, start_account
from programme.models import Account
from tests.factories import (
    make_account,
    make_assignment,
    make_namnd,
    make_template,
    make_user,
    settle,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 6)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2025-03-03 12:00 +0100", tick=False):
        yield


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def account(secretary) -> Account:
    """Attested, to be sent out to a meeting in three days."""
    meeting_of(make_namnd(), DAY, actor=None)
    made = make_account(make_assignment(slug="modell", title="En modell"), due_on=DAY)
    start_account(made, make_template("eget", kind=PaperKind.EGET_ARENDE), actor=secretary)
    paper = paper_of(made)
    header = header_of(paper.current)
    facts = {
        "title": "Slutredovisning",
        "dnr": "1/2025",
        "meeting_on": DAY,
        "handlaggare": (Contact("Siv", ""),),
        "signatures": (Signatory("Anna", "Direktör", ""),),
    }
    save_header(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        header=type(header)(**{**header.__dict__, **facts}),
    )
    for section in paper_of(made).current.sections.filter(kind__in=["text", "yttrande"]):
        save_section(
            section, actor=secretary, expected_version=paper_of(made).revision, body="<p>Så.</p>"
        )
    head = make_user(Role.CHEF, make_namnd(), name="Anna")
    paper = paper_of(made)
    send_to_attest(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        attestants=[head],
        look=lint_paper,
    )
    attest(paper_of(made), actor=head, sha256=fingerprint_of(paper.current))
    settle()
    return Account.objects.get(pk=made.pk)


def paper_of(account: Account) -> Paper:
    return Paper.objects.select_related("current", "namnd", "template").get(account=account.pk)


def send(account: Account, secretary) -> None:
    meeting = meeting_of(make_namnd(), DAY, actor=None)
    send_out(meeting, [paper_of(account)], actor=secretary)


def decide(account: Account, secretary) -> None:
    account = Account.objects.select_related("assignment").get(pk=account.pk)
    decide_account(
        account,
        actor=secretary,
        expected_version=account.assignment.revision,
        on=DAY,
        paragraph="7",
        outcome="enligt",
    )
    settle()


def lines(user) -> list[tuple[str, str, str]]:
    todo = todo_for(user)
    return [
        (where, task.action, task.url)
        for where in ("mine", "waiting")
        for task in getattr(todo, where)
        if "redovisning" in task.url or "sammantrade" in task.url
    ]


def test_the_start_page_says_what_is_next_from_attest_until_it_is_sent(account, secretary, client):
    home = reverse("account-page", args=["modell", 1])
    meeting = meeting_of(make_namnd(), DAY, actor=None)
    agenda = reverse("agenda", args=["sodermalm", meeting.pk])
    assert lines(secretary) == [("mine", "Skicka ut", agenda)]
    send(account, secretary)
    assert lines(secretary) == [("waiting", "Läs", home)]
    with time_machine.travel("2025-03-07 12:00 +0100", tick=False):
        assert lines(secretary) == [("mine", "Registrera beslutet", f"{home}beslut/")]
        decide(account, secretary)
        assert paper_of(account).state == PaperState.BESLUTAD
        assert lines(secretary) == [("mine", "Expediera", f"{home}expediering/")]
        client.force_login(secretary)
        page = client.get(f"{home}expediering/")
        assert page.status_code == 200
        client.post(
            f"{home}expediering/",
            {"revision": paper_of(account).revision, "recipients": "Stadsdelsnämnderna"},
        )
        assert paper_of(account).state == PaperState.EXPEDIERAD
        assert lines(secretary) == []


def test_once_sent_everyone_reads_it_and_before_that_nobody_else(account, secretary, client):
    home = reverse("account-page", args=["modell", 1])
    other = make_user(Role.LASARE, make_namnd("bromma"))
    client.force_login(other)
    pages = (home, f"{home}expediering/", f"{home}expediering/paket/")
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    send(account, secretary)
    with time_machine.travel("2025-03-07 12:00 +0100", tick=False):
        decide(account, secretary)
        client.force_login(secretary)
        given = {"revision": paper_of(account).revision, "recipients": "Stadsdelsnämnderna"}
        client.post(f"{home}expediering/", given)
        client.post(f"{home}expediering/", given)  # the button pressed twice
        client.force_login(other)
        text = client.get(home).content.decode()
        assert "§ 7" in text
        assert "Stadsdelsnämnderna" in text
        assert "Så." in text
        assert client.get(pages[2]).headers["Content-Type"] == "application/zip"
        file = paper_of(account).dispatch.files.order_by("pk")[0]
        sent = client.get(f"{home}expediering/fil/{file.pk}/")
        assert sent.content == bytes(file.content)
        listed = client.get(reverse("assignment", args=["modell"])).content.decode()
        assert home in listed
        assert paper_of(account).dispatch.files.count() == 4
