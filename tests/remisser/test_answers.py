"""A nämnd's answer: begun, answered proposal by proposal or collectively, versions."""

import datetime as dt

import pytest

from organisation.enums import Role
from papers.domain.content import AttestContent, Header, SectionContent, VersionContent
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import read_in_paper
from papers.enums import PaperKind
from remisser.domain.answers import (
    coverage,
    open_new_answer_version,
    save_collective,
    save_position,
    start_answer,
)
from remisser.enums import Stance
from remisser.models import Answer, AnswerVersion, Position
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_remiss,
    make_template,
    make_user,
)
from trace.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def remiss():
    return make_remiss(proposals=3)


@pytest.fixture
def instance(remiss):
    return make_instance(remiss)


@pytest.fixture
def secretary(instance):
    return make_user(Role.NAMNDSEKRETERARE, instance.namnd, name="Siv", telephone="08-1")


@pytest.fixture
def answer(instance, secretary) -> Answer:
    return make_answer(instance, secretary)


def say(answer: Answer, number: int, actor, **fields):
    fields.setdefault("expected_version", 0)
    fields.setdefault("stance", "")
    fields.setdefault("body", "")
    proposal = answer.instance.remiss.proposals.get(number=number)
    return save_position(answer, proposal, actor=actor, **fields)


def attested(answer: Answer) -> None:
    """Reads in a version that has been attested, with one position."""
    read_in_paper(
        VersionContent(
            header=Header(title="Svar"),
            sections=(SectionContent("synpunkter", "Synpunkter", "yttrande"),),
            attests=(AttestContent("Anna Chef", "", dt.date(2023, 8, 10)),),
        ),
        namnd=answer.paper.namnd,
        kind=PaperKind.REMISSVAR,
        actor=None,
        paper=answer.paper,
    )
    answer.paper.refresh_from_db()
    content = AnswerVersion.objects.create(version=answer.paper.current)
    proposal = answer.instance.remiss.proposals.get(number=1)
    Position.objects.create(
        answer_version=content, proposal=proposal, wording="Med andra ord", body="<p>Ja</p>"
    )


def test_an_answer_begins_with_what_the_register_knows_and_nothing_else(answer):
    version = answer.paper.current
    assert (version.title, version.subtitle) == (
        "Motion om något",
        "Svar på remiss från Kommunstyrelsen, KS 2023/553",
    )
    assert (version.addressee, version.recipients) == (
        "Sodermalm stadsdelsnämnd",
        ["Kommunstyrelsen"],
    )
    assert version.handlaggare == [{"name": "Siv", "telephone": "08-1"}]
    assert (answer.paper.dnr, version.meeting_on, version.dated_on) == ("", None, None)
    assert (version.signatures, version.bilagor) == ([], [])


def test_pressing_start_twice_begins_one_answer(answer, instance, secretary):
    assert start_answer(instance, make_template(), secretary) == answer
    assert Answer.objects.count() == 1


def test_only_the_nämnds_secretary_begins_its_answer(instance):
    for user in (
        make_user(Role.CHEF, instance.namnd),
        make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")),
        make_user(Role.SAMORDNARE, instance.namnd),
    ):
        with pytest.raises(NotAllowed):
            start_answer(instance, make_template(), user)
    assert not Answer.objects.exists()


def test_an_instance_outside_the_city_is_not_answered_here(remiss, secretary):
    outside = remiss.instances.create(name_as_written="Unizon")
    with pytest.raises(InvalidContent):
        start_answer(outside, make_template(), secretary)


def test_coverage_counts_a_stance_or_words_and_not_what_was_emptied_again(answer, secretary):
    assert coverage(answer).sentence == "0 av 3 besvarade"
    say(answer, 1, secretary, stance=Stance.POSITIV)
    say(answer, 2, secretary, body="<p>Ja.</p>")
    assert coverage(answer).sentence == "2 av 3 besvarade"
    say(answer, 2, secretary, expected_version=2)
    assert coverage(answer).sentence == "1 av 3 besvarade"
    assert not coverage(answer).complete


def test_to_abstain_is_an_answer(answer, secretary):
    for number in (1, 2, 3):
        say(answer, number, secretary, stance=Stance.AVSTAR)
    assert coverage(answer).sentence == "3 av 3 besvarade"
    assert coverage(answer).complete


def test_answering_together_is_whole_and_keeps_what_was_written(answer, secretary):
    say(answer, 1, secretary, stance=Stance.POSITIV)
    save_collective(
        answer, actor=secretary, expected_version=1, collective=True, stance=Stance.TILLGODOSETT
    )
    assert (coverage(answer).sentence, coverage(answer).complete) == ("besvaras samlat", True)
    with pytest.raises(NotOpen):
        say(answer, 2, secretary, stance=Stance.POSITIV, expected_version=2)
    save_collective(answer, actor=secretary, expected_version=2, collective=False, stance="")
    assert coverage(answer).sentence == "1 av 3 besvarade"


def test_a_stance_on_all_goes_away_with_the_collective_answer(answer, secretary):
    for collective in (True, False):
        save_collective(
            answer,
            actor=secretary,
            expected_version=9,
            collective=collective,
            stance=Stance.POSITIV,
        )
    content = AnswerVersion.objects.get(version=answer.paper.current)
    assert (content.collective, content.stance) == (False, "")


def test_a_remiss_without_proposals_says_so():
    answer = make_answer(make_instance(make_remiss("KS 2020/924", proposals=0)))
    assert (coverage(answer).sentence, coverage(answer).complete) == ("inga att-satser", True)


def test_the_same_stance_again_changes_nothing(answer, secretary):
    for _ in range(2):
        paper = say(answer, 1, secretary, stance=Stance.POSITIV, body="<p>Ja</p>")
    assert paper.revision == 1
    assert Event.objects.about(paper).filter(verb="saved").count() == 1


def test_who_comes_second_to_a_proposal_sees_both(answer, secretary):
    kim = make_user(Role.NAMNDSEKRETERARE, answer.paper.namnd, name="Kim")
    say(answer, 1, kim, stance=Stance.AVSTYRKER, body="<p>Deras</p>")
    with pytest.raises(Conflict) as refusal:
        say(answer, 1, secretary, stance=Stance.POSITIV, body="<p>Min</p>")
    assert (refusal.value.theirs.stance, refusal.value.theirs.body) == (
        "avstyrker",
        "<p>Deras</p>",
    )
    say(answer, 2, secretary, body="<p>Någon annanstans</p>")
    assert coverage(answer).answered == 2


@pytest.mark.parametrize("stance", ["ja", "TILLSTYRKER", "<b>"])
def test_an_unknown_stance_is_refused(answer, secretary, stance):
    with pytest.raises(InvalidContent):
        say(answer, 1, secretary, stance=stance)


def test_another_remiss_proposal_is_refused(answer, secretary):
    other = make_remiss("KS 2020/470").proposals.first()
    with pytest.raises(InvalidContent):
        save_position(answer, other, actor=secretary, expected_version=0, stance="positiv", body="")


def test_a_new_version_takes_the_stances_along_and_leaves_the_old_ones(answer, secretary):
    attested(answer)
    with pytest.raises(NotOpen):
        say(answer, 1, secretary, body="<p>Nej</p>", expected_version=9)
    old = answer.paper.current
    opened = open_new_answer_version(
        answer, actor=secretary, expected_version=answer.paper.revision, reason="Nytt läge"
    )
    answer.refresh_from_db()
    say(answer, 1, secretary, body="<p>Nej</p>", expected_version=opened.revision)
    found = Position.objects.order_by("answer_version").values_list("wording", "body")
    assert list(found) == [("Med andra ord", "<p>Ja</p>"), ("Med andra ord", "<p>Nej</p>")]
    assert old.answer.positions.get().body == "<p>Ja</p>"
    assert old.attestations.count() == 1
