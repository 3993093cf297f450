"""Rich text of the editor ↔ blocks of the neutral document.

The set is small on purpose: p, h2–h4, ul, ol, li, strong, em, a, br and blockquote. Everything
else is dropped to its text. A footnote is written in the running text as
``[Fotnot: texten här]``, which survives every editor and is seen by the one who writes.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import nh3

from papers.documents.model import (
    Block,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
    clean_text,
    paragraph,
    plain,
    safe_link,
)

# Elements whose content is no text of the writer's: Word's settings, styles, scripts.
_DROPPED_WHOLE = {
    "head",
    "iframe",
    "math",
    "noscript",
    "object",
    "script",
    "select",
    "style",
}
_DROPPED_WHOLE |= {"svg", "template", "textarea", "title", "xml"}
_STRONG, _EM = {"strong", "b"}, {"em", "i", "cite"}
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_BREAKS = {
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "pre",
}
_BREAKS |= {
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "dl",
    "dt",
    "dd",
    "figure",
}
_BREAKS |= {
    "figcaption",
    "address",
    "form",
    "fieldset",
    "legend",
    "hr",
    "blockquote",
    "center",
}
_KNOWN = _BREAKS | set(_HEADINGS) | _STRONG | _EM | {"ul", "ol", "li", "a", "br", "td", "th"}

_SPACE = re.compile("[ \t\n]+")
NOTE = "[Fotnot:"
MAX_DEPTH = 9  # Word has nine list levels


def sanitise(html: str) -> str:
    """Rich text from outside (editor, paste, file) as clean HTML of the small set.

    This is the one function that rich text passes on its way in. Scripts, styles, comments,
    classes, Word's clutter, control characters and links other than http(s) and mailto are
    removed; b becomes strong, i em, h1 h2, h5–h6 h4, and other blocks paragraphs. The result is
    written from the parsed blocks, so it holds nothing else, the same text always gives the same
    result, and cleaning it again changes nothing.
    """
    return blocks_to_html(html_to_blocks(html))


def html_to_blocks(html: str) -> tuple[Block, ...]:
    """Rich text as blocks: ``<h2>`` gives level 2, and so on. Never raises on bad HTML."""
    cleaned = nh3.clean(
        clean_text(html),
        tags=_KNOWN,
        clean_content_tags=_DROPPED_WHOLE,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    parser = _Blocks()
    parser.feed(cleaned)
    parser.close()
    return parser.result()


def text_to_html(paragraphs: Iterable[str]) -> str:
    """Plain paragraphs as rich text. Nothing in them is read as markup."""
    return blocks_to_html(paragraph(text) for text in paragraphs if text.strip())


def blocks_to_html(blocks: Iterable[Block]) -> str:
    """Headings, paragraphs and lists as rich text of the small set, in one line per block.

    Left-over footnotes are left out. Tables become one paragraph per row; figures, page breaks
    and signatures have no place in rich text and are left out.
    """
    parts: list[str] = []
    quote: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == "quote":
            if inner := _inline_html(block.runs):
                quote.append(f"<p>{inner}</p>")
            continue
        if quote:
            parts.append(f"<blockquote>{''.join(quote)}</blockquote>")
            quote = []
        parts.extend(_block_html(block))
    if quote:
        parts.append(f"<blockquote>{''.join(quote)}</blockquote>")
    return "\n".join(parts)


def _block_html(block: Block) -> Iterable[str]:
    if isinstance(block, Heading):
        if inner := _inline_html(block.runs):
            level = min(max(block.level, 2), 4)
            yield f"<h{level}>{inner}</h{level}>"
    elif isinstance(block, Paragraph):
        if inner := _inline_html(block.runs):
            yield f"<p>{inner}</p>"
    elif isinstance(block, ListBlock):
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = [blocks_to_html(item).replace("\n", "") for item in block.items]
        if inner := "".join(f"<li>{item}</li>" for item in items if item):
            yield f"<{tag}{start}>{inner}</{tag}>"
    elif isinstance(block, Table):
        for row in (*block.header, *block.rows):
            texts = (_inline_html(cell.runs) for cell in row)
            if inner := " ".join(filter(None, texts)):
                yield f"<p>{inner}</p>"


def _inline_html(parts: Iterable[Inline]) -> str:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Run):
            pieces.append(_run_html(part))
        elif not part.left_over and plain(part.runs).strip():
            inner = "".join(_run_html(run) for run in balanced(part.runs)).strip()
            pieces.append(f"{NOTE} {inner}]")
    html = "".join(pieces)
    return html.strip(" \n") if html.strip(" \n") != "<br>" else ""


def _run_html(run: Run) -> str:
    if not run.text:
        return ""
    html = escape(clean_text(run.text).replace("\t", " "), quote=False).replace("\n", "<br>")
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    if link := safe_link(run.link):
        html = f'<a href="{escape(link)}">{html}</a>'
    return html


def balanced(parts: tuple[Run, ...]) -> tuple[Run, ...]:
    """Brackets that do not pair would end the footnote too early: they become parentheses."""
    text, depth, lowest = plain(parts), 0, 0
    for char in text:
        depth += (char == "[") - (char == "]")
        lowest = min(lowest, depth)
    if depth == 0 and lowest == 0:
        return parts
    swap = str.maketrans("[]", "()")
    return tuple(replace(run, text=run.text.translate(swap)) for run in parts)


class _Frame:
    """One open list, with its finished items and the blocks of the item being read."""

    def __init__(self, ordered: bool, start: int) -> None:
        self.ordered, self.start = ordered, start
        self.items: list[tuple[Block, ...]] = []
        self.blocks: list[Block] = []

    def end_item(self) -> None:
        if self.blocks:
            self.items.append(tuple(self.blocks))
            self.blocks = []


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.lists: list[_Frame] = []
        self.runs: list[Run] = []
        self.level = 0  # of the heading being read
        self.quote = 0
        self.bold = self.italic = 0
        self.links: list[str] = []

    def result(self) -> tuple[Block, ...]:
        while self.lists:
            self._end_list()
        self._flush()
        return tuple(self.blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _STRONG:
            self.bold += 1
        elif tag in _EM:
            self.italic += 1
        elif tag == "a":
            self.links.append(safe_link(values.get("href") or ""))
        elif tag == "br":
            self.runs.append(self._run("\n"))
        elif tag in ("td", "th"):
            self.runs.append(self._run(" "))
        elif tag in ("ul", "ol"):
            self._flush()
            start = values.get("start") or ""
            number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
            self.lists.append(_Frame(tag == "ol", number))
        elif tag == "li":
            self._flush()
            if self.lists:
                self.lists[-1].end_item()
        else:
            self._flush()
            self.level = _HEADINGS.get(tag, 0)
            self.quote += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in _STRONG:
            self.bold = max(self.bold - 1, 0)
        elif tag in _EM:
            self.italic = max(self.italic - 1, 0)
        elif tag == "a":
            del self.links[-1:]
        elif tag in ("ul", "ol"):
            if self.lists:
                self._end_list()
        elif tag == "li":
            self._flush()
            if self.lists:
                self.lists[-1].end_item()
        elif tag not in ("br", "td", "th"):
            self._flush()
            self.level = 0
            self.quote = max(self.quote - (tag == "blockquote"), 0)

    def handle_data(self, data: str) -> None:
        self.runs.append(self._run(_SPACE.sub(" ", data)))

    def _run(self, text: str) -> Run:
        link = self.links[-1] if self.links else ""
        return Run(text, bold=self.bold > 0, italic=self.italic > 0, link=link)

    def _add(self, block: Block) -> None:
        (self.lists[-1].blocks if self.lists else self.blocks).append(block)

    def _end_list(self) -> None:
        self._flush()
        frame = self.lists.pop()
        frame.end_item()
        if not frame.items:
            return
        if len(self.lists) >= MAX_DEPTH:
            for item in frame.items:
                for block in item:
                    self._add(block)
        else:
            self._add(ListBlock(tuple(frame.items), frame.ordered, frame.start))

    def _flush(self) -> None:
        parts = _read_footnotes(_collapse(self.runs))
        self.runs = []
        if not any(isinstance(part, Footnote) or part.text.strip() for part in parts):
            return  # Word fills its empty paragraphs with a no-break space
        if self.level and not self.lists and not self.quote:
            self._add(Heading(self.level, parts))
        else:
            quote = self.quote and not self.lists
            self._add(Paragraph(parts, "quote" if quote else "normal"))


def _collapse(parts: list[Run]) -> list[Run]:
    """White space as a browser shows it, neighbours in one style joined, ends trimmed."""
    result: list[Run] = []
    before = "\n"
    for run in parts:
        text = run.text
        if text.startswith(" ") and before in " \n":
            text = text[1:]
        if text.startswith("\n") and before == " ":
            result[-1] = replace(result[-1], text=result[-1].text.rstrip(" "))
        if not text:
            continue
        before = text[-1]
        last = result[-1] if result else None
        if last is not None and replace(last, text="") == replace(run, text=""):
            result[-1] = replace(last, text=last.text + text)
        else:
            result.append(replace(run, text=text))
    while result and not result[-1].text.rstrip(" \n"):
        result.pop()
    if result:
        result[-1] = replace(result[-1], text=result[-1].text.rstrip(" \n"))
    while result and not result[0].text.lstrip(" \n"):
        result.pop(0)
    if result:
        result[0] = replace(result[0], text=result[0].text.lstrip(" \n"))
    return [run for run in result if run.text]


def _read_footnotes(parts: list[Run]) -> tuple[Inline, ...]:
    """``[Fotnot: …]`` in the text becomes a footnote; brackets inside it pair up."""
    text = "".join(run.text for run in parts)
    result: list[Inline] = []
    position = 0
    while (start := text.find(NOTE, position)) >= 0:
        end = _closing(text, start)
        if end < 0:
            break
        inner = tuple(_slice(parts, start + len(NOTE), end))
        if plain(inner).strip():
            result.extend(_slice(parts, position, start))
            result.append(Footnote(tuple(_collapse(list(inner)))))
        else:
            result.extend(_slice(parts, position, end + 1))
        position = end + 1
    result.extend(_slice(parts, position, len(text)))
    return tuple(result)


def _closing(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == "[") - (text[index] == "]")
        if depth == 0:
            return index
    return -1


def _slice(parts: list[Run], start: int, end: int) -> Iterable[Run]:
    offset = 0
    for run in parts:
        piece = run.text[max(start - offset, 0) : max(end - offset, 0)]
        if piece:
            yield replace(run, text=piece)
        offset += len(run.text)
