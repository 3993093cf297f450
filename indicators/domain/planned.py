"""What a nämnd has adopted for a year, and its årsmål, for pages that are not the plan's own.

The number of queries does not depend on how much it is.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.book import read_yardsticks
from indicators.domain.comparing import target_on
from indicators.models import AdoptedActivity, AdoptedIndicator, Adoption, OwnActivity
from organisation.models import Namnd


@dataclass(frozen=True)
class Aim:
    """The årsmål that holds for an indicator: the nämnd's own, or else the city's."""

    value: Decimal
    is_own: bool
    is_example: bool


@dataclass(frozen=True)
class Planned:
    """What a nämnd has adopted for a year. All empty while no decision is registered."""

    adoption: Adoption | None
    activities: frozenset[int]
    indicators: frozenset[int]
    own_activities: Mapping[int, tuple[str, ...]]
    """By goal id."""

    def has_adopted(self, *, activity_id: int | None, indicator_id: int | None) -> bool | None:
        """None while no decision is registered: then it is not known."""
        if self.adoption is None:
            return None
        return activity_id in self.activities or indicator_id in self.indicators


def read_planned(namnd: Namnd, year: int) -> Planned:
    """The year's adoption with its parts, in four queries. It is public, whoever asks."""
    of_year = {"adoption__namnd": namnd, "adoption__year": year}
    own: dict[int, list[str]] = defaultdict(list)
    for goal_id, text in (
        OwnActivity.objects.filter(**of_year)
        .order_by("goal_id", "order")
        .values_list("goal_id", "text")
    ):
        own[goal_id].append(text)
    return Planned(
        Adoption.objects.filter(namnd=namnd, year=year).first(),
        frozenset(
            AdoptedActivity.objects.filter(**of_year)
            .order_by()
            .values_list("activity_id", flat=True)
        ),
        frozenset(
            AdoptedIndicator.objects.filter(**of_year)
            .order_by()
            .values_list("indicator_id", flat=True)
        ),
        {goal_id: tuple(texts) for goal_id, texts in own.items()},
    )


def read_aims(namnd: Namnd, indicator_ids: set[int], day: dt.date) -> dict[int, Aim]:
    """The årsmål that hold on `day`, by indicator id; one query."""
    aims: dict[int, Aim] = {}
    for indicator_id, rows in read_yardsticks(indicator_ids).targets.items():
        for whose in (namnd.pk, None):
            held, _ = target_on([row for row in rows if row.namnd_id == whose], day)
            if held is not None:
                aims[indicator_id] = Aim(held.value, whose is not None, held.is_example)
                break
    return aims
