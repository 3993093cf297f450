"""One nämnd's series over the years, with what it carries on from the nämnder that it succeeded.

A merged nämnd's series begins with those before it, where its aggregation lets them be put
together: sums are added, ratios by their numerators and denominators. What a nämnd answers yes or
no to, or reports alone, is not: then the series says so. Where one nämnd became several nobody can
tell whose the earlier figures were. Only approved reports count.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.domain.disclosure import PROTECTED, Audience, Cell, CellState, show
from indicators.domain.expected import Expected, expected_in_each
from indicators.domain.tallies import Key, Outcome, Tally, add_up, outcome_of
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Accumulation, Aggregation, Category, MissingReason
from indicators.models import IndicatorVersion, Period
from organisation.models import Namnd, NamndSuccession

RATIO_DECIMALS = 1
NOT_MERGED = {
    Aggregation.SHARE_YES: "ja och nej läggs inte samman över sammanslagningen",
    Aggregation.LATEST: "läggs inte samman över sammanslagningen",
    Aggregation.NONE: "läggs inte samman",
}
SPLIT = "den tidigare nämnden blev flera"


@dataclass(frozen=True)
class Lineage:
    """Who became whom."""

    before: Mapping[int, Sequence[Namnd]]
    """Nämnd id → those that it succeeded."""
    heirs: Mapping[int, int]
    """Nämnd id → how many succeeded it."""

    def all_before(self, namnd: Namnd) -> set[int]:
        """Ids of all that the nämnd carries on, however far back."""
        found: set[int] = set()
        ahead = [namnd.pk]
        while ahead:
            new = {one.pk for one in self.before.get(ahead.pop(), ())} - found
            found |= new
            ahead += new
        return found

    def forebears(self, namnd: Namnd, day: dt.date) -> tuple[list[Namnd], bool]:
        """Those who were on `day` what the nämnd is now, and whether they were that alone.

        Empty for a nämnd that has no forebears, or none that was there.
        """
        found: list[Namnd] = []
        alone = True
        for one in self.before.get(namnd.pk, ()):
            alone = alone and self.heirs.get(one.pk, 0) <= 1
            if one.exists_on(day):
                found.append(one)
            else:
                earlier, theirs = self.forebears(one, day)
                found += earlier
                alone = alone and theirs
        return found, alone


def read_lineage() -> Lineage:
    """All successions, in one query."""
    rows = NamndSuccession.objects.select_related("predecessor").order_by("on", "pk")
    return lineage_of((one.successor_id, one.predecessor) for one in rows)


def lineage_of(successions: Iterable[tuple[int, Namnd]]) -> Lineage:
    """Of every succession: the successor's id, and the one before it; the earliest first."""
    before: dict[int, list[Namnd]] = defaultdict(list)
    heirs: dict[int, int] = defaultdict(int)
    for successor_id, predecessor in successions:
        before[successor_id].append(predecessor)
        heirs[predecessor.pk] += 1
    return Lineage(dict(before), dict(heirs))


@dataclass(frozen=True)
class SeriesPoint:
    """What one nämnd, or those before it together, gave in a period. Never leaves the domain."""

    period: Period
    definition: IndicatorVersion
    stretch: int
    """Points of one stretch may be compared: no definition between them broke the series."""
    outcome: Outcome
    forebears: tuple[Namnd, ...] = ()
    """Whose figure it is, when it is from before the nämnd was there."""
    parts: tuple[Outcome, ...] = ()
    """The forebears' own figures, of which the outcome is made."""
    note: str = ""
    """Why there is no figure of the forebears together."""
    missing: str = ""
    """The nämnd's reason for giving none."""
    comment: str = ""
    is_example: bool = False
    corrected_on: dt.date | None = None
    """When one of the figures behind it was last corrected."""


def series_of(
    namnd: Namnd,
    indicator_id: int,
    *,
    expected: Mapping[str, Expected],
    tallies: Mapping[Key, Sequence[Tally]],
    lineage: Lineage,
    category: str = Category.TOTAL,
) -> tuple[SeriesPoint, ...]:
    """The nämnd's series, oldest first: a point for each period that asked it, or its forebears.

    expected: of the periods, oldest first. tallies: of those periods, nämnd by nämnd.
    """
    points = []
    for code, in_period in expected.items():
        definition = in_period.definitions.get(indicator_id)
        if definition is None:
            continue
        asked = in_period.asked_of[indicator_id]
        own: dict[int | None, Tally] = {
            tally.namnd_id: tally
            for tally in tallies.get((code, indicator_id, category), ())
            if tally.namnd_id is not None
        }
        stretch = in_period.stretches[definition.pk]
        if namnd.pk in asked:
            tally = own.get(namnd.pk, Tally())
            points.append(
                SeriesPoint(
                    in_period.period,
                    definition,
                    stretch,
                    outcome_of(definition, tally),
                    missing=tally.missing,
                    comment=tally.comment,
                    is_example=tally.is_example,
                    corrected_on=tally.corrected_on,
                )
            )
        elif not namnd.exists_on(in_period.period.ends_on):
            forebears, alone = lineage.forebears(namnd, in_period.period.ends_on)
            if not any(one.pk in asked for one in forebears):
                continue
            outcome, note = together(definition, forebears, own, alone=alone)
            points.append(
                SeriesPoint(
                    in_period.period,
                    definition,
                    stretch,
                    outcome,
                    forebears=tuple(forebears),
                    parts=tuple(
                        outcome_of(definition, own[n.pk]) for n in forebears if n.pk in own
                    ),
                    note=note,
                    is_example=any(own[n.pk].is_example for n in forebears if n.pk in own),
                    corrected_on=max(
                        (
                            day
                            for n in forebears
                            if n.pk in own and (day := own[n.pk].corrected_on) is not None
                        ),
                        default=None,
                    ),
                )
            )
    return tuple(points)


def together(
    definition: IndicatorVersion,
    forebears: Sequence[Namnd],
    own: Mapping[int | None, Tally],
    *,
    alone: bool,
) -> tuple[Outcome, str]:
    """The figure of several nämnder as one, or why there is none. All of them must have given it.

    alone: whether they became one nämnd, and no other.
    """
    if not alone:
        return Outcome(), SPLIT
    if len(forebears) > 1 and definition.aggregation in NOT_MERGED:
        return Outcome(), NOT_MERGED[Aggregation(definition.aggregation)]
    silent = [n.short_name for n in forebears if not own.get(n.pk, Tally()).reported]
    if silent:
        return Outcome(), f"uppgift saknas från {' och '.join(silent)}"
    if len(forebears) == 1:
        return outcome_of(definition, own[forebears[0].pk]), ""
    outcome, _ = add_up(definition, [own[n.pk] for n in forebears])
    return outcome, ""


def read_namnd_series(
    namnd: Namnd, until: Period, indicator_ids: Collection[int]
) -> dict[int, tuple[SeriesPoint, ...]]:
    """The nämnd's series of each indicator, `until` included; a fixed number of queries."""
    periods = list(Period.objects.started().filter(ends_on__lte=until.ends_on).in_order())
    expected = expected_in_each(periods)
    tallies = (
        read_tallies(expected, in_detail=expected, indicator_ids=indicator_ids) if expected else {}
    )
    lineage = read_lineage()
    return {
        pk: series_of(namnd, pk, expected=expected, tallies=tallies, lineage=lineage)
        for pk in indicator_ids
    }


def comparable_before(points: Sequence[SeriesPoint], period: Period) -> tuple[SeriesPoint, ...]:
    """The earlier points with figures that one in `period` may be compared with, oldest first.

    Of the same stretch; year to date and yearly of the same kind of period.
    """
    now = next((p for p in points if p.period.pk == period.pk), None)
    if now is None:
        return ()
    return tuple(
        p
        for p in points
        if p.period.ends_on < period.ends_on
        and p.stretch == now.stretch
        and p.outcome.value is not None
        and (
            now.definition.accumulation == Accumulation.POINT_IN_TIME
            or p.period.kind == period.kind
        )
    )


def shown(point: SeriesPoint, audience: Audience) -> Cell:
    """The point as `audience` may see it.

    The figure of several nämnder together is protected where one of theirs is: beside the other's
    it would give it away.
    """
    parts = [_show(point.definition, part, audience) for part in point.parts]
    if any(part.state is CellState.PROTECTED for part in parts):
        return PROTECTED
    cell = _show(point.definition, point.outcome, audience)
    return replace(cell, corrected_on=point.corrected_on)


def why_none(point: SeriesPoint) -> str:
    """Why there is no figure, in words; "" where there is one, or nothing is known."""
    if point.missing:
        return str(MissingReason(point.missing).label).lower()
    return point.note or point.outcome.note


def _show(definition: IndicatorVersion, outcome: Outcome, audience: Audience) -> Cell:
    yes_no = definition.is_yes_no
    return show(
        value=outcome.value,
        counts_people=definition.counts_people and not yes_no,
        audience=audience,
        numerator=outcome.numerator,
        denominator=outcome.denominator,
        decimals=None if outcome.denominator is None else RATIO_DECIMALS,
        note=("ja" if outcome.value else "nej") if yes_no and outcome.value is not None else "",
    )
