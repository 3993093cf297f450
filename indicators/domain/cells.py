"""Saving one cell while a report is filled in: an indicator's, a goal's or an activity's.

The same rules as when the whole report is saved (entry.py); what differs is what two people may do
at once. Here only the cell counts: whoever writes in another one is in nobody's way.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.text import Truncator

from indicators.domain.checks import GradeInput, ValueInput, categories_of
from indicators.domain.content import (
    NOT_ASKED,
    Changes,
    changes_from,
    check_asked,
    check_content,
    warnings_after,
    write_changes,
)
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen
from indicators.domain.reports import NOT_A_FILLER, open_report
from indicators.domain.statuses import StatusInput
from indicators.domain.taking import ActivityKey, GoalKey, IndicatorKey, Key, Taken, take_cell
from indicators.domain.warnings import are_explained, broken_rules, to_mend
from indicators.domain.workflow import why_not_editable
from indicators.enums import Category
from indicators.models import Period, Report, ReportVersion
from indicators.rules import may_fill_in
from organisation.models import Namnd, User
from trace.domain import record
from trace.models import Event

__all__ = ["ActivityKey", "GivenCell", "GoalKey", "IndicatorKey", "Key", "SavedCell", "save_cell"]

Content = ValueInput | GradeInput | StatusInput


@dataclass(frozen=True)
class GivenCell:
    """What one cell is to hold, and what the person last knew that it held.

    content, seen: of an indicator one ValueInput for each category that is named, of a goal or an
    activity one. Their ids are not looked at: the key says which cell it is.
    """

    key: Key
    content: tuple[Content, ...]
    seen: tuple[Content, ...]


@dataclass(frozen=True)
class SavedCell:
    """A cell as it is saved now, also in the categories that were not named."""

    key: Key
    revision: int
    at: dt.datetime | None
    """When it was written last; None when it is empty."""
    content: tuple[Content, ...]
    mend: tuple[str, ...]
    """What is to be put right before the report is handed in, in whole sentences."""
    warnings: tuple[str, ...]
    """What is to be explained, or put right, in whole sentences."""
    explained: bool
    """Whether the cell has a comment that answers its warnings."""
    changed: bool


def save_cell(namnd_code: str, period_code: str, *, actor: User, given: GivenCell) -> SavedCell:
    """Save what one cell holds, in the nämnd's report for the period.

    The report is begun if nobody has. When the cell is already saved exactly so, nothing happens.
    The number of queries does not depend on the size of the report.

    Raises NotAllowed; NotOpen when report or period is closed for entry; Conflict when the cell
    holds something else than `given.seen`; InvalidContent when it breaks a rule, with each field;
    InvalidEntry when the period does not ask the cell of the nämnd.
    """
    namnd = next((n for n in actor.access.namnder() if n.code == namnd_code), None)
    if namnd is None or not may_fill_in(actor, Report(namnd=namnd)):
        raise NotAllowed(NOT_A_FILLER)
    with transaction.atomic():
        taken = take_cell(namnd, period_code, given.key) or _begin(
            namnd, period_code, given.key, actor=actor
        )
        saved = _save(taken, given, actor=actor)
        if not saved.changed:
            # Taking the cell counted a change, and may have begun the report.
            transaction.set_rollback(True)
    return saved


def _begin(namnd: Namnd, period_code: str, key: Key, *, actor: User) -> Taken:
    period = Period.objects.filter(code=period_code).first()
    if period is None:
        raise NotOpen("Perioden finns inte.")
    open_report(namnd, period, actor=actor)
    taken = take_cell(namnd, period_code, key)
    if taken is None:
        raise RuntimeError("the report that was begun in this transaction is not there")
    return taken


def _save(taken: Taken, given: GivenCell, *, actor: User) -> SavedCell:
    report = taken.report
    if refusal := why_not_editable(report):
        raise NotOpen(refusal)
    subject = _subject_id(taken, given.key)
    content = [_placed(one, subject) for one in given.content]
    check_asked(report, taken.expected, *_sorted(content))
    changes = changes_from(taken.saved, *_sorted(content))
    seen = {_place(one): _placed(one, subject) for one in given.seen}
    stale = changes_from(
        taken.saved, *_sorted(seen.get(_place(one), _emptied(one)) for one in content)
    )
    # First what is wrong whoever was first: a choice between two texts is for such as can stand.
    if changes:
        check_content(taken.expected, changes)
    disputed = {_place(one) for one in changes.given} & {_place(one) for one in stale.given}
    if disputed:
        raise _conflict(taken, stale, disputed)
    warnings: dict[int, list[dict[str, object]]] = {}
    if changes:
        warnings = _warnings(taken, changes)
        write_changes(
            ReportVersion(pk=report.current_id),
            changes,
            actor=actor,
            warnings=warnings,
        )
        record(
            report,
            actor=actor,
            verb="saved",
            summary=_summary(taken, given.key),
            scope=report.namnd.code,
        )
    return _as_saved(taken, given.key, subject, changes, warnings)


def _warnings(taken: Taken, changes: Changes) -> dict[int, list[dict[str, object]]]:
    """What is to stand of warnings at the indicator, by its definition's id."""
    if taken.beside is None or taken.subject_id is None:
        return {}
    return warnings_after(taken.expected, changes, {taken.subject_id: taken.beside})


def _subject_id(taken: Taken, key: Key) -> int:
    """Id of the definition, goal or activity that the cell is about."""
    found = taken.subject_id
    if found is not None and isinstance(key, IndicatorKey):
        definition = taken.expected.definitions.get(found)
        found = definition.pk if definition else None
    if found is None:
        raise InvalidEntry(NOT_ASKED)
    return found


def _placed(content: Content, subject_id: int) -> Content:
    if isinstance(content, ValueInput):
        return replace(content, definition_id=subject_id)
    if isinstance(content, GradeInput):
        return replace(content, goal_id=subject_id)
    return replace(content, activity_id=subject_id)


def _place(content: Content) -> str:
    """Which part of the subject: a category of an indicator, "" for the whole of the others."""
    return content.category if isinstance(content, ValueInput) else ""


def _sorted(
    contents: Iterable[Content],
) -> tuple[list[ValueInput], list[GradeInput], list[StatusInput]]:
    listed = list(contents)
    return (
        [one for one in listed if isinstance(one, ValueInput)],
        [one for one in listed if isinstance(one, GradeInput)],
        [one for one in listed if isinstance(one, StatusInput)],
    )


def _emptied(content: Content) -> Content:
    """The same cell with nothing in it."""
    if isinstance(content, ValueInput):
        return ValueInput(content.definition_id, content.category)
    if isinstance(content, GradeInput):
        return GradeInput(content.goal_id)
    return StatusInput(content.activity_id)


def _conflict(taken: Taken, stale: Changes, disputed: Collection[str]) -> Conflict:
    """What is saved in the disputed parts, by category ("" for a goal or an activity)."""
    saved = taken.saved
    theirs: dict[str, Content] = {}
    for one in stale.given:
        if isinstance(one, ValueInput):
            theirs[one.category] = saved.value(one.cell)
        elif isinstance(one, GradeInput):
            theirs[""] = saved.grade(one.goal_id)
        else:
            theirs[""] = saved.status(one.activity_id)
    rows = [(row.entered_at, row) for row in saved.rows if row.entered_at]
    last = max(rows, key=lambda found: found[0])[1] if rows else None
    event = None if last else Event.objects.about(taken.report).first()
    return Conflict(
        revision=taken.report.revision - 1,
        theirs={place: content for place, content in theirs.items() if place in disputed},
        by=last.entered_by if last else event.actor if event else None,
        at=last.entered_at if last else event.happened_at if event else None,
    )


def _summary(taken: Taken, key: Key) -> str:
    if isinstance(key, IndicatorKey):
        (definition,) = taken.expected.definitions.values()
        return f"Sparade ”{Truncator(definition.name).chars(80)}”"
    if isinstance(key, GoalKey):
        return f"Sparade bedömningen av mål {key.number}"
    (activity,) = taken.expected.activities.values()
    return f"Sparade läget för ”{Truncator(activity.text).chars(80)}”"


def _as_saved(
    taken: Taken,
    key: Key,
    subject: int,
    changes: Changes,
    told: dict[int, list[dict[str, object]]],
) -> SavedCell:
    saved = taken.saved
    mend: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    explained = False
    content: tuple[Content, ...]
    if isinstance(key, IndicatorKey):
        (definition,) = taken.expected.definitions.values()
        cells: dict[str, ValueInput] = {
            c: saved.value((subject, c)) for c in categories_of(definition)
        }
        cells |= {value.category: value for value in changes.values}
        content = tuple(cells.values())
        total = saved.values.get((subject, Category.TOTAL))
        standing = told.get(subject, []) if changes else total.warnings if total else []
        warnings = (
            *broken_rules(definition, cells, taken.report.period),
            *(str(one["text"]) for one in standing),
        )
        mend = to_mend(definition, cells)
        explained = are_explained(standing, cells[Category.TOTAL].comment)
    elif isinstance(key, GoalKey):
        content = changes.grades or (saved.grade(subject),)
    else:
        content = changes.statuses or (saved.status(subject),)
    return SavedCell(
        key=key,
        revision=taken.report.revision - (not changes),
        at=taken.report.changed_at
        if changes
        else max((row.entered_at for row in saved.rows if row.entered_at), default=None),
        content=content,
        mend=mend,
        warnings=warnings,
        explained=explained,
        changed=bool(changes),
    )
