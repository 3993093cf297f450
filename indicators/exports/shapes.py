"""Results as JSON: a frozen dataclass is the shape, and its schema is read from it.

One source for what is written and for what is told of it: a field cannot be sent without being
described, nor described without being sent.
"""

import dataclasses
import datetime as dt
import types
import typing
from decimal import Decimal
from enum import Enum
from typing import Any

MOST_DECIMALS = 6
_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    dt.date: {"type": "string", "format": "date"},
    dt.datetime: {"type": "string", "format": "date-time"},
}


def said(words: str, *, example: Any = None, one_of: typing.Sequence[str] = ()) -> Any:
    """A field of a shape with what it is, in Swedish. one_of: the only texts that it holds."""
    return dataclasses.field(metadata={"said": words, "example": example, "one_of": tuple(one_of)})


def as_json(content: Any) -> Any:
    """The content of a shape as what `json.dumps` takes.

    A decimal becomes a number: whole where it is whole, else with at most six decimals.
    """
    if isinstance(content, Enum):
        return content.value
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        return {f.name: as_json(getattr(content, f.name)) for f in dataclasses.fields(content)}
    if isinstance(content, Decimal):
        return int(content) if content == content.to_integral_value() else _rounded(content)
    if isinstance(content, dt.date):  # and a moment, which is one
        return content.isoformat()
    if isinstance(content, tuple | list):
        return [as_json(one) for one in content]
    return content


def _rounded(number: Decimal) -> float:
    return float(round(number, MOST_DECIMALS))


class Schemas:
    """JSON Schema (2020-12) of shapes; each stands once, by its name, and is pointed at."""

    def __init__(self, *, at: str = "#/$defs/") -> None:
        self.at = at
        self.named: dict[str, dict[str, Any]] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type: a shape, something simple, a tuple of them, or any of these or
        None. Raises TypeError for anything else."""
        if kind in _SIMPLE:
            return dict(_SIMPLE[kind])
        if dataclasses.is_dataclass(kind):
            return self._of_shape(typing.cast(type, kind))
        origin, inside = typing.get_origin(kind), typing.get_args(kind)
        if origin is tuple and len(inside) == 2 and inside[1] is Ellipsis:
            return {"type": "array", "items": self.of(inside[0])}
        if origin in (types.UnionType, typing.Union) and types.NoneType in inside:
            (other,) = [one for one in inside if one is not types.NoneType]
            schema = self.of(other)
            if "$ref" in schema:
                return {"anyOf": [schema, {"type": "null"}]}
            return schema | {"type": [schema["type"], "null"]}
        raise TypeError(f"no schema for {kind!r}")

    def _of_shape(self, shape: type) -> dict[str, Any]:
        name = shape.__name__
        if name not in self.named:
            self.named[name] = {}  # known by name before its fields are read: it may hold itself
            hints = typing.get_type_hints(shape)
            fields = dataclasses.fields(shape)
            self.named[name] = {
                "type": "object",
                "description": _first_line(shape),
                "properties": {f.name: self._of_field(f, hints[f.name]) for f in fields},
                "required": [f.name for f in fields],
                "additionalProperties": False,
            }
        return {"$ref": f"{self.at}{name}"}

    def _of_field(self, field: dataclasses.Field[Any], kind: Any) -> dict[str, Any]:
        schema = self.of(kind)
        if allowed := field.metadata.get("one_of"):
            nullable = isinstance(schema["type"], list)
            schema["enum"] = [*allowed, None] if nullable else list(allowed)
        schema["description"] = field.metadata["said"]
        if field.metadata.get("example") is not None:
            schema["examples"] = [as_json(field.metadata["example"])]
        return schema


def _first_line(shape: type) -> str:
    return (shape.__doc__ or "").strip().splitlines()[0]
