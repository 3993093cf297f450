"""Keep every version of every row: tables of changes, and the triggers that fill them."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from trace.baseline import write_baseline


class Migration(migrations.Migration):

    dependencies = [
        ('trace', '0004_guards'),
        ('organisation', '0002_history'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, verbose_name='kod')),
                ('text', models.TextField(verbose_name='aktivitet')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
            ],
            options={
                'verbose_name': 'ändring: aktivitet',
                'verbose_name_plural': 'ändringar: aktiviteter',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GoalChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('text', models.TextField(verbose_name='mål')),
            ],
            options={
                'verbose_name': 'ändring: mål',
                'verbose_name_plural': 'ändringar: mål',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgrammeChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, verbose_name='adress')),
                ('name', models.TextField(verbose_name='namn')),
                ('short_name', models.CharField(max_length=80, verbose_name='kort namn')),
                ('vision', models.TextField(blank=True, verbose_name='vision')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='första år')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='sista år')),
                ('source', models.CharField(max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'ändring: program',
                'verbose_name_plural': 'ändringar: program',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ResponsibilityChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('group', models.CharField(blank=True, choices=[('stadsdelsnamnder', 'Alla stadsdelsnämnder'), ('namnder', 'Alla nämnder'), ('alla', 'Alla nämnder och bolag')], max_length=20, verbose_name='grupp')),
            ],
            options={
                'verbose_name': 'ändring: ansvar',
                'verbose_name_plural': 'ändringar: ansvar',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ViolenceTypeChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='våldstyp')),
                ('order', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'verbose_name': 'ändring: våldstyp',
                'verbose_name_plural': 'ändringar: våldstyper',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitychange" ("code", "goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text") SELECT new_values."code", new_values."goal_id", new_values."id", new_values."is_example", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dbeec328faf5bc84fd85ab1fcb67317fb12f8545', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_82a81', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitychange" ("code", "goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text") SELECT new_values."code", new_values."goal_id", new_values."id", new_values."is_example", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7d43f926a1612af8766251e9e203c23c209a22a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0def5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitychange" ("code", "goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text") SELECT old_values."code", old_values."goal_id", old_values."id", old_values."is_example", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='db5c27ed7c54c89bafed9203e6af9636364f64be', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19ea6', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5f5482098dbbbfe8ba29a072d454b4113b0f0904', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a8451', table='programme_activity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='7c8a883615f3c0337f2c962f5a7f826a657b3b03', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_4a1ee', table='programme_activity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalchange" ("id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text") SELECT new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ee67a823a602582295bcc808d97c652502da5831', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f3920', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalchange" ("id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text") SELECT new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='23d8235d2c66409d35d396f131e525823072791e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e11a3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalchange" ("id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text") SELECT old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='84922d010ffb018de8efb7892147972675243e28', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58f14', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='266cc71887a1e1ddddbc2daa6ced9832126e9b14', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_6d615', table='programme_goal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='6420d89e471ff6080ae304134f7e6c6602330df9', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_9a8e4', table='programme_goal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmechange" ("first_year", "id", "last_year", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug", "source", "vision") SELECT new_values."first_year", new_values."id", new_values."last_year", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."short_name", new_values."slug", new_values."source", new_values."vision" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3294cf31ef2c4154a21d2fc531705a6eb7dd68cc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8921b', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmechange" ("first_year", "id", "last_year", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug", "source", "vision") SELECT new_values."first_year", new_values."id", new_values."last_year", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."short_name", new_values."slug", new_values."source", new_values."vision" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a92ad02c95ef25d52381268005d260804734083e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c42d8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmechange" ("first_year", "id", "last_year", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug", "source", "vision") SELECT old_values."first_year", old_values."id", old_values."last_year", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."short_name", old_values."slug", old_values."source", old_values."vision" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4022bba9c97c8c6f3e0f345e72ac6b21e7ec874d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_92681', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='cacc2ebcd5ac88435b869bfc949ce7cc158851a1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0e3ae', table='programme_programme', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='4166ecea0482f69032a59c3f4fba2c832c040ff7', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_1188f', table='programme_programme', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_responsibilitychange" ("activity_id", "group", "id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."group", new_values."id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='418dc18cf1d245c0d7e44fc7a6674e261794d421', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5e1c9', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_responsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_responsibilitychange" ("activity_id", "group", "id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."group", new_values."id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6274de7da9520eaad740a7f8ceca630831c35be9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bd4c8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_responsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_responsibilitychange" ("activity_id", "group", "id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."group", old_values."id", old_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1b63aab5c24268366380fdf755d5d1b598e5f9fb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3cdfe', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_responsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='392428623feb43c76cd73fc9200128d03240a99f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_aaeb8', table='programme_responsibility', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='8be2292c73ef3bbda682c155a6610d1044d2af73', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_53619', table='programme_responsibility', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='81d83e5fa17043dec475d8ee2aaf3ca42d4c464b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c6913', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_violencetype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2db97e09ab5ccac21a66fef096636dc2f7f80c4c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_98c56', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_violencetype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT old_values."id", old_values."name", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='72953f197f6447309fb5a573bbd68ad039d001b8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b2a84', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_violencetype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='3590a32bfa1d209a59d22b966a88e3f5b7b08c9d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d6803', table='programme_violencetype', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='da1f66910f1cad87d8d8f0aee3b048c69e4cb7b4', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_acee8', table='programme_violencetype', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='activitychange',
            name='goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='activitychange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='programme',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme', verbose_name='program'),
        ),
        migrations.AddField(
            model_name='programmechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='responsibilitychange',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity', verbose_name='aktivitet'),
        ),
        migrations.AddField(
            model_name='responsibilitychange',
            name='namnd',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='responsibilitychange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.responsibility'),
        ),
        migrations.AddField(
            model_name='violencetypechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.violencetype'),
        ),
        migrations.AddField(
            model_name='violencetypechange',
            name='programme',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme', verbose_name='program'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitychange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='77aa22b65da922dd8aaf8d5428d55b1c7cec5b66', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_26eed', table='programme_activitychange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitychange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='80a33b5899406553832f9eff710d18399dc7c24d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_a87e7', referencing='REFERENCING NEW TABLE AS added ', table='programme_activitychange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='c06e77d4328ba1502a8ff668934bb0c13a838543', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_7fd27', table='programme_goalchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='af9a95d134a403bad4dedb74071ce111d842ffa7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_7f8eb', referencing='REFERENCING NEW TABLE AS added ', table='programme_goalchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='a76eb4648fe3d0abb59c0c6fcac9ae4de1a21738', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_44516', table='programme_programmechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='81487b2814d00f4cc65b03250fcf4a124d3e4649', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_9a26d', referencing='REFERENCING NEW TABLE AS added ', table='programme_programmechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibilitychange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='2ef73bd7f5256b7747071c3e3cbada7db190f8d4', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_5da16', table='programme_responsibilitychange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibilitychange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='8bcc681f15d548c15fa789ae655df3633b98f4f4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_35b20', referencing='REFERENCING NEW TABLE AS added ', table='programme_responsibilitychange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='9513226f4bae7ca54e75bd7cfce2ff17711cec6a', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_1af79', table='programme_violencetypechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='84e3667a17239cf1182e60c41ed4d1eea6ea98fc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_1ed9f', referencing='REFERENCING NEW TABLE AS added ', table='programme_violencetypechange', when='AFTER')),
        ),
        migrations.RunPython(write_baseline("programme"), migrations.RunPython.noop),
    ]
