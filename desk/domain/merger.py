"""Several nämnder become one: what follows in every part of the house, shown first, then done.

From the day of the merger responsibilities and open tasks are the new nämnd's. History stays with
the old ones, and the new one reads it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from indicators.domain import succession as reporting
from indicators.domain.followup_report import succession as tertial
from indicators.models import FollowupReport, Report
from organisation.domain.errors import Invalid, NotAllowed
from organisation.domain.namnder import (
    ONLY_ADMINISTRATORS,
    Merger,
    begin_successor,
    check_merger,
    merged_before,
    roles_to_move,
)
from organisation.models import Membership, Namnd, NamndSuccession, User
from organisation.rules import may_administrate
from programme.domain import assignment_succession as uppdrag
from programme.domain import succession as programmes
from programme.models import Assignment
from remisser.domain import succession as remisser
from remisser.models import Remissinstans
from trace.domain import record


@dataclass(frozen=True)
class Consequences:
    """What a merger does, for whoever is to decide it. States and names, nothing of the content."""

    merger: Merger
    activities: int
    indicators: int
    roles: Sequence[Membership]
    copied: Sequence[Report]
    """Drafts that the new nämnd takes over as they stand."""
    begun_anew: Sequence[Report]
    """Drafts of several old nämnder for one period: the new one writes its own."""
    texts: Sequence[FollowupReport]
    """Tertialrapporter being written: the new nämnd takes over their words."""
    instances: Sequence[Remissinstans]
    assignments: Sequence[Assignment]
    """Uppdrag in which something is open."""
    waits: bool
    """The day has not come: open tasks are moved when it has."""


@dataclass(frozen=True)
class ComingMerger:
    """A merger that has been decided and whose day has not come."""

    new: Namnd
    on: dt.date
    old: tuple[Namnd, ...]
    open_tasks: int
    """Reports, remisser and uppdrag that are open with the old nämnder now, and go over then."""


@dataclass(frozen=True)
class WaitingTasks:
    """A nämnd whose predecessors' open tasks have not been moved to it, though the day has come."""

    new: Namnd
    on: dt.date
    reports: int
    instances: int
    assignments: int

    @property
    def number(self) -> int:
        return self.reports + self.instances + self.assignments


def preview_merger(merger: Merger, *, actor: User) -> Consequences:
    """What would follow. Raises as `merge`; changes nothing."""
    _check_right(actor)
    _check(merger)
    ids = [old.pk for old in merger.old]
    drafts = reporting.open_reports(ids, merger.on)
    periods = [report.period_id for report in drafts]
    return Consequences(
        merger=merger,
        activities=programmes.responsibilities_of(ids, merger.on),
        indicators=reporting.responsibilities_of(ids, merger.on),
        roles=roles_to_move(merger),
        copied=[r for r in drafts if periods.count(r.period_id) == 1],
        begun_anew=[r for r in drafts if periods.count(r.period_id) > 1],
        texts=tertial.open_drafts(ids, merger.on),
        instances=remisser.open_instances(ids, merger.on),
        assignments=uppdrag.open_assignments(ids),
        waits=merger.on > timezone.localdate(),
    )


@transaction.atomic
def merge(merger: Merger, *, actor: User) -> Namnd:
    """Carry out the merger, all or nothing. Carried out before, it changes nothing.

    Open tasks are moved at once when the day has come; until then they are the old nämnder's, and
    `move_open_tasks` moves them.
    Raises NotAllowed; Invalid for fewer than two nämnder, a day that one of them did not exist the
    day before or lives past, a nämnd that is succeeded by another, a period that one of them has
    an approved report for though it ends after the merger, a code or name that is taken.
    """
    _check_right(actor)
    ids = [old.pk for old in merger.old]
    # Two who press at once: the second waits here, and finds it done.
    list(Namnd.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    done = merged_before(merger)
    if done is not None:
        return done
    _check(merger)
    new = begin_successor(merger, actor=actor)
    programmes.name_successor(ids)
    reporting.name_successor(ids)
    if merger.on <= timezone.localdate():
        move_open_tasks(new, actor=actor)
    return new


@transaction.atomic
def move_open_tasks(new: Namnd, *, actor: User) -> int:
    """Give the nämnd the open tasks of those it has succeeded. Answers how many were moved.

    The same again moves nothing. Raises NotAllowed; Invalid before the day has come.
    """
    _check_right(actor)
    moved = 0
    for on, ids in _predecessors(new).items():
        if on > timezone.localdate():
            raise Invalid(f"Öppna ärenden flyttas först {on:%Y-%m-%d}.")
        moved += len(reporting.take_over_reports(ids, new, on=on, actor=actor))
        moved += len(tertial.take_over_drafts(ids, new, on=on, actor=actor))
        moved += len(remisser.take_over_instances(ids, new, on=on, actor=actor))
        moved += len(uppdrag.take_over_assignments(ids, new, actor=actor))
    if moved:
        record(
            new,
            actor=actor,
            verb="tog-over",
            summary=f"{new} tog över {moved} öppna ärenden",
        )
    return moved


def waiting_tasks() -> list[WaitingTasks]:
    """Mergers whose day has come while open tasks still lie with the old nämnder."""
    found = []
    today = timezone.localdate()
    # A long-ago merger has left nothing open; what is looked at does not grow with the years.
    recent = today - dt.timedelta(days=366)
    successors = Namnd.objects.filter(succeeds__on__lte=today, succeeds__on__gte=recent)
    for new in successors.distinct().in_order():
        for on, ids in _predecessors(new).items():
            drafts = reporting.open_reports(ids, on)
            there = set(Report.objects.filter(namnd=new).values_list("period_id", flat=True))
            periods = [r.period_id for r in drafts if r.period_id not in there]
            reports = sum(periods.count(period) == 1 for period in set(periods))
            reports += len(tertial.drafts_to_move(ids, new, on))
            instances = len({i.remiss_id for i in remisser.waiting_instances(ids, new, on)})
            assignments = len(uppdrag.open_assignments(ids, new))
            if reports or instances or assignments:
                found.append(WaitingTasks(new, on, reports, instances, assignments))
    return found


def coming_mergers() -> list[ComingMerger]:
    """Mergers on a day ahead, the nearest first, with what would go over as things stand."""
    ahead: dict[tuple[dt.date, int], list[NamndSuccession]] = {}
    rows = NamndSuccession.objects.filter(on__gt=timezone.localdate()).select_related(
        "predecessor", "successor"
    )
    for row in rows.order_by("on", "successor_id", "predecessor__sort_key"):
        ahead.setdefault((row.on, row.successor_id), []).append(row)
    found = []
    for (on, _), successions in ahead.items():
        ids = [s.predecessor_id for s in successions]
        reports = {r.period_id for r in reporting.open_reports(ids, on)}
        instances = {i.remiss_id for i in remisser.open_instances(ids, on)}
        texts = {draft.period_id for draft in tertial.open_drafts(ids, on)}
        open_tasks = len(reports) + len(texts) + len(instances)
        open_tasks += len(uppdrag.open_assignments(ids))
        old = tuple(s.predecessor for s in successions)
        found.append(ComingMerger(successions[0].successor, on, old, open_tasks))
    return found


def _predecessors(new: Namnd) -> dict[dt.date, list[int]]:
    """Ids of those whom the nämnd succeeds, by the day it did."""
    found: dict[dt.date, list[int]] = {}
    rows = NamndSuccession.objects.filter(successor=new).order_by("on", "predecessor_id")
    for on, predecessor_id in rows.values_list("on", "predecessor_id"):
        found.setdefault(on, []).append(predecessor_id)
    return found


def _check(merger: Merger) -> None:
    check_merger(merger)
    approved = reporting.approved_reports([old.pk for old in merger.old], merger.on)
    for report in approved:
        raise Invalid(
            f"{report.namnd} har en godkänd rapport för {report.period.label.lower()}, som slutar "
            f"{report.period.ends_on:%Y-%m-%d}. Då fanns nämnden alltså.",
            field="on",
        )


def _check_right(actor: User) -> None:
    if not may_administrate(actor):
        raise NotAllowed(ONLY_ADMINISTRATORS)
