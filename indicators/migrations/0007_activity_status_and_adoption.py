"""How far activities have come, in the versions of reports, and what nämnder adopt."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from trace.freezing import freeze_content


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0006_responsibility_dates'),
        ('organisation', '0005_roles'),
        ('programme', '0002_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('ej-paborjad', 'Ej påbörjad'), ('paborjad', 'Påbörjad'), ('genomford', 'Genomförd'), ('avviker', 'Avviker')], max_length=12, verbose_name='läge')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('new_date', models.DateField(blank=True, null=True, verbose_name='nytt datum')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='programme.activity', verbose_name='aktivitet')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='indicators.reportversion', verbose_name='rapportversion')),
            ],
            options={
                'verbose_name': 'aktivitetens läge',
                'verbose_name_plural': 'aktiviteternas lägen',
                'ordering': ['version', 'activity'],
            },
        ),
        migrations.CreateModel(
            name='ActivityStatusChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('ej-paborjad', 'Ej påbörjad'), ('paborjad', 'Påbörjad'), ('genomford', 'Genomförd'), ('avviker', 'Avviker')], max_length=12, verbose_name='läge')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('new_date', models.DateField(blank=True, null=True, verbose_name='nytt datum')),
                ('activity', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity', verbose_name='aktivitet')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.activitystatus')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.reportversion', verbose_name='rapportversion')),
            ],
            options={
                'verbose_name': 'ändring: aktivitetens läge',
                'verbose_name_plural': 'ändringar: aktiviteternas lägen',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AdoptedActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.activity', verbose_name='aktivitet')),
            ],
            options={
                'verbose_name': 'antagen aktivitet',
                'verbose_name_plural': 'antagna aktiviteter',
                'ordering': ['adoption', 'activity'],
            },
        ),
        migrations.CreateModel(
            name='AdoptedIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator', verbose_name='indikator')),
            ],
            options={
                'verbose_name': 'antagen indikator',
                'verbose_name_plural': 'antagna indikatorer',
                'ordering': ['adoption', 'indicator'],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('decided_on', models.DateField(verbose_name='beslutad')),
                ('paragraph', models.CharField(max_length=20, verbose_name='paragraf')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare')),
                ('activities', models.ManyToManyField(related_name='adoptions', through='indicators.AdoptedActivity', to='programme.activity', verbose_name='aktiviteter')),
                ('indicators', models.ManyToManyField(related_name='adoptions', through='indicators.AdoptedIndicator', to='indicators.indicator', verbose_name='indikatorer')),
                ('namnd', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='organisation.namnd', verbose_name='nämnd')),
            ],
            options={
                'verbose_name': 'antagande i verksamhetsplan',
                'verbose_name_plural': 'antaganden i verksamhetsplaner',
                'ordering': ['-year', 'namnd'],
            },
        ),
        migrations.CreateModel(
            name='AdoptedIndicatorChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('indicator', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicator', verbose_name='indikator')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.adoptedindicator')),
                ('adoption', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.adoption', verbose_name='antagande')),
            ],
            options={
                'verbose_name': 'ändring: antagen indikator',
                'verbose_name_plural': 'ändringar: antagna indikatorer',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='adoptedindicator',
            name='adoption',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adopted_indicators', to='indicators.adoption', verbose_name='antagande'),
        ),
        migrations.CreateModel(
            name='AdoptedActivityChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('activity', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity', verbose_name='aktivitet')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.adoptedactivity')),
                ('adoption', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.adoption', verbose_name='antagande')),
            ],
            options={
                'verbose_name': 'ändring: antagen aktivitet',
                'verbose_name_plural': 'ändringar: antagna aktiviteter',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='adoptedactivity',
            name='adoption',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adopted_activities', to='indicators.adoption', verbose_name='antagande'),
        ),
        migrations.CreateModel(
            name='AdoptionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('decided_on', models.DateField(verbose_name='beslutad')),
                ('paragraph', models.CharField(max_length=20, verbose_name='paragraf')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare')),
                ('namnd', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='nämnd')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.adoption')),
            ],
            options={
                'verbose_name': 'ändring: antagande i verksamhetsplan',
                'verbose_name_plural': 'ändringar: antaganden i verksamhetsplaner',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('text', models.TextField(verbose_name='egen aktivitet')),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_activities', to='indicators.adoption', verbose_name='antagande')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.goal', verbose_name='mål')),
            ],
            options={
                'verbose_name': 'egen aktivitet',
                'verbose_name_plural': 'egna aktiviteter',
                'ordering': ['adoption', 'goal', 'order'],
            },
        ),
        migrations.CreateModel(
            name='OwnActivityChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('text', models.TextField(verbose_name='egen aktivitet')),
                ('adoption', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.adoption', verbose_name='antagande')),
                ('goal', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='mål')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.ownactivity')),
            ],
            options={
                'verbose_name': 'ändring: egen aktivitet',
                'verbose_name_plural': 'ändringar: egna aktiviteter',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='activitystatus',
            constraint=models.UniqueConstraint(fields=('version', 'activity'), name='one_status_an_activity'),
        ),
        migrations.AddConstraint(
            model_name='activitystatus',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['ej-paborjad', 'paborjad', 'genomford', 'avviker'])), name='activity_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='activitystatus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'avviker'), _negated=True), models.Q(('comment__regex', '\\S'), ('new_date__isnull', False)), _connector='OR'), name='deviation_has_comment_and_date', violation_error_message='Det som avviker behöver en kommentar och ett nytt datum.'),
        ),
        migrations.AddConstraint(
            model_name='activitystatus',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'avviker'), ('new_date__isnull', True), _connector='OR'), name='new_date_only_of_deviation', violation_error_message='Ett nytt datum hör till det som avviker.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitystatus',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_activitystatuschange" ("activity_id", "comment", "id", "new_date", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version_id") SELECT new_values."activity_id", new_values."comment", new_values."id", new_values."new_date", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."state", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9c2353120a922decf65f2c13c9ecaca0d4301bcd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1fb3a', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_activitystatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitystatus',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_activitystatuschange" ("activity_id", "comment", "id", "new_date", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version_id") SELECT new_values."activity_id", new_values."comment", new_values."id", new_values."new_date", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."state", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cfac6399f7f0b5f5d4968a89396d5f1936b3097e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4d9af', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_activitystatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitystatus',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_activitystatuschange" ("activity_id", "comment", "id", "new_date", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version_id") SELECT old_values."activity_id", old_values."comment", old_values."id", old_values."new_date", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."state", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d6aa3f8c80d67e2984c840eb83517a3eec908f4b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b9db3', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_activitystatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitystatus',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='bc5107bca9f2e34cd1a16c6c2a3e2c0beb2c8fb6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_999fd', table='indicators_activitystatus', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitystatus',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='9b9a217861aba95819c3f763da586ac8f4cd470d', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_c7a47', table='indicators_activitystatus', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitystatuschange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='0d37f25bf6e6e66cbf1c2078e30f54e4c17fd06f', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_33ed3', table='indicators_activitystatuschange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitystatuschange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s2."code" FROM "organisation_namnd" s2 WHERE s2."id" = (SELECT s1."namnd_id" FROM "indicators_report" s1 WHERE s1."id" = (SELECT s0."report_id" FROM "indicators_reportversion" s0 WHERE s0."id" = e."version_id")))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='6d21c204424146befb79b1a74d66e4b7ed07c1ec', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_42c23', referencing='REFERENCING NEW TABLE AS added ', table='indicators_activitystatuschange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.UniqueConstraint(fields=('namnd', 'year'), name='one_adoption_a_year'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(('paragraph__regex', '\\S')), name='adoption_names_its_paragraph'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptionchange" ("decided_on", "id", "is_example", "namnd_id", "paragraph", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "year") SELECT new_values."decided_on", new_values."id", new_values."is_example", new_values."namnd_id", new_values."paragraph", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='56db4e317e3517954b8e7e28b6eae5a8d4ee0d10', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_63f04', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_adoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptionchange" ("decided_on", "id", "is_example", "namnd_id", "paragraph", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "year") SELECT new_values."decided_on", new_values."id", new_values."is_example", new_values."namnd_id", new_values."paragraph", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2c01d042e167b2f89c1e63792c7cc8fd89605e02', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2596c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_adoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptionchange" ("decided_on", "id", "is_example", "namnd_id", "paragraph", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "year") SELECT old_values."decided_on", old_values."id", old_values."is_example", old_values."namnd_id", old_values."paragraph", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9d6588f714874be6fe632cf0dbfc6a5ecfecee18', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_95621', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_adoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='6355e4d8561661055d3a005007444bd866040771', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_59bee', table='indicators_adoption', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='76acdab24488eb26e166d305603a1aabf49215fd', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_d9ca8', table='indicators_adoption', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedindicatorchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='ec7b6028a7e91b2569252fe3609f94b3c1b59104', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_fab9b', table='indicators_adoptedindicatorchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedindicatorchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s1."code" FROM "organisation_namnd" s1 WHERE s1."id" = (SELECT s0."namnd_id" FROM "indicators_adoption" s0 WHERE s0."id" = e."adoption_id"))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='5bdb910cbf72a0a4caaa679aa1e7700b14f19511', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_38579', referencing='REFERENCING NEW TABLE AS added ', table='indicators_adoptedindicatorchange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='adoptedindicator',
            constraint=models.UniqueConstraint(fields=('adoption', 'indicator'), name='indicator_adopted_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedindicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptedindicatorchange" ("adoption_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."adoption_id", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='afe54c93ec0d00369db6dc7d5ab3fde6a101de60', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_716b5', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_adoptedindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedindicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptedindicatorchange" ("adoption_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."adoption_id", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e3949f4c475802e096bd2a925b2cd24cd77ec112', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_39d51', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_adoptedindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedindicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptedindicatorchange" ("adoption_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."adoption_id", old_values."id", old_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d257649643918b45de201ea10a7285f40d58b0e1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_473f4', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_adoptedindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedindicator',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='04f97a4026be74db34c126484c6d1c97e2569328', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a7859', table='indicators_adoptedindicator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedindicator',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='f845772b4dcb6245baf7756a7cb02f37394dab22', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_bf1d0', table='indicators_adoptedindicator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedactivitychange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='0a377bcb9841ac89a3d3cbdf7a5130b59343ad19', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_b4672', table='indicators_adoptedactivitychange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedactivitychange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s1."code" FROM "organisation_namnd" s1 WHERE s1."id" = (SELECT s0."namnd_id" FROM "indicators_adoption" s0 WHERE s0."id" = e."adoption_id"))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='bc55c159134b372082132e5d249e244a8d0ade41', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_991b7', referencing='REFERENCING NEW TABLE AS added ', table='indicators_adoptedactivitychange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='adoptedactivity',
            constraint=models.UniqueConstraint(fields=('adoption', 'activity'), name='activity_adopted_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedactivity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptedactivitychange" ("activity_id", "adoption_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."adoption_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5603aeae759250340da4866dff85f0b4adf54e12', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_33128', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_adoptedactivity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedactivity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptedactivitychange" ("activity_id", "adoption_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."adoption_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d21764a163d5efabd60b2801e507f98f7f196a09', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_113a3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_adoptedactivity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedactivity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_adoptedactivitychange" ("activity_id", "adoption_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."adoption_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9cc392255f247007872e4d57b2a9fe875eeea5d5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_007a3', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_adoptedactivity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedactivity',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='c45941cbdd54915b42f84f527d42e606664e730b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_6a39e', table='indicators_adoptedactivity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedactivity',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='030cd66a45a4deea81f463119670b12f15061064', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_155f8', table='indicators_adoptedactivity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='26067269db2063eb7d9aae7d2e0e1e74b19a63f0', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_2fede', table='indicators_adoptionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='479020c597d0bc53db12d4d0a9a5cc8514b97f67', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_0c47c', referencing='REFERENCING NEW TABLE AS added ', table='indicators_adoptionchange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ownactivity',
            constraint=models.UniqueConstraint(fields=('adoption', 'goal', 'order'), name='own_activity_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='ownactivity',
            constraint=models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='own_activity_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownactivity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_ownactivitychange" ("adoption_id", "goal_id", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."adoption_id", new_values."goal_id", new_values."id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0f97db3bf9bbebf2046a9d61ccf226e69f2b0b0c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f88cb', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_ownactivity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownactivity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_ownactivitychange" ("adoption_id", "goal_id", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."adoption_id", new_values."goal_id", new_values."id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6b56c4cbb5b4a94ddaa5b5ceb264b4bc65fb8bc6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3ce04', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_ownactivity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownactivity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_ownactivitychange" ("adoption_id", "goal_id", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT old_values."adoption_id", old_values."goal_id", old_values."id", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b0886018f2941406551bc10fce8ee39bfb05634d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_70995', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_ownactivity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownactivity',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5dcff2035e34c8438990e05c1f36f68bfc9c9f2d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_ffe97', table='indicators_ownactivity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownactivity',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='4e80715bd6a634888d451d1efab269f2bfffbf2a', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_74933', table='indicators_ownactivity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownactivitychange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5f94e0ea6e10a26534ef4911060dad33fa497cb1', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_75ede', table='indicators_ownactivitychange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownactivitychange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s1."code" FROM "organisation_namnd" s1 WHERE s1."id" = (SELECT s0."namnd_id" FROM "indicators_adoption" s0 WHERE s0."id" = e."adoption_id"))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='57d62285a829e6fd8e79ac7253eebffe3c10a15e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_c26bb', referencing='REFERENCING NEW TABLE AS added ', table='indicators_ownactivitychange', when='AFTER')),
        ),
        # Like values and grades: what was handed in stands.
        freeze_content(
            "indicators_activitystatus", version="r.version_id", refuse="indicators_refuse_frozen"
        ),
    ]
