"""Goals and activities carry their tags from one day to another, with a source.

The tables of links were Django's own; they become models', and keep their rows.
"""

import django.db.models.deletion
import pgtrigger.migrations
from django.db import migrations, models

LINKS = (
    ("goal", "violencetype", "violence_types", "violence_type_links", "mål", "målets våldstyp", "målens våldstyper"),
    ("goal", "perspective", "perspectives", "perspective_links", "mål", "målets perspektiv", "målens perspektiv"),
    ("activity", "violencetype", "violence_types", "violence_type_links", "aktivitet", "aktivitetens våldstyp", "aktiviteternas våldstyper"),
    ("activity", "perspective", "perspectives", "perspective_links", "aktivitet", "aktivitetens perspektiv", "aktiviteternas perspektiv"),
)
CALLED = {"goal": "Goal", "activity": "Activity", "violencetype": "ViolenceType", "perspective": "Perspective"}
WORDS = {"violencetype": "våldstyp", "perspective": "perspektiv"}
MANY = {"violence_types": "våldstyper", "perspectives": "perspektiv"}
REVERSE = {"goal": "goals", "activity": "activities"}
TRIGGERS = ("insert_insert", "update_update", "delete_delete", "no_truncate", "same_key")


def _link(of, tag, field, related, word, called, plural):
    name = f"{CALLED[of]}{CALLED[tag]}"
    return [
        *(pgtrigger.migrations.RemoveTrigger(name.lower(), trigger) for trigger in TRIGGERS),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name),
                migrations.CreateModel(
                    name,
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
                            of,
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name=related,
                                to=f"programme.{of}",
                                verbose_name=word,
                            ),
                        ),
                        (
                            tag,
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=f"programme.{tag}",
                                verbose_name=WORDS[tag],
                            ),
                        ),
                    ],
                    {
                        "db_table": f"programme_{of}_{field}",
                        "verbose_name": called,
                        "verbose_name_plural": plural,
                        "unique_together": {(of, tag)},
                    },
                ),
                migrations.AlterField(
                    of,
                    field,
                    models.ManyToManyField(
                        blank=True,
                        related_name=REVERSE[of],
                        through=f"programme.{name}",
                        to=f"programme.{tag}",
                        verbose_name=MANY[field],
                    ),
                ),
            ]
        ),
        migrations.AlterUniqueTogether(name.lower(), set()),
    ]


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_corrected_texts")]
    operations = [operation for link in LINKS for operation in _link(*link)]
