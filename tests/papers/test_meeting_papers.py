"""The papers of one meeting in one PDF: in the agenda's order, with bookmarks and bilagor."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from organisation.domain.meetings import meeting_of
from organisation.enums import Role
from papers.documents.model import Document, heading, paragraph
from papers.documents.pdf import write_pdf_of
from papers.documents.pdf_joined import join, pages_of
from papers.domain.agenda import add_notice, send_out
from papers.domain.attest import attest, send_to_attest
from papers.domain.content import header_of
from papers.domain.contents import fingerprint_of
from papers.domain.papers import save_header
from papers.domain.preparation import Facts, add_consultation
from papers.models import Consultation, Paper
from remisser.domain.lint import look_over
from tests.factories import (
    make_instance,
    make_namnd,
    make_remiss,
    make_user,
    ready_answer,
    triggers_asleep,
)
from tests.pdfs import blank_pdf
from trace.uploads import PDF, CheckedFile

DAY = dt.date(2025, 3, 6)


def two_pages(width: int) -> bytes:
    return blank_pdf(pages=2, width=width, height=300)


def document(title: str, words: int = 10) -> Document:
    return Document(
        title=title, date=DAY, blocks=(heading(1, "Förslag"), paragraph("ord " * words))
    )


def bookmarks(reader: PdfReader) -> list:
    def told(items: list) -> list:
        return [
            told(item)
            if isinstance(item, list)
            else (item.title, reader.get_destination_page_number(item))
            for item in items
        ]

    return told(reader.outline)


# The document -------------------------------------------------------------------------------------


def test_each_document_counts_its_own_pages_and_is_a_bookmark():
    made = write_pdf_of(
        [document("Ett"), document("Två", 1500), document("Tre")], title="Alla", date=DAY
    )
    reader = PdfReader(io.BytesIO(made))
    assert bookmarks(reader) == [
        ("Ett", 0),
        [("Förslag", 0)],
        ("Två", 1),
        [("Förslag", 1)],
        ("Tre", 3),
        [("Förslag", 3)],
    ]
    numbers = [page.extract_text().split("Sida ")[1][:5] for page in reader.pages]
    assert numbers == ["1 (1)", "1 (2)", "2 (2)", "1 (1)"]
    xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"pdfuaid" in xmp
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_pages_from_outside_stand_after_their_document_and_nothing_is_claimed_of_them():
    made = write_pdf_of(
        [document("Ett"), document("Två", 1500), document("Tre")], title="A", date=DAY
    )
    first, second = (
        pages_of("Bilaga a", two_pages(111)),
        pages_of("Bilaga b", two_pages(222)),
    )
    joined = PdfReader(io.BytesIO(join(made, [[], [first, second], [first]])))
    widths = [round(page.mediabox.width) for page in joined.pages]
    assert widths == [595, 595, 595, 111, 111, 222, 222, 595, 111, 111]
    assert bookmarks(joined) == [
        ("Ett", 0),
        [("Förslag", 0)],
        ("Två", 1),
        [("Förslag", 1), ("Bilaga a", 3), ("Bilaga b", 5)],
        ("Tre", 7),
        [("Förslag", 7), ("Bilaga a", 8)],
    ]
    xmp = joined.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part>" not in xmp
    assert b"pdfaid:part>" not in xmp
    assert join(made, [[], [], []]) == made


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 %%EOF", b"%PDF-1.7\n1 0 obj <</Type/Catalog>>"])
def test_a_file_that_cannot_be_read_gives_no_pages(data):
    assert pages_of("a", data) is None
    assert pages_of("a", two_pages(100)[:-200]) in (
        None,
        pages_of("a", two_pages(100)),
    )


# The meeting --------------------------------------------------------------------------------------


@pytest.fixture
def secretary(db):
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def meeting(secretary):
    return meeting_of(make_namnd(), DAY, actor=None)


def sent(number: int, secretary, meeting, *, along: bytes | None = None, bilagor=()):
    remiss = make_remiss(f"KS 2025/{number}", slug=f"r-{number}")
    answer = ready_answer(make_instance(remiss, make_namnd()), secretary)
    paper = answer.paper
    header = header_of(paper.current)
    save_header(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        header=type(header)(
            **{**header.__dict__, "title": f"Svar nummer {number}", "bilagor": tuple(bilagor)}
        ),
    )
    if along is not None:
        add_consultation(
            paper,
            Facts("rad", "Rådet", "synpunkter", None, "", goes_along=True),
            actor=secretary,
            file=CheckedFile("yttrande.pdf", PDF, along),
        )
    paper = Paper.objects.select_related("current", "namnd").get(pk=paper.pk)
    head = make_user(Role.CHEF, make_namnd())
    send_to_attest(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        attestants=[head],
        look=lambda paper: look_over(answer, paper),
    )
    attest(paper, actor=head, sha256=fingerprint_of(paper.current))
    send_out(meeting, [paper], actor=secretary)
    return paper


def fetched(client, user, meeting):
    client.force_login(user)
    return client.get(reverse("agenda-papers", args=["sodermalm", meeting.pk]))


def test_the_agenda_comes_first_and_then_each_paper_with_its_bilagor(secretary, meeting, client):
    sent(1, secretary, meeting, along=two_pages(111), bilagor=["Motionen"])
    sent(2, secretary, meeting, along=b"%PDF-1.7 trasig %%EOF")
    add_notice(meeting, title="Rapporten om läget", actor=secretary)
    answer = fetched(client, secretary, meeting)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "sodermalm-2025-03-06-handlingar.pdf" in answer.headers["Content-Disposition"]
    reader = PdfReader(io.BytesIO(answer.content))
    tops = [one for one in bookmarks(reader) if isinstance(one, tuple)]
    assert tops == [("Dagordning", 0), ("Svar nummer 1", 1), ("Svar nummer 2", 4)]
    assert ("Bilaga: yttrande.pdf", 2) in bookmarks(reader)[3]
    first = " ".join(reader.pages[0].extract_text().split())
    for said in (
        "1. Svar nummer 1",
        "2. Svar nummer 2",
        "3. Rapporten om läget",
        "Ingår inte i den här filen",
        "Svar nummer 1: bilagan ”Motionen” finns inte som fil i Samlad.",
        "Bilaga, Svar nummer 2: yttrande.pdf kan inte läsas som PDF.",
    ):
        assert said in first
    assert "Så tycker vi." in reader.pages[1].extract_text()


def test_what_was_changed_after_the_papers_were_sent_out_is_not_put_in(secretary, meeting, client):
    sent(1, secretary, meeting, along=two_pages(111))
    with triggers_asleep():
        Consultation.objects.update(changed_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    reader = PdfReader(io.BytesIO(fetched(client, secretary, meeting).content))
    assert len(reader.pages) == 2
    assert "har ändrats sedan" in " ".join(reader.pages[0].extract_text().split())


def test_only_who_may_see_the_papers_gets_them(secretary, meeting, client):
    sent(1, secretary, meeting)
    for role in (Role.LEDAMOT, Role.LASARE, Role.CHEF):
        assert fetched(client, make_user(role, make_namnd()), meeting).status_code == 200
    for other in (
        make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")),
        make_user(Role.SAMORDNARE, make_namnd()),
        make_user(Role.SYSTEMFORVALTARE),
    ):
        assert fetched(client, other, meeting).status_code == 404


def test_before_anything_is_sent_out_there_is_nothing(secretary, meeting, client):
    assert fetched(client, secretary, meeting).status_code == 404
