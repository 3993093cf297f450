"""One version of an answer as it is read: a paper's page, and what it says on the proposals."""

from dataclasses import dataclass, replace

from django.db.models import Prefetch

from organisation.models import User
from papers.domain.marking import mark_quotes
from papers.domain.reading import PaperPage, paper_page, quotes_by_place, readable
from papers.enums import SectionKind
from papers.models import PaperVersion, Section
from remisser.domain.answers import Coverage, is_answered
from remisser.models import Answer, AnswerVersion, Position, Proposal

__all__ = ["AnswerPage", "PositionView", "answer_page"]


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
class AnswerPage(PaperPage):
    """`more` of the section that answers the proposals: a PositionView for each."""

    answer: Answer
    coverage: Coverage
    collective_stance: str
    unanswered: tuple[int, ...]
    """Numbers of the proposals that are left; empty when they are answered together."""


def answer_page(answer: Answer, user: User | None, number: int | None = None) -> AnswerPage | None:
    """The current version, or the one with `number`; None when there is no such version.

    answer: with paper, instance and remiss loaded. The caller has checked that `user` may see it.
    """
    proposals = list(answer.instance.remiss.proposals.all())
    wanted = {"number": number} if number else {"pk": answer.paper.current_id}
    content = (
        AnswerVersion.objects.filter(version__in=answer.paper.versions.filter(**wanted))
        .prefetch_related(Prefetch("positions", Position.objects.order_by("proposal__number")))
        .first()
    )
    collective = bool(content and content.collective)
    positions = [] if collective else _positions(proposals, content)

    def more_of(_: PaperVersion, section: Section) -> tuple[PositionView, ...]:
        return tuple(positions) if section.kind == SectionKind.YTTRANDE else ()

    page = paper_page(answer.paper, user, number, more_of=more_of)
    if page is None:
        return None
    quotes = quotes_by_place(page.threads)

    def marked(view: PositionView) -> PositionView:
        return replace(view, body=mark_quotes(view.body, quotes.get(f"att-sats-{view.number}", ())))

    sections = tuple(replace(s, more=tuple(map(marked, s.more))) for s in page.sections)
    return AnswerPage(
        **{**page.__dict__, "sections": sections},
        answer=answer,
        coverage=Coverage(
            answered=sum(position.answered for position in positions),
            total=len(proposals),
            collective=collective,
        ),
        collective_stance=content.get_stance_display() if content and collective else "",
        unanswered=tuple(p.number for p in positions if not p.answered),
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
        body=readable(position.body) if position else "",
        answered=bool(position and is_answered(position)),
    )
