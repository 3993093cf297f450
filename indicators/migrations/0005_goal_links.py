"""An indicator measures a goal from one day to another, by a decision.

The table of links was Django's own; it becomes a model's, and keeps its rows. The ledger of
expected cells reads the links that hold on a period's last day.
"""

import importlib

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from trace.migration_operations import AddTrigger, bundled

_ledger = importlib.import_module("indicators.migrations.0004_ledger")
DROP_VIEWS = "DROP VIEW indicators_expectedcell; DROP VIEW indicators_duty;"
BEFORE = f"{_ledger.DUTY}; {_ledger.CELL};"
LEDGER = f"""
{
    _ledger.DUTY.replace(
        "WHERE ig.indicator_id = i.id",
        '''WHERE ig.indicator_id = i.id
        AND (ig.valid_from IS NULL OR ig.valid_from <= p.ends_on)
        AND (ig.valid_to IS NULL OR ig.valid_to >= p.ends_on)''',
    )
};
{_ledger.CELL};
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0004_ledger"), ("programme", "0003_assignments_held")]
    operations = bundled([
        *(
            pgtrigger.migrations.RemoveTrigger("indicatorgoal", name)
            for name in (
                "insert_insert",
                "update_update",
                "delete_delete",
                "no_truncate",
                "same_key",
            )
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("IndicatorGoal"),
                migrations.CreateModel(
                    "IndicatorGoal",
                    [
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="goal_links",
                                to="indicators.indicator",
                                verbose_name="indikator",
                            ),
                        ),
                        (
                            "goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programme.goal",
                                verbose_name="mål",
                            ),
                        ),
                    ],
                    {
                        "db_table": "indicators_indicator_goals",
                        "verbose_name": "indikatorns mål",
                        "verbose_name_plural": "indikatorernas mål",
                        "unique_together": {("indicator", "goal")},
                    },
                ),
                migrations.AlterField(
                    "indicator",
                    "goals",
                    models.ManyToManyField(
                        related_name="indicators",
                        through="indicators.IndicatorGoal",
                        to="programme.goal",
                        verbose_name="mål",
                    ),
                ),
            ]
        ),
        migrations.AlterUniqueTogether("indicatorgoal", set()),
        migrations.AlterModelOptions(
            name="indicatorgoal",
            options={
                "ordering": ["indicator", "goal", "valid_from"],
                "verbose_name": "indikatorns mål",
                "verbose_name_plural": "indikatorernas mål",
            },
        ),
        migrations.AddField(
            model_name="indicatorgoal",
            name="decision",
            field=models.CharField(blank=True, max_length=250, verbose_name="enligt beslut"),
        ),
        migrations.AddField(
            model_name="indicatorgoal",
            name="end_decision",
            field=models.CharField(blank=True, max_length=250, verbose_name="upphör enligt beslut"),
        ),
        migrations.AddField(
            model_name="indicatorgoal",
            name="source",
            field=models.CharField(blank=True, max_length=250, verbose_name="källa"),
        ),
        migrations.AddField(
            model_name="indicatorgoal",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="gäller från"),
        ),
        migrations.AddField(
            model_name="indicatorgoal",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="gäller till och med"),
        ),
        migrations.AddField(
            model_name="indicatorgoalchange",
            name="decision",
            field=models.CharField(blank=True, max_length=250, verbose_name="enligt beslut"),
        ),
        migrations.AddField(
            model_name="indicatorgoalchange",
            name="end_decision",
            field=models.CharField(blank=True, max_length=250, verbose_name="upphör enligt beslut"),
        ),
        migrations.AddField(
            model_name="indicatorgoalchange",
            name="source",
            field=models.CharField(blank=True, max_length=250, verbose_name="källa"),
        ),
        migrations.AddField(
            model_name="indicatorgoalchange",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="gäller från"),
        ),
        migrations.AddField(
            model_name="indicatorgoalchange",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="gäller till och med"),
        ),
        migrations.AlterField(
            model_name="indicatorgoalchange",
            name="goal",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programme.goal",
                verbose_name="mål",
            ),
        ),
        migrations.AlterField(
            model_name="indicatorgoalchange",
            name="indicator",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="indicators.indicator",
                verbose_name="indikator",
            ),
        ),
        AddTrigger(
            model_name="indicatorgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgoalchange" ("decision", "end_decision", "goal_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") SELECT new_values."decision", new_values."end_decision", new_values."goal_id", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="473724c08049d83aa4a801a0be5a9fd4a951883d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_698e4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="indicators_indicator_goals",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgoalchange" ("decision", "end_decision", "goal_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") SELECT new_values."decision", new_values."end_decision", new_values."goal_id", new_values."id", new_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="98e3a93ddf1950c690016ecdda7a172aa59c586a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_41d50",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_indicator_goals",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgoalchange" ("decision", "end_decision", "goal_id", "id", "indicator_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") SELECT old_values."decision", old_values."end_decision", old_values."goal_id", old_values."id", old_values."indicator_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ba976b68923b4a43f61758e642a52e7938afa022",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ed2e6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_indicator_goals",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="5281a56590ba5c34aba9b329ae6a5bd471816e0c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_3a870",
                    table="indicators_indicator_goals",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgoal",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="37eefc504bd9b4c34f30e725863361100ac55e81",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_51797",
                    table="indicators_indicator_goals",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorgoal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_from__lte", models.F("valid_to")),
                    _connector="OR",
                ),
                name="indicator_goal_days_in_order",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorgoal",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("indicator"),
                            models.F("indicator"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("goal"),
                            models.F("goal"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("valid_from"),
                            models.F("valid_to"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="indicator_goal_once_at_a_time",
                violation_error_message="Indikatorn hör redan till målet under en del av tiden. Välj andra datum.",
            ),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="indicator",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="indicator",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="indicator",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="indicator",
            name="revision",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="ändringsräknare"
            ),
        ),
        migrations.AddField(
            model_name="indicatorchange",
            name="revision",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="ändringsräknare"
            ),
        ),
        AddTrigger(
            model_name="indicator",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorchange" ("code", "id", "is_example", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "source") SELECT new_values."code", new_values."id", new_values."is_example", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="11b6735cf6701c1530208355be1f131efeedcf06",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6ab67",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="indicators_indicator",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicator",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorchange" ("code", "id", "is_example", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "source") SELECT new_values."code", new_values."id", new_values."is_example", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ee16b3eeda264e2a185bacb3057e79aea32e709c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4281e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_indicator",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicator",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorchange" ("code", "id", "is_example", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "source") SELECT old_values."code", old_values."id", old_values."is_example", old_values."kind", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="10377be3d2750094924ad8307a21ff073a2ae838",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f068f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_indicator",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(DROP_VIEWS + LEDGER, DROP_VIEWS + BEFORE),
    ])
