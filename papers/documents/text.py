"""Reads a tjänsteutlåtande in plain text: what stands where, as blocks, and the facts in it.

Sections are found by their heading, not by their order. Nothing of the text is lost: every word
is in the letterhead, title, subtitle, a section (its heading, blocks and footnotes), the
signatures or ``dropped`` (page numbers and page heads). ``statements``, ``proposals``,
``attachments``, ``recipients``, ``attests`` and ``instances`` are further views of the sections.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from papers.documents.model import (
    Block,
    Footnote,
    Heading,
    Letterhead,
    ListBlock,
    Paragraph,
    Run,
    Signatory,
    Table,
    plain,
)
from papers.documents.text_blocks import BlockReader, NumberedPoint
from papers.documents.text_facts import (
    Beredning,
    Instance,
    find_beredning,
    find_due_date,
    find_instances,
    find_namnd,
    find_remitter_dnr,
    split_instances,
)
from papers.documents.text_head import read_head, take_signatures
from papers.documents.text_lines import (
    MAX_CHARACTERS,
    Joiner,
    Line,
    Note,
    Remark,
    UnreadablePaper,
    decode_paper,
    drop_page_heads,
    read_lines,
    take_address,
    take_notes,
)
from papers.documents.text_words import heading_key, normalise_dnr, read_date

__all__ = [
    "MAX_CHARACTERS",
    "Attest",
    "Beredning",
    "Instance",
    "NoteInPaper",
    "ReadPaper",
    "Remark",
    "Section",
    "Statement",
    "UnreadablePaper",
    "decode_paper",
    "normalise_dnr",
    "read_text_paper",
    "split_instances",
]

_TEMPLATE_TEXT = re.compile(r"klicka (?:eller tryck )?här|skriv ?rubrik|\[(?:skriv|ange) ", re.I)
_ATTEST = re.compile(r"(.+?),\s*(.+?)\s+(\d{4}-\d{2}-\d{2})\s*$")


@dataclass(frozen=True)
class Section:
    """A section as the paper has it. ``key`` is empty for text without a known heading."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True)
class Statement:
    """A numbered point of a yttrande: the wording it answers, and the answer."""

    number: int
    wording: str
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True)
class Attest:
    name: str
    title: str
    date: dt.date | None


@dataclass(frozen=True)
class NoteInPaper:
    """A footnote, the section it is referred from (its key), and whether a template left it."""

    number: int
    text: str
    section: str
    left_over: bool
    line: int


@dataclass(frozen=True)
class ReadPaper:
    """A paper as read. What the text does not tell is empty or ``None``: nothing is guessed."""

    letterhead: Letterhead
    title: str
    subtitle: str
    namnd: str
    remitter_dnr: str
    remitter_dnr_as_written: str
    due_date: dt.date | None
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    proposals: tuple[str, ...]
    signatures: tuple[Signatory, ...]
    attachments: tuple[str, ...]
    recipients: tuple[str, ...]
    attests: tuple[Attest, ...]
    footnotes: tuple[NoteInPaper, ...]
    instances: tuple[Instance, ...]
    beredning: tuple[Beredning, ...]
    dropped: tuple[str, ...]
    warnings: tuple[Remark, ...]

    def section(self, key: str) -> Section | None:
        """The first section with this key."""
        return next((section for section in self.sections if section.key == key), None)


def read_text_paper(text: str) -> ReadPaper:
    """The structure of a plain-text paper.

    Raises :class:`UnreadablePaper`, with a Swedish sentence, for a text that is empty, binary or
    longer than a million characters, or has no heading that a tjänsteutlåtande has.
    """
    remarks: list[Remark] = []
    lines, page_heads = drop_page_heads(read_lines(text))
    if not any(heading_key(line.text) for line in lines):
        raise UnreadablePaper(
            "Texten har ingen av de rubriker som ett tjänsteutlåtande har, till exempel "
            "”Förslag till beslut” eller ”Sammanfattning”."
        )
    if page_heads:
        text_ = f"{len(page_heads)} rader med sidnummer och sidhuvud togs bort ur texten."
        remarks.append(Remark(page_heads[0].number, text_))
    lines, notes = take_notes(lines)
    first = _first_heading(lines)
    lines, address, named = _address(lines, first, remarks)
    joiner = Joiner(lines)
    head = read_head(lines[:first], joiner, remarks)
    footnotes = {note.number: _footnote(note, joiner, remarks) for note in notes}
    reader = BlockReader(lines[first:], footnotes, joiner)

    sections: list[Section] = []
    statements: list[Statement] = []
    people: list[Signatory] = []
    if head.rest:
        blocks, _ = reader.read(head.rest, "")
        sections.append(Section("", "", blocks, head.rest[0].number))
    for title, body in _regions(lines[first:]):
        key = _key(title.text, sections)
        if key not in ("attest", "skickas_till"):
            rest, signed = take_signatures(body, joiner, remarks)
            people += signed
        else:
            rest = body
        blocks, points = reader.read(rest, key)
        sections.append(Section(key, title.text, blocks, title.number))
        statements += _statements(points, blocks)

    texts = [text for section in sections for text in _texts(section.blocks)]
    dnr, written = find_remitter_dnr([head.subtitle, head.title, *texts])
    _left_over_text(sections, remarks)
    for pair in joiner.uncertain:
        text_ = f"”{pair}” var avstavat vid radslut. Kontrollera om bindestrecket ska vara kvar."
        remarks.append(Remark(0, text_))
    return ReadPaper(
        letterhead=Letterhead(
            forvaltning=head.forvaltning or " ".join(line.text for line in named),
            avdelning=head.avdelning,
            kind=head.kind,
            dnr=head.dnr,
            date=head.date,
            address=tuple(line.text for line in address),
            handlaggare=tuple(head.handlaggare),
            till=head.till,
            meeting_date=head.meeting_date,
        ),
        title=head.title,
        subtitle=head.subtitle,
        namnd=find_namnd(head.till, _texts_of(sections, "forslag_till_beslut"), texts),
        remitter_dnr=dnr,
        remitter_dnr_as_written=written,
        due_date=find_due_date(texts),
        sections=tuple(sections),
        statements=tuple(statements),
        proposals=_proposals(sections),
        signatures=tuple(people),
        attachments=tuple(_texts_of(sections, "bilagor")),
        recipients=tuple(_texts_of(sections, "skickas_till")),
        attests=_attests(sections, remarks),
        footnotes=tuple(_notes_in(sections, notes, footnotes)),
        instances=find_instances(texts),
        beredning=find_beredning(" ".join(_texts_of(sections, "arendets_beredning"))),
        dropped=tuple(line.text for line in page_heads),
        warnings=tuple(sorted([*remarks, *reader.remarks], key=lambda remark: remark.line)),
    )


# --- parts of the paper ----------------------------------------------------------------------


def _first_heading(lines: list[Line]) -> int:
    return next(index for index, line in enumerate(lines) if heading_key(line.text))


def _address(
    lines: list[Line], first: int, remarks: list[Remark]
) -> tuple[list[Line], list[Line], list[Line]]:
    lines, address, named = take_address(lines, 0)
    if address and address[0].number >= lines[first].number:
        start = (named or address)[0].number
        text = (
            f"Adressblocket på rad {start}–{address[-1].number} stod mitt i texten och flyttades "
            "till brevhuvudet."
        )
        remarks.append(Remark(start, text))
    return lines, address, named


def _regions(lines: list[Line]) -> Iterable[tuple[Line, list[Line]]]:
    """Each heading with the lines under it."""
    title = Line(lines[0].number, "")
    body: list[Line] = []
    for index, line in enumerate(lines):
        if heading_key(line.text) and _stands_alone(lines, index):
            if title.text or any(not part.blank for part in body):
                yield title, body
            title, body = line, []
        else:
            body.append(line)
    yield title, body


def _stands_alone(lines: list[Line], index: int) -> bool:
    """A word such as "Bakgrund" is a heading only where a heading can stand."""
    before = lines[index - 1] if index else None
    return (
        before is None
        or before.blank
        or lines[index].indented
        or bool(re.search(r"[.!?:]$", before.text))
        or bool(heading_key(before.text))
    )


def _key(heading: str, sections: list[Section]) -> str:
    """The section's key. Förvaltningens synpunkter after a yttrande is the short one, last."""
    key = heading_key(heading)
    if key == "synpunkter" and any(section.key == "yttrande" for section in sections):
        return "forvaltningens_synpunkter_kort"
    return key


def _footnote(note: Note, joiner: Joiner, remarks: list[Remark]) -> Footnote:
    text = joiner.join(list(note.lines))
    left_over = bool(_TEMPLATE_TEXT.search(text))
    if left_over:
        remarks.append(
            Remark(
                note.line,
                f"Fotnot {note.number} är kvarglömd malltext (”{text}”). Den skrivs inte ut.",
            )
        )
    return Footnote((Run(text),), left_over)


def _left_over_text(sections: list[Section], remarks: list[Remark]) -> None:
    for section in sections:
        if any(_TEMPLATE_TEXT.search(text) for text in _texts(section.blocks)):
            text = f"Avsnittet ”{section.heading}” ser ut att ha kvarglömd malltext."
            remarks.append(Remark(section.line, text))


def _statements(points: list[NumberedPoint], blocks: tuple[Block, ...]) -> Iterable[Statement]:
    ends = [*(point.block for point in points[1:]), len(blocks)]
    for point, end in zip(points, ends, strict=False):
        yield Statement(point.number, point.wording, blocks[point.block + 1 : end], point.line)


# --- views of the sections -------------------------------------------------------------------


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    """The text of each paragraph, list item and heading, without footnotes."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield plain(block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _texts(item)


def _texts_of(sections: list[Section], key: str) -> list[str]:
    return [text for s in sections if s.key == key for text in _texts(s.blocks)]


def _proposals(sections: list[Section]) -> tuple[str, ...]:
    """Att-satser that the paper retells in a list, outside its own proposed decision."""
    for section in sections:
        if section.key == "forslag_till_beslut":
            continue
        for block in section.blocks:
            if isinstance(block, ListBlock):
                texts = list(_texts([block]))
                if all(re.match(r"att\s", text, re.IGNORECASE) for text in texts):
                    return tuple(texts)
    return ()


def _attests(sections: list[Section], remarks: list[Remark]) -> tuple[Attest, ...]:
    found: list[Attest] = []
    for section in sections:
        if section.key != "attest":
            continue
        rows = [
            " ".join(plain(cell.runs) for cell in row)
            for block in section.blocks
            if isinstance(block, Table)
            for row in (*block.header, *block.rows)
        ]
        for text in [*rows, *_texts(section.blocks)]:
            if match := _ATTEST.match(text):
                found.append(Attest(match[1].strip(), match[2].strip(), read_date(match[3])))
        if not found:
            remarks.append(Remark(section.line, "Attesterna kunde inte läsas."))
    return tuple(found)


def _notes_in(
    sections: list[Section], notes: list[Note], footnotes: dict[int, Footnote]
) -> Iterable[NoteInPaper]:
    for note in notes:
        footnote = footnotes[note.number]
        before = [s for s in sections if s.line <= note.referred_from]
        key = before[-1].key if before else ""
        yield NoteInPaper(note.number, plain(footnote.runs), key, footnote.left_over, note.line)
