"""What follows for the programmes when a nämnd carries on what others did."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from organisation.domain.days import ONE_DAY, left_over
from organisation.models import NamndSuccession
from programme.models import Responsibility, ResponsibilityBase


def name_successor(old_ids: Collection[int]) -> int:
    """Let those who succeed the old nämnder answer for the activities from that day.

    Answers how many responsibilities were added; the same again adds none.
    """
    return carry_over(Responsibility, old_ids)


def responsibilities_of(namnd_ids: Collection[int], on: dt.date) -> int:
    """How many activities name one of the nämnder on that day or later."""
    rows = Responsibility.objects.order_by().filter(still_on(on), namnd__in=namnd_ids)
    return rows.values("activity").distinct().count()


def still_on(day: dt.date) -> Q:
    """Responsibilities that hold on the day or later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


@transaction.atomic
def carry_over(model: type[ResponsibilityBase], old_ids: Collection[int] | None = None) -> int:
    """Move responsibilities along from nämnder that have ceased to those that succeed them.

    The responsibility of the old one ends the day before; the new one's begins on the day, and
    says from whom it was taken over. Where several had it for the same, the new one has it once: as
    responsible before as taking part. What the new one has already stands. Who in turn is
    succeeded hands on, so the days of a whole chain come right whatever order they are stated in.

    model: the responsibilities to look at. old_ids: nämnder to begin with; all unless given.
    Answers how many responsibilities were added; the same again adds none.
    """
    subject = subject_of(model)
    reached = None if old_ids is None else set(old_ids)
    added = 0
    ceased = (
        NamndSuccession.objects.filter(predecessor__valid_to__lt=F("on"))
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )
    for on, same_day in groupby(ceased, key=lambda succession: succession.on):
        successions = [s for s in same_day if reached is None or s.predecessor_id in reached]
        old_rows = list(
            model._default_manager.filter(
                still_on(on), namnd__in=[s.predecessor_id for s in successions]
            ).select_related("namnd")
        )
        # Responsible first; then by the row, so that it comes out the same each time.
        old_rows.sort(key=lambda row: (row.kind, row.pk))
        if not old_rows:
            continue
        for successor_id in dict.fromkeys(s.successor_id for s in successions):
            before = {s.predecessor_id for s in successions if s.successor_id == successor_id}
            handed = [row for row in old_rows if row.namnd_id in before]
            added += _hand_on(model, subject, handed, successor_id, on)
            if reached is not None:
                reached.add(successor_id)
        heirs = defaultdict(list)
        for succession in successions:
            heirs[succession.predecessor_id].append(str(succession.successor))
        for row in old_rows:
            _end(row, on, heirs[row.namnd_id or 0])
    return added


def subject_of(model: type[ResponsibilityBase]) -> str:
    """The field that names what it is a responsibility for: "activity", "indicator"."""
    (field,) = {f.name for f in model._meta.concrete_fields if f.is_relation} - {"namnd"}
    return field


def _hand_on(
    model: type[ResponsibilityBase],
    subject: str,
    rows: Iterable[Any],
    successor_id: int,
    on: dt.date,
) -> int:
    taken: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    theirs = model._default_manager.filter(still_on(on), namnd_id=successor_id)
    for subject_id, first, last in theirs.values_list(f"{subject}_id", "valid_from", "valid_to"):
        taken[subject_id].append((first or dt.date.min, last or dt.date.max))
    new = []
    for row in rows:
        subject_id = getattr(row, f"{subject}_id")
        first, last = max(row.valid_from or on, on), row.valid_to or dt.date.max
        for begins, ends in left_over(first, last, taken[subject_id]):
            new.append(
                model(
                    **{f"{subject}_id": subject_id},  # its own field
                    namnd_id=successor_id,
                    kind=row.kind,
                    valid_from=begins,
                    valid_to=None if ends == dt.date.max else ends,
                    decision=_taken_over(row),
                    is_example=row.is_example,
                )
            )
            taken[subject_id].append((begins, ends))
    model._default_manager.bulk_create(new)
    return len(new)


def _taken_over(row: Any) -> str:
    of_old = f"Övertaget från {row.namnd}"
    longest = row._meta.get_field("decision").max_length
    return (f"{of_old} ({row.decision})" if row.decision else of_old)[:longest]


def _end(row: Any, on: dt.date, heirs: list[str]) -> None:
    if row.valid_from is not None and row.valid_from >= on:
        # It never came to hold for the old one.
        row.delete()
        return
    row.valid_to = on - ONE_DAY
    row.end_decision = f"Övertas av {', '.join(heirs)}"[:250]
    row.save(update_fields=["valid_to", "end_decision"])
