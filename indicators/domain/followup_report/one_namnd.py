"""One nämnd's part of the follow-up, as a follow-up of its own.

It is taken out of the city's, after protection: nothing can be read here that is not shown there.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.domain.disclosure import Cell
from indicators.domain.figures import (
    Cells,
    Comparison,
    Coverage,
    Followup,
    GoalResult,
    IndicatorResult,
    Part,
    Point,
    TargetResult,
)
from indicators.domain.followup_report.own_series import OwnSeries, with_cells
from indicators.domain.grades import GradeSummary, summarise
from indicators.domain.numbers import MINUS, format_number


@dataclass(frozen=True)
class OwnJudgement:
    """What the nämnd's approved report says of a goal."""

    grade: str
    analysis: str


def followup_of(
    followup: Followup,
    namnd_code: str,
    *,
    judgements: Mapping[str, OwnJudgement],
    series: Mapping[str, OwnSeries],
    approved_on: dt.date | None,
) -> Followup:
    """The goals that concern the nämnd, with its own figures in the place of the city's.

    judgements: by the goal's anchor. series: the nämnd's own figures in every period, and its own
    targets, by the indicator's code.
    """
    goals = tuple(
        _goal(goal, namnd_code, judgements.get(goal.anchor), series)
        for goal in followup.goals
        if _concerns(goal, namnd_code) or goal.anchor in judgements
    )
    return replace(
        followup,
        statuses=tuple(s for s in followup.statuses if s.namnd_code == namnd_code),
        goals=goals,
        is_example=any(
            part.is_example for goal in goals for r in goal.indicators for part in r.parts
        )
        or any(n.is_example for goal in goals for a in goal.activities for n in a.namnder),
        includes_companies=False,
        approved_until=approved_on,
    )


def _concerns(goal: GoalResult, code: str) -> bool:
    return any(p.namnd_code == code for r in goal.indicators for p in r.parts) or any(
        n.namnd_code == code for a in goal.activities for n in a.namnder
    )


def _goal(
    goal: GoalResult,
    code: str,
    judgement: OwnJudgement | None,
    series: Mapping[str, OwnSeries],
) -> GoalResult:
    own = [(r, p) for r in goal.indicators for p in r.parts if p.namnd_code == code]
    activities = [
        replace(activity, namnder=tuple(n for n in activity.namnder if n.namnd_code == code))
        for activity in goal.activities
    ]
    return replace(
        goal,
        grades=_grade(judgement),
        indicators=tuple(_indicator(result, part, series.get(result.code)) for result, part in own),
        activities=tuple(activity for activity in activities if activity.namnder),
        unasked=(),
        corrected_grades=tuple(c for c in goal.corrected_grades if c.namnd_code == code),
    )


def _grade(judgement: OwnJudgement | None) -> GradeSummary:
    return summarise([0], {0: judgement.grade} if judgement else {})


def _indicator(result: IndicatorResult, part: Part, own: OwnSeries | None) -> IndicatorResult:
    given = part.cells.total.is_value or not part.reason
    # In the period itself what the follow-up shows of the nämnd is what stands.
    now = result.series[-1].period_code
    points = with_cells(own.points, now, part.cells) if own else ()
    of_kind = {point.period_code for point in result.trend}
    target = own.target if own else None
    return replace(
        result,
        is_example=part.is_example,
        is_yes_no=False,
        whole_label="" if result.is_yes_no else result.whole_label,
        cells=part.cells,
        coverage=Coverage(int(given), 1, () if given else (part.namnd_name,)),
        coverage_by_sex="",
        comparison=_comparison(result, part, points),
        target=target if part.cells.total.is_value or target is None else _unsaid(target),
        parts=(part,),
        series=points,
        # A line of yes and no says nothing that the table does not say better.
        trend=()
        if result.is_yes_no
        else tuple(point for point in points if point.period_code in of_kind),
    )


def _unsaid(target: TargetResult) -> TargetResult:
    """Of a figure that is not shown nothing is said."""
    return replace(target, verdict="")


def _comparison(result: IndicatorResult, part: Part, points: Sequence[Point]) -> Comparison | None:
    """The nämnd's own earlier figure, where the city's may be compared with its own."""
    city = result.comparison
    if city is None:
        return None
    if city.cell is None:
        return replace(city, coverage=Coverage(0, 1))
    earlier = next((p for p in points if p.period_code == city.period_code), None)
    if earlier is None:
        return None
    cell = earlier.cells.total
    return Comparison(
        city.period_code,
        city.label,
        cell,
        _change(result, part.cells, cell),
        Coverage(int(cell.is_value), 1),
    )


def _change(result: IndicatorResult, cells: Cells, then: Cell) -> str:
    now = cells.total
    if now.value is None or then.value is None or now.note in ("ja", "nej"):
        return ""
    difference = _written(now.value, now.decimals) - _written(then.value, then.decimals)
    if difference == 0:
        return "oförändrat"
    unit = " procentenheter" if result.unit == "%" and now.denominator is not None else ""
    sign = "+" if difference > 0 else MINUS
    return f"{sign}{format_number(abs(difference), decimals=now.decimals)}{unit}"


def _written(value: Decimal, decimals: int | None) -> Decimal:
    """The number as a reader sees it."""
    return value if decimals is None else value.quantize(Decimal(1).scaleb(-decimals))
