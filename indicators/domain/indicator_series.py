"""One indicator nämnd by nämnd over the years, as a page or a file may show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.domain.disclosure import PROTECTED, Audience, Cell, CellState, hide
from indicators.domain.expected import Expected
from indicators.domain.figures import SPLIT_WORDS, Cells
from indicators.domain.life import name_of_field
from indicators.domain.protecting import HiddenPlace
from indicators.domain.results import SEXES, not_asked
from indicators.domain.series import Lineage, SeriesPoint, series_of, shown, why_none
from indicators.domain.tallies import Key, Tally
from indicators.enums import Accumulation, Category
from indicators.models import IndicatorVersion
from organisation.enums import NamndKind
from organisation.models import Namnd
from trace.domain.wording import word_diff


@dataclass(frozen=True)
class NamndPoint:
    """What one nämnd gave in a period, or those before it together."""

    period_code: str
    label: str
    year: int
    kind: str
    stretch: int
    begins_stretch: bool
    """The definition that holds from here on broke the series: nothing before is compared."""
    cells: Cells
    forebears: tuple[str, ...]
    """Short names of those whose figure it is, from before the nämnd was there."""
    ends_seam: bool
    """The first of the nämnd's own after theirs."""
    why: str
    """Why there is no figure, in words."""
    is_example: bool


@dataclass(frozen=True)
class NamndSeries:
    """One nämnd's series, every period that asked it."""

    code: str
    name: str
    short_name: str
    is_stadsdel: bool
    last_day: Any
    """The nämnd's own last day; None while it is there."""
    points: tuple[NamndPoint, ...]

    @property
    def has_seam(self) -> bool:
        return any(point.ends_seam for point in self.points)

    def of_kind(self, kind: str) -> tuple[NamndPoint, ...]:
        """Points of one kind of period; all of them for ""."""
        return tuple(point for point in self.points if kind in ("", point.kind))


def read_all(
    indicator_id: int,
    *,
    audience: Audience,
    expected: Mapping[str, Expected],
    tallies: Mapping[Key, Sequence[Tally]],
    lineage: Lineage,
    hidden: frozenset[HiddenPlace],
) -> tuple[NamndSeries, ...]:
    """The series of every nämnd that was ever asked; those that have ceased come last.

    hidden: what the audience may not see, by the nämnd whose figure it is.
    Asks the database for nothing: all of it has been read.
    """
    namnder: dict[int, Namnd] = {}
    for in_period in expected.values():
        asked = in_period.asked_of.get(indicator_id, frozenset())
        namnder |= {pk: n for pk, n in in_period.namnder.items() if pk in asked}
    if not namnder:
        return ()
    last = list(expected.values())[-1].period.ends_on
    in_order = sorted(
        namnder.values(), key=lambda namnd: (not namnd.exists_on(last), namnd.sort_key)
    )
    return tuple(
        _series(namnd, indicator_id, audience, expected, tallies, lineage, hidden, last)
        for namnd in in_order
    )


def _series(
    namnd: Namnd,
    indicator_id: int,
    audience: Audience,
    expected: Mapping[str, Expected],
    tallies: Mapping[Key, Sequence[Tally]],
    lineage: Lineage,
    hidden: frozenset[HiddenPlace],
    last: Any,
) -> NamndSeries:
    by_category = {
        category: series_of(
            namnd,
            indicator_id,
            expected=expected,
            tallies=tallies,
            lineage=lineage,
            category=category,
        )
        for category in Category
    }
    totals = by_category[Category.TOTAL]
    points = []
    for number, point in enumerate(totals):
        before = totals[number - 1] if number else None
        points.append(
            NamndPoint(
                period_code=point.period.code,
                label=point.period.label,
                year=point.period.year,
                kind=point.period.kind,
                stretch=point.stretch,
                begins_stretch=before is not None and before.stretch != point.stretch,
                cells=_cells(
                    point,
                    tuple(by_category[sex][number] for sex in SEXES),
                    audience,
                    {
                        category
                        for category in Category
                        for one in point.forebears or (namnd,)
                        if (point.period.code, indicator_id, one.pk, category) in hidden
                    },
                ),
                forebears=tuple(one.short_name for one in point.forebears),
                ends_seam=before is not None and bool(before.forebears) and not point.forebears,
                why=why_none(point),
                is_example=point.is_example,
            )
        )
    return NamndSeries(
        code=namnd.code,
        name=namnd.name,
        short_name=namnd.short_name,
        is_stadsdel=namnd.kind == NamndKind.STADSDELSNAMND,
        last_day=None if namnd.exists_on(last) else namnd.valid_to,
        points=tuple(points),
    )


def _cells(
    total: SeriesPoint, sexes: Sequence[SeriesPoint], audience: Audience, hidden: set[Category]
) -> Cells:
    """The total and each sex; those in `hidden` without their figures.

    Of forebears together none is shown where one is protected. Their own figures stand beside:
    what is hidden of one of them could be worked out.
    """
    made = (shown(total, audience), *(_of_sex(one, audience) for one in sexes))
    cells = Cells(
        *(
            hide(cell) if cell.is_value and category in hidden else cell
            for category, cell in zip(Category, made, strict=True)
        )
    )
    if total.forebears and any(cell.state is CellState.PROTECTED for cell in cells):
        return Cells(*(PROTECTED if cell.is_value else cell for cell in cells))
    return cells


def _of_sex(point: SeriesPoint, audience: Audience) -> Cell:
    if not point.definition.split_by_sex:
        return not_asked(SPLIT_WORDS)
    return shown(point, audience)


def kind_to_draw(definition: IndicatorVersion, kind: str) -> str:
    """Which kind of period a line is drawn through: a year to date is compared with its own kind.

    kind: of the latest period. "" for all kinds.
    """
    return "" if definition.accumulation == Accumulation.POINT_IN_TIME else kind


# Definitions -------------------------------------------------------------------------------------

TOLD = (
    "unit",
    "scale",
    "aggregation",
    "accumulation",
    "direction",
    "counts_people",
    "split_by_sex",
    "whole_numbers",
    "numerator_label",
    "denominator_label",
)


@dataclass(frozen=True)
class DefinitionNote:
    """One definition that an indicator has had, from the day it began to hold."""

    number: int
    valid_from: Any
    name: str
    definition: str
    breaks_series: bool
    """Of the first it says nothing."""
    reason: str
    name_diff: str
    """The name with what changed in it marked word by word; "" where nothing did."""
    definition_diff: str
    changes: tuple[tuple[str, str, str], ...]
    """(what, before, after) of everything else that changed."""


def definition_notes(versions: Sequence[IndicatorVersion]) -> tuple[DefinitionNote, ...]:
    """The definitions, oldest first, each with what became other than in the one before."""
    notes = []
    before: IndicatorVersion | None = None
    for version in versions:
        notes.append(
            DefinitionNote(
                number=version.number,
                valid_from=version.valid_from,
                name=version.name,
                definition=version.definition,
                breaks_series=before is not None and version.breaks_series,
                reason=version.reason,
                name_diff=_diff(before, version, "name"),
                definition_diff=_diff(before, version, "definition"),
                changes=_changes(before, version),
            )
        )
        before = version
    return tuple(notes)


def _diff(before: IndicatorVersion | None, after: IndicatorVersion, name: str) -> str:
    if before is None or getattr(before, name) == getattr(after, name):
        return ""
    return word_diff(getattr(before, name), getattr(after, name))


def _changes(
    before: IndicatorVersion | None, after: IndicatorVersion
) -> tuple[tuple[str, str, str], ...]:
    if before is None:
        return ()
    found = []
    for name in TOLD:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            label = name_of_field(name).capitalize()
            found.append((label, _said(before, name), _said(after, name)))
    return tuple(found)


def _said(version: IndicatorVersion, name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    value = display() if display else getattr(version, name)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value) or "–"
