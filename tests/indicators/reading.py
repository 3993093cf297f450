"""Reads what was made: tables of a page, cells of a workbook, the text of a PDF."""

import io
import re
import zipfile
from html.parser import HTMLParser

from pypdf import PdfReader


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._caption = ""
        self._text: list[str] | None = None

    def handle_starttag(self, tag, _attrs):
        if tag in ("caption", "th", "td"):
            self._text = []
        elif tag == "tr":
            self.tables.setdefault(self._caption, []).append([])

    def handle_data(self, data):
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag):
        if tag in ("caption", "th", "td") and self._text is not None:
            text = re.sub(r"[ \n\t]+", " ", "".join(self._text)).strip()
            if tag == "caption":
                self._caption = text
            else:
                self.tables[self._caption][-1].append(text)
            self._text = None


def tables(html: str) -> dict[str, list[list[str]]]:
    """The rows of every table of a page, by caption."""
    parser = _Tables()
    parser.feed(html)
    return parser.tables


def unzipped(workbook: bytes) -> str:
    """All of a workbook's parts as text."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def pdf_text(pdf: bytes) -> str:
    """The text of all pages, with single spaces."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)
