"""Counts words before and after reading, so that a test can show that none was lost.

What is put aside on both sides: signs, digits, hyphens (a line's end may have divided a word) and
the three labels that the structure replaces (Handläggare, Till, Telefon).
"""

import re
from collections import Counter
from collections.abc import Iterable

from papers.documents.model import (
    Block,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
)
from papers.documents.text import ReadPaper

LABELS = {"handläggare", "till", "telefon"}


def words(text: str) -> list[str]:
    """Lower-case runs of letters; hyphens inside and at line ends are taken away."""
    joined = re.sub(r"(?<=\w)-[ \t]*\n[ \t\n\f]*(?=\w)", "-", text)
    joined = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", joined)
    return [word.lower() for word in re.findall(r"[^\W\d_]+", joined)]


def words_in(text: str) -> Counter:
    return Counter(words(text)) - Counter(dict.fromkeys(LABELS, 10**6))


def words_read(read: ReadPaper) -> Counter:
    return Counter(word for text in texts_of(read) for word in words(text)) - Counter(
        dict.fromkeys(LABELS, 10**6)
    )


def texts_of(read: ReadPaper) -> Iterable[str]:
    head = read.letterhead
    yield from (head.forvaltning, head.avdelning, head.kind, head.dnr, head.till)
    yield "\n".join(head.address)
    for contact in head.handlaggare:
        yield contact.name
    yield from (read.title, read.subtitle, *read.dropped)
    for section in read.sections:
        yield section.heading
        yield from block_texts(section.blocks)
    for person in read.signatures:
        yield from (person.name, person.title, person.unit)


def block_texts(blocks: Iterable[Block], *, footnotes: bool = True) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield from inline_texts(block.runs, footnotes)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from block_texts(item, footnotes=footnotes)
        elif isinstance(block, Table):
            for row in (*block.header, *block.rows):
                for cell in row:
                    yield from inline_texts(cell.runs, footnotes)


def inline_texts(parts: Iterable[Inline], footnotes: bool) -> Iterable[str]:
    text = ""
    for part in parts:
        if isinstance(part, Run):
            text += part.text
        elif footnotes and isinstance(part, Footnote):
            yield "".join(run.text for run in part.runs)
    yield text
