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
        ('indicators', '0002_initial'),
        ('organisation', '0002_history'),
        ('programme', '0002_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GoalGradeChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('grade', models.CharField(blank=True, choices=[('helt', 'Uppfylls helt'), ('delvis', 'Uppfylls delvis'), ('ej', 'Uppfylls ej'), ('ej-uppfoljd', 'Ej uppföljd'), ('ej-berord', 'Ej berörd')], max_length=12, verbose_name='bedömning')),
                ('analysis', models.TextField(blank=True, verbose_name='analys')),
            ],
            options={
                'verbose_name': 'ändring: bedömning av mål',
                'verbose_name_plural': 'ändringar: bedömningar av mål',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndicatorChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, verbose_name='kod')),
                ('kind', models.CharField(blank=True, choices=[('I', 'Indikator'), ('UI', 'Utvecklingsindikator (datakälla saknas ännu)')], max_length=2, verbose_name='slag')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
            ],
            options={
                'verbose_name': 'ändring: indikator',
                'verbose_name_plural': 'ändringar: indikatorer',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndicatorGoalChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: indikatorns mål',
                'verbose_name_plural': 'ändringar: indikatorernas mål',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndicatorResponsibilityChange',
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
                'verbose_name': 'ändring: ansvar för indikator',
                'verbose_name_plural': 'ändringar: ansvar för indikatorer',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndicatorVersionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('name', models.CharField(max_length=250, verbose_name='namn')),
                ('definition', models.TextField(blank=True, verbose_name='definition')),
                ('unit', models.CharField(max_length=40, verbose_name='enhet')),
                ('scale', models.PositiveIntegerField(default=1, help_text='Vad en kvot räknas per: 100 för procent, 10000 för per 10 000.', verbose_name='skala')),
                ('aggregation', models.CharField(choices=[('summa', 'Summa'), ('kvot', 'Summan av täljarna genom summan av nämnarna'), ('andel-ja', 'Andel nämnder som svarar ja'), ('senaste', 'Senaste uppgift från den nämnd som svarar för den'), ('ingen', 'Läggs inte samman')], max_length=10, verbose_name='sammanläggning')),
                ('accumulation', models.CharField(choices=[('hittills', 'Hittills i år (tertial 2 innehåller tertial 1)'), ('tidpunkt', 'Läget vid periodens slut'), ('ar', 'En gång per år, i verksamhetsberättelsen')], max_length=10, verbose_name='avser')),
                ('direction', models.CharField(choices=[('hogre', 'Högre är bättre'), ('lagre', 'Lägre är bättre'), ('ingen', 'Ingen riktning')], default='ingen', max_length=10, verbose_name='riktning')),
                ('counts_people', models.BooleanField(default=False, verbose_name='räknar personer')),
                ('split_by_sex', models.BooleanField(default=False, verbose_name='delas på kön')),
                ('whole_numbers', models.BooleanField(default=False, verbose_name='bara heltal')),
                ('numerator_label', models.CharField(blank=True, max_length=120, verbose_name='täljare')),
                ('denominator_label', models.CharField(blank=True, max_length=120, verbose_name='nämnare')),
            ],
            options={
                'verbose_name': 'ändring: definition',
                'verbose_name_plural': 'ändringar: definitioner',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeriodChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=7, verbose_name='kod')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('kind', models.CharField(choices=[('T1', 'Tertialrapport 1'), ('T2', 'Tertialrapport 2'), ('VB', 'Verksamhetsberättelse')], max_length=2, verbose_name='rapport')),
                ('starts_on', models.DateField(verbose_name='från')),
                ('ends_on', models.DateField(verbose_name='till och med')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='ska vara inlämnad')),
                ('state', models.CharField(choices=[('planerad', 'Planerad'), ('oppen', 'Öppen'), ('stangd', 'Stängd'), ('last', 'Låst')], default='planerad', max_length=10, verbose_name='läge')),
            ],
            options={
                'verbose_name': 'ändring: period',
                'verbose_name_plural': 'ändringar: perioder',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferenceValueChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('region', models.CharField(choices=[('staden', 'Stockholms stad'), ('lanet', 'Stockholms län'), ('riket', 'Riket')], max_length=10, verbose_name='avser')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='värde')),
                ('approximate', models.BooleanField(default=False, verbose_name='ungefärligt')),
                ('source', models.CharField(max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'ändring: referensvärde',
                'verbose_name_plural': 'ändringar: referensvärden',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('utkast', 'Utkast'), ('inlamnad', 'Inlämnad'), ('atersand', 'Återsänd'), ('godkand', 'Godkänd'), ('last', 'Låst')], default='utkast', max_length=10, verbose_name='läge')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempeldata')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='ändrad')),
            ],
            options={
                'verbose_name': 'ändring: rapport',
                'verbose_name_plural': 'ändringar: rapporter',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportVersionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('reason', models.TextField(blank=True, verbose_name='varför versionen öppnades')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='skapad')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='inlämnad')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkänd')),
            ],
            options={
                'verbose_name': 'ändring: rapportversion',
                'verbose_name_plural': 'ändringar: rapportversioner',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TargetChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='årsmål')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
            ],
            options={
                'verbose_name': 'ändring: årsmål',
                'verbose_name_plural': 'ändringar: årsmål',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ValueChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('category', models.CharField(choices=[('totalt', 'Totalt'), ('kvinnor', 'Kvinnor'), ('man', 'Män')], default='totalt', max_length=10, verbose_name='fördelning')),
                ('number', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='utfall')),
                ('numerator', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='täljare')),
                ('denominator', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='nämnare')),
                ('missing', models.CharField(blank=True, choices=[('finns-inte', 'Uppgiften finns inte'), ('mats-inte', 'Mäts inte denna period'), ('berors-ej', 'Nämnden berörs inte'), ('sekretess', 'Sekretess')], max_length=12, verbose_name='uppgift saknas')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('entered_at', models.DateTimeField(auto_now=True, verbose_name='ifylld')),
            ],
            options={
                'verbose_name': 'ändring: värde',
                'verbose_name_plural': 'ändringar: värden',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndicatorGoal',
            fields=[
            ],
            options={
                'verbose_name': 'indikatorns mål',
                'verbose_name_plural': 'indikatorernas mål',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('indicators.indicator_goals',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalgrade',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_goalgradechange" ("analysis", "goal_id", "grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."analysis", new_values."goal_id", new_values."grade", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='647e300c51b4e4b328a63bf6e65eaa3d16a5d122', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_aca18', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_goalgrade', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalgrade',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_goalgradechange" ("analysis", "goal_id", "grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."analysis", new_values."goal_id", new_values."grade", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1b0a0097786370c4ce3f08e581c2da0c1ab15599', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f65cf', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_goalgrade', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalgrade',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_goalgradechange" ("analysis", "goal_id", "grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT old_values."analysis", old_values."goal_id", old_values."grade", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='41a53aa47d5b0c9f787791de68b0d42e07387202', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5d71c', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_goalgrade', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalgrade',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='334eb4246f10559422b7f2a26357dd6f99826e88', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c9e4b', table='indicators_goalgrade', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalgrade',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='9a8836e56d1accbf0e1ed2dc153cf2fb4bd17e36', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_0d667', table='indicators_goalgrade', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorchange" ("code", "id", "is_example", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."is_example", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='081cd15ec5b749ac836037c431cdbf8ac1018beb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6ab67', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorchange" ("code", "id", "is_example", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."is_example", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1130d7248246fe1f6c6d0ea40bf4c77e052bfbd0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4281e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorchange" ("code", "id", "is_example", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."code", old_values."id", old_values."is_example", old_values."kind", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1affc60fd2ef62590294c6782eb2534a7eeeb221', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f068f', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='60c6230733c9577179d2aa38b000c069d7c14c36', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_eba8e', table='indicators_indicator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='b46a38d0928a7bbd4b616de2821e6654db912b45', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_924b1', table='indicators_indicator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorresponsibility',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorresponsibilitychange" ("group", "id", "indicator_id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."group", new_values."id", new_values."indicator_id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0ef2c9f6b2603f75d22656c1a012b5a77e258c73', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e95d4', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_indicatorresponsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorresponsibility',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorresponsibilitychange" ("group", "id", "indicator_id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."group", new_values."id", new_values."indicator_id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='49bb90f75ac056f8bc7281a897d663b8c44b2b81', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_da716', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_indicatorresponsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorresponsibility',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorresponsibilitychange" ("group", "id", "indicator_id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."group", old_values."id", old_values."indicator_id", old_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9cc3ea3d8d998f21cd78c2e8af5128771099b10b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_eff97', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_indicatorresponsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorresponsibility',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='893d221c76a4fd7d927c6a9777970e610d5705f1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_cccb3', table='indicators_indicatorresponsibility', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorresponsibility',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='c2455b7de0db9f716b97cfeb707256a04cb8f368', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_35f31', table='indicators_indicatorresponsibility', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorversionchange" ("accumulation", "aggregation", "counts_people", "definition", "denominator_label", "direction", "id", "indicator_id", "name", "number", "numerator_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale", "split_by_sex", "unit", "valid_from", "whole_numbers") SELECT new_values."accumulation", new_values."aggregation", new_values."counts_people", new_values."definition", new_values."denominator_label", new_values."direction", new_values."id", new_values."indicator_id", new_values."name", new_values."number", new_values."numerator_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."scale", new_values."split_by_sex", new_values."unit", new_values."valid_from", new_values."whole_numbers" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0d7892ff1d8e969d0178f264eeaeb03e4f8b6f2d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e4348', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_indicatorversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorversionchange" ("accumulation", "aggregation", "counts_people", "definition", "denominator_label", "direction", "id", "indicator_id", "name", "number", "numerator_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale", "split_by_sex", "unit", "valid_from", "whole_numbers") SELECT new_values."accumulation", new_values."aggregation", new_values."counts_people", new_values."definition", new_values."denominator_label", new_values."direction", new_values."id", new_values."indicator_id", new_values."name", new_values."number", new_values."numerator_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."scale", new_values."split_by_sex", new_values."unit", new_values."valid_from", new_values."whole_numbers" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9a34ff92f1c95190841b34e2a3b0a875fdd947cf', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_15122', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_indicatorversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorversionchange" ("accumulation", "aggregation", "counts_people", "definition", "denominator_label", "direction", "id", "indicator_id", "name", "number", "numerator_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale", "split_by_sex", "unit", "valid_from", "whole_numbers") SELECT old_values."accumulation", old_values."aggregation", old_values."counts_people", old_values."definition", old_values."denominator_label", old_values."direction", old_values."id", old_values."indicator_id", old_values."name", old_values."number", old_values."numerator_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."scale", old_values."split_by_sex", old_values."unit", old_values."valid_from", old_values."whole_numbers" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5731e83777987d4da9b57670c1696ce8d6eface0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5b02f', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_indicatorversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorversion',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='af495598fec60c2d04babbdfa4d0475a8733e5db', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_33ba7', table='indicators_indicatorversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorversion',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='01b6884d924c6d7918bae71dd80e3e1fb7a8e2f7', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_37644', table='indicators_indicatorversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_periodchange" ("code", "due_on", "ends_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "year") SELECT new_values."code", new_values."due_on", new_values."ends_on", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."state", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4a0c1f7777e69900f0e0782fab16ceb1b9f371fa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5c277', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_periodchange" ("code", "due_on", "ends_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "year") SELECT new_values."code", new_values."due_on", new_values."ends_on", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."state", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e435aa82cb5166c6717675546b08873e2c2c4d97', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0ac22', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_periodchange" ("code", "due_on", "ends_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "year") SELECT old_values."code", old_values."due_on", old_values."ends_on", old_values."id", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."state", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='aa0045e1121d74fa9ef00689d29209955040aae3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a7808', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5025413db468afb94e8927cff2d7742bcd9ed396', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_deedd', table='indicators_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='6e72a8e11cd9ea846d8c36a604770f098e31b0dd', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_cb363', table='indicators_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencevalue',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_referencevaluechange" ("approximate", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "source", "value", "year") SELECT new_values."approximate", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."region", new_values."source", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='596e4e07a019efaf781b4a166014f85ebf4a00af', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bd53e', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_referencevalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencevalue',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_referencevaluechange" ("approximate", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "source", "value", "year") SELECT new_values."approximate", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."region", new_values."source", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='447a64a7ce980ba9e038620b292253204a706303', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f90f3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_referencevalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencevalue',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_referencevaluechange" ("approximate", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "source", "value", "year") SELECT old_values."approximate", old_values."id", old_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."region", old_values."source", old_values."value", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='403c69e741864e19adce8ece5736a578e64831c7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_234ee', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_referencevalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencevalue',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='17ddc973c9d285e4218bdf3581cb30a5f0e47867', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0a69e', table='indicators_referencevalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencevalue',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='ecedec819219e6e07e3302651a7090f668093b67', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_aa040', table='indicators_referencevalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_reportchange" ("approved_id", "changed_at", "current_id", "id", "is_example", "namnd_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state") SELECT new_values."approved_id", new_values."changed_at", new_values."current_id", new_values."id", new_values."is_example", new_values."namnd_id", new_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1f1beafb422684f273c134c5a58c859f0313f3f1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9a410', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_reportchange" ("approved_id", "changed_at", "current_id", "id", "is_example", "namnd_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state") SELECT new_values."approved_id", new_values."changed_at", new_values."current_id", new_values."id", new_values."is_example", new_values."namnd_id", new_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='175f00b5832d0683a85edde64b4a7272cc1acf99', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_088ce', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_reportchange" ("approved_id", "changed_at", "current_id", "id", "is_example", "namnd_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state") SELECT old_values."approved_id", old_values."changed_at", old_values."current_id", old_values."id", old_values."is_example", old_values."namnd_id", old_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6bf03acb66539447024c70ef51fd1893414e8aa2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_409fa', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='ba1cc54c0c2d6aacbca0580fce9f6cdfeedf3584', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0b2b8', table='indicators_report', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='c50e7c4bbfe8e2b895290ddc5af42efb5c796248', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_ea118', table='indicators_report', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_reportversionchange" ("approved_at", "approved_by_id", "created_at", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report_id", "submitted_at", "submitted_by_id") SELECT new_values."approved_at", new_values."approved_by_id", new_values."created_at", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."report_id", new_values."submitted_at", new_values."submitted_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8dd7170350d7f7df7e45e72c8cb3f47db0629a0e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_56ce7', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_reportversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_reportversionchange" ("approved_at", "approved_by_id", "created_at", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report_id", "submitted_at", "submitted_by_id") SELECT new_values."approved_at", new_values."approved_by_id", new_values."created_at", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."report_id", new_values."submitted_at", new_values."submitted_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='926e4d3946e9401da6584a566a64a3a2015004bf', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_09a2c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_reportversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_reportversionchange" ("approved_at", "approved_by_id", "created_at", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report_id", "submitted_at", "submitted_by_id") SELECT old_values."approved_at", old_values."approved_by_id", old_values."created_at", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."report_id", old_values."submitted_at", old_values."submitted_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9558d68810a6d4dc6041e67f91b098be9e51eee2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ccf8f', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_reportversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='6f95237c7948c82b048181319bab105c3d20376b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_242de', table='indicators_reportversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='7a5cc8cd010cfcf1b88e778b3de9750f42ca731d', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_f6075', table='indicators_reportversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_targetchange" ("id", "indicator_id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "value", "year") SELECT new_values."id", new_values."indicator_id", new_values."is_example", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3b7c33d1b5e1dadb5b3a04f7959ff8c92b20b3db', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_621f2', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_targetchange" ("id", "indicator_id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "value", "year") SELECT new_values."id", new_values."indicator_id", new_values."is_example", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2fef1536a11853c7d45c3bf17d3b0529fa435c9d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_38da2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_targetchange" ("id", "indicator_id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "value", "year") SELECT old_values."id", old_values."indicator_id", old_values."is_example", old_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."value", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='25151e645d28389f5efa0caa6d567a3aa2d6de2e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fa56b', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='03a1affff37948c4badf8933b7943c5ce3088215', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c0011', table='indicators_target', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='d7efaddb0f4a8a5c6dea70c97947e2022d300a8d', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_b3f4a', table='indicators_target', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='value',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_valuechange" ("category", "comment", "definition_id", "denominator", "entered_at", "entered_by_id", "id", "missing", "number", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."category", new_values."comment", new_values."definition_id", new_values."denominator", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."missing", new_values."number", new_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d1e8f5ceb6d6dfc7d1fd634fd8511b6393971ef7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7f1f5', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_value', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='value',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_valuechange" ("category", "comment", "definition_id", "denominator", "entered_at", "entered_by_id", "id", "missing", "number", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."category", new_values."comment", new_values."definition_id", new_values."denominator", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."missing", new_values."number", new_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='07a84bbd42abf4144253ac65076b32431966287f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_668d9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_value', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='value',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_valuechange" ("category", "comment", "definition_id", "denominator", "entered_at", "entered_by_id", "id", "missing", "number", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT old_values."category", old_values."comment", old_values."definition_id", old_values."denominator", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."missing", old_values."number", old_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c9eb687822c28fcff1d118afacd883ee38a71b9d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a4c5b', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_value', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='value',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='95ef3ceaf4e26c93f76364f6288f38b40ba7e626', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bb60a', table='indicators_value', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='value',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='eed259ccffb2f175177f2c2e255e8601721a52f2', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_fbbd8', table='indicators_value', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='goalgradechange',
            name='goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='goalgradechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.goalgrade'),
        ),
        migrations.AddField(
            model_name='goalgradechange',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.reportversion', verbose_name='rapportversion'),
        ),
        migrations.AddField(
            model_name='indicatorchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorgoalchange',
            name='goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal'),
        ),
        migrations.AddField(
            model_name='indicatorgoalchange',
            name='indicator',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorresponsibilitychange',
            name='indicator',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='indicatorresponsibilitychange',
            name='namnd',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='indicatorresponsibilitychange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicatorresponsibility'),
        ),
        migrations.AddField(
            model_name='indicatorversionchange',
            name='indicator',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='indicatorversionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicatorversion'),
        ),
        migrations.AddField(
            model_name='periodchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.period'),
        ),
        migrations.AddField(
            model_name='referencevaluechange',
            name='indicator',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='referencevaluechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.referencevalue'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='approved',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.reportversion', verbose_name='godkänd version'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='current',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.reportversion', verbose_name='arbetsversion'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='namnd',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='period',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.period', verbose_name='period'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.report'),
        ),
        migrations.AddField(
            model_name='reportversionchange',
            name='approved_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='godkänd av'),
        ),
        migrations.AddField(
            model_name='reportversionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.reportversion'),
        ),
        migrations.AddField(
            model_name='reportversionchange',
            name='report',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.report', verbose_name='rapport'),
        ),
        migrations.AddField(
            model_name='reportversionchange',
            name='submitted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='inlämnad av'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='indicator',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='namnd',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.namnd', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.target'),
        ),
        migrations.AddField(
            model_name='valuechange',
            name='definition',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicatorversion', verbose_name='definition'),
        ),
        migrations.AddField(
            model_name='valuechange',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ifylld av'),
        ),
        migrations.AddField(
            model_name='valuechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.value'),
        ),
        migrations.AddField(
            model_name='valuechange',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.reportversion', verbose_name='rapportversion'),
        ),
        migrations.AddField(
            model_name='indicatorgoalchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.indicatorgoal'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorgoal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgoalchange" ("goal_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."goal_id", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ba1c63471a9b5c3e6ade957143dba70ac8d19890', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_698e4', referencing='REFERENCING NEW TABLE AS new_values ', table='indicators_indicator_goals', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorgoal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgoalchange" ("goal_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."goal_id", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f2235b466be04ef5a762201ba5883dad7200d2e9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_41d50', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='indicators_indicator_goals', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorgoal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgoalchange" ("goal_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."goal_id", old_values."id", old_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d87a752b6219012920a065fe27c0f96521117aa9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ed2e6', referencing='REFERENCING OLD TABLE AS old_values ', table='indicators_indicator_goals', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorgoal',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5281a56590ba5c34aba9b329ae6a5bd471816e0c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_3a870', table='indicators_indicator_goals', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorgoal',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='37eefc504bd9b4c34f30e725863361100ac55e81', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_51797', table='indicators_indicator_goals', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalgradechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='eab26526619eca58bf5b6b28ed06bd666d8da064', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_b156d', table='indicators_goalgradechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalgradechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s2."code" FROM "organisation_namnd" s2 WHERE s2."id" = (SELECT s1."namnd_id" FROM "indicators_report" s1 WHERE s1."id" = (SELECT s0."report_id" FROM "indicators_reportversion" s0 WHERE s0."id" = e."version_id")))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='7be15740f9876ba799db11b17305346685f13bdb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_de7f8', referencing='REFERENCING NEW TABLE AS added ', table='indicators_goalgradechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='aea6383262b6bf94939eab118cc5cb197813dc6b', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_d464c', table='indicators_indicatorchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='f31b539f4910f68b5104aff0a70cb4e5967a5f23', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_e0c16', referencing='REFERENCING NEW TABLE AS added ', table='indicators_indicatorchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorresponsibilitychange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='8a83a5e818bae20451139dcc7b53c67e31b581a8', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_d0877', table='indicators_indicatorresponsibilitychange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorresponsibilitychange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='848c8c9d2096308bfcbbd51473a4ba14dee01009', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_1d94d', referencing='REFERENCING NEW TABLE AS added ', table='indicators_indicatorresponsibilitychange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorversionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='43581bbd7e02315456109020bf9d2a0a1dad584d', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_10f05', table='indicators_indicatorversionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorversionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='422ffc95d0372e8e1efd9d8f7a6f62b02fa2c0d8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_5acef', referencing='REFERENCING NEW TABLE AS added ', table='indicators_indicatorversionchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='15bbfbac5d92191cdfabf94a3a83ca10291c3b88', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_598a1', table='indicators_periodchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='18a438a5fda970aa7de1fa3d700a4c1cd1781704', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_18e0d', referencing='REFERENCING NEW TABLE AS added ', table='indicators_periodchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencevaluechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='f6a8b9baac04616c33b7854cf1cf0ab30ef24e3c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_d4e0f', table='indicators_referencevaluechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencevaluechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='05093c192edcfd2e50537017890503f11e4b26e9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_bd658', referencing='REFERENCING NEW TABLE AS added ', table='indicators_referencevaluechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='d8d362a651f3e23a811e504bc551eb6a388e92e8', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_0a74b', table='indicators_reportchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='7494d953b5734908a19abef4d336e4eca200e009', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_2fd25', referencing='REFERENCING NEW TABLE AS added ', table='indicators_reportchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='07524b47cfb9c347ebd98075a93924de5f8b2954', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_ef17e', table='indicators_reportversionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s1."code" FROM "organisation_namnd" s1 WHERE s1."id" = (SELECT s0."namnd_id" FROM "indicators_report" s0 WHERE s0."id" = e."report_id"))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='86b719baa57bf7c8ff33a31d00db9b6f189d2893', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_236cc', referencing='REFERENCING NEW TABLE AS added ', table='indicators_reportversionchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='a4895ea18924131b118aa6ed2861131a77349d4c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_e90f6', table='indicators_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='77297e05eef2dd88f1e648e15f1c614fec4cd9f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_e44be', referencing='REFERENCING NEW TABLE AS added ', table='indicators_targetchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='valuechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='1dd8fc9e1883d6cc72e29000b7e1308fe24887ef', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_9eb0f', table='indicators_valuechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='valuechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s2."code" FROM "organisation_namnd" s2 WHERE s2."id" = (SELECT s1."namnd_id" FROM "indicators_report" s1 WHERE s1."id" = (SELECT s0."report_id" FROM "indicators_reportversion" s0 WHERE s0."id" = e."version_id")))::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='fb0769bb95d021dde39437b4352173c888bf4f55', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_86897', referencing='REFERENCING NEW TABLE AS added ', table='indicators_valuechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorgoalchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='81e592fced1a11a97b6339009240e70efc7905bd', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_1f697', table='indicators_indicatorgoalchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorgoalchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='91bdc1e70e907c25e04e9636fadbfa9a27e80ed1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_f49d0', referencing='REFERENCING NEW TABLE AS added ', table='indicators_indicatorgoalchange', when='AFTER')),
        ),
        migrations.RunPython(write_baseline("indicators"), migrations.RunPython.noop),
    ]
