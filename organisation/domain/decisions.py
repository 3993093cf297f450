"""Recording what a nämnd decided, from its protocol.

Apps above record the decision of a matter of theirs, and what follows from it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from organisation.domain.errors import Invalid, NotAllowed
from organisation.domain.meetings import meeting_of
from organisation.enums import DecisionOutcome, StatementKind
from organisation.models import (
    Decision,
    DecisionPoint,
    DecisionStatement,
    Meeting,
    Namnd,
    User,
)
from organisation.personnummer import why_not_personnummer
from organisation.readable import REFUSED, is_readable
from organisation.rules import may_record_decision
from trace.domain import record

MAX_POINTS = 30
MAX_STATEMENTS = 20
ONLY_ITS_OWN = "Bara nämndens nämndsekreterare eller chef registrerar vad nämnden har beslutat."


@dataclass(frozen=True)
class Statement:
    """A reservation or a särskilt uttalande."""

    kind: str
    party: str
    text: str = ""


@dataclass(frozen=True)
class DecisionContent:
    """What the protocol says. Blank is not known."""

    title: str
    paragraph: str = ""
    dnr: str = ""
    outcome: str = ""
    points: tuple[str, ...] = ()
    """In their order; "" for a point of which only that it is there is known."""
    abridged: bool = False
    immediate: bool = False
    """Omedelbart justerad."""
    statements: tuple[Statement, ...] = ()
    note: str = ""
    source: str = ""


@transaction.atomic
def record_decision(
    namnd: Namnd,
    *,
    on: dt.date,
    content: DecisionContent,
    actor: User | None,
    is_example: bool = False,
    meeting: Meeting | None = None,
) -> Decision:
    """Record a decision of the nämnd at its meeting on the day `on`.

    actor: None for the program itself (the demo). A meeting that is not registered is, by this.
    meeting: which one, where there are two that day.
    Raises NotAllowed; Invalid (`field`) for a day to come or one when there was no such nämnd,
    a paragraph that is taken, or a text that cannot be kept.
    Side effects: perhaps the meeting, the decision, its points, an event.
    """
    if actor is not None and not may_record_decision(actor, Meeting(namnd=namnd)):
        raise NotAllowed(ONLY_ITS_OWN)
    if on > timezone.localdate():
        raise Invalid("Sammanträdet har inte varit än.", field="meeting_on")
    if not namnd.exists_on(on):
        raise Invalid(f"{namnd} fanns inte den dagen.", field="meeting_on")
    _check(content)
    meeting = meeting or meeting_of(namnd, on, actor=actor, is_example=is_example)
    # Two who record at once: the second waits here, and is told that the paragraph is taken.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    taken = Decision.objects.filter(meeting=meeting, paragraph=content.paragraph)
    if content.paragraph and taken.exists():
        raise Invalid(
            f"§ {content.paragraph} är redan registrerad för det sammanträdet.", field="paragraph"
        )
    decision = _write(Decision(meeting=meeting, is_example=is_example), content)
    record(
        decision,
        actor=actor,
        verb="recorded",
        summary=f"Registrerade nämndens beslut: {decision.title}",
        scope=namnd.code,
    )
    return decision


@transaction.atomic
def correct_decision(
    decision: Decision, *, content: DecisionContent, actor: User, reason: str
) -> Decision:
    """Record anew what was recorded wrongly. The old row stands, and is no longer the one to read.

    The meeting stays: a decision on another day is another decision.
    Raises NotAllowed; Invalid without a reason, or for one that has been corrected already.
    """
    if not may_record_decision(actor, decision.meeting):
        raise NotAllowed(ONLY_ITS_OWN)
    reason = reason.strip()
    if not reason:
        raise Invalid("Skriv vad som var fel.", field="reason")
    _check(content)
    _check_words(reason, "Skälet", "reason")
    Meeting.objects.select_for_update().get(pk=decision.meeting_id)
    if Decision.objects.filter(corrects=decision).exists():
        raise Invalid("Beslutet är redan rättat. Rätta det som gäller nu.")
    others = Decision.objects.filter(
        meeting=decision.meeting, paragraph=content.paragraph, corrected_by__isnull=True
    ).exclude(pk=decision.pk)
    if content.paragraph and others.exists():
        raise Invalid(
            f"§ {content.paragraph} är redan registrerad för det sammanträdet.", field="paragraph"
        )
    new = _write(
        Decision(
            meeting=decision.meeting,
            corrects=decision,
            reason=reason,
            is_example=decision.is_example,
        ),
        content,
    )
    record(
        new,
        actor=actor,
        verb="corrected",
        summary=f"Rättade det registrerade beslutet: {new.title}",
        scope=decision.meeting.namnd.code,
        reason=reason,
    )
    return new


def _write(decision: Decision, content: DecisionContent) -> Decision:
    decision.title = content.title.strip()
    decision.paragraph = content.paragraph.strip()
    decision.dnr = content.dnr.strip()
    decision.outcome = content.outcome
    decision.abridged = content.abridged
    decision.immediate = content.immediate
    decision.note = content.note.strip()
    decision.source = content.source.strip()
    decision.save()
    DecisionPoint.objects.bulk_create(
        DecisionPoint(decision=decision, number=number, text=text.strip())
        for number, text in enumerate(content.points, start=1)
    )
    DecisionStatement.objects.bulk_create(
        DecisionStatement(
            decision=decision,
            number=number,
            kind=one.kind,
            party=one.party.strip(),
            text=one.text.strip(),
        )
        for number, one in enumerate(content.statements, start=1)
    )
    return decision


def _check(content: DecisionContent) -> None:
    if not content.title.strip():
        raise Invalid("Skriv vilket ärende beslutet gäller.", field="title")
    if content.outcome and content.outcome not in DecisionOutcome.values:
        raise Invalid("Välj ett av utfallen i listan.", field="outcome")
    if len(content.points) > MAX_POINTS:
        raise Invalid(f"Ett beslut får ha högst {MAX_POINTS} punkter.", field="points")
    for name, text, what in (
        ("title", content.title, "Ärendet"),
        ("paragraph", content.paragraph, "Paragrafen"),
        ("dnr", content.dnr, "Diarienumret"),
        ("note", content.note, "Anmärkningen"),
        ("source", content.source, "Källan"),
    ):
        limit = Decision._meta.get_field(name).max_length  # type: ignore[union-attr]
        if limit and len(text) > limit:
            raise Invalid(f"{what} får ha högst {limit} tecken.", field=name)
        _check_words(text, what, name)
    if len(content.statements) > MAX_STATEMENTS:
        raise Invalid(
            f"Ett beslut får ha högst {MAX_STATEMENTS} reservationer och särskilda uttalanden.",
            field="statements",
        )
    for one in content.statements:
        if one.kind not in StatementKind.values:
            raise Invalid("Välj reservation eller särskilt uttalande.", field="statements")
        if not one.party.strip():
            raise Invalid("Skriv vilket parti uttalandet kommer från.", field="statements")
        if len(one.party) > 150:
            raise Invalid("Partiet får ha högst 150 tecken.", field="statements")
        _check_words(f"{one.party}\n{one.text}", "Uttalandet", "statements")
    for number, text in enumerate(content.points, start=1):
        _check_words(text, f"Punkt {number}", "points")


def _check_words(text: str, what: str, field: str) -> None:
    if not is_readable(text):
        raise Invalid(f"{what} {REFUSED}", field=field)
    if problem := why_not_personnummer(text, what):
        raise Invalid(problem, field=field)


def points_of(decision: Decision) -> Sequence[DecisionPoint]:
    """The points in their order."""
    return list(decision.points.order_by("number"))


def holding(decision: Decision) -> Decision:
    """The decision as it is to be read: what was last recorded in its place, or itself."""
    return corrections_of([decision]).get(decision.pk, [decision])[-1]


def corrections_of(decisions: Iterable[Decision]) -> dict[int, list[Decision]]:
    """Of those that have been corrected: what was recorded after one another, the first first.

    By the number of the first in the database. The last is the one to read; the others stay
    readable as "rättade". One query, and two more when anything is corrected.
    """
    first = {decision.pk: decision for decision in decisions}
    rows = Decision.objects.filter(
        meeting__in={decision.meeting_id for decision in first.values()}, corrects__isnull=False
    ).prefetch_related("points", "statements")
    by_old = {row.corrects_id: row for row in rows}
    found = {}
    for pk, decision in first.items():
        chain = [decision]
        while chain[-1].pk in by_old:
            chain.append(by_old[chain[-1].pk])
        if len(chain) > 1:
            found[pk] = chain
    return found
