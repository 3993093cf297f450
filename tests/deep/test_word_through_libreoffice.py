"""The follow-up's and its report's Word files as somebody else's program reads and writes them."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.followup_report.stored import read_version
from indicators.domain.followup_report.writing import set_city_grade
from indicators.enums import ReportState
from indicators.exports.files import followup_docx
from indicators.exports.followup_report_document import report_docx
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
)
from tests.indicators.followup_report.world import GOAL, World

pytestmark = [pytest.mark.deep, pytest.mark.django_db]

PATIENCE = 120  # seconds; it takes about five


def through_libreoffice(data: bytes, kind: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it anew. kind: "docx" or "pdf"."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine: the Word file was not read by another program")
    source, target = folder / "in.docx", folder / "out"
    source.write_bytes(data)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(target),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    return (target / f"in.{kind}").read_bytes()


def seven_goals() -> bytes:
    asked = [
        make_indicator(f"i-{number}", goal=make_goal(number), counts_people=True, order=number)
        for number in range(1, 8)
    ]
    for year in range(2021, 2026):
        report = make_report(make_namnd("bromma"), make_period(f"{year}-T1"), ReportState.GODKAND)
        for number, definition in enumerate(asked, start=year - 2000):
            make_value(report, definition, number, comment="Åtgärder pågår.")
    return followup_docx(consolidate(make_period("2025-T1"), audience=Audience.OTHERS))


def outline(data: bytes) -> list[tuple[str, str]]:
    word = docx.Document(io.BytesIO(data))
    return [
        (p.style.name.lower(), p.text)
        for p in word.paragraphs
        if p.style.name.lower().startswith("heading")
    ]


def grids(data: bytes) -> list[list[list[str]]]:
    word = docx.Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]


def repeated_rows(data: bytes) -> list[int]:
    """How many header rows of each table are repeated on every page."""
    word = docx.Document(io.BytesIO(data))
    return [
        sum(row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows)
        for table in word.tables
    ]


def fields(data: bytes) -> set[str]:
    """The fields in the headers of the pages, by name."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("word/header"):
                root = etree.fromstring(package.read(name))
                codes = [e.get(qn("w:instr")) for e in root.iter(qn("w:fldSimple"))]
                codes += [e.text for e in root.iter(qn("w:instrText"))]
                found |= {code.split()[0] for code in codes if code and code.strip()}
    return found


def pictures(data: bytes) -> list[str]:
    return [
        shape._inline.docPr.get("descr") for shape in docx.Document(io.BytesIO(data)).inline_shapes
    ]


def test_headings_tables_page_numbers_and_the_charts_words_survive(tmp_path: Path):
    ours = seven_goals()

    theirs = through_libreoffice(ours, "docx", tmp_path)

    assert len(outline(ours)) > 20
    assert outline(theirs) == outline(ours)
    # One of judgements, one for each goal, and two for each indicator last in the file.
    assert len(grids(ours)) == 1 + 7 + 2 * 7
    assert grids(theirs) == grids(ours)
    assert repeated_rows(theirs) == repeated_rows(ours) == [1] * 22
    assert fields(theirs) == fields(ours) == {"PAGE", "NUMPAGES"}
    assert pictures(theirs) == pictures(ours)


def test_the_pages_are_numbered_on_paper(tmp_path: Path):
    pages = PdfReader(io.BytesIO(through_libreoffice(seven_goals(), "pdf", tmp_path))).pages
    assert len(pages) > 3
    texts = [page.extract_text() for page in pages]
    numbers = [f"Sida {number} ({len(pages)})" for number in range(1, len(pages) + 1)]
    assert [n for n, text in zip(numbers, texts, strict=True) if n not in text] == []


# A fixed version of the report -------------------------------------------------------------------


def a_fixed_report() -> bytes:
    """With everything that one holds: own words, the city's judgement, charts, the appendix."""
    world = World()
    for period in ("2023-T1", "2024-T1"):
        report = make_report(world.namnder["farsta"], make_period(period), ReportState.GODKAND)
        make_value(report, world.share, numerator=40, denominator=100)
    report = world.citys()
    report = world.write(report, GOAL, "Det första stycket.\n\nDet andra, med ”citat” & tecken.")
    set_city_grade(
        report,
        GOAL,
        actor=world.coordinator,
        expected_version=report.revision,
        grade="delvis",
        reasons="Det går framåt.",
    )
    version = world.fixed(report)
    return report_docx(read_version(version), version)


def words(data: bytes) -> list[str]:
    """The paragraphs outside of tables, but for those that hold a chart alone."""
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.text.strip()]


def test_a_fixed_reports_word_file_survives(tmp_path: Path):
    ours = a_fixed_report()

    theirs = through_libreoffice(ours, "docx", tmp_path)

    headings = [text for _, text in outline(ours)]
    chapters = ("Inledning", "Mål 1. Mål ett.", "Sammanfattning", "Om uppgifterna")
    assert [one for one in chapters if one not in headings] == []
    assert outline(theirs) == outline(ours)
    assert words(theirs) == words(ours)
    assert "Det andra, med ”citat” & tecken." in words(theirs)
    assert len(grids(ours)) > 3
    assert grids(theirs) == grids(ours)
    assert repeated_rows(theirs) == repeated_rows(ours)
    assert set(repeated_rows(ours)) == {1}
    assert fields(theirs) == fields(ours) == {"PAGE", "NUMPAGES"}
    assert pictures(theirs) == pictures(ours)
    assert pictures(ours) != []


def test_a_fixed_reports_pages_are_numbered_on_paper(tmp_path: Path):
    pages = PdfReader(io.BytesIO(through_libreoffice(a_fixed_report(), "pdf", tmp_path))).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} ({len(pages)})" in page.extract_text()
