"""A version of a paper as a neutral document, in the layout that the city's papers have.

The header's facts that are not known are left out, their labels too.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from papers.documents.html import html_to_blocks
from papers.documents.model import (
    Block,
    Document,
    Letterhead,
    Run,
    Signatures,
    bullets,
    heading,
    paragraph,
    table,
)
from papers.domain.content import Header, SectionContent, header_of
from papers.domain.saves import content_at
from papers.enums import AttestSource, SectionKind
from papers.models import Attestation, PaperSave, PaperVersion, Section

KIND = "Tjänsteutlåtande"
EXAMPLE_NOTE = "Exempel: innehållet är påhittat."
ATTESTED_BY = "Attesterat av"
ATTEST_INTRODUCTION = "Detta dokument har godkänts digitalt av följande personer:"

AnySection = Section | SectionContent
MoreOf = Callable[[AnySection], Iterable[Block]]
"""What an app above adds to the end of a section (the answers to the proposals)."""


def paper_document(version: PaperVersion, *, more_of: MoreOf = lambda _: ()) -> Document:
    """The version as a document, its sections in the version's own order.

    version: with its paper loaded. The date is the paper's own, else the latest attest's, else
    the day the version was made, so the same version always gives the same document.
    """
    attests = list(version.attestations.all())
    return _document(
        header_of(version),
        version.sections.all(),
        attests,
        more_of,
        date=document_date(version, attests),
        notes=[EXAMPLE_NOTE] if version.shows_example else [],
    )


def save_document(save: PaperSave, *, more_of: Callable[[Any], MoreOf] | None = None) -> Document:
    """What the paper said at a save, as a document that says on every page which save it is.

    more_of: from what an app above said then (None for nothing) to what it adds to a section.
    It carries attests only when it is the version as it was when these were given: its last save.
    """
    version, paper = save.version, save.version.paper
    content = content_at(save)
    later = paper.saves.filter(version=version, revision__gt=save.revision)
    attests = [] if later.exists() else list(version.attestations.all())
    said = _which(save)
    return replace(
        _document(
            replace(content.header, dnr=paper.dnr),
            content.sections,
            attests,
            more_of(dict(content.more)) if more_of else lambda _: (),
            date=content.header.dated_on or timezone.localtime(save.at).date(),
            notes=[said + ".", *([EXAMPLE_NOTE] if version.shows_example else [])],
        ),
        running_head=said,
    )


def _which(save: PaperSave) -> str:
    when = date_format(timezone.localtime(save.at), "Y-m-d H:i")
    name = f" (”{save.name}”)" if save.name else ""
    return f"Version {save.version.number}, texten som den sparades {when}{name}"


def _document(
    header: Header,
    sections: Iterable[AnySection],
    attests: Sequence[Attestation],
    more_of: MoreOf,
    *,
    date: dt.date,
    notes: Sequence[str],
) -> Document:
    # A paper whose title is not known is called by its subtitle.
    title, subtitle = (header.title, header.subtitle) if header.title else (header.subtitle, "")
    return Document(
        title=title,
        subtitle=subtitle,
        date=date,
        letterhead=_letterhead(header),
        blocks=(
            *(paragraph(Run(note, bold=True)) for note in notes),
            *_blocks(list(sections), header, attests, more_of),
        ),
        subject=subtitle,
    )


def document_date(version: PaperVersion, attests: Sequence[Attestation]) -> dt.date:
    """The day that the document is from."""
    latest = max((attest.on for attest in attests), default=None)
    return version.dated_on or latest or timezone.localtime(version.created_at).date()


def _letterhead(header: Header) -> Letterhead:
    return Letterhead(
        forvaltning=header.forvaltning,
        avdelning=header.avdelning,
        kind=KIND,
        dnr=header.dnr,
        date=header.dated_on,
        address=tuple(header.address.splitlines()),
        handlaggare=header.handlaggare,
        till=header.addressee,
        meeting_date=header.meeting_on,
    )


def _blocks(
    sections: Sequence[AnySection],
    header: Header,
    attests: Sequence[Attestation],
    more_of: MoreOf,
) -> Iterator[Block]:
    for section in sections:
        content = tuple(_section(section, header, attests, more_of))
        if not content:
            continue
        if section.kind != SectionKind.UNDERSKRIFTER and section.heading:
            yield heading(1, section.heading)
        yield from content
    # Read from a paper without such a table, they stood nowhere in it, and do not here either.
    if any(attest.source == AttestSource.SAMLAD for attest in attests) and not any(
        section.kind == SectionKind.ATTEST for section in sections
    ):
        yield heading(1, ATTESTED_BY)
        yield paragraph(ATTEST_INTRODUCTION)
        yield _attests(attests)


def _section(
    section: AnySection, header: Header, attests: Sequence[Attestation], more_of: MoreOf
) -> Iterator[Block]:
    body = html_to_blocks(section.body)
    match section.kind:
        case SectionKind.UNDERSKRIFTER:
            if header.signatures:
                yield Signatures(header.signatures)
        case SectionKind.BILAGOR:
            if header.bilagor:
                yield bullets(*header.bilagor, ordered=True)
        case SectionKind.MOTTAGARE:
            yield from (paragraph(recipient) for recipient in header.recipients)
        case SectionKind.ATTEST:
            if attests:
                yield from body or (paragraph(ATTEST_INTRODUCTION),)
                yield _attests(attests)
        case _:
            yield from body
            yield from more_of(section)


def _attests(attests: Sequence[Attestation]) -> Block:
    rows = [
        (f"{attest.name}, {attest.title}" if attest.title else attest.name, f"{attest.on}")
        for attest in attests
    ]
    return table(["Namn", "Datum"], rows, widths=(70, 30), row_headers=True)
