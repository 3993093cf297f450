"""Rows that the database tells as JSON, inside the rows of another table."""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models.functions import JSONObject

_Model = TypeVar("_Model", bound=models.Model)


def as_json(model: type[models.Model], **more: Any) -> JSONObject:
    """A whole row of `model` by its columns, and `more`, for `row_of` to read."""
    columns = {str(f.column): f.attname for f in model._meta.concrete_fields}
    return JSONObject(**columns, **more)


def loaded(data: Any) -> dict[str, Any]:
    """A row as the database wrote it. Django leaves JSON as text in a query of our own."""
    return json.loads(data, parse_float=Decimal) if isinstance(data, str | bytes) else data


def row_of(model: type[_Model], data: dict[str, Any]) -> _Model:
    """A row of `model` as the database told it: by its columns, what is not there left out."""
    names, columns, readers = _fields(model, tuple(data))
    return model.from_db(
        "default",
        names,
        [read(data[column]) for column, read in zip(columns, readers, strict=True)],
    )


@cache
def _fields(
    model: type[models.Model], columns: tuple[str, ...]
) -> tuple[list[str], list[str], list[Callable[[Any], Any]]]:
    """The names, columns and readers of the fields that a row tells."""
    fields = [f for f in model._meta.concrete_fields if f.column in columns]
    return (
        [str(f.attname) for f in fields],
        [str(f.column) for f in fields],
        [f.to_python for f in fields],
    )


def rows_of(model: type[_Model], data: Iterable[Any]) -> list[_Model]:
    return [row_of(model, loaded(one)) for one in data]
