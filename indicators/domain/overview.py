"""The first page of a follow-up: how the goals stand, and three things that stand out.

What stands out is found by rules that are stated beside it, in a fixed order, from figures that
have passed disclosure control: the same figures always give the same three. No rule weighs one
goal's importance against another's; that is for people.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.comparing import UNEQUAL
from indicators.domain.consolidation import Ground, Wanted, followup_from, read_ground
from indicators.domain.disclosure import Audience
from indicators.domain.figures import (
    Followup,
    GoalResult,
    IndicatorResult,
    corrected_sentence,
    describe,
)
from indicators.domain.numbers import format_number
from indicators.models import Period

MOST_SHOWN = 3
LEAST_CHANGE = 10
"""Per cent of the earlier figure, or percentage points: a smaller change does not stand out."""


@dataclass(frozen=True)
class Standout:
    """One thing that stands out, and by which rule."""

    kind: str
    """Which rule found it: "bedomning", "forandring", "arsmal", "avviker" or "saknas"."""
    text: str
    rule: str
    """The rule in words, to stand beside it."""
    goal: GoalResult
    indicator_code: str = ""
    """"" where it is about the goal."""


@dataclass(frozen=True)
class GoalCoverage:
    """One goal in the overview, and how many of the figures that are asked for have come in."""

    goal: GoalResult
    reported: int
    asked: int

    @property
    def short(self) -> str:
        return f"{self.reported} av {self.asked}"


@dataclass(frozen=True)
class Overview:
    """The first page of a follow-up. Its indicators are not opened down to their parts."""

    followup: Followup
    goals: tuple[GoalCoverage, ...]
    standouts: tuple[Standout, ...]
    corrected_sentence: str


def read_overview(
    period: Period,
    *,
    audience: Audience,
    history: Sequence[Period] | None = None,
    today: dt.date | None = None,
) -> Overview:
    """The overview of `period` as `audience` may see it; arguments as by `consolidate`."""
    ground = read_ground(period, audience=audience, history=history, wanted=Wanted(opened=False))
    followup = followup_from(ground, today=today, opened=False)
    return Overview(
        followup=followup,
        goals=tuple(_coverage(goal) for goal in followup.goals),
        standouts=find_standouts(followup),
        corrected_sentence=corrected_sentence(
            _corrected_figures(ground),
            sum(len(goal.corrected_grades) for goal in followup.goals),
            sum(len(goal.corrected_states) for goal in followup.goals),
        ),
    )


def _coverage(goal: GoalResult) -> GoalCoverage:
    covered = [result.coverage for result in goal.indicators]
    return GoalCoverage(goal, sum(c.reported for c in covered), sum(c.asked for c in covered))


def _corrected_figures(ground: Ground) -> int:
    wanted = set(ground.indicator_ids)
    return sum(
        tally.corrections
        for (code, indicator_id, _), tallies in ground.book.tallies.items()
        if code == ground.period.code and indicator_id in wanted
        for tally in tallies
    )


# --- what stands out ------------------------------------------------------------------------------


def find_standouts(followup: Followup) -> tuple[Standout, ...]:
    """At most three, one by each rule: the first rules that find anything."""
    found = (rule(followup) for rule in RULES)
    return tuple(one for one in found if one is not None)[:MOST_SHOWN]


def _results(followup: Followup) -> Iterator[tuple[GoalResult, IndicatorResult]]:
    """Every indicator once, under the first goal that it measures."""
    seen: set[str] = set()
    for goal in followup.goals:
        for result in goal.indicators:
            if result.code not in seen:
                seen.add(result.code)
                yield goal, result


def _worst_judged(followup: Followup) -> Standout | None:
    judged = [goal for goal in followup.goals if goal.grades.ej + goal.grades.delvis]
    if not judged:
        return None

    def weight(goal: GoalResult) -> Decimal:
        return Decimal(2 * goal.grades.ej + goal.grades.delvis) / goal.grades.judged

    goal = max(judged, key=weight)  # of several alike the first
    return Standout(
        "bedomning",
        f"{goal.label}: {goal.grades.sentence}",
        "Det mål som flest nämnder bedömer uppfylls delvis eller ej, av dem som har bedömt det. "
        "Ej väger dubbelt mot delvis.",
        goal,
    )


def _greatest_change(followup: Followup) -> Standout | None:
    """Of those that may be compared: the same definition, and as many nämnder behind both."""
    changed = []
    for goal, result in _results(followup):
        size = _size_of_change(result)
        if size is not None and size >= LEAST_CHANGE:
            changed.append((size, goal, result))
    if not changed:
        return None
    size, goal, result = max(changed, key=lambda one: one[0])
    comparison = result.comparison
    if comparison is None or comparison.cell is None:
        raise AssertionError("What has changed has been compared.")
    return Standout(
        "forandring",
        f"{result.name_and_unit}: {describe(result.cells.total)}, mot "
        f"{describe(comparison.cell)} i {comparison.period_code} ({comparison.change}).",
        "Den indikator som har ändrats mest sedan den period som den jämförs med, i procent av "
        "värdet då (andelar: i procentenheter). Bara de räknas som har samma definition och lika "
        f"många nämnder bakom båda värdena, och bara ändringar på minst {LEAST_CHANGE}.",
        goal,
        result.code,
    )


def _size_of_change(result: IndicatorResult) -> Decimal | None:
    """In per cent of what it was, or in percentage points; None where it cannot be said."""
    comparison = result.comparison
    if comparison is None or comparison.cell is None or UNEQUAL in comparison.change:
        return None
    now, then = result.cells.total.value, comparison.cell.value
    if now is None or then is None or comparison.coverage.short != result.coverage.short:
        return None
    if "procentenheter" in comparison.change or comparison.change == "oförändrat":
        return abs(now - then)
    return abs(now - then) * 100 / then if then else None


def _farthest_from_target(followup: Followup) -> Standout | None:
    missed = []
    for goal, result in _results(followup):
        target, value = result.target, result.cells.total.value
        if target is None or value is None or not target.value:
            continue
        if target.verdict in ("inte uppnått", "överskridet"):
            distance = abs(value - target.value) * 100 / target.value
            missed.append((distance, goal, result, target))
    if not missed:
        return None
    _, goal, result, target = max(missed, key=lambda one: one[0])
    return Standout(
        "arsmal",
        f"{result.name_and_unit}: {describe(result.cells.total)}. Årsmålet är "
        f"{format_number(target.value)}: {target.verdict}.",
        "Den indikator som ligger längst från sitt årsmål, i procent av årsmålet. Det som räknas "
        "hittills i år och kan hinna nås är inte med.",
        goal,
        result.code,
    )


def _most_deviating(followup: Followup) -> Standout | None:
    deviating = [
        (len(activity.deviations), goal, activity)
        for goal in followup.goals
        for activity in goal.deviating
    ]
    if not deviating:
        return None
    _, goal, activity = max(deviating, key=lambda one: one[0])
    return Standout(
        "avviker",
        f"{activity.text} {_sentence_of(activity.counts.of_activity_sentence)}",
        "Den aktivitet som avviker från planen i flest nämnder.",
        goal,
    )


def _sentence_of(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."


def _least_covered(followup: Followup) -> Standout | None:
    lacking = [
        (Decimal(result.coverage.reported) / result.coverage.asked, goal, result)
        for goal, result in _results(followup)
        if result.coverage.reported < result.coverage.asked
    ]
    if not lacking:
        return None
    _, goal, result = min(lacking, key=lambda one: one[0])
    return Standout(
        "saknas",
        f"{result.name_and_unit}: {result.coverage.text}.",
        "Den indikator som minst andel av nämnderna har lämnat uppgift om, av dem som ska.",
        goal,
        result.code,
    )


RULES = (
    _worst_judged,
    _greatest_change,
    _farthest_from_target,
    _most_deviating,
    _least_covered,
)
