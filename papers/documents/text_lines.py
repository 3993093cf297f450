"""The lines of a plain-text paper, and the mending of what printing and copying did to them."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from papers.documents.model import clean_text
from papers.documents.text_words import FORVALTNING, MAX_HEAD, heading_key, is_address_line

MAX_CHARACTERS = 1_000_000  # some 300 pages; a longer text is no tjänsteutlåtande
BULLETS = "•·▪●○◦‣\uf0b7\uf0d8\uf0a7\uf0fc\uf02d\uf076\uf06e"

# Stand around a footnote's number where it is referred to. Noncharacters: no text can hold them.
NOTE_OPEN, NOTE_CLOSE = "\ufdd0", "\ufdd1"

_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_PAGE = re.compile(r"sida?\.? \d+ ?(?:\(\d+\)|av \d+)$", re.IGNORECASE)
_PAGE_WORD = re.compile(r"tjänsteutlåtande|dnr:?|KS|[\d./–-]+", re.IGNORECASE)
_PAGE_HEAD = re.compile(
    r"(?:tjänsteutlåtande|dnr:? *[\w./ –-]*\d|\d{4}-\d{2}-\d{2}|sida?\.? \d+ ?(?:\(\d+\)|av \d+))",
    re.IGNORECASE,
)


class UnreadablePaper(ValueError):
    """The text is no tjänsteutlåtande. The message is a Swedish sentence for the one who tried."""


@dataclass(frozen=True)
class Remark:
    """Something that was mended or not understood. ``line`` counts from 1; 0 is the whole paper."""

    line: int
    text: str


@dataclass(frozen=True)
class Line:
    """A line without the white space around it. ``indented`` keeps that it began with a space,
    which in a text out of a PDF marks the first line of a page, or a list whose bullets are lost.
    """

    number: int
    text: str
    indented: bool = False

    @property
    def blank(self) -> bool:
        return not self.text


@dataclass(frozen=True)
class Note:
    """A footnote found among the lines: its number, text lines and the line it is referred to."""

    number: int
    lines: tuple[str, ...]
    line: int
    referred_from: int


def decode_paper(data: bytes) -> str:
    """The text of a file: UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252.

    Raises :class:`UnreadablePaper` when the bytes are no text.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadablePaper("Filen är inte en textfil.") from error
    if b"\x00" in data:
        raise UnreadablePaper("Filen är inte en textfil.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_lines(text: str) -> list[Line]:
    """The lines of a paper, with a blank one for every form feed.

    Raises :class:`UnreadablePaper` for an empty, a binary and a far too long text.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadablePaper(
            "Texten är för lång för att vara ett tjänsteutlåtande (över en miljon tecken)."
        )
    if not text.strip():
        raise UnreadablePaper("Texten är tom.")
    if len(_BINARY.findall(text)) > max(5, len(text) // 1000):
        raise UnreadablePaper("Filen är inte en textfil.")
    lines: list[Line] = []
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").split("\n")
    for number, row in enumerate(rows, 1):
        for index, part in enumerate(row.split("\f")):
            if index:
                lines.append(Line(number, ""))
            cleaned = clean_text(part).replace("\n", " ").replace("\u00a0", " ")
            lines.append(Line(number, cleaned.strip(" \t"), cleaned.startswith(" ")))
    written = [line for line in lines if not line.blank]
    if sum(line.indented for line in written) * 2 > len(written):
        return [replace(line, indented=False) for line in lines]  # a margin, no sign of anything
    return lines


def drop_page_heads(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without page numbers and repeated page heads in the body, and those lines.

    A line with "Sida 3 (7)" goes, and so do the lines of a page head that touch it.
    """
    first = next((i for i, line in enumerate(lines) if heading_key(line.text)), len(lines))
    dropped: set[int] = set()
    for index in range(first, len(lines)):
        if _is_page_number(lines[index].text):
            dropped.add(index)
            for step in (-1, 1):
                near = index + step
                while first < near < len(lines) and _is_page_head(lines[near].text):
                    dropped.add(near)
                    near += step
    kept = [
        replace(line, text="") if index in dropped else line for index, line in enumerate(lines)
    ]
    return kept, [lines[index] for index in sorted(dropped)]


def _is_page_number(text: str) -> bool:
    match = _PAGE.search(text) if len(text) < MAX_HEAD else None
    if match is None:
        return False
    return all(_PAGE_WORD.fullmatch(word) for word in text[: match.start()].split())


def _is_page_head(text: str) -> bool:
    return len(text) < MAX_HEAD and bool(_PAGE_HEAD.fullmatch(text))


def take_address(lines: list[Line], start: int) -> tuple[list[Line], list[Line], list[Line]]:
    """Finds an address block from line index ``start`` on.

    Returns the lines with the block blanked, the block's lines, and the förvaltning's line or
    lines just before it. An address block is three lines or more without a blank line, of which
    most are a box, street, postal code, telephone, e-mail or web address.
    """
    index = start
    while index < len(lines):
        if lines[index].blank or heading_key(lines[index].text):
            index += 1
            continue
        end = index
        while end < len(lines) and not lines[end].blank and not heading_key(lines[end].text):
            end += 1
        block = lines[index:end]
        signs = sum(is_address_line(line.text) for line in block)
        if len(block) >= 3 and signs * 5 >= len(block) * 3:
            before = index - 1
            while before >= start and lines[before].blank:
                before -= 1
            named = (
                [lines[before]]
                if before >= start
                and len(lines[before].text) < MAX_HEAD
                and FORVALTNING.fullmatch(lines[before].text)
                and (before == 0 or lines[before - 1].blank)
                else []
            )
            gone = {line.number for line in (*block, *named)}
            kept = [replace(line, text="") if line.number in gone else line for line in lines]
            return kept, block, named
        index = end
    return lines, [], []


# --- footnotes -----------------------------------------------------------------------------


def take_notes(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """Lifts footnotes out of the running text.

    A note begins on a line with the next number, after a blank line, when that number hangs on a
    word somewhere before it ("heder.3"). It ends at a blank line, at the first line of the next
    page, at a heading, or where an interrupted sentence goes on. Where the number hung, the text
    gets ``NOTE_OPEN number NOTE_CLOSE``.
    """
    lines = list(lines)
    notes: list[Note] = []
    searched = 0  # references are looked for after the last note's zone began
    index = 0
    while index < len(lines):
        after_blank = index == 0 or lines[index - 1].blank
        place = None
        if after_blank and _begins_note(lines[index].text, len(notes) + 1):
            place = _reference(lines, searched, index, len(notes) + 1)
        if place is None:
            index += 1
            continue
        zone_start = index
        interrupted = not ends_sentence(_last_text(lines, index))
        while place is not None:
            number = len(notes) + 1
            end = index + 1
            while end < len(lines) and not _note_ends(lines, end, number, interrupted):
                end += 1
            texts = [_begins_note(lines[index].text, number)]
            texts += [line.text for line in lines[index + 1 : end]]
            notes.append(Note(number, tuple(texts), lines[index].number, lines[place[0]].number))
            row, start = place
            marked = lines[row].text
            mark = f"{NOTE_OPEN}{number}{NOTE_CLOSE}"
            lines[row] = replace(
                lines[row], text=marked[:start] + mark + marked[start + len(str(number)) :]
            )
            index = end
            place = None
            if index < len(lines) and _begins_note(lines[index].text, number + 1):
                place = _reference(lines, searched, zone_start, number + 1)
        for row in range(zone_start, index):
            lines[row] = replace(lines[row], text="")
        searched = index
    return lines, notes


def _begins_note(text: str, number: int) -> str:
    """The text after the note's number, or ``""`` when the line is not that note's first."""
    match = re.match(rf"{number}\s+(\S.*)", text)
    return match[1] if match else ""


def _reference(lines: list[Line], start: int, end: int, number: int) -> tuple[int, int] | None:
    """Where a number hangs on a word, a bracket, a quotation mark or a full stop."""
    exact = re.compile(rf"(?:[^\W\d_]|[)\]”\"»]|[^\d\s][.,;:!?])({number})(?=\s|$|[.,;:])")
    after_digit = re.compile(rf"\d[.,;:]({number})(?=\s|$)")  # "2021-2025.1 Programmets"
    for pattern in (exact, after_digit):
        for index in range(start, end):
            if match := pattern.search(lines[index].text):
                return index, match.start(1)
    return None


def _note_ends(lines: list[Line], index: int, number: int, interrupted: bool) -> bool:
    line = lines[index]
    if line.blank or line.indented or heading_key(line.text):
        return True
    if _begins_note(line.text, number + 1):
        return True
    # No blank line, no page mark: a short line before, and a small letter that goes on with the
    # sentence the note cut in two.
    return interrupted and line.text[:1].islower() and len(lines[index - 1].text) < 45


def _last_text(lines: list[Line], index: int) -> str:
    return next((line.text for line in reversed(lines[:index]) if not line.blank), "")


# --- sentences and hyphens -----------------------------------------------------------------


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence or a lead-in does (``. ! ? :``)."""
    bare = re.sub(f"{NOTE_OPEN}\\d+{NOTE_CLOSE}", "", text).rstrip(" *”\"')»]")
    return bare.endswith((".", "!", "?", ":"))


class Joiner:
    """Joins the lines of a paragraph, and decides what a hyphen at a line's end was.

    1. The hyphenated form occurs elsewhere in the paper: the hyphen stays ("lämna-program").
    2. The joined form occurs elsewhere, or begins a word there: the hyphen goes.
    3. The next word is och, eller, samt or respektive: it was a suspended hyphen ("grund- och").
    4. The line ends in an address, a digit, capitals, or the next begins with one: it stays.
    5. Otherwise it goes when the first part ends in a linking s, as a divided word often does, or
       when the paper is known to divide words (rule 2 applied before); else it stays. A choice by
       this rule is reported.
    """

    def __init__(self, lines: list[Line]) -> None:
        whole = " ".join(
            line.text.rstrip("-") if line.text.endswith("-") else line.text for line in lines
        ).lower()
        self.words = sorted(set(re.findall(r"[\wåäöé]+(?:-[\wåäöé]+)*", whole)))
        self.divides = False
        self.uncertain: list[str] = []

    def join(self, texts: list[str]) -> str:
        """One text from the lines of a paragraph."""
        parts: list[str] = []
        before = ""
        for text in texts:
            if re.search(r"\w-$", before[-2:]) and not re.match(r"[\s–-]", text):
                keeps, between = self._hyphen(before, text)
                if not keeps:
                    parts[-1] = parts[-1][:-1]
                parts.append(between)
            elif parts:
                parts.append(" ")
            parts.append(text)
            before = text
        return re.sub(r" {2,}", " ", "".join(parts))

    def _hyphen(self, before: str, after: str) -> tuple[bool, str]:
        """Whether the hyphen stays, and what stands between the two lines."""
        left = re.search(r"\S+$", before[-200:-1])
        right = re.match(r"[\wåäöé]+", after[:200])
        if left is None or right is None or re.search(r"://|www\.|/", left[0]):
            return True, ""
        if right[0].lower() in ("och", "eller", "samt", "respektive"):
            return True, " "
        stem = re.search(r"[\wåäöé]+$", left[0])
        first = (stem[0] if stem else left[0]).lower()
        second = right[0].lower()
        if self._occurs(f"{first}-{second}"):
            return True, ""
        if self._occurs(first + second):
            self.divides = True
            return False, ""
        if left[0][-1:].isdigit() or left[0].isupper() or not right[0][0].islower():
            return True, ""
        self.uncertain.append(f"{first}-{second}")
        return not (first.endswith("s") or self.divides), ""

    def _occurs(self, word: str) -> bool:
        """Whether the paper has the word, or one that begins with it."""
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place].startswith(word)
