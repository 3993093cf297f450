"""What a version says as one value, now and after each earlier save, and its fingerprint."""

from dataclasses import replace

import pytest

from organisation.enums import Role
from papers.domain.changes import current_version
from papers.domain.content import header_of
from papers.domain.contents import Content, content_of, fingerprint, fingerprint_of
from papers.domain.papers import save_header, save_section
from papers.models import Paper
from remisser.domain.answers import save_collective, save_position
from remisser.models import Answer
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def answer(secretary) -> Answer:
    return make_answer(make_instance(make_remiss()), secretary)


def now(answer: Answer) -> Content:
    return content_of(current_version(Paper.objects.get(pk=answer.paper_id)))


def each_save(answer: Answer, actor) -> list[Content]:
    """A paper written in four steps, and what it said after each."""
    said = [now(answer)]
    paper = answer.paper
    proposal = answer.instance.remiss.proposals.get(number=1)
    for step in (
        lambda rev: save_section(
            paper.current.sections.get(order=1), actor=actor, expected_version=rev, body="Ett"
        ),
        lambda rev: save_position(
            answer, proposal, actor=actor, expected_version=rev, stance="positiv", body="Ja"
        ),
        lambda rev: save_header(
            paper,
            actor=actor,
            expected_version=rev,
            header=replace(header_of(current_version(paper)), title="Ny rubrik"),
        ),
        lambda rev: save_section(
            paper.current.sections.get(order=1), actor=actor, expected_version=rev, body="Två"
        ),
        lambda rev: save_collective(
            answer, actor=actor, expected_version=rev, collective=True, stance="avstar"
        ),
    ):
        step(Paper.objects.get(pk=paper.pk).revision)
        said.append(now(answer))
    return said


def test_what_it_said_after_each_save_can_be_read_back(answer, secretary):
    said = each_save(answer, secretary)
    version = current_version(Paper.objects.get(pk=answer.paper_id))
    assert version.paper.revision == len(said) - 1
    assert [content_of(version, revision) for revision in range(len(said))] == said
    assert content_of(version, 1).sections[0].body == "<p>Ett</p>"


def test_each_save_has_a_fingerprint_of_its_own(answer, secretary):
    said = each_save(answer, secretary)
    assert len({fingerprint(content) for content in said}) == len(said)


def test_the_same_words_have_the_same_fingerprint(answer, secretary):
    before = fingerprint_of(current_version(answer.paper))
    section = answer.paper.current.sections.get(order=1)
    save_section(section, actor=secretary, expected_version=0, body="Ett")
    paper = Paper.objects.get(pk=answer.paper_id)
    assert fingerprint_of(current_version(paper)) != before
    save_section(section, actor=secretary, expected_version=1, body="")
    assert fingerprint_of(current_version(Paper.objects.get(pk=paper.pk))) == before


def test_the_diary_number_is_no_part_of_what_is_approved(answer, secretary):
    before = fingerprint_of(current_version(answer.paper))
    header = replace(header_of(current_version(answer.paper)), dnr="1.1-1/2025")
    save_header(answer.paper, actor=secretary, expected_version=0, header=header)
    assert fingerprint_of(current_version(Paper.objects.get(pk=answer.paper_id))) == before


def test_what_was_not_begun_cannot_be_read(answer):
    with pytest.raises(ValueError, match="was not there"):
        content_of(current_version(answer.paper), -1)
