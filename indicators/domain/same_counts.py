"""Counts that several indicators show: "täljaren är samma uppgift som …".

A number, and the numerator of a ratio per inhabitant, are the same people. Who reads both knows
the one from the other, so they are protected as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.domain.expected import Expected
from indicators.models import Indicator, IndicatorVersion

IndicatorCount = tuple[int, str]
"""Id of an indicator, and which of its counts: "people", or of a ratio "in" or "all"."""
NUMERATOR, DENOMINATOR, NUMBER = "in", "all", "people"


@dataclass(frozen=True)
class SameCounts:
    """Which counts are the same as which."""

    classes: tuple[tuple[IndicatorCount, ...], ...] = ()
    """Each: two counts or more that are one."""

    def together_with(self, indicator_id: int) -> frozenset[int]:
        """Ids of the indicators that have to do with this one, itself among them."""
        return self._groups.get(indicator_id, frozenset({indicator_id}))

    @property
    def _groups(self) -> dict[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        for one in self.classes:
            together = frozenset(other for pk, _ in one for other in found.get(pk, frozenset({pk})))
            found |= dict.fromkeys(together, together)
        return found


def same_counts(expected: Mapping[str, Expected]) -> SameCounts:
    """Of the indicators that count people and are asked for in any of the periods."""
    definitions = {
        definition.pk: definition
        for in_period in expected.values()
        for definition in in_period.definitions.values()
        if definition.counts_people and not definition.is_yes_no
    }
    return _same(definitions.values())


def _same(definitions: Iterable[IndicatorVersion]) -> SameCounts:
    ratios: dict[int, bool] = {}
    codes: dict[str, int] = {}
    indicators: dict[int, Indicator] = {}
    for definition in definitions:
        ratios[definition.indicator_id] = definition.is_ratio
        codes[definition.indicator.code] = definition.indicator_id
        indicators[definition.indicator_id] = definition.indicator
    class_of: dict[IndicatorCount, IndicatorCount] = {}
    members: dict[IndicatorCount, list[IndicatorCount]] = defaultdict(list)
    for pk, indicator in indicators.items():
        for code, part in (
            (indicator.numerator_same_as_id, NUMERATOR),
            (indicator.denominator_same_as_id, DENOMINATOR),
        ):
            other = codes.get(code or "")
            if other is None or other == pk or not ratios[pk]:
                continue
            here, there = (pk, part), (other, part if ratios[other] else NUMBER)
            first, second = class_of.get(here, here), class_of.get(there, there)
            if first == second:
                continue
            joined = (members.pop(first, [first])) + (members.pop(second, [second]))
            members[first] = joined
            class_of |= dict.fromkeys(joined, first)
    return SameCounts(tuple(tuple(sorted(one)) for one in members.values()))
