"""What the trace rests on in the database: rows that only grow, chains, and states that are held."""

from django.db import migrations

from trace.freezing import (
    DROP_HOLD_TRANSITIONS,
    DROP_THIS_TRANSACTION,
    HOLD_TRANSITIONS,
    THIS_TRANSACTION,
)

# Events, the log of reads, the seals and the library's own table of contexts cannot be changed.
APPEND_ONLY = """
CREATE FUNCTION trace_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER event_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON trace_event
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse_change();
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
DROP_APPEND_ONLY = """
DROP TRIGGER readlog_append_only ON trace_readlog;
DROP TRIGGER seal_append_only ON trace_seal;
DROP TRIGGER context_append_only ON pghistory_context;
DROP TRIGGER event_append_only ON trace_event;
DROP FUNCTION trace_refuse_change();
"""

# trace_content: a row as JSON, the same whatever the session has set about times and numbers.
# trace_append: one link for each row, in the chain of its scope. The lock is held until the
# transaction ends: only so does the next one see the link that it builds on. Chains are taken in
# one order, so that two who write in several do not stop each other.
FUNCTIONS = """
CREATE FUNCTION trace_content(anyelement) RETURNS jsonb
LANGUAGE sql STABLE SET timezone = 'UTC' SET extra_float_digits = 1
AS $$ SELECT to_jsonb($1) $$;

CREATE FUNCTION trace_append(source text, ids bigint[], scopes text[], contents jsonb[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    shape bigint;
    names varchar[] := ARRAY(SELECT jsonb_object_keys(contents[1]));
    unit text := current_setting('samlad.transaction', true);
    item record;
    chain text;
    place bigint;
    before bytea;
    digest bytea;
    moment timestamptz;
    link bytea;
BEGIN
    IF unit IS NULL OR unit = '' THEN
        unit := gen_random_uuid()::text;
        PERFORM set_config('samlad.transaction', unit, true);
    END IF;
    SELECT s.id INTO shape FROM trace_shape s
        WHERE s.source = trace_append.source AND s.columns = names;
    IF NOT FOUND THEN
        INSERT INTO trace_shape (source, columns) VALUES (trace_append.source, names)
            ON CONFLICT DO NOTHING;
        SELECT s.id INTO STRICT shape FROM trace_shape s
            WHERE s.source = trace_append.source AND s.columns = names;
    END IF;
    FOR item IN
        SELECT * FROM unnest(ids, scopes, contents) AS r(id, scope, content)
        ORDER BY r.scope COLLATE "C", r.id
    LOOP
        IF chain IS DISTINCT FROM item.scope THEN
            chain := item.scope;
            PERFORM pg_advisory_xact_lock(hashtext('trace_link'), hashtext(chain));
            SELECT l.sequence, l.hash INTO place, before FROM trace_link l
                WHERE l.chain = item.scope ORDER BY l.sequence DESC LIMIT 1;
            IF NOT FOUND THEN
                place := 0;
                before := ''::bytea;
            END IF;
        END IF;
        place := place + 1;
        moment := clock_timestamp();
        digest := sha256(convert_to(item.content::text, 'UTF8'));
        link := sha256(before || convert_to(jsonb_build_array(
            chain, place, source, item.id, encode(digest, 'hex'), session_user,
            (extract(epoch FROM moment) * 1000000)::bigint, unit
        )::text, 'UTF8'));
        INSERT INTO trace_link
            (chain, sequence, source, "row", shape_id, digest, role, at, transaction, previous, hash)
        VALUES (chain, place, source, item.id, shape, digest, session_user, moment, unit::uuid,
            before, link);
        before := link;
    END LOOP;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION trace_append(text, bigint[], text[], jsonb[]);
DROP FUNCTION trace_content(anyelement);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trace", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [
        migrations.RunSQL(APPEND_ONLY, DROP_APPEND_ONLY),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(HOLD_TRANSITIONS, DROP_HOLD_TRANSITIONS),
        migrations.RunSQL(THIS_TRANSACTION, DROP_THIS_TRANSACTION),
    ]
