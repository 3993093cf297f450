"""Events cannot be changed or removed, by any road: the database refuses."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION trace_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER event_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON trace_event
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse_change();
"""
BACKWARD = """
DROP TRIGGER event_append_only ON trace_event;
DROP FUNCTION trace_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("trace", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
