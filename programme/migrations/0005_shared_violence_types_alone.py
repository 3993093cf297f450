"""The kinds of violence leave the programme that they were written under."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0004_shared_violence_types'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='violencetype',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='violencetype',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='violencetype',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='violencetype',
            name='violence_type_named_once',
        ),
        migrations.RemoveField(
            model_name='violencetype',
            name='programme',
        ),
        # What was written in the history stays there: without the column the trace could not be
        # checked any more. New rows leave it empty.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='violencetypechange',
                    name='programme',
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE programme_violencetypechange ALTER COLUMN programme_id DROP NOT NULL',
                    migrations.RunSQL.noop,
                ),
            ],
        ),
        migrations.AlterField(
            model_name='violencetype',
            name='code',
            field=models.SlugField(help_text='Små bokstäver utan å, ä och ö.', unique=True, verbose_name='kod'),
        ),
        migrations.AlterField(
            model_name='violencetype',
            name='name',
            field=models.CharField(max_length=100, unique=True, verbose_name='våldstyp'),
        ),
        migrations.AlterField(
            model_name='violencetypechange',
            name='code',
            field=models.SlugField(db_index=False, help_text='Små bokstäver utan å, ä och ö.', verbose_name='kod'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8267e02fed1a14c8779d3e196fded52494001214', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c6913', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_violencetype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8e59ed03b00971903b81e6e38d75f96dd8c064f7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_98c56', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_violencetype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."code", old_values."id", old_values."name", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='534607c797360069696762a66fff340a043d3ce9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b2a84', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_violencetype', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='violencetype',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='violence_type_code_is_ascii_slug', violation_error_message='Koden får bara ha a–z, siffror och bindestreck.'),
        ),
    ]
