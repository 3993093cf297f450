"""What was attested cannot change by any road; an edit opens a new version."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from papers.enums import AttestSource, Origin, PaperKind, PaperState
from papers.models import Attestation, Paper, PaperVersion, Section
from remisser.models import Answer, AnswerVersion, Position
from tests.committed import committed_db  # noqa: F401 - a fixture
from tests.factories import make_instance, make_namnd, make_remiss, settle


def execute(statement: str, **values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def refused(statement: str, match: str = "frozen", **values) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        execute(statement, **values)


def write_version(paper: Paper, number: int) -> PaperVersion:
    """A version with everything in it, in the order of an import."""
    version = PaperVersion.objects.create(
        paper=paper, number=number, origin=Origin.INLAST, title=f"Svar {number}"
    )
    Section.objects.bulk_create(
        Section(version=version, key=f"avsnitt-{n}", heading="Ärendet", order=n) for n in (1, 2)
    )
    Attestation.objects.create(
        version=version, name="Chefen", on=dt.date(2025, 1, 2), source=AttestSource.PAPPER
    )
    answer = AnswerVersion.objects.create(version=version, collective=False)
    proposal = Answer.objects.get(paper=paper).instance.remiss.proposals.first()
    Position.objects.create(answer_version=answer, proposal=proposal, body="<p>Ja.</p>")
    return version


def make_answer(state: str) -> Paper:
    instance = make_instance(make_remiss())
    paper = Paper.objects.create(namnd=instance.namnd, kind=PaperKind.REMISSVAR)
    Answer.objects.create(instance=instance, paper=paper)
    paper.current = write_version(paper, 1)
    paper.state = state
    paper.save()
    settle()
    return paper


def content_of(version: PaperVersion) -> list[str]:
    """Statements that write in a version: added, changed and removed, in each table."""
    answer = version.answer
    of_version, of_answer = f"version_id = {version.pk}", f"answer_version_id = {answer.pk}"
    other = list(answer.version.paper.answer.instance.remiss.proposals.all())[1]
    return [
        'INSERT INTO papers_section (version_id, key, heading, kind, "order", required, guidance, '
        f"body, revision) VALUES ({version.pk}, 'x', 'X', 'text', 9, false, '', '', 0)",
        f"UPDATE papers_section SET body = 'annat' WHERE {of_version}",
        f"UPDATE papers_section SET heading = 'annat' WHERE {of_version}",
        'INSERT INTO papers_attestation (version_id, name, title, "on", source) '
        f"VALUES ({version.pk}, 'Någon', '', '2025-01-02', 'papper')",
        f"UPDATE papers_attestation SET name = 'Någon annan' WHERE {of_version} AND id = "
        f"(SELECT min(id) FROM papers_attestation WHERE {of_version})",
        f"UPDATE papers_paperversion SET title = 'annat' WHERE id = {version.pk}",
        f"UPDATE papers_paperversion SET warnings = '[1]' WHERE id = {version.pk}",
        f"UPDATE remisser_answerversion SET collective = true WHERE {of_version}",
        "INSERT INTO remisser_position (answer_version_id, proposal_id, stance, wording, body, "
        f"revision) VALUES ({answer.pk}, {other.pk}, '', '', '', 0)",
        f"UPDATE remisser_position SET body = 'annat' WHERE {of_answer}",
        f"DELETE FROM remisser_position WHERE {of_answer}",
        f"DELETE FROM remisser_answerversion WHERE {of_version}",
        f"DELETE FROM papers_attestation WHERE {of_version}",
        f"DELETE FROM papers_section WHERE {of_version}",
    ]


@pytest.mark.django_db
def test_an_attested_paper_refuses_every_write():
    paper = make_answer(PaperState.ATTESTERAD)
    for statement in content_of(paper.current):
        refused(statement)
    refused("DELETE FROM papers_paperversion")
    refused("DELETE FROM papers_paper", match="no draft")
    refused("UPDATE remisser_answer SET instance_id = instance_id", match="no draft")
    refused("DELETE FROM remisser_answer", match="no draft")


@pytest.mark.django_db
def test_a_draft_can_be_written():
    paper = make_answer(PaperState.UTKAST)
    for statement in content_of(paper.current):
        assert execute(statement) > 0


@pytest.mark.django_db
# The states that an attested paper gets to with a new version.
@pytest.mark.parametrize("state", [PaperState.UTKAST, PaperState.ATTESTERAD])
def test_a_new_version_leaves_the_old_one_as_it_was(state):
    paper = make_answer(PaperState.ATTESTERAD)
    old, new = paper.current, write_version(paper, 2)
    Paper.objects.filter(pk=paper.pk).update(current=new, state=state)
    settle()
    for statement in content_of(old):
        refused(statement)
    assert list(PaperVersion.objects.order_by("number").values_list("title", flat=True)) == [
        "Svar 1",
        "Svar 2",
    ]


@pytest.mark.django_db
def test_what_was_attested_stays_closed_when_the_state_moves_back():
    paper = make_answer(PaperState.ATTESTERAD)
    Paper.objects.filter(pk=paper.pk).update(state=PaperState.UTKAST)
    for statement in content_of(paper.current):
        refused(statement)
    new = write_version(paper, 2)
    Paper.objects.filter(pk=paper.pk).update(current=new)


def test_an_attested_paper_is_a_draft_again_only_in_a_new_version(committed_db):  # noqa: F811
    with transaction.atomic():
        paper = make_answer(PaperState.ATTESTERAD)
    back = Paper.objects.filter(pk=paper.pk)
    with pytest.raises(IntegrityError, match="in a new version"):
        back.update(state=PaperState.UTKAST)
    with transaction.atomic():
        back.update(state=PaperState.UTKAST)
        back.update(current=write_version(paper, 2))
    assert back.get().state == PaperState.UTKAST


@pytest.mark.django_db
def test_a_paper_goes_on_in_a_newer_version_only():
    paper = make_answer(PaperState.UTKAST)
    first, second = paper.current, write_version(paper, 2)
    Paper.objects.filter(pk=paper.pk).update(current=second)
    back = "UPDATE papers_paper SET current_id = %(v)s"
    refused(back, match="newer version", v=first.pk)
    refused(back, match="newer version", v=None)


@pytest.mark.django_db
def test_a_paper_keeps_its_namnd_and_a_version_its_paper():
    make_answer(PaperState.UTKAST)
    other = make_namnd("farsta")
    refused("UPDATE papers_paper SET namnd_id = %(n)s", match="keeps its nämnd", n=other.pk)
    refused("UPDATE papers_paperversion SET number = 5", match="keeps its paper")


@pytest.mark.django_db
def test_a_state_outside_the_table_is_refused():
    make_answer(PaperState.UTKAST)
    refused("UPDATE papers_paper SET state = 'hittepa'", match="does not go from utkast")


def test_a_version_beside_the_current_one_does_not_outlive_its_transaction(committed_db):  # noqa: F811
    with transaction.atomic():
        paper = make_answer(PaperState.ATTESTERAD)
    with pytest.raises(IntegrityError, match="newest but not current"), transaction.atomic():
        write_version(paper, 2)
    assert PaperVersion.objects.count() == 1


def test_eight_who_write_in_one_section_wait_for_each_other_and_nobody_is_thrown_out(committed_db):  # noqa: F811
    with transaction.atomic():
        paper = make_answer(PaperState.UTKAST)
    section = Section.objects.filter(version=paper.current).first()

    def save(number: int):
        def work() -> int:
            with transaction.atomic():
                changed = Section.objects.filter(pk=section.pk, revision=0).update(
                    body=f"<p>{number}</p>", revision=1
                )
                if changed:
                    Paper.objects.filter(pk=paper.pk).update(revision=1)
                return changed

        return work

    answers = committed_db.in_threads(*[save(number) for number in range(8)])
    assert sorted(answers) == [0] * 7 + [1]
