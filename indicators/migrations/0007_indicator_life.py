"""What happens to an indicator: breaks, times without it, what follows it, targets that change.

The ledger asks for nothing that rests, has no source or has ended on a period's last day.
"""

import importlib

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pghistory.models
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from trace.migration_operations import AddTrigger

_links = importlib.import_module("indicators.migrations.0005_goal_links")
_ledger = importlib.import_module("indicators.migrations.0004_ledger")
DROP_VIEWS = _links.DROP_VIEWS
BEFORE = _links.LEDGER
LEDGER = _links.LEDGER.replace(
    "WHERE i.kind <> 'UI' AND EXISTS (",
    """WHERE i.kind <> 'UI' AND NOT EXISTS (
    SELECT FROM indicators_indicatorgap x
    WHERE x.indicator_id = i.id
        AND (x.valid_from IS NULL OR x.valid_from <= p.ends_on)
        AND (x.valid_to IS NULL OR x.valid_to >= p.ends_on)
) AND EXISTS (""",
)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_report_files")]
    operations = [
        migrations.CreateModel(
            name="IndicatorGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="gäller från")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="gäller till och med"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vilar", "Mäts inte"),
                            ("utan-kalla", "Saknar källa"),
                            ("upphort", "Har upphört"),
                        ],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                ("reason", models.TextField(verbose_name="orsak")),
            ],
            options={
                "verbose_name": "uppehåll",
                "verbose_name_plural": "uppehåll",
                "ordering": ["indicator", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="IndicatorGapChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="gäller från")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="gäller till och med"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vilar", "Mäts inte"),
                            ("utan-kalla", "Saknar källa"),
                            ("upphort", "Har upphört"),
                        ],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                ("reason", models.TextField(verbose_name="orsak")),
            ],
            options={
                "verbose_name": "ändring: uppehåll",
                "verbose_name_plural": "ändringar: uppehåll",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IndicatorSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="från och med")),
                (
                    "kind",
                    models.CharField(
                        choices=[("delad", "Delad i flera"), ("ersatt", "Ersatt av")],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                ("reason", models.TextField(verbose_name="orsak")),
            ],
            options={
                "verbose_name": "indikators efterföljare",
                "verbose_name_plural": "indikatorers efterföljare",
                "ordering": ["on", "predecessor", "successor"],
            },
        ),
        migrations.CreateModel(
            name="IndicatorSuccessionChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("on", models.DateField(verbose_name="från och med")),
                (
                    "kind",
                    models.CharField(
                        choices=[("delad", "Delad i flera"), ("ersatt", "Ersatt av")],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                ("reason", models.TextField(verbose_name="orsak")),
            ],
            options={
                "verbose_name": "ändring: indikators efterföljare",
                "verbose_name_plural": "ändringar: indikatorers efterföljare",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="indicatorversion",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="indicatorversion",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="indicatorversion",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="target",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="target",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="target",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="target",
            name="one_target_a_year",
        ),
        migrations.AddField(
            model_name="indicatorversion",
            name="breaks_series",
            field=models.BooleanField(
                default=True,
                help_text="Ja: värden före och efter jämförs inte.",
                verbose_name="brott i serien",
            ),
        ),
        migrations.AddField(
            model_name="indicatorversion",
            name="reason",
            field=models.TextField(blank=True, verbose_name="varför definitionen ändrades"),
        ),
        migrations.AddField(
            model_name="indicatorversionchange",
            name="breaks_series",
            field=models.BooleanField(
                default=True,
                help_text="Ja: värden före och efter jämförs inte.",
                verbose_name="brott i serien",
            ),
        ),
        migrations.AddField(
            model_name="indicatorversionchange",
            name="reason",
            field=models.TextField(blank=True, verbose_name="varför definitionen ändrades"),
        ),
        migrations.AddField(
            model_name="target",
            name="decision",
            field=models.CharField(blank=True, max_length=250, verbose_name="enligt beslut"),
        ),
        migrations.AddField(
            model_name="target",
            name="valid_from",
            field=models.DateField(
                blank=True,
                help_text="Bara när årsmålet ändras under året: första dagen med det nya.",
                null=True,
                verbose_name="ändrat från",
            ),
        ),
        migrations.AddField(
            model_name="targetchange",
            name="decision",
            field=models.CharField(blank=True, max_length=250, verbose_name="enligt beslut"),
        ),
        migrations.AddField(
            model_name="targetchange",
            name="valid_from",
            field=models.DateField(
                blank=True,
                help_text="Bara när årsmålet ändras under året: första dagen med det nya.",
                null=True,
                verbose_name="ändrat från",
            ),
        ),
        AddTrigger(
            model_name="indicatorversion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorversionchange" ("accumulation", "aggregation", "breaks_series", "counts_people", "definition", "denominator_label", "direction", "id", "indicator_id", "name", "number", "numerator_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scale", "split_by_sex", "unit", "valid_from", "whole_numbers") SELECT new_values."accumulation", new_values."aggregation", new_values."breaks_series", new_values."counts_people", new_values."definition", new_values."denominator_label", new_values."direction", new_values."id", new_values."indicator_id", new_values."name", new_values."number", new_values."numerator_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."scale", new_values."split_by_sex", new_values."unit", new_values."valid_from", new_values."whole_numbers" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="811a94b5f4f790c7ea1110c67a68f5292e10c387",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e4348",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="indicators_indicatorversion",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorversion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorversionchange" ("accumulation", "aggregation", "breaks_series", "counts_people", "definition", "denominator_label", "direction", "id", "indicator_id", "name", "number", "numerator_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scale", "split_by_sex", "unit", "valid_from", "whole_numbers") SELECT new_values."accumulation", new_values."aggregation", new_values."breaks_series", new_values."counts_people", new_values."definition", new_values."denominator_label", new_values."direction", new_values."id", new_values."indicator_id", new_values."name", new_values."number", new_values."numerator_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."scale", new_values."split_by_sex", new_values."unit", new_values."valid_from", new_values."whole_numbers" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c828045131fcd30860c873001e5c30523497a975",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_15122",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_indicatorversion",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorversion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorversionchange" ("accumulation", "aggregation", "breaks_series", "counts_people", "definition", "denominator_label", "direction", "id", "indicator_id", "name", "number", "numerator_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scale", "split_by_sex", "unit", "valid_from", "whole_numbers") SELECT old_values."accumulation", old_values."aggregation", old_values."breaks_series", old_values."counts_people", old_values."definition", old_values."denominator_label", old_values."direction", old_values."id", old_values."indicator_id", old_values."name", old_values."number", old_values."numerator_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."scale", old_values."split_by_sex", old_values."unit", old_values."valid_from", old_values."whole_numbers" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5f54a8c22e8f3b9d460abdb6663f1d33af8dde0b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5b02f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_indicatorversion",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_targetchange" ("decision", "id", "indicator_id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "value", "year") SELECT new_values."decision", new_values."id", new_values."indicator_id", new_values."is_example", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."valid_from", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ed8a2062113f8c63f6946d8ec417b7a237f7b30e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_621f2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="indicators_target",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_targetchange" ("decision", "id", "indicator_id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "value", "year") SELECT new_values."decision", new_values."id", new_values."indicator_id", new_values."is_example", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."valid_from", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="22fad4dc10f8e3dd22ea30fc078af2169f550239",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_38da2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_target",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_targetchange" ("decision", "id", "indicator_id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "value", "year") SELECT old_values."decision", old_values."id", old_values."indicator_id", old_values."is_example", old_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."valid_from", old_values."value", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bbd8f3d625c81367ceea8337578a09312453c26f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fa56b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_target",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("indicator", "year", "namnd", "valid_from"),
                name="one_target_a_year",
                nulls_distinct=False,
                violation_error_message="Det finns redan ett årsmål för det året.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    models.Q(("valid_from__year", models.F("year")), ("decision__regex", "\\S")),
                    _connector="OR",
                ),
                name="target_changes_in_its_year_by_decision",
                violation_error_message="Ett årsmål ändras under sitt år, enligt ett beslut.",
            ),
        ),
        migrations.AddField(
            model_name="indicatorgap",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="gaps",
                to="indicators.indicator",
                verbose_name="indikator",
            ),
        ),
        migrations.AddField(
            model_name="indicatorgapchange",
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
        migrations.AddField(
            model_name="indicatorgapchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="indicators.indicatorgap",
            ),
        ),
        migrations.AddField(
            model_name="indicatorsuccession",
            name="predecessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="succeeded_by",
                to="indicators.indicator",
                verbose_name="tidigare indikator",
            ),
        ),
        migrations.AddField(
            model_name="indicatorsuccession",
            name="successor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="succeeds",
                to="indicators.indicator",
                verbose_name="ny indikator",
            ),
        ),
        migrations.AddField(
            model_name="indicatorsuccessionchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="indicators.indicatorsuccession",
            ),
        ),
        migrations.AddField(
            model_name="indicatorsuccessionchange",
            name="predecessor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="indicators.indicator",
                verbose_name="tidigare indikator",
            ),
        ),
        migrations.AddField(
            model_name="indicatorsuccessionchange",
            name="successor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="indicators.indicator",
                verbose_name="ny indikator",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorgap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_from__lte", models.F("valid_to")),
                    _connector="OR",
                ),
                name="indicator_gap_days_in_order",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorgap",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_from__isnull", False)), name="indicator_gap_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorgap",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")),
                name="indicator_gap_has_a_reason",
                violation_error_message="Ange orsaken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorgap",
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
                            models.F("valid_from"),
                            models.F("valid_to"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="indicator_gap_once_at_a_time",
                violation_error_message="Indikatorn har redan ett uppehåll under en del av tiden. Välj andra datum.",
            ),
        ),
        AddTrigger(
            model_name="indicatorgap",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgapchange" ("id", "indicator_id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "valid_from", "valid_to") SELECT new_values."id", new_values."indicator_id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f06880ca14cc8e672cfba862f533c1e972851e88",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_25d99",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="indicators_indicatorgap",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgap",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgapchange" ("id", "indicator_id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "valid_from", "valid_to") SELECT new_values."id", new_values."indicator_id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a28d0e4c8cfa9351b61ae89956453033a3493b7b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_52823",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_indicatorgap",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgap",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorgapchange" ("id", "indicator_id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "valid_from", "valid_to") SELECT old_values."id", old_values."indicator_id", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bd6b113fbfc4dda8b41fe0af79d442d74ac2a4b1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a8e21",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_indicatorgap",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgap",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="9fa7921e3d7e065671d56756484102f80f2781e3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_9122e",
                    table="indicators_indicatorgap",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgap",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="0eaa64c11da2510b82bbd18dd14c01cf6cbdc5b2",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_af90f",
                    table="indicators_indicatorgap",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgapchange",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="3ffbe986a9a17f53038f1ca3e845278babf4f708",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_af651",
                    table="indicators_indicatorgapchange",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorgapchange",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e.\"pgh_id\"::bigint AS id, '' || COALESCE(NULL::text, '') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;",
                    hash="96546e17273655ba0b88fe79e49563bcc0e6f93c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_9542f",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="indicators_indicatorgapchange",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorsuccession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="indicator_succeeded_once",
                violation_error_message="Den indikatorn följer redan på den här.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="indicator_succeeds_another",
                violation_error_message="En indikator kan inte följa på sig själv.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")),
                name="indicator_succession_has_a_reason",
            ),
        ),
        AddTrigger(
            model_name="indicatorsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorsuccessionchange" ("id", "kind", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "reason", "successor_id") SELECT new_values."id", new_values."kind", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."predecessor_id", new_values."reason", new_values."successor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f7b0d041c958de082c84e4b8f9550ff51e0d706b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_239e6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="indicators_indicatorsuccession",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorsuccessionchange" ("id", "kind", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "reason", "successor_id") SELECT new_values."id", new_values."kind", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."predecessor_id", new_values."reason", new_values."successor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="804dc06de6e6c53d56d7b8b353912a729a1cf0ac",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6a396",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_indicatorsuccession",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_indicatorsuccessionchange" ("id", "kind", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "reason", "successor_id") SELECT old_values."id", old_values."kind", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."predecessor_id", old_values."reason", old_values."successor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7adffcfb3c073f7e654a16aab3792e745a2dca69",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_55702",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_indicatorsuccession",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="7b46db71a08240aace990ee6f49511ad9e604192",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_f82d1",
                    table="indicators_indicatorsuccession",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="7571175c9520118c886bcef2b0989683ca8a3d39",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_193f7",
                    table="indicators_indicatorsuccession",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorsuccessionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="1e00087376bc49ec2fdd13d7a3896e2f4d733046",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_58497",
                    table="indicators_indicatorsuccessionchange",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="indicatorsuccessionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e.\"pgh_id\"::bigint AS id, '' || COALESCE(NULL::text, '') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;",
                    hash="70ab9cd76947af2574a3f8c34ea17f8d851b5848",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_d77dd",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="indicators_indicatorsuccessionchange",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(DROP_VIEWS + LEDGER, DROP_VIEWS + BEFORE),
    ]
