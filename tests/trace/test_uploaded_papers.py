"""PDF and Word files from outside: what is taken, and what is refused with what to do about it."""

import io
import zipfile

import docx
import pytest

from tests.pdfs import blank_pdf
from trace.uploads import PDF, WORD, UnsafeFile, open_upload
from trace.uploads.kinds import MEGABYTE

KINDS = [PDF, WORD]


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def test_a_pdf_and_a_word_file_are_taken_as_they_are():
    assert open_upload("protokoll.pdf", blank_pdf(), KINDS).data.startswith(b"%PDF-")
    assert open_upload("yttrande.docx", word(), KINDS).kind is WORD


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", blank_pdf(password="hemligt"), "skyddad med lösenord"),
        ("a.pdf", blank_pdf(script="app.alert(1)"), "körs när den öppnas"),
        ("a.pdf", blank_pdf()[:-40], "inte hel"),
        ("a.pdf", b"\n" + blank_pdf(), "före sin början"),
        ("a.pdf", word(), "ser ut att vara en zip-fil"),
        ("a.docx", blank_pdf(), "ser ut att vara en PDF-fil"),
        ("a.docm", word(), "kan ha makron"),
        ("a.pdf", blank_pdf() + b" " * (80 * MEGABYTE), "större än 7 MB"),
    ],
    ids=["locked", "script", "cut", "shifted", "zip", "pdf as word", "macros", "large"],
)
def test_what_cannot_be_read_by_others_is_refused_with_what_to_do(name, data, says):
    with pytest.raises(UnsafeFile, match=says):
        open_upload(name, data, KINDS)


def a_word_file_with(name: str) -> bytes:
    data = io.BytesIO(word())
    with zipfile.ZipFile(data, "a") as package:
        package.writestr(name, b"x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            a_word_file_with("word/vbaProject.bin"),
            "den har makron. Spara den som Word-dokument (.docx) utan makron.",
        ),
        (
            a_word_file_with("../x"),
            "den har delar som pekar utanför filen. Så gör inget ordbehandlingsprogram: använd "
            "den inte, och meddela systemförvaltaren.",
        ),
        (
            word()[:-30],
            "den är skadad. Öppna den i Word, spara den under ett nytt namn och försök igen.",
        ),
    ],
    ids=["macros", "outside", "cut"],
)
def test_a_word_file_is_spoken_of_as_one(data, says):
    with pytest.raises(UnsafeFile) as refused:
        open_upload("yttrande.docx", data, KINDS)
    assert str(refused.value) == f"Filen ”yttrande.docx” öppnas inte: {says}"
