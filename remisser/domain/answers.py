"""Commands on a nämnd's answer to a remiss, and how much of the remiss it answers.

The answer's text is a paper (papers.domain); here stands what an answer adds: a stance and a text
for each proposal (att-sats), or one for all of them together. The same rules hold: the person's
right, the paper's state, one transaction, no change over somebody else's, an event.
"""

from dataclasses import dataclass

from django.db import transaction

from organisation.domain.names import find_namnd
from organisation.models import Namnd, User
from papers.documents.model import Contact
from papers.domain.changes import (
    advance,
    conflict_on,
    current_version,
    record_change,
    take_for_writing,
)
from papers.domain.content import Header, check_body, clean_body
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import create_paper, open_new_version
from papers.domain.workflow import ONLY_SECRETARIES, Action
from papers.enums import PaperKind
from papers.models import Paper, PaperTemplate, PaperVersion
from papers.rules import may_write
from remisser.enums import Stance
from remisser.models import Answer, AnswerVersion, Position, Proposal, Remissinstans

__all__ = [
    "Coverage",
    "copy_positions",
    "coverage",
    "coverage_of",
    "find_namnd",
    "open_new_answer_version",
    "save_collective",
    "save_position",
    "start_answer",
]


@dataclass(frozen=True)
class Coverage:
    """How many of the remiss' proposals the answer answers."""

    answered: int
    total: int
    collective: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is left to answer."""
        return self.collective or self.answered == self.total

    @property
    def sentence(self) -> str:
        """ "3 av 8 besvarade", "besvaras samlat" or "inga att-satser"."""
        if not self.total:
            return "inga att-satser"
        if self.collective:
            return "besvaras samlat"
        return f"{self.answered} av {self.total} besvarade"


def is_answered(position: Position) -> bool:
    """A proposal is answered by a stance or by words: a paper that is read in has only words."""
    return bool(position.stance or position.body)


def coverage(answer: Answer) -> Coverage:
    """Coverage of the answer's current version."""
    return coverage_of(current_version(answer.paper), answer.instance.remiss_id)


def coverage_of(version: PaperVersion, remiss_id: int) -> Coverage:
    """Coverage of one version, over the proposals that the remiss has now."""
    proposals = set(Proposal.objects.filter(remiss=remiss_id).values_list("pk", flat=True))
    found = AnswerVersion.objects.filter(version=version).prefetch_related("positions").first()
    answered = found.positions.all() if found else []
    return Coverage(
        answered=sum(p.proposal_id in proposals and is_answered(p) for p in answered),
        total=len(proposals),
        collective=bool(found and found.collective),
    )


@transaction.atomic
def start_answer(instance: Remissinstans, template: PaperTemplate, actor: User) -> Answer:
    """Begin the nämnd's answer, with what the register already knows in its header.

    When the answer has been begun already, that one is the answer (a button pressed twice).
    Raises NotAllowed; InvalidContent for an instance that is no nämnd, or a template for
    something else than remissvar.
    """
    instance = (
        Remissinstans.objects.select_for_update(of=("self",))
        .select_related("remiss", "namnd", "registration")
        .get(pk=instance.pk)
    )
    registration = getattr(instance, "registration", None)
    namnd, remiss = instance.namnd, instance.remiss
    if namnd is None:
        raise InvalidContent("Instansen är ingen nämnd i Samlad, så svaret skrivs inte här.")
    if not may_write(actor, Paper(namnd=namnd)):
        raise NotAllowed(ONLY_SECRETARIES)
    existing = Answer.objects.filter(instance=instance).first()
    if existing is not None:
        return existing
    if template.kind != PaperKind.REMISSVAR:
        raise InvalidContent("Mallen är inte till för svar på remiss. Välj en annan.")
    paper = create_paper(
        template,
        namnd=namnd,
        actor=actor,
        is_example=remiss.is_example,
        header=Header(
            dnr=registration.dnr if registration else "",
            title=remiss.title,
            subtitle=f"Svar på remiss från {in_running_text(remiss.remitter)}, {remiss.dnr}",
            forvaltning=namnd.forvaltning,
            addressee=namnd.name,
            handlaggare=(Contact(str(actor), actor.telephone),),
            recipients=(remiss.remitter,),
        ),
    )
    AnswerVersion.objects.create(version=current_version(paper))
    return Answer.objects.create(instance=instance, paper=paper)


@transaction.atomic
def save_position(
    answer: Answer,
    proposal: Proposal,
    *,
    actor: User,
    expected_version: int,
    stance: str,
    body: str,
) -> Paper:
    """Save the stance and the words on one proposal. Both empty means: not answered.

    expected_version: the paper's revision that the person saw; only a change of this very
    position since then is in the way. The same again changes nothing.
    Raises NotAllowed; NotOpen when the paper is no draft, or answers collectively;
    InvalidContent for an unknown stance or another remiss' proposal; Conflict (`theirs`: the
    Position that is saved now).
    """
    paper = take_for_writing(answer.paper_id, actor=actor)
    if stance and stance not in Stance.values:
        raise InvalidContent("Välj ett av ställningstagandena i listan.")
    if proposal.remiss_id != answer.instance.remiss_id:
        raise InvalidContent("Att-satsen hör till en annan remiss.")
    content = _content_of(current_version(paper))
    if content.collective:
        raise NotOpen(
            "Att-satserna besvaras samlat. Välj att svara på dem en och en för att skriva här."
        )
    body = clean_body(body)
    position = Position.objects.filter(answer_version=content, proposal=proposal).first()
    position = position or Position(answer_version=content, proposal=proposal)
    if (position.stance, position.body) == (stance, body):
        return paper
    check_body(body, f"Att-sats {proposal.number}")
    if position.revision > expected_version:
        raise conflict_on(paper, position)
    advance(paper)
    position.stance, position.body, position.revision = stance, body, paper.revision
    position.save()
    record_change(
        paper, Action.WRITE, actor=actor, summary=f"Svarade på att-sats {proposal.number}"
    )
    return paper


@transaction.atomic
def save_collective(
    answer: Answer, *, actor: User, expected_version: int, collective: bool, stance: str
) -> Paper:
    """Choose whether the proposals are answered one by one or all together, and with what stance.

    What has been written on single proposals is kept, and is back if the choice is undone.
    The overall stance belongs to a collective answer only, and is blank otherwise.
    Raises as `save_position`; Conflict's `theirs` is the AnswerVersion that is saved now.
    """
    paper = take_for_writing(answer.paper_id, actor=actor)
    if stance and stance not in Stance.values:
        raise InvalidContent("Välj ett av ställningstagandena i listan.")
    stance = stance if collective else ""
    content = _content_of(current_version(paper))
    if (content.collective, content.stance) == (collective, stance):
        return paper
    if content.revision > expected_version:
        raise conflict_on(paper, content)
    advance(paper)
    content.collective, content.stance, content.revision = collective, stance, paper.revision
    content.save()
    how = "samlat" if collective else "en och en"
    record_change(paper, Action.WRITE, actor=actor, summary=f"Valde att besvara att-satserna {how}")
    return paper


def open_new_answer_version(
    answer: Answer, *, actor: User, expected_version: int, reason: str
) -> Paper:
    """Open a new version of an attested answer, stances included.

    Raises as papers.domain.papers.open_new_version.
    """
    return open_new_version(
        answer.paper,
        actor=actor,
        expected_version=expected_version,
        reason=reason,
        copy_more=copy_positions,
    )


def copy_positions(old: PaperVersion, new: PaperVersion) -> None:
    """Give a version that was copied from another the other's stances too."""
    before = _content_of(old)
    # The count begins anew: what was written on the old version's page is refused here.
    after = AnswerVersion.objects.create(
        version=new,
        collective=before.collective,
        stance=before.stance,
        revision=new.header_revision,
    )
    Position.objects.bulk_create(
        Position(
            answer_version=after,
            proposal_id=position.proposal_id,
            stance=position.stance,
            wording=position.wording,
            body=position.body,
            revision=new.header_revision,
        )
        for position in before.positions.all()
    )


def _content_of(version: PaperVersion) -> AnswerVersion:
    return AnswerVersion.objects.get_or_create(version=version)[0]


def in_running_text(remitter: str) -> str:
    """The remitter's name inside a sentence: only a board of the city loses its capital."""
    namnd: Namnd | None = find_namnd(remitter)
    return remitter[:1].lower() + remitter[1:] if namnd else remitter
