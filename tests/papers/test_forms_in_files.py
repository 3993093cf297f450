"""The four forms that the city's papers have: in Word and in PDF their parts stand in order."""

import io

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from organisation.enums import Role
from papers.documents.model import Contact, Document, Signatory
from papers.domain.attest import attest, send_to_attest
from papers.domain.content import WRITTEN_KINDS, Header
from papers.domain.contents import fingerprint_of
from papers.domain.papers import create_paper, save_header, save_section
from papers.domain.templates import ensure_standard_templates
from papers.exports.files import FileFormat, write_document
from papers.exports.paper_document import paper_document
from papers.models import Paper, PaperTemplate
from remisser.domain.answers import save_position, start_answer
from remisser.domain.lint import look_over
from remisser.enums import Stance
from remisser.exports.answer_document import answer_document
from remisser.models import Answer
from tests.factories import make_instance, make_namnd, make_remiss, make_user

pytestmark = pytest.mark.django_db

NAMES = "Anna Ek"
TEXT = "Så tycker vi."
HEADER = Header(
    title="Svar på motion",
    subtitle="Svar på remiss KS 2025/1",
    dnr="1.5.1-7/2025",
    handlaggare=(Contact("Siv", "08-508 00 000"),),
    signatures=(Signatory(NAMES, "Direktör", "Förvaltningen"), Signatory("Bo Alm", "Chef")),
    bilagor=("Motionen",),
    recipients=("Kommunstyrelsen",),
)
FORMS = {
    "facknamnd": [
        "Förvaltningens förslag till beslut",
        "Sammanfattning",
        "Bakgrund",
        "Ärendet",
        "Ärendets beredning",
        "Jämställdhetsanalys",
        "Barnrättsperspektiv",
        "Förvaltningens synpunkter och förslag",
        "1. Att-sats 1",
        "2. Att-sats 2",
        NAMES,
        "Bilagor",
        "Attesterat av",
    ],
    "stadsdel": [
        "Förslag till beslut",
        "Sammanfattning",
        "Bakgrund",
        "Ärendets beredning",
        "Ärendet",
        "Synpunkter och förslag",
        "1. Att-sats 1",
        "2. Att-sats 2",
        NAMES,
        "Bilagor",
        "Attesterat av",
    ],
    "stadsdel-eget-yttrande": [
        "Förvaltningens förslag till beslut",
        "Sammanfattning",
        "Bakgrund",
        "Ärendets beredning",
        "Stadsdelsnämndens yttrande",
        "1. Att-sats 1",
        "2. Att-sats 2",
        "Nämndens sammanfattande bedömning",
        "Förvaltningens synpunkter och förslag",
        NAMES,
        "Bilagor",
        "Beslutet ska skickas till",
        "Attesterat av",
    ],
    "eget-arende": [
        "Förvaltningens förslag till beslut",
        NAMES,
        "Sammanfattning",
        "Bakgrund",
        "Ärendets beredning",
        "Ärendet",
        "Jämställdhetsanalys",
        "Förvaltningens synpunkter och förslag",
        "Bilagor",
        "Attesterat av",
    ],
}


def answer_of_form(code: str, secretary) -> Document:
    instance = make_instance(make_remiss(proposals=2), make_namnd())
    answer = start_answer(instance, PaperTemplate.objects.get(code=code), secretary)
    for number in (1, 2):
        save_position(
            answer,
            answer.instance.remiss.proposals.get(number=number),
            actor=secretary,
            expected_version=Paper.objects.get().revision,
            stance=Stance.POSITIV,
            body=f"<p>{TEXT}</p>",
        )
    write(answer.paper, secretary)
    answer = Answer.objects.get(pk=answer.pk)
    approve(answer.paper, secretary, look=lambda paper: look_over(answer, paper))
    return answer_document(Paper.objects.get().current)


def own_matter(code: str, secretary) -> Document:
    paper = create_paper(
        PaperTemplate.objects.get(code=code), namnd=make_namnd(), actor=secretary, header=HEADER
    )
    write(paper, secretary)
    approve(paper, secretary, look=lambda _: ())
    return paper_document(Paper.objects.get().current)


def write(paper: Paper, secretary) -> None:
    revision = Paper.objects.get().revision
    paper = save_header(paper, actor=secretary, expected_version=revision, header=HEADER)
    for section in paper.current.sections.filter(kind__in=WRITTEN_KINDS):
        body = f"<p>{TEXT}</p>"
        save_section(section, actor=secretary, expected_version=paper.revision, body=body)


def approve(paper: Paper, secretary, *, look) -> None:
    head = make_user(Role.CHEF, name="Cia Chef", title="Direktör")
    paper = Paper.objects.get(pk=paper.pk)
    paper = send_to_attest(
        paper, actor=secretary, expected_version=paper.revision, attestants=[head], look=look
    )
    attest(paper, actor=head, sha256=fingerprint_of(paper.current))


def parts_of_word(data: bytes) -> list[str]:
    """Headings by their styles, and where the names stand, in the order of the file."""
    document = docx.Document(io.BytesIO(data))
    found = []
    for element in document.element.body:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            if paragraph.style.name.startswith("Heading"):
                found.append(paragraph.text)
        elif NAMES in "".join(text.text or "" for text in element.iter(qn("w:t"))):
            found.append(NAMES)
    return found


def parts_of_pdf(data: bytes, parts: list[str]) -> list[str]:
    """The parts that stand on lines of their own, in the order of the file."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    return [
        NAMES if line.startswith(NAMES) else line
        for line in lines
        if line in parts or line.startswith(NAMES)
    ]


@pytest.mark.parametrize("code", FORMS)
def test_the_parts_stand_in_the_order_of_the_form(code):
    ensure_standard_templates()
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    make = own_matter if code == "eget-arende" else answer_of_form
    document = make(code, secretary)
    assert parts_of_word(write_document(document, FileFormat.WORD)) == FORMS[code]
    pdf = write_document(document, FileFormat.PDF)
    assert parts_of_pdf(pdf, FORMS[code]) == FORMS[code]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    made = {NAMES, "Bilagor", "Beslutet ska skickas till", "Attesterat av"}
    assert text.count(TEXT) == len([part for part in FORMS[code] if part not in made])
