"""From the lines of a section to headings, paragraphs, lists and tables."""

import re
from dataclasses import dataclass, field

from papers.documents.model import (
    Block,
    Cell,
    Column,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
)
from papers.documents.text_lines import (
    BULLETS,
    NOTE_CLOSE,
    NOTE_OPEN,
    Joiner,
    Line,
    Remark,
    ends_sentence,
)

_BULLET = re.compile(rf"(?:[{BULLETS}]|o(?= {{2,}}))\s*(?=\S)|[–-] +(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,2})[.)]\s+(?=\S)")
_ATT = re.compile(r"[Aa]tt\s")
_ITALIC = re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*")
_MARK = re.compile(f"{NOTE_OPEN}(\\d+){NOTE_CLOSE}")
_PLAIN_NAMES = "bilagor", "skickas_till", "attest"  # sections that are lists of names


@dataclass
class Unit:
    """A paragraph, list item, heading or table row being gathered."""

    kind: str  # "paragraph", "bullet", "number", "heading", "row"
    line: int
    texts: list[str] = field(default_factory=list)
    number: int = 0

    @property
    def last(self) -> str:
        return self.texts[-1] if self.texts else ""


@dataclass(frozen=True)
class NumberedPoint:
    """A numbered line that begins a part of a section, with the index of its heading block."""

    number: int
    wording: str
    block: int
    line: int


class BlockReader:
    """Reads the blocks of sections. One reader per paper: it knows the paper's line width."""

    def __init__(self, lines: list[Line], notes: dict[int, Footnote], joiner: Joiner) -> None:
        lengths = sorted(len(line.text) for line in lines if not line.blank)
        self.width = lengths[int(len(lengths) * 0.95)] if lengths else 0
        self.wrapped = self.width < 110  # otherwise each line is a whole paragraph
        self.notes = notes
        self.joiner = joiner
        self.remarks: list[Remark] = []

    def read(self, lines: list[Line], key: str) -> tuple[tuple[Block, ...], list[NumberedPoint]]:
        """The blocks of one section, and the numbered points that its text is arranged by."""
        units = self._units(lines, key)
        pointed = key in ("yttrande", "synpunkter") and self._is_arranged_by_number(units)
        blocks: list[Block] = []
        points: list[NumberedPoint] = []
        index = 0
        while index < len(units):
            unit = units[index]
            if unit.kind == "number" and pointed:
                parts = self.inline(self._text(unit))
                wording = "".join(part.text for part in parts if isinstance(part, Run))
                points.append(NumberedPoint(unit.number, wording, len(blocks), unit.line))
                blocks.append(Heading(2, (Run(f"{unit.number}. "), *_upright(parts))))
                index += 1
                continue
            end = index + 1
            if unit.kind in ("bullet", "number", "row"):
                while end < len(units) and units[end].kind == unit.kind:
                    end += 1
                blocks.append(self._group(units[index:end]))
            elif unit.kind == "heading":
                blocks.append(Heading(2, self.inline(self._text(unit))))
            else:
                blocks.append(Paragraph(self.inline(self._text(unit))))
            index = end
        return tuple(blocks), points

    def inline(self, text: str) -> tuple[Inline, ...]:
        """Runs of a joined text: ``*kursiv*`` becomes italic, note marks become footnotes."""
        parts: list[Inline] = []
        position = 0
        for match in _ITALIC.finditer(text):
            parts.extend(self._with_notes(text[position : match.start()], False))
            parts.extend(self._with_notes(match[1], True))
            position = match.end()
        parts.extend(self._with_notes(text[position:], False))
        return tuple(parts)

    def _with_notes(self, text: str, italic: bool) -> list[Inline]:
        parts: list[Inline] = []
        for index, piece in enumerate(_MARK.split(text)):
            if index % 2:
                parts.append(self.notes[int(piece)])
            elif piece:
                parts.append(Run(piece, italic=italic))
        return parts

    def _text(self, unit: Unit) -> str:
        return self.joiner.join(unit.texts)

    def _group(self, units: list[Unit]) -> Block:
        if units[0].kind == "row":
            rows = [[cell.strip() for cell in unit.last.split("\t")] for unit in units]
            count = max(len(row) for row in rows)
            cells = [tuple(Cell(self.inline(text)) for text in row) for row in rows]
            header = tuple(cells[:1]) if len(cells) > 1 else ()
            return Table((Column(),) * count, header, tuple(cells[len(header) :]))
        items = tuple((Paragraph(self.inline(self._text(unit))),) for unit in units)
        ordered = units[0].kind == "number"
        return ListBlock(items, ordered, units[0].number if ordered else 1)

    @staticmethod
    def _is_arranged_by_number(units: list[Unit]) -> bool:
        """Whether numbered lines have text of their own under them, as the points of a yttrande."""
        places = [index for index, unit in enumerate(units) if unit.kind == "number"]
        return len(places) > 1 and places[-1] - places[0] >= len(places)

    # --- lines → units ---------------------------------------------------------------------

    def _units(self, lines: list[Line], key: str) -> list[Unit]:
        bare_items = self._bare_list(lines)
        units: list[Unit] = []
        gap = True
        for index, line in enumerate(lines):
            if line.blank:
                gap = True
                continue
            self._place(units, lines, index, gap=gap, key=key, bare=index in bare_items)
            gap = False
        return units

    def _place(
        self, units: list[Unit], lines: list[Line], index: int, *, gap: bool, key: str, bare: bool
    ) -> None:
        line = lines[index]
        open_unit = units[-1] if units else None
        last = open_unit.last if open_unit else ""
        done = open_unit is None or ends_sentence(last) or open_unit.kind in ("heading", "row")
        new = self._new_unit(units, line, done or gap, bare)
        if new is not None:
            units.append(new)
        elif open_unit is None or open_unit.kind in ("heading", "row"):
            units.append(self._paragraph_or_heading(lines, index, key))
        elif not done and line.text[:1].islower():
            if gap:
                self.remarks.append(
                    Remark(
                        line.number,
                        "Stycket var avbrutet av en tom rad (sidbrytning) och fogades ihop.",
                    )
                )
            open_unit.texts.append(line.text)
        elif gap or key in ("skickas_till", "attest") or self._broken_on_purpose(last, line):
            units.append(self._paragraph_or_heading(lines, index, key))
        else:
            open_unit.texts.append(line.text)

    def _new_unit(self, units: list[Unit], line: Line, may_begin: bool, bare: bool) -> Unit | None:
        """The unit that a bullet, a number or a tab on the line begins, if any."""
        if bare:
            return Unit("bullet", line.number, [line.text])
        match = _BULLET.match(line.text)
        if "\t" in line.text and not match:
            return Unit("row", line.number, [line.text])
        if match and (may_begin or line.text[0] in BULLETS):
            return Unit("bullet", line.number, [line.text[match.end() :]])
        match = _NUMBER.match(line.text)
        if match:
            number = int(match[1])
            before = next((u.number for u in reversed(units) if u.kind == "number"), 0)
            # In a list of names no point ends with a full stop.
            follows = units and units[-1].kind == "number" and number == before + 1
            if follows or (may_begin and number in (1, before + 1)):
                return Unit("number", line.number, [line.text[match.end() :]], number)
        listed = units and (units[-1].last.endswith(":") or units[-1].kind == "bullet")
        if may_begin and listed and _ATT.match(line.text):
            return Unit("bullet", line.number, [line.text])
        return None

    def _broken_on_purpose(self, last: str, line: Line) -> bool:
        """Whether a line that follows without a blank one begins a paragraph of its own."""
        if not self.wrapped:
            return True
        word = line.text.split()[0]
        fits = len(last) + 1 + len(word) <= self.width - 4
        return ends_sentence(last) and fits and not line.text[:1].islower()

    def _paragraph_or_heading(self, lines: list[Line], index: int, key: str) -> Unit:
        line = lines[index]
        kind = "paragraph"
        if key not in _PLAIN_NAMES and self._is_heading(lines, index):
            kind = "heading"
        return Unit(kind, line.number, [line.text])

    def _is_heading(self, lines: list[Line], index: int) -> bool:
        text = lines[index].text
        if len(text) > 70 or text[-1] in ".,;:!?-*" or not text[0].isupper() or "\t" in text:
            return False
        following = next((line for line in lines[index + 1 :] if not line.blank), None)
        if following is None:
            return False
        begins = following.text.lstrip('*”"')[:1]
        if not (begins.isupper() or begins.isdigit() or begins in BULLETS):
            return False
        if not self.wrapped:
            return True
        return len(text) + 1 + len(following.text.split()[0]) <= self.width * 0.8

    def _bare_list(self, lines: list[Line]) -> set[int]:
        """Indices of lines that are list items whose bullets were lost.

        Three or more lines that begin with a space and a capital, with nothing between them but
        rests of items: lines after a blank one that go on in small letters.
        """
        found: set[int] = set()
        run: list[int] = []
        for index, line in enumerate([*lines, Line(0, "X")]):
            if line.blank:
                continue
            after_blank = index > 0 and lines[index - 1].blank
            if line.indented and line.text[:1].isupper() and not _BULLET.match(line.text):
                run.append(index)
            elif not (run and after_blank and line.text[:1].islower()):
                if len(run) >= 3:
                    found.update(run)
                    first, last = lines[run[0]].number, lines[run[-1]].number
                    text = f"Rad {first}–{last} saknar punkttecken men lästes som en punktlista."
                    self.remarks.append(Remark(first, text))
                run = []
        return found


def _upright(parts: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A heading is a heading by its style: the italics of a wording are left out."""
    return tuple(Run(part.text) if isinstance(part, Run) else part for part in parts)
