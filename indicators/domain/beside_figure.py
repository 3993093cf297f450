"""What the city's figure for an indicator is read beside, one by one, with why where it is not.

The period before, the same period of the year before, the target of the year, and published
values. Everything here comes from a result that has passed disclosure control.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.domain.disclosure import Cell, CellState
from indicators.domain.figures import IndicatorResult, Point, describe
from indicators.domain.numbers import format_number

OWN = "Nämndernas godkända rapporter"
LEAST_BASE = 30
"""A share of fewer than this moves much by one person."""


@dataclass(frozen=True)
class Beside:
    """One thing to read a figure beside."""

    what: str
    """ "Perioden före, 2024-VB"."""
    figure: str
    said: str
    """The change, or why the two are not compared."""
    source: str = ""


def read_beside(result: IndicatorResult) -> tuple[Beside, ...]:
    """In a fixed order; what there is nothing of is left out."""
    return tuple(_earlier(result)) + tuple(_yardsticks(result))


def _earlier(result: IndicatorResult) -> Iterator[Beside]:
    now = result.series[-1]
    before = result.series[-2] if len(result.series) > 1 else None
    year_before = next(
        (p for p in result.series if p.kind == now.kind and p.year == now.year - 1), None
    )
    compared = result.comparison.period_code if result.comparison else ""
    for point, what in ((before, "Perioden före"), (year_before, "Samma period året före")):
        if point is None or (point is before and point is year_before):
            continue
        said = _said(result, now, point, compared)
        yield Beside(f"{what}, {point.period_code}", _figure(point), said, OWN)
    if before is not None and before is year_before:
        said = _said(result, now, before, compared)
        yield Beside(f"Samma period året före, {before.period_code}", _figure(before), said, OWN)


def _figure(point: Point) -> str:
    return f"{describe(point.cells.total)} ({point.coverage.short})"


def _said(result: IndicatorResult, now: Point, then: Point, compared: str) -> str:
    if then.stretch != now.stretch:
        return "Jämförs inte: definitionen har ändrats."
    if then.period_code == compared and result.comparison:
        return result.comparison.change[:1].upper() + result.comparison.change[1:]
    if then not in result.trend:
        return "Jämförs inte: det som räknas hittills i år läses mot samma slags rapport."
    return ""


def _yardsticks(result: IndicatorResult) -> Iterator[Beside]:
    target = result.target
    if target is not None:
        mark = " (exempel)" if target.is_example else ""
        said = f"{target.verdict[:1].upper()}{target.verdict[1:]}"
        changed = f"{said}, {target.change}" if said and target.change else said or target.change
        yield Beside(
            f"Årsmål {target.year}{mark}", format_number(target.value), changed, target.source
        )
    latest = {}
    for reference in result.references:
        latest[reference.region] = reference
    for reference in latest.values():
        about = "cirka " if reference.approximate else ""
        yield Beside(
            f"{reference.region} {reference.year}",
            f"{about}{format_number(reference.value)}",
            "",
            reference.source,
        )


# --- nämnd against nämnd --------------------------------------------------------------------------


@dataclass(frozen=True)
class Caution:
    """Why nämnder should be compared with care, or not at all."""

    sentences: tuple[str, ...]
    small: tuple[str, ...]
    """Names of the nämnder whose own figure rests on few."""


def cautions(result: IndicatorResult) -> Caution:
    """What a reader should know before setting one nämnd against another."""
    shown = [part for part in result.parts if part.cells.total.is_value]
    small = tuple(part.namnd_name for part in shown if _rests_on_few(part.cells.total))
    hidden = sum(part.cells.total.state is CellState.PROTECTED for part in result.parts)
    sentences = []
    is_ratio = any(part.cells.total.denominator is not None for part in shown)
    if not result.is_yes_no and not is_ratio and shown:
        sentences.append(
            "Ett antal säger inte hur vanligt något är: nämnderna är olika stora, och en del "
            "upptäcker mer än andra."
        )
    if small:
        sentences.append(
            f"Små underlag, färre än {LEAST_BASE}: {', '.join(small)}. Där kan enstaka personer "
            "ändra värdet mycket, så jämför med försiktighet."
        )
    if hidden:
        many = "en nämnds uppgift" if hidden == 1 else f"{hidden} nämnders uppgifter"
        sentences.append(f"Skyddat är {many}: de saknas i diagrammet, och är inte noll.")
    missing = sum(part.cells.total.state is CellState.MISSING for part in result.parts)
    if missing:
        many = "en nämnd" if missing == 1 else f"{missing} nämnder"
        sentences.append(f"Uppgift saknas från {many}.")
    return Caution(tuple(sentences), small)


def _rests_on_few(cell: Cell) -> bool:
    base = cell.denominator if cell.denominator is not None else None
    return base is not None and base < LEAST_BASE
