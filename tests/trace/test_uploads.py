"""Every dangerous or mistaken file is built here, and refused with what to do about it."""

import io
import struct
import zipfile

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from trace.uploads import LONG_WORKBOOK, TEXT, WORKBOOK, YAML, UnsafeFile, open_file, open_upload
from trace.uploads import workbook as workbook_module
from trace.uploads.field import MAX_RECEIVED, UploadField
from trace.uploads.workbook import (
    MAX_ROWS,
    Cell,
    SheetBegins,
    SheetEnds,
    SheetRow,
    read_workbook,
    stream_workbook,
)

ALL = [WORKBOOK, YAML]


def workbook(fill=None) -> bytes:
    book = Workbook()
    book.active["A1"] = "Kod"
    if fill:
        fill(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def repacked(
    change=None, more=(), *, without=(), data: bytes | None = None, method=zipfile.ZIP_DEFLATED
) -> bytes:
    """A good workbook with some parts changed, added or taken away."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or workbook())) as source,
        zipfile.ZipFile(written, "w", method) as target,
    ):
        for name in source.namelist():
            if name in without:
                continue
            content = source.read(name)
            target.writestr(name, change(name, content) if change else content)
        for name, content in more:
            target.writestr(name, content)
    return written.getvalue()


def in_part(name: str, old: bytes, new: bytes):
    return lambda part, content: content.replace(old, new, 1) if part == name else content


def encrypted_zip() -> bytes:
    """The flag of a locked entry, set in the head of the entry and in the directory."""
    data = bytearray(workbook())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        data[at : at + 2] = struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] | 1)
    return bytes(data)


def lying_bomb() -> bytes:
    """Says in its directory that the large part is small."""
    data = bytearray(repacked(more=[("xl/media/a.xml", b"<a>" + b" " * 5_000_000)]))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'

BAD_WORKBOOKS = {
    "empty": ("a.xlsx", b"", "är tom"),
    "a PDF by another name": ("a.xlsx", b"%PDF-1.7\n%\xe2\xe3", "ser ut att vara en PDF-fil"),
    "a PDF after some bytes": ("a.xlsx", b"junk" * 20 + b"%PDF-1.7", "vara en PDF-fil"),
    "text by another name": ("a.xlsx", b"kod;namn\n1;2\n", "är inte en Excel-fil"),
    "a web page by another name": ("a.xlsx", b"\n<!DOCTYPE html><html>", "en webbsida"),
    "a program by another name": ("a.xlsx", b"MZ\x90\x00", "ett program"),
    "the old format by another name": ("a.xlsx", OLE2, "gamla Office-formatet"),
    "locked with a password": (
        "a.xlsx",
        OLE2 + "EncryptedPackage".encode("utf-16-le"),
        "skyddad med lösenord. Ta bort lösenordet",
    ),
    "locked entries": ("a.xlsx", encrypted_zip(), "lösenord"),
    "the old format": ("a.xls", OLE2, "spara den som Excel-arbetsbok (.xlsx)"),
    "a macro workbook": ("a.xlsm", workbook(), "kan ha makron"),
    "a binary workbook": ("a.xlsb", workbook(), "kan ha makron"),
    "a text file": ("a.csv", b"1;2", "slutar på .xlsx, .yaml eller .yml"),
    "no extension": ("program", workbook(), "slutar på .xlsx, .yaml eller .yml"),
    "two extensions": ("a.pdf.xlsx", workbook(), "två filändelser"),
    "a program inside the name": ("a.exe.xlsx", workbook(), "två filändelser"),
    "an ending after the ending": ("a.xlsx.exe", workbook(), "av ett slag som inte tas emot"),
    "a name read backwards": ("a\u202exslx.xlsx", workbook(), "osynliga tecken"),
    "a name with NUL": ("a.xlsx\x00.exe", workbook(), "osynliga tecken"),
    "a name with a line": ("a\r\nX: y.xlsx", workbook(), "osynliga tecken"),
    "a very long name": ("a" * 300 + ".xlsx", workbook(), "kortare namn"),
    "too large": ("a.xlsx", workbook() + b"\x00" * (5 << 20), "större än 5 MB"),
    "macros inside": ("a.xlsx", repacked(more=[("xl/vbaProject.bin", b"x")]), "makron"),
    "old macros inside": (
        "a.xlsx",
        repacked(more=[("xl/macrosheets/sheet1.xml", b"<a/>")]),
        "makron",
    ),
    "macros in the list of contents": (
        "a.xlsx",
        repacked(
            in_part(
                "[Content_Types].xml",
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        ),
        "makron",
    ),
    "another file inside": (
        "a.xlsx",
        repacked(more=[("xl/embeddings/oleObject1.bin", b"x")]),
        "inbäddade",
    ),
    "a document type": (
        "a.xlsx",
        repacked(in_part("xl/workbook.xml", b"<workbook", DOCTYPE + b"<workbook")),
        "DOCTYPE",
    ),
    "a document type far into a part": (
        "a.xlsx",
        repacked(more=[("xl/x.xml", b" " * 65_530 + DOCTYPE)]),
        "DOCTYPE",
    ),
    "a document type in UTF-16": (
        "a.xlsx",
        repacked(more=[("xl/x.xml", DOCTYPE.decode().encode("utf-16"))]),
        "inte skriven i UTF-8",
    ),
    "a way out": ("a.xlsx", repacked(more=[("../../etc/passwd", b"x")]), "pekar utanför"),
    "an absolute way out": ("a.xlsx", repacked(more=[("/etc/passwd", b"x")]), "pekar utanför"),
    "a way out as Windows has it": (
        "a.xlsx",
        repacked(more=[("xl\\..\\..\\x", b"x")]),
        "pekar utanför",
    ),
    "ten thousand entries": (
        "a.xlsx",
        repacked(more=[(f"xl/x{n}", b"") for n in range(10_000)], method=zipfile.ZIP_STORED),
        "fler än 1000",
    ),
    "a bomb": (
        "a.xlsx",
        repacked(more=[("xl/media/a.png", b"\x00" * (30 << 20))]),
        "zip-bomb",
    ),
    "a bomb of many parts": (
        "a.xlsx",
        repacked(more=[(f"xl/media/{n}.png", b"\x00" * 900_000) for n in range(20)]),
        "zip-bomb",
    ),
    "a bomb of sheer size": (
        "a.xlsx",
        repacked(more=[("xl/media/a.png", b"\x00" * (50 << 20))]),
        "mer än 40 MB",
    ),
    "a bomb that lies": ("a.xlsx", lying_bomb(), "skadad"),
    "a zip file": ("a.xlsx", repacked(without=["xl/workbook.xml"]), "en zip-fil"),
    "a Word document": (
        "a.xlsx",
        repacked(without=["xl/workbook.xml"], more=[("word/document.xml", b"<a/>")]),
        "Word-dokument",
    ),
    "cut short": ("a.xlsx", workbook()[:900], "skadad"),
    "a twin part": (
        "a.xlsx",
        repacked(more=[("xl/Workbook.xml", b"<a/>")]),
        "samma namn",
    ),
    "YAML with zeros": ("a.yaml", b"program:\x00", "inte en textfil"),
    "a picture as YAML": ("a.yml", b"\x89PNG\r\n", "en bild"),
    "a workbook as YAML": ("a.yaml", workbook(), "en zip-fil"),
}


@pytest.mark.parametrize("case", BAD_WORKBOOKS)
def test_a_bad_file_is_refused_with_what_to_do(case):
    name, data, says = BAD_WORKBOOKS[case]
    with pytest.raises(UnsafeFile) as refused:
        open_upload(name, data, ALL)
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "name", ["a.xlsx", "A.XLSX", "Program 2021.2025.xlsx", "C:\\mapp\\a.xlsx", "å ä ö.xlsx"]
)
def test_a_good_workbook_is_let_through(name):
    opened = open_upload(name, workbook(), ALL)
    assert opened.name == name.rsplit("\\", maxsplit=1)[-1]
    assert opened.kind is WORKBOOK


def test_text_in_utf_16_is_text():
    assert open_upload("a.txt", "Till nämnden".encode("utf-16"), [TEXT]).kind is TEXT


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(UnsafeFile, match="finns inte"):
        open_file(tmp_path / "a.xlsx", ALL)
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(UnsafeFile, match="går inte att läsa"):
        open_file(tmp_path / "b.xlsx", ALL)


def test_cells_keep_their_kind_and_place():
    def fill(book):
        sheet = book.active
        sheet.title = "Mål"
        sheet["B3"] = 4.2
        sheet["C3"] = "=1+1"
        sheet["D3"] = True
        sheet["E3"] = 12.0
        sheet["A5"] = "=nej"
        sheet["A5"].data_type = "s"
        sheet["B5"] = "#REF!"
        sheet["B5"].data_type = "e"
        sheet["C5"] = "  "

    (sheet,) = read_workbook(open_upload("a.xlsx", workbook(fill), ALL))
    assert sheet.name == "Mål"
    assert sheet.rows == {
        1: {1: Cell("text", "Kod")},
        3: {
            2: Cell("number", "4.2"),
            3: Cell("formula", "=1+1"),
            4: Cell("bool", "ja"),
            5: Cell("number", "12"),
        },
        5: {1: Cell("text", "=nej"), 2: Cell("error", "#REF!")},
    }
    assert not sheet.too_long
    assert not sheet.too_wide


@pytest.mark.parametrize("rows", [MAX_ROWS + 500, pytest.param(100_000, marks=pytest.mark.deep)])
def test_too_many_rows_are_read_no_further_than_the_limit(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Mål")
    for number in range(rows):
        sheet.append([number, "text"])
    written = io.BytesIO()
    book.save(written)
    (read,) = read_workbook(open_upload("a.xlsx", written.getvalue(), ALL))
    assert read.too_long
    assert len(read.rows) == MAX_ROWS


def test_rows_that_only_have_a_colour_do_not_count():
    def fill(book):
        for row in range(2, MAX_ROWS + 100):
            book.active.cell(row, 1).fill = PatternFill("solid", fgColor="FFFF00")
        book.active.cell(MAX_ROWS + 200, 1).value = "sist"

    (read,) = read_workbook(open_upload("a.xlsx", workbook(fill), ALL))
    assert read.rows == {1: {1: Cell("text", "Kod")}, MAX_ROWS + 200: {1: Cell("text", "sist")}}
    assert not read.too_long


def test_merged_cells_and_per_cent_are_told():
    def fill(book):
        sheet = book.active
        sheet["A2"] = 0.125
        sheet["A2"].number_format = "0.0%"
        sheet.merge_cells("B2:C3")

    (sheet,) = read_workbook(open_upload("a.xlsx", workbook(fill), ALL))
    assert sheet.rows[2] == {1: Cell("number", "0.125", is_per_cent=True)}
    assert sheet.merged == ("B2:C3",)


def test_more_rows_are_read_a_row_at_a_time_when_asked_for():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Värden")
    for number in range(MAX_ROWS + 10):
        sheet.append([number])
    written = io.BytesIO()
    book.save(written)
    file = open_upload("a.xlsx", written.getvalue(), [LONG_WORKBOOK])
    begins, *rows, ends = stream_workbook(file, max_rows=20_000, seconds=60)
    assert (begins, len(rows)) == (SheetBegins("Värden"), MAX_ROWS + 10)
    assert rows[-1] == SheetRow(MAX_ROWS + 10, {1: Cell("number", str(MAX_ROWS + 9))})
    assert ends == SheetEnds(too_long=False, too_wide=False, merged=())


def test_a_broken_sheet_is_said_to_be_broken():
    data = repacked(in_part("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><row"))
    with pytest.raises(UnsafeFile, match="skadad: Excel-innehållet går inte att läsa"):
        read_workbook(open_upload("a.xlsx", data, ALL))


def test_a_workbook_that_asks_for_too_much_memory_stops_its_own_process_only(monkeypatch):
    # The child reads its bounds from a fresh import; a smaller one must be said on its way in.
    monkeypatch.setattr(
        workbook_module,
        "_START",
        workbook_module._START.replace(
            "from trace.uploads.workbook_process",
            "from trace.uploads import workbook; workbook.MEMORY_BYTES = 200 << 20; "
            "from trace.uploads.workbook_process",
        ),
    )
    small = workbook(lambda book: book.active.append(["ORD"]))
    words = "".join(f"text {number} " * 12 for number in range(240_000)).encode()
    large = repacked(in_part("xl/worksheets/sheet1.xml", b"ORD", words), data=small)
    # The bound is enough for a workbook as they are: what stops the other is what it holds.
    (sheet,) = read_workbook(open_upload("a.xlsx", small, ALL))
    assert [*sheet.rows.values()][-1] == {1: Cell("text", "ORD")}
    with pytest.raises(UnsafeFile, match="för mycket minne eller tid"):
        read_workbook(open_upload("a.xlsx", large, ALL))


class OneFile(forms.Form):
    file = UploadField(ALL, label="Fil")


def test_a_form_gives_the_checked_file_or_the_reason():
    good = OneFile({}, {"file": SimpleUploadedFile("a.xlsx", workbook())})
    assert good.is_valid()
    assert good.cleaned_data["file"].kind is WORKBOOK
    bad = OneFile({}, {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.4")})
    assert "en PDF-fil" in bad.errors["file"][0]


def test_no_more_of_a_file_is_received_than_any_kind_may_have():
    huge = SimpleUploadedFile("a.xlsx", b"\x00" * (MAX_RECEIVED + 3_000_000))
    request: HttpRequest = RequestFactory().post("/", {"file": huge})
    received = request.FILES["file"]
    assert received.size < MAX_RECEIVED + 100_000
    form = OneFile({}, request.FILES)
    assert "större än 5 MB" in form.errors["file"][0]
