"""When each nämnd hands in a period: the period's day, its kind's own, or later if it was given."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from indicators.models import Extension, Period, PeriodDueDate
from organisation.models import Namnd


@dataclass(frozen=True)
class DueDates:
    """of_kinds: by (period id, kind of nämnd). extended: by (period id, nämnd id)."""

    of_kinds: Mapping[tuple[int, str], dt.date]
    extended: Mapping[tuple[int, int], dt.date]

    def ordinary(self, period: Period, namnd: Namnd) -> dt.date | None:
        """The day for a nämnd of that kind; None while none has been set."""
        return self.of_kinds.get((period.pk, namnd.kind), period.due_on)

    def of(self, period: Period, namnd: Namnd) -> dt.date | None:
        """The day for this nämnd, with the extra time that it has been given."""
        return self.extended.get((period.pk, namnd.pk)) or self.ordinary(period, namnd)


def due_dates(periods: Collection[Period]) -> DueDates:
    """The days of `periods`, in one query."""
    ids = [period.pk for period in periods]
    kinds = (
        PeriodDueDate.objects.order_by()
        .filter(period__in=ids)
        .annotate(what=Value("kind"), whose=Cast("kind", CharField()))
        .values_list("what", "period_id", "whose", "due_on")
    )
    given = (
        Extension.objects.order_by()
        .filter(period__in=ids)
        .annotate(what=Value("namnd"), whose=Cast("namnd_id", CharField()))
        .values_list("what", "period_id", "whose", "until")
    )
    of_kinds: dict[tuple[int, str], dt.date] = {}
    extended: dict[tuple[int, int], dt.date] = {}
    for what, period_id, whose, day in kinds.union(given, all=True):
        if what == "kind":
            of_kinds[period_id, whose] = day
        else:
            extended[period_id, int(whose)] = day
    return DueDates(of_kinds, extended)
