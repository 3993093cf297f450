"""The three real papers, read where they lie and written out again."""

import io
import os
import re
from datetime import date
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from papers.documents.model import (
    Document,
    Footnote,
    Heading,
    ListBlock,
    Signatory,
    Signatures,
    heading,
    plain,
)
from papers.documents.pdf import FONT_DIRECTORY, write_pdf
from papers.documents.text import Attest, ReadPaper, Statement, read_text_paper
from papers.documents.word import write_docx
from tests.papers.documents.words import block_texts, words, words_in, words_read

ROOT = Path(__file__).resolve().parents[3]
SEEDS = Path(os.environ.get("SAMLAD_SEEDS") or ROOT.parent / "shared" / "seeds")
NAMES = (
    "svar-ks-2020-924-sodermalm",
    "svar-ks-2023-553-hasselby-vallingby",
    "svar-ks-2023-553-socialnamnden",
)
if missing := [name for name in NAMES if not (SEEDS / f"{name}.txt").is_file()]:
    pytest.skip(
        f"the real papers are not at hand ({missing[0]}.txt); set SAMLAD_SEEDS to their folder",
        allow_module_level=True,
    )


def text_of(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sodermalm() -> ReadPaper:
    return read_text_paper(text_of(NAMES[0]))


@pytest.fixture(scope="module")
def hasselby() -> ReadPaper:
    return read_text_paper(text_of(NAMES[1]))


@pytest.fixture(scope="module")
def socialnamnden() -> ReadPaper:
    return read_text_paper(text_of(NAMES[2]))


def keys(read: ReadPaper) -> list[str]:
    return [section.key for section in read.sections]


# --- nothing is lost -------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_paper_is_in_the_structure_exactly_once(name):
    text = text_of(name)
    assert words_read(read_text_paper(text)) == words_in(text)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_each_section_stand_in_the_papers_order(name):
    """Footnotes and signatures, lifted out of the text, are passed over."""
    text = text_of(name)
    waiting = iter(words(text))
    for section in read_text_paper(text).sections:
        for part in (section.heading, *block_texts(section.blocks, footnotes=False)):
            for word in words(part):
                assert word in waiting, (section.heading, word)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_paper_is_kept(name):
    """Numbers of two digits and more: list numbers and footnote numbers are structure."""
    text = text_of(name)
    read = read_text_paper(text)
    contacts = " ".join(c.telephone for c in read.letterhead.handlaggare)
    parts = [part for s in read.sections for part in (s.heading, *block_texts(s.blocks))]
    head = (*read.letterhead.address, read.title, read.subtitle, contacts)
    everything = " ".join([*parts, *head, str(read.letterhead.meeting_date)])
    found = re.findall(r"\d{2,}", everything.replace("None", ""))
    assert sorted(found) == sorted(re.findall(r"\d{2,}", text))


# --- what was understood -----------------------------------------------------------------------


def test_hasselby_vallingby_is_read_whole(hasselby):
    head = hasselby.letterhead
    assert head.forvaltning == "Hässelby-Vällingby stadsdelsförvaltning"
    assert (len(head.address), head.address[1]) == (7, "Box 3424")
    assert [(c.name, c.telephone) for c in head.handlaggare] == [("Ludvig Jansson", "08-50805795")]
    assert (head.till, head.meeting_date) == (
        "Hässelby-Vällingby stadsdelsnämnd",
        date(2023, 8, 31),
    )
    assert hasselby.namnd == "Hässelby-Vällingby stadsdelsnämnd"
    assert hasselby.title == "Remiss Motion om lämna-program för individer i våldsamma relationer"
    assert (hasselby.remitter_dnr, hasselby.remitter_dnr_as_written) == ("KS 2023/553",) * 2
    assert hasselby.due_date == date(2023, 9, 19)
    assert keys(hasselby) == [
        "forslag_till_beslut",
        "sammanfattning",
        "bakgrund",
        "arendets_beredning",
        "yttrande",
        "sammanfattande_bedomning",
        "forvaltningens_synpunkter_kort",
        "bilagor",
        "skickas_till",
        "attest",
    ]
    unit = "Hässelby-Vällingby stadsdelsförvaltning"
    assert hasselby.signatures == (
        Signatory("Toni Mellblom", "Stadsdelsdirektör", unit),
        Signatory("Fredrik Skoglund", "Avdelningschef", unit),
    )
    assert hasselby.attests == (
        Attest("Toni Mellblom", "Stadsdelsdirektör", date(2023, 8, 10)),
        Attest("Fredrik Skoglund", "Avdelningschef", date(2023, 8, 9)),
    )
    assert (len(hasselby.attachments), hasselby.recipients) == (2, ("Kommunstyrelsen",))
    assert (hasselby.proposals, hasselby.footnotes, hasselby.instances) == ((), (), ())


def test_hasselby_vallingby_answers_eight_numbered_statements(hasselby):
    assert [s.number for s in hasselby.statements] == list(range(1, 9))
    assert [len(s.blocks) for s in hasselby.statements] == [3, 2, 2, 2, 1, 1, 3, 1]
    assert all("*" not in s.wording and s.wording[0].isupper() for s in hasselby.statements)
    yttrande = hasselby.section("yttrande")
    headings = [b for b in yttrande.blocks if isinstance(b, Heading)]
    assert [plain(h.runs) for h in headings] == [
        f"{s.number}. {s.wording}" for s in hasselby.statements
    ]


def test_hasselby_vallingby_was_mended_where_pages_broke(hasselby):
    assert [w.line for w in hasselby.warnings] == [32, 58, 78, 100]
    statement: Statement = hasselby.statements[4]
    assert plain(statement.blocks[0].runs).endswith("verka stigmatiserande.")


def test_socialnamnden_is_read_whole(socialnamnden):
    read = socialnamnden
    assert read.title == "Remiss av Motion om lämna-program för individer i våldsamma relationer"
    assert read.subtitle == "Svar på remiss från kommunstyrelsen, Dnr KS 2023/553"
    assert (read.remitter_dnr, read.due_date, read.namnd) == ("KS 2023/553", None, "Socialnämnden")
    assert keys(read) == [
        "forslag_till_beslut",
        "sammanfattning",
        "bakgrund",
        "arendet",
        "arendets_beredning",
        "jamstalldhetsanalys",
        "barnrattsperspektiv",
        "synpunkter",
        "bilagor",
    ]
    assert read.signatures == (
        Signatory("Veronica Wolgast Carstorp", "Socialdirektör", "Socialförvaltningen"),
        Signatory("Lina Blombergsson", "Avdelningschef", "Socialförvaltningen"),
    )
    assert [(b.body, b.date) for b in read.beredning] == [
        ("Förvaltningsgruppen", date(2023, 8, 23)),
        ("Rådet för funktionshinderfrågor", date(2023, 8, 24)),
    ]
    assert read.attachments == ("Motion om lämna-program för individer i våldsamma relationer",)


def test_socialnamnden_retells_eight_proposals(socialnamnden):
    assert len(socialnamnden.proposals) == 8
    assert all(re.match(r"Att .+\.$", text) for text in socialnamnden.proposals)
    assert "lämna-program" in socialnamnden.proposals[7]


def test_socialnamnden_names_twelve_instances(socialnamnden):
    names = [i.name for i in socialnamnden.instances]
    assert len(names) == 12
    assert names[4:9] == [
        "Farsta stadsdelsnämnd",
        "Hässelby-Vällingby stadsdelsnämnd",
        "Norrmalms stadsdelsnämnd",
        "Alla Kvinnors Hus",
        "Riksorganisationen GAPF - Glöm aldrig Pela och Fadime",
    ]
    assert names[-1] == "Unizon"


def test_socialnamndens_footnotes_stand_in_the_text(socialnamnden):
    assert [(n.number, n.section, n.left_over) for n in socialnamnden.footnotes] == [
        (number, "synpunkter", number == 1) for number in range(1, 8)
    ]
    assert socialnamnden.footnotes[5].text.startswith("https://")
    assert " " not in socialnamnden.footnotes[5].text
    inline = [
        (plain(block.runs[index - 1 : index])[-9:], part.left_over)
        for block in socialnamnden.section("synpunkter").blocks
        for item in (block.items if isinstance(block, ListBlock) else [[block]])
        for block in item
        for index, part in enumerate(block.runs)
        if isinstance(part, Footnote)
    ]
    assert inline[0] == ("021-2025.", True)
    assert [text.split()[-1] for text, _ in inline[1:]] == [
        "PATRIARK",
        "heder.",
        "(ATV).",
        "Skaraborg."[-9:],
        "Älvsborg."[-9:],
        "åldsutsatta"[-9:],
    ]


def test_sodermalm_is_read_whole(sodermalm):
    assert (sodermalm.title, sodermalm.remitter_dnr) == ("", "KS 2020/924")
    assert sodermalm.due_date == date(2020, 12, 2)
    assert sodermalm.namnd == "Södermalms stadsdelsnämnd"
    assert keys(sodermalm) == [
        "forslag_till_beslut",
        "sammanfattning",
        "bakgrund",
        "arendets_beredning",
        "arendet",
        "synpunkter",
        "bilagor",
    ]
    blocks = sodermalm.section("arendet").blocks
    headings = [plain(b.runs) for b in blocks if isinstance(b, Heading)]
    assert headings == [
        "Syfte med programmet",
        "Programmets innehåll och struktur",
        "Programmets mål",
        "Ansvar och uppföljning",
    ]
    (goals,) = [b for b in blocks if isinstance(b, ListBlock)]
    assert len(goals.items) == 7
    assert [(s.name, s.title) for s in sodermalm.signatures] == [
        ("Ann-Christine Jenvén", "Stadsdelsdirektör"),
        ("Maria Klemets Hellberg", "Avdelningschef"),
    ]
    assert [(b.body, b.date) for b in sodermalm.beredning] == [
        ("Förvaltningsgruppen", date(2020, 11, 16)),
        ("Pensionärsrådet", date(2020, 11, 16)),
        ("Rådet för funktionshinderfrågor", date(2020, 11, 17)),
    ]


def test_sodermalm_names_two_groups_and_24_others(sodermalm):
    groups = [i.name for i in sodermalm.instances if i.group]
    assert groups == ["samtliga stadsdelsnämnder", "facknämnder"]
    assert len(sodermalm.instances) == 26
    assert "Somaya kvinno- och tjejjour" in [i.name for i in sodermalm.instances]


# --- and out again -----------------------------------------------------------------------------


def as_document(read: ReadPaper) -> Document:
    blocks = [b for s in read.sections for b in (heading(1, s.heading), *s.blocks)]
    return Document(
        title=read.title or read.subtitle,
        subtitle=read.subtitle if read.title else "",
        date=date(2025, 1, 1),
        letterhead=read.letterhead,
        blocks=(*blocks, Signatures(read.signatures)),
    )


def written_words(read: ReadPaper) -> set[str]:
    """The words of the sections, but for footnotes that a template left over."""
    parts = (t for s in read.sections for t in block_texts(s.blocks, footnotes=False))
    return {word for part in parts for word in words(part)}


@pytest.mark.parametrize("name", NAMES)
def test_the_word_file_has_every_section_and_word(name):
    read = read_text_paper(text_of(name))
    word = docx.Document(io.BytesIO(write_docx(as_document(read))))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings == [s.heading for s in read.sections]
    texts = [p.text for p in word.paragraphs]
    texts += [c.text for t in word.tables for row in t.rows for c in row.cells]
    assert written_words(read) - {w for text in texts for w in words(text)} == set()
    assert [s.wording for s in read.statements if not any(s.wording in t for t in texts)] == []


@pytest.mark.skipif(not FONT_DIRECTORY.is_dir(), reason="Source Sans 3 is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_has_every_section_and_word(name):
    read = read_text_paper(text_of(name))
    pages = PdfReader(io.BytesIO(write_pdf(as_document(read)))).pages
    text = " ".join(page.extract_text() for page in pages)
    assert written_words(read) - set(words(text)) == set()
    assert "Klicka här" not in text
    flat = re.sub(r"\s+", "", text)
    wanted = [s.heading for s in read.sections]
    wanted += [f"{s.number}. {s.wording}" for s in read.statements]
    assert [part for part in wanted if part.replace(" ", "") not in flat] == []
