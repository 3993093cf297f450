"""History of every row, written by the database itself.

`tracked` stands above each model that carries work. It gives the model a table of changes, which
triggers fill whatever road a change came by: a form, a bulk command, `update()`, SQL in a console.
The tables of changes only grow, and each of their rows is a link in the chain of a nämnd.
"""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.db import models

__all__ = ["Chained", "Change", "tracked"]

_Model = TypeVar("_Model", bound=models.Model)


class Change(pghistory.models.Event):
    """One row of a table as it was after a change (after a removal: as it was before)."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pgh_id}"


class Chained(pgtrigger.Trigger):
    """Ties each new row into the chain of the nämnd whose matter it is.

    scope: where the code of the nämnd is found, as a path of fields
    ("version__paper__namnd__code"); "" for what belongs to the whole city.
    prefix: keeps rows of another kind in chains of their own, so that they do not queue for these.
    """

    name = "chain"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert
    referencing = pgtrigger.Referencing(new="added")

    def __init__(self, scope: str = "", *, prefix: str = "") -> None:
        super().__init__()
        self.scope = scope
        self.prefix = prefix

    def get_func(self, model: Any) -> str:
        key = model._meta.pk.column
        return self.format_sql(f"""
            PERFORM trace_append(
                TG_TABLE_NAME::text,
                array_agg(r.id ORDER BY r.id),
                array_agg(r.scope ORDER BY r.id),
                array_agg(r.content ORDER BY r.id)
            )
            FROM (
                SELECT e."{key}"::bigint AS id,
                    '{self.prefix}' || COALESCE({_scope_sql(model, self.scope)}, '') AS scope,
                    trace_content(e) AS content
                FROM added e
            ) r
            HAVING count(*) > 0;
            RETURN NULL;
        """)  # noqa: S608 - names of our own tables


def _scope_sql(model: Any, path: str) -> str:
    """The value at the end of `path`, for the row `e`, as nested look-ups by primary key."""
    if not path:
        return "NULL::text"
    names = path.split("__")
    field = model._meta.get_field(names[0])
    found = f'e."{field.column}"'
    for depth, name in enumerate(names[1:]):
        related = field.related_model
        field = related._meta.get_field(name)
        found = (
            f'(SELECT s{depth}."{field.column}" FROM "{related._meta.db_table}" s{depth} '  # noqa: S608 - our own
            f'WHERE s{depth}."{related._meta.pk.column}" = {found})'
        )
    return f"{found}::text"


def only_grows() -> pgtrigger.Trigger:
    """Rows come from triggers only, and never change or go."""
    return pgtrigger.Trigger(
        name="only_grows",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func=(
            "IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; "
            "RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation';"
        ),
    )


def _no_truncate() -> pgtrigger.Trigger:
    """TRUNCATE would remove rows without a word in the history."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=(
            "RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation';"
        ),
    )


def _same_key(column: str) -> pgtrigger.Trigger:
    """A row keeps its number: the history pairs old and new by it."""
    return pgtrigger.Trigger(
        name="same_key",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(column),
        condition=pgtrigger.Condition(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"'),
        func=(
            "RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation';"
        ),
    )


def tracked(
    scope: str = "", *, exclude: Collection[str] = ()
) -> Callable[[type[_Model]], type[_Model]]:
    """Class decorator: keep every version of every row of the model.

    scope: path of fields to the code of the nämnd whose matter a row is; "" for the city's own.
    exclude: fields that are not kept (secrets, and what changes without anybody's work).
    Side effects: the app gets a model `<Name>Change` and triggers; run makemigrations.
    """

    def decorate(model: type[_Model]) -> type[_Model]:
        concrete = model._meta.concrete_model or model
        computed = [f.name for f in concrete._meta.local_fields if f.generated]
        pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=[*exclude, *computed],
            base_model=Change,
            # What was known of who and why stands in the row itself, under its own digest; a
            # table of contexts beside it would be rewritten while a request goes on.
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            obj_field=pghistory.ObjForeignKey(
                related_name="+", related_query_name="+", db_index=True
            ),
            # One statement, one trigger call: a thousand rows are not a thousand locks.
            level=pgtrigger.Statement,
            meta={
                "triggers": [only_grows(), Chained(scope)],
                "verbose_name": f"ändring: {model._meta.verbose_name}",
                "verbose_name_plural": f"ändringar: {model._meta.verbose_name_plural}",
            },
        )(model)
        pgtrigger.register(_no_truncate(), _same_key(str(concrete._meta.pk.column)))(model)
        return model

    return decorate
