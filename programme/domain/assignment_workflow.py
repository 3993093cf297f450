"""The states of an uppdrag: one table of what leads where, and by whom.

pågår → delredovisat → slutredovisat, or avslutat utan redovisning. An uppdrag moves by a decision
of the nämnd on one of its accounts; a decision that puts the matter off moves nothing.
"""

from dataclasses import dataclass
from enum import Enum

from organisation.models import User
from papers.models import Paper
from papers.rules import may_write
from programme.assignment_enums import AssignmentState
from programme.assignment_rules import may_keep, may_keep_account
from programme.domain.assignment_errors import Invalid, NotAllowed, NotOpen
from programme.models import Account, Assignment


class Action(Enum):
    """What can be done with an uppdrag; the value is the verb of its event."""

    CREATE = "created"
    CHANGE = "changed"
    ADD_ACCOUNT = "account-added"
    CHANGE_ACCOUNT = "account-changed"
    START_PAPER = "account-begun"
    POSTPONE = "account-postponed"
    SETTLE_PARTIAL = "account-settled"
    SETTLE_FINAL = "finally-settled"
    CORRECT_DECISION = "decision-corrected"
    FULFIL = "obligation-fulfilled"
    CLOSE = "closed"


@dataclass(frozen=True)
class Transition:
    action: Action
    source: AssignmentState | None
    """None: the uppdrag begins with it."""
    target: AssignmentState
    needs_reason: bool = False


PAGAR, DELREDOVISAT = AssignmentState.PAGAR, AssignmentState.DELREDOVISAT
SLUTREDOVISAT, AVSLUTAT = AssignmentState.SLUTREDOVISAT, AssignmentState.AVSLUTAT

TRANSITIONS = (
    Transition(Action.CREATE, None, PAGAR),
    Transition(Action.CHANGE, PAGAR, PAGAR),
    Transition(Action.CHANGE, DELREDOVISAT, DELREDOVISAT),
    Transition(Action.ADD_ACCOUNT, PAGAR, PAGAR),
    Transition(Action.ADD_ACCOUNT, DELREDOVISAT, DELREDOVISAT),
    Transition(Action.CHANGE_ACCOUNT, PAGAR, PAGAR, needs_reason=True),
    Transition(Action.CHANGE_ACCOUNT, DELREDOVISAT, DELREDOVISAT, needs_reason=True),
    Transition(Action.START_PAPER, PAGAR, PAGAR),
    Transition(Action.START_PAPER, DELREDOVISAT, DELREDOVISAT),
    Transition(Action.POSTPONE, PAGAR, PAGAR),
    Transition(Action.POSTPONE, DELREDOVISAT, DELREDOVISAT),
    # A delredovisning; or, where a group was given the uppdrag, one nämnd's of several.
    Transition(Action.SETTLE_PARTIAL, PAGAR, DELREDOVISAT),
    Transition(Action.SETTLE_PARTIAL, DELREDOVISAT, DELREDOVISAT),
    Transition(Action.SETTLE_FINAL, PAGAR, SLUTREDOVISAT),
    Transition(Action.SETTLE_FINAL, DELREDOVISAT, SLUTREDOVISAT),
    # What was recorded wrongly is put right, and what a point obliged to is done, in any state
    # but that of an uppdrag that was closed.
    Transition(Action.CORRECT_DECISION, DELREDOVISAT, DELREDOVISAT, needs_reason=True),
    Transition(Action.CORRECT_DECISION, SLUTREDOVISAT, SLUTREDOVISAT, needs_reason=True),
    Transition(Action.FULFIL, PAGAR, PAGAR),
    Transition(Action.FULFIL, DELREDOVISAT, DELREDOVISAT),
    Transition(Action.FULFIL, SLUTREDOVISAT, SLUTREDOVISAT),
    Transition(Action.CLOSE, PAGAR, AVSLUTAT, needs_reason=True),
    Transition(Action.CLOSE, DELREDOVISAT, AVSLUTAT, needs_reason=True),
)
OF_THE_ASSIGNMENT = frozenset({Action.CREATE, Action.CHANGE, Action.CLOSE})
"""Actions for who keeps the uppdrag; the others are for the nämnd that accounts."""

ONLY_ITS_OWN = "Bara nämndens nämndsekreterare eller chef sköter nämndens uppdrag."
REASON_MISSING = "Skriv varför."
CLOSED_ALREADY = {
    PAGAR: "Uppdraget pågår, och ingen redovisning är beslutad än.",
    DELREDOVISAT: "Uppdraget är delredovisat.",
    SLUTREDOVISAT: "Uppdraget är slutredovisat. Det ändras inte längre.",
    AVSLUTAT: "Uppdraget är avslutat utan redovisning. Det ändras inte längre.",
}


def find_transition(
    action: Action,
    assignment: Assignment,
    *,
    actor: User | None,
    account: Account | None = None,
    reason: str = "",
) -> Transition:
    """The transition that `action` means for `assignment` (unsaved: the one that is to be).

    actor: None for the program itself (the demo). account: whose account it is about, perhaps
    unsaved; for the actions that are about one.
    Raises NotAllowed when the person may not, NotOpen when the uppdrag is in another state, and
    Invalid when a reason is needed and there is none.
    """
    source = AssignmentState(assignment.state) if assignment.pk is not None else None
    if actor is not None and not _may(action, actor, assignment, account):
        raise NotAllowed(ONLY_ITS_OWN)
    found = (t for t in TRANSITIONS if t.action is action and t.source == source)
    transition = next(found, None)
    if transition is None:
        raise NotOpen(CLOSED_ALREADY[source] if source else "Uppdraget är inte registrerat.")
    if transition.needs_reason and not reason.strip():
        raise Invalid(REASON_MISSING, field="reason")
    return transition


def possible_actions(
    user: User, assignment: Assignment, account: Account | None = None
) -> frozenset[Action]:
    """What the person can do with the uppdrag, or with one account of it, as it is now."""
    return frozenset(
        t.action
        for t in TRANSITIONS
        if t.source == assignment.state and _may(t.action, user, assignment, account)
    )


def _may(action: Action, user: User, assignment: Assignment, account: Account | None) -> bool:
    if action in OF_THE_ASSIGNMENT:
        return may_keep(user, assignment)
    if account is None or not may_keep_account(user, account):
        return False
    # What is written in a paper is the nämndsekreterare's; a chef plans it and records decisions.
    return action is not Action.START_PAPER or may_write(user, Paper(namnd=account.namnd))
