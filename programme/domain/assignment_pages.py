"""What the pages on uppdrag are given: each a picture of one thing, on one day, for one reader."""

import datetime as dt
from dataclasses import dataclass

from organisation.domain.due import days_text
from organisation.models import Decision, DecisionPoint
from programme.domain.assignment_workflow import Action
from programme.models import Account, Assignment, Obligation, Programme
from trace.domain.history import Line


@dataclass(frozen=True)
class Deadline:
    """A day, and how far it is. None where no day is known."""

    on: dt.date | None
    as_written: str
    days: int | None

    @property
    def is_late(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def text(self) -> str:
        return "" if self.days is None else days_text(self.days)


@dataclass(frozen=True)
class Row:
    """One uppdrag in the list."""

    assignment: Assignment
    responsible: str
    partners: tuple[str, ...]
    origin: str
    next_what: str
    """What is due next: "Slutredovisning", "Uppdraget", or "" when nothing is."""
    deadline: Deadline
    is_mine: bool


@dataclass(frozen=True)
class Filter:
    """Which uppdrag to show: whose, in what state. Empty: all."""

    state: str = ""
    """"", "oppna", "forsenade" or "klara"."""
    whose: str = ""
    """"", "mina", or the code of a nämnd."""


@dataclass(frozen=True)
class DecisionView:
    decision: Decision
    points: tuple[DecisionPoint, ...]
    postpones: bool
    earlier: Decision | None
    """The row that it corrects."""


@dataclass(frozen=True)
class AccountLine:
    account: Account
    state: str
    """Swedish: "Beslutad", "Uppskjuten", "Försenad", "Inte beslutad"; inside the nämnd also
    whether it is begun."""
    deadline: Deadline
    decisions: tuple[DecisionView, ...]
    is_inside: bool
    may_start: bool
    actions: frozenset[Action]

    @property
    def may_decide(self) -> bool:
        return Action.POSTPONE in self.actions and not self.account.is_settled

    @property
    def may_move(self) -> bool:
        return Action.CHANGE_ACCOUNT in self.actions and not self.account.is_settled

    @property
    def may_correct(self) -> bool:
        return Action.CORRECT_DECISION in self.actions and self.account.is_settled


@dataclass(frozen=True)
class ObligationLine:
    obligation: Obligation
    deadline: Deadline
    done_on: dt.date | None
    may_fulfil: bool


@dataclass(frozen=True)
class GoalView:
    """A goal that an uppdrag works towards."""

    programme: Programme
    code: str
    """As in its address: "4", or "4.2" for a delmål."""
    label: str
    text: str
    """The wording of today."""
    source: str
    """Who says that the uppdrag works towards it."""


@dataclass(frozen=True)
class AssignmentPage:
    row: Row
    accounts: tuple[AccountLine, ...]
    obligations: tuple[ObligationLine, ...]
    goals: tuple[GoalView, ...]
    history: list[Line] | None
    """What happened, newest first; None for who is outside."""
    may_change: bool
    may_close: bool
    may_add: bool

    @property
    def assignment(self) -> Assignment:
        return self.row.assignment


@dataclass(frozen=True)
class TowardsGoal:
    """One uppdrag in the list of those that work towards a goal."""

    row: Row
    source: str
    """Who says that it does."""


@dataclass(frozen=True)
class DueOf:
    """What is due of one nämnd in an uppdrag, and when."""

    what: str
    """Swedish: "Slutredovisning", the words of an obligation, or "Uppdraget"."""
    deadline: Deadline


@dataclass(frozen=True)
class LaidOn:
    """An open uppdrag as it concerns one nämnd."""

    assignment: Assignment
    origin: str
    through: str
    """The group that it is laid on; "" when the nämnd is named."""
    due: tuple[DueOf, ...]
    """The nearest first."""
