"""What a paper said at a save, as Word and PDF: as it was then, and saying which it is."""

import io

import docx
import pypdf
import pytest

from organisation.enums import Role
from papers.domain.attest import attest, send_to_attest
from papers.domain.contents import fingerprint_of
from papers.domain.papers import save_section
from papers.domain.saves import name_save, save_at
from papers.models import Paper
from remisser.domain.answers import save_position
from remisser.exports.answer_document import answer_document, answer_save_document
from remisser.models import Answer
from tests.factories import make_namnd, make_user, ready_answer

pytestmark = pytest.mark.django_db

HOME = "/remisser/ks-2023-553/svar/sodermalm/"


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def answer(secretary) -> Answer:
    """An answer with one text that has a name, and another since."""
    answer = ready_answer(actor=secretary)
    position(answer, secretary, "<p>Ja, först.</p>")
    save = save_at(answer.paper, revision())
    name_save(save, actor=secretary, name="till förvaltningsgruppen")
    section = Paper.objects.get().current.sections.get(order=1)
    save_section(section, actor=secretary, expected_version=99, body="<p>Senare ord.</p>")
    position(answer, secretary, "<p>Nej, sedan.</p>")
    return answer


def position(answer: Answer, actor, body: str) -> None:
    proposal = answer.instance.remiss.proposals.get(number=1)
    save_position(answer, proposal, actor=actor, expected_version=99, stance="", body=body)


def revision() -> int:
    return Paper.objects.get().revision


def words(data: bytes, kind: str) -> str:
    if kind == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_it_says_what_it_said_then_and_which_it_is(client, answer, secretary, kind):
    client.force_login(secretary)
    save = Paper.objects.get().saves.get(name="till förvaltningsgruppen")
    page = client.get(f"{HOME}versioner/{save.revision}/").content.decode()
    assert f"{HOME}versioner/{save.revision}/{kind}/" in page
    sent = client.get(f"{HOME}versioner/{save.revision}/{kind}/")
    text = words(sent.content, kind)
    assert "Version 1, texten som den sparades 20" in text
    assert "(”till förvaltningsgruppen”)." in text
    assert "Ja, först." in text
    assert "Så tycker vi." in text
    assert "Senare ord." not in text
    assert "Nej, sedan." not in text
    name = sent.headers["Content-Disposition"]
    assert "svar-ks-2023-553-sodermalm-version-1-sparad-20" in name
    assert client.get(f"{HOME}versioner/999/{kind}/").status_code == 404


def test_the_newest_save_is_the_version_but_for_what_it_is_called(answer):
    paper = Paper.objects.get()
    save = save_at(paper, paper.revision)
    assert answer_save_document(save).blocks[1:] == answer_document(paper.current).blocks


def test_attests_stand_beside_what_they_are_of_and_nothing_older(answer, secretary):
    head = make_user(Role.CHEF, make_namnd(), name="Cia Chef", title="Direktör")
    paper = Paper.objects.get()
    older, newest = save_at(paper, paper.revision - 1), save_at(paper, paper.revision)
    paper = send_to_attest(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        attestants=[head],
        look=lambda _: (),
    )
    attest(paper, actor=head, sha256=fingerprint_of(paper.current))
    assert "Attesterat av" in str(answer_save_document(newest))
    assert "Attesterat av" not in str(answer_save_document(older))
