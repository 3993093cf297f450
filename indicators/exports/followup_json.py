"""The follow-up as JSON: its shape, told field by field, and the file.

The same shape is what the API answers with. A change that takes something away, or lets it mean
something else, makes SCHEMA_VERSION one more; what is added does not.
"""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.disclosure import Cell
from indicators.domain.figures import (
    Cells,
    Followup,
    GoalResult,
    IndicatorResult,
    Part,
    Point,
    ReportStatus,
)
from indicators.domain.figures import Comparison as Earlier
from indicators.domain.figures import Coverage as Given
from indicators.domain.figures import TargetResult as Aim
from indicators.domain.figures import describe as words_of
from indicators.domain.statuses import ActivityResult, StatusCounts
from indicators.enums import Accumulation, ActivityState, Aggregation, Direction
from indicators.exports.followup_document import require_others
from indicators.exports.shapes import as_json, said
from indicators.exports.texts import method_notes

SCHEMA_VERSION = "1"
STATES = {
    "value": "varde",
    "missing": "saknas",
    "protected": "skyddad",
    "not asked": "ingar-inte",
}
REPORT_STATES = ("godkand", "inlamnad", "forsenad", "inte-inlamnad")


@dataclass(frozen=True)
class Figure:
    """En siffra, eller varför den inte finns."""

    state: str = said(
        "varde: siffran visas. saknas: nämnden har inte lämnat någon. skyddad: talet är så litet "
        "att någon skulle kunna pekas ut, eller döljs för att ett sådant inte ska gå att räkna "
        "ut. ingar-inte: nämnden är inte tillfrågad. Noll är ett värde.",
        one_of=tuple(STATES.values()),
    )
    value: Decimal | None = said("Utfallet; andelar i procent som 0–100.", example=33.3)
    numerator: Decimal | None = said("En andels täljare.")
    denominator: Decimal | None = said("En andels nämnare.")
    text: str = said("Siffran eller orden som står på sidan.", example="1 234")
    corrected_on: dt.date | None = said("När siffran senast rättades efter godkännandet.")


@dataclass(frozen=True)
class Figures:
    """En siffra för alla, och för varje kön där uppgiften delas på kön."""

    total: Figure = said("Alla.")
    women: Figure | None = said("Kvinnor och flickor; null där uppgiften inte delas på kön.")
    men: Figure | None = said("Män och pojkar; null där uppgiften inte delas på kön.")


@dataclass(frozen=True)
class Coverage:
    """Hur många av de tillfrågade som har lämnat uppgift."""

    reported: int = said("Nämnder med uppgift.")
    asked: int = said("Tillfrågade nämnder.")
    missing: tuple[str, ...] = said("De som inte har lämnat uppgift, med namn.")


@dataclass(frozen=True)
class Comparison:
    """Den tidigare siffra som utfallet läses bredvid."""

    period: str = said("Perioden som jämförs med.", example="2024-T1")
    figure: Figure | None = said("Siffran då; null när de två inte får jämföras.")
    change: str = said("Förändringen i ord, eller varför det inte jämförs.", example="+12")


@dataclass(frozen=True)
class Target:
    """Stadens årsmål."""

    year: int = said("Året.")
    value: Decimal = said("Målvärdet.")
    verdict: str = said("Om det är nått, i ord.")
    source: str = said("Varifrån målvärdet kommer.")
    is_example: bool = said("Påhittat.")


@dataclass(frozen=True)
class SeriesPoint:
    """Stadens siffra i en period."""

    period: str = said("Periodens kod.", example="2025-T1")
    figures: Figures = said("Stadens siffror.")
    coverage: Coverage = said("Hur många som har lämnat uppgift.")
    stretch: int = said("Punkter med samma nummer får jämföras; ett nytt börjar vid ett avbrott.")
    is_example: bool = said("Påhittade siffror ingår.")


@dataclass(frozen=True)
class NamndFigures:
    """Vad en nämnd har lämnat."""

    namnd: str = said("Nämndens kod.", example="sodermalm")
    name: str = said("Nämndens namn.")
    figures: Figures = said("Nämndens siffror.")
    reason: str = said("Varför uppgift saknas.")
    comment: str = said("Nämndens egna ord; tomt där en siffra är skyddad.")
    forecast: Figure | None = said("Vad nämnden väntar sig av hela året.")
    is_example: bool = said("Påhittade siffror.")


@dataclass(frozen=True)
class IndicatorFigures:
    """En indikator i en period."""

    code: str = said("Indikatorns kod.")
    name: str = said("Namn.")
    unit: str = said("Enhet.", example="%")
    definition: str = said("Vad som räknas.")
    source: str = said("Källa.")
    aggregation: str = said("Hur nämndernas uppgifter läggs samman.", one_of=Aggregation.labels)
    accumulation: str = said("Hur perioder förhåller sig.", one_of=Accumulation.labels)
    direction: str = said("Åt vilket håll som är bättre.", one_of=Direction.labels)
    is_example: bool = said("Indikatorn är Samlads exempel.")
    has_example_figures: bool = said("Påhittade siffror ingår.")
    figures: Figures = said("Stadens siffror.")
    coverage: Coverage = said("Hur många som har lämnat uppgift.")
    comparison: Comparison | None = said("Tidigare siffra.")
    target: Target | None = said("Stadens årsmål.")
    series: tuple[SeriesPoint, ...] = said("Staden i alla perioder hittills, äldst först.")
    namnder: tuple[NamndFigures, ...] = said("Nämnd för nämnd i perioden.")


@dataclass(frozen=True)
class Grades:
    """Hur de berörda nämnderna bedömer ett mål."""

    helt: int = said("Uppfylls helt.")
    delvis: int = said("Uppfylls delvis.")
    ej: int = said("Uppfylls ej.")
    ej_uppfoljd: int = said("Inte uppföljt.")
    saknas: int = said("Bedömning saknas.")
    sentence: str = said("Antalen i en mening.")
    corrected: tuple[str, ...] = said("Bedömningar som har rättats efter godkännandet, i ord.")


@dataclass(frozen=True)
class ActivityStatusOfNamnd:
    """Hur långt en nämnd har kommit med en aktivitet."""

    namnd: str = said("Nämndens kod.")
    name: str = said("Nämndens namn.")
    state: str | None = said("Läget; null när det inte är lämnat.", one_of=ActivityState.values)
    comment: str = said("Nämndens egna ord.")
    new_date: dt.date | None = said("När det som avviker ska vara genomfört i stället.")
    corrected_on: dt.date | None = said("När läget senast rättades efter godkännandet.")
    is_example: bool = said("Påhittat.")


@dataclass(frozen=True)
class StateCounts:
    """Antal efter läge."""

    ej_paborjad: int = said("Ej påbörjade.")
    paborjad: int = said("Påbörjade.")
    genomford: int = said("Genomförda.")
    avviker: int = said("Avviker.")
    saknas: int = said("Läge saknas.")


@dataclass(frozen=True)
class ActivityFigures:
    """En aktivitet i en period."""

    code: str = said("Aktivitetens kod.")
    text: str = said("I periodens lydelse.")
    is_example: bool = said("Aktiviteten är Samlads exempel.")
    counts: StateCounts = said("Antal ansvariga nämnder efter läge.")
    namnder: tuple[ActivityStatusOfNamnd, ...] = said("Nämnd för nämnd.")


@dataclass(frozen=True)
class GoalFigures:
    """Ett mål i en period."""

    programme: str = said("Programmets kod.", example="vald-2021-2025")
    code: str = said("Målets nummer; ”4.2” är ett delmål.")
    label: str = said("”Mål 4”.")
    text: str = said("I periodens lydelse.")
    grades: Grades = said("Nämndernas bedömningar.")
    indicators: tuple[IndicatorFigures, ...] = said("Målets indikatorer.")
    activities: tuple[ActivityFigures, ...] = said("Målets aktiviteter.")


@dataclass(frozen=True)
class ReportState:
    """Hur långt en nämnds rapport har kommit."""

    namnd: str = said("Nämndens kod.")
    name: str = said("Nämndens namn.")
    state: str = said("Rapportens läge.", one_of=REPORT_STATES)
    decided: str = said("När nämnden beslutade om den.", example="2025-05-20 § 7")


@dataclass(frozen=True)
class ConsolidatedFollowup:
    """Den samlade uppföljningen av en period, skyddad för andra."""

    schema_version: str = said("Formens version.", one_of=(SCHEMA_VERSION,))
    period: str = said("Periodens kod.", example="2025-T1")
    label: str = said("Periodens namn.")
    year: int = said("Året.")
    ends_on: dt.date = said("Periodens sista dag.")
    approved_until: dt.date | None = said("Den senast godkända rapportens dag.")
    is_example: bool = said("Påhittade siffror ingår.")
    coverage: str = said("Hur många nämnder som har godkänd rapport, i en mening.")
    notes: tuple[str, ...] = said("Hur siffrorna har kommit till.")
    reports: tuple[ReportState, ...] = said("Nämndernas rapporter.")
    goals: tuple[GoalFigures, ...] = said("Målen, i programmens ordning.")


def followup_shape(followup: Followup) -> ConsolidatedFollowup:
    """The follow-up in the shape of the file and the API.

    Raises NotForOthers when it was made for another audience than others.
    """
    require_others(followup)
    return ConsolidatedFollowup(
        schema_version=SCHEMA_VERSION,
        period=followup.period_code,
        label=followup.period_label,
        year=followup.year,
        ends_on=followup.ends_on,
        approved_until=followup.approved_until,
        is_example=followup.is_example,
        coverage=followup.coverage_sentence,
        notes=method_notes(followup),
        reports=tuple(report_state(status) for status in followup.statuses),
        goals=tuple(_goal(goal) for goal in followup.goals),
    )


def followup_json(followup: Followup) -> bytes:
    """The file: UTF-8, indented. The same follow-up always gives the same bytes."""
    content = as_json(followup_shape(followup))
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def report_state(status: ReportStatus) -> ReportState:
    """What everybody may know of a nämnd's report."""
    approved, submitted, late, other = REPORT_STATES
    if status.is_approved:
        state = approved
    elif status.is_submitted:
        state = submitted
    else:
        state = late if status.is_late else other
    return ReportState(status.namnd_code, status.namnd_name, state, status.decided)


def indicator_figures(result: IndicatorResult) -> IndicatorFigures:
    """One indicator with its series and nämnder."""
    return IndicatorFigures(
        code=result.code,
        name=result.name,
        unit=result.unit,
        definition=result.definition,
        source=result.source,
        aggregation=result.aggregation,
        accumulation=result.accumulation,
        direction=result.direction,
        is_example=result.register_is_example,
        has_example_figures=result.is_example,
        figures=_figures(result.cells, result),
        coverage=_coverage(result.coverage),
        comparison=_comparison(result.comparison),
        target=_target(result.target),
        series=tuple(_point(point, result) for point in result.series),
        namnder=tuple(_part(part, result) for part in result.parts),
    )


def _goal(goal: GoalResult) -> GoalFigures:
    grades = goal.grades
    return GoalFigures(
        programme=goal.programme_slug,
        code=goal.code,
        label=goal.label,
        text=goal.text,
        grades=Grades(
            grades.helt,
            grades.delvis,
            grades.ej,
            grades.ej_uppfoljd,
            grades.not_judged,
            grades.sentence,
            tuple(one.text for one in goal.corrected_grades),
        ),
        indicators=tuple(indicator_figures(result) for result in goal.indicators),
        activities=tuple(_activity(activity) for activity in goal.activities),
    )


def _activity(activity: ActivityResult) -> ActivityFigures:
    return ActivityFigures(
        code=activity.code,
        text=activity.text,
        is_example=activity.register_is_example,
        counts=state_counts(activity.counts),
        namnder=tuple(
            ActivityStatusOfNamnd(
                namnd=one.namnd_code,
                name=one.namnd_name,
                state=(one.status.state or None) if one.status else None,
                comment=one.status.comment if one.status else "",
                new_date=one.status.new_date if one.status else None,
                corrected_on=one.corrected.on if one.corrected else None,
                is_example=one.is_example,
            )
            for one in activity.namnder
        ),
    )


def state_counts(counts: StatusCounts) -> StateCounts:
    """How many say what."""
    return StateCounts(
        counts.ej_paborjad, counts.paborjad, counts.genomford, counts.avviker, counts.not_said
    )


def _figure(cell: Cell) -> Figure:
    return Figure(
        state=STATES[cell.state.value],
        value=cell.value,
        numerator=cell.numerator,
        denominator=cell.denominator,
        text=words_of(cell),
        corrected_on=cell.corrected_on,
    )


def _figures(cells: Cells, result: IndicatorResult) -> Figures:
    split = result.split_by_sex
    return Figures(
        total=_figure(cells.total),
        women=_figure(cells.kvinnor) if split else None,
        men=_figure(cells.man) if split else None,
    )


def _coverage(coverage: Given) -> Coverage:
    return Coverage(coverage.reported, coverage.asked, coverage.missing)


def _comparison(comparison: Earlier | None) -> Comparison | None:
    if comparison is None:
        return None
    figure = _figure(comparison.cell) if comparison.cell else None
    return Comparison(comparison.period_code, figure, comparison.change)


def _target(target: Aim | None) -> Target | None:
    if target is None:
        return None
    return Target(target.year, target.value, target.verdict, target.source, target.is_example)


def _point(point: Point, result: IndicatorResult) -> SeriesPoint:
    return SeriesPoint(
        period=point.period_code,
        figures=_figures(point.cells, result),
        coverage=_coverage(point.coverage),
        stretch=point.stretch,
        is_example=point.is_example,
    )


def _part(part: Part, result: IndicatorResult) -> NamndFigures:
    return NamndFigures(
        namnd=part.namnd_code,
        name=part.namnd_name,
        figures=_figures(part.cells, result),
        reason=part.reason,
        comment=part.comment,
        forecast=_figure(part.forecast) if part.forecast else None,
        is_example=part.is_example,
    )
