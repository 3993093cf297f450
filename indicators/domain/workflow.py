"""The states of a report: one table of what leads where, by whom, and when.

utkast → inlämnad → (återsänd → inlämnad) → godkänd. A submitted report goes to the nämnd's own
granskare; only an approved one leaves the nämnd.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone
from django.utils.formats import date_format

from indicators.domain.errors import NotAllowed, NotOpen
from indicators.enums import PeriodState, ReportState
from indicators.models import Period, Report
from indicators.rules import may_approve, may_fill_in, may_review, may_submit
from organisation.models import User


class Action(Enum):
    """What can be done with a report; the value is the verb of its event."""

    SUBMIT = "submitted"
    RETURN = "returned"
    APPROVE = "approved"


@dataclass(frozen=True)
class Transition:
    action: Action
    source: ReportState
    target: ReportState
    who: Callable[[User, Report], bool]
    """The named rule that the person must pass."""
    periods: frozenset[PeriodState]
    """States of the period in which it can be done."""
    refusal: str
    """Said to a person who does not pass."""
    needs_reason: bool = False


_OPEN = frozenset({PeriodState.OPPEN})
# A granskare may finish the work after the period has closed, but not once it is locked.
_UNTIL_LOCKED = frozenset({PeriodState.OPPEN, PeriodState.STANGD})
_ONLY_FILLERS = "Bara nämndens uppgiftslämnare kan lämna in rapporten."

TRANSITIONS = (
    Transition(
        Action.SUBMIT, ReportState.UTKAST, ReportState.INLAMNAD, may_submit, _OPEN, _ONLY_FILLERS
    ),
    Transition(
        Action.SUBMIT, ReportState.ATERSAND, ReportState.INLAMNAD, may_submit, _OPEN, _ONLY_FILLERS
    ),
    Transition(
        # Only while the period is open: otherwise nobody could mend what was sent back.
        Action.RETURN,
        ReportState.INLAMNAD,
        ReportState.ATERSAND,
        may_review,
        _OPEN,
        "Bara nämndens granskare kan skicka tillbaka rapporten.",
        needs_reason=True,
    ),
    Transition(
        Action.APPROVE,
        ReportState.INLAMNAD,
        ReportState.GODKAND,
        may_approve,
        _UNTIL_LOCKED,
        "Bara nämndens granskare kan godkänna rapporten, och inte den som lämnade in den.",
    ),
)

# How a period moves; a database trigger holds it too.
PERIOD_MOVES = frozenset(
    {
        (PeriodState.PLANERAD, PeriodState.OPPEN),
        (PeriodState.OPPEN, PeriodState.STANGD),
        (PeriodState.OPPEN, PeriodState.LAST),
        (PeriodState.STANGD, PeriodState.OPPEN),
        (PeriodState.STANGD, PeriodState.LAST),
    }
)

EDITABLE = frozenset({ReportState.UTKAST, ReportState.ATERSAND})


def find_transition(action: Action, report: Report, *, actor: User) -> Transition:
    """The transition that `action` means for `report` as it stands.

    Raises NotAllowed when the person may not, NotOpen when the report or its period is not in
    a state for it.
    """
    of_action = [t for t in TRANSITIONS if t.action is action]
    if not any(t.who(actor, report) for t in of_action):
        raise NotAllowed(of_action[0].refusal)
    found = next((t for t in of_action if t.source == report.state), None)
    if found is None:
        raise NotOpen(why_state_refuses(report))
    if report.period.state not in found.periods:
        raise NotOpen(why_period_refuses(report.period))
    return found


def possible_actions(user: User, report: Report) -> frozenset[Action]:
    """What the person can do with the report now."""
    return frozenset(
        t.action
        for t in TRANSITIONS
        if report.pk is not None
        and t.source == report.state
        and report.period.state in t.periods
        and t.who(user, report)
    )


def why_not_editable(report: Report) -> str:
    """Why nobody can write in the report now, as a Swedish sentence; "" when it is open."""
    if report.state not in EDITABLE:
        return why_state_refuses(report)
    return why_period_refuses(report.period)


def why_not_editable_by(user: User, report: Report) -> str:
    """Why this person cannot write in the report now; "" when they can."""
    closed = why_not_editable(report)
    if closed:
        return closed
    if not may_fill_in(user, report):
        return "Du läser rapporten. Den fylls i av nämndens uppgiftslämnare."
    return ""


def why_period_refuses(period: Period) -> str:
    """Why nothing can be reported for the period; "" when it is open."""
    return {
        PeriodState.PLANERAD: f"{period.label} har inte öppnats för rapportering än.",
        PeriodState.OPPEN: "",
        PeriodState.STANGD: (
            f"{period.label} är stängd för rapportering. "
            "Vänd dig till programmets samordnare om något behöver rättas."
        ),
        PeriodState.LAST: f"{period.label} är låst. Siffrorna kan inte ändras längre.",
    }[PeriodState(period.state)]


def why_period_does_not_move(source: str, target: str) -> str:
    """Why a period in the state `source` cannot be put in `target`; "" when it can."""
    if source == target or (source, target) in PERIOD_MOVES:
        return ""
    was, wanted = PeriodState(source).label.lower(), PeriodState(target).label.lower()
    return f"En {was} period kan inte bli {wanted}."


def why_state_refuses(report: Report) -> str:
    """What state the report is in, said to somebody who wanted something else of it."""
    version = report.current
    match report.state:
        case ReportState.INLAMNAD:
            when = _on(version.submitted_at, version.submitted_by) if version else ""
            return (
                f"Rapporten är inlämnad{when} och väntar på granskning. "
                "Den kan ändras igen om granskaren skickar tillbaka den."
            )
        case ReportState.GODKAND:
            version = report.approved
            when = _on(version.approved_at, version.approved_by) if version else ""
            return f"Rapporten är godkänd{when} och kan inte ändras."
        case ReportState.LAST:
            return "Rapporten är låst och kan inte ändras."
        case ReportState.ATERSAND:
            return "Rapporten är återsänd och har inte lämnats in igen."
        case _:
            return "Rapporten är ett utkast och har inte lämnats in än."


def _on(moment, person: User | None) -> str:
    if moment is None:
        return ""
    day = date_format(timezone.localtime(moment), "j F Y")
    return f" den {day} av {person}" if person else f" den {day}"
