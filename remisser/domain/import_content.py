"""From a paper as read to what an answer consists of. Nothing here touches the database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from papers.documents.model import (
    Heading,
    ListBlock,
    Paragraph,
    Signatory,
    Table,
    paragraph,
    plain,
)
from papers.documents.text import ReadPaper, Remark, Section, Statement
from papers.domain.content import AttestContent, Header, SectionContent, section_body
from papers.enums import SectionKind

KINDS = {
    "bilagor": SectionKind.BILAGOR,
    "skickas_till": SectionKind.MOTTAGARE,
    "attest": SectionKind.ATTEST,
}
OPINIONS = ("yttrande", "synpunkter")
SIGNATURES = SectionContent("underskrifter", "Underskrifter", SectionKind.UNDERSKRIFTER)
UNKNOWN_KEY = "utan-rubrik"

_REMISS_TITLE = re.compile(r"^(?:svar på )?remiss(?:en)?(?: av| om| angående)?:?\s+", re.IGNORECASE)
_AUTHOR = re.compile(r"\bfrån ([A-ZÅÄÖ][\wåäöéü-]+(?: [A-ZÅÄÖ][\wåäöéü-]+)+) \(([A-ZÅÄÖ]{1,4})\)")


@dataclass(frozen=True)
class PositionContent:
    """What the paper says on one proposal: the wording it answers, and the answer."""

    number: int
    wording: str
    body: str


def header(read: ReadPaper) -> Header:
    """What the paper's top and end tell. What they do not tell stays empty."""
    head = read.letterhead
    return Header(
        title=read.title,
        subtitle=read.subtitle,
        dnr=head.dnr,
        forvaltning=head.forvaltning,
        avdelning=head.avdelning,
        dated_on=head.date,
        meeting_on=head.meeting_date,
        addressee=head.till,
        address="\n".join(head.address),
        handlaggare=head.handlaggare,
        signatures=read.signatures,
        bilagor=read.attachments,
        recipients=read.recipients,
    )


def positions(read: ReadPaper) -> tuple[PositionContent, ...]:
    """The numbered statements. A number that comes twice is one position with both texts."""
    found: dict[int, PositionContent] = {}
    for statement in read.statements:
        body = section_body(statement.blocks)
        before = found.get(statement.number)
        if before is not None:
            again = section_body((paragraph(f"{statement.number}. {statement.wording}"),))
            body = "\n".join(filter(None, [before.body, again, body]))
        wording = before.wording if before else statement.wording
        found[statement.number] = PositionContent(statement.number, wording, body)
    return tuple(found[number] for number in sorted(found))


def sections(read: ReadPaper, text: str) -> tuple[SectionContent, ...]:
    """The paper's sections in its own order; the signatures stand where its names stand.

    text: the paper itself, in which the names are looked up.
    """
    opinion = _opinion(read)
    result: list[SectionContent] = []
    after = _section_before_signatures(read, text)
    for section in read.sections:
        result.append(_section(section, read.statements, is_opinion=section is opinion))
        if section is after:
            result.append(SIGNATURES)
    return tuple(result)


def attests(read: ReadPaper) -> tuple[AttestContent, ...]:
    """Attests with a date, one for each person."""
    found: dict[str, AttestContent] = {}
    for attest in read.attests:
        if attest.date is not None:
            found.setdefault(attest.name, AttestContent(attest.name, attest.title, attest.date))
    return tuple(found.values())


def undated_attests(read: ReadPaper) -> tuple[str, ...]:
    return tuple(attest.name for attest in read.attests if attest.date is None)


def remark_text(remark: Remark) -> str:
    """A remark on the reading, with the line it is about."""
    if not remark.line or remark.text.lower().startswith(("rad ", "adressblocket på rad")):
        return remark.text
    return f"Rad {remark.line}: {remark.text}"


def remiss_title(read: ReadPaper) -> str:
    """The matter's title: the paper's, without "Remiss av". Empty when the paper has none."""
    return _REMISS_TITLE.sub("", read.title)


def author(read: ReadPaper) -> tuple[str, str]:
    """Who put the motion, and their party, when the paper names exactly one such person."""
    named = {
        (match[1], match[2])
        for section in read.sections
        for text in _texts(section)
        for match in _AUTHOR.finditer(text)
    }
    return named.pop() if len(named) == 1 else ("", "")


# Parts ------------------------------------------------------------------------------------------


def _section(
    section: Section, statements: tuple[Statement, ...], *, is_opinion: bool
) -> SectionContent:
    kind = KINDS.get(section.key, SectionKind.YTTRANDE if is_opinion else SectionKind.TEXT)
    blocks = section.blocks
    if is_opinion:
        # The statements are the section's end; what stands before them is its introduction.
        numbered = sum(1 + len(statement.blocks) for statement in statements)
        blocks = blocks[: len(blocks) - numbered]
    elif kind == SectionKind.ATTEST:
        blocks = tuple(block for block in blocks if not isinstance(block, Table))
    elif kind in KINDS.values():
        blocks = ()
    return SectionContent(
        key=section.key or UNKNOWN_KEY,
        heading=section.heading,
        kind=kind,
        body=section_body(blocks),
    )


def _opinion(read: ReadPaper) -> Section | None:
    """The section that answers the proposals: the one that the statements stand in."""
    if read.statements:
        first = read.statements[0].line
        before = [section for section in read.sections if section.line <= first]
        return before[-1] if before else None
    for key in OPINIONS:
        found = read.section(key)
        if found is not None:
            return found
    return None


def _section_before_signatures(read: ReadPaper, text: str) -> Section | None:
    """After which section the names stand: the last place of the first one, attests apart."""
    if not read.signatures or not read.sections:
        return None
    place = _line_of(read.signatures[0], read, text)
    if place:
        before = [section for section in read.sections if section.line <= place]
        if before:
            return before[-1]
    own = [section for section in read.sections if section.key not in KINDS]
    return own[-1] if own else read.sections[-1]


def _line_of(person: Signatory, read: ReadPaper, text: str) -> int:
    words = set(person.name.split())
    attest = next((s.line for s in read.sections if s.key == "attest"), None)
    places = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if words and words <= set(line.replace(",", " ").split())
        if number >= read.sections[0].line and (attest is None or number < attest)
    ]
    return places[-1] if places else 0


def _texts(section: Section) -> Iterable[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph | Heading):
            yield plain(block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from (plain(b.runs) for b in item if isinstance(b, Paragraph))
