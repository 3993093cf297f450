"""A nämnd's answer to a remiss as a document, and as a Word or PDF file with a safe name."""

from collections.abc import Iterator

from papers.documents.html import html_to_blocks
from papers.documents.model import Block, Document, Run, heading, paragraph
from papers.enums import SectionKind
from papers.exports.files import FileFormat, write_document
from papers.exports.paper_document import paper_document
from papers.models import PaperVersion, Section
from remisser.domain.answers import is_answered
from remisser.models import Answer, AnswerVersion, Position


def answer_document(version: PaperVersion) -> Document:
    """One version of an answer as a document.

    In the section that answers the proposals each one that is answered follows with its number,
    its wording (the answer's own, else the remiss') and the words; a stance without words is
    written out. A collective answer has only the section's own text.
    """
    content = AnswerVersion.objects.filter(version=version).first()
    positions: list[Position] = []
    if content is not None and not content.collective:
        answered = content.positions.select_related("proposal").order_by("proposal__number")
        positions = [position for position in answered if is_answered(position)]

    def answers(section: Section) -> Iterator[Block]:
        if section.kind == SectionKind.YTTRANDE:
            for position in positions:
                yield from _position(position)

    return paper_document(version, more_of=answers)


def write_answer(version: PaperVersion, file_format: FileFormat) -> bytes:
    """The version as a file."""
    return write_document(answer_document(version), file_format)


def file_name(answer: Answer, version: PaperVersion, file_format: FileFormat) -> str:
    """For example "svar-ks-2023-553-sodermalm.docx"; an older version says its number."""
    older = "" if version.pk == answer.paper.current_id else f"-version-{version.number}"
    slug = answer.instance.remiss.slug
    return f"svar-{slug}-{answer.paper.namnd.code}{older}.{file_format.value}"


def _position(position: Position) -> Iterator[Block]:
    proposal = position.proposal
    wording = position.wording or proposal.text
    yield heading(2, f"{proposal.number}. ", Run(wording, italic=True))
    body = html_to_blocks(position.body)
    yield from body or (paragraph(f"{position.get_stance_display()}."),)
