"""All that has been read of the figures, and what of it may not be shown."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import DateField
from django.db.models import Value as Literal

from indicators.domain.disclosure import Audience, hide
from indicators.domain.expected import Expected
from indicators.domain.figures import Cells, Reference
from indicators.domain.protecting import HiddenPlace, hidden_cells
from indicators.domain.same_counts import SameCounts, same_counts
from indicators.domain.tallies import Key, Tally
from indicators.enums import Category, Region
from indicators.models import ReferenceValue, Target

CATEGORIES = tuple(Category.values)


@dataclass(frozen=True)
class TargetRow:
    """A target of a year; one that was changed during the year has the day of the change."""

    namnd_id: int | None
    """None for the city's."""
    year: int
    value: Decimal
    source: str
    is_example: bool
    valid_from: dt.date | None = None
    decision: str = ""


@dataclass(frozen=True)
class Yardsticks:
    """Targets and reference values by indicator id."""

    targets: dict[int, list[TargetRow]]
    """Of each year the one that it began with first, then its changes."""
    references: dict[int, list[Reference]]


def read_yardsticks(indicator_ids: Collection[int]) -> Yardsticks:
    """Targets and reference values of the indicators, in one query."""
    targets: dict[int, list] = defaultdict(list)
    references: dict[int, list[Reference]] = defaultdict(list)
    of_targets = (
        Target.objects.order_by()
        .filter(indicator__in=indicator_ids)
        .annotate(region=Literal(""))
        .values_list(
            "indicator_id",
            "region",
            "namnd_id",
            "year",
            "value",
            "source",
            "is_example",
            "valid_from",
            "decision",
        )
    )
    of_references = (
        ReferenceValue.objects.order_by()
        .filter(indicator__in=indicator_ids)
        .annotate(
            namnd_id=Literal(0),
            valid_from=Literal(None, output_field=DateField()),
            decision=Literal(""),
        )
        .values_list(
            "indicator_id",
            "region",
            "namnd_id",
            "year",
            "value",
            "source",
            "approximate",
            "valid_from",
            "decision",
        )
    )
    rows = of_targets.union(of_references, all=True)
    for indicator_id, region, namnd_id, year, value, source, flag, since, decision in sorted(
        rows, key=lambda row: (row[1], row[3], row[2] or 0, str(row[7] or ""))
    ):
        if region:
            reference = Reference(Region(region).label, year, value, flag, source)
            references[indicator_id].append(reference)
        else:
            targets[indicator_id].append(
                TargetRow(namnd_id, year, value, source, flag, since, decision)
            )
    return Yardsticks(dict(targets), dict(references))


@dataclass(frozen=True)
class Book:
    """All that has been read, from which results are made."""

    audience: Audience
    expected: dict[str, Expected]
    tallies: dict[Key, list[Tally]]
    yardsticks: Yardsticks

    @cached_property
    def hidden(self) -> frozenset[HiddenPlace]:
        """What this audience may not see: small figures, and what would give them away."""
        if self.audience is not Audience.OTHERS:
            return frozenset()
        return hidden_cells(self.expected, self.tallies)

    @cached_property
    def _hidden_at(self) -> frozenset[tuple[str, int, int | None]]:
        """Period code, indicator id and nämnd id where anything is hidden."""
        return frozenset(place[:3] for place in self.hidden)

    @cached_property
    def _hidden_years(self) -> frozenset[tuple[int, int]]:
        """(year, indicator id) of which something is hidden, or was before it was corrected."""
        if self.audience is not Audience.OTHERS:
            return frozenset()
        places = self.hidden | hidden_cells(self.expected, self.tallies, before=True)
        return frozenset((self.expected[code].period.year, pk) for code, pk, *_ in places)

    def tells_what_was(self, code: str, indicator_id: int) -> bool:
        """Whether what a corrected figure was may be told.

        Not where anything of the indicator is hidden that year, or was before, or of one that shows
        the same counts: who has kept what was shown then could work a hidden figure out from what
        another one was.
        """
        year = self.expected[code].period.year
        together = self._same.together_with(indicator_id)
        return not any((year, pk) in self._hidden_years for pk in together)

    @cached_property
    def _same(self) -> SameCounts:
        return same_counts(self.expected)

    def protected(self, cells: Cells, code: str, indicator_id: int, namnd_id: int | None) -> Cells:
        """The cells of a nämnd (None: of the city) in a period, as they may be shown."""
        if (code, indicator_id, namnd_id) not in self._hidden_at:
            return cells
        hidden = [
            category
            for category in CATEGORIES
            if (code, indicator_id, namnd_id, category) in self.hidden
        ]
        return Cells(
            *(
                hide(cell) if cell.is_value and category in hidden else cell
                for category, cell in zip(CATEGORIES, cells, strict=True)
            )
        )
