"""What a file may not change because a locked follow-up rests on it.

A locked follow-up reads in the words of its time, against the årsmål of its time, and counts those
who answered then. The pages that change the same things refuse it too (programme/domain/settled.py,
indicators/domain/life.py).
"""

import datetime as dt
from collections.abc import Callable

from indicators.domain.loading import tables as t
from indicators.domain.loading.comparing import Change, ChangeKind, Plan
from indicators.domain.loading.existing import Existing
from indicators.domain.loading.locked_structure import (
    first_of_activity,
    first_of_goal,
    first_of_indicator,
    guard_definition_days,
    guard_structure,
)
from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.rows import Book, Row
from indicators.domain.settled import answered_outside, settled_of_indicators, settled_until
from organisation.domain.days import ONE_DAY
from programme.domain.settled import why_responsible
from programme.domain.wordings import why_settled

FirstDay = Callable[[Book, str], dt.date]


def guard_locked(plan: Plan, book: Book, existing: Existing, problems: Problems) -> None:
    """Adds to `problems` what would reach back into a locked period, each with its place."""
    _guard_years(plan, book, existing, problems)
    # A programme of which nothing was there has not been followed up: it may be loaded whole.
    begun = existing.programme if existing.book[t.GOALS.title] else None
    settled = settled_until(begun) if begun else None
    if settled is not None:
        _guard_wordings(plan, existing, settled, problems)
        _guard_first_texts(plan, existing, settled, problems)
        guard_structure(plan, book, existing, settled, problems)
    by_code = settled_of_indicators([key[0] for key in existing.book[t.INDICATORS.title]])
    if settled is not None:
        for key in book[t.INDICATORS.title]:
            by_code[key[0]] = max(settled, by_code.get(key[0], settled))
    guard_definition_days(plan, existing, by_code, problems)
    _guard_targets(plan, book, existing, by_code, problems)
    _guard_life(plan, by_code, problems)
    of_activities = (
        dict.fromkeys(
            {key[0] for rows in (book, existing.book) for key in rows[t.ACTIVITIES.title]}, settled
        )
        if settled is not None
        else {}
    )
    for table, subject, first_day, days in (
        (t.RESPONSIBILITIES, "activity", first_of_activity, of_activities),
        (t.INDICATOR_RESPONSIBILITIES, "indicator", first_of_indicator, by_code),
    ):
        for change in plan.changes:
            row = change.new or change.old
            if change.table is table and row is not None and row.values[subject] in days:
                last = days[row.values[subject]]
                first = min(
                    first_day(rows, row.values[subject]) for rows in _books(change, book, existing)
                )
                _guard_responsibility(change, first, last, problems)


def _place(change: Change, key: str) -> Place:
    return change.new.at(key) if change.new else Place(change.table.title)


def _books(change: Change, book: Book, existing: Existing) -> list[Book]:
    """Where the row stands: in the file, in Samlad or both."""
    found = [book] if change.new else []
    return [*found, existing.book] if change.old else found


# The programme's years ---------------------------------------------------------------------------


def _guard_years(plan: Plan, book: Book, existing: Existing, problems: Problems) -> None:
    """What has been reported and adopted, and what the file itself says, stays within the years."""
    change = next((c for c in plan.changes if c.table is t.PROGRAMME), None)
    if change is None or change.new is None or existing.programme is None:
        return
    if not {each.key for each in change.fields} & {"first_year", "last_year", "kind"}:
        return
    row = change.new
    first, last = row.values["first_year"], row.values["last_year"]
    for held in answered_outside(existing.programme, first, last, row.values["kind"]):
        label = row.table.column(held.field).title
        before = existing.book[t.PROGRAMME.title][row.key].values[held.field]
        problems.add(
            row.at(held.field), f"{held.words} Låt {label} vara {before}, som det är i Samlad."
        )
    for table in (t.GOALS, t.WORDINGS, t.PRECONDITIONS, t.ACTIVITIES):
        for each in book[table.title].values():
            for key in ("valid_from", "valid_to"):
                day = each.values.get(key)
                if day is not None and not first <= day.year <= last:
                    problems.add(
                        each.at(key),
                        f"{day} är utanför programmets år, {first}–{last}. Rätta dagen eller åren.",
                    )
    for each in book[t.TARGETS.title].values():
        if each.values["indicator"] in existing.shared:
            continue
        if not first <= each.values["year"] <= last:
            problems.add(
                each.at("year"),
                f"{each.values['year']} är utanför programmets år, {first}–{last}. Ta bort raden, "
                "eller låt programmet ha de åren.",
            )


# Texts -------------------------------------------------------------------------------------------


def _guard_wordings(plan: Plan, existing: Existing, settled: dt.date, problems: Problems) -> None:
    """What a text is from a day does not change back into what is locked."""
    there = {
        (table.title, key[0])
        for table in (t.GOALS, t.ACTIVITIES)
        for key in existing.book[table.title]
    }
    for change in plan.changes:
        row = change.new or change.old
        if change.table is not t.WORDINGS or row is None or row.values["valid_from"] > settled:
            continue
        if change.kind is ChangeKind.CHANGED and "text" not in {f.key for f in change.fields}:
            continue
        goal, activity = row.values["goal"], row.values["activity"]
        if (t.GOALS.title, goal) in there or (t.ACTIVITIES.title, activity) in there:
            problems.add(_place(change, "valid_from"), f"”{change.title}”: {why_settled(settled)}")


def _guard_first_texts(
    plan: Plan, existing: Existing, settled: dt.date, problems: Problems
) -> None:
    """The text that a goal or an activity began with stays; one that was not known may be told."""
    for change in plan.changes:
        if change.table not in (t.GOALS, t.ACTIVITIES) or not (change.new and change.old):
            continue
        if "text" not in {each.key for each in change.fields} or not change.old.values["text"]:
            continue
        code = change.old.key[0]
        first = first_of_goal if change.table is t.GOALS else first_of_activity
        if first(existing.book, code) <= settled:
            problems.add(
                change.new.at("text"),
                f"”{change.title}”: {why_settled(settled)} Låt den text stå som målet eller "
                "aktiviteten började med. Efter ett beslut, eller som rättelse av ett skrivfel: "
                "skriv den nya i bladet Lydelser.",
            )


# Årsmål ------------------------------------------------------------------------------------------


def _guard_targets(
    plan: Plan, book: Book, existing: Existing, settled: dict[str, dt.date], problems: Problems
) -> None:
    """What a locked period was measured against stays; from the day after it may be another."""
    for change in plan.changes:
        row = change.new or change.old
        if change.table is not t.TARGETS or row is None or row.values["indicator"] not in settled:
            continue
        if change.kind is ChangeKind.CHANGED and "value" not in {f.key for f in change.fields}:
            continue
        last, year = settled[row.values["indicator"]], row.values["year"]
        since = row.values["valid_from"] or dt.date(year, 1, 1)
        there = min(
            first_of_indicator(rows, row.values["indicator"])
            for rows in _books(change, book, existing)
        )
        if max(since, there) > last:
            continue
        free = last + ONE_DAY
        if change.kind is ChangeKind.ADDED:
            what = "Ta bort raden"
        elif change.kind is ChangeKind.REMOVED:
            what = "Ta med raden"
        else:
            what = f"Låt årsmålet stå som {_before(change, 'value')}"
        if free.year == year:
            what += f", eller skriv ett årsmål som är ändrat från {free} eller senare"
        problems.add(
            _place(change, "value"),
            f"”{change.title}”: Perioderna till och med {last} är låsta, och deras uppföljning "
            f"läses mot de årsmål som gällde då. {what}.",
        )


def _guard_life(plan: Plan, settled: dict[str, dt.date], problems: Problems) -> None:
    """What was asked for in a locked period, and which indicator followed which, stays."""
    for change in plan.changes:
        row = change.new or change.old
        if change.table not in (t.GAPS, t.SUCCESSIONS) or row is None:
            continue
        last = settled.get(row.values["indicator"])
        key = "valid_from" if change.table is t.GAPS else "on"
        if last is None or min(each.values[key] for each in _rows(change)) > last:
            continue
        if change.kind is ChangeKind.CHANGED:
            changed = {each.key for each in change.fields}
            ends_otherwise = _until(change.old, last) != _until(change.new, last)
            if not (changed & {"on", "kind"} or ("valid_to" in changed and ends_otherwise)):
                continue
            key = next(name for name in ("on", "kind", "valid_to") if name in changed)
        what = {
            ChangeKind.ADDED: f"Skriv en dag efter {last}",
            ChangeKind.REMOVED: "Ta med raden",
            ChangeKind.CHANGED: "Låt raden stå som den är i Samlad",
        }
        problems.add(
            _place(change, key),
            f"”{change.title}”: Perioderna till och med {last} är låsta, och vad de frågade efter "
            f"ändras inte. {what[change.kind]}.",
        )


def _rows(change: Change) -> list[Row]:
    return [row for row in (change.new, change.old) if row is not None]


def _before(change: Change, key: str) -> str:
    return next(each.before for each in change.fields if each.key == key)


# Responsibility ----------------------------------------------------------------------------------


def _guard_responsibility(
    change: Change, first: dt.date, last: dt.date, problems: Problems
) -> None:
    """Who answered in a locked period goes on having done so, and nobody else has.

    first: the day that what it is a responsibility for begins. last: the last day that is locked.
    """
    row = change.new or change.old
    if row is None or max(row.values["valid_from"] or first, first) > last:
        return
    key = "valid_from"
    if change.kind is ChangeKind.ADDED:
        advice = f"Skriv {last + ONE_DAY} eller senare i kolumnen Gäller från."
        if (row.values["valid_to"] or last) < first:
            return
    elif change.kind is ChangeKind.REMOVED:
        advice = f"Ta med raden, och avsluta den tidigast {last}."
    else:
        changed = {each.key for each in change.fields}
        if "kind" in changed:
            key = "kind"
            advice = f"Låt raden stå, avsluta den tidigast {last}, och lägg till en ny."
        elif "valid_to" in changed and _until(change.old, last) != _until(change.new, last):
            key = "valid_to"
            advice = f"Avsluta ansvaret tidigast {last}."
        else:
            return
    problems.add(_place(change, key), f"”{change.title}”: {why_responsible(last)} {advice}")


def _until(row: Row | None, last: dt.date) -> dt.date:
    return min(row.values.get("valid_to") or last, last) if row else last
