"""Puts pages of PDF files from outside into a PDF of our own, each after one of its documents.

What such a file brings besides its pages stays outside: scripts, forms, notes, bookmarks. The file
is then no longer accessible and archivable as a whole, and does not claim to be.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import Fit, IndirectObject, NameObject, StreamObject

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
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    bookmarks = _bookmarks(reader, reader.outline)
    starts = [mark.page for mark in bookmarks]
    ends = [*starts[1:], len(reader.pages)]
    # From behind, so that what is before keeps its place.
    for end, files in reversed(list(zip(ends, after, strict=True))):
        place = end
        for file in files:
            for page in PdfReader(io.BytesIO(file.data)).pages:
                writer.insert_page(page, place)
                place += 1
    # The bookmarks are written anew, those of the files among them.
    del writer.root_object["/Outlines"]
    moved = 0
    for mark, end, files in zip(bookmarks, ends, after, strict=True):
        item = _mark(writer, mark, moved, None)
        place = end + moved
        for file in files:
            writer.add_outline_item(title=file.title, page_number=place, parent=item)
            place += file.count
        moved = place - end
    _claim_no_more(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@dataclass(frozen=True)
class _Bookmark:
    title: str
    page: int
    top: float
    below: tuple["_Bookmark", ...]


def _bookmarks(reader: PdfReader, outline: Sequence[Any]) -> list[_Bookmark]:
    found: list[_Bookmark] = []
    for one in outline:
        if isinstance(one, list):
            found[-1] = replace(found[-1], below=tuple(_bookmarks(reader, one)))
        else:
            page = reader.get_destination_page_number(one)
            found.append(_Bookmark(str(one.title), page or 0, float(one.top or 0), ()))
    return found


def _mark(
    writer: PdfWriter, mark: _Bookmark, moved: int, parent: IndirectObject | None
) -> IndirectObject:
    item = writer.add_outline_item(
        title=mark.title,
        page_number=mark.page + moved,
        parent=parent,
        fit=Fit.xyz(left=None, top=mark.top, zoom=None),
    )
    for below in mark.below:
        _mark(writer, below, moved, item)
    return item


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
