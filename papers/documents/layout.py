"""What both writers decide in the same way."""

import re
from collections.abc import Sequence

from papers.documents.model import Document, Table, plain

MAX_LINE = 88  # characters of table text that fit beside each other on a page


def running_head(document: Document) -> str:
    """What stands at the top of page 2 and after: given, or kind and dnr, or the title."""
    head = document.letterhead
    parts = [head.kind, f"Dnr {head.dnr}" if head.dnr else ""] if head else []
    return document.running_head or " · ".join(filter(None, parts)) or document.title


def longest_texts(block: Table) -> list[int]:
    """The length of the longest text in each column, in characters, spanning cells aside."""
    longest = [0] * len(block.columns)
    for row in (*block.header, *block.rows):
        place = 0
        for cell in row:
            if cell.colspan == 1:
                longest[place] = max(longest[place], len(plain(cell.runs)))
            place += cell.colspan
    return longest


def column_widths(block: Table) -> list[float]:
    """Each column's share of the table's width; 0 where the column may be as wide as its text.

    Columns without a width get a share by their text when not all of it fits on one line.
    """
    longest = longest_texts(block)
    widths = [column.width for column in block.columns]
    if any(widths) or sum(longest) + 3 * len(longest) <= MAX_LINE:
        return widths
    return [float(min(max(length, 7), 32) + 3) for length in longest]


def longest_words(block: Table) -> list[str]:
    """The longest word in each column that no line break parts, spanning cells aside."""
    longest = [""] * len(block.columns)
    for row in (*block.header, *block.rows):
        place = 0
        for cell in row:
            if cell.colspan == 1:
                words = re.split(r"[ \n\t\u00ad\u200b]|(?<=[a-zåäö]-)", plain(cell.runs))
                longest[place] = max(longest[place], *words, key=len)
            place += cell.colspan
    return longest


def wide_enough(widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """The widths, those below their least raised to it at the cost of those with room to spare.

    As they are when there is not room for all.
    """
    lacking = sum(max(0.0, low - width) for width, low in zip(widths, least, strict=True))
    spare = sum(max(0.0, width - low) for width, low in zip(widths, least, strict=True))
    if not lacking or lacking > spare:
        return list(widths)
    return [
        low if width < low else width - (width - low) * lacking / spare
        for width, low in zip(widths, least, strict=True)
    ]
