"""Pieces of migrations that let the database itself hold what may not change.

Two kinds: content whose version is frozen, and a state that moves along its table of transitions.
Which versions are frozen is the matter of the app that owns them: it gives the name of a function
`name(ids bigint[])` that raises an error when one of the versions is.
"""

from collections.abc import Iterable

from django.db.migrations import RunSQL

# What a transaction is called. The number alone would do, had databases not been restored into
# servers that count from the beginning again.
THIS_TRANSACTION = """
CREATE FUNCTION trace_this_transaction() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT pg_current_xact_id()::text || '@' || extract(epoch FROM transaction_timestamp())::text
$$;
"""
DROP_THIS_TRANSACTION = "DROP FUNCTION trace_this_transaction();"

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


def remember_versions(table: str, closed: str) -> RunSQL:
    """Two columns that only the database knows: where a version was opened, and that it closed.

    opened_in: the transaction that made the version. What a command writes in a version that it
    opens itself is no change of anything, in whatever order the command works.
    closed: the version has been handed in or attested once. Never undone, so that nobody opens it
    by moving the state of its report or paper to and fro.
    closed (argument): SQL for the ids of versions that are closed when this is laid in.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table}
            ADD COLUMN opened_in text NOT NULL DEFAULT '',
            ADD COLUMN closed boolean NOT NULL DEFAULT false;
        UPDATE {table} SET closed = true WHERE id IN ({closed});
        CREATE FUNCTION {table}_opened() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.opened_in := trace_this_transaction();
            NEW.closed := false;
            RETURN NEW;
        END $$;
        CREATE TRIGGER {table}_opened BEFORE INSERT ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_opened();
        """,  # noqa: S608
        f"""
        DROP TRIGGER {table}_opened ON {table};
        DROP FUNCTION {table}_opened();
        ALTER TABLE {table} DROP COLUMN opened_in, DROP COLUMN closed;
        """,
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
