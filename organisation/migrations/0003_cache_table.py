"""The table of the cache, where failed sign-ins are counted: no command of its own to forget."""

from django.core.management import call_command
from django.db import migrations


def create(_apps, schema_editor):
    call_command(
        "createcachetable", "samlad_cache", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_history")]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, 'DROP TABLE IF EXISTS "samlad_cache"'),
    ]
