"""What is sent when a paper is expedierat: the paper in two forms, and what the nämnd decided."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator

from organisation.enums import DecisionOutcome, StatementKind
from organisation.models import Decision
from papers.documents.html import html_to_blocks
from papers.documents.model import (
    Block,
    Document,
    Letterhead,
    bullets,
    format_date_long,
    heading,
    paragraph,
)
from papers.domain.dispatch import MadeFile
from papers.domain.preparation import sent_along
from papers.exports.files import FileFormat, write_document
from papers.models import AgendaItem, DispatchFile, PaperVersion

PROPOSAL = "forslag_till_beslut"
SAID = {
    DecisionOutcome.ENLIGT: "Nämnden beslutade enligt förvaltningens förslag.",
    DecisionOutcome.ANDRAT: "Nämnden ändrade förvaltningens förslag och beslutade:",
    DecisionOutcome.BORDLAGT: "Nämnden bordlade ärendet.",
    DecisionOutcome.ATERREMITTERAT: "Nämnden återremitterade ärendet.",
    DecisionOutcome.AVSTAR: "Nämnden beslutade att avstå från att svara.",
}
ORIGIN = (
    "Utdraget är gjort ur det beslut som är registrerat i Samlad. Det justerade protokollet gäller."
)
# The oldest day that a zip file knows: the same files give the same package.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def make_files(
    item: AgendaItem, *, stem: str, document: Callable[[PaperVersion], Document]
) -> list[MadeFile]:
    """The files of one sending. item: decided, with its version, paper and decision as it holds."""
    version, decision = item.version, item.holds
    if version is None or decision is None:
        raise ValueError("nothing is decided")
    paper, extract = document(version), protocol_extract(item)
    made = [
        MadeFile(f"{name}.{kind.value}", kind.content_type, write_document(written, kind))
        for name, written in ((stem, paper), (f"{stem}-protokollsutdrag", extract))
        for kind in (FileFormat.PDF, FileFormat.WORD)
    ]
    along = sent_along([item]).get(item.pk, [])
    return made + [
        MadeFile(f"{stem}-bilaga-{number}.pdf", one.content_type, bytes(one.content))
        for number, one in enumerate(along, start=1)
    ]


def protocol_extract(item: AgendaItem) -> Document:
    """What the nämnd decided, with what was proposed to it beside, and never as if it were one."""
    decision, version = item.holds, item.version
    if version is None or decision is None:
        raise ValueError("nothing is decided")
    namnd, day = item.meeting.namnd, item.meeting.date
    return Document(
        title=f"§ {decision.paragraph} {decision.title}" if decision.paragraph else decision.title,
        subtitle=f"{namnd.name}, sammanträdet {format_date_long(day)}",
        date=day,
        letterhead=Letterhead(
            forvaltning=namnd.name,
            avdelning="",
            kind="Protokollsutdrag",
            dnr=decision.dnr,
            date=day,
        ),
        blocks=tuple(_blocks(decision, version)),
        subject=decision.title,
    )


def zip_of(files: Iterable[DispatchFile], *, contents: str) -> bytes:
    """The files in one package, with a list of what it holds. The same files, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for file in files:
            package.writestr(zipfile.ZipInfo(file.name, ZIP_DAY), bytes(file.content))
        package.writestr(zipfile.ZipInfo("innehall.txt", ZIP_DAY), contents.encode())
    return out.getvalue()


def _blocks(decision: Decision, version: PaperVersion) -> Iterator[Block]:
    yield heading(1, "Nämndens beslut")
    outcome = DecisionOutcome(decision.outcome) if decision.outcome else None
    yield paragraph(SAID[outcome] if outcome else "Utfallet är inte känt.")
    points = [point.text for point in decision.points.order_by("number") if point.text]
    if points:
        yield bullets(*points, ordered=True)
    if decision.immediate:
        yield paragraph("Paragrafen justerades omedelbart.")
    statements = list(decision.statements.order_by("number"))
    for kind, name in (
        (StatementKind.RESERVATION, "Reservationer"),
        (StatementKind.SARSKILT_UTTALANDE, "Särskilda uttalanden"),
    ):
        found = [one for one in statements if one.kind == kind]
        if found:
            yield heading(1, name)
        for one in found:
            yield heading(2, one.party)
            if one.text:
                yield paragraph(one.text)
    proposal = version.sections.filter(key=PROPOSAL).first()
    if proposal is not None and proposal.body:
        yield heading(1, proposal.heading or "Förvaltningens förslag till beslut")
        yield from html_to_blocks(proposal.body)
    yield paragraph(ORIGIN, style="note")
