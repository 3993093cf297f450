"""What a file would add, change and remove, row by row."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from indicators.domain.loading import tables as t
from indicators.domain.loading.existing import TAG_MODELS, Existing
from indicators.domain.loading.rows import Book, Key, Row, shown, title_of
from indicators.domain.loading.tables import Kind, Table


class ChangeKind(Enum):
    ADDED = "tillagd"
    CHANGED = "ändrad"
    REMOVED = "borttagen"


@dataclass(frozen=True)
class FieldChange:
    """One value that becomes another; both as people read them."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One row that is added, changed or removed.

    place: where it stands in the file, in words; "" for what is removed.
    what: the row in words. new, old: the rows; None where there is none.
    """

    table: Table
    kind: ChangeKind
    key: Key
    title: str
    what: str
    place: str
    fields: tuple[FieldChange, ...]
    new: Row | None
    old: Row | None


@dataclass(frozen=True)
class Plan:
    """Everything that loading a file would do.

    changes: in the order of the tables. unchanged: how many rows stay as they are.
    notes: Swedish sentences on what to think about. digest: the same for the same changes only.
    """

    slug: str
    name: str
    is_new: bool
    changes: tuple[Change, ...]
    unchanged: int
    notes: tuple[str, ...]
    digest: str

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind is kind for change in self.changes)

    @property
    def sentence(self) -> str:
        """ "3 tillagda, 1 ändrad, 2 borttagna"."""
        words = [
            f"{many} {one if many == 1 else several}"
            for many, one, several in (
                (self.count(ChangeKind.ADDED), "tillagd rad", "tillagda rader"),
                (self.count(ChangeKind.CHANGED), "ändrad", "ändrade"),
                (self.count(ChangeKind.REMOVED), "borttagen", "borttagna"),
            )
        ]
        return ", ".join(words)


def compare(book: Book, existing: Existing, notes: Iterable[str] = ()) -> Plan:
    """The plan for a file that is in order."""
    programme = next(iter(book[t.PROGRAMME.title].values()))
    changes: list[Change] = []
    unchanged = 0
    say = _teller(book, existing)
    named = {key[0] for key in book[t.INDICATORS.title]}
    leaving = {key[0] for key in existing.book[t.INDICATORS.title]} - named
    for table in t.TABLES:
        new, old = book[table.title], existing.book[table.title]
        for key, row in new.items():
            if key not in old:
                changes.append(_change(table, ChangeKind.ADDED, row, None, say))
                continue
            row.pk = old[key].pk
            change = _change(table, ChangeKind.CHANGED, row, old[key], say)
            if change.fields:
                changes.append(change)
            else:
                unchanged += 1
        if table.title in TAG_MODELS:
            continue  # shared by all programmes: it is only no longer named here
        for key, row in old.items():
            if key not in new and not _goes_on_elsewhere(table, row, existing, leaving):
                changes.append(_change(table, ChangeKind.REMOVED, None, row, say))
    return Plan(
        slug=programme.values["slug"],
        name=programme.values["short_name"],
        is_new=existing.programme is None,
        changes=tuple(changes),
        unchanged=unchanged,
        notes=tuple(notes),
        digest=_digest(changes),
    )


def _goes_on_elsewhere(table: Table, row: Row, existing: Existing, leaving: set[str]) -> bool:
    """What hangs on an indicator that another programme has too, and that leaves this one."""
    if table not in t.OF_INDICATORS:
        return False
    return row.values["indicator"] in leaving & existing.shared


Teller = Callable[[Table, str, Any], str]


def _teller(book: Book, existing: Existing) -> Teller:
    """Tells a value in words, with the names of tags for their codes."""
    names = {
        (title, row.values["code"]): row.values["name"]
        for rows in (existing.book, book)
        for title in TAG_MODELS
        for row in rows[title].values()
    }

    def say(table: Table, key: str, value: Any) -> str:
        column = table.column(key)
        if column.kind is Kind.TAGS:
            value = tuple(names.get((column.title, code), code) for code in value)
        return shown(value)

    return say


def _change(
    table: Table, kind: ChangeKind, new: Row | None, old: Row | None, say: Teller
) -> Change:
    row = new or old
    if row is None:
        raise ValueError("A change is of a row.")
    fields = []
    for column in table.columns:
        before = old.values[column.key] if old else column.blank
        after = new.values[column.key] if new else column.blank
        if before != after and kind is ChangeKind.CHANGED:
            fields.append(
                FieldChange(
                    column.key,
                    column.title,
                    say(table, column.key, before),
                    say(table, column.key, after),
                )
            )
    what = str(row.values.get("text") or row.values.get("name") or "") or "; ".join(
        f"{column.title}: {say(table, column.key, row.values[column.key])}"
        for column in table.columns
        if column.key not in table.key and row.values[column.key] != column.blank
    )
    return Change(
        table=table,
        kind=kind,
        key=row.key,
        title=title_of(row.key),
        what=what,
        place=str(new.place) if new else "",
        fields=tuple(fields),
        new=new,
        old=old,
    )


def _digest(changes: Iterable[Change]) -> str:
    told = [
        (
            change.table.title,
            change.kind.value,
            change.key,
            sorted(change.new.values.items()) if change.new else None,
            sorted(change.old.values.items()) if change.old else None,
        )
        for change in changes
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()
