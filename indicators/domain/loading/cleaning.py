"""From cells to values: each cell is read as its column says, or is a problem with a place."""

import datetime as dt
import difflib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from indicators.domain.loading.problems import Problems
from indicators.domain.loading.raw_rows import RawBook, RawCell, RawRow
from indicators.domain.loading.rows import Book, Row, empty_book, goal_order, tidy, title_of
from indicators.domain.loading.tables import TABLES, Column, Kind, Table, fold
from indicators.domain.numbers import (
    MAX_DECIMALS,
    MAX_INTEGER_DIGITS,
    NumberNotUnderstood,
    parse_number,
)
from organisation.domain.names import NamndNames
from organisation.enums import NamndGroup
from organisation.personnummer import why_not_personnummer

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
GOAL = re.compile(r"(?:(?:del)?mål\s+)?0*([1-9]\d{0,2})(?:\.0*([1-9]\d{0,2}))?\.?", re.I)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YES = {"ja", "j", "x", "true", "sant", "1"}
NO = {"nej", "n", "false", "falskt", "0"}
GROUPS = {fold(word): str(group.label) for group in NamndGroup for word in (group.label, group)}


class _Bad(ValueError):
    """What is wrong with a cell, in Swedish."""


def clean(raw: RawBook, names: NamndNames, problems: Problems) -> Book:
    """The rows of a file as values. A bad cell counts as empty; a row without its key is left out.

    names: of the nämnder, former ones too. Every bad cell is added to `problems`.
    """
    book = empty_book()
    for table in TABLES:
        for raw_row in raw.tables.get(table.title, ()):
            row = _row(table, raw_row, names, problems)
            if row is None:
                continue
            if row.key in book[table.title]:
                first = book[table.title][row.key].place
                what = title_of(row.key)
                where = f"rad {first.row}" if first.sheet == row.place.sheet else str(first)
                problems.add(
                    row.at(table.key[0]),
                    f"”{what}” står redan på {where}. Ta bort den ena raden, eller ge den en "
                    f"egen {table.column(table.key[-1]).title.lower()}.",
                )
                continue
            book[table.title][row.key] = row
    return book


def _row(table: Table, raw: RawRow, names: NamndNames, problems: Problems) -> Row | None:
    row = Row(
        table,
        {},
        raw.place,
        raw.columns,
        {key: cell.place for key, cell in raw.cells.items()},
    )
    for column in table.columns:
        cell = raw.cells.get(column.key)
        row.values[column.key] = column.blank
        if column.key not in raw.columns or (cell and cell.kind in ("formula", "error")):
            row.bad.add(column.key)  # said already
            continue
        try:
            row.values[column.key] = _value(cell, column, names)
        except _Bad as why:
            row.bad.add(column.key)
            problems.add(row.at(column.key), str(why))
    return None if row.bad & set(table.key) else row


@dataclass(frozen=True)
class _Cell:
    kind: str
    text: str


def _value(cell: RawCell | None, column: Column, names: NamndNames) -> Any:
    text = tidy(cell.text, column.kind) if cell is not None else ""
    if cell is not None and cell.kind == "list":
        items = [tidy(item, column.kind) for item in cell.items]
        text = ";".join(item for item in items if item)
    if cell is None or not text:
        if column.required:
            raise _Bad(f"{column.title} saknas. {column.help or 'Fyll i värdet.'}")
        return column.blank
    if cell.kind == "date" and column.kind is not Kind.DATE:
        raise _Bad(
            f"Excel har gjort om värdet till ett datum ({text}). Formatera cellen som text och "
            "skriv värdet igen."
        )
    return _READERS[column.kind](_Cell(cell.kind, text), column, names)


def _code(cell: _Cell, column: Column, _: NamndNames) -> str:
    if not CODE.fullmatch(cell.text):
        raise _Bad(
            f"”{_cut(cell.text)}” kan inte vara en kod. Använd små bokstäver a–z, siffror och "
            f"bindestreck{_as_code(cell.text)}."
        )
    _check_length(cell.text, column)
    return cell.text


def _as_code(text: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower().translate(str.maketrans("åäöéü", "aaoeu")))
    plain = plain.strip("-")[:50]
    return f", till exempel {plain}" if plain else ""


def _text(cell: _Cell, column: Column, _: NamndNames) -> str:
    _check_length(cell.text, column)
    if problem := why_not_personnummer(cell.text, column.title):
        raise _Bad(problem)
    return cell.text


def _check_length(text: str, column: Column) -> None:
    if len(text) > column.most:
        raise _Bad(f"Texten har {len(text)} tecken. Det får vara högst {column.most}: korta den.")


def _whole(cell: _Cell, column: Column, _: NamndNames) -> int:
    text = cell.text.replace(" ", "")
    if not re.fullmatch(r"-?\d{1,12}", text):
        raise _Bad(f"”{_cut(cell.text)}” är inte ett heltal. Skriv med siffror.")
    if not column.least <= int(text) <= column.most:
        raise _Bad(f"Skriv ett heltal från {column.least} till {column.most}, inte {text}.")
    return int(text)


def _number(cell: _Cell, _column: Column, _: NamndNames) -> Decimal:
    if cell.kind != "number":
        try:
            return parse_number(cell.text)
        except NumberNotUnderstood as why:
            raise _Bad(str(why)) from why
    try:
        number = Decimal(cell.text)
    except InvalidOperation as why:
        raise _Bad(f"”{_cut(cell.text)}” är inte ett tal. Skriv med siffror.") from why
    if abs(number) >= 10**MAX_INTEGER_DIGITS:
        raise _Bad(f"Talet har för många siffror. Det får vara högst {MAX_INTEGER_DIGITS}.")
    if number != round(number, MAX_DECIMALS):
        raise _Bad(f"Talet {cell.text.replace('.', ',')} får ha högst {MAX_DECIMALS} decimaler.")
    return number


def _date(cell: _Cell, _column: Column, _: NamndNames) -> dt.date:
    if not DAY.fullmatch(cell.text):
        raise _Bad(f"”{_cut(cell.text)}” är inte ett datum. Skriv det som 2025-01-31.")
    try:
        return dt.date.fromisoformat(cell.text)
    except ValueError as why:
        raise _Bad(f"Dagen {cell.text} finns inte. Kontrollera månad och dag.") from why


def _yes_no(cell: _Cell, _column: Column, _: NamndNames) -> bool:
    word = cell.text.casefold()
    if word not in YES | NO:
        raise _Bad(f"Skriv ja eller nej, inte ”{_cut(cell.text)}”.")
    return word in YES


def _choice(cell: _Cell, column: Column, _: NamndNames) -> str:
    known = {fold(str(word)): each.value for each in column.choices for word in (each.label, each)}
    if found := known.get(fold(cell.text)):
        return str(found)
    values = [str(each.value) for each in column.choices]
    near = difflib.get_close_matches(cell.text.casefold(), values, n=1)
    hint = f"Menar du ”{near[0]}”? " if near else ""
    raise _Bad(f"”{_cut(cell.text)}” går inte att välja. {hint}Skriv något av: {_or(values)}.")


def _goal(cell: _Cell, _column: Column, _: NamndNames) -> str:
    match = GOAL.fullmatch(cell.text)
    if match is None:
        raise _Bad(
            f"”{_cut(cell.text)}” är inte ett målnummer. Skriv 4, eller 4.2 för ett delmål, "
            "i en cell formaterad som text."
        )
    return ".".join(part for part in match.groups() if part)


def _goals(cell: _Cell, column: Column, names: NamndNames) -> tuple[str, ...]:
    if "," in cell.text:
        raise _Bad(
            f"”{_cut(cell.text)}” kan läsas på flera sätt. Skilj mål åt med semikolon (1; 2) och "
            "skriv delmål med punkt (4.2)."
        )
    parts = [part.strip() for part in cell.text.split(";") if part.strip()]
    found = {_goal(_Cell("text", part), column, names) for part in parts}
    return tuple(sorted(found, key=goal_order))


def _tags(cell: _Cell, _column: Column, _: NamndNames) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.text.split(";") if part.strip()))


def _who(cell: _Cell, column: Column, names: NamndNames) -> str:
    if group := GROUPS.get(_group_word(cell.text)):
        return group
    return _namnd(cell, column, names)


def _group_word(text: str) -> str:
    """ "Samtliga stadsdelsnämnder" and "alla stadsdelsnämnderna" are the same words."""
    word = re.sub(r"^samtliga\b", "alla", text.casefold())
    return fold(re.sub(r"nämnderna$", "nämnder", word))


def _namnd(cell: _Cell, column: Column, names: NamndNames) -> str:
    if found := names.find(cell.text):
        return found.name
    suggestion, like = names.nearest(cell.text) or (None, 0.0)
    group = _nearest_group(cell.text, like) if column.kind is Kind.WHO else ""
    if suggestion is not None and not group:
        raise _Bad(
            f"Nämnden ”{_cut(cell.text)}” finns inte. Menar du ”{suggestion}”? Rätta namnet, "
            "eller be systemförvaltaren lägga till nämnden."
        )
    hint = f"Menar du gruppen ”{group}”? " if group else ""
    raise _Bad(
        f"Nämnden ”{_cut(cell.text)}” finns inte. {hint}Namnen står i mallens blad Listor; saknas "
        "den där, be systemförvaltaren lägga till den."
    )


def _nearest_group(text: str, like: float) -> str:
    """The group that is more like the text than `like`, or ""."""
    word = _group_word(text)
    near = difflib.get_close_matches(word, GROUPS, n=1)
    if near and difflib.SequenceMatcher(None, word, near[0]).ratio() > like:
        return GROUPS[near[0]]
    return ""


_READERS = {
    Kind.CODE: _code,
    Kind.LINE: _text,
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.GOAL: _goal,
    Kind.GOALS: _goals,
    Kind.TAGS: _tags,
    Kind.WHO: _who,
    Kind.NAMND: _namnd,
}


def _cut(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


def _or(words: list[str]) -> str:
    return ", ".join(words)
