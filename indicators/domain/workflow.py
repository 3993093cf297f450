"""The states of a report: one table of what leads where, by whom, and when.

utkast → inlämnad → (återsänd → inlämnad) → godkänd → låst. A submitted report goes to the nämnd's
own granskare; only an approved one leaves the nämnd. What was handed in never changes: to send it
back, to take it back and to correct it all open a new version, with a reason.

A correction is a draft beside the approved version, which counts until the draft in its turn has
been approved. While the period is open the nämnd begins one itself; afterwards the coordinator
lets it, for that nämnd and through a day. One that is given up leaves the approved version as it
was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from indicators.domain.errors import NotAllowed, NotOpen
from indicators.enums import PeriodState, ReportState, RequestState, VersionOrigin
from indicators.models import CorrectionRequest, Extension, Period, Report
from indicators.models.report import OUT_STATES
from indicators.rules import (
    may_approve,
    may_correct,
    may_fill_in,
    may_let_correct,
    may_recall,
    may_review,
    may_submit,
)
from organisation.models import User


class Action(Enum):
    """What can be done with a report; the value is the verb of its event."""

    SUBMIT = "submitted"
    RETURN = "returned"
    APPROVE = "approved"
    RECALL = "recalled"
    CORRECT = "correction-begun"
    LET_CORRECT = "correction-let"
    GIVE_UP = "correction-given-up"


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
_WHENEVER = frozenset(PeriodState)
_ONLY_FILLERS = "Bara nämndens uppgiftslämnare kan lämna in rapporten."
_ONLY_THE_NAMND = "Bara nämndens uppgiftslämnare och granskare kan rätta rapporten."
_ONLY_THE_COORDINATOR = (
    "Perioden är stängd eller låst. Bara programmets samordnare kan öppna rapporten för rättelse."
)

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
    Transition(
        # As with a return: only while somebody can go on with what was taken back.
        Action.RECALL,
        ReportState.INLAMNAD,
        ReportState.UTKAST,
        may_recall,
        _OPEN,
        "Bara nämndens uppgiftslämnare kan ta tillbaka rapporten.",
        needs_reason=True,
    ),
    Transition(
        Action.CORRECT,
        ReportState.GODKAND,
        ReportState.UTKAST,
        may_correct,
        _OPEN,
        _ONLY_THE_NAMND,
        needs_reason=True,
    ),
    Transition(
        Action.LET_CORRECT,
        ReportState.GODKAND,
        ReportState.UTKAST,
        may_let_correct,
        frozenset({PeriodState.STANGD}),
        _ONLY_THE_COORDINATOR,
        needs_reason=True,
    ),
    Transition(
        Action.LET_CORRECT,
        ReportState.LAST,
        ReportState.UTKAST,
        may_let_correct,
        frozenset({PeriodState.LAST}),
        _ONLY_THE_COORDINATOR,
        needs_reason=True,
    ),
    # Back to what counts; the report of a locked period is then locked again.
    Transition(
        Action.GIVE_UP,
        ReportState.UTKAST,
        ReportState.GODKAND,
        may_correct,
        _WHENEVER,
        _ONLY_THE_NAMND,
    ),
    Transition(
        Action.GIVE_UP,
        ReportState.ATERSAND,
        ReportState.GODKAND,
        may_correct,
        _WHENEVER,
        _ONLY_THE_NAMND,
    ),
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
    if found is None or (action is Action.GIVE_UP and not report.is_being_corrected):
        raise NotOpen(why_state_refuses(report))
    if state_for(report) not in found.periods:
        raise NotOpen(_why_not_now(report))
    return found


def possible_actions(user: User, report: Report) -> frozenset[Action]:
    """What the person can do with the report now."""
    if report.pk is None:
        return frozenset()
    period_state = state_for(report)
    return frozenset(
        t.action
        for t in TRANSITIONS
        if t.source == report.state
        and period_state in t.periods
        and t.who(user, report)
        and (t.action is not Action.GIVE_UP or report.is_being_corrected)
    )


def may_ask_to_correct(user: User, report: Report) -> bool:
    """Whether the person can ask the coordinator to open the report: it is approved and closed."""
    return (
        report.pk is not None
        and report.state in OUT_STATES
        and may_correct(user, report)
        and state_for(report) in (PeriodState.STANGD, PeriodState.LAST)
    )


def why_not_editable(report: Report) -> str:
    """Why nobody can write in the report now, as a Swedish sentence; "" when it is open."""
    if report.state not in EDITABLE:
        return why_state_refuses(report)
    if state_for(report) is PeriodState.OPPEN:
        return ""
    return _why_not_now(report)


def state_for(report: Report) -> PeriodState:
    """The state of the period as it is for this nämnd.

    A closed period is open for a nämnd that has been given more time, until that day has passed;
    so is a closed or a locked one for a report that the coordinator has opened for correction.
    When that day has passed, what has been handed in can still be approved, and nothing be
    written. Asks the database about closed and locked periods only.
    """
    state, today = PeriodState(report.period.state), timezone.localdate()
    if state is PeriodState.STANGD:
        given = Extension.objects.filter(
            period=report.period_id, namnd=report.namnd_id, until__gte=today
        )
        if given.exists():
            return PeriodState.OPPEN
    if state in (PeriodState.STANGD, PeriodState.LAST) and report.is_being_corrected:
        let = permission_of(report)
        if let is not None:
            return PeriodState.OPPEN if let.is_open_on(today) else PeriodState.STANGD
    return state


def permission_of(report: Report) -> CorrectionRequest | None:
    """The coordinator's permission for the correction that is under way; None without one."""
    if report.pk is None or not report.is_being_corrected:
        return None
    return (
        CorrectionRequest.objects.filter(
            report=report.pk,
            state=RequestState.OPPNAD,
            version__number__gt=F("report__approved__number"),
        )
        .order_by("-version__number")
        .first()
    )


def _why_not_now(report: Report) -> str:
    """Why the state of the period, for this nämnd, refuses; with the day of a permission."""
    said = why_period_refuses(report.period)
    let = permission_of(report)
    if let is None or let.until is None:
        return said
    return f"{said} Rapporten var öppen för rättelse till och med {let.until.isoformat()}."


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
        PeriodState.LAST: (
            f"{period.label} är låst. Siffrorna kan inte ändras längre."
            + (f" Orsak: {period.lock_reason}" if period.lock_reason else "")
        ),
    }[PeriodState(period.state)]


def why_state_refuses(report: Report) -> str:
    """What state the report is in, said to somebody who wanted something else of it."""
    version = report.current
    match report.state:
        case ReportState.INLAMNAD:
            when = _on(version.submitted_at, version.submitted_by) if version else ""
            return (
                f"Rapporten är inlämnad{when} och väntar på granskning. "
                "Den kan ändras igen om den som lämnade in tar tillbaka den, eller om granskaren "
                "skickar tillbaka den."
            )
        case ReportState.GODKAND:
            version = report.approved
            when = _on(version.approved_at, version.approved_by) if version else ""
            return f"Rapporten är godkänd{when} och kan inte ändras."
        case ReportState.LAST:
            why = f" Orsak: {report.period.lock_reason}" if report.period.lock_reason else ""
            return f"Rapporten är låst och kan inte ändras.{why}"
        case ReportState.ATERSAND:
            return "Rapporten är återsänd och har inte lämnats in igen."
        case _ if report.is_being_corrected:
            return "Rapporten rättas. Rättelsen har inte lämnats in än."
        case _ if version is not None and version.origin == VersionOrigin.ATERTAGEN:
            return "Rapporten är återtagen och har inte lämnats in igen."
        case _:
            return "Rapporten är ett utkast och har inte lämnats in än."


def _on(moment, person: User | None) -> str:
    if moment is None:
        return ""
    day = date_format(timezone.localtime(moment), "j F Y")
    return f" den {day} av {person}" if person else f" den {day}"
