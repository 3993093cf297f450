"""Rich text as plain markup, for a field without an editor, and back: nothing is lost either way.

    # Rubrik            ## Underrubrik        > citat
    - punkt             1. punkt              (inner lists are indented)
    **fet**  *kursiv*   [ord](https://…)      [Fotnot: texten]

A blank line divides paragraphs; a line's end inside one is a line break. A backslash before a sign
makes it a sign like others. What looks like a mark without being one is text, as it was written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from papers.documents.html import MAX_DEPTH, NOTE, balanced, blocks_to_html
from papers.documents.model import (
    Block,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    clean_text,
    plain,
    safe_link,
)

TOP = 3
"""The level of ``#``: a section has its own heading above it."""
_HEADING = re.compile(r"(#{1,2}) +(?=[^ ])")
_BULLET = re.compile(r"[-*•\uf0b7\uf0d8] +(?=[^ ])")
_NUMBER = re.compile(r"(\d{1,9})[.)] +(?=[^ ])")
_QUOTE = re.compile(r"> ?")
_LOOKS_LIKE_A_MARK = re.compile(r"#{1,2} |>|[-•\uf0b7\uf0d8] | ")
_LOOKS_LIKE_A_NUMBER = re.compile(r"(\d{1,9})([.)] )")
_TAG = re.compile(r"<[a-zA-Z/!]")
_DIVIDED = "\\"
"""Alone on a line: the list before it and the one after it are two."""


# To markup ----------------------------------------------------------------------------------


def to_markup(blocks: Iterable[Block]) -> str:
    """Blocks of rich text as plain markup. Headings of level 3 and above are ``#``."""
    return "\n".join(_lines(tuple(blocks)))


def _lines(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    before: Block | None = None
    for block in blocks:
        lines = list(_block_lines(block))
        if not lines:
            continue
        if found:
            found.append("")
        if (
            isinstance(before, ListBlock)
            and isinstance(block, ListBlock)
            and before.ordered == block.ordered
        ):
            found += [_DIVIDED, ""]
        found += lines
        before = block
    return found


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        mark = "#" if block.level <= TOP else "##"
        # A heading goes on where its line ends in a backslash.
        text = _inline(block.runs, every_break=True)
        yield from f"{mark} {text}".split("\n")
    elif isinstance(block, Paragraph):
        mark = "> " if block.style == "quote" else ""
        for line in _inline(block.runs).split("\n"):
            yield mark + _as_text(line)
    elif isinstance(block, ListBlock):
        for number, item in enumerate(block.items, start=block.start):
            mark = f"{number}. " if block.ordered else "- "
            for place, line in enumerate(_lines(item)):
                yield mark + line if place == 0 else " " * len(mark) + line if line else ""


def _as_text(line: str) -> str:
    """A line of a paragraph, that is never read as the beginning of something else."""
    if _LOOKS_LIKE_A_MARK.match(line):
        return f"\\{line}"
    return _LOOKS_LIKE_A_NUMBER.sub(r"\1\\\2", line, count=1) if line[:1].isdigit() else line


def _inline(parts: Iterable[Inline], *, every_break: bool = False) -> str:
    """every_break: a line's end is written as a sign, for where a text has one line only."""
    found = [*_runs(parts), Run("")]
    has_brackets = "](" in plain(found)
    out = ""
    was = found[-1]
    for run, following in pairwise(found):
        out += "**" * (run.bold != was.bold) + "*" * (run.italic != was.italic)
        opened = (run.bold and not was.bold) or (run.italic and not was.italic)
        closed = (run.bold and not following.bold) or (run.italic and not following.italic)
        was = run
        link = safe_link(run.link)
        if link:
            out += "["
        last = len(run.text) - 1
        for place, char in enumerate(run.text):
            # White space beside a mark would keep it from being one, and an empty line would
            # divide the paragraph.
            at_mark = not link and ((opened and place == 0) or (closed and place == last))
            if (
                (char in " \n" and at_mark)
                or (char == "\n" and (every_break or out.endswith("\n")))
                or char in "\\*"
                or (char == "<" and _TAG.match(run.text, place))
                or (char in "[]" and link)
                or (char == "[" and has_brackets and not run.text.startswith(NOTE, place))
            ):
                out += "\\"
            out += char
        if link:
            out += "](" + re.sub(r"[()]", r"\\\g<0>", link) + ")"
    return out + "**" * was.bold + "*" * was.italic


def _runs(parts: Iterable[Inline]) -> Iterator[Run]:
    for part in parts:
        if isinstance(part, Footnote):
            if not part.left_over and plain(part.runs).strip():
                yield Run(f"{NOTE} ")
                yield from balanced(part.runs)
                yield Run("]")
        elif part.text:
            yield replace(part, text=clean_text(part.text).replace("\t", " "))


# From markup --------------------------------------------------------------------------------


def from_markup(text: str) -> tuple[Block, ...]:
    """Plain markup as blocks. Never raises: what is no mark is text."""
    return tuple(_read(clean_text(text).split("\n")))


def markup_to_html(text: str) -> str:
    """Plain markup as rich text."""
    return blocks_to_html(from_markup(text))


def _read(lines: Sequence[str], depth: int = 0) -> Iterator[Block]:
    """depth: in how many lists the lines stand."""
    place = 0
    while place < len(lines):
        line = lines[place]
        if _is_blank(line) or line == _DIVIDED:
            place += 1
        elif mark := _HEADING.match(line):
            end = place + 1
            while end < len(lines) and _goes_on(lines[end - 1]):
                end += 1
            yield Heading(
                TOP - 1 + len(mark[1]), tuple(_marked(_joined(lines[place:end])[mark.end() :]))
            )
            place = end
        elif depth < MAX_DEPTH and _list_mark(line):
            block, place = _list(lines, place, depth)
            yield block
        elif _QUOTE.match(line):
            end = place
            while end < len(lines) and _QUOTE.match(lines[end]):
                end += 1
            quoted = [_QUOTE.sub("", each, count=1) for each in lines[place:end]]
            yield from (Paragraph(tuple(_marked(t)), "quote") for t in _paragraphs(quoted))
            place = end
        else:
            end = place + 1
            while end < len(lines) and (
                _goes_on(lines[end - 1]) or not _begins_another(lines[end])
            ):
                end += 1
            yield Paragraph(tuple(_marked(_joined(lines[place:end]))))
            place = end


def _is_blank(line: str) -> bool:
    return not line.strip(" \t")


def _goes_on(line: str) -> bool:
    """Whether the line's end is a sign like others: an odd number of backslashes."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _begins_another(line: str) -> bool:
    return bool(_is_blank(line) or _HEADING.match(line) or _list_mark(line) or _QUOTE.match(line))


def _list_mark(line: str) -> re.Match[str] | None:
    return _BULLET.match(line) or _NUMBER.match(line)


def _list(lines: Sequence[str], place: int, depth: int) -> tuple[ListBlock, int]:
    """The list that begins on a line, and the line after it."""
    ordered = _NUMBER.match(lines[place]) is not None
    sign = _NUMBER if ordered else _BULLET
    start = int(lines[place].partition(".")[0].partition(")")[0]) if ordered else 1
    items: list[tuple[Block, ...]] = []
    while place < len(lines) and (mark := sign.match(lines[place])):
        width = mark.end()
        item = [lines[place][width:]]
        place += 1
        while place < len(lines):
            line = lines[place]
            if not _is_blank(line):
                inside = len(line) - len(line.lstrip(" "))
                if inside < 2:
                    break
                item.append(line[min(inside, width) :])
            elif not _is_inside(lines, place + 1):
                break
            else:
                item.append("")
            place += 1
        items.append(tuple(_read(item, depth + 1)))
        place = _after_blank(lines, place, sign)
    return ListBlock(tuple(items), ordered, start), place


def _is_inside(lines: Sequence[str], place: int) -> bool:
    """Whether what comes after blank lines still belongs to the item."""
    while place < len(lines) and _is_blank(lines[place]):
        place += 1
    return place < len(lines) and lines[place].startswith("  ")


def _after_blank(lines: Sequence[str], place: int, sign: re.Pattern[str]) -> int:
    """The next item, when only blank lines stand before it; else the line that was given."""
    end = place
    while end < len(lines) and _is_blank(lines[end]):
        end += 1
    return end if end < len(lines) and sign.match(lines[end]) else place


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    found: list[str] = []
    for line in lines:
        if not _is_blank(line) or (found and _goes_on(found[-1])):
            found.append(line)
        elif found:
            yield _joined(found)
            found = []
    if found:
        yield _joined(found)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)


# Inside a paragraph -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Token:
    text: str
    stars: int = 0
    link: str = ""
    is_plain: bool = True
    """False for what a backslash stood before: it never counts as white space beside a mark."""


def _marked(text: str) -> Iterator[Run]:
    """Runs, each as long as its style is."""
    styled = _styled(_tokens(text), bold=False, italic=False)
    for (bold, italic, link), runs in groupby(styled, key=lambda r: (r.bold, r.italic, r.link)):
        yield Run("".join(run.text for run in runs), bold, italic, link)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    while place < len(text):
        char = text[place]
        if char == "\\" and place + 1 < len(text) and not text[place + 1].isalnum():
            found.append(_Token(text[place + 1], is_plain=False))
            place += 2
            continue
        if char == "*":
            end = place
            while end < len(text) and text[end] == "*":
                end += 1
            found.append(_Token(text[place:end], stars=end - place))
            place = end
            continue
        if char == "[" and not text.startswith(NOTE, place) and (link := _link(text, place)):
            found.append(_Token(link[0], link=link[1]))
            place = link[2]
            continue
        end = place + 1
        while end < len(text) and text[end] not in "\\*[":
            end += 1
        found.append(_Token(text[place:end]))
        place = end
    return found


def _link(text: str, place: int) -> tuple[str, str, int] | None:
    """The words, the address and the end of ``[words](address)``."""
    end = _unescaped(text, place + 1, "[]")
    if end < 0 or text[end] != "]" or not text.startswith("](", end):
        return None
    close = _unescaped(text, end + 2, "() \n")
    if close < 0 or text[close] != ")":
        return None
    address = re.sub(r"\\([()])", r"\1", text[end + 2 : close])
    words = text[place + 1 : end]
    return (words, address, close + 1) if words and safe_link(address) == address else None


def _unescaped(text: str, place: int, signs: str) -> int:
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] in signs:
            return place
        place += 1
    return -1


def _styled(tokens: Sequence[_Token], *, bold: bool, italic: bool) -> Iterator[Run]:
    last = {"b": -1, "i": -1}
    for place, token in enumerate(tokens):
        for style in _styles(token):
            if _touches(tokens, place, -1):
                last[style] = place
    state = {"b": False, "i": False}
    for place, token in enumerate(tokens):
        styles = _styles(token)
        turned = [
            style
            for style in styles
            if (_touches(tokens, place, -1) if state[style] else False)
            or (not state[style] and _touches(tokens, place, 1) and last[style] > place)
        ]
        if styles and len(turned) == len(styles):
            for style in turned:
                state[style] = not state[style]
            continue
        run = Run("", bold=bold or state["b"], italic=italic or state["i"])
        if token.link:
            inner = _styled(_tokens(token.text), bold=run.bold, italic=run.italic)
            yield from (replace(each, link=token.link) for each in inner)
        else:
            yield replace(run, text=token.text)


def _styles(token: _Token) -> str:
    return {1: "i", 2: "b", 3: "bi"}.get(token.stars, "")


def _touches(tokens: Sequence[_Token], place: int, step: int) -> bool:
    """Whether something else than white space stands on that side of a mark."""
    if not 0 <= place + step < len(tokens):
        return False
    beside = tokens[place + step]
    char = beside.text[0 if step > 0 else -1]
    return not beside.is_plain or bool(beside.link) or char not in " \n"
