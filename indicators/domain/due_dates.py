"""When each nämnd hands in a period: the period's day, its kind's own, or later if it was given."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from indicators.models import Period
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
    """The days of `periods`, in one query; in none when they were read `with_days`."""
    of_kinds: dict[tuple[int, str], dt.date] = {}
    extended: dict[tuple[int, int], dt.date] = {}
    for period_id, days in _days_of(periods):
        for row in days["of_kinds"]:
            of_kinds[period_id, row["of"]] = dt.date.fromisoformat(row["day"])
        for row in days["extended"]:
            extended[period_id, row["of"]] = dt.date.fromisoformat(row["day"])
    return DueDates(of_kinds, extended)


def _days_of(periods: Collection[Period]) -> list[tuple[int, dict[str, Any]]]:
    if all(hasattr(period, "own_days") for period in periods):
        return [(period.pk, period.own_days) for period in periods]  # type: ignore[attr-defined]
    rows = Period.objects.order_by().filter(pk__in=[period.pk for period in periods])
    return list(rows.with_days().values_list("pk", "own_days"))
