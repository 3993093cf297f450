"""What outcomes are held against, asked of the database: for one cell, or for a whole report.

The lists are made by subqueries on a report `r` and its period `p`, so that the statement that
takes a cell in hand (taking.py) can bring them along; and by one query for a whole report.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db import connection

from indicators.domain.check_rules import settings_from
from indicators.domain.forebears import (
    FOREBEAR_IDS,
    LINEAGE,
    forebears_on,
    given_together,
    in_words,
    lineage_from,
)
from indicators.domain.held_against import Beside, Figure
from indicators.domain.json_rows import loaded
from indicators.domain.series import Lineage
from indicators.enums import Aggregation
from indicators.models import IndicatorVersion, Report
from organisation.models import Namnd

# What was given before and by others, as records in text, put together here: in a fraction of the
# time that JSON takes, or that the database's own text of a row does. The nämnd's own as its page
# reads: what was approved, and before that what it has written. Of those before it what was
# approved, to be put together. Of others what has left them: approved totals, of the last three
# years.
# First which versions those are, some fifty: the figures are then found by their index.
_FIGURES = """
SELECT w.namnd_id || ',' || v.definition_id || ',' || v.category || ',' || w.kind || ',' || w.year
    || ',' || w.ends_on || ',' || coalesce(v.number::text, '')
    || ',' || coalesce(v.numerator::text, '') || ',' || coalesce(v.denominator::text, '')
FROM (
    SELECT e.namnd_id, coalesce(e.approved_id, e.current_id) AS version_id, true AS is_own,
        q.kind, q.year, q.ends_on
    FROM indicators_report e JOIN indicators_period q ON q.id = e.period_id
    WHERE e.namnd_id = r.namnd_id AND q.ends_on < p.ends_on
    UNION ALL
    SELECT e.namnd_id, e.approved_id, true, q.kind, q.year, q.ends_on
    FROM unnest(ARRAY({forebears})) AS o(id) JOIN indicators_report e ON e.namnd_id = o.id
    JOIN indicators_period q ON q.id = e.period_id
    WHERE q.ends_on < p.ends_on AND e.approved_id IS NOT NULL
    UNION ALL
    SELECT e.namnd_id, e.approved_id, false, q.kind, q.year, q.ends_on
    FROM indicators_report e JOIN indicators_period q ON q.id = e.period_id
    JOIN organisation_namnd n ON n.id = e.namnd_id
    WHERE n.kind = %(namnd_kind)s AND e.namnd_id <> r.namnd_id AND e.approved_id IS NOT NULL
        AND q.kind = p.kind AND q.year BETWEEN p.year - 2 AND p.year
) w
JOIN indicators_indicatorversion d ON d.indicator_id {which}
{values}
"""
# A whole report's are found together. For one indicator each version is asked for its few by their
# index: left to choose, the database reads every figure of the indicator, of all nämnder and years.
_VALUES = """
JOIN indicators_value v ON v.version_id = w.version_id AND v.definition_id = d.id
    AND v.missing = '' AND (w.is_own OR v.category = 'totalt')
"""
_VALUES_OF_ONE = """
CROSS JOIN LATERAL (
    SELECT x.definition_id, x.category, x.number, x.numerator, x.denominator
    FROM indicators_value x
    WHERE x.version_id = w.version_id AND x.definition_id = d.id
        AND x.missing = '' AND (w.is_own OR x.category = 'totalt')
    OFFSET 0
) v
"""
_TARGETS = (
    "SELECT jsonb_build_object('indicator', t.indicator_id, 'is_own', t.namnd_id IS NOT NULL, "
    "'value', t.value) FROM indicators_target t WHERE t.indicator_id {which} "
    "AND t.year = p.year AND (t.namnd_id IS NULL OR t.namnd_id = r.namnd_id) "
    # One that was changed during the year holds from its day.
    "AND (t.valid_from IS NULL OR t.valid_from <= p.ends_on) ORDER BY t.valid_from NULLS FIRST"
)
_CHECKS = (
    "SELECT jsonb_build_object('indicator', c.indicator_id, 'rule', c.rule, 'is_on', c.is_on, "
    "'threshold', c.threshold) FROM indicators_indicatorcheck c WHERE c.indicator_id {which}"
)
# Which of the indicator's definitions a figure may be compared over: oldest first.
_DEFINITIONS = (
    "SELECT jsonb_build_object('indicator', d.indicator_id, 'id', d.id, "
    "'breaks_series', d.breaks_series, 'counts_people', d.counts_people, "
    "'aggregation', d.aggregation) FROM indicators_indicatorversion d "
    "WHERE d.indicator_id {which} ORDER BY d.valid_from"
)
_LISTS = {"lineage": LINEAGE, "figures": _FIGURES, "targets": _TARGETS, "checks": _CHECKS}


def beside_parts(which: str, *, of_one: bool = False) -> dict[str, str]:
    """The lists by name, each a query. which: what the id of the indicator is compared with.

    of_one: whether that is one indicator.

    They want a parameter `namnd_kind` too. The definitions, which `beside_from` wants with them,
    who saves a cell has already.
    """
    forebears = FOREBEAR_IDS.format(namnd="r.namnd_id")
    values = _VALUES_OF_ONE if of_one else _VALUES
    return {
        name: query.format(which=which, forebears=forebears, values=values)
        for name, query in _LISTS.items()
    }


def beside_of_each(report: Report, definitions: Iterable[IndicatorVersion]) -> dict[int, Beside]:
    """What each of the indicators is held against, by indicator id. One query."""
    wanted = {definition.indicator_id: definition for definition in definitions}
    which = "= ANY(%(indicators)s)"
    parts = beside_parts(which) | {"definitions": _DEFINITIONS.format(which=which)}
    lists = ", ".join(f"ARRAY({query})" for query in parts.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {lists} FROM indicators_report r "  # noqa: S608
            "JOIN indicators_period p ON p.id = r.period_id WHERE r.id = %(report)s",
            {
                "indicators": list(wanted),
                "report": report.pk,
                "namnd_kind": report.namnd.kind,
            },
        )
        row = cursor.fetchone()
    found = dict(zip(parts, row or [[] for _ in parts], strict=True))
    return beside_from(found, wanted, report.namnd)


def beside_from(
    found: Mapping[str, Iterable[Any]], wanted: Mapping[int, IndicatorVersion], namnd: Namnd
) -> dict[int, Beside]:
    """The same, of what the subqueries found. wanted: definitions by indicator id."""
    lineage = lineage_from(found.get("lineage", ()))
    before_it = {str(pk) for pk in lineage.all_before(namnd)}
    mine = str(namnd.pk)
    own = {mine, *before_it}
    records: dict[str, list[list[str]]] = defaultdict(list)
    for record in found.get("figures", ()):
        # Nothing in a record holds a comma of its own.
        parts = record.split(",")
        records[parts[1]].append(parts)
    targets = _by_indicator(found.get("targets", ()))
    checks = _by_indicator(found.get("checks", ()))
    definitions = _by_indicator(found.get("definitions", ()))
    made = {}
    for indicator_id, definition in wanted.items():
        own_target = city_target = None
        for target in targets[indicator_id]:
            if target["is_own"]:
                own_target = Decimal(target["value"])
            else:
                city_target = Decimal(target["value"])
        given = sorted(
            (
                parts
                for pk in _compared_with(definition, definitions[indicator_id])
                for parts in records[str(pk)]
            ),
            key=itemgetter(_ENDS_ON),
        )
        # Of each of the others no more than the latest is looked at.
        latest = {parts[0]: parts for parts in given if parts[0] not in own}
        made[indicator_id] = Beside(
            settings=settings_from(
                definition,
                (
                    (row["rule"], row["is_on"], Decimal(row["threshold"]))
                    for row in checks[indicator_id]
                ),
            ),
            own=[
                *_carried_on(
                    definition,
                    namnd,
                    lineage,
                    [_figure(parts, definition.pk) for parts in given if parts[0] in before_it],
                ),
                *(_figure(parts, definition.pk) for parts in given if parts[0] == mine),
            ],
            others=[_figure(parts, definition.pk) for parts in latest.values()],
            own_target=own_target,
            city_target=city_target,
            namnd_kind=namnd.kind,
        )
    return made


def _carried_on(
    definition: IndicatorVersion, namnd: Namnd, lineage: Lineage, given: Sequence[Figure]
) -> Iterator[Figure]:
    """What those before the nämnd gave together, oldest first; nothing where it is not known.

    given: what each of them gave, oldest first.
    """
    places: dict[tuple[dt.date, str], dict[int, Figure]] = defaultdict(dict)
    for figure in given:
        places[figure.ends_on, figure.category][figure.namnd_id] = figure
    for (day, _), figures in places.items():
        forebears, alone = forebears_on(lineage, namnd, day)
        if not forebears:
            continue
        outcome, _ = given_together(definition, forebears, figures, alone=alone)
        if outcome.value is not None:
            yield next(iter(figures.values()))._replace(
                namnd_id=namnd.pk,
                number=outcome.value if outcome.denominator is None else None,
                numerator=outcome.numerator,
                denominator=outcome.denominator,
                whose=in_words(forebears),
            )


def _compared_with(
    definition: IndicatorVersion, rows: Iterable[Mapping[str, Any]]
) -> Iterator[int]:
    """The definitions whose figures may be held against one of `definition`: of the same stretch.

    rows: all of the indicator's, oldest first. A figure is read as `definition` says, so one that
    was made up otherwise is left out; and so is one that counted people where it does not, or its
    small numbers would no longer be protected.
    """
    stretch: list[Mapping[str, Any]] = []
    for row in rows:
        if row["breaks_series"]:
            if any(one["id"] == definition.pk for one in stretch):
                break
            stretch = []
        stretch.append(row)
    for one in stretch:
        is_alike = (one["aggregation"] == Aggregation.RATIO) == definition.is_ratio
        if is_alike and (definition.counts_people or not one["counts_people"]):
            yield one["id"]


def _by_indicator(rows: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in map(loaded, rows):
        found[row["indicator"]].append(row)
    return found


_ENDS_ON = 5  # of a record; a day as the database writes it sorts as it is


def _figure(parts: list[str], definition_id: int) -> Figure:
    """Of a record, compared under the definition."""
    namnd, _, category, kind, year, ends_on, number, numerator, denominator = parts
    return Figure(
        int(namnd),
        definition_id,
        category,
        kind,
        int(year),
        dt.date.fromisoformat(ends_on),
        Decimal(number) if number else None,
        Decimal(numerator) if numerator else None,
        Decimal(denominator) if denominator else None,
    )
