"""What the pages of the programmes are made of."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format

from organisation.models import Namnd
from programme.models import Activity, Goal, Programme, Wording


@dataclass(frozen=True)
class AsOf:
    """The day that a programme is read as of: the one asked for, while the programme runs.

    One that has ended is read as of its last day, one that is to come as of its first: who
    answered for it is not who would do so today.
    """

    on: dt.date
    has_ended: bool = False
    is_to_come: bool = False

    @classmethod
    def within(cls, programme: Programme, day: dt.date) -> "AsOf":
        if day > programme.last_day:
            return cls(programme.last_day, has_ended=True)
        if day < programme.first_day:
            return cls(programme.first_day, is_to_come=True)
        return cls(day)

    @property
    def words(self) -> str:
        """ "i dag", or "den 31 december 2025"; pages are asked for as of today."""
        if self.has_ended or self.is_to_come:
            return f"den {date_format(self.on, 'j F Y')}"
        return "i dag"


class NotFound(LookupError):
    """There is no such programme, goal or activity."""


@dataclass(frozen=True)
class Responsible:
    """One that answers for something: a nämnd, or a group as the programme names it."""

    label: str
    namnder: tuple[Namnd, ...] = ()
    """Who the group is on the day asked for, in Swedish order; empty for a single nämnd."""
    ceased_on: dt.date | None = None
    """The last day of a single nämnd that is no more on the day asked for."""
    takes_part: bool = False
    """It is not the one responsible."""


@dataclass(frozen=True)
class GoalName:
    """A goal as others point at it."""

    programme_slug: str
    programme: str
    code: str
    """ "4", or "4.2" for a delmål."""
    label: str
    """ "Mål 4", or "Delmål 4.2"."""
    text: str
    """ "" where it is known that there is a goal, but not what it says."""
    is_example: bool

    @property
    def heading(self) -> str:
        return f"{self.label}. {self.text}" if self.text else self.label


@dataclass(frozen=True)
class GoalRow(GoalName):
    pk: int
    number: int
    activities: int
    """Its own; those of its delmål are counted there."""
    parts: tuple["GoalRow", ...]


@dataclass(frozen=True)
class Correspondence:
    """How a programme's goals correspond to those of another."""

    programme: Programme
    rows: tuple[tuple[GoalName, tuple[GoalName, ...]], ...]
    """Each of our goals, with those of the other; none when it has no counterpart."""
    alone: tuple[GoalName, ...]
    """Goals of the other that correspond to none of ours."""


@dataclass(frozen=True)
class ProgrammePage:
    programme: Programme
    violence_types: tuple[str, ...]
    perspectives: tuple[str, ...]
    goals: tuple[GoalRow, ...]
    activities: int
    """How many activities the goals have together."""
    correspondences: tuple[Correspondence, ...]
    as_of: AsOf


@dataclass(frozen=True)
class WordingNote:
    """What a text has said for a time."""

    text: str
    first: dt.date | None
    """None: since the beginning."""
    last: dt.date | None
    """None: still."""
    decision: str
    source: str
    reason: str = ""
    """Why it was corrected; "" for what was decided."""


@dataclass(frozen=True)
class PreconditionRow:
    """What must be in place."""

    pk: int
    text: str
    source: str
    is_example: bool
    valid_from: dt.date | None
    valid_to: dt.date | None
    holds: bool
    """Whether it holds on the day asked for."""


@dataclass(frozen=True)
class Counterpart:
    """A goal of another programme that corresponds."""

    link_pk: int
    goal: GoalName
    source: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    holds: bool


@dataclass(frozen=True)
class ActivityRow:
    pk: int
    code: str
    text: str
    source: str
    is_example: bool
    responsible: tuple[Responsible, ...]
    violence_types: tuple[str, ...]
    perspectives: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    holds: bool
    """Whether it holds on the day asked for."""
    history: tuple[WordingNote, ...] = ()
    """Empty when the text has never changed."""


@dataclass(frozen=True)
class Days:
    """From when to when something holds, and whether it does on the day asked for."""

    valid_from: dt.date | None
    valid_to: dt.date | None
    holds: bool


@dataclass(frozen=True)
class GoalPage:
    programme: Programme
    goal: Goal
    name: GoalName
    wording: Wording
    history: tuple[WordingNote, ...]
    """Empty when the text has never changed."""
    source: str
    preconditions: tuple[PreconditionRow, ...]
    violence_types: tuple[str, ...]
    perspectives: tuple[str, ...]
    counterparts: tuple[Counterpart, ...]
    without_counterpart: tuple[str, ...]
    """Programmes that correspond to this one, but have no goal like this."""
    activities: tuple[ActivityRow, ...]
    parent: GoalName | None
    parts: tuple[GoalName, ...]
    earlier: str | None
    """Code of the goal before this one, at the same level; None for the first."""
    later: str | None

    days: Days
    as_of: AsOf

    @property
    def code(self) -> str:
        return self.name.code

    @property
    def text(self) -> str:
        return self.wording.text


@dataclass(frozen=True)
class ActivityPage:
    programme: Programme
    goal: Goal
    goal_name: GoalName
    found: Activity
    activity: ActivityRow
    wording: Wording
    history: tuple[WordingNote, ...]
    as_of: AsOf
