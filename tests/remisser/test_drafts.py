"""A draft sent to another nämnd for comment: that version, those people, until it is taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import INSIDE_ROLES, Role
from papers.domain.errors import InvalidContent, NotAllowed
from papers.domain.papers import save_section
from papers.domain.sharing import take_back_draft
from papers.models import Attestation, DraftShare, Paper, PaperVersion, Section
from remisser.domain.answers import save_position
from remisser.domain.drafts import share_answer_draft
from remisser.models import Answer, AnswerVersion, Position
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_remiss,
    make_user,
)
from trace.models import Event

pytestmark = pytest.mark.django_db
CODES = ["ks-2023-553", "sodermalm"]
SENT, LATER = "Det som skickades", "Det som skrevs sedan"


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, name="Siv")


@pytest.fixture
def farsta():
    return make_namnd("farsta", name="Farsta stadsdelsnämnd")


@pytest.fixture
def answer(secretary) -> Answer:
    answer = make_answer(make_instance(make_remiss(), make_namnd()), secretary)
    write(answer, secretary, SENT)
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=1),
        actor=secretary,
        expected_version=1,
        stance="avstyrker",
        body=f"<p>{SENT}</p>",
    )
    return fresh(answer)


def fresh(answer: Answer) -> Answer:
    return Answer.objects.select_related("paper__current", "paper__namnd", "instance__remiss").get(
        pk=answer.pk
    )


def write(answer: Answer, actor, text: str) -> None:
    paper = Paper.objects.get(pk=answer.paper_id)
    section = paper.current.sections.get(order=1)
    save_section(section, actor=actor, expected_version=paper.revision, body=f"<p>{text}</p>")


def page(number: int) -> str:
    return reverse("shared-draft", args=[*CODES, number])


@pytest.mark.parametrize("where", ["farsta", "bromma"])
@pytest.mark.parametrize("role", Role)
def test_only_those_who_work_in_the_other_nämnd_read_just_that_version(
    client, secretary, answer, farsta, role, where
):
    share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    write(answer, secretary, LATER)
    user = make_user(role, None if role == Role.SYSTEMFORVALTARE else make_namnd(where))
    reads = where == "farsta" and role in INSIDE_ROLES
    assert [v.number for v in PaperVersion.objects.visible_to(user)] == ([1] if reads else [])
    for model, version in ((Section, "version"), (AnswerVersion, "version")):
        seen = model.objects.visible_to(user).values_list(f"{version}__number", flat=True)
        assert set(seen) == ({1} if reads else set())
    assert Position.objects.visible_to(user).count() == int(reads)
    assert Attestation.objects.visible_to(user).count() == 0
    assert list(Paper.objects.visible_to(user)) == list(Answer.objects.visible_to(user)) == []
    client.force_login(user)
    assert client.get(page(1)).status_code == (200 if reads else 404)
    for closed in (
        page(2),
        reverse("answer", args=CODES),
        reverse("answer-drafts", args=CODES),
        reverse("answer-export", args=[*CODES, "word"]),
        reverse("answer-section", args=[*CODES, 1]),
    ):
        assert client.get(closed).status_code == 404, closed
    body = client.get(page(1)).content.decode()
    assert (SENT in body) == reads
    assert LATER not in body


def test_work_goes_on_in_a_version_that_the_other_nämnd_does_not_see(
    client, secretary, answer, farsta
):
    share = share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    assert share.version.number == 1
    paper = Paper.objects.get()
    assert (paper.current.number, paper.state) == (2, "utkast")
    assert paper.current.answer.positions.get().stance == "avstyrker"
    write(answer, secretary, LATER)
    client.force_login(make_user(Role.LASARE, farsta))
    body = client.get(page(1)).content.decode()
    assert SENT in body
    assert "Siv" not in body.split("</header>")[1].split("Handläggare")[0]


def test_it_is_in_the_history_of_both(secretary, answer, farsta):
    share_answer_draft(answer, to_namnd=farsta, actor=secretary, message="Stämmer avsnitt 2?")
    event = Event.objects.about(answer.paper).first()
    assert event.summary == "Skickade version 1 till Farsta stadsdelsnämnd för synpunkter"
    assert (event.actor, event.scope) == (secretary, "sodermalm")
    received = Event.objects.get(scope="farsta")
    assert received.reason == "Stämmer avsnitt 2?"


def test_the_same_again_sends_nothing_more(secretary, answer, farsta):
    first = share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    assert share_answer_draft(fresh(answer), to_namnd=farsta, actor=secretary) == first
    assert PaperVersion.objects.count() == 2
    assert DraftShare.objects.count() == 1


def test_a_second_nämnd_gets_the_same_version_when_nothing_was_written_between(
    secretary, answer, farsta
):
    bromma = make_namnd("bromma")
    share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    assert share_answer_draft(fresh(answer), to_namnd=bromma, actor=secretary).version.number == 1
    write(answer, secretary, LATER)
    assert share_answer_draft(fresh(answer), to_namnd=bromma, actor=secretary).version.number == 2


def test_what_is_taken_back_is_gone_at_the_next_request(client, secretary, answer, farsta):
    share = share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    client.force_login(make_user(Role.CHEF, farsta))
    assert client.get(page(1)).status_code == 200
    take_back_draft(share, actor=secretary)
    assert client.get(page(1)).status_code == 404
    count = Event.objects.count()
    take_back_draft(share, actor=secretary)
    assert Event.objects.count() == count
    share.refresh_from_db()
    assert (share.revoked_by, share.revoked_at is None) == (secretary, False)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.NAMNDSEKRETERARE])
def test_only_the_nämnds_own_secretary_sends_and_takes_back(
    client, secretary, answer, farsta, role
):
    share = share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    user = make_user(role, None if role == Role.SYSTEMFORVALTARE else make_namnd())
    with pytest.raises(NotAllowed):
        share_answer_draft(fresh(answer), to_namnd=make_namnd("bromma"), actor=user)
    with pytest.raises(NotAllowed):
        take_back_draft(share, actor=user)
    client.force_login(user)
    refused = 403 if role in INSIDE_ROLES else 404
    send = reverse("answer-drafts", args=CODES)
    assert client.post(send, {"to_namnd": farsta.pk}).status_code == refused
    back = reverse("draft-take-back", args=[*CODES, 1, share.pk])
    assert client.post(back).status_code == refused
    assert DraftShare.objects.current().count() == 1


def test_the_receiver_cannot_take_it_back_or_pass_it_on(client, secretary, answer, farsta):
    share = share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    client.force_login(make_user(Role.NAMNDSEKRETERARE, farsta))
    back = reverse("draft-take-back", args=[*CODES, 1, share.pk])
    assert client.post(back).status_code == 404
    send = reverse("answer-drafts", args=CODES)
    assert client.post(send, {"to_namnd": make_namnd("bromma").pk}).status_code == 404


def test_it_is_not_sent_to_oneself_or_to_who_has_ceased(secretary, answer):
    gone = make_namnd("gone", valid_to="2020-01-01")
    gone.refresh_from_db()
    for namnd in (answer.paper.namnd, gone):
        with pytest.raises(InvalidContent):
            share_answer_draft(answer, to_namnd=namnd, actor=secretary)
    assert PaperVersion.objects.count() == 1


def test_the_page_sends_lists_and_takes_back(client, secretary, answer, farsta):
    client.force_login(secretary)
    send = reverse("answer-drafts", args=CODES)
    assert 'href="#id_to_namnd"' in client.post(send, {"to_namnd": ""}).content.decode()
    assert client.post(send, {"to_namnd": farsta.pk, "message": "Hej"}).url == send
    share = DraftShare.objects.get()
    body = client.get(send).content.decode()
    assert "Version 1 till Farsta stadsdelsnämnd" in body
    client.post(reverse("draft-take-back", args=[*CODES, 1, share.pk]))
    assert "Återtaget" in client.get(send).content.decode()


def test_the_receiver_finds_it_on_the_remiss(client, secretary, answer, farsta):
    share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    remiss = reverse("remiss", args=CODES[:1])
    client.force_login(make_user(Role.LASARE, farsta))
    assert page(1) in client.get(remiss).content.decode()
    client.force_login(make_user(Role.LEDAMOT, farsta))
    assert page(1) not in client.get(remiss).content.decode()


def test_three_sendings_ask_as_many_questions_as_one(client, secretary, answer, farsta):
    share_answer_draft(answer, to_namnd=farsta, actor=secretary)
    pages = (reverse("answer-drafts", args=CODES), reverse("remiss", args=CODES[:1]))

    def ask() -> list[int]:
        counts = []
        for user, address in ((secretary, pages[0]), (reader, pages[1])):
            client.force_login(user)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    reader = make_user(Role.LASARE, farsta)
    one = ask()
    for text in ("två", "tre"):
        write(answer, secretary, text)
        share_answer_draft(fresh(answer), to_namnd=farsta, actor=secretary)
    assert ask() == one
