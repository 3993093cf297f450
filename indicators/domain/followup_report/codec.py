"""A version of the follow-up as canonical JSON, and back: the same content, the same bytes.

Any of the dataclasses that a snapshot is made of is written by its fields. A field that is added to
one of them later needs a default: versions that were fixed before do not hold it. A field that is
taken away needs a line in GONE, or old versions are refused rather than read without it.
"""

import datetime as dt
import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from indicators.domain.followup_report.snapshot import Snapshot

FORMAT = 1
GONE: Mapping[str, frozenset[str]] = {}
"""Name of a dataclass → fields that it once had."""


class NotReadable(ValueError):
    """The bytes are no version of a follow-up that this Samlad can read."""


def encode(snapshot: Snapshot) -> bytes:
    """Canonical JSON in UTF-8: names in order, no spaces, decimals and dates as text."""
    return canonical({"format": FORMAT, "snapshot": as_json(snapshot)})


def decode(content: bytes) -> Snapshot:
    """The snapshot that `encode` made the bytes of. Raises NotReadable."""
    try:
        data = json.loads(bytes(content).decode())
        if data["format"] != FORMAT:
            raise NotReadable(f"format {data['format']}")
        return from_json(Snapshot, data["snapshot"])
    except (KeyError, TypeError, ArithmeticError, UnicodeDecodeError) as problem:
        raise NotReadable(str(problem)) from problem
    except json.JSONDecodeError as problem:
        raise NotReadable(str(problem)) from problem


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(bytes(content)).hexdigest()


def canonical(data: Any) -> bytes:
    """JSON that is the same bytes for the same data."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def as_json(value: Any) -> Any:
    """A value of a snapshot as what JSON knows. Raises TypeError for a type it does not expect."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(as_json(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in a snapshot")


def from_json(kind: Any, data: Any) -> Any:
    """A value of the type `kind` from what `as_json` made of it. Raises NotReadable."""
    return _reader(kind)(data)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value of a type is read; found out once for each type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (one for one in arguments if one is not type(None))
        read_inner = _later(inner)
        return lambda data: None if data is None else read_inner(data)
    if origin is tuple:
        read_one = _later(arguments[0])
        return lambda data: tuple([read_one(one) for one in data])
    if origin is frozenset:
        read_one = _later(arguments[0])
        return lambda data: frozenset(read_one(one) for one in data)
    if kind is dt.date:
        return dt.date.fromisoformat
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind
    if kind in (str, int, bool):
        return lambda data: _is_a(kind, data)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    raise TypeError(f"{kind} has no place in a snapshot")


def _later(kind: Any) -> Callable[[Any], Any]:
    """The reader of a type, looked for when it is needed: types may hold themselves."""

    def read(data: Any) -> Any:
        return _reader(kind)(data)

    return read


def _is_a(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise NotReadable(f"{data!r} is no {kind.__name__}")
    return data


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: _later(hints[field.name]) for field in fields(kind)}
    needed = {
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
    gone = GONE.get(kind.__name__, frozenset())

    def read(data: Mapping[str, Any]) -> Any:
        if missing := needed - data.keys():
            raise NotReadable(f"{kind.__name__} without {', '.join(sorted(missing))}")
        if unknown := data.keys() - readers.keys() - gone:
            raise NotReadable(f"{kind.__name__} with {', '.join(sorted(unknown))}")
        return kind(**{name: readers[name](one) for name, one in data.items() if name in readers})

    return read
