import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
import time_machine
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from papers.documents.model import Document, Footnote, Run, heading, paragraph, runs, table
from papers.documents.word import write_docx
from tests.papers.documents.samples import DOCUMENT, MARKUP

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def data() -> bytes:
    return write_docx(DOCUMENT)


@pytest.fixture(scope="module")
def word(data):
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def styles_of(word) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in word.paragraphs if p.text]


def test_titles_and_headings_have_real_styles_and_levels(word):
    found = [pair for pair in styles_of(word) if re.match("Title|Subtitle|Heading", pair[0])]
    assert found == [
        ("Title", "Svar på exempelremiss"),
        ("Subtitle", "Remiss KS 2025/1"),
        ("Heading 1", "Förslag till beslut"),
        ("Heading 1", "Ärendet"),
        ("Heading 2", "Djupare rubrik"),
        ("Heading 1", "Underskrifter"),
    ]
    assert [p for p in word.paragraphs if p.style.name.startswith("Heading") and not p.text] == []
    for level in range(1, 5):
        outline = word.styles[f"Heading {level}"].element.find(f".//{W}outlineLvl")
        assert outline.get(f"{W}val") == str(level - 1)


def test_the_language_is_swedish_in_defaults_and_styles(word):
    root = word.styles.element
    for place in (root.find(f"{W}docDefaults"), word.styles["Normal"].element):
        lang = place.find(f".//{W}lang")
        assert (lang.get(f"{W}val"), lang.get(f"{W}eastAsia")) == ("sv-SE", "sv-SE")
    assert word.core_properties.language == "sv-SE"
    assert word.settings.element.find(f"{W}themeFontLang").get(f"{W}val") == "sv-SE"


def test_page_numbers_are_fields_in_both_headers(word):
    section = word.sections[0]
    assert section.different_first_page_header_footer is True
    texts = []
    for header in (section.first_page_header, section.header):
        paragraph_ = header.paragraphs[0]
        codes = [f.get(f"{W}instr").strip() for f in paragraph_._p.iter(f"{W}fldSimple")]
        assert codes == ["PAGE", "NUMPAGES"]
        texts.append("".join(t.text for t in paragraph_._p.iter(f"{W}t")))
    assert texts == ["Sida 1 (1)", "Tjänsteutlåtande · Dnr 1.1-2/2025Sida 1 (1)"]


def test_the_page_is_a4(word):
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    wide = docx.Document(io.BytesIO(write_docx(replace(DOCUMENT, landscape=True)))).sections[0]
    assert (round(wide.page_width.mm), round(wide.page_height.mm)) == (297, 210)
    assert wide._sectPr.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"


def test_lists_are_lists_and_each_counts_from_its_own_start(data, word):
    numbering = part(data, "word/numbering.xml")
    patterns = {
        n.get(f"{W}numId"): (
            n.find(f"{W}abstractNumId").get(f"{W}val"),
            [s.get(f"{W}val") for s in n.iter(f"{W}startOverride")],
        )
        for n in numbering.findall(f"{W}num")
    }
    lists: dict[str, list[str]] = {}
    for p in word.paragraphs:
        numbered = p._p.find(f".//{W}numId")
        if numbered is not None:
            assert p.style.name in ("List Bullet", "List Number")
            lists.setdefault(numbered.get(f"{W}val"), []).append(p.text)
    assert [(texts, *patterns[n]) for n, texts in lists.items()] == [
        (["Nämnden godkänner.", "Nämnden justerar."], "2", ["1"]),
        (list(MARKUP), "1", []),
        (["Punkt", "En till"], "1", []),
        (["a", "b"], "2", ["1"]),
        (["Tredje", "Fjärde"], "2", ["3"]),
    ]


def test_tables_mark_and_repeat_their_headers(word):
    data_tables = [t for t in word.tables if t.style.name == "Paper Table"]
    assert [[c.text for c in t.rows[0].cells] for t in data_tables] == [
        ["Indikator", "Utfall", "Årsmål"],
        ["Namn", "Datum"],
    ]
    for grid in data_tables:
        marked = [row._tr.find(f".//{W}tblHeader") is not None for row in grid.rows]
        assert marked == [True] + [False] * (len(grid.rows) - 1)
    look = data_tables[0]._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert ("Caption", "Indikatorer") in styles_of(word)


def test_layout_tables_claim_no_headers(word):
    layouts = [t for t in word.tables if t.style.name == "Layout Table"]
    assert len(layouts) == 3
    for grid in layouts:
        look = grid._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("0", "0")
    assert layouts[-1].rows[0].cells[0].text == "Anna Exempel\nDirektör\nEnheten"
    assert layouts[1].rows[0].cells[1].text == "Till\nExempelnämnden\n2025-05-20"


def test_footnotes_are_footnotes(data):
    notes = part(data, "word/footnotes.xml")
    found = [(n.get(f"{W}id"), n.get(f"{W}type")) for n in notes]
    assert found == [("-1", "separator"), ("0", "continuationSeparator"), ("1", None)]
    assert "".join(t.text for t in notes[2].iter(f"{W}t")) == " Se boken här"
    references = part(data, "word/document.xml").iter(f"{W}footnoteReference")
    assert [r.get(f"{W}id") for r in references] == ["1"]
    listed = part(data, "word/settings.xml").find(f"{W}footnotePr")
    assert [n.get(f"{W}id") for n in listed] == ["-1", "0"]
    links = part(data, "word/_rels/footnotes.xml.rels")
    assert [r.get("Target") for r in links] == ["https://example.org/a"]


def test_a_document_without_footnotes_has_no_part_for_them():
    plain = write_docx(replace(DOCUMENT, blocks=(paragraph("Text"),)))
    assert "word/footnotes.xml" not in zipfile.ZipFile(io.BytesIO(plain)).namelist()


def test_pictures_have_alternative_text(data):
    drawing = part(data, "word/document.xml").find(f".//{W}drawing")
    names = [e for e in drawing.iter() if e.tag.endswith(("}docPr", "}cNvPr"))]
    assert [e.get("descr") for e in names] == ["Ett diagram som visar ett exempel."] * 2


def test_properties_tell_of_the_document_and_of_nobody(data, word):
    properties = word.core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (
        "Svar på exempelremiss",
        "Exempelförvaltningen",
        "Exempelförvaltningen",
    )
    assert properties.created.replace(tzinfo=None) == datetime(2025, 4, 30)  # noqa: DTZ001
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    here = str(Path(__file__).resolve().parents[3]).encode()
    for trace in (here, b"python-docx", b"/home", b"/usr", b"Steve", b"generated by"):
        assert trace not in everything


def test_markup_is_only_text_and_makes_no_fields(data, word):
    assert [text for style, text in styles_of(word) if style == "List Bullet"][:-2] == list(MARKUP)
    body = part(data, "word/document.xml")
    assert [e for e in body.iter() if e.tag in (f"{W}fldSimple", f"{W}instrText")] == []


def test_the_same_document_gives_the_same_bytes_later_too(data):
    with time_machine.travel(datetime(2031, 2, 3, 4, 5, tzinfo=UTC)):
        assert write_docx(DOCUMENT) == data


def test_every_relation_has_its_part_and_every_style_exists(data, word):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        for name in [n for n in names if n.endswith(".rels")]:
            folder = name.replace("_rels/", "").rpartition("/")[0]
            for relation in etree.fromstring(package.read(name)):
                if relation.get("TargetMode") != "External":
                    target = relation.get("Target")
                    full = target[1:] if target.startswith("/") else f"{folder}/{target}"
                    assert full.lstrip("/") in names
    known = {s.style_id for s in word.styles}
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            used = {e.get(f"{W}val") for e in part(data, name).iter(f"{W}{kind}")}
            assert used <= known


titles_and_texts = given(st.text(), st.lists(st.text(), max_size=4))


@settings(max_examples=12, deadline=None)
@titles_and_texts
def test_no_text_breaks_the_writer(title, texts):
    check_that_it_is_written(title, texts)


@pytest.mark.deep
@settings(max_examples=300, deadline=None)
@titles_and_texts
def test_none_of_many_texts_breaks_the_writer(title, texts):
    check_that_it_is_written(title, texts)


def check_that_it_is_written(title, texts):
    note = Footnote(tuple(Run(text, bold=True) for text in texts))
    document = Document(
        title=title,
        date=date(2025, 1, 1),
        subtitle=title,
        publisher=title,
        blocks=(
            *(paragraph(text, note) for text in texts),
            *(heading(2, text) for text in texts),
            table(["A", "B"], [texts], caption=title, note=title),
        ),
    )
    docx.Document(io.BytesIO(write_docx(document)))


def test_a_very_long_title_is_whole_in_the_text():
    title = "Ord " * 200
    word = docx.Document(io.BytesIO(write_docx(replace(DOCUMENT, title=title))))
    assert ("Title", title.strip()) in styles_of(word)


def test_runs_keep_their_look():
    document = replace(DOCUMENT, letterhead=None)
    block = paragraph(*runs("a ", Run("b", bold=True), Run("c\nd", italic=True)))
    word = docx.Document(io.BytesIO(write_docx(replace(document, blocks=(block,)))))
    found = [(r.text, r.bold, r.italic) for r in word.paragraphs[-1].runs]
    assert found == [("a ", None, None), ("b", True, None), ("c\nd", None, True)]
