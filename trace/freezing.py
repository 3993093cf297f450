"""Pieces of migrations that let the database itself hold what may not change.

Two kinds: content whose version is frozen, and a state that moves along its table of transitions.
Which versions are frozen is the matter of the app that owns them: it gives the name of a function
`name(ids bigint[])` that raises an error when one of the versions is.
"""

from collections.abc import Iterable

from django.db.migrations import RunSQL

HOLD_TRANSITIONS = """
CREATE FUNCTION trace_hold_transitions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    source text := to_jsonb(OLD) ->> TG_ARGV[0];
    target text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF source || '>' || target = ANY (TG_ARGV) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% % does not go from % to %', TG_TABLE_NAME, OLD.id, source, target
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
DROP_HOLD_TRANSITIONS = "DROP FUNCTION trace_hold_transitions();"


def hold_transitions(
    table: str, pairs: Iterable[tuple[str, str]], *, column: str = "state", once: str = ""
) -> RunSQL:
    """The state in `column` moves along `pairs` (from, to) only, by any road.

    once: a condition on OLD from which on it is held ("OLD.current_id IS NOT NULL"); "" for always.
    Given again in a later migration, the new table of pairs takes the place of the old.
    """
    arguments = ", ".join(f"'{source}>{target}'" for source, target in pairs)
    held = f"{once} AND " if once else ""
    return RunSQL(
        f"""
        DROP TRIGGER IF EXISTS {table}_transitions ON {table};
        CREATE TRIGGER {table}_transitions BEFORE UPDATE ON {table} FOR EACH ROW
            WHEN ({held}OLD.{column} IS DISTINCT FROM NEW.{column})
            EXECUTE FUNCTION trace_hold_transitions('{column}', {arguments});
        """,
        f"DROP TRIGGER {table}_transitions ON {table};",
    )


def freeze_content(table: str, *, version: str, refuse: str) -> RunSQL:
    """Rows of `table` are not added, changed or removed once their version is frozen.

    version: SQL for the version that a row `r` belongs to ("r.version_id").
    refuse: the function that raises an error when one of the versions is frozen.
    Looked at once for each statement: a thousand rows cost one look-up.
    """
    name = f"{table}_frozen"
    operations = {
        "insert": "NEW TABLE AS added",
        "update": "OLD TABLE AS removed NEW TABLE AS added",
        "delete": "OLD TABLE AS removed",
    }
    triggers = "\n".join(
        f"CREATE TRIGGER {name}_{operation} AFTER {operation.upper()} ON {table} "
        f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {name}();"
        for operation, rows in operations.items()
    )
    drop = "\n".join(f"DROP TRIGGER {name}_{operation} ON {table};" for operation in operations)
    return RunSQL(
        # The names are our own, from migrations.
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            ids bigint[];
        BEGIN
            IF TG_OP = 'INSERT' THEN
                ids := ARRAY(SELECT DISTINCT {version} FROM added r);
            ELSIF TG_OP = 'DELETE' THEN
                ids := ARRAY(SELECT DISTINCT {version} FROM removed r);
            ELSE
                ids := ARRAY(SELECT {version} FROM added r UNION SELECT {version} FROM removed r);
            END IF;
            PERFORM {refuse}(ids);
            RETURN NULL;
        END $$;
        {triggers}
        """,  # noqa: S608
        f"{drop}\nDROP FUNCTION {name}();",
    )
