"""A file that names a nämnd which has ceased: who carries on, and from when.

The same rule as at a merger (programme/domain/succession.py), carried out on the rows of the file,
so that a programme can be loaded before a merger or after it, and again, with the same result.
"""

import datetime as dt
from collections import defaultdict
from itertools import groupby

from indicators.domain.loading import tables as t
from indicators.domain.loading.rows import Book, Row, Rows
from indicators.domain.loading.tables import Table
from organisation.domain.days import ONE_DAY, left_over
from organisation.domain.names import NamndNames
from organisation.models import NamndSuccession

SUBJECTS = ((t.RESPONSIBILITIES, "activity"), (t.INDICATOR_RESPONSIBILITIES, "indicator"))
LONGEST = 250


def hand_on(book: Book, names: NamndNames) -> list[str]:
    """Ends, in the book, what a ceased nämnd answers for, and begins it for its successors.

    A row that the file itself ends by then stays as it is, and what the file says of a successor
    is left alone. Answers a line on each row that was handed on or ended, for the preview.
    """
    ceased = {namnd.name: namnd for namnd in names.namnder if namnd.valid_to is not None}
    if not any(row.values["who"] in ceased for table, _ in SUBJECTS for row in _rows(book, table)):
        return []
    successions = list(
        NamndSuccession.objects.filter(predecessor__in=[n.pk for n in ceased.values()])
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )
    notes: list[str] = []
    for table, subject in SUBJECTS:
        for on, same_day in groupby(successions, key=lambda each: each.on):
            _hand_on(book[table.title], subject, on, list(same_day), notes)
        with_heir = {each.predecessor.name for each in successions}
        for row in _rows(book, table):
            namnd = ceased.get(row.values["who"])
            if namnd is None or namnd.valid_to is None or namnd.name in with_heir:
                continue
            if _holds_on(row, namnd.valid_to + ONE_DAY):
                row.values["valid_to"] = namnd.valid_to
                notes.append(
                    f"{row.place}: {namnd} upphörde {namnd.valid_to} och har ingen efterträdare. "
                    "Ansvaret gäller till och med den dagen."
                )
    return notes


def _rows(book: Book, table: Table) -> list[Row]:
    return list(book[table.title].values())


def _holds_on(row: Row, day: dt.date) -> bool:
    """Whether it holds on the day or later."""
    return row.values["valid_to"] is None or row.values["valid_to"] >= day


def _hand_on(
    rows: Rows, subject: str, on: dt.date, successions: list[NamndSuccession], notes: list[str]
) -> None:
    heirs: dict[str, list[str]] = defaultdict(list)
    for each in successions:
        if each.predecessor.valid_to is not None and each.predecessor.valid_to < on:
            heirs[each.predecessor.name].append(each.successor.name)
    old = [r for r in rows.values() if r.values["who"] in heirs and _holds_on(r, on)]
    # Responsible before taking part; then as they stand in the file.
    old.sort(key=lambda row: row.values["kind"])
    taken: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for row in rows.values():
        days = (row.values["valid_from"] or dt.date.min, row.values["valid_to"] or dt.date.max)
        taken[row.values[subject], row.values["who"]].append(days)
    for row in old:
        first = max(row.values["valid_from"] or on, on)
        last = row.values["valid_to"] or dt.date.max
        for heir in heirs[row.values["who"]]:
            theirs = taken[row.values[subject], heir]
            for begins, ends in left_over(first, last, theirs):
                new = Row(
                    row.table,
                    row.values
                    | {
                        "who": heir,
                        "valid_from": begins,
                        "valid_to": None if ends == dt.date.max else ends,
                        "decision": _taken_over(row),
                        "end_decision": "",
                    },
                    row.place,
                )
                rows[new.key] = new
                theirs.append((begins, ends))
        who, who_after = row.values["who"], " och ".join(heirs[row.values["who"]])
        notes.append(
            f"{row.place}: {who} har upphört. Ansvaret gäller till och med {on - ONE_DAY}, och tas "
            f"över av {who_after} från {on}."
        )
        row.values["valid_to"] = on - ONE_DAY
        row.values["end_decision"] = f"Övertas av {', '.join(heirs[who])}"[:LONGEST]


def _taken_over(row: Row) -> str:
    of_old = f"Övertaget från {row.values['who']}"
    decision = row.values["decision"]
    return (f"{of_old} ({decision})" if decision else of_old)[:LONGEST]
