"""Commands on the accounts of an uppdrag: plan one, write it, record the decision on it.

An account is a paper on an own matter (papers.domain), and what is written in it follows the
rules of papers. Here stands what an uppdrag adds: when it is due, what was decided, and what the
points of the decision oblige the nämnd to.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from organisation.domain.decisions import DecisionContent, correct_decision, record_decision
from organisation.enums import POSTPONED
from organisation.models import Decision, DecisionPoint, Namnd, User
from papers.documents.model import Contact
from papers.domain.agenda import settle_if_sent_out
from papers.domain.content import Header
from papers.domain.papers import create_paper
from papers.enums import PaperKind
from papers.models import Paper, PaperTemplate
from papers.rules import may_write
from programme.assignment_enums import AccountKind, ObligationKind
from programme.domain.assignment_errors import Conflict, Invalid, NotAllowed, NotOpen
from programme.domain.assignment_workflow import ONLY_ITS_OWN, Action, find_transition
from programme.domain.assignments import (
    advance,
    check_revision,
    check_words,
    record_change,
    take,
)
from programme.models import Account, Assignment, Obligation, Postponement

SETTLED = "Redovisningen är redan beslutad av nämnden."
DAY_MISSING = "Ange också dagen, så att det går att räkna hur lång tid som är kvar."
KIND_OF = {
    ObligationKind.DELREDOVISA: AccountKind.DEL,
    ObligationKind.SLUTREDOVISA: AccountKind.SLUT,
}


@dataclass(frozen=True)
class Point:
    """One point of a decision, and what it obliges the nämnd to, if anything."""

    text: str
    obliges: str = ""
    """An ObligationKind, or "" for a point that obliges to nothing."""
    due_on: dt.date | None = None
    due_as_written: str = ""


@transaction.atomic
def add_account(
    assignment: Assignment,
    *,
    actor: User | None,
    expected_version: int,
    kind: str,
    namnd: Namnd | None = None,
    due_on: dt.date | None = None,
    due_as_written: str = "",
) -> Account:
    """Plan a delredovisning or slutredovisning.

    namnd: which of the group's nämnder accounts; of an uppdrag laid on one nämnd, that one.
    Raises NotAllowed, NotOpen, Conflict; Invalid for a nämnd that the uppdrag is not laid on, a
    second slutredovisning of the same nämnd, or words without a day.
    """
    assignment = take(assignment.pk)
    account = Account(assignment=assignment, kind=kind, namnd=_who(assignment, namnd))
    find_transition(Action.ADD_ACCOUNT, assignment, actor=actor, account=account)
    check_revision(assignment, expected_version)
    _plan(account, due_on, due_as_written)
    advance(assignment)
    record_change(
        assignment,
        Action.ADD_ACCOUNT,
        actor=actor,
        summary=f"La till en {account.get_kind_display().lower()}{_until(account)}",
        scope=account.namnd.code,
    )
    return account


@transaction.atomic
def change_due(
    account: Account,
    *,
    actor: User,
    expected_version: int,
    due_on: dt.date | None,
    due_as_written: str,
    reason: str,
) -> Account:
    """Move the day by which the account is due, with a reason. The same again changes nothing.

    Raises NotAllowed, NotOpen (settled, or the uppdrag is closed), Invalid, Conflict.
    """
    assignment, account = _take(account)
    if (account.due_on, account.due_as_written) == (due_on, due_as_written.strip()):
        return account
    find_transition(Action.CHANGE_ACCOUNT, assignment, actor=actor, account=account, reason=reason)
    _check_unsettled(account)
    check_revision(assignment, expected_version)
    check_words(reason, "Skälet", "reason")
    _check_due(due_on, due_as_written)
    account.due_on, account.due_as_written = due_on, due_as_written.strip()
    account.save(update_fields=["due_on", "due_as_written"])
    advance(assignment)
    record_change(
        assignment,
        Action.CHANGE_ACCOUNT,
        actor=actor,
        summary=f"Ändrade när {_the(account)} ska vara klar{_until(account)}",
        reason=reason.strip(),
        scope=account.namnd.code,
    )
    return account


@transaction.atomic
def start_account(account: Account, template: PaperTemplate, *, actor: User) -> Account:
    """Begin the account's paper, on an own matter, with what the uppdrag tells in its header.

    Begun already, that paper is the account's (a button pressed twice).
    Raises NotAllowed (of papers too: only the nämndsekreterare writes), NotOpen; Invalid for a
    template for something else than an own matter.
    """
    assignment, account = _take(account)
    if account.paper_id is not None:
        if not may_write(actor, Paper(namnd=account.namnd)):
            raise NotAllowed(ONLY_ITS_OWN)
        return account
    find_transition(Action.START_PAPER, assignment, actor=actor, account=account)
    _check_unsettled(account)
    if template.kind != PaperKind.EGET_ARENDE:
        raise Invalid("Mallen är inte till för egna ärenden. Välj en annan.", field="template")
    account.paper = create_paper(
        template,
        namnd=account.namnd,
        actor=actor,
        is_example=assignment.is_example,
        header=Header(
            title=assignment.title,
            subtitle=account.get_kind_display(),
            dnr=assignment.dnr,
            forvaltning=account.namnd.forvaltning,
            addressee=account.namnd.name,
            handlaggare=(Contact(str(actor), actor.telephone),),
        ),
    )
    account.save(update_fields=["paper"])
    advance(assignment)
    record_change(
        assignment,
        Action.START_PAPER,
        actor=actor,
        summary=f"Påbörjade {_the(account)}",
        scope=account.namnd.code,
    )
    return account


@transaction.atomic
def decide_account(
    account: Account,
    *,
    actor: User | None,
    expected_version: int,
    on: dt.date,
    paragraph: str = "",
    outcome: str = "",
    points: tuple[Point, ...] = (),
    abridged: bool = False,
    note: str = "",
    source: str = "",
) -> Decision:
    """Record what the nämnd decided on the account at its meeting on the day `on`.

    Bordlagt or återremitterat puts the account off: it stays open. Any other outcome, one that is
    not known included, settles it and moves the uppdrag: a delredovisning to delredovisat, a
    slutredovisning to slutredovisat when every nämnd that the uppdrag is laid on has settled its
    own. A point that obliges to account adds an account with the point's day.
    Raises NotAllowed, NotOpen, Conflict; Invalid for what `record_decision` refuses, or for a
    point that obliges to account for what is thereby finished.
    """
    assignment, account = _take(account)
    postponed = outcome in POSTPONED
    final = not postponed and account.kind == AccountKind.SLUT and _is_last(account, on)
    action = (
        Action.POSTPONE if postponed else Action.SETTLE_FINAL if final else Action.SETTLE_PARTIAL
    )
    transition = find_transition(action, assignment, actor=actor, account=account)
    _check_unsettled(account)
    check_revision(assignment, expected_version)
    _check_points(account, points, postponed)
    decision = record_decision(
        account.namnd,
        on=on,
        content=_content(account, points, paragraph, outcome, abridged, note, source),
        actor=actor,
        is_example=assignment.is_example,
    )
    if account.paper_id is not None:
        settle_if_sent_out(account.paper_id, decision, actor=actor)
    if postponed:
        Postponement.objects.create(account=account, decision=decision)
    else:
        account.decision = decision
        account.save(update_fields=["decision"])
    _oblige(account, decision, points)
    advance(assignment, state=transition.target)
    did = "sköt upp" if postponed else "beslutade om"
    record_change(
        assignment,
        action,
        actor=actor,
        summary=f"Registrerade att nämnden {did} {_the(account)} {on:%Y-%m-%d}",
        scope=account.namnd.code,
    )
    return decision


@transaction.atomic
def correct_account_decision(
    account: Account,
    *,
    actor: User,
    expected_version: int,
    content: DecisionContent,
    reason: str,
) -> Decision:
    """Put right what was recorded of the decision that settled the account.

    What its points obliged to stays as it is. The same day and nämnd; the old row stays readable.
    Raises NotAllowed, NotOpen (not settled), Conflict; Invalid for an outcome that would open the
    account again.
    """
    assignment, account = _take(account)
    find_transition(
        Action.CORRECT_DECISION, assignment, actor=actor, account=account, reason=reason
    )
    old = account.decision
    if old is None:
        raise NotOpen("Inget beslut är registrerat på redovisningen.")
    check_revision(assignment, expected_version)
    if content.outcome in POSTPONED:
        raise Invalid(
            "Ett beslut som har avgjort redovisningen kan inte rättas till att den sköts upp.",
            field="outcome",
        )
    new = correct_decision(old, content=content, actor=actor, reason=reason)
    account.decision = new
    account.save(update_fields=["decision"])
    advance(assignment)
    record_change(
        assignment,
        Action.CORRECT_DECISION,
        actor=actor,
        summary=f"Rättade det registrerade beslutet om {_the(account)}",
        reason=reason.strip(),
        scope=account.namnd.code,
    )
    return new


@transaction.atomic
def fulfil_obligation(
    obligation: Obligation,
    *,
    actor: User,
    expected_version: int,
    on: dt.date,
    note: str = "",
) -> Obligation:
    """Say when something that a point obliged to was done. The same again changes nothing.

    Raises NotAllowed, NotOpen, Conflict; Invalid for a day to come, or an obligation to account:
    that is done by the decision on its account.
    """
    assignment = take(obligation.assignment_id)
    obligation = (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("namnd")
        .get(pk=obligation.pk)
    )
    account = Account(assignment=assignment, namnd=obligation.namnd)
    find_transition(Action.FULFIL, assignment, actor=actor, account=account)
    if obligation.kind != ObligationKind.ANNAT:
        raise Invalid("En redovisning är gjord när nämnden har beslutat om den.")
    if obligation.done_on is not None:
        if (obligation.done_on, obligation.done_note) == (on, note.strip()):
            return obligation
        raise NotOpen("Det är redan markerat som gjort.")
    check_revision(assignment, expected_version)
    if on > timezone.localdate():
        raise Invalid("Dagen har inte varit än.", field="on")
    check_words(note, "Anteckningen", "note")
    if len(note.strip()) > 250:
        raise Invalid("Anteckningen får ha högst 250 tecken.", field="note")
    obligation.done_on, obligation.done_note = on, note.strip()
    obligation.save(update_fields=["done_on", "done_note"])
    advance(assignment)
    record_change(
        assignment,
        Action.FULFIL,
        actor=actor,
        summary=f"Gjort: {obligation.text}",
        reason=obligation.done_note,
        scope=obligation.namnd.code,
    )
    return obligation


# Parts ------------------------------------------------------------------------------------------


def _take(account: Account) -> tuple[Assignment, Account]:
    """Both as they stand now. The uppdrag is held first, so that two never wait crosswise."""
    assignment = take(account.assignment_id)
    found = (
        Account.objects.select_for_update(of=("self",))
        .select_related("namnd", "decision__meeting__namnd")
        .get(pk=account.pk)
    )
    found.assignment = assignment
    return assignment, found


def _who(assignment: Assignment, namnd: Namnd | None) -> Namnd:
    if assignment.namnd is not None:
        if namnd is not None and namnd.pk != assignment.namnd_id:
            raise Invalid(f"Uppdraget ligger på {assignment.namnd}.", field="namnd")
        return assignment.namnd
    if namnd is None:
        raise Invalid("Välj vilken nämnd som redovisar.", field="namnd")
    if not namnd.belongs_to(assignment.group):
        raise Invalid(f"Uppdraget ligger inte på {namnd}.", field="namnd")
    return namnd


def _plan(account: Account, due_on: dt.date | None, due_as_written: str) -> None:
    """Give the account its number and day, and save it."""
    if account.kind not in AccountKind.values:
        raise Invalid("Välj delredovisning eller slutredovisning.", field="kind")
    _check_due(due_on, due_as_written)
    siblings = Account.objects.filter(assignment=account.assignment)
    if account.kind == AccountKind.SLUT and siblings.filter(
        kind=AccountKind.SLUT, namnd=account.namnd
    ):
        raise Invalid("Uppdraget har redan en slutredovisning. Ändra dess dag.", field="kind")
    account.number = (siblings.aggregate(last=Max("number"))["last"] or 0) + 1
    account.due_on, account.due_as_written = due_on, due_as_written.strip()
    account.save()


def _check_due(due_on: dt.date | None, due_as_written: str) -> None:
    if due_as_written.strip() and due_on is None:
        raise Invalid(DAY_MISSING, field="due_on")
    if len(due_as_written.strip()) > 120:
        raise Invalid("Tiden får ha högst 120 tecken.", field="due_as_written")
    check_words(due_as_written, "Tiden", "due_as_written")


def _check_unsettled(account: Account) -> None:
    if account.is_settled:
        raise NotOpen(SETTLED)


def _check_points(account: Account, points: tuple[Point, ...], postponed: bool) -> None:
    for number, point in enumerate(points, start=1):
        if not point.obliges:
            if point.due_on or point.due_as_written:
                raise Invalid(
                    f"Punkt {number} har en dag. Välj vad punkten innebär.", field="points"
                )
            continue
        if point.obliges not in ObligationKind.values:
            raise Invalid(f"Välj vad punkt {number} innebär.", field="points")
        if not point.text.strip():
            raise Invalid(f"Skriv vad punkt {number} säger.", field="points")
        if point.obliges in KIND_OF and (postponed or account.kind == AccountKind.SLUT):
            raise Invalid(
                f"Punkt {number} ger en ny redovisning, men ärendet kommer tillbaka som det är."
                if postponed
                else f"Punkt {number} ger en ny redovisning, men det här är slutredovisningen.",
                field="points",
            )
        _check_due(point.due_on, point.due_as_written)


def _oblige(account: Account, decision: Decision, points: tuple[Point, ...]) -> None:
    """Lay the obligations of the points on the nämnd, with accounts for those to account."""
    rows: dict[int, DecisionPoint] = {p.number: p for p in decision.points.all()}
    for number, point in enumerate(points, start=1):
        if not point.obliges:
            continue
        added = None
        if kind := KIND_OF.get(ObligationKind(point.obliges)):
            added = _account_for(account, kind, point)
        Obligation.objects.create(
            assignment=account.assignment,
            point=rows[number],
            kind=point.obliges,
            namnd=account.namnd,
            text=point.text.strip()[:300],
            account=added,
            due_on=point.due_on,
            due_as_written=point.due_as_written.strip(),
        )


def _account_for(account: Account, kind: AccountKind, point: Point) -> Account:
    """The account that a point asks for: a slutredovisning that is planned gets the point's day."""
    planned = Account.objects.filter(
        assignment=account.assignment,
        namnd=account.namnd,
        kind=kind,
        decision__isnull=True,
        obligation__isnull=True,
    ).exclude(pk=account.pk)
    there = planned.first() if kind == AccountKind.SLUT else None
    if there is None:
        there = Account(assignment=account.assignment, namnd=account.namnd, kind=kind)
        _plan(there, point.due_on, point.due_as_written)
    elif point.due_on:
        there.due_on, there.due_as_written = point.due_on, point.due_as_written.strip()
        there.save(update_fields=["due_on", "due_as_written"])
    return there


def _content(
    account: Account,
    points: tuple[Point, ...],
    paragraph: str,
    outcome: str,
    abridged: bool,
    note: str,
    source: str,
) -> DecisionContent:
    return DecisionContent(
        title=f"{account.get_kind_display()}: {account.assignment.title}"[:300],
        paragraph=paragraph.strip(),
        dnr=account.assignment.dnr,
        outcome=outcome,
        points=tuple(point.text for point in points),
        abridged=abridged,
        note=note,
        source=source,
    )


def _is_last(account: Account, on: dt.date) -> bool:
    """Whether the uppdrag is finished when this slutredovisning is settled.

    Laid on a group, it is when each of its nämnder on that day has settled its own.
    """
    assignment = account.assignment
    if not assignment.group:
        return True
    members = {n.pk for n in Namnd.objects.valid_on(on) if n.belongs_to(assignment.group)}
    settled = set(
        Account.objects.filter(
            assignment=assignment, kind=AccountKind.SLUT, decision__isnull=False
        ).values_list("namnd_id", flat=True)
    )
    return members <= settled | {account.namnd_id}


def _the(account: Account) -> str:
    return "delredovisningen" if account.kind == AccountKind.DEL else "slutredovisningen"


def _until(account: Account) -> str:
    return f", senast {account.due_on:%Y-%m-%d}" if account.due_on else ""


__all__ = [
    "Conflict",
    "Point",
    "add_account",
    "change_due",
    "correct_account_decision",
    "decide_account",
    "fulfil_obligation",
    "start_account",
]
