"""The function that holds a state to its table of transitions; each app lays its own table in."""

from django.db import migrations

from trace.freezing import DROP_HOLD_TRANSITIONS, HOLD_TRANSITIONS


class Migration(migrations.Migration):
    dependencies = [("trace", "0004_guards")]
    operations = [migrations.RunSQL(HOLD_TRANSITIONS, DROP_HOLD_TRANSITIONS)]
