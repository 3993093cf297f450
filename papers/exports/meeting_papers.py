"""The papers of one meeting in one PDF: the agenda first, then each paper with its bilagor.

What cannot be put in is named on a list at the end of the agenda, with the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from papers.documents.model import (
    Block,
    Document,
    Letterhead,
    bullets,
    format_date_long,
    heading,
    paragraph,
)
from papers.documents.pdf import write_pdf_of
from papers.documents.pdf_joined import Pages, join, pages_of
from papers.domain.agenda import Agenda
from papers.models import AgendaItem, Consultation, PaperVersion

MOST_PAPERS = 150
MOST_BYTES = 60 * 1024 * 1024
EMPTY = "Inget har skickats ut till sammanträdet än."


@dataclass(frozen=True)
class MeetingPapers:
    pdf: bytes
    left_out: tuple[str, ...]
    """Whole sentences: what is not in the file, and why."""


def meeting_papers(
    agenda: Agenda,
    *,
    along: Callable[[Sequence[AgendaItem]], dict[int, list[Consultation]]],
    document: Callable[[PaperVersion], Document],
) -> MeetingPapers:
    """agenda: as the reader may see it. along: the files that were sent out with each matter.

    Of a paper that was sent out twice only what replaced it stands here.
    """
    items = [
        line.item
        for _, lines in agenda.groups
        for line in lines
        if line.item.version is not None and not line.replaced
    ]
    left_out = [
        f"{_name(item)}: filen rymmer högst {MOST_PAPERS} handlingar."
        for item in items[MOST_PAPERS:]
    ]
    items = items[:MOST_PAPERS]
    files = along(items)
    room = MOST_BYTES
    documents: list[Document] = []
    after: list[list[Pages]] = [[]]
    for item in items:
        version = item.version
        assert version is not None  # noqa: S101 - notices were left out above
        documents.append(replace(document(version), title=_name(item)))
        found: list[Pages] = []
        for one in files.get(item.pk, ()):
            title = f"Bilaga, {_name(item)}: {one.file_name}"
            if one.changed_at > item.at:
                left_out.append(f"{title} har ändrats sedan handlingen skickades ut.")
            elif one.size > room:
                left_out.append(f"{title} får inte plats: hela filen blir för stor.")
            elif (pages := pages_of(f"Bilaga: {one.file_name}", bytes(one.content))) is None:
                left_out.append(f"{title} kan inte läsas som PDF.")
            else:
                room -= one.size
                found.append(pages)
        after.append(found)
        left_out += [
            f"{_name(item)}: bilagan ”{name}” finns inte som fil i Samlad."
            for name in version.bilagor
        ]
    first = _agenda_document(agenda, left_out)
    pdf = write_pdf_of([first, *documents], title=_title(agenda), date=first.date)
    return MeetingPapers(join(pdf, after), tuple(left_out))


def _title(agenda: Agenda) -> str:
    day = format_date_long(agenda.meeting.date)
    return f"Handlingar till {agenda.meeting.namnd.genitive} sammanträde {day}"


def _name(item: AgendaItem) -> str:
    version = item.version
    return (version.title or version.subtitle if version else item.title) or "Handling utan rubrik"


def _agenda_document(agenda: Agenda, left_out: Sequence[str]) -> Document:
    meeting = agenda.meeting
    at = f" klockan {meeting.starts_at:%H.%M}" if meeting.starts_at else ""
    blocks: list[Block] = []
    number = 1
    for name, lines in agenda.groups:
        titles = [_name(line.item) for line in lines if not line.replaced]
        if titles:
            blocks += [heading(1, name), bullets(*titles, ordered=True, start=number)]
            number += len(titles)
    if not blocks:
        blocks.append(paragraph(EMPTY))
    if left_out:
        blocks += [heading(1, "Ingår inte i den här filen"), bullets(*left_out)]
    last = max(
        (timezone.localtime(line.item.at) for _, lines in agenda.groups for line in lines),
        default=None,
    )
    return Document(
        title="Dagordning",
        subtitle=f"{meeting.namnd.name}, sammanträdet {format_date_long(meeting.date)}{at}",
        date=last.date() if last else meeting.date,
        letterhead=Letterhead(
            forvaltning=meeting.namnd.name,
            avdelning="",
            kind="Handlingar till sammanträde",
            dnr="",
            date=last.date() if last else None,
        ),
        blocks=tuple(blocks),
        subject=_title(agenda),
    )
