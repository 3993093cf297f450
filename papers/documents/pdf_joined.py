"""Puts pages of PDF files from outside into a PDF of our own, each after one of its documents.

What such a file brings besides its pages stays outside: scripts, forms, notes, bookmarks. The file
is then no longer accessible and archivable as a whole, and does not claim to be.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, StreamObject

MOST_PAGES = 200
_CLAIMS = re.compile(rb"<pdf(?:aid|uaid):(\w+)>[^<]*</pdf(?:aid|uaid):\1>")
# What a page has that is not to be looked at.
_LEFT_OUT = ("/Annots", "/AA", "/StructParents", "/B", "/Metadata", "/PieceInfo")


@dataclass(frozen=True)
class Pages:
    """The pages of one file, found fit to be put in."""

    title: str
    data: bytes
    count: int


def pages_of(title: str, data: bytes) -> Pages | None:
    """The pages alone, when they can be read; None when they cannot, or are too many."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            return None
        writer = PdfWriter()
        for page in reader.pages:
            for name in _LEFT_OUT:
                page.pop(name, None)
            writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
        clean = out.getvalue()
        return Pages(title, clean, len(PdfReader(io.BytesIO(clean)).pages))
    # A broken file breaks its reader in any way it likes.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        return None
    except (RecursionError, AssertionError, NotImplementedError):
        return None


def join(pdf: bytes, after: Sequence[Sequence[Pages]]) -> bytes:
    """The PDF with the pages of `after[n]` after its document number n, and a bookmark to each.

    pdf: of `write_pdf_of`, with as many documents. Unchanged when there is nothing to put in.
    """
    if not any(after):
        return pdf
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    documents = _documents(writer)
    starts = [writer.get_page_number(page) for _, page in documents]  # type: ignore[arg-type]
    ends = [*starts[1:], len(writer.pages)]
    # From behind, so that what is before keeps its place.
    for (item, _), end, files in reversed(list(zip(documents, ends, after, strict=True))):
        place = end
        for file in files:
            for page in PdfReader(io.BytesIO(file.data)).pages:
                writer.insert_page(page, place)
                place += 1
        place = end
        for file in files:
            writer.add_outline_item(file.title, writer.pages[place], parent=item)
            place += file.count
    _claim_no_more(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _documents(writer: PdfWriter) -> list[tuple[IndirectObject, DictionaryObject]]:
    """The bookmarks of the first level, each with the page it leads to."""
    found = []
    root = writer.get_outline_root()
    reference = root.raw_get("/First") if "/First" in root else None
    while reference is not None:
        item = reference.get_object()
        destination = item.get("/Dest") or item["/A"]["/D"]
        found.append((reference, destination[0].get_object()))
        reference = item.raw_get("/Next") if "/Next" in item else None
    return found


def _claim_no_more(writer: PdfWriter) -> None:
    root = writer.root_object
    metadata = root.get("/Metadata")
    if metadata is None:
        return
    stream = StreamObject()
    stream.set_data(_CLAIMS.sub(b"", metadata.get_object().get_data()))
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Metadata")] = writer._add_object(stream)
