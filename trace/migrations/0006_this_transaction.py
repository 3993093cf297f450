"""What the transaction that goes on is called, for versions that are open to the one that made them."""

from django.db import migrations

from trace.freezing import DROP_THIS_TRANSACTION, THIS_TRANSACTION


class Migration(migrations.Migration):
    dependencies = [("trace", "0005_transitions")]
    operations = [migrations.RunSQL(THIS_TRANSACTION, DROP_THIS_TRANSACTION)]
