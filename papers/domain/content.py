"""What a version of a paper holds, as values: the header, the sections, the attests."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from django.db import models

from organisation.personnummer import text_of_html, why_not_personnummer
from organisation.readable import REFUSED, is_readable
from papers.documents.html import blocks_to_html, html_to_blocks
from papers.documents.model import Block, Contact, Heading, Signatory, one_line
from papers.domain.errors import InvalidContent
from papers.enums import RequiredFrom, SectionKind
from papers.models import PaperVersion, Section, TemplateSection

# A section has its heading on level 2 of the page, so headings inside it begin with level 3.
TOP_LEVEL_IN_SECTION = 3
WRITTEN_KINDS = frozenset({SectionKind.TEXT, SectionKind.YTTRANDE})
"""Sections with text of their own; the others are made from the header's facts."""


@dataclass(frozen=True)
class Header:
    """The facts around the text. Empty means not known, and is never filled in with a guess."""

    title: str = ""
    subtitle: str = ""
    dnr: str = ""
    forvaltning: str = ""
    avdelning: str = ""
    dated_on: dt.date | None = None
    meeting_on: dt.date | None = None
    addressee: str = ""
    address: str = ""
    handlaggare: tuple[Contact, ...] = ()
    signatures: tuple[Signatory, ...] = ()
    bilagor: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionContent:
    """A section; `body` is rich text, cleaned on the way in."""

    key: str
    heading: str
    kind: str = SectionKind.TEXT
    body: str = ""
    required: bool = False
    guidance: str = ""
    required_from: str = RequiredFrom.ATTEST


@dataclass(frozen=True)
class AttestContent:
    name: str
    title: str
    on: dt.date


@dataclass(frozen=True)
class VersionContent:
    """A whole version, as read from a file."""

    header: Header
    sections: tuple[SectionContent, ...]
    attests: tuple[AttestContent, ...] = ()
    warnings: tuple[str, ...] = ()
    source_name: str = ""
    source_sha256: str = field(default="", repr=False)


def clean_body(html: str) -> str:
    """Rich text from outside as clean HTML of the small set, with headings of level 3 and 4.

    Scripts, styles, classes, Word's clutter and dangerous links are gone; cleaning twice changes
    nothing.
    """
    return blocks_to_html(_lowered(block) for block in html_to_blocks(html))


def merge_bodies(saved: str, mine: str) -> str:
    """Two texts as one, for a person to go on from: nothing of either is lost.

    What both have stands once. Where they differ, what is saved comes first and then what the
    person wrote. By whole paragraphs, headings and lists; both texts clean, and so the answer.
    """
    theirs, own = html_to_blocks(saved), html_to_blocks(mine)
    # By what the reader sees of a block, so that two that look alike are one.
    looks = [blocks_to_html([block]) for block in theirs]
    own_looks = [blocks_to_html([block]) for block in own]
    merged: list[Block] = []
    steps = SequenceMatcher(None, looks, own_looks, autojunk=False).get_opcodes()
    for step, a, b, c, d in steps:
        merged += theirs[a:b]
        if step != "equal":
            merged += own[c:d]
    return clean_body(blocks_to_html(merged))


def section_body(blocks: Sequence[Block]) -> str:
    """Blocks of a document, whose sections stand on level 1, as the body of a section."""
    return clean_body(
        blocks_to_html(
            replace(block, level=block.level + 1) if isinstance(block, Heading) else block
            for block in blocks
        )
    )


def _lowered(block: Block) -> Block:
    if isinstance(block, Heading) and block.level < TOP_LEVEL_IN_SECTION:
        return replace(block, level=TOP_LEVEL_IN_SECTION)
    return block


def header_of(version: PaperVersion) -> Header:
    """The header of a version whose paper is loaded."""
    return Header(
        title=version.title,
        subtitle=version.subtitle,
        dnr=version.paper.dnr,
        forvaltning=version.forvaltning,
        avdelning=version.avdelning,
        dated_on=version.dated_on,
        meeting_on=version.meeting_on,
        addressee=version.addressee,
        address=version.address,
        handlaggare=tuple(Contact(**one) for one in version.handlaggare),
        signatures=tuple(Signatory(**one) for one in version.signatures),
        bilagor=tuple(version.bilagor),
        recipients=tuple(version.recipients),
    )


def put_header(version: PaperVersion, header: Header) -> None:
    """Write the header's fields on the version (not its paper's dnr), without saving it.

    Raises InvalidContent for a text that is longer than its field.
    """
    version.title = one_line(header.title)
    version.subtitle = one_line(header.subtitle)
    version.forvaltning = one_line(header.forvaltning)
    version.avdelning = one_line(header.avdelning)
    version.dated_on = header.dated_on
    version.meeting_on = header.meeting_on
    version.addressee = one_line(header.addressee)
    version.address = "\n".join(filter(None, map(one_line, header.address.splitlines())))
    version.handlaggare = [
        {"name": one_line(c.name), "telephone": one_line(c.telephone)} for c in header.handlaggare
    ]
    version.signatures = [
        {"name": one_line(s.name), "title": one_line(s.title), "unit": one_line(s.unit)}
        for s in header.signatures
    ]
    version.bilagor = [text for each in header.bilagor if (text := one_line(each))]
    version.recipients = [text for each in header.recipients if (text := one_line(each))]
    check_lengths(version)


def check_words(text: str, what: str) -> None:
    """Raises InvalidContent, naming the place, for what may not stand in plain text.

    That is a personnummer, and signs that cannot be kept.
    """
    if not is_readable(text):
        raise InvalidContent(f"{what} {REFUSED}")
    if problem := why_not_personnummer(text, what):
        raise InvalidContent(problem)


def check_body(body: str, heading: str) -> None:
    """The same for the rich text of a section, or of the answer to a proposal."""
    check_words(text_of_html(body), f"”{heading}”" if heading else "Texten")


def check_header(header: Header) -> None:
    """The same for every field of a header."""
    fields = {
        "Rubriken": header.title,
        "Underrubriken": header.subtitle,
        "Diarienumret": header.dnr,
        "Förvaltningen": header.forvaltning,
        "Avdelningen": header.avdelning,
        "Adressaten": header.addressee,
        "Adressblocket": header.address,
        "Handläggaren": "\n".join(f"{c.name}\n{c.telephone}" for c in header.handlaggare),
        "Underskriften": "\n".join(f"{s.name}\n{s.title}\n{s.unit}" for s in header.signatures),
        "Bilagan": "\n".join(header.bilagor),
        "Mottagaren": "\n".join(header.recipients),
    }
    for what, text in fields.items():
        check_words(text, what)


def check_version(content: VersionContent) -> None:
    """The same for everything in a version that comes from outside."""
    check_header(content.header)
    for section in content.sections:
        check_words(section.heading, "Rubriken")
        check_body(section.body, section.heading)
    for attest in content.attests:
        check_words(f"{attest.name}\n{attest.title}", "Attesten")
    check_words("\n".join((content.source_name, *content.warnings)), "Filen")


def add_sections(
    version: PaperVersion, sections: Sequence[SectionContent], *, revision: int = 0
) -> None:
    """Create the sections in their order. Raises InvalidContent for a heading that is too long.

    revision: the paper's, when what was written on an older version's page is to be refused here.
    """
    rows = [
        Section(
            version=version,
            key=section.key,
            heading=one_line(section.heading),
            kind=section.kind,
            order=order,
            required=section.required,
            guidance=section.guidance,
            required_from=section.required_from,
            body=clean_body(section.body),
            revision=revision,
        )
        for order, section in enumerate(sections, start=1)
    ]
    for row in rows:
        check_lengths(row)
    Section.objects.bulk_create(rows)


def from_template(sections: Sequence[TemplateSection]) -> tuple[SectionContent, ...]:
    """The empty sections of a draft."""
    return tuple(
        SectionContent(
            s.key,
            s.heading,
            s.kind,
            required=s.required,
            guidance=s.guidance,
            required_from=s.required_from,
        )
        for s in sections
    )


def check_lengths(row: models.Model) -> None:
    """Raises InvalidContent when a text is longer than its column, naming the column."""
    for column in row._meta.concrete_fields:
        limit = column.max_length
        value = getattr(row, column.attname)
        if limit and isinstance(value, str) and len(value) > limit:
            name = str(column.verbose_name)
            raise InvalidContent(
                f"{name[:1].upper()}{name[1:]} får ha högst {limit} tecken, men har {len(value)}."
            )
