"""Taking one cell of a report in hand: everything that a save of it needs, in one statement.

A report is saved field by field while it is filled in, so this is asked more often than anything
else in the house. The statement counts the change (a conditional update on the report's revision),
and brings back what the cell holds and the few rows that say whether the period asks for it. What
these rows mean is decided where it is decided for a whole report: expected.py, content.py.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from indicators.domain.beside import beside_from, beside_parts
from indicators.domain.content import Saved
from indicators.domain.expected import (
    Expected,
    ExpectedRows,
    Gap,
    Measures,
    answers_for,
    expected_from,
    gap,
    measures,
)
from indicators.domain.held_against import Beside
from indicators.domain.json_rows import loaded, row_of, rows_of
from indicators.models import (
    ActivityStatus,
    GoalGrade,
    Indicator,
    IndicatorVersion,
    Period,
    Report,
    Value,
)
from organisation.models import Namnd
from programme.models import Activity, Goal, Programme
from trace.prepared import Prepared

# Somebody else's save can come in between this often before we give up waiting for a turn.
TURNS = 20


@dataclass(frozen=True)
class IndicatorKey:
    """One indicator's cells."""

    code: str


@dataclass(frozen=True)
class GoalKey:
    """The nämnd's judgement of one goal; number is "4", or "4.2" for a delmål."""

    programme: str
    number: str


@dataclass(frozen=True)
class ActivityKey:
    """One activity's status."""

    code: str


Key = IndicatorKey | GoalKey | ActivityKey


@dataclass(frozen=True)
class Taken:
    """A report held for a change of one cell, and what is known of that cell."""

    report: Report
    """With its period and nämnd; its `revision` counts this change already."""
    expected: Expected
    """Of what the cell concerns, and no more."""
    saved: Saved
    subject_id: int | None
    """Id of the indicator, goal or activity; None when there is none of that name."""
    beside: Beside | None = None
    """What an indicator's cells are held against; None for another cell, or one not asked for."""


# What belongs to each kind of cell. Every list is empty where the cell is of another kind.
_PARTS = {
    IndicatorKey: {
        "subject": "i.id",
        "goals": (
            "SELECT to_jsonb(g) || jsonb_build_object('programme', to_jsonb(m)) "
            "FROM indicators_indicator_goals l JOIN programme_goal g ON g.id = l.goal_id "
            "JOIN programme_programme m ON m.id = g.programme_id WHERE l.indicator_id = i.id"
        ),
        "versions": (
            "SELECT to_jsonb(d) || jsonb_build_object('indicator', to_jsonb(i)) "
            "FROM indicators_indicatorversion d WHERE d.indicator_id = i.id ORDER BY d.valid_from"
        ),
        "links": (
            "SELECT to_jsonb(l) FROM indicators_indicator_goals l WHERE l.indicator_id = i.id"
        ),
        "gaps": "SELECT to_jsonb(x) FROM indicators_indicatorgap x WHERE x.indicator_id = i.id",
        "on_indicators": (
            "SELECT to_jsonb(o) FROM indicators_indicatorresponsibility o "
            "WHERE o.indicator_id = i.id"
        ),
        "values": (
            "SELECT to_jsonb(v) FROM indicators_indicatorversion d "
            "JOIN indicators_value v ON v.definition_id = d.id AND v.version_id = r.current_id "
            "WHERE d.indicator_id = i.id"
        ),
        **beside_parts("= i.id", of_one=True),
    },
    GoalKey: {
        "subject": "(SELECT g.id FROM {goal})",
        "goals": ("SELECT to_jsonb(g) || jsonb_build_object('programme', to_jsonb(m)) FROM {goal}"),
        "activities": (
            "SELECT to_jsonb(a) FROM {goal} JOIN programme_activity a ON a.goal_id = g.id"
        ),
        "versions": (
            "SELECT to_jsonb(d) || jsonb_build_object('indicator', to_jsonb(i)) FROM {goal} "
            "JOIN indicators_indicator_goals l ON l.goal_id = g.id "
            "JOIN indicators_indicator i ON i.id = l.indicator_id "
            "JOIN indicators_indicatorversion d ON d.indicator_id = i.id ORDER BY d.valid_from"
        ),
        "links": (
            "SELECT to_jsonb(l) FROM {goal} JOIN indicators_indicator_goals l ON l.goal_id = g.id"
        ),
        "gaps": (
            "SELECT to_jsonb(x) FROM {goal} "
            "JOIN indicators_indicator_goals l ON l.goal_id = g.id "
            "JOIN indicators_indicatorgap x ON x.indicator_id = l.indicator_id"
        ),
        "on_indicators": (
            "SELECT to_jsonb(o) FROM {goal} "
            "JOIN indicators_indicator_goals l ON l.goal_id = g.id "
            "JOIN indicators_indicatorresponsibility o ON o.indicator_id = l.indicator_id"
        ),
        "on_activities": (
            "SELECT to_jsonb(o) FROM {goal} JOIN programme_activity a ON a.goal_id = g.id "
            "JOIN programme_responsibility o ON o.activity_id = a.id"
        ),
        "grades": (
            "SELECT to_jsonb(v) FROM {goal} JOIN indicators_goalgrade v ON v.goal_id = g.id "
            "WHERE v.version_id = r.current_id"
        ),
    },
    ActivityKey: {
        "subject": "(SELECT a.id FROM programme_activity a WHERE a.code = %(code)s)",
        "goals": (
            "SELECT to_jsonb(g) || jsonb_build_object('programme', to_jsonb(m)) "
            "FROM programme_activity a JOIN programme_goal g ON g.id = a.goal_id "
            "JOIN programme_programme m ON m.id = g.programme_id WHERE a.code = %(code)s"
        ),
        "activities": "SELECT to_jsonb(a) FROM programme_activity a WHERE a.code = %(code)s",
        "on_activities": (
            "SELECT to_jsonb(o) FROM programme_responsibility o "
            "JOIN programme_activity a ON a.id = o.activity_id WHERE a.code = %(code)s"
        ),
        "statuses": (
            "SELECT to_jsonb(v) FROM indicators_activitystatus v "
            "JOIN programme_activity a ON a.id = v.activity_id "
            "WHERE v.version_id = r.current_id AND a.code = %(code)s"
        ),
    },
}
_GOAL = (
    "(SELECT g.* FROM programme_goal g JOIN programme_programme m ON m.id = g.programme_id "
    "LEFT JOIN programme_goal above ON above.id = g.parent_id "
    "WHERE m.slug = %(programme)s "
    "AND concat_ws('.', above.number, g.number) = %(number)s) g "
    "JOIN programme_programme m ON m.id = g.programme_id"
)
# The revision is compared with the one that the lists were read beside. Who waits for somebody
# else's save would otherwise count on top of it and hold lists from before it.
_TAKE = """
WITH taken AS (
    SELECT r.id, r.revision, to_jsonb(r) AS report, to_jsonb(p) AS period, {lists}
    FROM indicators_report r JOIN indicators_period p ON p.id = r.period_id {about}
    WHERE r.namnd_id = %(namnd)s AND p.code = %(period)s
)
UPDATE indicators_report AS report SET revision = report.revision + 1, changed_at = %(now)s
FROM taken WHERE report.id = taken.id AND report.revision = taken.revision
RETURNING taken.report, taken.period, {names}
"""


# What the parts of an indicator's cell are about: the row `i`, of nothing but nulls if none is so
# called.
_ABOUT: dict[type, str] = {IndicatorKey: "LEFT JOIN indicators_indicator i ON i.code = %(code)s"}


def _statement(kind: type, parts: dict[str, str]) -> str:
    lists = ", ".join(
        f"{query.format(goal=_GOAL)} AS {name}"
        if name == "subject"
        else f"ARRAY({query.format(goal=_GOAL)}) AS {name}"
        for name, query in parts.items()
    )
    names = ", ".join(f"taken.{name}" for name in parts)
    return _TAKE.format(lists=lists, names=names, about=_ABOUT.get(kind, ""))


_TYPES = {
    "namnd": "bigint",
    "namnd_kind": "text",
    "period": "text",
    "now": "timestamptz",
    "code": "text",
    "programme": "text",
    "number": "text",
}
_STATEMENTS = {
    kind: (Prepared(f"take_{kind.__name__.lower()}", _statement(kind, parts), _TYPES), tuple(parts))
    for kind, parts in _PARTS.items()
}


def take_cell(namnd: Namnd, period_code: str, key: Key) -> Taken | None:
    """Hold the nämnd's report for a change of one cell, until the transaction ends.

    None when the report is not begun, or its period is not there. Whether the report may be
    written in, and whether the cell is asked for, is not decided here.
    Side effects: counts the change. A caller that changes nothing rolls back.
    """
    for _ in range(TURNS):
        now = timezone.now()
        found = _take(namnd, period_code, key, now)
        if found is not None:
            taken = _read(found, namnd)
            taken.report.revision += 1
            taken.report.changed_at = now
            return taken
        if not Report.objects.filter(namnd=namnd, period__code=period_code).exists():
            return None
    raise RuntimeError("somebody else's saves came in between again and again")


def _take(namnd: Namnd, period_code: str, key: Key, now: dt.datetime) -> dict[str, Any] | None:
    statement, names = _STATEMENTS[type(key)]
    values: dict[str, Any] = {
        "namnd": namnd.pk,
        "namnd_kind": namnd.kind,
        "period": period_code,
        "now": now,
    }
    with connection.cursor() as cursor:
        statement.execute(cursor, values | key.__dict__)
        row = cursor.fetchone()
    if row is None:
        return None
    return dict(zip(("report", "period", *names), row, strict=True))


def _read(found: dict[str, Any], namnd: Namnd) -> Taken:
    def rows(name: str) -> list[dict[str, Any]]:
        return [loaded(text) for text in found.get(name, ())]

    period = row_of(Period, loaded(found["period"]))
    report = row_of(Report, loaded(found["report"]))
    report.period, report.namnd = period, namnd
    versions: dict[int, list[IndicatorVersion]] = defaultdict(list)
    told = rows("versions")
    for data in told:
        version = row_of(IndicatorVersion, data)
        version.indicator = row_of(Indicator, data["indicator"])
        versions[version.indicator_id].append(version)
    goals = []
    for data in rows("goals"):
        goal = row_of(Goal, data)
        goal.programme = row_of(Programme, data["programme"])
        goals.append(goal)
    goals_of: dict[int, list[Measures]] = defaultdict(list)
    for link in rows("links"):
        goals_of[link["indicator_id"]].append(measures(link))
    activities = rows_of(Activity, found.get("activities", ()))
    for worded in (*goals, *activities):
        # What it says now is enough to tell of it.
        worded.reworded = []  # type: ignore[attr-defined]
    gaps_of: dict[int, list[Gap]] = defaultdict(list)
    for row in rows("gaps"):
        gaps_of[row["indicator_id"]].append(gap(row))
    responsibilities = [
        *(answers_for("indicator", row["indicator_id"], row) for row in rows("on_indicators")),
        *(answers_for("activity", row["activity_id"], row) for row in rows("on_activities")),
    ]
    expected = expected_from(
        period,
        [namnd],
        ExpectedRows(
            goals, activities, dict(versions), dict(goals_of), responsibilities, dict(gaps_of)
        ),
    )
    subject_id = found["subject"]
    beside = (
        beside_from(
            found | {"definitions": [{**row, "indicator": row["indicator_id"]} for row in told]},
            expected.definitions,
            namnd,
        ).get(subject_id)
        if "checks" in found
        else None
    )
    return Taken(
        report=report,
        expected=expected,
        saved=Saved.of(
            (row_of(Value, data) for data in rows("values")),
            (row_of(GoalGrade, data) for data in rows("grades")),
            (row_of(ActivityStatus, data) for data in rows("statuses")),
        ),
        subject_id=subject_id,
        beside=beside,
    )
