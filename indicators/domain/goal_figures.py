"""The indicators of goals, each with its latest figure and where it is heading."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from indicators.domain.book import Book, read_yardsticks
from indicators.domain.disclosure import Audience
from indicators.domain.expected import expected_in_each
from indicators.domain.figures import IndicatorResult
from indicators.domain.fixed_figures import with_fixed
from indicators.domain.register import definition_on
from indicators.domain.results import result_of
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Category, IndicatorKind, PeriodState
from indicators.models import Indicator, IndicatorGoal, Period

FINISHED = (PeriodState.STANGD, PeriodState.LAST)


@dataclass(frozen=True)
class GoalFigure:
    """One indicator of a goal, and the city's latest figure for it."""

    code: str
    name: str
    unit: str
    source: str
    is_example: bool
    awaits_source: bool
    """An utvecklingsindikator: it has no data source yet, so nobody is asked for it."""
    period_code: str
    """The latest closed period with approved figures, else the latest with any; "" for none."""
    period_label: str
    under_way: str
    """A later period, still open, in which some have been approved: "2025-VB: 4 av 11"."""
    result: IndicatorResult | None
    """What the follow-up of that period says; None when there is no figure yet."""


def read_goal_figures(
    goal_id: int, *, audience: Audience, today: dt.date | None = None
) -> tuple[GoalFigure, ...]:
    """The goal's indicators in register order, as by `read_figures_of_goals`."""
    return read_figures_of_goals([goal_id], audience=audience, today=today)[goal_id]


def read_figures_of_goals(
    goal_ids: Collection[int], *, audience: Audience, today: dt.date | None = None
) -> dict[int, tuple[GoalFigure, ...]]:
    """By goal id: its indicators in register order. Only approved reports count.

    audience: small numbers are protected for others than the coordinator, by the same rules and
    the same code as in the follow-up. The number of queries follows neither goals nor indicators.
    """
    day = today or timezone.localdate()
    measuring = _measuring(goal_ids, day)
    ids = {pk for found in measuring.values() for pk in found}
    figures: dict[int, GoalFigure] = {}
    indicators = list(Indicator.objects.filter(pk__in=ids).prefetch_related("versions"))
    if indicators:
        figures = _figures(indicators, audience=audience, day=day)
    return {
        goal_id: tuple(figure for pk, figure in figures.items() if pk in measuring[goal_id])
        for goal_id in goal_ids
    }


def _measuring(goal_ids: Collection[int], day: dt.date) -> dict[int, set[int]]:
    """Ids of the indicators that measure each goal on the day."""
    found: dict[int, set[int]] = {goal_id: set() for goal_id in goal_ids}
    links = IndicatorGoal.objects.valid_on(day).filter(goal__in=found)
    for goal_id, indicator_id in links.values_list("goal_id", "indicator_id"):
        found[goal_id].add(indicator_id)
    return found


def _figures(
    indicators: Collection[Indicator], *, audience: Audience, day: dt.date
) -> dict[int, GoalFigure]:
    """The latest figure of each, by id, in register order."""
    ids = [indicator.pk for indicator in indicators]
    periods = list(with_fixed(Period.objects.started()).in_order())
    # What is hidden may follow from indicators that are asked for in other periods of the year.
    whole = expected_in_each(periods)
    expected = {
        code: in_period
        for code, in_period in whole.items()
        if any(pk in in_period.definitions for pk in ids)
    }
    tallies = read_tallies(expected, in_detail=expected, indicator_ids=ids) if expected else {}
    book = Book(audience, whole, tallies, read_yardsticks(ids))
    figures = {}
    for indicator in sorted(indicators, key=lambda each: (each.order, each.code)):
        definition = definition_on(list(indicator.versions.all()), day)
        if definition is None:
            continue
        with_figures = [
            code
            for code, in_period in expected.items()
            if indicator.pk in in_period.definitions
            and any(t.reported for t in tallies.get((code, indicator.pk, Category.TOTAL), ()))
        ]
        closed = [c for c in with_figures if expected[c].period.state in FINISHED]
        latest = (closed or with_figures or [""])[-1]
        result = result_of(book, indicator.pk, latest, ()) if latest else None
        figures[indicator.pk] = GoalFigure(
            code=indicator.code,
            name=definition.name,
            unit=definition.unit,
            source=indicator.source,
            is_example=indicator.is_example,
            awaits_source=indicator.kind == IndicatorKind.UTVECKLINGSINDIKATOR,
            period_code=latest,
            period_label=expected[latest].period.label if latest else "",
            under_way=_under_way(result, latest, with_figures[-1]) if result else "",
            result=result,
        )
    return figures


def _under_way(result: IndicatorResult, shown: str, newest: str) -> str:
    """How far a period has come that is later than the one shown; "" when there is none."""
    if newest == shown:
        return ""
    point = next(point for point in result.series if point.period_code == newest)
    return f"{newest}: {point.coverage.short}"
