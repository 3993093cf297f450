"""Writes a document as a PDF that is both accessible (PDF/UA-1) and archivable (PDF/A-3a).

The layout is in ``paper.typ``. The content goes there as JSON, never as markup, so a text such as
``#set`` or ``$x$`` comes out as it was written.
"""

import datetime as dt
import json
import struct
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from papers.documents.layout import column_widths, running_head
from papers.documents.model import (
    Block,
    Cell,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    Letterhead,
    ListBlock,
    Paragraph,
    Run,
    Signatures,
    Table,
)
from papers.documents.normalise import normalise
from papers.documents.pdf_tags import mark_row_headers

TEMPLATE = Path(__file__).with_name("paper.typ")
REPOSITORY = Path(__file__).resolve().parents[2]
FONT_DIRECTORY = REPOSITORY / "node_modules" / "source-sans" / "TTF"
STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
FONT_FILES = tuple(f"SourceSans3-{style}.ttf" for style in STYLES)

# Shown for a character that the font lacks; PDF/A forbids a page with a missing glyph.
REPLACEMENT = "\N{WHITE SQUARE}"


class FontsMissing(RuntimeError):
    """The font that the PDF is set in is not installed."""


def write_pdf(document: Document, *, fonts: Path | None = None) -> bytes:
    """The document as PDF/UA-1 and PDF/A-3a. The same document always gives the same bytes.

    ``fonts`` is the folder with Source Sans 3 as TrueType, by default the one npm installs.
    Characters that the font lacks are written as a white square; see
    :func:`missing_characters`.

    Raises :class:`FontsMissing` when the folder lacks the font.
    """
    document = normalise(document)
    return _compiled(_document(document), [document], fonts)


def write_pdf_of(
    documents: Sequence[Document], *, title: str, date: dt.date, fonts: Path | None = None
) -> bytes:
    """Several documents in one PDF, as accessible and archivable as each alone.

    Each begins on a page of its own and counts its own pages. The bookmarks are the documents by
    their titles, and below each the headings in it. Raises :class:`FontsMissing`; ``ValueError``
    for no documents.
    """
    if not documents:
        raise ValueError("no documents")
    normal = [normalise(document) for document in documents]
    around = _document(Document(title=title, date=date))
    return _compiled(
        around | {"parts": [_document(document) for document in normal]}, normal, fonts
    )


def _compiled(data: dict[str, Any], documents: Sequence[Document], fonts: Path | None) -> bytes:
    compiled_fonts, coverage = _fonts(fonts or FONT_DIRECTORY)
    date = dt.date(*data["date"])
    data = _printable(data, coverage)
    pdf = typst.Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=compiled_fonts,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    ).compile(
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        timestamp=dt.datetime.combine(date, dt.time(), dt.UTC),
    )
    if not isinstance(pdf, bytes):  # a list only for pictures, one per page
        raise TypeError("typst gave no PDF")
    tables = [table for document in documents for table in _tables(document.blocks)]
    return mark_row_headers(pdf, [table.row_headers for table in tables])


def missing_characters(document: Document, *, fonts: Path | None = None) -> str:
    """The characters of the document that :func:`write_pdf` cannot show, each once, in order."""
    coverage = _fonts(fonts or FONT_DIRECTORY)[1]
    text = json.dumps(_document(normalise(document)), ensure_ascii=False)
    return "".join(sorted({c for c in text if ord(c) not in coverage and not _ignorable(c)}))


# --- the document as data ------------------------------------------------------------------


def _document(document: Document) -> dict[str, Any]:
    language, _, region = document.language.partition("-")
    head = document.letterhead
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "subject": document.subject,
        "keywords": list(document.keywords),
        "publisher": document.publisher,
        "date": [document.date.year, document.date.month, document.date.day],
        "lang": language,
        "region": region or None,
        "running": running_head(document),
        "landscape": document.landscape,
        "letterhead": _letterhead(head) if head else None,
        "blocks": [_block(block) for block in document.blocks],
    }


def _letterhead(head: Letterhead) -> dict[str, Any]:
    return {
        "forvaltning": head.forvaltning,
        "avdelning": head.avdelning,
        "kind": head.kind,
        "dnr": head.dnr,
        "date": head.date.isoformat() if head.date else "",
        "address": list(head.address),
        "handlaggare": [{"name": c.name, "telephone": c.telephone} for c in head.handlaggare],
        "till": head.till,
        "meeting": head.meeting_date.isoformat() if head.meeting_date else "",
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "runs": _inline(block.runs)}
    if isinstance(block, Paragraph):
        return {"type": "paragraph", "style": block.style, "runs": _inline(block.runs)}
    if isinstance(block, ListBlock):
        items = [[_block(inner) for inner in item] for item in block.items]
        return {"type": "list", "ordered": block.ordered, "start": block.start, "items": items}
    if isinstance(block, Table):
        return {
            "type": "table",
            "columns": [
                {"align": column.align, "width": width}
                for column, width in zip(block.columns, column_widths(block), strict=True)
            ],
            "header": [[_cell(cell) for cell in row] for row in block.header],
            "rows": [[_cell(cell) for cell in row] for row in block.rows],
            "row_headers": block.row_headers,
            "caption": block.caption,
            "note": block.note,
        }
    if isinstance(block, Figure):
        return {"type": "figure", "svg": block.svg, "alt": block.alt, "caption": block.caption}
    if isinstance(block, Signatures):
        people = [{"name": p.name, "title": p.title, "unit": p.unit} for p in block.people]
        return {"type": "signatures", "people": people}
    return {"type": "pagebreak"}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"runs": _inline(cell.runs), "colspan": cell.colspan}


def _inline(parts: tuple[Inline, ...]) -> list[dict[str, Any]]:
    return [
        {"note": [_run(run) for run in part.runs]} if isinstance(part, Footnote) else _run(part)
        for part in parts
    ]


def _run(run: Run) -> dict[str, Any]:
    return {"text": run.text, "bold": run.bold, "italic": run.italic, "link": run.link}


def _tables(blocks: tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


# --- fonts ---------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> tuple[typst.Fonts, frozenset[int]]:
    """The fonts for typst, and the characters that every one of them has."""
    files = [folder / name for name in FONT_FILES]
    missing = [path.name for path in files if not path.is_file()]
    if missing:
        raise FontsMissing(
            f"Typsnittet Source Sans 3 saknas ({missing[0]} i {folder.name}/), så ingen PDF kan "
            "skrivas. Kör ”make demo” eller ”make test”: de hämtar det med npm till node_modules/."
        )
    coverage = frozenset.intersection(*(_characters(path.read_bytes()) for path in files))
    return typst.Fonts(False, False, [str(folder)]), coverage


def _characters(font: bytes) -> frozenset[int]:
    """The characters in a TrueType font's cmap table (formats 4 and 12)."""
    tables = {}
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables[tag] = offset
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for index in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        start = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)[2]
        form = struct.unpack_from(">H", font, start)[0]
        if form == 4:
            segments = struct.unpack_from(">H", font, start + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", font, start + 14)
            starts = struct.unpack_from(f">{segments}H", font, start + 16 + 2 * segments)
            for first, last in zip(starts, ends, strict=True):
                found.update(range(first, last + 1))
        elif form == 12:
            for group in range(struct.unpack_from(">I", font, start + 12)[0]):
                first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found - {0xFFFF})


def _ignorable(char: str) -> bool:
    """Characters that show nothing by themselves (joiners, variation selectors, soft hyphen)."""
    code = ord(char)
    return (
        code in (0x0A, 0xAD, 0x034F, 0x061C, 0x180E, 0x3164, 0xFFA0)
        or 0x200B <= code <= 0x200F
        or 0x2060 <= code <= 0x206F
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0000 <= code <= 0xE0FFF
    )


def _printable(value: Any, coverage: frozenset[int], key: str = "") -> Any:
    """The data with every character that the font lacks replaced; SVG and links are left."""
    if isinstance(value, dict):
        return {name: _printable(part, coverage, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_printable(part, coverage, key) for part in value]
    if not isinstance(value, str) or key in ("svg", "link", "lang", "region"):
        return value
    if value.isascii():
        return value
    return "".join(
        char
        if char == "\n" or ord(char) in coverage
        else ("" if _ignorable(char) else _substitute(char))
        for char in value
    )


def _substitute(char: str) -> str:
    # Spaces of other widths have no glyph of their own in every font.
    return " " if char.isspace() else REPLACEMENT
