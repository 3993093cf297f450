"""The neutral document: what a paper or a report consists of, before it is Word or PDF.

All values are frozen dataclasses with tuples. Text is always plain text: no markup of any kind is
interpreted in it. A line break inside a text is ``"\\n"``.

The writers call ``normalise`` first, so callers need not think of empty runs, control
characters or skipped heading levels.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Alignment = Literal["left", "right", "center"]
ParagraphStyle = Literal["normal", "lead", "quote", "note"]

MONTHS: tuple[str, ...] = ("januari", "februari", "mars", "april", "maj", "juni")
MONTHS += ("juli", "augusti", "september", "oktober", "november", "december")

# Schemes that a link in a document may have. Anything else loses its link and keeps its text.
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\^`{|}]+\Z", re.IGNORECASE)

# Direction overrides can make a text read as something else than it is ("Trojan source"); the
# byte order mark and the noncharacters carry nothing. Joiners stay: some scripts need them.
_INVISIBLE = re.compile("[\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufdd0-\ufdef]")


@dataclass(frozen=True)
class Run:
    """A piece of text in one style. ``link`` is an http(s) or mailto address, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True)
class Footnote:
    """A footnote, standing where its number is to stand.

    ``left_over`` marks text that a template left behind ("Klicka här …"): it is kept where a
    paper is read, so that nothing is lost, and left out by everything that writes.
    """

    runs: tuple[Run, ...]
    left_over: bool = False


Inline = Run | Footnote


@dataclass(frozen=True)
class Heading:
    """A heading, level 1 (a section of the document) to 4."""

    level: int
    runs: tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``lead`` is a little larger, ``note`` a little smaller, ``quote`` indented."""

    runs: tuple[Inline, ...]
    style: ParagraphStyle = "normal"


@dataclass(frozen=True)
class ListBlock:
    """A list. Each item is a tuple of blocks: paragraphs, and lists inside the list."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Column:
    """A table column. ``width`` is its share of the table's width; 0 lets the writer choose."""

    align: Alignment = "left"
    width: float = 0


@dataclass(frozen=True)
class Cell:
    """A table cell that may span columns."""

    runs: tuple[Inline, ...]
    colspan: int = 1


@dataclass(frozen=True)
class Table:
    """A table with real header cells.

    ``columns`` has one entry per column; ``header`` the header rows (repeated on every page);
    ``row_headers`` says that the first cell of each row is a header of that row. Rows that are
    too short are filled with empty cells. ``note`` stands in small type under the table.
    """

    columns: tuple[Column, ...]
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    row_headers: bool = False
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart as SVG, with ``alt`` (required: what the picture says) and a caption.

    ``png`` is for Word; when it is missing the Word writer makes one from the SVG.
    """

    svg: str
    alt: str
    caption: str = ""
    png: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class PageBreak:
    """The next block starts a new page."""


@dataclass(frozen=True)
class Signatory:
    name: str
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Signatures:
    """Signatories side by side."""

    people: tuple[Signatory, ...]


Block = Heading | Paragraph | ListBlock | Table | Figure | PageBreak | Signatures


@dataclass(frozen=True)
class Contact:
    """A handläggare. ``telephone`` is the number alone; the writers add the label."""

    name: str
    telephone: str = ""


@dataclass(frozen=True)
class Letterhead:
    """The top of a municipal paper. What is missing is left out, its label too."""

    forvaltning: str = ""
    avdelning: str = ""
    kind: str = ""  # "Tjänsteutlåtande"
    dnr: str = ""
    date: dt.date | None = None
    address: tuple[str, ...] = ()
    handlaggare: tuple[Contact, ...] = ()
    till: str = ""
    meeting_date: dt.date | None = None


@dataclass(frozen=True)
class Document:
    """A whole document.

    ``date`` is the date of the document's contents. Both writers use it for every time stamp in
    the file, so the same document always gives the same bytes. ``publisher`` is an organisation,
    never a person: it is the only thing written as author.
    """

    title: str
    date: dt.date
    blocks: tuple[Block, ...] = ()
    subtitle: str = ""
    letterhead: Letterhead | None = None
    language: str = "sv-SE"
    subject: str = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    running_head: str = ""  # on page 2 and after; made from letterhead or title when empty
    landscape: bool = False


def clean_text(text: str) -> str:
    """Text that every format can hold, in Unicode's composed form (NFC).

    Removes NUL and other control characters (line feed and tab stay), lone surrogates,
    noncharacters, byte order marks and direction overrides. Line ends become ``"\\n"``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", text)
        text = "".join(
            char
            for char in text
            if char in "\n\t"
            or (unicodedata.category(char) not in ("Cc", "Cs") and ord(char) & 0xFFFE != 0xFFFE)
        )
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Clean text on one line, with single spaces."""
    return re.sub(r"[ \t\n]+", " ", clean_text(text)).strip(" ")


def safe_link(address: str) -> str:
    """The address when it is http, https or mailto without spaces or controls, else ``""``."""
    address = clean_text(address).strip()
    return address if _SAFE_LINK.match(address) else ""


def runs(*parts: str | Inline) -> tuple[Inline, ...]:
    """Runs from strings and ready-made runs: ``runs("En ", Run("kursiv", italic=True))``."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def paragraph(*parts: str | Inline, style: ParagraphStyle = "normal") -> Paragraph:
    """A paragraph from strings and runs."""
    return Paragraph(runs(*parts), style)


def heading(level: int, *parts: str | Inline) -> Heading:
    """A heading from strings and runs."""
    return Heading(level, runs(*parts))


def bullets(*items: str, ordered: bool = False, start: int = 1) -> ListBlock:
    """A list with one paragraph of plain text per item."""
    return ListBlock(tuple((paragraph(item),) for item in items), ordered, start)


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    align: str = "",
    widths: Sequence[float] = (),
    caption: str = "",
    row_headers: bool = False,
    note: str = "",
) -> Table:
    """A table of plain texts with one header row.

    ``align`` has one letter per column: ``l``, ``r`` or ``c`` (``"lrr"``).
    """
    names: dict[str, Alignment] = {"l": "left", "r": "right", "c": "center"}
    columns = tuple(
        Column(
            names[align[index]] if index < len(align) else "left",
            widths[index] if index < len(widths) else 0,
        )
        for index in range(len(header))
    )
    return Table(
        columns=columns,
        header=(tuple(Cell(runs(text)) for text in header),),
        rows=tuple(tuple(Cell(runs(text)) for text in row) for row in rows),
        caption=caption,
        row_headers=row_headers,
        note=note,
    )


def plain(parts: Iterable[Inline], *, footnotes: bool = False) -> str:
    """The text of runs. Footnotes are left out, or follow where they stand, in brackets."""
    texts = []
    for part in parts:
        if isinstance(part, Run):
            texts.append(part.text)
        elif footnotes:
            texts.append(f" [{plain(part.runs)}] ")
    return "".join(texts)


def format_date_long(value: dt.date) -> str:
    """``30 april 2025``."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
