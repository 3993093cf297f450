"""The first row of a history: what a table held when its history began."""

from collections.abc import Callable
from typing import Any

BASELINE = "start"


def write_baseline(app_label: str) -> Callable[[Any, Any], None]:
    """For a migration's RunPython: a row in the table of changes for each row that was there.

    Without it the trace could not tell a row that is older than its history from one that was
    smuggled in beside it.
    """

    def write(apps: Any, schema_editor: Any) -> None:
        quote = schema_editor.connection.ops.quote_name
        for change in apps.get_app_config(app_label).get_models():
            if not any(f.name == "pgh_obj" for f in change._meta.local_fields):
                continue
            tracked = change._meta.get_field("pgh_obj").related_model._meta
            own = {f.column for f in change._meta.local_fields}
            columns = [f.column for f in tracked.concrete_fields if f.column in own]
            listed = ", ".join(quote(column) for column in columns)
            table = quote(change._meta.db_table)
            with schema_editor.connection.cursor() as cursor:
                # Only triggers write here; this once the migration does.
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                chain = next(t for t in change._meta.triggers if t.name == "chain")
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {chain.sql.pgid}")
                cursor.execute(
                    f"INSERT INTO {table} ({listed}, pgh_created_at, pgh_label, pgh_obj_id) "  # noqa: S608
                    f"SELECT {listed}, now(), %s, {quote(tracked.pk.column)} "
                    f"FROM {quote(tracked.db_table)} ORDER BY {quote(tracked.pk.column)}",
                    [BASELINE],
                )
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return write
