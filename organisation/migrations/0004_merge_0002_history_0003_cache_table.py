"""The history and the sign-in grew side by side."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_history"),
        ("organisation", "0003_cache_table"),
    ]

    operations = []
