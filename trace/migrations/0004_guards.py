"""The log of reads, the seals and the library's own table of contexts cannot be changed either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER readlog_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON trace_readlog
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse_change();
CREATE TRIGGER seal_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON trace_seal
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse_change();
CREATE TRIGGER context_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse_change();
"""
BACKWARD = """
DROP TRIGGER readlog_append_only ON trace_readlog;
DROP TRIGGER seal_append_only ON trace_seal;
DROP TRIGGER context_append_only ON pghistory_context;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trace", "0003_chains"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
