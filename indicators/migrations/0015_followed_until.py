"""Until when a programme has been followed up and locked, for what the database holds itself."""

from django.db import migrations

# The last day of the last locked period in which somebody has answered for the programme.
FOLLOWED_UNTIL = """
CREATE FUNCTION indicators_followed_until(asked bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT max(p.ends_on)
    FROM indicators_period p
    JOIN programme_programme g ON g.id = asked
    WHERE g.kind = 'stad' AND p.state = 'last' AND p.year BETWEEN g.first_year AND g.last_year
    AND EXISTS (
        SELECT 1 FROM indicators_report r
        JOIN indicators_reportversion v ON v.report_id = r.id
        WHERE r.period_id = p.id AND (
            EXISTS (
                SELECT 1 FROM indicators_goalgrade x
                JOIN programme_goal t ON t.id = x.goal_id
                WHERE x.version_id = v.id AND t.programme_id = asked
            ) OR EXISTS (
                SELECT 1 FROM indicators_activitystatus x
                JOIN programme_activity a ON a.id = x.activity_id
                JOIN programme_goal t ON t.id = a.goal_id
                WHERE x.version_id = v.id AND t.programme_id = asked
            ) OR EXISTS (
                SELECT 1 FROM indicators_value x
                JOIN indicators_indicatorversion d ON d.id = x.definition_id
                JOIN indicators_indicator_goals l ON l.indicator_id = d.indicator_id
                JOIN programme_goal t ON t.id = l.goal_id
                WHERE x.version_id = v.id AND t.programme_id = asked
            )
        )
    )
$$;
"""
DROP = "DROP FUNCTION indicators_followed_until(bigint);"


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0014_corrected_judgements"),
        ("programme", "0003_assignments_held"),
    ]

    operations = [migrations.RunSQL(FOLLOWED_UNTIL, DROP)]
