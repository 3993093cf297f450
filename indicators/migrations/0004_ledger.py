"""The ledger of expected cells, as two views that follow from responsibilities and registers.

A duty is a responsibility as it holds on a period's last day; a cell is a duty of one nämnd.
Which kinds of nämnd a group means stands here as it was when the views were made; a test holds it
equal to the application's own table of groups.
"""

from django.db import migrations

HOLDS = """
        AND (r.valid_from IS NULL OR r.valid_from <= p.ends_on)
        AND (r.valid_to IS NULL OR r.valid_to >= p.ends_on)
"""
RUNS = """
        AND (g.valid_from IS NULL OR g.valid_from <= p.ends_on)
        AND (g.valid_to IS NULL OR g.valid_to >= p.ends_on)
"""
LAID = """
    r.namnd_id AS laid_on_id, r."group", r.kind, r.valid_from, r.valid_to, r.decision, r.is_example
"""
DUTY = f"""
CREATE VIEW indicators_duty AS
SELECT
    p.id || '-a' || r.id AS key, p.id AS period_id, p.ends_on, a.goal_id, a.id AS activity_id,
    NULL::bigint AS indicator_id, NULL::bigint AS definition_id,
    r.id AS responsibility_id, NULL::bigint AS indicator_responsibility_id, {LAID}
FROM indicators_period p
    JOIN programme_programme pr
        ON pr.kind = 'stad' AND p.year BETWEEN pr.first_year AND pr.last_year
    JOIN programme_goal g ON g.programme_id = pr.id {RUNS}
    JOIN programme_activity a ON a.goal_id = g.id
        AND (a.valid_from IS NULL OR a.valid_from <= p.ends_on)
        AND (a.valid_to IS NULL OR a.valid_to >= p.ends_on)
    JOIN programme_responsibility r ON r.activity_id = a.id {HOLDS}
UNION ALL
SELECT
    p.id || '-i' || r.id AS key, p.id AS period_id, p.ends_on, NULL::bigint AS goal_id,
    NULL::bigint AS activity_id, i.id AS indicator_id, v.id AS definition_id,
    NULL::bigint AS responsibility_id, r.id AS indicator_responsibility_id, {LAID}
FROM indicators_period p
    CROSS JOIN indicators_indicator i
    JOIN LATERAL (
        SELECT held.id, held.accumulation FROM indicators_indicatorversion held
        WHERE held.indicator_id = i.id AND held.valid_from <= p.ends_on
        ORDER BY held.valid_from DESC LIMIT 1
    ) v ON v.accumulation <> 'ar' OR p.kind = 'VB'
    JOIN indicators_indicatorresponsibility r ON r.indicator_id = i.id {HOLDS}
WHERE i.kind <> 'UI' AND EXISTS (
    SELECT FROM indicators_indicator_goals ig
        JOIN programme_goal g ON g.id = ig.goal_id
        JOIN programme_programme pr ON pr.id = g.programme_id
    WHERE ig.indicator_id = i.id AND pr.kind = 'stad'
        AND p.year BETWEEN pr.first_year AND pr.last_year {RUNS}
)
"""  # noqa: S608 - all of it our own words
# Of several duties for the same, one counts: "ansvarig" sorts before "medverkande", and no group
# before a group.
CELL = """
CREATE VIEW indicators_expectedcell AS
SELECT DISTINCT ON (d.period_id, n.id, d.activity_id, d.indicator_id)
    d.key || '-' || n.id AS key, d.period_id, n.id AS namnd_id, d.goal_id, d.activity_id,
    d.indicator_id, d.definition_id, d.responsibility_id, d.indicator_responsibility_id,
    d."group", d.kind, d.valid_from, d.valid_to, d.decision, d.is_example
FROM indicators_duty d
    JOIN organisation_namnd n
        ON (n.id = d.laid_on_id OR (d."group", n.kind) IN (
            ('stadsdelsnamnder', 'stadsdelsnamnd'),
            ('namnder', 'kommunstyrelsen'), ('namnder', 'stadsdelsnamnd'), ('namnder', 'facknamnd'),
            ('alla', 'kommunstyrelsen'), ('alla', 'stadsdelsnamnd'), ('alla', 'facknamnd'),
            ('alla', 'moderbolag'), ('alla', 'bolag'),
            ('bolagen', 'moderbolag')
        ))
        AND (n.valid_from IS NULL OR n.valid_from <= d.ends_on)
        AND (n.valid_to IS NULL OR n.valid_to >= d.ends_on)
ORDER BY d.period_id, n.id, d.activity_id, d.indicator_id, d.kind, d."group",
    d.responsibility_id, d.indicator_responsibility_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_frozen"),
    ]

    operations = [
        migrations.RunSQL(DUTY, "DROP VIEW indicators_duty"),
        migrations.RunSQL(CELL, "DROP VIEW indicators_expectedcell"),
    ]
