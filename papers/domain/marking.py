"""The words that comments are about, marked where they stand in rich text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

_TOKENS = re.compile(r"<[^>]*>|&#?\w+;|[^<&]|[<&]")
_DIVIDES = re.compile(r"</(?:p|li|h[1-6]|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Quote:
    """Words in a passage, with single spaces, and which of several like them (from 1)."""

    thread: int
    words: str
    occurrence: int = 1


def mark_quotes(html: str, quotes: Iterable[Quote]) -> str:
    """The rich text with each quote in ``<mark>``; one that is not there is left out.

    html: clean. The first mark of a quote has the id ``citat-N`` of its thread; a quote that runs
    over emphasis or paragraphs is marked in pieces, so that the elements stay whole.
    """
    for quote in quotes:
        if quote.words:
            html = _marked(html, quote)
    return html


def _marked(html: str, quote: Quote) -> str:
    places = _places(html)
    text = "".join(char for char, _, _ in places)
    start = -1
    for _ in range(max(quote.occurrence, 1)):
        # Of several like it an earlier one may have gone: then it is the last that is left.
        found = text.find(quote.words, start + 1)
        if found < 0:
            break
        start = found
    if start < 0:
        return html
    made, at, is_first = [], 0, True
    for begin, end in _pieces(places[start : start + len(quote.words)]):
        name = f' id="citat-{quote.thread}"' if is_first else ""
        made += [html[at:begin], f'<mark class="commented"{name}>', html[begin:end], "</mark>"]
        at, is_first = end, False
    return "".join([*made, html[at:]])


def _places(html: str) -> list[tuple[str, int, int]]:
    """The text with single spaces, each sign with where it stands; -1 for what is no sign there."""
    found: list[tuple[str, int, int]] = []
    for token in _TOKENS.finditer(html):
        part, begin, end = token[0], token.start(), token.end()
        if part.startswith("<") and len(part) > 1:
            if not _DIVIDES.match(part):
                continue
            char, begin, end = " ", -1, -1
        else:
            char = unescape(part)
        if char.isspace():
            if not found or found[-1][0] == " ":
                continue
            char = " "
        found.append((char, begin, end))
    return found


def _pieces(places: list[tuple[str, int, int]]) -> Iterable[tuple[int, int]]:
    """Where what is marked stands, without what is between elements."""
    begin = end = -1
    for _, first, last in places:
        if first < 0:
            continue
        if first != end:
            if begin >= 0:
                yield begin, end
            begin = first
        end = last
    if begin >= 0:
        yield begin, end
