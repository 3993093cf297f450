"""The answers of the ledger of expected cells: lines, changes, what is to be done, the matrix."""

import datetime as dt
from dataclasses import dataclass

from indicators.domain.planned import Aim
from indicators.models import (
    Adoption,
    Indicator,
    Period,
)
from organisation.domain.days import ONE_DAY
from organisation.models import Namnd, NamndSuccession
from programme.enums import ResponsibilityKind
from programme.models import Activity, Goal


@dataclass(frozen=True)
class Late:
    """A nämnd whose report is not handed in though its day has passed."""

    namnd: Namnd
    expected: int
    """How many activities and indicators it is to account for."""
    state: str
    """The report's state; "" when it is not begun."""


@dataclass(frozen=True)
class Line:
    """One activity or indicator that a nämnd answers for in a period."""

    code: str
    text: str
    programme_slug: str
    """Of an activity; "" for an indicator."""
    kind: str
    kind_label: str
    through: str
    """The group through which it was laid; "" when the nämnd is named."""
    valid_from: dt.date | None
    decision: str
    is_example: bool
    """The responsibility is an example, whatever it is for."""
    from_whom: tuple[str, ...]
    """Short names of those it was taken over from this year."""
    is_adopted: bool | None
    """Whether the nämnd has adopted it for the year; None while no decision is registered."""
    aim: Aim | None
    """The year's årsmål, of an indicator that has one."""
    unit: str
    """Of an indicator."""

    @property
    def takes_part(self) -> bool:
        return self.kind == ResponsibilityKind.MEDVERKANDE


@dataclass(frozen=True)
class GoalLines:
    goal: Goal
    text: str
    """As it read on the period's last day."""
    activities: tuple[Line, ...]
    indicators: tuple[Line, ...]
    own_activities: tuple[str, ...]
    """What the nämnd has decided to do towards the goal of its own accord."""


@dataclass(frozen=True)
class Heir:
    """One that came before or after, and the day of the change."""

    namnd: Namnd
    on: dt.date

    @property
    def last_day(self) -> dt.date:
        """Of one that came before."""
        return self.namnd.valid_to or self.on - ONE_DAY


@dataclass(frozen=True)
class Change:
    """A difference between two periods, in words for a list."""

    text: str
    code: str
    programme_slug: str
    who: str
    decision: str
    kind_label: str


@dataclass(frozen=True)
class Changes:
    before: Period | None
    """The same period a year earlier; None when there is none to compare with."""
    begun: tuple[Change, ...] = ()
    ended: tuple[Change, ...] = ()
    altered: tuple[Change, ...] = ()
    successions: tuple[NamndSuccession, ...] = ()
    """Who became whom in between: groups are other nämnder from then on."""

    @property
    def is_empty(self) -> bool:
        return not (self.begun or self.ended or self.altered or self.successions)


@dataclass(frozen=True)
class Todo:
    """ "Vad ska vår nämnd göra?" for one nämnd and period."""

    namnd: Namnd
    period: Period
    exists: bool
    """Whether the nämnd exists on the period's last day; if not, nothing is asked of it."""
    goals: tuple[GoalLines, ...]
    predecessors: tuple[Heir, ...]
    successors: tuple[Heir, ...]
    took_over: tuple[Heir, ...]
    """Whom the nämnd succeeded in the period's year, by the period's last day."""
    changes: Changes
    adoption: Adoption | None
    """The nämnd's decision on its verksamhetsplan for the year, once it is registered."""
    due_on: dt.date | None
    """When the nämnd is to hand in the period, with the extra time that it has been given."""

    @property
    def lines(self) -> list[Line]:
        """Each line once, though an indicator may stand under several goals."""
        found: dict[tuple[str, str], Line] = {}
        for goal in self.goals:
            for line in (*goal.activities, *goal.indicators):
                found.setdefault((line.programme_slug, line.code), line)
        return list(found.values())

    @property
    def activities(self) -> int:
        return sum(bool(line.programme_slug) for line in self.lines)

    @property
    def indicators(self) -> int:
        return sum(not line.programme_slug for line in self.lines)

    @property
    def taken_over(self) -> int:
        return sum(bool(line.from_whom) for line in self.lines)

    @property
    def not_adopted(self) -> int:
        """How much of it the nämnd has not adopted, as far as its plan is registered."""
        return sum(line.is_adopted is False for line in self.lines)

    @property
    def own_activities(self) -> int:
        return sum(len(goal.own_activities) for goal in self.goals)


@dataclass(frozen=True)
class MatrixCell:
    activities: int = 0
    indicators: int = 0
    takes_part: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.activities or self.indicators or self.takes_part)


@dataclass(frozen=True)
class MatrixRow:
    namnd: Namnd
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    period: Period
    goals: tuple[Goal, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Unclaimed:
    """What nobody answers for in a period."""

    activities: tuple[Activity, ...]
    indicators: tuple[Indicator, ...]


# One query each ---------------------------------------------------------------------------------
