"""What follows for remisser when a nämnd carries on what others did.

History stays with the old nämnder: that the remiss was sent to them, and what they had written.
The new one is asked in their place.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q

from organisation.models import Namnd, User
from papers.domain.papers import take_over_paper
from papers.enums import PaperState
from remisser.domain.answers import copy_positions
from remisser.models import Answer, Remissinstans
from trace.domain import record

# What nobody answered in time, and long before the merger, is history and no work to take over.
STILL_OPEN_FOR = dt.timedelta(days=180)


def open_instances(
    namnd_ids: Collection[int], on: dt.date, *, states: Collection[str] = (PaperState.UTKAST,)
) -> Sequence[Remissinstans]:
    """Instances that have not answered: nothing begun, or a draft. Long overdue ones left out.

    states: how far the papers may have come that count as open.
    """
    since = on - STILL_OPEN_FOR
    return list(
        Remissinstans.objects.filter(namnd__in=namnd_ids)
        .filter(Q(due_on__gte=since) | Q(due_on__isnull=True, remiss__received_on__gte=since))
        .filter(Q(answer__isnull=True) | Q(answer__paper__state__in=states))
        .select_related("remiss", "namnd", "answer__paper__namnd")
        .order_by("remiss_id", "order", "pk")
    )


def waiting_instances(old_ids: Collection[int], new: Namnd, on: dt.date) -> list[Remissinstans]:
    """Those of the old nämnder whose remiss has not been laid on the new one."""
    asked = set(Remissinstans.objects.filter(namnd=new).values_list("remiss_id", flat=True))
    return [i for i in open_instances(old_ids, on) if i.remiss_id not in asked]


@transaction.atomic
def take_over_instances(
    old_ids: Collection[int], new: Namnd, *, on: dt.date, actor: User
) -> Sequence[Remissinstans]:
    """Ask the new nämnd where the old ones had not answered, by the nearest of their due dates.

    The draft of a single old nämnd is copied, stances included; of several drafts none is.
    Answers the instances that were made; the same again makes none.
    """
    by_remiss: dict[int, list[Remissinstans]] = defaultdict(list)
    for instance in waiting_instances(old_ids, new, on):
        by_remiss[instance.remiss_id].append(instance)
    return [_take_over(instances, new, actor) for instances in by_remiss.values()]


def _take_over(olds: list[Remissinstans], new: Namnd, actor: User) -> Remissinstans:
    remiss = olds[0].remiss
    instance = Remissinstans.objects.filter(
        remiss=remiss, name_as_written=new.name, namnd=None
    ).first()
    instance = instance or Remissinstans(remiss=remiss, name_as_written=new.name)
    instance.namnd = new
    instance.due_on = min((i.due_on for i in olds if i.due_on), default=None)
    instance.order = olds[0].order
    instance.save()
    before = ", ".join(str(i.namnd) for i in olds)
    record(
        instance,
        actor=actor,
        verb="taken-over",
        summary=f"Tog över att svara på {remiss.dnr} från {before}",
        scope=new.code,
    )
    begun = [i.answer for i in olds if hasattr(i, "answer")]
    if len(begun) == 1:
        paper = take_over_paper(begun[0].paper, namnd=new, actor=actor, copy_more=copy_positions)
        Answer.objects.create(instance=instance, paper=paper)
    return instance
