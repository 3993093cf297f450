"""Looking through the chains: every row of the trace, its link, and what the tables hold now.

Only functions that PostgreSQL itself brings are used here, never our own: whoever could change the
trace could change those too. Everything is compared inside the database, which sends back what
does not agree and nothing else, so that a million rows need no memory here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from trace.models import Event, Link, ReadLog
from trace.tracking import Change

CITY = "staden"

# Times and numbers as they were written out when a row was hashed.
SAME_WORDS = "SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1;"

BROKEN_LINKS = """
SELECT chain, sequence, source, "row",
    CASE
        WHEN sequence <> expected_place THEN 'place'
        WHEN previous <> expected_previous THEN 'previous'
        ELSE 'hash'
    END
FROM (
    SELECT l.*,
        row_number() OVER w AS expected_place,
        lag(l.hash, 1, ''::bytea) OVER w AS expected_previous,
        sha256(l.previous || convert_to(jsonb_build_array(
            l.chain, l.sequence, l.source, l."row", encode(l.digest, 'hex'), l.role,
            (extract(epoch FROM l.at) * 1000000)::bigint, l.transaction::text
        )::text, 'UTF8')) AS expected_hash
    FROM trace_link l
    WINDOW w AS (PARTITION BY l.chain ORDER BY l.sequence)
) links
WHERE sequence <> expected_place OR previous <> expected_previous OR hash <> expected_hash
ORDER BY chain, sequence
"""

# A column that came later is left out of the rows that were hashed before it.
BROKEN_ROWS = """
SELECT l.chain, l.sequence, COALESCE(l."row", e.{key}),
    CASE WHEN l.id IS NULL THEN 'unlinked' WHEN e.{key} IS NULL THEN 'gone' ELSE 'changed' END
FROM (SELECT * FROM trace_link WHERE source = {source}) l
FULL JOIN {table} e ON e.{key} = l."row"
LEFT JOIN LATERAL (
    SELECT to_jsonb(e) - ARRAY(
        SELECT jsonb_object_keys(to_jsonb(e)) EXCEPT SELECT unnest(s.columns)
    ) AS content
    FROM trace_shape s WHERE s.id = l.shape_id
) kept ON e.{key} IS NOT NULL
WHERE l.id IS NULL OR e.{key} IS NULL
    OR l.digest IS DISTINCT FROM sha256(convert_to(kept.content::text, 'UTF8'))
ORDER BY 1, 2, 3
"""

# What a table holds now is what its history says last.
BROKEN_PRESENT = """
SELECT COALESCE(t.{key}, h.pgh_obj_id)::bigint,
    CASE WHEN h.pgh_obj_id IS NULL THEN 'unknown' WHEN t.{key} IS NULL THEN 'gone'
        ELSE 'changed' END
FROM {table} t
FULL JOIN (
    SELECT DISTINCT ON (pgh_obj_id) * FROM {history} ORDER BY pgh_obj_id, pgh_id DESC
) h ON h.pgh_obj_id = t.{key}
WHERE (t.{key} IS NULL AND h.pgh_label <> 'delete')
    OR (t.{key} IS NOT NULL AND (h.pgh_obj_id IS NULL OR h.pgh_label = 'delete' OR {differs}))
ORDER BY 1
"""

LOST_COLUMNS = """
SELECT s.source, array_agg(DISTINCT c.name ORDER BY c.name) FROM trace_shape s
CROSS JOIN unnest(s.columns) c(name)
WHERE NOT EXISTS (
    SELECT 1 FROM pg_attribute a
    WHERE a.attrelid = to_regclass(quote_ident(s.source)) AND a.attname = c.name
        AND a.attnum > 0 AND NOT a.attisdropped
)
GROUP BY s.source ORDER BY s.source
"""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def place(chain: str, sequence: int) -> str:
    """ "sodermalm nr 14"; the chain of the whole city has no nämnd to be called after."""
    return f"{chain or CITY} nr {sequence}"


def history_models() -> list[type[Change]]:
    """The tables of changes, by name."""
    found = [m for m in apps.get_models() if issubclass(m, Change) and m._meta.managed]
    return sorted(found, key=lambda model: model._meta.db_table)


def trace_tables() -> list[type[models.Model]]:
    """Everything that has links: events, readings and the tables of changes."""
    return [Event, ReadLog, *history_models()]


def find_faults() -> Iterator[Fault]:
    """Everything that is not as it was written, part by part.

    Call inside a transaction that reads one moment only (REPEATABLE READ), so that work going on
    meanwhile is not taken for damage, and after SAME_WORDS.
    """
    yield from _broken_links()
    for table in trace_tables():
        yield from _broken_rows(table)
    yield from _foreign_links()
    for model in history_models():
        yield from _broken_present(model)


def lost_columns() -> list[tuple[str, list[str]]]:
    """Tables that have lost columns since rows were hashed: their old rows cannot be checked."""
    return [(source, list(names)) for source, names in _rows(sql.SQL(LOST_COLUMNS))]


def _rows(query: sql.Composable) -> Iterator[tuple]:
    """The answer in portions, by a cursor of the server's."""
    connection.ensure_connection()
    with connection.connection.cursor(name="trace_verify") as cursor:
        cursor.itersize = 500
        yield from cursor.execute(query)


def _broken_links() -> Iterator[Fault]:
    words = {
        "place": "platsen före saknas: en eller flera länkar är borttagna, eller ordningen ändrad",
        "previous": "bygger inte på länken före: ordningen är ändrad eller länken före utbytt",
        "hash": "länken är ändrad",
    }
    for chain, sequence, source, row, fault in _rows(sql.SQL(BROKEN_LINKS)):
        yield Fault(place(chain, sequence), f"{words[fault]} ({source} rad {row})")


def _broken_rows(model: type[models.Model]) -> Iterator[Fault]:
    meta = model._meta
    words = {
        "unlinked": "raden saknar länk: den är inlagd vid sidan av",
        "gone": "raden är borttagen",
        "changed": "raden är ändrad",
    }
    query = sql.SQL(BROKEN_ROWS).format(
        key=sql.Identifier(str(meta.pk.column)),
        table=sql.Identifier(meta.db_table),
        source=sql.Literal(meta.db_table),
    )
    for chain, sequence, row, fault in _rows(query):
        where = place(chain, sequence) if sequence is not None else meta.db_table
        yield Fault(where, f"{words[fault]} ({meta.db_table} rad {row})")


def _foreign_links() -> Iterator[Fault]:
    """Links to tables that are not of the trace."""
    known = [model._meta.db_table for model in trace_tables()]
    others = Link.objects.exclude(source__in=known).order_by("chain", "sequence")
    for link in others.iterator():
        yield Fault(place(link.chain, link.sequence), f"tabellen {link.source} finns inte i spåret")


def _broken_present(model: type[Change]) -> Iterator[Fault]:
    words = {
        "unknown": "raden har ingen historia: den är inlagd vid sidan av",
        "gone": "raden är borttagen vid sidan av",
        "changed": "raden är ändrad vid sidan av",
    }
    tracked = model.pgh_tracked_model._meta  # type: ignore[attr-defined]
    own = {f.column for f in model._meta.local_fields}
    columns = [f.column for f in tracked.concrete_fields if f.column in own]
    differs = sql.SQL("({}) IS DISTINCT FROM ({})").format(
        sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(c)) for c in columns),
        sql.SQL(", ").join(sql.SQL("h.{}").format(sql.Identifier(c)) for c in columns),
    )
    query = sql.SQL(BROKEN_PRESENT).format(
        key=sql.Identifier(tracked.pk.column),
        table=sql.Identifier(tracked.db_table),
        history=sql.Identifier(model._meta.db_table),
        differs=differs,
    )
    for row, fault in _rows(query):
        yield Fault(tracked.db_table, f"{words[fault]} (rad {row})")
