"""A paper's way through the nämnd: sent out to a meeting, decided, or come back with a question.

What the förvaltning proposes stands in the version that was sent out. What the nämnd decided stands
in the decision, from the protocol. Neither is ever written over the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from organisation.domain.decisions import DecisionContent, corrections_of, record_decision
from organisation.domain.errors import Refused as OrganisationRefused
from organisation.enums import DecisionOutcome, Role
from organisation.models import Decision, Meeting, Membership, Namnd, User
from papers.domain.attest import just_done
from papers.domain.changes import advance, conflict_on, current_version, record_change, take
from papers.domain.content import check_words
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.workflow import ONLY_SECRETARIES, Action, find_transition
from papers.enums import AgendaKind, PaperKind, PaperState
from papers.models import AgendaItem, Paper
from papers.rules import may_send_out
from trace.domain import record
from trace.domain.outbox import post_mail

KIND_OF = {PaperKind.REMISSVAR: AgendaKind.REMISS, PaperKind.EGET_ARENDE: AgendaKind.BESLUT}
ACTION_OF = {
    DecisionOutcome.BORDLAGT: Action.POSTPONE,
    DecisionOutcome.ATERREMITTERAT: Action.REMIT,
}
NOTICE_ADDED, NOTICE_REMOVED = "notice-added", "notice-removed"
NOT_THERE = "Handlingen är inte utskickad till något sammanträde."


@dataclass(frozen=True)
class SentOut:
    items: tuple[AgendaItem, ...]
    new: int


@transaction.atomic
def send_out(meeting: Meeting, papers: Sequence[Paper], *, actor: User) -> SentOut:
    """Send attested papers out to a meeting. From now on the nämnd's members read them.

    A paper that is on the agenda already, in the same version, stays as it is: the same again
    changes nothing. One that was bordlagd goes out again to a later meeting.
    Raises NotAllowed, NotOpen (not attested); InvalidContent for another nämnd's paper, nothing
    chosen, or a meeting that is cancelled.
    Side effects: items on the agenda, an event for each paper, mail to the members.
    """
    namnd = meeting.namnd
    if not may_send_out(actor, Paper(namnd=namnd)):
        raise NotAllowed(ONLY_SECRETARIES)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    meeting.namnd = namnd
    if not papers:
        raise InvalidContent("Välj minst en handling att skicka ut.")
    if meeting.cancelled:
        raise InvalidContent("Sammanträdet är inställt. Välj ett annat.")
    items, new = [], 0
    for wanted in sorted(papers, key=lambda paper: paper.pk):
        paper = take(wanted.pk)
        if paper.namnd_id != meeting.namnd_id:
            raise InvalidContent("Handlingen hör till en annan nämnd.")
        version = current_version(paper)
        there = AgendaItem.objects.filter(meeting=meeting, version=version).first()
        if there is not None and paper.state == PaperState.UTSKICKAD:
            items.append(there)
            continue
        transition = find_transition(Action.SEND_OUT, paper, actor=actor)
        if there is not None:
            raise InvalidContent(
                f"{version.title or version.subtitle} har redan behandlats vid sammanträdet. "
                "Välj ett senare."
            )
        items.append(
            AgendaItem.objects.create(
                meeting=meeting,
                kind=KIND_OF[PaperKind(paper.kind)],
                paper=paper,
                version=version,
                by=actor,
            )
        )
        new += 1
        advance(paper, state=transition.target, meeting=meeting)
        record_change(
            paper,
            Action.SEND_OUT,
            actor=actor,
            summary=f"Skickade ut version {version.number} till sammanträdet {meeting.date}",
        )
    if new:
        _tell_members(meeting, items[-1], actor)
    return SentOut(tuple(items), new)


@transaction.atomic
def decide_paper(
    paper: Paper,
    *,
    actor: User | None,
    expected_version: int,
    content: DecisionContent,
    asked: str = "",
) -> AgendaItem:
    """Record what the nämnd decided on the paper, at the meeting that it was sent out to.

    Bordlagt: it comes back as it is. Återremitterat: it goes on in a new version, and `asked` says
    what the nämnd wants. Anything else is the decision on the matter.
    The same command again changes nothing.
    Raises NotAllowed, NotOpen (not sent out), Conflict; InvalidContent without an outcome, without
    the words of a changed decision or of what was asked, or for what the protocol cannot say.
    """
    paper = take(paper.pk)
    action = _action(content)
    item = _item_of(paper)
    if actor is not None and just_done(paper, actor, expected_version, action):
        last = AgendaItem.objects.filter(paper=paper).order_by("-pk").first()
        if last is not None and last.decision_id is not None:
            return last
    find_transition(action, paper, actor=actor)
    if item is None:
        raise NotOpen(NOT_THERE)
    if paper.revision != expected_version:
        raise conflict_on(paper, None)
    _check_decision(content, asked)
    try:
        decision = record_decision(
            paper.namnd,
            on=item.meeting.date,
            content=content,
            actor=actor,
            is_example=paper.is_example,
            meeting=item.meeting,
        )
    except OrganisationRefused as refusal:
        raise InvalidContent(refusal.message) from refusal
    return settle(paper, decision, actor=actor, asked=asked)


def settle_if_sent_out(paper_id: int, decision: Decision, *, actor: User | None) -> None:
    """For a decision that is recorded another way: the paper follows, if it was sent out to it."""
    paper = take(paper_id)
    item = _item_of(paper)
    if paper.state == PaperState.UTSKICKAD and item and item.meeting_id == decision.meeting_id:
        settle(paper, decision, actor=actor)


def settle(paper: Paper, decision: Decision, *, actor: User | None, asked: str = "") -> AgendaItem:
    """Let a recorded decision be the one on the paper, and move its state.

    For commands that have recorded it, in their transaction. paper: taken.
    Raises NotAllowed, NotOpen.
    """
    action = ACTION_OF.get(DecisionOutcome(decision.outcome or "enligt"), Action.DECIDE)
    transition = find_transition(action, paper, actor=actor)
    item = _item_of(paper)
    if item is None:
        raise NotOpen(NOT_THERE)
    item.decision, item.asked = decision, asked.strip()
    item.save(update_fields=["decision", "asked"])
    advance(paper, state=transition.target)
    outcome = decision.get_outcome_display().lower() or "utfallet är inte känt"
    paragraph = f", § {decision.paragraph}" if decision.paragraph else ""
    record_change(
        paper,
        action,
        actor=actor,
        summary=f"Registrerade nämndens beslut {decision.meeting.date}{paragraph}: {outcome}",
        reason=item.asked,
    )
    return item


@transaction.atomic
def add_notice(meeting: Meeting, *, title: str, actor: User) -> AgendaItem:
    """Put something that is only announced (anmälan) on the agenda. Twice the same is once.

    Raises NotAllowed, InvalidContent.
    """
    if not may_send_out(actor, Paper(namnd_id=meeting.namnd_id)):
        raise NotAllowed(ONLY_SECRETARIES)
    title = " ".join(title.split())
    if not title:
        raise InvalidContent("Skriv vad som anmäls.")
    if len(title) > 300:
        raise InvalidContent("Anmälan får ha högst 300 tecken.")
    check_words(title, "Anmälan")
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    there = AgendaItem.objects.filter(meeting=meeting, kind=AgendaKind.ANMALAN, title=title).first()
    if there is not None:
        return there
    item = AgendaItem.objects.create(
        meeting=meeting, kind=AgendaKind.ANMALAN, title=title, by=actor
    )
    record(
        meeting,
        actor=actor,
        verb=NOTICE_ADDED,
        summary=f"La till anmälan ”{title}”",
        scope=meeting.namnd.code,
    )
    return item


@transaction.atomic
def remove_notice(item: AgendaItem, *, actor: User) -> None:
    """Take an announced matter off the agenda. Gone already: nothing is changed.

    Raises NotAllowed; NotOpen for a matter with a paper.
    """
    if not may_send_out(actor, Paper(namnd_id=item.meeting.namnd_id)):
        raise NotAllowed(ONLY_SECRETARIES)
    if item.paper_id is not None:
        raise NotOpen("En utskickad handling tas inte bort från dagordningen.")
    removed, _ = AgendaItem.objects.filter(pk=item.pk).delete()
    if removed:
        record(
            item.meeting,
            actor=actor,
            verb=NOTICE_REMOVED,
            summary=f"Tog bort anmälan ”{item.title}”",
            scope=item.meeting.namnd.code,
        )


# Queries ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AgendaLine:
    item: AgendaItem
    replaced: bool
    """Whether a later version of the paper was sent out to the same meeting."""


@dataclass(frozen=True)
class Agenda:
    meeting: Meeting
    groups: tuple[tuple[str, tuple[AgendaLine, ...]], ...]
    """Heading and matters, in the order of an agenda; those without matters left out."""
    planned: tuple[Paper, ...]
    """Papers that name this meeting and are not ready; for those who work in the nämnd."""


def agenda_of(meeting: Meeting, user: User) -> Agenda:
    """The agenda as the person may see it. meeting: with its nämnd. Six queries at most."""
    items = with_corrections(
        AgendaItem.objects.visible_to(user)
        .filter(meeting=meeting)
        .select_related("paper__namnd", "version", "decision", "by")
        .order_by("pk")
    )
    last: dict[int | None, int] = {item.paper_id: item.pk for item in items if item.paper_id}
    lines = [
        AgendaLine(item, bool(item.paper_id) and last[item.paper_id] != item.pk) for item in items
    ]
    inside = meeting.namnd_id in user.access.inside_ids()
    papers = (
        list(
            Paper.objects.inside(user)
            .filter(namnd=meeting.namnd_id)
            .exclude(pk__in=[pk for pk in last if pk])
            .select_related("namnd", "current", "meeting")
            .order_by("pk")
        )
        if inside
        else []
    )
    done = (PaperState.ATTESTERAD, PaperState.BORDLAGD, PaperState.BESLUTAD)
    return Agenda(
        meeting=meeting,
        groups=tuple(
            (str(kind.label), found)
            for kind in AgendaKind
            if (found := tuple(line for line in lines if line.item.kind == kind))
        ),
        planned=tuple(p for p in papers if p.meeting_id == meeting.pk and p.state not in done),
    )


def way_of(paper: Paper) -> list[AgendaItem]:
    """The meetings that the paper was sent out to, in their order, with what was decided."""
    return with_corrections(
        AgendaItem.objects.filter(paper=paper)
        .select_related("meeting__namnd", "version", "decision", "by")
        .prefetch_related("decision__points", "decision__statements")
        .order_by("pk")
    )


def with_corrections(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The same, each knowing how its decision has been put right; one query when any is decided."""
    found = list(items)
    decided = [item.decision for item in found if item.decision is not None]
    chains = corrections_of(decided) if decided else {}
    for item in found:
        item.recorded = chains.get(item.decision_id or 0, ())
    return found


# Parts ------------------------------------------------------------------------------------------


def _item_of(paper: Paper) -> AgendaItem | None:
    """What the paper is on now: its current version on the last agenda, undecided."""
    return (
        AgendaItem.objects.undecided()
        .filter(paper=paper, version=paper.current_id)
        .select_related("meeting__namnd")
        .order_by("-pk")
        .first()
    )


def _action(content: DecisionContent) -> Action:
    if content.outcome not in DecisionOutcome.values:
        raise InvalidContent("Välj vad nämnden beslutade.")
    return ACTION_OF.get(DecisionOutcome(content.outcome), Action.DECIDE)


def _check_decision(content: DecisionContent, asked: str) -> None:
    if content.outcome == DecisionOutcome.ANDRAT and not any(p.strip() for p in content.points):
        raise InvalidContent("Skriv vad nämnden beslutade i stället för förslaget.")
    if content.outcome == DecisionOutcome.ATERREMITTERAT and not asked.strip():
        raise InvalidContent("Skriv vad nämnden bad förvaltningen om.")
    if len(asked) > 4000:
        raise InvalidContent("Det nämnden bad om får ha högst 4 000 tecken.")
    check_words(asked, "Det nämnden bad om")


def tell_of_moved_meeting(meeting: Meeting, moved: str, *, actor: User | None) -> None:
    """By mail to the members, when a meeting that papers were sent out to is cancelled or moved.

    moved: a sentence that says what happened. Inside the transaction of the change.
    """
    if not AgendaItem.objects.filter(meeting=meeting, paper__isnull=False).exists():
        return
    for person in _members(meeting):
        if person != actor:
            post_mail(
                key=f"flyttat:{meeting.pk}:{meeting.revision}:{person.pk}",
                person=person,
                subject=f"Ändrat sammanträde, {meeting.namnd.short_name}",
                body=f"{moved} Handlingarna som har skickats ut finns kvar i Samlad. "
                "Det som ska tas upp igen skickas ut på nytt.",
                posted_by=actor,
                scope=meeting.namnd.code,
            )


def _members(meeting: Meeting) -> list[User]:
    held = Membership.objects.valid_on(timezone.localdate()).filter(
        namnd=meeting.namnd_id, role=Role.LEDAMOT
    )
    found = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
    return [person for person in found if person.email]


def _tell_members(meeting: Meeting, last: AgendaItem, actor: User) -> None:
    namnd: Namnd = meeting.namnd
    for person in _members(meeting):
        if person != actor:
            post_mail(
                key=f"utskick:{last.pk}:{person.pk}",
                person=person,
                subject=f"Handlingar till sammanträdet {meeting.date}",
                body=f"Handlingar till {namnd.genitive} sammanträde {meeting.date} finns att läsa "
                "i Samlad.\n\nLogga in och öppna dagordningen.",
                posted_by=actor,
                scope=namnd.code,
            )
