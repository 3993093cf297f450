"""The states of the follow-up as a report: one table of what leads where, and by whom.

utkast → fastställd → beslutad. What is fixed stands; a report that is opened again goes on as a
draft beside its fixed versions, and becomes the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from indicators.domain.errors import NotAllowed, NotOpen
from indicators.enums import FollowupState
from indicators.models import FollowupReport
from indicators.rules import may_comment_followup, may_decide_followup, may_write_followup
from organisation.models import User


class Action(Enum):
    """What can be done with a report; the value is the verb of its event."""

    WRITE = "written"
    GRADE = "graded"
    COMMENT = "commented"
    FIX = "fixed"
    REOPEN = "reopened"
    DECIDE = "decided"


@dataclass(frozen=True)
class Transition:
    action: Action
    source: FollowupState
    target: FollowupState
    who: Callable[[User, FollowupReport], bool]
    """The named rule that the person must pass."""


_DRAFT, _FIXED, _DECIDED = FollowupState.UTKAST, FollowupState.FASTSTALLD, FollowupState.BESLUTAD
TRANSITIONS = (
    Transition(Action.WRITE, _DRAFT, _DRAFT, may_write_followup),
    Transition(Action.GRADE, _DRAFT, _DRAFT, may_write_followup),
    Transition(Action.COMMENT, _DRAFT, _DRAFT, may_comment_followup),
    Transition(Action.FIX, _DRAFT, _FIXED, may_write_followup),
    Transition(Action.REOPEN, _FIXED, _DRAFT, may_write_followup),
    Transition(Action.REOPEN, _DECIDED, _DRAFT, may_write_followup),
    # A decision is on one version: it moves the report when that version is the latest, and the
    # report has not been opened again. A nämnd may decide on a report more than once.
    Transition(Action.DECIDE, _FIXED, _DECIDED, may_decide_followup),
    Transition(Action.DECIDE, _DECIDED, _DECIDED, may_decide_followup),
    Transition(Action.DECIDE, _DRAFT, _DRAFT, may_decide_followup),
)
REFUSALS = {
    Action.WRITE: "Du läser rapporten. Den skrivs av {who}.",
    Action.GRADE: "Stadens bedömning sätts av programmets samordnare.",
    Action.COMMENT: "Bara de som arbetar med rapporten kan kommentera utkastet.",
    Action.FIX: "Rapporten fastställs av {who}.",
    Action.REOPEN: "Rapporten öppnas igen av {who}.",
    Action.DECIDE: "Bara nämndens nämndsekreterare registrerar beslutet om rapporten.",
}
IS_FIXED = (
    "Rapporten är fastställd och kan inte ändras. Öppna den igen om något ska med i en ny version."
)
IS_DRAFT = "Rapporten är redan öppen."


def find_transition(action: Action, report: FollowupReport, *, actor: User) -> Transition:
    """The transition that `action` means for `report` as it stands.

    Raises NotAllowed when the person may not, NotOpen when the report is not in a state for it.
    """
    of_action = [t for t in TRANSITIONS if t.action is action]
    if not of_action[0].who(actor, report) or (action is Action.GRADE and not report.is_citys):
        raise NotAllowed(REFUSALS[action].format(who=makers(report)))
    found = next((t for t in of_action if t.source == report.state), None)
    if found is None:
        raise NotOpen(IS_DRAFT if action is Action.REOPEN else IS_FIXED)
    return found


def possible_actions(user: User, report: FollowupReport) -> frozenset[Action]:
    """What the person can do with the report now."""
    return frozenset(
        t.action
        for t in TRANSITIONS
        if t.source == report.state
        and t.who(user, report)
        and (t.action is not Action.GRADE or report.is_citys)
    )


def makers(report: FollowupReport) -> str:
    """Who makes the report, as in a sentence."""
    if report.is_citys:
        return "programmets samordnare"
    return "nämndens granskare och nämndsekreterare"
