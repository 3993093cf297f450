"""One version of an answer as it is read: its sections in order, and what stands beside them."""

import re
from dataclasses import dataclass

from django.db.models import Prefetch

from organisation.models import User
from papers.domain.content import WRITTEN_KINDS, Header, clean_body, header_of
from papers.domain.workflow import Action, possible_actions
from papers.enums import Origin, SectionKind
from papers.models import Attestation, PaperVersion, Section
from remisser.domain.answers import Coverage, is_answered
from remisser.models import Answer, AnswerVersion, Position, Proposal

# On the page a section's heading is of level 3, and those of its text come below it.
_HEADING = re.compile(r"<(/?)h([34])>")

__all__ = ["AnswerPage", "PositionView", "SectionView", "answer_page"]


@dataclass(frozen=True)
class PositionView:
    """One proposal, and what the version says on it."""

    number: int
    wording: str
    """The answer's own, else the remiss'."""
    own_wording: bool
    abridged: bool
    stance: str
    stance_label: str
    body: str
    """Clean rich text."""
    answered: bool


@dataclass(frozen=True)
class SectionView:
    order: int
    heading: str
    kind: str
    body: str
    """Clean rich text."""
    guidance: str
    required: bool
    positions: tuple[PositionView, ...]
    is_written: bool
    """Whether it has a text of its own, that can be written in."""

    @property
    def is_empty(self) -> bool:
        return not self.body and not any(position.answered for position in self.positions)


@dataclass(frozen=True)
class VersionLine:
    number: int
    version: PaperVersion
    origin: str
    is_current: bool
    attests: tuple[Attestation, ...]


@dataclass(frozen=True)
class AnswerPage:
    answer: Answer
    version: PaperVersion
    is_current: bool
    header: Header
    sections: tuple[SectionView, ...]
    attests: tuple[Attestation, ...]
    coverage: Coverage
    collective_stance: str
    unanswered: tuple[int, ...]
    """Numbers of the proposals that are left; empty when they are answered together."""
    versions: tuple[VersionLine, ...]
    may_write: bool
    may_open_version: bool
    may_share: bool

    @property
    def has_attested_before(self) -> bool:
        """Whether an older version has attests that no longer hold."""
        return any(line.attests and not line.is_current for line in self.versions)


def answer_page(answer: Answer, user: User, number: int | None = None) -> AnswerPage | None:
    """The current version, or the one with `number`; None when there is no such version.

    answer: with paper, instance and remiss loaded. The caller has checked that `user` may see it.
    """
    versions = list(
        answer.paper.versions.select_related("created_by").prefetch_related("attestations")
    )
    wanted = [
        v for v in versions if (v.number == number if number else v.pk == answer.paper.current_id)
    ]
    if not wanted:
        return None
    version = wanted[0]
    version.paper = answer.paper
    is_current = version.pk == answer.paper.current_id
    content = (
        AnswerVersion.objects.filter(version=version)
        .prefetch_related(Prefetch("positions", Position.objects.order_by("proposal__number")))
        .first()
    )
    collective = bool(content and content.collective)
    proposals = list(answer.instance.remiss.proposals.all())
    positions = [] if collective else _positions(proposals, content)
    actions = possible_actions(user, answer.paper) if is_current else frozenset()
    return AnswerPage(
        answer=answer,
        version=version,
        is_current=is_current,
        header=header_of(version),
        sections=tuple(_section(section, positions) for section in version.sections.all()),
        attests=tuple(version.attestations.all()),
        coverage=Coverage(
            answered=sum(position.answered for position in positions),
            total=len(proposals),
            collective=collective,
        ),
        collective_stance=content.get_stance_display() if content and collective else "",
        unanswered=tuple(p.number for p in positions if not p.answered),
        versions=tuple(
            VersionLine(
                number=v.number,
                version=v,
                origin=str(Origin(v.origin).label),
                is_current=v.pk == answer.paper.current_id,
                attests=tuple(v.attestations.all()),
            )
            for v in reversed(versions)
        ),
        may_write=Action.WRITE in actions,
        may_open_version=Action.OPEN_VERSION in actions,
        may_share=Action.SHARE in actions,
    )


def _positions(proposals: list[Proposal], content: AnswerVersion | None) -> list[PositionView]:
    said = (
        {position.proposal_id: position for position in content.positions.all()} if content else {}
    )
    return [_position(proposal, said.get(proposal.pk)) for proposal in proposals]


def _position(proposal: Proposal, position: Position | None) -> PositionView:
    wording = position.wording if position else ""
    return PositionView(
        number=proposal.number,
        wording=wording or proposal.text,
        own_wording=bool(wording) and wording != proposal.text,
        abridged=proposal.abridged and not wording,
        stance=position.stance if position else "",
        stance_label=position.get_stance_display() if position and position.stance else "",
        body=_readable(position.body) if position else "",
        answered=bool(position and is_answered(position)),
    )


def _section(section: Section, positions: list[PositionView]) -> SectionView:
    return SectionView(
        order=section.order,
        heading=section.heading,
        kind=section.kind,
        body=_readable(section.body),
        guidance=section.guidance,
        required=section.required,
        positions=tuple(positions) if section.kind == SectionKind.YTTRANDE else (),
        is_written=section.kind in WRITTEN_KINDS,
    )


def _readable(html: str) -> str:
    """Rich text for the page. Cleaned on the way in too, but a page relies on nobody for that."""
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", clean_body(html))
