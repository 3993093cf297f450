"""What the register holds of one indicator: many tables in one answer.

Its page shows all of it at once; asked table by table it was ten queries.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from indicators.domain.json_rows import loaded, row_of, rows_of
from indicators.models import (
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorSuccession,
    IndicatorVersion,
    Target,
)
from organisation.models import Namnd
from programme.models import Goal, GoalWording, Programme

_ALL = """
SELECT to_jsonb(i),
    ARRAY(SELECT to_jsonb(d) FROM indicators_indicatorversion d WHERE d.indicator_id = i.id
        ORDER BY d.valid_from),
    ARRAY(SELECT to_jsonb(o) || jsonb_build_object('namnd', to_jsonb(n))
        FROM indicators_indicatorresponsibility o
        LEFT JOIN organisation_namnd n ON n.id = o.namnd_id
        WHERE o.indicator_id = i.id ORDER BY o.id),
    ARRAY(SELECT to_jsonb(l) || jsonb_build_object(
            'goal', to_jsonb(g), 'programme', to_jsonb(m), 'parent', to_jsonb(above),
            'wordings', ARRAY(SELECT to_jsonb(w) FROM programme_goalwording w
                WHERE w.goal_id = g.id ORDER BY w.valid_from))
        FROM indicators_indicator_goals l JOIN programme_goal g ON g.id = l.goal_id
        JOIN programme_programme m ON m.id = g.programme_id
        LEFT JOIN programme_goal above ON above.id = g.parent_id
        WHERE l.indicator_id = i.id
        ORDER BY m.first_year DESC, m.slug, coalesce(above.number, g.number),
            g.parent_id NULLS FIRST, g.number, l.valid_from),
    ARRAY(SELECT to_jsonb(t) || jsonb_build_object('namnd', to_jsonb(n))
        FROM indicators_target t LEFT JOIN organisation_namnd n ON n.id = t.namnd_id
        WHERE t.indicator_id = i.id ORDER BY t.year, n.sort_key, t.valid_from),
    ARRAY(SELECT to_jsonb(x) FROM indicators_indicatorgap x WHERE x.indicator_id = i.id
        ORDER BY x.valid_from),
    ARRAY(SELECT to_jsonb(s) || jsonb_build_object('kin', to_jsonb(k), 'versions', ARRAY(
            SELECT to_jsonb(d) FROM indicators_indicatorversion d WHERE d.indicator_id = k.id
            ORDER BY d.valid_from))
        FROM indicators_indicatorsuccession s JOIN indicators_indicator k
            ON k.id = CASE s.predecessor_id WHEN i.id THEN s.successor_id ELSE s.predecessor_id END
        WHERE i.id IN (s.predecessor_id, s.successor_id) ORDER BY s."on", s.id)
FROM indicators_indicator i WHERE i.code = %(code)s
"""


@dataclass(frozen=True)
class GoalRow:
    """A goal that the indicator measures or has measured."""

    link: IndicatorGoal
    goal: Goal
    wordings: Sequence[GoalWording]
    """The changes of its text, oldest first."""

    def heading_on(self, day: dt.date) -> str:
        """ "Mål 4. …" in the words of the day."""
        begun = [wording.text for wording in self.wordings if wording.valid_from <= day]
        text = begun[-1] if begun else self.goal.text
        return f"{self.goal.label}. {text}" if text else self.goal.label


@dataclass(frozen=True)
class KinRow:
    """Another indicator, that this one gave its place to or took it from."""

    succession: IndicatorSuccession
    kin: Indicator
    versions: Sequence[IndicatorVersion]

    @property
    def is_later(self) -> bool:
        """Whether the other is the one that took over."""
        return self.succession.successor_id == self.kin.pk


@dataclass(frozen=True)
class IndicatorRows:
    """Everything that the register says of one indicator."""

    indicator: Indicator
    versions: Sequence[IndicatorVersion]
    """Oldest first."""
    responsibilities: Sequence[IndicatorResponsibility]
    goals: Sequence[GoalRow]
    """In the goals' order."""
    targets: Sequence[Target]
    gaps: Sequence[IndicatorGap]
    """By their first day."""
    kin: Sequence[KinRow]
    """By the day of the change."""


def read_rows(code: str) -> IndicatorRows:
    """One query. Raises Indicator.DoesNotExist."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"code": code})
        found = cursor.fetchone()
    if found is None:
        raise Indicator.DoesNotExist(code)
    about, versions, responsibilities, goals, targets, gaps, kin = found
    return IndicatorRows(
        row_of(Indicator, loaded(about)),
        rows_of(IndicatorVersion, versions),
        [_of_namnd(IndicatorResponsibility, loaded(data)) for data in responsibilities],
        [_goal(loaded(data)) for data in goals],
        [_of_namnd(Target, loaded(data)) for data in targets],
        rows_of(IndicatorGap, gaps),
        [_kin(loaded(data)) for data in kin],
    )


def _of_namnd(model: type[Any], data: dict[str, Any]) -> Any:
    row = row_of(model, data)
    row.namnd = row_of(Namnd, data["namnd"]) if data["namnd"] else None
    return row


def _goal(data: dict[str, Any]) -> GoalRow:
    goal = row_of(Goal, data["goal"])
    goal.programme = row_of(Programme, data["programme"])
    goal.parent = row_of(Goal, data["parent"]) if data["parent"] else None
    return GoalRow(row_of(IndicatorGoal, data), goal, rows_of(GoalWording, data["wordings"]))


def _kin(data: dict[str, Any]) -> KinRow:
    return KinRow(
        row_of(IndicatorSuccession, data),
        row_of(Indicator, data["kin"]),
        rows_of(IndicatorVersion, data["versions"]),
    )
