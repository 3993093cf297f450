"""What closes a version looks only for the versions that a change of their report left.

A field that is saved counts in its report too, and closes nothing: that was found by reading every
version of every report.
"""

from django.db import migrations

CLOSE = """
CREATE OR REPLACE FUNCTION indicators_report_close() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := ARRAY(
        SELECT a.current_id FROM added a WHERE a.state NOT IN ('utkast', 'atersand')
        UNION ALL
        -- A correction that was given up, or a version that was left for a newer one.
        SELECT r.current_id FROM removed r JOIN added a ON a.id = r.id
        WHERE a.current_id <> r.current_id
    );
BEGIN
    IF cardinality(ids) > 0 THEN
        UPDATE indicators_reportversion SET closed = true WHERE id = ANY (ids) AND NOT closed;
    END IF;
    RETURN NULL;
END $$;
"""
CLOSE_BEFORE = """
CREATE OR REPLACE FUNCTION indicators_report_close() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE indicators_reportversion SET closed = true
        WHERE NOT closed AND (
            id IN (SELECT a.current_id FROM added a WHERE a.state NOT IN ('utkast', 'atersand'))
            -- A correction that was given up, or a version that was left for a newer one.
            OR id IN (
                SELECT r.current_id FROM removed r JOIN added a ON a.id = r.id
                WHERE a.current_id <> r.current_id
            )
        );
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0017_followup_reports_held")]
    operations = [migrations.RunSQL(CLOSE, CLOSE_BEFORE)]
