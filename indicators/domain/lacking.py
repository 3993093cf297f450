"""What is missing in a period, nämnd by nämnd and indicator by indicator, and what deviates.

Says only whether something has been given, never what: there is nothing to protect.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.domain.consolidation import activity_results, read_period
from indicators.domain.expected import Expected
from indicators.domain.figures import ReportStatus
from indicators.domain.statuses import ActivityResult
from indicators.domain.tallies import Tally
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Category, MissingReason
from indicators.models import Period


@dataclass(frozen=True)
class LackingOfNamnd:
    """What one nämnd has not given."""

    status: ReportStatus
    state: str
    """ "Försenad", "Inlämnad", "Inte inlämnad" or "Godkänd"."""
    indicators: int
    indicators_asked: int
    goals: int
    goals_asked: int
    activities: int
    activities_asked: int

    @property
    def is_whole(self) -> bool:
        return not (self.indicators or self.goals or self.activities)


@dataclass(frozen=True)
class Silent:
    """A nämnd that has given no figure, and why."""

    namnd: str
    reason: str


@dataclass(frozen=True)
class LackingOfIndicator:
    """An indicator for which figures are missing."""

    code: str
    name: str
    reported: int
    asked: int
    silent: tuple[Silent, ...]

    @property
    def short(self) -> str:
        return f"{self.reported} av {self.asked}"


@dataclass(frozen=True)
class Lacking:
    """Everything that is missing in a period."""

    namnder: tuple[LackingOfNamnd, ...]
    """Those that lack something, in Swedish order."""
    whole: int
    """How many lack nothing."""
    indicators: tuple[LackingOfIndicator, ...]
    """Those that somebody has given no figure for, in register order."""


def read_lacking(period: Period, *, today: dt.date | None = None) -> Lacking:
    """What is missing in `period`: only approved reports count; a fixed number of queries."""
    read = read_period(period, today=today)
    now = read.now
    tallies = read_tallies(
        {period.code: now}, in_detail=[period.code], indicator_ids=list(now.definitions)
    )
    given: dict[int, dict[int | None, Tally]] = {
        pk: {t.namnd_id: t for t in tallies.get((period.code, pk, Category.TOTAL), ())}
        for pk in now.definitions
    }
    silent = {
        pk: [n for n in now.namnder if n in now.asked_of[pk] and not _is_given(given[pk].get(n))]
        for pk in now.definitions
    }
    namnder = []
    for namnd_id, status in zip(now.namnder, read.statuses, strict=True):
        goals = [pk for pk in now.goals if namnd_id in now.concerned_by[pk]]
        activities = [pk for pk, who in now.responsible_for.items() if namnd_id in who]
        namnder.append(
            LackingOfNamnd(
                status=status,
                state=_state(status),
                indicators=sum(namnd_id in silent[pk] for pk in now.definitions),
                indicators_asked=len(now.indicators_for(namnd_id)),
                goals=sum(not read.grades.get(pk, {}).get(namnd_id) for pk in goals),
                goals_asked=len(goals),
                activities=sum((period.pk, namnd_id, pk) not in read.said for pk in activities),
                activities_asked=len(activities),
            )
        )
    return Lacking(
        namnder=tuple(one for one in namnder if not one.is_whole),
        whole=sum(one.is_whole for one in namnder),
        indicators=tuple(
            LackingOfIndicator(
                code=definition.indicator.code,
                name=definition.name,
                reported=len(now.asked_of[pk]) - len(silent[pk]),
                asked=len(now.asked_of[pk]),
                silent=_silent(now, silent[pk], given[pk], read.approved),
            )
            for pk, definition in now.definitions.items()
            if silent[pk]
        ),
    )


def _is_given(tally: Tally | None) -> bool:
    return tally is not None and tally.reported > 0


def _state(status: ReportStatus) -> str:
    if status.is_approved:
        return "Godkänd"
    if status.is_submitted:
        return "Inlämnad"
    return "Försenad" if status.is_late else "Inte inlämnad"


def _silent(
    now: Expected,
    namnd_ids: Sequence[int],
    given: dict[int | None, Tally],
    approved: set[int],
) -> tuple[Silent, ...]:
    found = []
    for namnd_id in namnd_ids:
        tally = given.get(namnd_id)
        reason = "" if namnd_id in approved else "ingen godkänd rapport"
        if tally is not None and tally.missing:
            reason = str(MissingReason(tally.missing).label).lower()
        found.append(Silent(now.namnder[namnd_id].name, reason))
    return tuple(found)


# --- what deviates --------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoalDeviations:
    """The activities of a goal that deviate in any nämnd."""

    heading: str
    code: str
    programme_slug: str
    activities: tuple[ActivityResult, ...]


def read_deviations(period: Period, *, today: dt.date | None = None) -> tuple[GoalDeviations, ...]:
    """Goal by goal, those that have any; a fixed number of queries."""
    read = read_period(period, today=today)
    now = read.now
    results = activity_results(now, read.said, read.was.statuses)
    found = []
    for goal_id, goal in now.goals.items():
        deviating = tuple(
            results[a.pk] for a in now.activities_of(goal_id) if results[a.pk].deviations
        )
        if deviating:
            text = now.goal_texts[goal_id]
            heading = f"{goal.label}. {text}" if text else goal.label
            found.append(GoalDeviations(heading, goal.code, goal.programme.slug, deviating))
    return tuple(found)
