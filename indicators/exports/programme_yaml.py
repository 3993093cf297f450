"""A programme as YAML. The same programme always gives the same bytes."""

import datetime as dt
from decimal import Decimal
from typing import Any

import yaml

from indicators.domain.loading.existing import TAG_MODELS, Existing
from indicators.domain.loading.rows import Book, Row, plain_number
from indicators.domain.loading.tables import TABLES, Kind

HEAD = """\
# Ett program i Samlad. Läses in med: manage.py load_programme FIL
# Värden som är tomma behöver inte skrivas. En del som är tom skrivs som [].
# Koder och programmets adress ändras aldrig; allt annat går att ändra här och läsa in igen.
"""


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, list items indented under their name."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        return super().increase_indent(flow, False)

    def ignore_aliases(self, _data: Any) -> bool:  # the same word may stand twice
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    text = plain_number(number)
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _number)


def programme_yaml(existing: Existing) -> bytes:
    """The whole programme, in UTF-8. Read back it says the same."""
    document: dict[str, Any] = {}
    for table in TABLES:
        rows = [_row(row, existing.book) for row in existing.book[table.title].values()]
        document[table.name] = rows[0] if table.single else rows
    parts = [
        yaml.dump(
            {name: part},
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=False,
            width=100,
        )
        for name, part in document.items()
    ]
    return (HEAD + "\n" + "\n".join(parts)).encode()


def _row(row: Row, book: Book) -> dict[str, Any]:
    """What is not empty, under the columns' names."""
    return {
        column.name: _value(column.kind, column.title, row.values[column.key], book)
        for column in row.table.columns
        if column.required or row.values[column.key] != column.blank
    }


def _value(kind: Kind, title: str, value: Any, book: Book) -> str | int | Decimal | dt.date | list:
    if kind is Kind.TAGS:
        return tag_names(title, value, book)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value


def tag_names(title: str, codes: tuple[str, ...], book: Book) -> list[str]:
    """The names of tags, of the table called `title`."""
    if title not in TAG_MODELS:
        raise ValueError(title)
    return [book[title][(code,)].values["name"] for code in codes]
