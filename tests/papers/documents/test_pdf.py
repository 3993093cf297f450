import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from papers.documents.model import Document, heading, paragraph, table
from papers.documents.pdf import (
    FONT_DIRECTORY,
    REPLACEMENT,
    FontsMissing,
    missing_characters,
    write_pdf,
)
from papers.documents.pdf_tags import _kids
from tests.papers.documents.samples import DOCUMENT, MARKUP

if not FONT_DIRECTORY.is_dir():
    pytest.skip("Source Sans 3 is not installed (npm has not run)", allow_module_level=True)


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(write_pdf(document)))


def text_of(reader: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", text)


def elements(reader: PdfReader) -> list[dict]:
    """Every structure element in reading order."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting.extend(reversed(element))
        elif isinstance(element, dict):
            if "/S" in element:
                found.append(element)
            if "/K" in element:
                waiting.append(element["/K"])
    return found


def attributes(element: dict) -> dict:
    merged: dict = {}
    parts = element.get("/A", [])
    for part in parts if isinstance(parts, list) else [parts]:
        merged.update(part.get_object())
    return merged


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return read(DOCUMENT)


def test_language_title_and_dates_are_the_documents(reader):
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title == "Svar på exempelremiss"
    assert reader.metadata.author == "Exempelförvaltningen"
    assert reader.metadata.creation_date.date() == date(2025, 4, 30)


def test_it_claims_to_be_accessible_and_archivable(reader):
    xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    found = dict(re.findall(r"<(pdf\w+:(?:part|conformance))>(\w+)<", xmp))
    assert found == {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}


def test_headings_are_in_order_and_none_is_skipped(reader):
    kinds = [e["/S"] for e in elements(reader) if re.match(r"/H\d", e["/S"])]
    assert kinds == ["/H1", "/H1", "/H2", "/H1"]


def test_header_cells_say_what_they_are_headers_of(reader):
    scopes = [attributes(e)["/Scope"] for e in elements(reader) if e["/S"] == "/TH"]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 2 + ["/Column"] * 2
    assert len([e for e in elements(reader) if e["/S"] == "/TD"]) == 4 + 2


def test_lists_notes_links_and_pictures_are_tagged(reader):
    tags = [e["/S"] for e in elements(reader)]
    assert tags.count("/L") == 5
    assert tags.count("/LI") == 2 + len(MARKUP) + 2 + 2 + 2
    assert tags.count("/Note") == 1
    assert [e["/Alt"] for e in elements(reader) if e["/S"] == "/Figure"] == [
        "Ett diagram som visar ett exempel."
    ]
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    ]
    assert links == ["https://example.org/a"]


def test_every_page_says_which_of_how_many_it_is(reader):
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert f"Sida {number} ({total})" in page.extract_text()
    assert "Tjänsteutlåtande · Dnr 1.1-2/2025" in reader.pages[1].extract_text()


def test_all_text_is_there_and_markup_is_only_text(reader):
    text = text_of(reader)
    wanted = (
        *("Exempelförvaltningen", "Dnr 1.1-2/2025", "Telefon: 08-508 00 000", "Exempelnämnden"),
        *("Svar på exempelremiss", "Remiss KS 2025/1", "Nämnden godkänner.", "Text med not"),
        *("1 234", "Exempeldata.", "Bildtext", "Anna Exempel", "Direktör", "2025-04-30"),
        *MARKUP,
    )
    assert [part for part in wanted if part.replace(" ", "") not in text.replace(" ", "")] == []


def test_what_is_missing_has_no_label():
    bare = replace(DOCUMENT, letterhead=None, subtitle="", blocks=(paragraph("Text"),))
    assert text_of(read(bare)) == "Sida 1 (1) Svar på exempelremiss Text"


def test_the_same_document_gives_the_same_bytes():
    first = write_pdf(DOCUMENT)
    with time_machine.travel(datetime(2031, 2, 3, 4, 5, tzinfo=UTC)):
        assert write_pdf(DOCUMENT) == first


def test_the_fonts_are_inside(reader):
    fonts = {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {"SourceSans3-Regular", "SourceSans3-Semibold"} <= fonts
    assert all(name.startswith("SourceSans3") for name in fonts)


def test_a_long_table_repeats_its_header_on_every_page():
    rows = [[f"Rad {n}", str(n)] for n in range(120)]
    reader = read(replace(DOCUMENT, letterhead=None, blocks=(table(["Namnrubrik", "Tal"], rows),)))
    assert len(reader.pages) > 2
    assert all("Namnrubrik" in page.extract_text() for page in reader.pages)
    assert len([e for e in elements(reader) if e["/S"] == "/TH"]) == 2


def test_landscape_is_wider_than_high():
    box = read(replace(DOCUMENT, landscape=True)).pages[0].mediabox
    assert box.width > box.height


def test_missing_fonts_are_one_clear_error(tmp_path: Path):
    with pytest.raises(FontsMissing, match=r"Source Sans 3 saknas.*make demo"):
        write_pdf(DOCUMENT, fonts=tmp_path)


def test_what_the_font_lacks_is_shown_as_a_square_and_can_be_asked_for():
    document = replace(DOCUMENT, letterhead=None, subtitle="", blocks=(paragraph("a 漢 \uf0d8 b"),))
    assert missing_characters(document) == "漢\uf0d8"
    assert f"a {REPLACEMENT} {REPLACEMENT} b" in text_of(read(document))


@settings(max_examples=60, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=4))
def test_no_text_breaks_the_writer(title, texts):
    document = Document(
        title=title,
        date=date(2025, 1, 1),
        subtitle=title,
        blocks=(
            *(paragraph(text) for text in texts),
            *(heading(2, text) for text in texts),
            table(["A", "B"], [texts], caption=title, row_headers=True),
        ),
    )
    assert write_pdf(document).startswith(b"%PDF-1.7")


def test_an_element_with_nothing_in_it_holds_nothing():
    """Typst leaves such in the tree, for a part of the head that is empty."""
    assert _kids(b"31 0 obj\n<</Type/StructElem/S/Div/P 36 0 R/K[]>>\n") == []
    assert _kids(b"<</Type/StructElem/S/Div/K 5 0 R>>") == [5]
    assert _kids(b"<</Type/StructElem/S/Div/K[7 0 R 8 0 R]>>") == [7, 8]
    assert _kids(b"<</Type/StructElem/S/Div>>") == []
