"""Programmes side by side: delmål, wordings, preconditions, tags, and goals that correspond."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0002_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityPerspectiveChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: aktivitetens perspektiv',
                'verbose_name_plural': 'ändringar: aktiviteternas perspektiv',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActivityViolenceTypeChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: aktivitetens våldstyp',
                'verbose_name_plural': 'ändringar: aktiviteternas våldstyper',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActivityWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='ny lydelse')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('decision', models.CharField(help_text='Vem som beslutade, när och i vilken paragraf.', max_length=250, verbose_name='beslut')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'aktivitetens lydelse',
                'verbose_name_plural': 'aktiviteternas lydelser',
                'ordering': ['valid_from'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActivityWordingChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(verbose_name='ny lydelse')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('decision', models.CharField(help_text='Vem som beslutade, när och i vilken paragraf.', max_length=250, verbose_name='beslut')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'ändring: aktivitetens lydelse',
                'verbose_name_plural': 'ändringar: aktiviteternas lydelser',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GoalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gäller till och med')),
                ('source', models.CharField(max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'motsvarande mål',
                'verbose_name_plural': 'motsvarande mål',
                'ordering': ['from_goal', 'to_goal', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='GoalLinkChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gäller till och med')),
                ('source', models.CharField(max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'ändring: motsvarande mål',
                'verbose_name_plural': 'ändringar: motsvarande mål',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GoalPerspectiveChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: målets perspektiv',
                'verbose_name_plural': 'ändringar: målens perspektiv',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GoalViolenceTypeChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: målets våldstyp',
                'verbose_name_plural': 'ändringar: målens våldstyper',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GoalWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='ny lydelse')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('decision', models.CharField(help_text='Vem som beslutade, när och i vilken paragraf.', max_length=250, verbose_name='beslut')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'målets lydelse',
                'verbose_name_plural': 'målens lydelser',
                'ordering': ['valid_from'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GoalWordingChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(verbose_name='ny lydelse')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('decision', models.CharField(help_text='Vem som beslutade, när och i vilken paragraf.', max_length=250, verbose_name='beslut')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
            ],
            options={
                'verbose_name': 'ändring: målets lydelse',
                'verbose_name_plural': 'ändringar: målens lydelser',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Perspective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Små bokstäver utan å, ä och ö.', unique=True, verbose_name='kod')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='perspektiv')),
            ],
            options={
                'verbose_name': 'perspektiv',
                'verbose_name_plural': 'perspektiv',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='PerspectiveChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, help_text='Små bokstäver utan å, ä och ö.', verbose_name='kod')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
                ('name', models.CharField(max_length=100, verbose_name='perspektiv')),
            ],
            options={
                'verbose_name': 'ändring: perspektiv',
                'verbose_name_plural': 'ändringar: perspektiv',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Precondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gäller till och med')),
                ('text', models.TextField(verbose_name='förutsättning')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
            ],
            options={
                'verbose_name': 'förutsättning',
                'verbose_name_plural': 'förutsättningar',
                'ordering': ['goal', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PreconditionChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gäller till och med')),
                ('text', models.TextField(verbose_name='förutsättning')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='källa')),
                ('is_example', models.BooleanField(default=False, verbose_name='exempel')),
            ],
            options={
                'verbose_name': 'ändring: förutsättning',
                'verbose_name_plural': 'ändringar: förutsättningar',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgrammePerspectiveChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: programmets perspektiv',
                'verbose_name_plural': 'ändringar: programmens perspektiv',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgrammeViolenceTypeChange',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'ändring: programmets våldstyp',
                'verbose_name_plural': 'ändringar: programmens våldstyper',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='activity',
            name='violence_types',
            field=models.ManyToManyField(blank=True, related_name='activities', to='programme.violencetype', verbose_name='våldstyper'),
        ),
        migrations.AddField(
            model_name='goal',
            name='violence_types',
            field=models.ManyToManyField(blank=True, related_name='goals', to='programme.violencetype', verbose_name='våldstyper'),
        ),
        migrations.AddField(
            model_name='programme',
            name='violence_types',
            field=models.ManyToManyField(blank=True, related_name='programmes', to='programme.violencetype', verbose_name='våldstyper'),
        ),
        migrations.AlterModelOptions(
            name='violencetype',
            options={'ordering': ['order', 'code'], 'verbose_name': 'våldstyp', 'verbose_name_plural': 'våldstyper'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='activity',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='activity',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='activity',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='programme',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='programme',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='programme',
            name='delete_delete',
        ),
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
            model_name='goal',
            name='goal_number_once',
        ),
        migrations.AddField(
            model_name='activity',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare'),
        ),
        migrations.AddField(
            model_name='activity',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='gäller från'),
        ),
        migrations.AddField(
            model_name='activity',
            name='valid_to',
            field=models.DateField(blank=True, null=True, verbose_name='gäller till och med'),
        ),
        migrations.AddField(
            model_name='activitychange',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare'),
        ),
        migrations.AddField(
            model_name='activitychange',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='gäller från'),
        ),
        migrations.AddField(
            model_name='activitychange',
            name='valid_to',
            field=models.DateField(blank=True, null=True, verbose_name='gäller till och med'),
        ),
        migrations.AddField(
            model_name='goal',
            name='is_example',
            field=models.BooleanField(default=False, verbose_name='exempel'),
        ),
        migrations.AddField(
            model_name='goal',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='programme.goal', verbose_name='delmål till'),
        ),
        migrations.AddField(
            model_name='goal',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare'),
        ),
        migrations.AddField(
            model_name='goal',
            name='source',
            field=models.CharField(blank=True, help_text='Tomt: samma som programmets.', max_length=250, verbose_name='källa'),
        ),
        migrations.AddField(
            model_name='goal',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='gäller från'),
        ),
        migrations.AddField(
            model_name='goal',
            name='valid_to',
            field=models.DateField(blank=True, null=True, verbose_name='gäller till och med'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='is_example',
            field=models.BooleanField(default=False, verbose_name='exempel'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='delmål till'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='source',
            field=models.CharField(blank=True, help_text='Tomt: samma som programmets.', max_length=250, verbose_name='källa'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='gäller från'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='valid_to',
            field=models.DateField(blank=True, null=True, verbose_name='gäller till och med'),
        ),
        migrations.AddField(
            model_name='programme',
            name='kind',
            field=models.CharField(choices=[('stad', 'Stadens program'), ('referens', 'Program att jämföra med')], default='stad', max_length=10, verbose_name='slag'),
        ),
        migrations.AddField(
            model_name='programme',
            name='note',
            field=models.TextField(blank=True, help_text='Till exempel vad som är känt om programmet men inte finns här.', verbose_name='anmärkning'),
        ),
        migrations.AddField(
            model_name='programme',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare'),
        ),
        migrations.AddField(
            model_name='programmechange',
            name='kind',
            field=models.CharField(choices=[('stad', 'Stadens program'), ('referens', 'Program att jämföra med')], default='stad', max_length=10, verbose_name='slag'),
        ),
        migrations.AddField(
            model_name='programmechange',
            name='note',
            field=models.TextField(blank=True, help_text='Till exempel vad som är känt om programmet men inte finns här.', verbose_name='anmärkning'),
        ),
        migrations.AddField(
            model_name='programmechange',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='ändringsräknare'),
        ),
        migrations.AddField(
            model_name='violencetype',
            name='code',
            field=models.SlugField(default='', help_text='Små bokstäver utan å, ä och ö.', verbose_name='kod'),
        ),
        migrations.AddField(
            model_name='violencetype',
            name='source',
            field=models.CharField(blank=True, max_length=250, verbose_name='källa'),
        ),
        migrations.AddField(
            model_name='violencetypechange',
            name='code',
            field=models.SlugField(db_index=False, default='', help_text='Små bokstäver utan å, ä och ö.', verbose_name='kod'),
        ),
        migrations.AddField(
            model_name='violencetypechange',
            name='source',
            field=models.CharField(blank=True, max_length=250, verbose_name='källa'),
        ),
        migrations.AlterField(
            model_name='violencetype',
            name='order',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='ordning'),
        ),
        migrations.AlterField(
            model_name='violencetype',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.programme', verbose_name='program'),
        ),
        migrations.AlterField(
            model_name='violencetypechange',
            name='order',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='ordning'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitychange" ("code", "goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "source", "text", "valid_from", "valid_to") SELECT new_values."code", new_values."goal_id", new_values."id", new_values."is_example", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision", new_values."source", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7bdb459961fe15cd1391340486a0bab31576a359', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_82a81', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitychange" ("code", "goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "source", "text", "valid_from", "valid_to") SELECT new_values."code", new_values."goal_id", new_values."id", new_values."is_example", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision", new_values."source", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='647a8c53a49601b3a08e69336e5d58f1936e7d27', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0def5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitychange" ("code", "goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "source", "text", "valid_from", "valid_to") SELECT old_values."code", old_values."goal_id", old_values."id", old_values."is_example", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision", old_values."source", old_values."text", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f4e1d9e614c5a98e28456ad8185bde1a219a7d62', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19ea6', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='parent_fits', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'UPDATE' AND NEW.programme_id <> OLD.programme_id THEN RAISE EXCEPTION 'a goal keeps its programme' USING ERRCODE = 'integrity_constraint_violation'; END IF; IF NEW.parent_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM programme_goal p WHERE p.id = NEW.parent_id AND p.programme_id = NEW.programme_id AND p.parent_id IS NULL) OR EXISTS (SELECT 1 FROM programme_goal c WHERE c.parent_id = NEW.id)) THEN RAISE EXCEPTION 'goal_parent_fits: a delmål belongs to a goal of its own programme, which is not itself a delmål' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW;", hash='ec6de1c2b7a7227374b34d7a09c5624fd4d7951a', operation='INSERT OR UPDATE OF "parent_id", "programme_id"', pgid='pgtrigger_parent_fits_3d93f', table='programme_goal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalchange" ("id", "is_example", "number", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "revision", "source", "text", "valid_from", "valid_to") SELECT new_values."id", new_values."is_example", new_values."number", new_values."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."revision", new_values."source", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='20e212ca849a32d68872a02c2908d780435f061b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f3920', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalchange" ("id", "is_example", "number", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "revision", "source", "text", "valid_from", "valid_to") SELECT new_values."id", new_values."is_example", new_values."number", new_values."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."revision", new_values."source", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b5d98b9e6d973661a4f4acd0804a4562ffd70a4b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e11a3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalchange" ("id", "is_example", "number", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "revision", "source", "text", "valid_from", "valid_to") SELECT old_values."id", old_values."is_example", old_values."number", old_values."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."revision", old_values."source", old_values."text", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0c153ba3a3dbcdd9a6b273afaef1b2d0c27dcbdb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58f14', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmechange" ("first_year", "id", "kind", "last_year", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "short_name", "slug", "source", "vision") SELECT new_values."first_year", new_values."id", new_values."kind", new_values."last_year", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision", new_values."short_name", new_values."slug", new_values."source", new_values."vision" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='78c4db38aa04d81d3fee912afa59299633efec52', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8921b', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmechange" ("first_year", "id", "kind", "last_year", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "short_name", "slug", "source", "vision") SELECT new_values."first_year", new_values."id", new_values."kind", new_values."last_year", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision", new_values."short_name", new_values."slug", new_values."source", new_values."vision" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9afb78d8a9da7bed516471376699678df6b70556', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c42d8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmechange" ("first_year", "id", "kind", "last_year", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "short_name", "slug", "source", "vision") SELECT old_values."first_year", old_values."id", old_values."kind", old_values."last_year", old_values."name", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision", old_values."short_name", old_values."slug", old_values."source", old_values."vision" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cc014337fe2dba380afc3c9fe210c71db9225c4f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_92681', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ba4733f499f9fa9ece9f4f1a24c605ef7867f69c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c6913', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_violencetype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d8caa8749497af7ffd628e698a2498ca04f8f6bc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_98c56', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_violencetype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='violencetype',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_violencetypechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "source") SELECT old_values."code", old_values."id", old_values."name", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='08a9fb8a7effeb1bc8667ac042d2ccfe50eaf4c6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b2a84', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_violencetype', when='AFTER')),
        ),
        migrations.AddField(
            model_name='activityperspectivechange',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity'),
        ),
        migrations.AddField(
            model_name='activityviolencetypechange',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity'),
        ),
        migrations.AddField(
            model_name='activityviolencetypechange',
            name='violencetype',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.violencetype'),
        ),
        migrations.AddField(
            model_name='activitywording',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='programme.activity', verbose_name='aktivitet'),
        ),
        migrations.AddField(
            model_name='activitywordingchange',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activity', verbose_name='aktivitet'),
        ),
        migrations.AddField(
            model_name='activitywordingchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activitywording'),
        ),
        migrations.AddField(
            model_name='goallink',
            name='from_goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_from', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='goallink',
            name='to_goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_to', to='programme.goal', verbose_name='motsvarar'),
        ),
        migrations.AddField(
            model_name='goallinkchange',
            name='from_goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='goallinkchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goallink'),
        ),
        migrations.AddField(
            model_name='goallinkchange',
            name='to_goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='motsvarar'),
        ),
        migrations.AddField(
            model_name='goalperspectivechange',
            name='goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal'),
        ),
        migrations.AddField(
            model_name='goalviolencetypechange',
            name='goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal'),
        ),
        migrations.AddField(
            model_name='goalviolencetypechange',
            name='violencetype',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.violencetype'),
        ),
        migrations.AddField(
            model_name='goalwording',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='goalwordingchange',
            name='goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='goalwordingchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goalwording'),
        ),
        migrations.AddConstraint(
            model_name='perspective',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='perspective_code_is_ascii_slug', violation_error_message='Koden får bara ha a–z, siffror och bindestreck.'),
        ),
        migrations.AddField(
            model_name='goalperspectivechange',
            name='perspective',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.perspective'),
        ),
        migrations.AddField(
            model_name='activityperspectivechange',
            name='perspective',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.perspective'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='perspective',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_perspectivechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='244ee480461551d4dc66ce887f06384b0918e324', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e0a66', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_perspective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='perspective',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_perspectivechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b07f8069ae53c27e0fc32cd32db1fb598f2bbfe3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_74b9b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_perspective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='perspective',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_perspectivechange" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."code", old_values."id", old_values."name", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='adcd6a432b3463f295487de2f949c5da03598ed7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_18b9b', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_perspective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='perspective',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='03d2f5e2462f732d1601075aaad7257ee76baf28', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_ccae0', table='programme_perspective', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='perspective',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='6e09a610a3b299dcad80d2b26b927239beb6f4f6', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_da37e', table='programme_perspective', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='activity',
            name='perspectives',
            field=models.ManyToManyField(blank=True, related_name='activities', to='programme.perspective', verbose_name='perspektiv'),
        ),
        migrations.AddField(
            model_name='goal',
            name='perspectives',
            field=models.ManyToManyField(blank=True, related_name='goals', to='programme.perspective', verbose_name='perspektiv'),
        ),
        migrations.AddField(
            model_name='programme',
            name='perspectives',
            field=models.ManyToManyField(blank=True, related_name='programmes', to='programme.perspective', verbose_name='perspektiv'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='activity_days_in_order', violation_error_message='Sista dagen kan inte vara före den första.'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.UniqueConstraint(fields=('programme', 'parent', 'number'), name='goal_number_once', nulls_distinct=False, violation_error_message='Programmet har redan ett mål med det numret.'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='goal_days_in_order', violation_error_message='Sista dagen kan inte vara före den första.'),
        ),
        migrations.AddField(
            model_name='perspectivechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.perspective'),
        ),
        migrations.AddField(
            model_name='precondition',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preconditions', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='preconditionchange',
            name='goal',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='preconditionchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.precondition'),
        ),
        migrations.AddField(
            model_name='programmeperspectivechange',
            name='perspective',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.perspective'),
        ),
        migrations.AddField(
            model_name='programmeperspectivechange',
            name='programme',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='programmeviolencetypechange',
            name='programme',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='programmeviolencetypechange',
            name='violencetype',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.violencetype'),
        ),
        migrations.CreateModel(
            name='ActivityViolenceType',
            fields=[
            ],
            options={
                'verbose_name': 'aktivitetens våldstyp',
                'verbose_name_plural': 'aktiviteternas våldstyper',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('programme.activity_violence_types',),
        ),
        migrations.CreateModel(
            name='GoalViolenceType',
            fields=[
            ],
            options={
                'verbose_name': 'målets våldstyp',
                'verbose_name_plural': 'målens våldstyper',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('programme.goal_violence_types',),
        ),
        migrations.CreateModel(
            name='ProgrammeViolenceType',
            fields=[
            ],
            options={
                'verbose_name': 'programmets våldstyp',
                'verbose_name_plural': 'programmens våldstyper',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('programme.programme_violence_types',),
        ),
        migrations.AddConstraint(
            model_name='activitywording',
            constraint=models.UniqueConstraint(fields=('activity', 'valid_from'), name='activity_reworded_once_a_day', violation_error_message='Texten ändras redan den dagen.'),
        ),
        migrations.AddConstraint(
            model_name='activitywording',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('decision', ''), _negated=True)), name='activity_wording_has_text_and_decision', violation_error_message='Ange den nya lydelsen och beslutet.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitywording',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitywordingchange" ("activity_id", "decision", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from") SELECT new_values."activity_id", new_values."decision", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."text", new_values."valid_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b14fe1a04816a5ff3878c34d102f11d3e0df1c11', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e7c4b', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_activitywording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitywording',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitywordingchange" ("activity_id", "decision", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from") SELECT new_values."activity_id", new_values."decision", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."text", new_values."valid_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eda549b431a8de5dabee79a25480dea64fa52303', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_42054', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_activitywording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitywording',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activitywordingchange" ("activity_id", "decision", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from") SELECT old_values."activity_id", old_values."decision", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."text", old_values."valid_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='06b2f3a50bbeeaa003677f76d6f050a22fd95cb2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7cb69', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_activitywording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitywording',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='f4e0354b8be63c32e97a06fb744f0801b6f2e248', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_32e09', table='programme_activitywording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitywording',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='8d3d6ff9397bc88489d3e987a4ddca0285b8c0cd', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_d7605', table='programme_activitywording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitywordingchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='f9a07cee773a2ef0e1c75088d708a820a45e0968', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_160cc', table='programme_activitywordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitywordingchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='94266452424c2b21093a10113de7ae2a48c803e6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_3ca65', referencing='REFERENCING NEW TABLE AS added ', table='programme_activitywordingchange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='goallink',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='goal_link_days_in_order', violation_error_message='Sista dagen kan inte vara före den första.'),
        ),
        migrations.AddConstraint(
            model_name='goallink',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='goal_link_has_source'),
        ),
        migrations.AddConstraint(
            model_name='goallink',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(django.db.models.functions.comparison.Least('from_goal', 'to_goal'), django.db.models.functions.comparison.Least('from_goal', 'to_goal'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Greatest('from_goal', 'to_goal'), django.db.models.functions.comparison.Greatest('from_goal', 'to_goal'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='goals_linked_once_at_a_time', violation_error_message='Målen motsvarar redan varandra under en del av tiden.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallink',
            trigger=pgtrigger.compiler.Trigger(name='between_programmes', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (SELECT count(DISTINCT g.programme_id) FROM programme_goal g WHERE g.id IN (NEW.from_goal_id, NEW.to_goal_id)) = 1 THEN RAISE EXCEPTION 'goal_link_between_programmes: goals of one programme do not correspond' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW;", hash='edf6f9e0bc432daa8161293b0aa5cf1195eda8ff', operation='INSERT OR UPDATE OF "from_goal_id", "to_goal_id"', pgid='pgtrigger_between_programmes_bef47', table='programme_goallink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goallinkchange" ("from_goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_goal_id", "valid_from", "valid_to") SELECT new_values."from_goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."to_goal_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7e91d1534b396310dcad817bb01a5923d23fd00e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_08b5d', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_goallink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goallinkchange" ("from_goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_goal_id", "valid_from", "valid_to") SELECT new_values."from_goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."to_goal_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='67b1f311db64f90bffa924440395fba91330f290', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b58ef', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_goallink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goallinkchange" ("from_goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_goal_id", "valid_from", "valid_to") SELECT old_values."from_goal_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."to_goal_id", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d574615f3770fc43706f686b9f2ff8725fb5c1da', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_25a36', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_goallink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallink',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='4bbb346a32cfaf6353067e6612132c573d16df00', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4dea0', table='programme_goallink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallink',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='f7b306f0411b7e9b54622e3a3198aee6ef03769e', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_05272', table='programme_goallink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallinkchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='ecd0239339320a681abf947352dc4e99add7a7e8', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_f5a96', table='programme_goallinkchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goallinkchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='ad34b2b958636f89b7dd027544e5c1cf34042361', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_47ee9', referencing='REFERENCING NEW TABLE AS added ', table='programme_goallinkchange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=models.UniqueConstraint(fields=('goal', 'valid_from'), name='goal_reworded_once_a_day', violation_error_message='Texten ändras redan den dagen.'),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('decision', ''), _negated=True)), name='goal_wording_has_text_and_decision', violation_error_message='Ange den nya lydelsen och beslutet.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalwording',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalwordingchange" ("decision", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from") SELECT new_values."decision", new_values."goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."text", new_values."valid_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='40e710fc861930563f6035c126ea066d4f4537e4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_96c96', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_goalwording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalwording',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalwordingchange" ("decision", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from") SELECT new_values."decision", new_values."goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."text", new_values."valid_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4ab8a328eac83b7eb4a9171dd744996ca9e38d41', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3cca7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_goalwording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalwording',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalwordingchange" ("decision", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from") SELECT old_values."decision", old_values."goal_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."text", old_values."valid_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='10032c1c1f3ad7f9afbf733cd2e7b1b82f4670ad', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_586b6', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_goalwording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalwording',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='a912acbf4fa25586e673e6123ad5725e5f81e174', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f9c0b', table='programme_goalwording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalwording',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='0a409683d2aa5b1d44b272058854de5e91ce6b43', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_8b11c', table='programme_goalwording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalwordingchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='821ee7a6b6de41c46d3826548051053bb5aa00b6', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_6e3e0', table='programme_goalwordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalwordingchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='0aa5bb0f7daeb22a66ed3e059281054b9e2414fd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_981de', referencing='REFERENCING NEW TABLE AS added ', table='programme_goalwordingchange', when='AFTER')),
        ),
        migrations.CreateModel(
            name='ActivityPerspective',
            fields=[
            ],
            options={
                'verbose_name': 'aktivitetens perspektiv',
                'verbose_name_plural': 'aktiviteternas perspektiv',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('programme.activity_perspectives',),
        ),
        migrations.CreateModel(
            name='GoalPerspective',
            fields=[
            ],
            options={
                'verbose_name': 'målets perspektiv',
                'verbose_name_plural': 'målens perspektiv',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('programme.goal_perspectives',),
        ),
        migrations.CreateModel(
            name='ProgrammePerspective',
            fields=[
            ],
            options={
                'verbose_name': 'programmets perspektiv',
                'verbose_name_plural': 'programmens perspektiv',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('programme.programme_perspectives',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='perspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='9ec07c6661e36722663a3e1c9ffc8b5dff08c8f2', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_322af', table='programme_perspectivechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='perspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='419f84b6ba4d51b16f511091263953b579995342', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_638fc', referencing='REFERENCING NEW TABLE AS added ', table='programme_perspectivechange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='precondition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), ('is_example', True), _connector='OR'), name='precondition_has_source_or_is_example', violation_error_message='Ange källan, eller märk förutsättningen som exempel.'),
        ),
        migrations.AddConstraint(
            model_name='precondition',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='precondition_days_in_order', violation_error_message='Sista dagen kan inte vara före den första.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precondition',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_preconditionchange" ("goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from", "valid_to") SELECT new_values."goal_id", new_values."id", new_values."is_example", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='11b44f1d944438d20649317c8aaf528d39cb691d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_eeefb', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_precondition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precondition',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_preconditionchange" ("goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from", "valid_to") SELECT new_values."goal_id", new_values."id", new_values."is_example", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0d113a31390f77b3f35f8998d32ce09b6179926b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_66ace', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_precondition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precondition',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_preconditionchange" ("goal_id", "id", "is_example", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "valid_from", "valid_to") SELECT old_values."goal_id", old_values."id", old_values."is_example", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."text", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6fbd7257e7e46d1cf52f6b183389230055dab0d5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a863c', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_precondition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precondition',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='de43b8c1143f419111f0a6346456b4154deb43e0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_eb7b2', table='programme_precondition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precondition',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='fbb2e2f36665a3cfc49f121a72693130bea7bbcd', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_b1b48', table='programme_precondition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='preconditionchange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='df445ffd9d0e9dbf70ffaf62f21e2419619cf71e', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_da0fe', table='programme_preconditionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='preconditionchange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='4e8a1bc5c85ba70092fd0e47ff5a408fe3460045', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_558f2', referencing='REFERENCING NEW TABLE AS added ', table='programme_preconditionchange', when='AFTER')),
        ),
        migrations.AddField(
            model_name='activityviolencetypechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activityviolencetype'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activityviolencetypechange" ("activity_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violencetype_id") SELECT new_values."activity_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."violencetype_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a376c51e5a13b25d8e86b4bf6f91af0d9774785d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c9bb5', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_activity_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activityviolencetypechange" ("activity_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violencetype_id") SELECT new_values."activity_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."violencetype_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7fc6e6193a1e492971b86133468345ad524286d6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_01ef0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_activity_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activityviolencetypechange" ("activity_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violencetype_id") SELECT old_values."activity_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."violencetype_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='832a12457dfe6975de2854626cdc6e84f2da4af7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0ffca', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_activity_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='4d137c8644c7b403bd6b966a728f80c387a2a637', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_fab20', table='programme_activity_violence_types', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='e26d5dddf05540dea1f679582db5df0ad79b34c7', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_db371', table='programme_activity_violence_types', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='goalviolencetypechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goalviolencetype'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalviolencetypechange" ("goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violencetype_id") SELECT new_values."goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."violencetype_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1fe6f76efdb172357a8ba1da06453a86960b76e4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d76fc', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_goal_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalviolencetypechange" ("goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violencetype_id") SELECT new_values."goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."violencetype_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a415bb24017a16031f335a58432c780b832ec5ed', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2343d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_goal_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalviolencetypechange" ("goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violencetype_id") SELECT old_values."goal_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."violencetype_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0256b33f707167620a0bdfa93275734ae0f8d4d5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4d079', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_goal_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='d7cc0826b9348537512e7b276d72a9ffd349678e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_532d5', table='programme_goal_violence_types', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='7b017fa6d139edeffef8bb29a8557999abee30a4', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_0c807', table='programme_goal_violence_types', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='programmeviolencetypechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programmeviolencetype'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmeviolencetypechange" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "violencetype_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."violencetype_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d6792bc13763a8b8d0cdb45fd2e1de1bfb6c2419', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_db9b4', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_programme_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmeviolencetypechange" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "violencetype_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."violencetype_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6ce1d114af15a0c280cae7a052ba470196ad4a36', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1c039', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_programme_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmeviolencetypechange" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "violencetype_id") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."violencetype_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='036aa94a9643b72577bd22cbd4cefedc99cb0a0b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a5e5b', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_programme_violence_types', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='921e70eec966eea17afe49e1f840bf4bd6f452a4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f6d31', table='programme_programme_violence_types', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeviolencetype',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5c634a69af31abd778b54eeb548463acc8a34e8c', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_d6c3b', table='programme_programme_violence_types', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='activityperspectivechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.activityperspective'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityperspective',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activityperspectivechange" ("activity_id", "id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."id", new_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8bd598fcf9a247b9b10fd743aee2e38944fb9b7f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9257f', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_activity_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityperspective',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activityperspectivechange" ("activity_id", "id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."id", new_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='69b2a1904c19144d2c29defdb0b14b4f37ab8ec7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_797a1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_activity_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityperspective',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_activityperspectivechange" ("activity_id", "id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."id", old_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f00c6c460c70b90480233ca1f7ac499a0490208c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7ea9a', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_activity_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityperspective',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='68b55667f5b916041f7ddf1ddfa8995146020b24', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7ec5a', table='programme_activity_perspectives', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityperspective',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='34e891bbbae543554c6eadd6211a56912ec6eff1', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_8c078', table='programme_activity_perspectives', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='goalperspectivechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.goalperspective'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalperspective',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalperspectivechange" ("goal_id", "id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."goal_id", new_values."id", new_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cfda175a009177672ed8883c7f5cda1ed1818367', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ba4d2', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_goal_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalperspective',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalperspectivechange" ("goal_id", "id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."goal_id", new_values."id", new_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7506813b685ee4de286a3b0bfba44c68e5da017d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1060a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_goal_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalperspective',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_goalperspectivechange" ("goal_id", "id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."goal_id", old_values."id", old_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6c79e5027ca83ac956650fa39f12ba90cae8dc84', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_41194', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_goal_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalperspective',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='2eaa8ac43a22d95a2ef2e08a2e54e066bcce0d21', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7520c', table='programme_goal_perspectives', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalperspective',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='10cce3b2145cb5ccc19c6ebe32703710926ad515', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_c9ad0', table='programme_goal_perspectives', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='programmeperspectivechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programmeperspective'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeperspective',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmeperspectivechange" ("id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."id", new_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f61304016a4650d7f60259f7ba8ba7f285a136a1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3437e', referencing='REFERENCING NEW TABLE AS new_values ', table='programme_programme_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeperspective',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmeperspectivechange" ("id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."id", new_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f7b07744c940cc81369edf607a003e641443d25', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_97abc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programme_programme_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeperspective',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programme_programmeperspectivechange" ("id", "perspective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT old_values."id", old_values."perspective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='84d7ec652de818dc0c21cdd27de8e25ef865fd63', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b673d', referencing='REFERENCING OLD TABLE AS old_values ', table='programme_programme_perspectives', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeperspective',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='52c0695be627d8ae5a0980661bf64790319a0ba4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bb750', table='programme_programme_perspectives', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeperspective',
            trigger=pgtrigger.compiler.Trigger(name='same_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")', func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='4d68524b9257bf7fa68a6946f35c5e316e243a5e', operation='UPDATE OF "id"', pgid='pgtrigger_same_key_f45e2', table='programme_programme_perspectives', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityviolencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='f55ea202f6c8a78e03a22711d9b62aba4c6a3c65', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_fffae', table='programme_activityviolencetypechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityviolencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='dfe8e0ae90a8676d92741cd8855377c30f5e05ab', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_25a54', referencing='REFERENCING NEW TABLE AS added ', table='programme_activityviolencetypechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalviolencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='07b781f600e369199376916678315cf07899fd35', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_f2e10', table='programme_goalviolencetypechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalviolencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='f003b84ec093d875d6f020cc036958f61aad09f1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_ac400', referencing='REFERENCING NEW TABLE AS added ', table='programme_goalviolencetypechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeviolencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='dd097c3bc5b4491039452f776937ff0343af4ebd', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_84ee1', table='programme_programmeviolencetypechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeviolencetypechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='9af8fc1df5da2ec94502b19af17fccf43868a8a3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_984de', referencing='REFERENCING NEW TABLE AS added ', table='programme_programmeviolencetypechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityperspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='edf657229a9331b9c9c1562af29d413aeda6b911', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_ed25f', table='programme_activityperspectivechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityperspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='456980952a3eb60d461b1ec79e0eb39acbe534d9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_8d17e', referencing='REFERENCING NEW TABLE AS added ', table='programme_activityperspectivechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalperspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='da177a5529ee7cee5ba0954c61aa80b250d39cbb', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_e9528', table='programme_goalperspectivechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goalperspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='16876f79fdcdb52e10c84e9d495da9f0267a3b94', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_1b10b', referencing='REFERENCING NEW TABLE AS added ', table='programme_goalperspectivechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeperspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='d578fdbc8f3e29c7c041322b156560fc66cb4251', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_only_grows_77558', table='programme_programmeperspectivechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeperspectivechange',
            trigger=pgtrigger.compiler.Trigger(name='chain', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE(NULL::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;', hash='d19c8c4a42be57dd2cfa2c2e3432ea112184e458', level='STATEMENT', operation='INSERT', pgid='pgtrigger_chain_acb68', referencing='REFERENCING NEW TABLE AS added ', table='programme_programmeperspectivechange', when='AFTER')),
        ),
    ]
