"""Historik of remisser, open to everyone signed in, and of answers, for who reads them whole."""

from typing import Any

from organisation.domain.who import who_for
from organisation.enums import StatementKind
from organisation.models import Decision, DecisionPoint, DecisionStatement, User
from papers.domain.agenda import with_corrections
from papers.domain.history import kept_of_paper, spoken_of
from papers.models import AgendaItem, DraftShare
from programme.models import Assignment, Goal
from remisser.enums import Stance
from remisser.models import (
    Answer,
    AnswerVersion,
    Position,
    Proposal,
    Registration,
    Remiss,
    RemissAssignment,
    RemissFile,
    RemissGoal,
    Remissinstans,
)
from trace.domain.history import Kept, Line, Spoken, history

REMISS = {
    "dnr": "diarienumret",
    "title": "rubriken",
    "kind": "slaget",
    "remitter": "remittenten",
    "author": "förslagsställaren",
    "party": "partiet",
    "received_on": "inkom",
}


def remiss_history(remiss: Remiss, *, reader: User) -> list[Line]:
    """What was changed of the matter, of whom it was sent to, and of what it asks."""
    rows = {"remiss_id": remiss.pk}
    # Of links that have been taken away, too.
    goals = {
        goal.pk: f"{goal.programme}, {goal.label.lower()}"
        for goal in Goal.objects.select_related("programme", "parent")
    }
    assignments = dict(Assignment.objects.order_by().values_list("pk", "title"))
    kept = [
        Kept(Remiss, {"id": remiss.pk}, lambda _: "Remissen", REMISS),
        Kept(
            Remissinstans,
            rows,
            lambda c: f"Instansen {c.name_as_written}",
            {"due_on": "svar senast"},
        ),
        Kept(
            Remissinstans,
            rows,
            lambda c: f"Instansen {c.name_as_written}",
            {"name_as_written": "namnet"},
            only_changes=True,
        ),
        Kept(
            Proposal,
            rows,
            lambda c: f"Att-sats {c.number}",
            {"text": "", "abridged": "återgiven i korthet"},
        ),
        Kept(
            Proposal,
            rows,
            lambda c: f"Att-sats {c.number}",
            {"number": "numret"},
            only_changes=True,
        ),
        Kept(
            RemissGoal,
            rows,
            lambda c: f"Kopplingen till {goals.get(c.goal_id, 'ett mål')}",
            {"source": "källan"},
        ),
        Kept(
            RemissAssignment,
            rows,
            lambda c: f"Kopplingen till uppdraget {assignments.get(c.assignment_id, '')}".rstrip(),
            {"source": "källan"},
        ),
        *_registered(remiss, reader),
    ]
    return history(kept, who=who_for(reader))


def _registered(remiss: Remiss, reader: User) -> list[Kept]:
    """The numbers of the reader's own nämnder, and the papers that the reader may see."""
    inside = reader.access.inside_ids()
    instances = list(remiss.instances.order_by().values_list("pk", flat=True))

    def say_file(before: Any | None, after: Any) -> str:
        if not (after.is_open or after.namnd_id in inside):
            return ""
        if after.removed_at is not None:
            return f"Handlingen {after.name} togs bort ({after.removed_reason})"
        return f"Handlingen {after.name} lades in" if before is None else ""

    return [
        Kept(
            Registration,
            {"instance_id__in": instances, "namnd_id__in": inside},
            lambda _: "Nämndens diarienummer",
            {"dnr": ""},
        ),
        Kept(
            RemissFile,
            {"remiss_id": remiss.pk},
            lambda c: f"Handlingen {c.name}",
            say=say_file,
        ),
    ]


def answer_history(answer: Answer, *, reader: User) -> list[Line]:
    """Everything that was done in an answer. For who reads it whole."""
    kept = [
        *kept_of_paper(answer.paper),
        # That it came is told by its paper.
        Kept(
            Answer,
            {"id": answer.pk},
            lambda _: "Svaret",
            {"instance": "instansen", "paper": "handlingen"},
            only_changes=True,
        ),
        _chosen(answer),
        _positions(answer),
        *_decided(answer),
    ]
    return history(kept, who=who_for(reader), spoken=[spoken_of(answer.paper)])


def position_history(answer: Answer, proposal: Proposal, *, reader: User) -> list[Line]:
    """What was said on one proposal, through all versions."""
    return history([_positions(answer, proposal_id=proposal.pk)], who=who_for(reader))


def collective_history(answer: Answer, *, reader: User) -> list[Line]:
    """How it was chosen to answer the proposals, through all versions."""
    return history([_chosen(answer)], who=who_for(reader))


def received_history(share: DraftShare, *, reader: User) -> list[Line]:
    """When a draft was sent and taken back, for the nämnd that got it; nobody is named."""
    acts = frozenset({"draft-received", "draft-taken-back"})
    spoken = Spoken(share, acts, scope=share.version.paper.namnd.code)
    return history([], who=who_for(reader), spoken=[spoken])


def _positions(answer: Answer, **rows: Any) -> Kept:
    proposals = Proposal.objects.filter(remiss=answer.instance.remiss_id).order_by()
    numbers = dict(proposals.values_list("pk", "number"))
    return Kept(
        Position,
        {"answer_version__version__paper_id": answer.paper_id, **rows},
        lambda c: f"Svaret på att-sats {numbers.get(c.proposal_id, '')}",
        {"stance": "ställningstagandet", "body": ""},
        same=lambda c: c.proposal_id,
    )


def _decided(answer: Answer) -> list[Kept]:
    """What the protocols say of the answer."""
    items = with_corrections(
        AgendaItem.objects.filter(paper=answer.paper_id, decision__isnull=False)
        .select_related("meeting", "decision")
        .order_by()
    )
    days = {
        decision.pk: f"{item.meeting.date:%Y-%m-%d}"
        for item in items
        for decision in item.recorded or filter(None, [item.decision])
    }
    return [
        Kept(Decision, {"id__in": list(days)}, lambda c: f"Beslutet {days[c.pgh_obj_id]}"),
        Kept(
            DecisionPoint,
            {"decision_id__in": list(days)},
            lambda c: f"Punkt {c.number} i beslutet {days[c.decision_id]}",
        ),
        Kept(
            DecisionStatement,
            {"decision_id__in": list(days)},
            lambda c: f"{StatementKind(c.kind).label} {c.number} i beslutet {days[c.decision_id]}",
        ),
    ]


def _chosen(answer: Answer) -> Kept:
    return Kept(
        AnswerVersion,
        {"version__paper_id": answer.paper_id},
        lambda _: "",
        say=_collective,
        same=lambda _: "",
    )


def _collective(before: Any | None, after: Any) -> str:
    was = (before.collective, before.stance) if before is not None else (False, "")
    if was == (after.collective, after.stance):
        return ""
    if not after.collective:
        return "Att besvara att-satserna en och en valdes"
    how = f" ({Stance(after.stance).label.lower()})" if after.stance else ""
    return f"Att besvara att-satserna samlat{how} valdes"
