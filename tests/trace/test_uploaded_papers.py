"""PDF and Word files from outside: what is taken, and what is refused with what to do about it."""

import io

import docx
import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from trace.uploads import PDF, WORD, UnsafeFile, open_upload
from trace.uploads.kinds import MEGABYTE

KINDS = [PDF, WORD]


def pdf(*, password: str = "", script: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if script:
        action = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(script),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def test_a_pdf_and_a_word_file_are_taken_as_they_are():
    assert open_upload("protokoll.pdf", pdf(), KINDS).data.startswith(b"%PDF-")
    assert open_upload("yttrande.docx", word(), KINDS).kind is WORD


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", pdf(password="hemligt"), "skyddad med lösenord"),
        ("a.pdf", pdf(script="app.alert(1)"), "körs när den öppnas"),
        ("a.pdf", pdf()[:-40], "inte hel"),
        ("a.pdf", b"\n" + pdf(), "före sin början"),
        ("a.pdf", word(), "ser ut att vara en zip-fil"),
        ("a.docx", pdf(), "ser ut att vara en PDF-fil"),
        ("a.docm", word(), "kan ha makron"),
        ("a.pdf", pdf() + b" " * (80 * MEGABYTE), "större än 7 MB"),
    ],
    ids=["locked", "script", "cut", "shifted", "zip", "pdf as word", "macros", "large"],
)
def test_what_cannot_be_read_by_others_is_refused_with_what_to_do(name, data, says):
    with pytest.raises(UnsafeFile, match=says):
        open_upload(name, data, KINDS)
