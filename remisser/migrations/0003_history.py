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
        ('papers', '0004_history'),
        ('remisser', '0002_part_revisions'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: remissvar',
                'verbose_name_plural': 'ändringar: remissvar',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AnswerVersionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('collective', models.BooleanField(default=False, verbose_name='att-satserna besvaras samlat')),
                ('stance', models.CharField(blank=True, choices=[('tillstyrker', 'Tillstyrker'), ('positiv', 'Positiv'), ('positiv-forbehall', 'Positiv med förbehåll'), ('inget-att-erinra', 'Inget att erinra'), ('tillgodosett', 'Tillgodosett eller pågår redan'), ('svart-att-yttra-sig', 'Svårt att yttra sig'), ('avstyrker', 'Avstyrker'), ('avstar', 'Avstår')], max_length=20, verbose_name='samlat ställningstagande')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='ändring')),
            ],
            options={
                'verbose_name': 'ändring: svar i en version',
                'verbose_name_plural': 'ändringar: svar i versioner',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PositionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('stance', models.CharField(blank=True, choices=[('tillstyrker', 'Tillstyrker'), ('positiv', 'Positiv'), ('positiv-forbehall', 'Positiv med förbehåll'), ('inget-att-erinra', 'Inget att erinra'), ('tillgodosett', 'Tillgodosett eller pågår redan'), ('svart-att-yttra-sig', 'Svårt att yttra sig'), ('avstyrker', 'Avstyrker'), ('avstar', 'Avstår')], max_length=20, verbose_name='ställningstagande')),
                ('wording', models.TextField(blank=True, verbose_name='att-satsen, som svaret återger den')),
                ('body', models.TextField(blank=True, verbose_name='nämndens svar')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='ändring')),
            ],
            options={
                'verbose_name': 'ändring: ställningstagande',
                'verbose_name_plural': 'ändringar: ställningstaganden',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProposalChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('text', models.TextField(verbose_name='att-sats')),
                ('abridged', models.BooleanField(default=False, verbose_name='återgiven i korthet')),
            ],
            options={
                'verbose_name': 'ändring: att-sats',
                'verbose_name_plural': 'ändringar: att-satser',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RemissChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, verbose_name='adress')),
                ('dnr', models.CharField(max_length=60, verbose_name='remittentens diarienummer')),
                ('title', models.CharField(max_length=300, verbose_name='rubrik')),
                ('kind', models.CharField(blank=True, choices=[('motion', 'Motion'), ('program', 'Program'), ('betankande', 'Betänkande'), ('skrivelse', 'Skrivelse')], max_length=20, verbose_name='slag')),
                ('remitter', models.CharField(max_length=120, verbose_name='remittent')),
                ('author', models.CharField(blank=True, max_length=150, verbose_name='förslagsställare')),
                ('party', models.CharField(blank=True, max_length=20, verbose_name='parti')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='inkom')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
            ],
            options={
                'verbose_name': 'ändring: remiss',
                'verbose_name_plural': 'ändringar: remisser',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RemissinstansChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name_as_written', models.CharField(max_length=200, verbose_name='namn, som det står')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='svar senast')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
            ],
            options={
                'verbose_name': 'ändring: remissinstans',
                'verbose_name_plural': 'ändringar: remissinstanser',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_answerchange" ("id", "instance_id", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."instance_id", new_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='73fbcd69a2e888b7000c57af2b05c638870a3654', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a2f6f', referencing='REFERENCING NEW TABLE AS new_values ', table='remisser_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_answerchange" ("id", "instance_id", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."instance_id", new_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='98c887058bf3f7ca713d60250050c704064a94f5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_66d68', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='remisser_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_answerchange" ("id", "instance_id", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."instance_id", old_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c3b6a0e22fca8492cbd0e47bdb95d61ebddd51e9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_672ea', referencing='REFERENCING OLD TABLE AS old_values ', table='remisser_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='dd37744923cc453fe3fd7470d9133f3af5978693', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_6b5f1', table='remisser_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='3f73113177b87af5af7fb2312b1d042eab3317d0', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_37838', table='remisser_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_answerversionchange" ("collective", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "stance", "version_id") SELECT new_values."collective", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision", new_values."stance", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0aa64cc84ae2dd9d41e91dd1e250ee2222140a40', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b6df6', referencing='REFERENCING NEW TABLE AS new_values ', table='remisser_answerversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_answerversionchange" ("collective", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "stance", "version_id") SELECT new_values."collective", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision", new_values."stance", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='28feba87ba809fe8e2a4573b4629cd36e70b46ad', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e06fd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='remisser_answerversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_answerversionchange" ("collective", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "stance", "version_id") SELECT old_values."collective", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision", old_values."stance", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dc23db00c68729f746a934e8873094a52dfdc4a4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bf897', referencing='REFERENCING OLD TABLE AS old_values ', table='remisser_answerversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerversion',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='a30eb3d7542e582d994be86a36dd5bf6d127cae6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_63a3a', table='remisser_answerversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerversion',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='b2c6b31b70251649e97b3c327e7e71a45cfee110', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_15930', table='remisser_answerversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_positionchange" ("answer_version_id", "body", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "revision", "stance", "wording") SELECT new_values."answer_version_id", new_values."body", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."proposal_id", new_values."revision", new_values."stance", new_values."wording" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='41e1982b07f28e5883a884661296d92d684eaf12', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d135b', referencing='REFERENCING NEW TABLE AS new_values ', table='remisser_position', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_positionchange" ("answer_version_id", "body", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "revision", "stance", "wording") SELECT new_values."answer_version_id", new_values."body", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."proposal_id", new_values."revision", new_values."stance", new_values."wording" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='03c8bb413b29bd1f8b4dffbb2f99ed03f1a1e41a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d92e5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='remisser_position', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_positionchange" ("answer_version_id", "body", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "revision", "stance", "wording") SELECT old_values."answer_version_id", old_values."body", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."proposal_id", old_values."revision", old_values."stance", old_values."wording" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9fca081e6c125c657544ef776676c81b6f201a6f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b9b18', referencing='REFERENCING OLD TABLE AS old_values ', table='remisser_position', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='3dbfb708f0037b627f9d254583225ffc853b23ee', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_52a2c', table='remisser_position', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='a17934221dd3f7b89bd43ec959b4c65b900ef5f4', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_b6cab', table='remisser_position', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_proposalchange" ("abridged", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remiss_id", "text") SELECT new_values."abridged", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."remiss_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bedd2fd2888ae02392a97f0c19d63fa9004718da', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8a3cb', referencing='REFERENCING NEW TABLE AS new_values ', table='remisser_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_proposalchange" ("abridged", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remiss_id", "text") SELECT new_values."abridged", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."remiss_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ec30c47a5d50f466561eea20c0436bc16dd4d9c3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a899a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='remisser_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_proposalchange" ("abridged", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remiss_id", "text") SELECT old_values."abridged", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."remiss_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f35910eefb66263bdb7bfb1efc4376675e62c381', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_83276', referencing='REFERENCING OLD TABLE AS old_values ', table='remisser_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='8d10f5010ec9e26958fa2c0c0f7659c06637ab10', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_fb2f5', table='remisser_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='4255c8876de491244172ff52a0ed1ab86fa0cf26', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_0fd9c', table='remisser_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remiss',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_remisschange" ("author", "dnr", "id", "is_example", "kind", "party", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "remitter", "remitter_namnd_id", "slug", "title") SELECT new_values."author", new_values."dnr", new_values."id", new_values."is_example", new_values."kind", new_values."party", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."received_on", new_values."remitter", new_values."remitter_namnd_id", new_values."slug", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3fe15e53725162219ad5792b43b273f1070fe152', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c838f', referencing='REFERENCING NEW TABLE AS new_values ', table='remisser_remiss', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remiss',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_remisschange" ("author", "dnr", "id", "is_example", "kind", "party", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "remitter", "remitter_namnd_id", "slug", "title") SELECT new_values."author", new_values."dnr", new_values."id", new_values."is_example", new_values."kind", new_values."party", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."received_on", new_values."remitter", new_values."remitter_namnd_id", new_values."slug", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7c6c8d4d756aac16ac40e5657a7aabe19d632302', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_76f1a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='remisser_remiss', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remiss',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_remisschange" ("author", "dnr", "id", "is_example", "kind", "party", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "remitter", "remitter_namnd_id", "slug", "title") SELECT old_values."author", old_values."dnr", old_values."id", old_values."is_example", old_values."kind", old_values."party", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."received_on", old_values."remitter", old_values."remitter_namnd_id", old_values."slug", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7a3271a2a43bd46d389fd5b7e2ad0b8aff2921d6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b49c9', referencing='REFERENCING OLD TABLE AS old_values ', table='remisser_remiss', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remiss',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='07f1dbbc663b60372dcabcabdb7f3b8dd773d0a2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_498f8', table='remisser_remiss', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remiss',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='e422b8e361eae6c09531645b3f14df1741b8a3ce', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_5057b', table='remisser_remiss', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remissinstans',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_remissinstanschange" ("due_on", "id", "name_as_written", "namnd_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remiss_id") SELECT new_values."due_on", new_values."id", new_values."name_as_written", new_values."namnd_id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."remiss_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fb9c0c494ede161b0fd946c5a478428d108346b4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f0a9b', referencing='REFERENCING NEW TABLE AS new_values ', table='remisser_remissinstans', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remissinstans',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_remissinstanschange" ("due_on", "id", "name_as_written", "namnd_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remiss_id") SELECT new_values."due_on", new_values."id", new_values."name_as_written", new_values."namnd_id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."remiss_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='36181ac9237e63f845e18c9d86b684f0157d8e39', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_39a02', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='remisser_remissinstans', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remissinstans',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remisser_remissinstanschange" ("due_on", "id", "name_as_written", "namnd_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remiss_id") SELECT old_values."due_on", old_values."id", old_values."name_as_written", old_values."namnd_id", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."remiss_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1605ca75be3320e33eedd57f406fedc32a05f30c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3f718', referencing='REFERENCING OLD TABLE AS old_values ', table='remisser_remissinstans', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remissinstans',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='793c583ca313c26193868a48f8824f484488f35d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_177cb', table='remisser_remissinstans', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remissinstans',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='31e1fb63b957f5a91acce3dfbf47a496b9bf49b6', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_22f1a', table='remisser_remissinstans', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='answerchange',
            name='instance',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.remissinstans', verbose_name='remissinstans'),
        ),
        migrations.AddField(
            model_name='answerchange',
            name='paper',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paper', verbose_name='handling'),
        ),
        migrations.AddField(
            model_name='answerchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.answer'),
        ),
        migrations.AddField(
            model_name='answerversionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.answerversion'),
        ),
        migrations.AddField(
            model_name='answerversionchange',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paperversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='positionchange',
            name='answer_version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.answerversion', verbose_name='svar'),
        ),
        migrations.AddField(
            model_name='positionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.position'),
        ),
        migrations.AddField(
            model_name='positionchange',
            name='proposal',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.proposal', verbose_name='att-sats'),
        ),
        migrations.AddField(
            model_name='proposalchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.proposal'),
        ),
        migrations.AddField(
            model_name='proposalchange',
            name='remiss',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.remiss', verbose_name='remiss'),
        ),
        migrations.AddField(
            model_name='remisschange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.remiss'),
        ),
        migrations.AddField(
            model_name='remisschange',
            name='remitter_namnd',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='remittent i Samlad'),
        ),
        migrations.AddField(
            model_name='remissinstanschange',
            name='namnd',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='remissinstanschange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.remissinstans'),
        ),
        migrations.AddField(
            model_name='remissinstanschange',
            name='remiss',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='remisser.remiss', verbose_name='remiss'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='3b64eb43c531241cf621e3895146fe918481351a', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_14090', table='remisser_answerchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s1."code" FROM "organisation_namnd" s1 WHERE s1."id" = (SELECT s0."namnd_id" FROM "papers_paper" s0 WHERE s0."id" = e."paper_id"))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='60a3d4a1b2caed895b6dd6dc4800ed59200947ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_dbb15', referencing='REFERENCING NEW TABLE AS added ', table='remisser_answerchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerversionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5f7fab517f431a359308ff550f0128510dac38e4', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_b15ab', table='remisser_answerversionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answerversionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s2."code" FROM "organisation_namnd" s2 WHERE s2."id" = (SELECT s1."namnd_id" FROM "papers_paper" s1 WHERE s1."id" = (SELECT s0."paper_id" FROM "papers_paperversion" s0 WHERE s0."id" = e."version_id")))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='46d70d5d6b6ffd8c070522f63a20260ba8f86d4e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_08dae', referencing='REFERENCING NEW TABLE AS added ', table='remisser_answerversionchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='positionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='46ee2fe9a6b5c609917f0d1b7ad605727feacb63', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_c227c', table='remisser_positionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='positionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s3."code" FROM "organisation_namnd" s3 WHERE s3."id" = (SELECT s2."namnd_id" FROM "papers_paper" s2 WHERE s2."id" = (SELECT s1."paper_id" FROM "papers_paperversion" s1 WHERE s1."id" = (SELECT s0."version_id" FROM "remisser_answerversion" s0 WHERE s0."id" = e."answer_version_id"))))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='4614e3cc8de6d2edf321c301f385608a91def7ee', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_b29e7', referencing='REFERENCING NEW TABLE AS added ', table='remisser_positionchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposalchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='2c123eb6ec2471054f7534ff412b0b444a4476eb', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_deb35', table='remisser_proposalchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposalchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='4a8136da18c9f441944801a4d3a1579f0846beec', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_fca0a', referencing='REFERENCING NEW TABLE AS added ', table='remisser_proposalchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remisschange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='d53b8a870063d7fa36ebec76b564de563f31e8cd', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_1cc68', table='remisser_remisschange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remisschange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='4801a7cf28770eaffeae3b05579f8561aeeb9ed4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_960d6', referencing='REFERENCING NEW TABLE AS added ', table='remisser_remisschange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remissinstanschange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='7b6f435cda76fc314bb03073e168f0983c3dec0a', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_5e9c1', table='remisser_remissinstanschange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remissinstanschange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='50a0ebca6f58bc59a5f862c71029f086e2c0e838', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_9993b', referencing='REFERENCING NEW TABLE AS added ', table='remisser_remissinstanschange', when='AFTER')),
        ),
        migrations.RunPython(write_baseline("remisser"), migrations.RunPython.noop),
    ]
