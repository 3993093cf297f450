"""What a locked follow-up had in it stays: goals, activities, and which indicators measured what.

Something new may hold from the day after, and what was there may end then.
"""

import datetime as dt

from indicators.domain.loading import tables as t
from indicators.domain.loading.comparing import Change, ChangeKind, Plan
from indicators.domain.loading.existing import Existing
from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.rows import Book, Row
from organisation.domain.days import ONE_DAY
from programme.domain.settled import Days, days_moved, why_days
from programme.models import Programme


def guard_structure(
    plan: Plan, book: Book, existing: Existing, settled: dt.date, problems: Problems
) -> None:
    """Adds to `problems` each goal and activity, and each indicator of a goal, that would hold on
    other days than it did, on or before `settled`."""
    if existing.programme is None:
        return
    for change in plan.changes:
        if change.table in (t.GOALS, t.ACTIVITIES):
            _guard_days(change, existing.programme, settled, problems)
        if change.table is t.ACTIVITIES:
            _guard_goal(change, existing.book, settled, problems)
    _guard_measured(plan, book, existing, settled, problems)


def _guard_days(change: Change, programme: Programme, settled: dt.date, problems: Problems) -> None:
    before, after = _days(change.old), _days(change.new)
    field = days_moved(programme, before, after, settled)
    if field is None:
        return
    if change.kind is ChangeKind.REMOVED:
        advice = f"Ta med raden, och skriv {settled} eller senare i kolumnen Gäller till."
    elif change.kind is ChangeKind.ADDED:
        advice = f"Skriv {settled + ONE_DAY} eller senare i kolumnen Gäller från."
    else:
        title = change.table.column(field).title
        was = next((each.before for each in change.fields if each.key == field), "–")
        advice = f"Låt {title} vara {was}, som det är i Samlad."
    place = change.new.at(field) if change.new else Place(change.table.title)
    problems.add(place, f"”{change.title}”: {why_days(settled)} {advice}")


def _days(row: Row | None) -> Days | None:
    return (row.values["valid_from"], row.values["valid_to"]) if row else None


def _guard_goal(change: Change, before: Book, settled: dt.date, problems: Problems) -> None:
    """An activity is counted under the goal that it had."""
    if change.kind is not ChangeKind.CHANGED or change.new is None:
        return
    if "goal" not in {each.key for each in change.fields}:
        return
    if first_of_activity(before, change.key[0]) <= settled:
        was = next(each.before for each in change.fields if each.key == "goal")
        problems.add(
            change.new.at("goal"),
            f"”{change.title}”: {why_days(settled)} Låt Mål vara {was}. Avsluta aktiviteten, och "
            "lägg till en ny under det andra målet.",
        )


# Indicators --------------------------------------------------------------------------------------


def _guard_measured(
    plan: Plan, book: Book, existing: Existing, settled: dt.date, problems: Problems
) -> None:
    """What an indicator measured stays under its goal."""
    touched = {
        change.key[0]
        for change in plan.changes
        if change.table in (t.INDICATORS, t.INDICATOR_GOALS)
    }
    for code in sorted(touched):
        known = (code,) in existing.book[t.INDICATORS.title]
        first = first_of_indicator(existing.book if known else book, code)
        before = _measured(existing.book, code, first, settled)
        after = _measured(book, code, first, settled)
        if before == after:
            continue
        row = book[t.INDICATORS.title].get((code,))
        goals = sorted({goal for goal, _, _ in before ^ after})
        problems.add(
            _place_of(plan, code, goals) or (row.at("goals") if row else Place(t.INDICATORS.title)),
            f"”{code}”: Perioderna till och med {settled} är låsta, och deras uppföljning har "
            f"indikatorerna under de mål som de hörde till då. Mål {', '.join(goals)} kan läggas "
            f"till tidigast från {settled + ONE_DAY} och lämnas tidigast efter {settled}, i bladet "
            f"{t.INDICATOR_GOALS.title}.",
        )


def _measured(
    book: Book, code: str, first: dt.date, settled: dt.date
) -> set[tuple[str, dt.date, dt.date]]:
    """Goal, first and last day, on or before `settled`; days that follow one another as one."""
    row = book[t.INDICATORS.title].get((code,))
    told = [(goal, None, None) for goal in row.values["goals"]] if row else []
    told += [
        (link.values["goal"], link.values["valid_from"], link.values["valid_to"])
        for link in book[t.INDICATOR_GOALS.title].values()
        if link.values["indicator"] == code
    ]
    stretches: list[tuple[str, dt.date, dt.date]] = []
    clipped = [
        (
            goal,
            max(begun or first, first, first_of_goal(book, goal)),
            min(ended or settled, settled),
        )
        for goal, begun, ended in told
    ]
    for goal, begins, ends in sorted(each for each in clipped if each[1] <= each[2]):
        last = stretches[-1] if stretches else None
        if last and last[0] == goal and last[2] + ONE_DAY >= begins:
            stretches[-1] = (goal, last[1], max(last[2], ends))
        else:
            stretches.append((goal, begins, ends))
    return set(stretches)


def _place_of(plan: Plan, code: str, goals: list[str]) -> Place | None:
    """Where the file says that the indicator measures one of the goals for a time."""
    for change in plan.changes:
        if change.table is t.INDICATOR_GOALS and change.key[0] == code and change.key[1] in goals:
            return change.new.at("valid_from") if change.new else Place(change.table.title)
    return None


def guard_definition_days(
    plan: Plan, existing: Existing, settled: dict[str, dt.date], problems: Problems
) -> None:
    """From when an indicator means something does not change back into what is locked.

    settled: the last locked day, by the indicator's code.
    """
    for change in plan.changes:
        if change.table is not t.DEFINITIONS or change.key[0] not in settled:
            continue
        code, last = change.key[0], settled[change.key[0]]
        if (code,) not in existing.book[t.INDICATORS.title]:
            continue
        if change.kind is ChangeKind.CHANGED and "valid_from" not in {f.key for f in change.fields}:
            continue
        days = [row.values["valid_from"] for row in (change.old, change.new) if row]
        if min(days) <= last:
            problems.add(
                change.new.at("valid_from") if change.new else Place(change.table.title),
                f"”{change.title}”: Perioderna till och med {last} är låsta, och deras uppföljning "
                f"läses med den definition som gällde då. En ny kan gälla tidigast från "
                f"{last + ONE_DAY}.",
            )


# From which day something is there ---------------------------------------------------------------


def first_of_goal(book: Book, code: str) -> dt.date:
    row = book[t.GOALS.title].get((code,))
    return row.values["valid_from"] or dt.date.min if row else dt.date.min


def first_of_activity(book: Book, code: str) -> dt.date:
    row = book[t.ACTIVITIES.title].get((code,))
    if row is None:
        return dt.date.min
    return max(row.values["valid_from"] or dt.date.min, first_of_goal(book, row.values["goal"]))


def first_of_indicator(book: Book, code: str) -> dt.date:
    days = [
        row.values["valid_from"]
        for row in book[t.DEFINITIONS.title].values()
        if row.values["indicator"] == code
    ]
    return min(days, default=dt.date.min)
