"""Putting right what was recorded of a decision: the old stands, and what it led to is told of."""

import datetime as dt

import pytest
from django.urls import reverse

from organisation.domain.decisions import DecisionContent, Statement
from organisation.domain.meetings import meeting_of
from organisation.enums import Role
from organisation.models import Decision
from papers.domain.agenda import send_out, way_of
from papers.domain.attest import attest, send_to_attest
from papers.domain.contents import fingerprint_of
from papers.domain.dispatch import MadeFile, dispatch_paper
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.enums import PaperState
from papers.exports.package import protocol_extract
from papers.models import Paper
from programme.domain.accounts import Point
from programme.models import Obligation
from remisser.domain.correcting import content_of, correct_answer_decision, decided_item
from remisser.domain.deciding import decide_answer
from remisser.domain.lint import look_over
from remisser.models import Answer
from tests.factories import make_namnd, make_user, ready_answer, settle
from trace.models import Event

pytestmark = pytest.mark.django_db
CODES = ["ks-2023-553", "sodermalm"]
REASON = "Fel paragraf i protokollet"


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


def fresh(answer: Answer) -> Paper:
    answer.paper = Paper.objects.select_related("current", "namnd").get(pk=answer.paper_id)
    return answer.paper


@pytest.fixture
def sent(secretary) -> Answer:
    """An answer that was sent out to a meeting."""
    answer = ready_answer(actor=secretary)
    head = make_user(Role.CHEF, make_namnd(), name="Anna")
    send_to_attest(
        fresh(answer),
        actor=secretary,
        expected_version=answer.paper.revision,
        attestants=[head],
        look=lambda paper: look_over(answer, paper),
    )
    attest(fresh(answer), actor=head, sha256=fingerprint_of(answer.paper.current))
    meeting = meeting_of(make_namnd(), dt.date(2025, 3, 6), actor=None)
    send_out(meeting, [fresh(answer)], actor=secretary)
    settle()
    return answer


def decide(answer: Answer, actor, outcome: str = "enligt", **more) -> Decision:
    paper = fresh(answer)
    item = decide_answer(
        answer,
        actor=actor,
        expected_version=paper.revision,
        outcome=outcome,
        paragraph="4",
        **more,
    )
    settle()
    return item.decision


def changed(decision: Decision, **more) -> DecisionContent:
    return DecisionContent(**{**content_of(decision).__dict__, **more})


def correct(answer: Answer, actor, decision: Decision, reason: str = REASON, **more) -> Decision:
    return correct_answer_decision(
        answer, actor=actor, seen=decision.pk, content=changed(decision, **more), reason=reason
    )


def test_the_corrected_one_is_read_and_the_old_stands_beside(sent, secretary, client):
    old = decide(sent, secretary, statements=[Statement("reservation", "V", "Nej.")])
    new = correct(sent, secretary, old, paragraph="14")
    (item,) = way_of(fresh(sent))
    assert (item.decision, item.holds, list(item.corrected)) == (old, new, [old])
    assert (new.reason, new.statements.get().party) == (REASON, "V")
    assert fresh(sent).state == PaperState.BESLUTAD
    assert Event.objects.about(sent.paper).first().verb == "decision-corrected"
    client.force_login(secretary)
    page = client.get(reverse("answer", args=CODES)).content.decode()
    assert "§ 14" in page
    assert "Så var det registrerat förut" in page
    assert REASON in page
    agenda = client.get(reverse("agenda", args=["sodermalm", item.meeting_id])).content.decode()
    assert "§ 14 (rättat)" in " ".join(agenda.split())


def test_the_same_again_changes_nothing_and_another_is_told(sent, secretary):
    old = decide(sent, secretary)
    new = correct(sent, secretary, old, paragraph="14")
    events = Event.objects.count()
    assert correct(sent, secretary, old, paragraph="14") == new
    assert (Decision.objects.count(), Event.objects.count()) == (2, events)
    with pytest.raises(Conflict) as conflict:
        correct(sent, secretary, old, paragraph="15")
    assert conflict.value.theirs == new
    third = correct(sent, secretary, new, paragraph="15", reason="Fel igen")
    (item,) = way_of(fresh(sent))
    assert (item.holds, list(item.corrected)) == (third, [old, new])


@pytest.mark.parametrize(
    ("was", "more", "says"),
    [
        ("enligt", {"outcome": "bordlagt"}, "annat beslut"),
        ("bordlagt", {"outcome": "enligt"}, "annat beslut"),
        ("enligt", {"outcome": "nej"}, "Välj vad"),
        ("enligt", {"outcome": "andrat"}, "Skriv vad nämnden beslutade"),
        ("enligt", {}, "Ingenting är ändrat"),
        ("enligt", {"paragraph": "5", "reason": " "}, "Skriv vad som var fel"),
        ("enligt", {"paragraph": "5", "reason": "19121212-1212"}, "personnummer"),
    ],
)
def test_what_a_correction_cannot_do(sent, secretary, was, more, says):
    old = decide(sent, secretary, was)
    with pytest.raises(InvalidContent, match=says):
        correct(sent, secretary, old, **more)
    assert Decision.objects.count() == 1


def test_only_the_namnds_own_secretary_or_chef_and_only_what_is_decided(sent, secretary):
    with pytest.raises(NotOpen):
        correct_answer_decision(
            sent, actor=secretary, seen=1, content=DecisionContent(title="x"), reason=REASON
        )
    old = decide(sent, secretary)
    for other in (
        make_user(Role.LASARE, make_namnd()),
        make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")),
    ):
        with pytest.raises(NotAllowed):
            correct(sent, other, old, paragraph="14")
    assert correct(sent, make_user(Role.CHEF, make_namnd()), old, paragraph="14").paragraph == "14"


def fields(decision: Decision, **more):
    return {
        "revision": decision.pk,
        "outcome": decision.outcome,
        "paragraph": "14",
        "reason": REASON,
        "p-TOTAL_FORMS": "1",
        "p-INITIAL_FORMS": "0",
        "p-0-text": "Redovisa läget i höst",
        "u-TOTAL_FORMS": "0",
        "u-INITIAL_FORMS": "0",
        **more,
    }


def test_what_the_points_have_led_to_is_told_of_and_stays(sent, secretary, client):
    old = decide(
        sent, secretary, "andrat", points=[Point("Redovisa läget", "annat", dt.date(2025, 10, 1))]
    )
    client.force_login(secretary)
    address = reverse("answer-decision-correct", args=CODES)
    page = client.get(address).content.decode()
    assert "har redan lett till" in page
    assert "Redovisa läget" in page
    told = client.post(address, fields(old), follow=True).content.decode()
    assert "Beslutet är rättat" in told
    assert "lett till ett uppdrag" in told
    assert Obligation.objects.get().text == "Redovisa läget"
    new = decided_item(sent).decision
    assert new == old  # what was recorded at the meeting stands
    assert Decision.objects.get(corrects=old).points.get().text == "Redovisa läget i höst"
    # Somebody who opened the page before is told, and nothing is written over.
    late = client.post(address, fields(old, paragraph="15")).content.decode()
    assert "Någon annan har rättat beslutet" in late
    assert Decision.objects.count() == 2


def test_also_when_it_has_been_sent_and_then_the_files_say_what_held_then(sent, secretary, client):
    old = decide(sent, secretary)
    dispatch_paper(
        fresh(sent),
        actor=secretary,
        expected_version=sent.paper.revision,
        recipients=["KS"],
        make_files=lambda _: [MadeFile("svar.pdf", "application/pdf", b"%PDF-")],
    )
    correct(sent, secretary, old, paragraph="14")
    assert fresh(sent).state == PaperState.EXPEDIERAD
    client.force_login(make_user(Role.REMITTENT, make_namnd("kommunstyrelsen")))
    page = client.get(reverse("answer", args=CODES)).content.decode()
    assert "§ 14" in page
    assert "Protokollsutdraget bland filerna" in page


def test_what_is_put_right_before_it_is_sent_stands_in_the_extract_that_is_sent(sent, secretary):
    old = decide(sent, secretary)
    correct(sent, secretary, old, paragraph="14")
    (item,) = way_of(fresh(sent))
    assert protocol_extract(item).title.startswith("§ 14 ")
