"""What a report says and said before, several tables in one answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from indicators.domain.content import Saved
from indicators.domain.forebears import FOREBEAR_IDS, LINEAGE, forebears_on, lineage_from
from indicators.domain.json_rows import loaded, row_of, rows_of
from indicators.models import (
    ActivityStatus,
    Correction,
    GoalGrade,
    IndicatorVersion,
    JudgementCorrection,
    Period,
    Report,
    Target,
    Value,
)
from organisation.models import Namnd, User


@dataclass(frozen=True)
class PeriodContent:
    """What a nämnd's report for one period says. Without a report: nothing."""

    period: Period
    saved: Saved
    targets: tuple[Target, ...]
    """The city's and then the nämnd's own, each with its changes until the period's last day."""
    forebears: tuple[Namnd, ...] = ()
    """Whose figures the nämnd carries on, in a period before it was there."""
    alone: bool = True
    """Whether it alone succeeded them."""
    given: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    """What they gave in approved reports: their totals, by nämnd id and indicator id."""
    theirs: Mapping[int, Saved] = field(default_factory=dict)
    """Their grades and statuses in the same reports, by nämnd id."""


# The report itself as it is worked on; of the earlier ones what counts is what was approved, and a
# nämnd without that sees what it wrote.
_CONTENTS = """
WITH wanted AS (
    SELECT p.id, p.ends_on FROM indicators_period p
    WHERE p.id = %(period)s OR (p.year = %(year)s - 1 AND p.kind = %(kind)s) OR p.id = (
        SELECT b.id FROM indicators_period b WHERE b.ends_on < %(ends_on)s
        ORDER BY b.ends_on DESC LIMIT 1
    )
), told AS (
    SELECT w.id AS period_id, w.ends_on, CASE
        WHEN w.id = %(period)s THEN coalesce(%(version)s::bigint, r.current_id)
        ELSE coalesce(r.approved_id, r.current_id)
    END AS version_id
    FROM wanted w
    LEFT JOIN indicators_report r ON r.period_id = w.id AND r.namnd_id = %(namnd)s
)
SELECT to_jsonb(p),
    ARRAY(SELECT to_jsonb(v) || jsonb_build_object(
            'definition', to_jsonb(d) - 'definition', 'correction', to_jsonb(c))
        FROM indicators_value v JOIN indicators_indicatorversion d ON d.id = v.definition_id
        LEFT JOIN indicators_correction c ON c.value_id = v.id
        WHERE v.version_id = t.version_id),
    ARRAY(SELECT to_jsonb(g) FROM indicators_goalgrade g WHERE g.version_id = t.version_id),
    ARRAY(SELECT to_jsonb(s) FROM indicators_activitystatus s WHERE s.version_id = t.version_id),
    ARRAY(SELECT jsonb_build_object('id', u.id, 'name', u.name, 'username', u.username)
        FROM organisation_user u WHERE t.period_id = %(period)s AND u.id IN (
            SELECT v.entered_by_id FROM indicators_value v WHERE v.version_id = t.version_id
            UNION SELECT g.entered_by_id FROM indicators_goalgrade g
                WHERE g.version_id = t.version_id
            UNION SELECT s.entered_by_id FROM indicators_activitystatus s
                WHERE s.version_id = t.version_id)),
    ARRAY(SELECT to_jsonb(g) FROM indicators_target g
        WHERE t.period_id = %(period)s AND g.year = %(year)s
            AND (g.namnd_id IS NULL OR g.namnd_id = %(namnd)s)
            AND (g.valid_from IS NULL OR g.valid_from <= %(ends_on)s)
        ORDER BY g.namnd_id NULLS FIRST, g.valid_from NULLS FIRST),
    ARRAY(SELECT to_jsonb(j) FROM indicators_judgementcorrection j
        WHERE j.version_id = t.version_id),
    ARRAY(SELECT to_jsonb(v) || jsonb_build_object(
            'definition', to_jsonb(d) - 'definition', 'namnd', e.namnd_id)
        FROM indicators_report e JOIN indicators_value v ON v.version_id = e.approved_id
        JOIN indicators_indicatorversion d ON d.id = v.definition_id
        WHERE t.period_id <> %(period)s AND e.period_id = t.period_id AND v.category = 'totalt'
            AND e.namnd_id = ANY (ARRAY({forebears}))),
    ARRAY(SELECT jsonb_build_object('namnd', e.namnd_id,
            'grades', ARRAY(SELECT to_jsonb(g) FROM indicators_goalgrade g
                WHERE g.version_id = e.approved_id),
            'statuses', ARRAY(SELECT to_jsonb(s) FROM indicators_activitystatus s
                WHERE s.version_id = e.approved_id))
        FROM indicators_report e
        WHERE t.period_id <> %(period)s AND e.period_id = t.period_id
            AND e.approved_id IS NOT NULL AND e.namnd_id = ANY (ARRAY({forebears}))),
    ARRAY({lineage})
FROM told t JOIN indicators_period p ON p.id = t.period_id
ORDER BY p.ends_on DESC
""".format(forebears=FOREBEAR_IDS.format(namnd="%(namnd)s"), lineage=LINEAGE)  # noqa: S608


def contents_beside(report: Report, *, version: int | None = None) -> list[PeriodContent]:
    """What the nämnd says in the report, and said in the period before and the same last year.

    version: id of an older version to read instead of the one that is worked on.
    One query. The report may be unsaved. Newest first: the report's own period is the first of
    those that are its own or earlier. Whoever wrote a row of it stands in `entered_by`.
    """
    period = report.period
    values: dict[str, Any] = {
        "namnd": report.namnd_id,
        "period": period.pk,
        "year": period.year,
        "kind": period.kind,
        "ends_on": period.ends_on,
        "version": version,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS, values)
        found = cursor.fetchall()
    return [_content(report.namnd, *row) for row in found]


def _content(
    namnd: Namnd,
    period: Any,
    values: Any,
    grades: Any,
    statuses: Any,
    people: Any,
    targets: Any,
    judgements: Any,
    given: Any,
    theirs: Any,
    successions: Any,
) -> PeriodContent:
    who = {person.pk: person for person in rows_of(User, people)}
    told = []
    corrections = []
    definitions: dict[int, IndicatorVersion] = {}
    for data in map(loaded, values):
        value = row_of(Value, data)
        if data["correction"]:
            corrections.append(row_of(Correction, data["correction"]))
        if value.definition_id not in definitions:
            definitions[value.definition_id] = row_of(IndicatorVersion, data["definition"])
        value.definition = definitions[value.definition_id]
        told.append(value)
    saved = Saved.of(
        told,
        rows_of(GoalGrade, grades),
        rows_of(ActivityStatus, statuses),
        corrections,
        rows_of(JudgementCorrection, judgements),
    )
    for row in saved.rows:
        if row.entered_by_id in who:
            row.entered_by = who[row.entered_by_id]
    of_period = row_of(Period, loaded(period))
    forebears, alone = forebears_on(lineage_from(successions), namnd, of_period.ends_on)
    return PeriodContent(
        of_period,
        saved,
        tuple(rows_of(Target, targets)),
        tuple(forebears),
        alone,
        dict(map(_given, map(loaded, given))),
        {
            data["namnd"]: Saved.of(
                (),
                rows_of(GoalGrade, data["grades"]),
                rows_of(ActivityStatus, data["statuses"]),
            )
            for data in map(loaded, theirs)
        },
    )


def _given(data: dict[str, Any]) -> tuple[tuple[int, int], Value]:
    value = row_of(Value, data)
    value.definition = row_of(IndicatorVersion, data["definition"])
    return (data["namnd"], value.definition.indicator_id), value
