"""What outcomes are held against, asked of the database: for one cell, or for a whole report.

The lists are made by subqueries on a report `r` and its period `p`, so that the statement that
takes a cell in hand (taking.py) can bring them along; and by one query for a whole report.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import connection

from indicators.domain.check_rules import settings_from
from indicators.domain.json_rows import loaded
from indicators.domain.warnings import Beside, Figure
from indicators.models import IndicatorVersion, Report

# {which} picks indicators by `indicator_id` of {row}.
_FIGURE = (
    "SELECT jsonb_build_object('indicator', d.indicator_id, 'namnd_id', e.namnd_id, "
    "'definition_id', v.definition_id, 'category', v.category, 'kind', q.kind, 'year', q.year, "
    "'ends_on', q.ends_on, 'number', v.number, 'numerator', v.numerator, "
    "'denominator', v.denominator) "
)
# As the nämnd's own page reads: what was approved, and before that what it has written.
_OWN = (
    _FIGURE + "FROM indicators_report e JOIN indicators_period q ON q.id = e.period_id "
    "JOIN indicators_value v ON v.version_id = coalesce(e.approved_id, e.current_id) "
    "JOIN indicators_indicatorversion d ON d.id = v.definition_id "
    "WHERE e.namnd_id = r.namnd_id AND q.ends_on < p.ends_on AND v.missing = '' "
    "AND d.indicator_id {which} ORDER BY q.ends_on"
)
# What has left the others: approved, and of the last three years.
_OTHERS = (
    _FIGURE + "FROM organisation_namnd mine "
    "JOIN organisation_namnd other ON other.kind = mine.kind AND other.id <> mine.id "
    "JOIN indicators_report e ON e.namnd_id = other.id "
    "JOIN indicators_period q ON q.id = e.period_id AND q.kind = p.kind "
    "AND q.year BETWEEN p.year - 2 AND p.year "
    "JOIN indicators_value v ON v.version_id = e.approved_id AND v.category = 'totalt' "
    "AND v.missing = '' "
    "JOIN indicators_indicatorversion d ON d.id = v.definition_id "
    "WHERE mine.id = r.namnd_id AND d.indicator_id {which} ORDER BY q.ends_on"
)
_TARGETS = (
    "SELECT jsonb_build_object('indicator', t.indicator_id, 'is_own', t.namnd_id IS NOT NULL, "
    "'value', t.value) FROM indicators_target t WHERE t.indicator_id {which} "
    "AND t.year = p.year AND (t.namnd_id IS NULL OR t.namnd_id = r.namnd_id)"
)
_CHECKS = (
    "SELECT jsonb_build_object('indicator', c.indicator_id, 'rule', c.rule, 'is_on', c.is_on, "
    "'threshold', c.threshold) FROM indicators_indicatorcheck c WHERE c.indicator_id {which}"
)
_LISTS = {"own": _OWN, "others": _OTHERS, "targets": _TARGETS, "checks": _CHECKS}


def beside_parts(which: str) -> dict[str, str]:
    """The lists by name, each a query. which: what the id of the indicator is compared with."""
    return {name: query.format(which=which) for name, query in _LISTS.items()}


def beside_of_each(report: Report, definitions: Iterable[IndicatorVersion]) -> dict[int, Beside]:
    """What each of the indicators is held against, by indicator id. One query."""
    wanted = {definition.indicator_id: definition for definition in definitions}
    parts = beside_parts("= ANY(%(indicators)s)")
    lists = ", ".join(f"ARRAY({query})" for query in parts.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {lists} FROM indicators_report r "  # noqa: S608
            "JOIN indicators_period p ON p.id = r.period_id WHERE r.id = %(report)s",
            {"indicators": list(wanted), "report": report.pk},
        )
        row = cursor.fetchone()
    found = dict(zip(parts, row or ([], [], [], []), strict=True))
    return beside_from(found, wanted, report.namnd.kind)


def beside_from(
    found: Mapping[str, Iterable[Any]],
    wanted: Mapping[int, IndicatorVersion],
    namnd_kind: str,
) -> dict[int, Beside]:
    """The same, of what the subqueries found. wanted: definitions by indicator id."""
    lists = {name: _by_indicator(found.get(name, ())) for name in _LISTS}
    made = {}
    for indicator_id, definition in wanted.items():
        own_target = city_target = None
        for target in lists["targets"][indicator_id]:
            if target["is_own"]:
                own_target = Decimal(target["value"])
            else:
                city_target = Decimal(target["value"])
        made[indicator_id] = Beside(
            settings=settings_from(
                definition,
                (
                    (row["rule"], row["is_on"], Decimal(row["threshold"]))
                    for row in lists["checks"][indicator_id]
                ),
            ),
            own=[_figure(row) for row in lists["own"][indicator_id]],
            others=[_figure(row) for row in lists["others"][indicator_id]],
            own_target=own_target,
            city_target=city_target,
            namnd_kind=namnd_kind,
        )
    return made


def _by_indicator(rows: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in map(loaded, rows):
        found[row["indicator"]].append(row)
    return found


def _figure(row: Mapping[str, Any]) -> Figure:
    def number(name: str) -> Decimal | None:
        return None if row[name] is None else Decimal(row[name])

    return Figure(
        namnd_id=row["namnd_id"],
        definition_id=row["definition_id"],
        category=row["category"],
        kind=row["kind"],
        year=row["year"],
        ends_on=dt.date.fromisoformat(row["ends_on"]),
        number=number("number"),
        numerator=number("numerator"),
        denominator=number("denominator"),
    )
