"""Of the companies, "alla nämnder och bolag" asks the parent company alone.

Stockholms Stadshus AB gives one judgement for all of them, so each is not asked beside it. A
company that is named itself is asked as before.
"""

import importlib

from django.db import migrations

_ledger = importlib.import_module("indicators.migrations.0004_ledger")
BEFORE = _ledger.CELL.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)
CELL = BEFORE.replace("('alla', 'moderbolag'), ('alla', 'bolag'),", "('alla', 'moderbolag'),", 1)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0012_rest_without_sex"),
    ]

    operations = [
        migrations.RunSQL(CELL, BEFORE),
    ]
