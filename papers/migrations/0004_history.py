"""Keep every version of every row: tables of changes, and the triggers that fill them."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from trace.baseline import write_baseline


class Migration(migrations.Migration):

    dependencies = [
        ('trace', '0004_guards'),
        ('organisation', '0002_history'),
        ('papers', '0003_version_is_example'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AttestationChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=150, verbose_name='namn')),
                ('title', models.CharField(blank=True, max_length=100, verbose_name='titel')),
                ('on', models.DateField(verbose_name='datum')),
                ('source', models.CharField(choices=[('papper', 'Enligt papperet')], max_length=10, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'ändring: attest',
                'verbose_name_plural': 'ändringar: attester',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('remissvar', 'Svar på remiss'), ('eget-arende', 'Eget ärende')], max_length=20, verbose_name='slag')),
                ('dnr', models.CharField(blank=True, max_length=60, verbose_name='nämndens diarienummer')),
                ('state', models.CharField(choices=[('utkast', 'Utkast'), ('attesterad', 'Attesterad')], default='utkast', max_length=20, verbose_name='läge')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='ändrad')),
            ],
            options={
                'verbose_name': 'ändring: handling',
                'verbose_name_plural': 'ändringar: handlingar',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperTemplateChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, verbose_name='kod')),
                ('name', models.CharField(max_length=100, verbose_name='namn')),
                ('kind', models.CharField(choices=[('remissvar', 'Svar på remiss'), ('eget-arende', 'Eget ärende')], max_length=20, verbose_name='slag')),
            ],
            options={
                'verbose_name': 'ändring: mall',
                'verbose_name_plural': 'ändringar: mallar',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperVersionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('origin', models.CharField(choices=[('skriven', 'Skriven i Samlad'), ('inlast', 'Inläst från en fil')], max_length=10, verbose_name='tillkom')),
                ('reason', models.CharField(blank=True, max_length=250, verbose_name='varför versionen öppnades')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='skapad')),
                ('source_name', models.CharField(blank=True, max_length=200, verbose_name='filens namn')),
                ('source_sha256', models.CharField(blank=True, max_length=64, verbose_name='filens kontrollsumma')),
                ('warnings', models.JSONField(blank=True, default=list, verbose_name='att se över efter inläsning')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
                ('title', models.CharField(max_length=300, verbose_name='rubrik')),
                ('subtitle', models.CharField(blank=True, max_length=300, verbose_name='underrubrik')),
                ('forvaltning', models.CharField(blank=True, max_length=120, verbose_name='förvaltning')),
                ('avdelning', models.CharField(blank=True, max_length=120, verbose_name='avdelning')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='papperets datum')),
                ('meeting_on', models.DateField(blank=True, null=True, verbose_name='nämndens sammanträde')),
                ('addressee', models.CharField(blank=True, max_length=120, verbose_name='till, som det står')),
                ('address', models.TextField(blank=True, verbose_name='adressblock')),
                ('handlaggare', models.JSONField(blank=True, default=list, verbose_name='handläggare')),
                ('signatures', models.JSONField(blank=True, default=list, verbose_name='underskrifter')),
                ('bilagor', models.JSONField(blank=True, default=list, verbose_name='bilagor')),
                ('recipients', models.JSONField(blank=True, default=list, verbose_name='beslutet ska skickas till')),
                ('header_revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='huvudets ändring')),
            ],
            options={
                'verbose_name': 'ändring: version',
                'verbose_name_plural': 'ändringar: versioner',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SectionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('key', models.SlugField(db_index=False, verbose_name='nyckel')),
                ('heading', models.CharField(max_length=200, verbose_name='rubrik')),
                ('kind', models.CharField(choices=[('text', 'Text'), ('yttrande', 'Yttrande, med svar per att-sats'), ('underskrifter', 'Underskrifter'), ('bilagor', 'Bilagor'), ('mottagare', 'Beslutet ska skickas till'), ('attest', 'Attesterat av')], default='text', max_length=20, verbose_name='innehåll')),
                ('order', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('required', models.BooleanField(default=False, verbose_name='krävs')),
                ('guidance', models.TextField(blank=True, verbose_name='vägledning')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='ändring')),
            ],
            options={
                'verbose_name': 'ändring: avsnitt',
                'verbose_name_plural': 'ändringar: avsnitt',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TemplateSectionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('key', models.SlugField(db_index=False, help_text='Samma nyckel för samma avsnitt i alla mallar.', verbose_name='nyckel')),
                ('heading', models.CharField(max_length=120, verbose_name='rubrik')),
                ('kind', models.CharField(choices=[('text', 'Text'), ('yttrande', 'Yttrande, med svar per att-sats'), ('underskrifter', 'Underskrifter'), ('bilagor', 'Bilagor'), ('mottagare', 'Beslutet ska skickas till'), ('attest', 'Attesterat av')], max_length=20, verbose_name='innehåll')),
                ('order', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('required', models.BooleanField(default=True, verbose_name='krävs')),
                ('guidance', models.TextField(blank=True, verbose_name='vägledning')),
            ],
            options={
                'verbose_name': 'ändring: avsnitt i mall',
                'verbose_name_plural': 'ändringar: avsnitt i mall',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attestation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_attestationchange" ("id", "name", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version_id") SELECT new_values."id", new_values."name", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."title", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c4363531e30c67feb1251d67ba774a98c6504ac3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ff1e4', referencing='REFERENCING NEW TABLE AS new_values ', table='papers_attestation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attestation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_attestationchange" ("id", "name", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version_id") SELECT new_values."id", new_values."name", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."title", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fbe0c69c08d651612f0250a4b46132676d0d17c4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_962d7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='papers_attestation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attestation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_attestationchange" ("id", "name", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version_id") SELECT old_values."id", old_values."name", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."title", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a2f6c98b79275bd452c7dcdb521ee509bd422fd2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c3935', referencing='REFERENCING OLD TABLE AS old_values ', table='papers_attestation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attestation',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='d3df1487f3e0156ecc08ae3eab8b6bd304fe60bd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d280d', table='papers_attestation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attestation',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='ce80c54fbf59c67da2f17bace19e292f283fb200', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_b8717', table='papers_attestation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_paperchange" ("changed_at", "current_id", "dnr", "id", "is_example", "kind", "meeting_id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state", "template_id") SELECT new_values."changed_at", new_values."current_id", new_values."dnr", new_values."id", new_values."is_example", new_values."kind", new_values."meeting_id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision", new_values."state", new_values."template_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='670ae17a51d3618fbf573bdfbdc0b45403b1d956', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b0728', referencing='REFERENCING NEW TABLE AS new_values ', table='papers_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_paperchange" ("changed_at", "current_id", "dnr", "id", "is_example", "kind", "meeting_id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state", "template_id") SELECT new_values."changed_at", new_values."current_id", new_values."dnr", new_values."id", new_values."is_example", new_values."kind", new_values."meeting_id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision", new_values."state", new_values."template_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9a55812e74f39afa10a0c7e76eb3c3af17bf80a1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_de34d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='papers_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_paperchange" ("changed_at", "current_id", "dnr", "id", "is_example", "kind", "meeting_id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state", "template_id") SELECT old_values."changed_at", old_values."current_id", old_values."dnr", old_values."id", old_values."is_example", old_values."kind", old_values."meeting_id", old_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision", old_values."state", old_values."template_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8bd03cbb572cb14dd8a2b625c8d25470bf4aefdd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_835e6', referencing='REFERENCING OLD TABLE AS old_values ', table='papers_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='50e882cbe1d968dd5d6ac9bb8499dab461782ac9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c2ee5', table='papers_paper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='b5f45fa048089c7c65c0ea924d82bc11a847b29b', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_9582c', table='papers_paper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_papertemplatechange" ("code", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cf9f1ad1935e8fcd2b59e2eea369c9cc7425b63d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_389b6', referencing='REFERENCING NEW TABLE AS new_values ', table='papers_papertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_papertemplatechange" ("code", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5084b6e696433f05f1d8ee9a02490c3aea3d57b6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a2aeb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='papers_papertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_papertemplatechange" ("code", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."code", old_values."id", old_values."kind", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='51772d1de8cf465bb52e6517f830b7ec4fcdeb29', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9a28d', referencing='REFERENCING OLD TABLE AS old_values ', table='papers_papertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='414019f573d1a176148e54e90d9c79d8d290a947', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7b553', table='papers_papertemplate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='8d794e3fe7ecb8ba356b50ed3d1a1ab08ef749e5', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_776ee', table='papers_papertemplate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_paperversionchange" ("address", "addressee", "avdelning", "bilagor", "created_at", "created_by_id", "dated_on", "forvaltning", "handlaggare", "header_revision", "id", "is_example", "meeting_on", "number", "origin", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipients", "signatures", "source_name", "source_sha256", "subtitle", "title", "warnings") SELECT new_values."address", new_values."addressee", new_values."avdelning", new_values."bilagor", new_values."created_at", new_values."created_by_id", new_values."dated_on", new_values."forvaltning", new_values."handlaggare", new_values."header_revision", new_values."id", new_values."is_example", new_values."meeting_on", new_values."number", new_values."origin", new_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."recipients", new_values."signatures", new_values."source_name", new_values."source_sha256", new_values."subtitle", new_values."title", new_values."warnings" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ef21fc3b73b3a7ef7e01536071fa73a5f7fd1733', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e351c', referencing='REFERENCING NEW TABLE AS new_values ', table='papers_paperversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_paperversionchange" ("address", "addressee", "avdelning", "bilagor", "created_at", "created_by_id", "dated_on", "forvaltning", "handlaggare", "header_revision", "id", "is_example", "meeting_on", "number", "origin", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipients", "signatures", "source_name", "source_sha256", "subtitle", "title", "warnings") SELECT new_values."address", new_values."addressee", new_values."avdelning", new_values."bilagor", new_values."created_at", new_values."created_by_id", new_values."dated_on", new_values."forvaltning", new_values."handlaggare", new_values."header_revision", new_values."id", new_values."is_example", new_values."meeting_on", new_values."number", new_values."origin", new_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."recipients", new_values."signatures", new_values."source_name", new_values."source_sha256", new_values."subtitle", new_values."title", new_values."warnings" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='98a9aa0e1301020488a052383b9bd68e40de5819', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_afc1a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='papers_paperversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_paperversionchange" ("address", "addressee", "avdelning", "bilagor", "created_at", "created_by_id", "dated_on", "forvaltning", "handlaggare", "header_revision", "id", "is_example", "meeting_on", "number", "origin", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipients", "signatures", "source_name", "source_sha256", "subtitle", "title", "warnings") SELECT old_values."address", old_values."addressee", old_values."avdelning", old_values."bilagor", old_values."created_at", old_values."created_by_id", old_values."dated_on", old_values."forvaltning", old_values."handlaggare", old_values."header_revision", old_values."id", old_values."is_example", old_values."meeting_on", old_values."number", old_values."origin", old_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."recipients", old_values."signatures", old_values."source_name", old_values."source_sha256", old_values."subtitle", old_values."title", old_values."warnings" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9d5426141b464e5f8f8005a36e49bee9014a7551', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_657b5', referencing='REFERENCING OLD TABLE AS old_values ', table='papers_paperversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperversion',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='d983323870301ce8c873f7adaaee95f88a0b3cce', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_6ec85', table='papers_paperversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperversion',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='f73548df4a912f33d658e95e38f7fe2d725ce79f', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_8b446', table='papers_paperversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='section',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_sectionchange" ("body", "guidance", "heading", "id", "key", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "revision", "version_id") SELECT new_values."body", new_values."guidance", new_values."heading", new_values."id", new_values."key", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."required", new_values."revision", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e80790446be32c36a55bc5ac8f68a769c925bd6c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e87eb', referencing='REFERENCING NEW TABLE AS new_values ', table='papers_section', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='section',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_sectionchange" ("body", "guidance", "heading", "id", "key", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "revision", "version_id") SELECT new_values."body", new_values."guidance", new_values."heading", new_values."id", new_values."key", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."required", new_values."revision", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='704097ec9fe7cefd67c3e32782afddae80747593', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6e47d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='papers_section', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='section',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_sectionchange" ("body", "guidance", "heading", "id", "key", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "revision", "version_id") SELECT old_values."body", old_values."guidance", old_values."heading", old_values."id", old_values."key", old_values."kind", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."required", old_values."revision", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='652036c94196124ed8dd29efd8bd8db31c13b281', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_60e1b', referencing='REFERENCING OLD TABLE AS old_values ', table='papers_section', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='section',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='429c63329ff55886ced18b34aeef0b8c8d8ad82b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f7d23', table='papers_section', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='section',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='a6480f1a584471d923f9b3c4c6b224db58948cdd', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_aeb2b', table='papers_section', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesection',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_templatesectionchange" ("guidance", "heading", "id", "key", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "template_id") SELECT new_values."guidance", new_values."heading", new_values."id", new_values."key", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."required", new_values."template_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ba270b6282faf4d7602bbeaafaac5a02ca163df9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f7233', referencing='REFERENCING NEW TABLE AS new_values ', table='papers_templatesection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesection',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_templatesectionchange" ("guidance", "heading", "id", "key", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "template_id") SELECT new_values."guidance", new_values."heading", new_values."id", new_values."key", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."required", new_values."template_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='08fb5a7e75f20867218e8210cf60442d19ddaabc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aaca5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='papers_templatesection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesection',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_templatesectionchange" ("guidance", "heading", "id", "key", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "template_id") SELECT old_values."guidance", old_values."heading", old_values."id", old_values."key", old_values."kind", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."required", old_values."template_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f91c985c6292c7fe2fef4429850c1adeb824bfad', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f8da1', referencing='REFERENCING OLD TABLE AS old_values ', table='papers_templatesection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesection',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5dfaea4dd73cdbb5f35cb9502dd3c87f6536ee26', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_3fd48', table='papers_templatesection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesection',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='c5723b79a7dc09511e6b90790126dec4af0c074d', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_491e3', table='papers_templatesection', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='attestationchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.attestation'),
        ),
        migrations.AddField(
            model_name='attestationchange',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paperversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='paperchange',
            name='current',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paperversion', verbose_name='gällande version'),
        ),
        migrations.AddField(
            model_name='paperchange',
            name='meeting',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.meeting', verbose_name='sammanträde'),
        ),
        migrations.AddField(
            model_name='paperchange',
            name='namnd',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='paperchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paper'),
        ),
        migrations.AddField(
            model_name='paperchange',
            name='template',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.papertemplate', verbose_name='mall'),
        ),
        migrations.AddField(
            model_name='papertemplatechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.papertemplate'),
        ),
        migrations.AddField(
            model_name='paperversionchange',
            name='created_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av'),
        ),
        migrations.AddField(
            model_name='paperversionchange',
            name='paper',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paper', verbose_name='handling'),
        ),
        migrations.AddField(
            model_name='paperversionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paperversion'),
        ),
        migrations.AddField(
            model_name='sectionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.section'),
        ),
        migrations.AddField(
            model_name='sectionchange',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paperversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='templatesectionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.templatesection'),
        ),
        migrations.AddField(
            model_name='templatesectionchange',
            name='template',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.papertemplate', verbose_name='mall'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attestationchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='2dfb77e754c58ddcd44b41e4e3975f529842aeee', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_a1540', table='papers_attestationchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attestationchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s2."code" FROM "organisation_namnd" s2 WHERE s2."id" = (SELECT s1."namnd_id" FROM "papers_paper" s1 WHERE s1."id" = (SELECT s0."paper_id" FROM "papers_paperversion" s0 WHERE s0."id" = e."version_id")))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='fa1d840ef86c52a8f4908d2500a6131b67133f42', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_7290d', referencing='REFERENCING NEW TABLE AS added ', table='papers_attestationchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='e36a58c425d6658b8c5b60f14439a73bd78e2114', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_c5662', table='papers_paperchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='5a6927132d318b9b1dad12a7c7f745fb22adcd5b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_f09ff', referencing='REFERENCING NEW TABLE AS added ', table='papers_paperchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplatechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='0e6352b1c028896e8a066de42d1852b3db310881', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_5e6da', table='papers_papertemplatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplatechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='a4c091f79a36e036f8d8c0155b5040ad1a448acb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_0ded4', referencing='REFERENCING NEW TABLE AS added ', table='papers_papertemplatechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperversionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='649a105b66913bfa675472f6d1e43a0f5f8965d5', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_0ded0', table='papers_paperversionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperversionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s1."code" FROM "organisation_namnd" s1 WHERE s1."id" = (SELECT s0."namnd_id" FROM "papers_paper" s0 WHERE s0."id" = e."paper_id"))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='682ae5d308440c26b4ef88843c5e632921e0e18e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_19236', referencing='REFERENCING NEW TABLE AS added ', table='papers_paperversionchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sectionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='dcb0b1611eeb2c902a62d9d6e2404136b325923c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_75c99', table='papers_sectionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sectionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s2."code" FROM "organisation_namnd" s2 WHERE s2."id" = (SELECT s1."namnd_id" FROM "papers_paper" s1 WHERE s1."id" = (SELECT s0."paper_id" FROM "papers_paperversion" s0 WHERE s0."id" = e."version_id")))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='b630e1a74746f60e15f2ee1fbae319065b0861ec', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_7a120', referencing='REFERENCING NEW TABLE AS added ', table='papers_sectionchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesectionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='520a383800b304da05aa09f99234434eff281683', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_565c9', table='papers_templatesectionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesectionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='a4a0261a2020aea53f916783e5ebb050c3fb0d41', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_7aeef', referencing='REFERENCING NEW TABLE AS added ', table='papers_templatesectionchange', when='AFTER')),
        ),
        migrations.RunPython(write_baseline("papers"), migrations.RunPython.noop),
    ]
