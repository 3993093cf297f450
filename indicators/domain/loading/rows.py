"""Clean rows: the same shape whether they come from a file or out of the database."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from indicators.domain.loading.problems import Place
from indicators.domain.loading.tables import TABLES, Kind, Table

Key = tuple[Any, ...]
_SPACES = re.compile(r"[^\S\n]+")
# How Excel writes a carriage return inside a text.
_EXCEL_RETURN = re.compile(r"_x000D_\n?")


@dataclass
class Row:
    """values: by the key of the column. Goals as "4.2", tags as codes, nämnder by full name.

    place: in a file. pk: in the database.
    """

    table: Table
    values: dict[str, Any]
    place: Place = field(default_factory=Place)
    columns: dict[str, str] = field(default_factory=dict)
    cell_places: dict[str, Place] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    """Columns whose cell could not be read; their values are empty."""
    pk: int = 0

    def has(self, *keys: str) -> bool:
        """Whether these cells could be read."""
        return not self.bad.intersection(keys)

    @property
    def key(self) -> Key:
        return tuple(self.values[key] for key in self.table.key)

    def at(self, key: str) -> Place:
        """Where the value of a column stands in the file, or should."""
        if key in self.cell_places:
            return self.cell_places[key]
        column = self.columns.get(key, self.table.column(key).title)
        return Place(self.place.sheet, self.place.row, column)


Rows = dict[Key, Row]
Book = dict[str, Rows]


def empty_book() -> Book:
    """Title of a table → key → row."""
    return {table.title: {} for table in TABLES}


def tidy(text: str, kind: Kind) -> str:
    """A text as it is kept: composed signs, plain line ends, no signs that nothing shows.

    On one line, unless it is a long text. The same text tidied again is the same.
    """
    text = _EXCEL_RETURN.sub("\n", unicodedata.normalize("NFC", text))
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\v\f]", "\n", text).replace("\t", " ")
    text = "".join(s for s in text if s == "\n" or unicodedata.category(s) not in ("Cc", "Cs"))
    if kind is not Kind.TEXT:
        return " ".join(text.split())
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def goal_order(code: str) -> tuple[int, ...]:
    """Sorts "2" before "10" and "4.2" before "4.10"."""
    return tuple(int(part) for part in code.split(".")) if code else ()


def shown(value: Any) -> str:
    """A value as people read it in a preview."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Decimal):
        return plain_number(value).replace(".", ",")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value) or "–"
    return str(value)


def plain_number(value: Decimal) -> str:
    """A number without trailing zeros and without an exponent, with a point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def title_of(key: Iterable[Any]) -> str:
    """What a row is called in a preview: its key in words."""
    parts = [shown(part) for part in key if part not in (None, "")]
    return ", ".join(parts)
