"""Putting right what was recorded of a nämnd's decision on its answer.

The old row stands and is read as "rättad". What its points have led to is not changed by it.
"""

from collections.abc import Sequence

from django.db import transaction

from organisation.domain.decisions import (
    DecisionContent,
    Statement,
    correct_decision,
    holding,
)
from organisation.domain.errors import Refused as OrganisationRefused
from organisation.enums import POSTPONED, DecisionOutcome
from organisation.models import Decision, User
from organisation.rules import may_record_decision
from papers.domain.changes import conflict_on, take
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.workflow import ONLY_ITS_OWN
from papers.models import AgendaItem
from programme.models import Obligation
from remisser.models import Answer
from trace.domain import record

ANOTHER_WAY = (
    "Rättelsen kan inte göra att ärendet kommer tillbaka eller blir avgjort. Det är ett annat "
    "beslut, vid ett annat sammanträde."
)
NOT_DECIDED = "Nämnden har inte beslutat om svaret."


def decided_item(answer: Answer) -> AgendaItem | None:
    """The matter that was last decided on the answer, with its meeting and what was recorded."""
    return (
        AgendaItem.objects.filter(paper=answer.paper_id, decision__isnull=False)
        .select_related("meeting__namnd", "version", "decision__meeting__namnd")
        .order_by("-pk")
        .first()
    )


@transaction.atomic
def correct_answer_decision(
    answer: Answer, *, actor: User, seen: int, content: DecisionContent, reason: str
) -> Decision:
    """Record anew what the nämnd decided on its answer, as the protocol has it.

    seen: the number, in the database, of the decision that the person read. The meeting, the
    paper's state and what was sent stay. The same again changes nothing.
    Raises NotAllowed, NotOpen (nothing decided), Conflict (`theirs`: the Decision that holds);
    InvalidContent without a reason, or for an outcome that would lead the matter another way.
    """
    paper = take(answer.paper_id)
    if not may_record_decision(actor, paper):
        raise NotAllowed(ONLY_ITS_OWN)
    item = decided_item(answer)
    if item is None or item.decision is None:
        raise NotOpen(NOT_DECIDED)
    now = holding(item.decision)
    if now.corrects_id == seen and now.reason == reason.strip() and content_of(now) == content:
        return now
    if now.pk != seen:
        raise conflict_on(paper, now)
    if content.outcome not in DecisionOutcome.values:
        raise InvalidContent("Välj vad nämnden beslutade.")
    if content.outcome != now.outcome and (
        content.outcome in POSTPONED or now.outcome in POSTPONED
    ):
        raise InvalidContent(ANOTHER_WAY)
    if content.outcome == DecisionOutcome.ANDRAT and not any(p.strip() for p in content.points):
        raise InvalidContent("Skriv vad nämnden beslutade i stället för förslaget.")
    if content_of(now) == content:
        raise InvalidContent("Ingenting är ändrat.")
    try:
        new = correct_decision(now, content=content, actor=actor, reason=reason)
    except OrganisationRefused as refusal:
        raise InvalidContent(refusal.message) from refusal
    record(
        paper,
        actor=actor,
        verb="decision-corrected",
        summary=f"Rättade det registrerade beslutet {item.meeting.date}",
        scope=paper.namnd.code,
        reason=reason.strip(),
    )
    return new


def obligations_of(decision: Decision) -> Sequence[Obligation]:
    """What the points of the decision, as it was first recorded, have led to."""
    first = decision
    while first.corrects is not None:
        first = first.corrects
    return list(
        Obligation.objects.filter(point__decision=first)
        .select_related("assignment", "point")
        .order_by("point__number", "pk")
    )


def content_of(decision: Decision) -> DecisionContent:
    """What was recorded, to begin a correction with."""
    texts = decision.points.order_by("number").values_list("text", flat=True)
    return DecisionContent(
        title=decision.title,
        paragraph=decision.paragraph,
        dnr=decision.dnr,
        outcome=decision.outcome,
        points=tuple(texts),
        abridged=decision.abridged,
        immediate=decision.immediate,
        statements=tuple(
            Statement(one.kind, one.party, one.text)
            for one in decision.statements.order_by("number")
        ),
        note=decision.note,
        source=decision.source,
    )
