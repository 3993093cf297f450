"""Operations for migrations: pgtrigger's and Django's own, without work done over and over.

While a migration runs, Django makes the classes of all models that hang together anew for each
operation, and here nearly all hang together. With some hundred tables and as many triggers that
was most of the time that a first migration took.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pgtrigger.migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AddTrigger(pgtrigger.migrations.AddTrigger):
    """Adds a trigger. No model class of a migration needs to know the triggers on its table."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


class RemoveTrigger(pgtrigger.migrations.RemoveTrigger):
    """Removes a trigger, and likewise leaves the model classes alone."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name].options
        kept = [t for t in options.get("triggers", []) if t.name != self.name]
        options["triggers"] = kept


class Together(Operation):
    """Operations on tables, for which the classes of models are made anew once.

    None of them alters what another one makes.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # a cached property: made when it is next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} changes of tables together"


_ON_TABLES = (AddConstraint, AddField, AddIndex, AlterField, CreateModel, RemoveConstraint)
_OF_A_NEW_TABLE = (AddConstraint, AddField, AddIndex)
_WRITTEN = {
    pgtrigger.migrations.AddTrigger: AddTrigger,
    pgtrigger.migrations.RemoveTrigger: RemoveTrigger,
}


def bundled(operations: Iterable[Operation]) -> list[Operation]:
    """Operations as makemigrations writes them, in an order that makes few model classes anew.

    Between what is neither of tables nor of triggers, which stays where it is: triggers go first,
    then the tables are made and altered together, then triggers come.
    """
    ordered: list[Operation] = []
    for together, some in groupby(operations, key=_can_move):
        if not together:
            ordered += some
            continue
        lean = [_lean(one) for one in some]
        ordered += [one for one in lean if isinstance(one, RemoveTrigger)]
        if tables := [one for one in lean if isinstance(one, _ON_TABLES)]:
            ordered.append(Together(list(_whole_tables(tables))))
        ordered += [one for one in lean if isinstance(one, AddTrigger)]
    return ordered


def _lean(operation: Operation) -> Operation:
    """Our own in place of pgtrigger's."""
    ours = _WRITTEN.get(type(operation))
    if ours is None:
        return operation
    _, given, named = operation.deconstruct()
    return ours(*given, **named)


def _can_move(operation: Operation) -> bool:
    return isinstance(operation, (*_ON_TABLES, *_WRITTEN))


def _whole_tables(operations: Sequence[Operation]) -> Iterator[Operation]:
    """New tables with all that belongs to them, each after those it points at; then the rest."""
    made = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    rest = []
    for one in operations:
        if isinstance(one, CreateModel):
            continue
        if not (isinstance(one, _OF_A_NEW_TABLE) and one.model_name_lower in made):
            rest.append(one)
            continue
        table = made[one.model_name_lower]
        if isinstance(one, AddField):
            table.fields.append((one.name, one.field))
        elif isinstance(one, AddConstraint):
            table.options.setdefault("constraints", []).append(one.constraint)
        else:
            table.options.setdefault("indexes", []).append(one.index)
    waiting = dict(made)
    while waiting:
        ready = [
            n for n, table in waiting.items() if not _points_at(table) & (waiting.keys() - {n})
        ]
        if not ready:
            raise ValueError(f"tables point at each other: {', '.join(waiting)}")
        for name in ready:
            yield waiting.pop(name)
    yield from rest


def _points_at(table: CreateModel) -> set[str]:
    """Names of the models, in lower case, that the fields of a table point at."""
    found = set()
    for _, field in table.fields:
        target = getattr(field.remote_field, "model", None)
        if target is not None:
            name = target if isinstance(target, str) else target._meta.label
            found.add(name.rpartition(".")[2].lower())
    return found
