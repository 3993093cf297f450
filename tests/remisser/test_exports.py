"""Answers as files: everything in them, in order, read back from Word and PDF."""

import datetime as dt
import io
import re
from pathlib import Path

import docx
import pypdf
import pytest
from django.core.management import CommandError, call_command
from docx.oxml.ns import qn

from desk.demo.organisation import load_namnder
from papers.documents.model import Heading, Signatures, plain
from papers.domain.content import Header
from papers.domain.papers import save_header
from papers.exports.files import FileFormat
from remisser.domain.answers import save_collective, save_position
from remisser.domain.import_answer import import_answer
from remisser.enums import Stance
from remisser.exports.answer_document import answer_document, file_name, write_answer
from remisser.models import Answer
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user
from tests.papers.documents.words import words_in
from tests.remisser.seeds import ANSWERS, HASSELBY, SOCIALNAMNDEN, missing, read

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> #set page(fill: red) =1+1 "&" å'


def answer_from(seeds: Path, name: str) -> Answer:
    load_namnder()
    outcome = import_answer((seeds / name).read_bytes(), source_name=name)
    return Answer.objects.get(paper__namnd__code=outcome.namnd)


def text_of_word(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def text_of_pdf(data: bytes) -> str:
    """Without the running head, that stands between two pages."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    text = "\n".join(page.extract_text() for page in pages)
    return re.sub(r"(?m)^.*\bSida \d+ \(\d+\).*$", "", text)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_paragraph_of_the_paper_stands_in_the_word_file(seeds, name):
    answer = answer_from(seeds, name)
    written = write_answer(answer.paper.current, FileFormat.WORD)
    assert missing(read(seeds, name), text_of_word(written)) == []


@pytest.mark.parametrize("name", ANSWERS)
def test_every_word_of_the_paper_stands_in_the_pdf(seeds, name):
    answer = answer_from(seeds, name)
    text = text_of_pdf(write_answer(answer.paper.current, FileFormat.PDF))
    paper = (seeds / name).read_text(encoding="utf-8")
    left_over = words_in("Klicka här och skrivrubrik") if name == SOCIALNAMNDEN else words_in("")
    assert words_in(paper) - words_in(text) - left_over == words_in("")


def test_all_eight_numbered_statements_stand_in_the_pdf_word_for_word(seeds):
    answer = answer_from(seeds, HASSELBY)
    paper = read(seeds, HASSELBY)
    text = text_of_pdf(write_answer(answer.paper.current, FileFormat.PDF))
    lines = " ".join(text.split())
    for statement in paper.statements:
        assert f"{statement.number}. {statement.wording}" in lines
    # A paragraph may go over a page, where nothing but the running head comes between.
    assert missing(paper, text) == []


def test_the_document_has_the_papers_order_and_heading_levels(seeds):
    document = answer_document(answer_from(seeds, HASSELBY).paper.current)
    headings = [b for b in document.blocks if isinstance(b, Heading)]
    assert [plain(h.runs) for h in headings if h.level == 1] == [
        "Förvaltningens förslag till beslut",
        "Sammanfattning",
        "Bakgrund",
        "Ärendets beredning",
        "Stadsdelsnämndens yttrande",
        "Nämndens sammanfattande bedömning",
        "Förvaltningens synpunkter och förslag",
        "Bilagor",
        "Beslutet ska skickas till",
        "Attesterat av",
    ]
    assert [plain(h.runs)[:2] for h in headings if h.level == 2] == [f"{n}." for n in range(1, 9)]
    assert [len(b.people) for b in document.blocks if isinstance(b, Signatures)] == [2]
    assert document.date == dt.date(2023, 8, 10)


def test_the_same_version_gives_the_same_bytes(seeds):
    version = answer_from(seeds, HASSELBY).paper.current
    for file_format in FileFormat:
        assert write_answer(version, file_format) == write_answer(version, file_format)


def hostile_answer() -> Answer:
    namnd = make_namnd()
    secretary = make_user("namndsekreterare", namnd)
    answer = make_answer(make_instance(make_remiss(title=HOSTILE), namnd), secretary)
    save_header(
        answer.paper,
        actor=secretary,
        expected_version=0,
        header=Header(title=HOSTILE, subtitle=HOSTILE, bilagor=(HOSTILE,), addressee=HOSTILE),
    )
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=1),
        actor=secretary,
        expected_version=1,
        stance="",
        body="<p>&lt;script&gt;alert(1)&lt;/script&gt; #set page</p>",
    )
    answer.refresh_from_db()
    return answer


def test_hostile_text_comes_out_as_it_was_written():
    version = hostile_answer().paper.current
    for text in (
        text_of_word(write_answer(version, FileFormat.WORD)),
        text_of_pdf(write_answer(version, FileFormat.PDF)),
    ):
        flat = " ".join(text.split())
        assert HOSTILE in flat
        assert "<script>alert(1)</script> #set page" in flat


def test_only_answered_proposals_are_written_and_a_bare_stance_is_written_out():
    namnd = make_namnd()
    secretary = make_user("namndsekreterare", namnd)
    answer = make_answer(make_instance(make_remiss(proposals=3), namnd), secretary)
    for number, stance, body in ((1, Stance.AVSTAR, ""), (3, Stance.POSITIV, "<p>Ja.</p>")):
        save_position(
            answer,
            answer.instance.remiss.proposals.get(number=number),
            actor=secretary,
            expected_version=9,
            stance=stance,
            body=body,
        )
    assert [plain(b.runs) for b in answer_document(answer.paper.current).blocks] == [
        "Synpunkter",
        "1. Att-sats 1",
        "Avstår.",
        "3. Att-sats 3",
        "Ja.",
    ]
    save_collective(answer, actor=secretary, expected_version=9, collective=True, stance="")
    assert answer_document(answer.paper.current).blocks == ()


def test_a_file_has_a_safe_name():
    answer = make_answer(make_instance(make_remiss()))
    version = answer.paper.current
    assert file_name(answer, version, FileFormat.PDF) == "svar-ks-2023-553-sodermalm.pdf"


@pytest.mark.parametrize("dnr", ["KS 2023/553", "2023/553"])
def test_the_command_writes_the_file_by_the_number_in_any_form(tmp_path, dnr):
    make_answer(make_instance(make_remiss()))
    output = tmp_path / "svar.pdf"
    call_command(
        "export_answer", dnr, "--namnd", "sodermalm", "--format", "pdf", "--output", str(output)
    )
    assert output.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("dnr", "namnd", "folder", "says"),
    [
        ("KS 1999/1", "sodermalm", "", "inget svar"),
        ("KS 2023/553", "bromma", "", "inget svar"),
        ("KS 2023/553", "sodermalm", "saknas", "går inte att skriva"),
    ],
)
def test_the_command_refuses_in_one_swedish_line(tmp_path, dnr, namnd, folder, says):
    make_answer(make_instance(make_remiss()))
    output = str(tmp_path / folder / "svar.pdf")
    with pytest.raises(CommandError, match=says):
        call_command("export_answer", dnr, "--namnd", namnd, "--format", "pdf", "--output", output)
