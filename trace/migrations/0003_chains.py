"""Chains over the trace: each row hashed with the one before it, by the database itself."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

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
CHAIN_WHAT_IS_THERE = """
SELECT trace_append(
    'trace_event', array_agg(e.id ORDER BY e.id), array_agg(e.scope::text ORDER BY e.id),
    array_agg(trace_content(e) ORDER BY e.id)
) FROM trace_event e HAVING count(*) > 0;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trace", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=80, verbose_name="kedja")),
                ("sequence", models.BigIntegerField(verbose_name="plats")),
                ("source", models.CharField(max_length=63, verbose_name="tabell")),
                ("row", models.BigIntegerField(verbose_name="rad")),
                ("digest", models.BinaryField(verbose_name="radens kontrollsumma")),
                ("role", models.CharField(max_length=63, verbose_name="databasroll")),
                ("at", models.DateTimeField(verbose_name="tidpunkt")),
                ("transaction", models.UUIDField(verbose_name="transaktion")),
                ("previous", models.BinaryField(verbose_name="föregående länk")),
                ("hash", models.BinaryField(verbose_name="länkens kontrollsumma")),
            ],
            options={
                "verbose_name": "länk",
                "verbose_name_plural": "länkar",
            },
        ),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_at", models.DateTimeField(auto_now_add=True, verbose_name="tidpunkt")),
                (
                    "kind",
                    models.SlugField(
                        choices=[
                            ("export", "Export"),
                            ("nedladdning", "Nedladdning"),
                            ("skyddad-uppgift", "Skyddad uppgift öppnad"),
                            ("inloggning", "Inloggning"),
                            ("nekad-inloggning", "Nekad inloggning"),
                            ("utloggning", "Utloggning"),
                            ("nekad", "Nekad åtkomst"),
                        ],
                        verbose_name="slag",
                    ),
                ),
                ("scope", models.SlugField(blank=True, verbose_name="nämnd")),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="vad")),
                (
                    "subject_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="nummer"),
                ),
                ("summary", models.TextField(verbose_name="vad som hände")),
                ("reason", models.TextField(blank=True, verbose_name="orsak")),
                ("through", models.CharField(blank=True, max_length=120, verbose_name="genom")),
            ],
            options={
                "verbose_name": "läsning",
                "verbose_name_plural": "läsningar",
                "ordering": ["-happened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="nummer")),
                ("sealed_at", models.DateTimeField(verbose_name="förseglat")),
                ("body", models.TextField(verbose_name="innehåll")),
                ("mac", models.CharField(max_length=64, verbose_name="signatur")),
            ],
            options={
                "verbose_name": "försegling",
                "verbose_name_plural": "förseglingar",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Shape",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=63, verbose_name="tabell")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63),
                        size=None,
                        verbose_name="kolumner",
                    ),
                ),
            ],
            options={
                "verbose_name": "tabellform",
                "verbose_name_plural": "tabellformer",
            },
        ),
        migrations.AddField(
            model_name="readlog",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="av",
            ),
        ),
        migrations.AddConstraint(
            model_name="shape",
            constraint=models.UniqueConstraint(
                fields=("source", "columns"), name="shape_stated_once"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="shape",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trace.shape",
                verbose_name="tabellform",
            ),
        ),
        migrations.AddIndex(
            model_name="readlog",
            index=models.Index(
                fields=["subject", "subject_id", "-happened_at"],
                name="trace_readl_subject_f2a0d9_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="readlog",
            index=models.Index(
                fields=["actor", "-happened_at"], name="trace_readl_actor_i_5f6b01_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("source", "trace_event")),
                fields=["transaction"],
                name="link_transaction_of_events",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("chain", "sequence"), name="link_place_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("source", "row"), name="row_linked_once"),
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        # Before the triggers: what was written until now gets its place in the chains too.
        migrations.RunSQL(CHAIN_WHAT_IS_THERE, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e.\"id\"::bigint AS id, '' || COALESCE(e.\"scope\"::text, '') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;",
                    hash="485c10d4c160fee6d2cd1e840e45a2939882ba61",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_6567f",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="trace_event",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shape",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="5e3084e9cd6836d704806c10ba59aca5a420c8c6",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_9e99b",
                    table="trace_shape",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="readlog",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e.\"id\"::bigint AS id, 'läsning:' || COALESCE(e.\"scope\"::text, '') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;",
                    hash="765c2bd945d418602bc22413b6cc34d80f59853a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_b7a49",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="trace_readlog",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="be599276c30a6081bf027e8e3a2ace2aedad8b18",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_2502f",
                    table="trace_link",
                    when="BEFORE",
                ),
            ),
        ),
    ]
