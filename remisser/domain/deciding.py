"""What a nämnd decides on its answer, and what the points of the decision oblige it to."""

from collections.abc import Sequence

from django.db import transaction

from organisation.domain.decisions import DecisionContent, Statement
from organisation.enums import POSTPONED
from organisation.models import Decision, DecisionPoint, Namnd, User
from papers.domain.agenda import decide_paper
from papers.domain.errors import InvalidContent, NotAllowed
from papers.models import AgendaItem
from programme.assignment_enums import AssignmentOrigin, ObligationKind
from programme.domain.accounts import KIND_OF, Point, add_account
from programme.domain.assignment_errors import NotAllowed as AssignmentNotAllowed
from programme.domain.assignment_errors import Refused as AssignmentRefused
from programme.domain.assignments import Facts, create_assignment
from programme.models import Obligation
from remisser.models import Answer, RemissAssignment

LONGEST_SOURCE = 250


@transaction.atomic
def decide_answer(
    answer: Answer,
    *,
    actor: User,
    expected_version: int,
    outcome: str,
    paragraph: str = "",
    points: Sequence[Point] = (),
    statements: Sequence[Statement] = (),
    immediate: bool = False,
    asked: str = "",
    note: str = "",
    source: str = "",
) -> AgendaItem:
    """Record the nämnd's decision on its answer to a remiss.

    A point that obliges to something becomes an uppdrag laid on the nämnd, linked with the remiss,
    and what is to be done of it. The same command again changes nothing.
    Raises as papers.domain.agenda.decide_paper; InvalidContent for a point that obliges when the
    matter comes back, or has a day and obliges to nothing.
    """
    _check_points(points, outcome)
    remiss = answer.instance.remiss
    current = answer.paper.current
    item = decide_paper(
        answer.paper,
        actor=actor,
        expected_version=expected_version,
        content=DecisionContent(
            title=((current.title if current else "") or remiss.title)[:300],
            paragraph=paragraph.strip(),
            dnr=answer.paper.dnr,
            outcome=outcome,
            points=tuple(point.text for point in points),
            statements=tuple(statements),
            immediate=immediate,
            note=note,
            source=source,
        ),
        asked=asked,
    )
    decision = item.decision
    if decision is not None and not Obligation.objects.filter(point__decision=decision).exists():
        try:
            _oblige(answer, decision, points, actor)
        except AssignmentNotAllowed as refusal:
            raise NotAllowed(refusal.message) from refusal
        except AssignmentRefused as refusal:
            raise InvalidContent(refusal.message) from refusal
    return item


def _oblige(answer: Answer, decision: Decision, points: Sequence[Point], actor: User) -> None:
    rows: dict[int, DecisionPoint] = {row.number: row for row in decision.points.all()}
    namnd: Namnd = answer.paper.namnd
    paragraph = f", § {decision.paragraph}" if decision.paragraph else ""
    source = f"{namnd} {decision.meeting.date}{paragraph}, om {answer.instance.remiss.dnr}"
    for number, point in enumerate(points, start=1):
        if not point.obliges:
            continue
        text = " ".join(point.text.split())
        assignment = create_assignment(
            Facts(
                title=text[:200],
                origin=AssignmentOrigin.BESLUT,
                text=text,
                origin_decision=decision,
                source=source[:LONGEST_SOURCE],
            ),
            actor=actor,
            namnd=namnd,
            is_example=answer.paper.is_example,
        )
        kind = KIND_OF.get(ObligationKind(point.obliges))
        account = None
        if kind is not None:
            account = add_account(
                assignment,
                actor=actor,
                expected_version=assignment.revision,
                kind=kind,
                due_on=point.due_on,
                due_as_written=point.due_as_written,
            )
        Obligation.objects.create(
            assignment=assignment,
            point=rows[number],
            kind=point.obliges,
            namnd=namnd,
            text=text[:300],
            account=account,
            due_on=point.due_on,
            due_as_written=point.due_as_written.strip(),
        )
        RemissAssignment.objects.get_or_create(
            remiss=answer.instance.remiss,
            assignment=assignment,
            defaults={"source": source[:LONGEST_SOURCE]},
        )


def _check_points(points: Sequence[Point], outcome: str) -> None:
    for number, point in enumerate(points, start=1):
        if not point.obliges:
            if point.due_on or point.due_as_written:
                raise InvalidContent(f"Punkt {number} har en dag. Välj vad punkten innebär.")
            continue
        if not point.text.strip():
            raise InvalidContent(f"Skriv vad punkt {number} säger.")
        if outcome in POSTPONED:
            raise InvalidContent(
                f"Punkt {number} innebär något att göra, men ärendet kommer tillbaka."
            )
