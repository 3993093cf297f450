"""Find the end of a chain through its index.

The triggers call trace_append with the name of their table, and a name is compared by the
collation "C". What a function compares inherits that, and the indexes are of another collation:
each saved row read the whole of trace_link. The comparison now names its collation.
"""

from django.db import migrations

TRACE_APPEND = """
CREATE OR REPLACE FUNCTION trace_append(source text, ids bigint[], scopes text[], contents jsonb[])
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
        WHERE s.source = trace_append.source COLLATE "default" AND s.columns = names;
    IF NOT FOUND THEN
        INSERT INTO trace_shape (source, columns) VALUES (trace_append.source, names)
            ON CONFLICT DO NOTHING;
        SELECT s.id INTO STRICT shape FROM trace_shape s
            WHERE s.source = trace_append.source COLLATE "default" AND s.columns = names;
    END IF;
    FOR item IN
        SELECT * FROM unnest(ids, scopes, contents) AS r(id, scope, content)
        ORDER BY r.scope COLLATE "C", r.id
    LOOP
        IF chain IS DISTINCT FROM item.scope THEN
            chain := item.scope;
            PERFORM pg_advisory_xact_lock(hashtext('trace_link'), hashtext(chain));
            SELECT l.sequence, l.hash INTO place, before FROM trace_link l
                WHERE l.chain = item.scope COLLATE "default" ORDER BY l.sequence DESC LIMIT 1;
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


class Migration(migrations.Migration):
    dependencies = [("trace", "0003_history")]
    operations = [migrations.RunSQL(TRACE_APPEND, migrations.RunSQL.noop)]
