"""The states of a paper: one table of what leads where, and by whom.

utkast → under attest → attesterad; read from a paper that heads have attested, attesterad at once.
What heads are looking at, or have attested, is not edited: an edit opens a new version, and the
old one keeps its attests, which no longer hold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from organisation.models import User
from organisation.rules import may_record_decision
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.enums import PaperState
from papers.models import Paper
from papers.rules import (
    may_attest,
    may_comment,
    may_open_version,
    may_send_out,
    may_send_to_attest,
    may_share,
    may_write,
)


class Action(Enum):
    """What can be done with a paper; the value is the verb of its event."""

    START = "started"
    WRITE = "saved"
    OPEN_VERSION = "version-opened"
    SHARE = "draft-shared"
    SEND_TO_ATTEST = "sent-to-attest"
    ATTEST = "attested"
    ATTEST_LAST = "attested-by-all"
    RETURN = "returned"
    SEND_OUT = "sent-out"
    DECIDE = "decided"
    POSTPONE = "postponed"
    REMIT = "remitted"
    DISPATCH = "dispatched"
    READ_IN = "read-in"
    READ_IN_ATTESTED = "read-in-attested"
    RESTORE = "restored"
    COMMENT = "commented"
    GIVE = "section-given"
    CONSULT = "consulted"


WRITES = frozenset(
    {
        Action.START,
        Action.WRITE,
        Action.OPEN_VERSION,
        Action.SHARE,
        Action.READ_IN,
        Action.READ_IN_ATTESTED,
        Action.RESTORE,
        Action.RETURN,
    }
)
"""What makes a save: it writes in the current version, or opens one."""


@dataclass(frozen=True)
class Transition:
    action: Action
    source: PaperState | None
    """None: the paper begins with it."""
    target: PaperState
    who: Callable[[User, Paper], bool]
    """The named rule that the person must pass."""
    needs_reason: bool = False


UTKAST, ATTESTERAD = PaperState.UTKAST, PaperState.ATTESTERAD
UNDER_ATTEST = PaperState.UNDER_ATTEST
UTSKICKAD, BESLUTAD = PaperState.UTSKICKAD, PaperState.BESLUTAD
EXPEDIERAD = PaperState.EXPEDIERAD
BORDLAGD, ATERREMITTERAD = PaperState.BORDLAGD, PaperState.ATERREMITTERAD

TRANSITIONS = (
    Transition(Action.START, None, UTKAST, may_write),
    Transition(Action.WRITE, UTKAST, UTKAST, may_write),
    Transition(Action.OPEN_VERSION, UNDER_ATTEST, UTKAST, may_open_version, needs_reason=True),
    Transition(Action.OPEN_VERSION, ATTESTERAD, UTKAST, may_open_version, needs_reason=True),
    # What was saved earlier becomes a new version, and nothing in between is lost.
    Transition(Action.RESTORE, UTKAST, UTKAST, may_open_version, needs_reason=True),
    Transition(Action.RESTORE, UNDER_ATTEST, UTKAST, may_open_version, needs_reason=True),
    Transition(Action.RESTORE, ATTESTERAD, UTKAST, may_open_version, needs_reason=True),
    # To say something about a paper changes nothing of it, and is open as long as it is there.
    *(Transition(Action.COMMENT, state, state, may_comment) for state in PaperState),
    Transition(Action.GIVE, UTKAST, UTKAST, may_write),
    # Who was consulted is known also after the heads have begun to read, until it is sent out.
    *(
        Transition(Action.CONSULT, state, state, may_write)
        for state in (UTKAST, UNDER_ATTEST, ATTESTERAD, BORDLAGD, ATERREMITTERAD)
    ),
    Transition(Action.SEND_TO_ATTEST, UTKAST, UNDER_ATTEST, may_send_to_attest),
    Transition(Action.ATTEST, UNDER_ATTEST, UNDER_ATTEST, may_attest),
    Transition(Action.ATTEST_LAST, UNDER_ATTEST, ATTESTERAD, may_attest),
    Transition(Action.RETURN, UNDER_ATTEST, UTKAST, may_attest, needs_reason=True),
    # What has been sent out or has come back is written in again in a new version.
    Transition(Action.OPEN_VERSION, UTSKICKAD, UTKAST, may_open_version, needs_reason=True),
    Transition(Action.OPEN_VERSION, BORDLAGD, UTKAST, may_open_version, needs_reason=True),
    Transition(Action.OPEN_VERSION, ATERREMITTERAD, UTKAST, may_open_version, needs_reason=True),
    Transition(Action.SEND_OUT, ATTESTERAD, UTSKICKAD, may_send_out),
    Transition(Action.SEND_OUT, BORDLAGD, UTSKICKAD, may_send_out),
    Transition(Action.DECIDE, UTSKICKAD, BESLUTAD, may_record_decision),
    Transition(Action.POSTPONE, UTSKICKAD, BORDLAGD, may_record_decision),
    Transition(Action.REMIT, UTSKICKAD, ATERREMITTERAD, may_record_decision),
    Transition(Action.DISPATCH, BESLUTAD, EXPEDIERAD, may_send_out),
    # Sending one version to another nämnd for comment moves nothing.
    Transition(Action.SHARE, UTKAST, UTKAST, may_share),
    Transition(Action.SHARE, UNDER_ATTEST, UNDER_ATTEST, may_share),
    Transition(Action.SHARE, ATTESTERAD, ATTESTERAD, may_share),
    # A paper that is read in from a file is a new version, whatever there was before.
    Transition(Action.READ_IN, None, UTKAST, may_write),
    Transition(Action.READ_IN, UTKAST, UTKAST, may_write),
    Transition(Action.READ_IN, UNDER_ATTEST, UTKAST, may_write),
    Transition(Action.READ_IN, ATTESTERAD, UTKAST, may_write),
    Transition(Action.READ_IN_ATTESTED, None, ATTESTERAD, may_write),
    Transition(Action.READ_IN_ATTESTED, UTKAST, ATTESTERAD, may_write),
    Transition(Action.READ_IN_ATTESTED, UNDER_ATTEST, ATTESTERAD, may_write),
    Transition(Action.READ_IN_ATTESTED, ATTESTERAD, ATTESTERAD, may_write),
)

ONLY_INSIDE = "Bara den som arbetar i nämnden kan kommentera handlingen."
ONLY_SECRETARIES = "Bara nämndens nämndsekreterare kan skriva i handlingen."
ATTESTED = (
    "Handlingen är attesterad. Öppna en ny version för att ändra den; "
    "den attesterade versionen finns kvar."
)
AT_ATTEST = (
    "Handlingen är under attest. Öppna en ny version för att ändra den; "
    "den version som cheferna läser finns kvar."
)
NOT_ATTESTED = "Handlingen är ett utkast och kan ändras som den är. Ingen ny version behövs."
REASON_MISSING = "Skriv varför en ny version behövs."
ONLY_HEADS = "Bara nämndens chefer attesterar handlingen."
NOT_AT_ATTEST = "Handlingen är inte under attest."
ALREADY_SENT = "Handlingen är redan skickad till attest."

AT_THE_NAMND = "Handlingen ligger hos nämnden, så samråden står som de är."
NOT_READY = "Bara en attesterad handling skickas ut till sammanträdet."
NOT_DECIDED = "Handlingen expedieras när nämndens beslut är registrerat."
NOT_SENT_OUT = "Handlingen är inte utskickad till något sammanträde, eller är redan beslutad."
SENT_OUT = (
    "Handlingen har skickats ut till nämnden. Öppna en ny version för att ändra den; "
    "den som skickades ut finns kvar."
)
DECIDED = "Nämnden har beslutat, så handlingen ändras inte längre."
ONLY_ITS_OWN = "Bara nämndens nämndsekreterare eller chef registrerar vad nämnden har beslutat."

_DECIDING = (Action.DECIDE, Action.POSTPONE, Action.REMIT)
_ATTESTING = (Action.ATTEST, Action.ATTEST_LAST, Action.RETURN)


def why_not(action: Action, source: PaperState | None) -> str:
    """Why the action does not go in that state."""
    if action in _ATTESTING:
        return NOT_AT_ATTEST
    if action is Action.SEND_TO_ATTEST:
        return ALREADY_SENT
    if action is Action.CONSULT:
        return AT_THE_NAMND
    if action is Action.DISPATCH:
        return NOT_DECIDED
    if action is Action.SEND_OUT:
        return NOT_READY
    if action in _DECIDING:
        return NOT_SENT_OUT
    if source in (UTSKICKAD, BORDLAGD, ATERREMITTERAD):
        return SENT_OUT
    if source in (BESLUTAD, EXPEDIERAD):
        return DECIDED
    if source == UNDER_ATTEST:
        return AT_ATTEST
    return ATTESTED if source == ATTESTERAD else NOT_ATTESTED


def _who(action: Action) -> str:
    """Whose the action is."""
    if action is Action.COMMENT:
        return ONLY_INSIDE
    if action in _DECIDING:
        return ONLY_ITS_OWN
    return ONLY_HEADS if action in _ATTESTING else ONLY_SECRETARIES


def find_transition(
    action: Action, paper: Paper, *, actor: User | None, reason: str = ""
) -> Transition:
    """The transition that `action` means for `paper` (unsaved: the paper that is to be).

    actor: None for the program itself, such as a command run from the shell.
    Raises NotAllowed when the person may not, NotOpen when the paper is in another state, and
    InvalidContent when a reason is needed and there is none.
    """
    source = PaperState(paper.state) if paper.pk is not None else None
    found = [t for t in TRANSITIONS if t.action is action]
    if actor is not None and not any(t.who(actor, paper) for t in found):
        raise NotAllowed(_who(action))
    transition = next((t for t in found if t.source == source), None)
    if transition is None:
        raise NotOpen(why_not(action, source))
    if transition.needs_reason and not reason.strip():
        raise InvalidContent(REASON_MISSING)
    return transition


def possible_actions(user: User, paper: Paper) -> frozenset[Action]:
    """What the person can do with the paper as it is now."""
    return frozenset(
        t.action for t in TRANSITIONS if t.source == paper.state and t.who(user, paper)
    )


def is_open_for(action: Action, paper: Paper) -> bool:
    """Whether the paper's state lets the action be done, by whoever may."""
    return any(t.action is action and t.source == paper.state for t in TRANSITIONS)
