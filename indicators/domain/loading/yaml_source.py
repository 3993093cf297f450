"""A programme in YAML, as tables of cells.

Only the events of the YAML reader are used: each word stays as it was written until its column
says what it is (so that "nej" is no boolean and 4.10 no number), every word knows its line, and
tags, anchors and aliases, which can do harm, are refused.
"""

import difflib
from collections.abc import Iterator
from typing import Any

import yaml

from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.raw_rows import RawBook, RawCell, RawRow
from indicators.domain.loading.tables import LISTS, TABLES, Table, fold
from trace.uploads.workbook import MAX_ROWS

MAX_DEPTH = 5
MAX_EVENTS = 400_000
# What is written for an empty value.
EMPTY = {"", "~", "null"}


class _Stop(Exception):
    """The text is not even YAML of the kind that is read; the problem has been added."""


class _Scalar(str):
    """A word with its line and whether it was quoted."""

    line: int
    quoted: bool


class _Mapping(list):
    """Pairs of a key and its value, in order, with the line where it begins."""

    line: int


class _Sequence(list):
    line: int


def read_yaml(data: bytes, problems: Problems) -> RawBook:
    """The tables in a file of YAML. Every table must be there, if only as an empty list."""
    book = RawBook()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.add(Place("", line), "Filen är inte skriven i UTF-8. Spara den i UTF-8.")
        return book
    try:
        root = _parse(text, problems)
    except _Stop:
        return book
    known = {fold(table.title): table for table in TABLES}
    seen: dict[str, int] = {}
    for key, value in root:
        table = known.get(fold(key))
        if table is None:
            near = difflib.get_close_matches(key, [t.name for t in TABLES], n=1)
            hint = f" Menar du ”{near[0]}”?" if near else " Ta bort den."
            problems.add(
                Place(str(key)[:40], key.line), f"Delen ”{key[:40]}” känns inte igen.{hint}"
            )
        elif table.title in seen:
            problems.add(
                Place(str(key), key.line),
                f"Delen ”{key}” finns redan på rad {seen[table.title]}. Slå ihop dem.",
            )
        else:
            seen[table.title] = key.line
            book.tables[table.title] = _table(table, value, problems)
    for table in TABLES:
        if table.title not in seen:
            problems.missing.add(table.title)
            how = (
                "Skriv programmet." if table.single else f"Skriv ”{table.name}: []” om den är tom."
            )
            problems.add(Place(table.name), f"Delen ”{table.name}” saknas. {how}")
    return book


def _table(table: Table, value: Any, problems: Problems) -> list[RawRow]:
    if table.single:
        items, paths = [value], [table.name]
    else:
        if isinstance(value, _Scalar) and value in EMPTY:
            return []
        if not isinstance(value, _Sequence):
            problems.add(
                Place(table.name, value.line),
                "Här ska en lista stå. Börja varje rad i listan med ett streck.",
            )
            return []
        items, paths = list(value), [f"{table.name}[{n}]" for n in range(1, len(value) + 1)]
    if len(items) > MAX_ROWS:
        problems.missing.add(table.title)
        problems.add(
            Place(table.name, value.line),
            f"Listan har {len(items)} rader, fler än {MAX_ROWS}. Ett program har några hundra: "
            "ta bort rader som inte hör till programmet.",
        )
        return []
    rows = []
    for item, path in zip(items, paths, strict=True):
        if isinstance(item, _Mapping):
            rows.append(_row(table, item, path, problems))
        else:
            problems.add(
                Place(path, item.line), f"Här ska namn och värden stå, som ”{_example(table)}”."
            )
    return rows


def _row(table: Table, pairs: _Mapping, path: str, problems: Problems) -> RawRow:
    known = {fold(column.title): column for column in table.columns}
    row = RawRow(Place(path, pairs.line), {}, {c.key: c.name for c in table.columns})
    seen = set()
    for key, value in pairs:
        place = Place(f"{path}.{key[:40]}", value.line)
        column = known.get(fold(key))
        if column is None:
            near = difflib.get_close_matches(key, [c.name for c in table.columns], n=1)
            hint = f"Menar du ”{near[0]}”?" if near else "Ta bort det."
            problems.add(place, f"Namnet ”{key[:40]}” känns inte igen. {hint}")
        elif column.key in seen:
            problems.add(place, f"”{key}” står två gånger. Ta bort det ena.")
        elif isinstance(value, _Scalar):
            seen.add(column.key)
            if value.quoted or value not in EMPTY:
                row.cells[column.key] = RawCell("text", str(value), place)
        elif isinstance(value, _Sequence) and column.kind in LISTS:
            seen.add(column.key)
            if all(isinstance(item, _Scalar) for item in value):
                items = tuple(str(item) for item in value)
                row.cells[column.key] = RawCell("list", "", place, items)
            else:
                problems.add(place, "I listan ska bara ord stå, inga listor eller namn.")
        else:
            problems.add(place, "Här ska ett enda värde stå.")
    return row


def _example(table: Table) -> str:
    return f"{table.columns[0].name}: …"


# The text ----------------------------------------------------------------------------------------


def _parse(text: str, problems: Problems) -> _Mapping:
    """The one document of the file, a mapping. Raises _Stop when the problem has been added."""
    try:
        events = _counted(yaml.parse(text, Loader=_LOADER), problems)
        root = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    _stop(problems, event, "Filen har flera dokument. Ta bort raden med ”---”.")
                root = _node(next(events), events, problems, 1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problems.add(
            Place("", line),
            "Raden går inte att läsa som YAML. Kontrollera indrag (mellanslag, inte tabb), "
            "kolon och citattecken på raden och raden före.",
        )
        raise _Stop from error
    if not isinstance(root, _Mapping):
        problems.add(Place("", 1), "Filen har inget program. Utgå från en exporterad fil.")
        raise _Stop
    return root


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _counted(events: Iterator[Any], problems: Problems) -> Iterator[Any]:
    for number, event in enumerate(events):
        if number > MAX_EVENTS:
            _stop(problems, event, "Filen är för lång för att vara ett program.")
        yield event


def _node(event: Any, events: Iterator[Any], problems: Problems, depth: int) -> Any:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        _stop(problems, event, "Ankare och hänvisningar (& och *) läses inte. Skriv ut värdet.")
    if getattr(event, "tag", None) not in (None, "!"):
        _stop(problems, event, "Taggar (!) läses inte. Ta bort taggen.")
    if depth > MAX_DEPTH:
        _stop(problems, event, "Här är för många nivåer. Utgå från en exporterad fil.")
    if isinstance(event, yaml.ScalarEvent):
        scalar = _Scalar(event.value)
        scalar.line, scalar.quoted = line, event.style is not None
        return scalar
    if isinstance(event, yaml.SequenceStartEvent):
        sequence = _Sequence()
        sequence.line = line
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            sequence.append(_node(inner, events, problems, depth + 1))
        return sequence
    mapping = _Mapping()
    mapping.line = line
    while not isinstance(inner := next(events), yaml.MappingEndEvent):
        key = _node(inner, events, problems, depth + 1)
        if not isinstance(key, _Scalar):
            _stop(problems, inner, "Ett namn före kolon ska vara ett ord.")
        mapping.append((key, _node(next(events), events, problems, depth + 1)))
    return mapping


def _stop(problems: Problems, event: Any, message: str) -> None:
    problems.add(Place("", event.start_mark.line + 1), message)
    raise _Stop
