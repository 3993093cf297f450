"""A nämnd's answer to a remiss as a document, and as a Word or PDF file with a safe name."""

from collections.abc import Iterator, Sequence
from typing import Any

from papers.documents.html import html_to_blocks
from papers.documents.model import Block, Document, Run, heading, paragraph
from papers.enums import SectionKind
from papers.exports.files import FileFormat, write_document
from papers.exports.paper_document import AnySection, MoreOf, paper_document, save_document
from papers.models import PaperSave, PaperVersion
from remisser.domain.answer_part import PART
from remisser.domain.answers import is_answered
from remisser.models import Answer, AnswerVersion, Position, Proposal


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

    return paper_document(version, more_of=_after_opinion(positions))


def answer_save_document(save: PaperSave) -> Document:
    """What the answer said at a save, as a document."""
    return save_document(save, more_of=lambda more: _after_opinion(_positions_then(more)))


def _positions_then(more: dict[str, Any]) -> list[Position]:
    """The answers to the proposals as they were, from what the answer's part of a save says."""
    said = more.get(PART)
    if said is None or said["collective"]:
        return []
    rows = {one["proposal"]: one for one in said["positions"]}
    proposals = Proposal.objects.filter(pk__in=rows).order_by("number")
    found = [Position(**{**rows[p.pk], "proposal": p}) for p in proposals]
    return [position for position in found if is_answered(position)]


def _after_opinion(positions: Sequence[Position]) -> MoreOf:
    def answers(section: AnySection) -> Iterator[Block]:
        if section.kind == SectionKind.YTTRANDE:
            for position in positions:
                yield from _position(position)

    return answers


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
