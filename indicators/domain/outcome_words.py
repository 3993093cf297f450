"""What a cell says, in words: for the reporting nämnd's own eyes."""

from collections.abc import Mapping
from decimal import Decimal

from indicators.domain.checks import PER_CENT, SEXES, ValueInput, figure_of, figure_parts
from indicators.domain.disclosure import Audience, CellState, show
from indicators.domain.numbers import NO_BREAK_SPACE, format_number
from indicators.enums import Category, MissingReason
from indicators.models import Correction, IndicatorVersion

NOTHING = "–"


def outcome_text(definition: IndicatorVersion, cell: ValueInput) -> str:
    """What a cell says, in words: "64,3 % (9 av 14)", "Ja", "Uppgift saknas: …", or a dash.

    For the reporting nämnd's own eyes.
    """
    if cell.missing:
        return f"Uppgift saknas: {MissingReason(cell.missing).label.lower()}"
    if not cell.is_filled:
        return NOTHING
    if definition.is_yes_no:
        return "Ja" if cell.number else "Nej"
    parts, value = "", cell.number
    if cell.numerator is not None and cell.denominator is not None:
        parts = f"{format_number(cell.numerator)} av {format_number(cell.denominator)}"
        if not cell.denominator:
            return parts
        value = cell.numerator * definition.scale / cell.denominator
    shown = show(
        value=value,
        counts_people=definition.counts_people,
        audience=Audience.OWN_NAMND,
        numerator=cell.numerator,
        denominator=cell.denominator,
        decimals=1 if parts else None,
    )
    if shown.state is not CellState.VALUE:
        return shown.text
    text = with_unit(shown.text, definition)
    return f"{text} ({parts})" if parts else text


def rest_text(definition: IndicatorVersion, cells: Mapping[str, ValueInput]) -> str:
    """How much of the total is neither women's nor men's: "9", or "2 av 9" of a ratio."""
    said = []
    for part in figure_parts(definition):
        whole = figure_of(cells[Category.TOTAL], part) or Decimal(0)
        for sex in SEXES:
            whole -= figure_of(cells[sex], part) or 0 if sex in cells else 0
        said.append(format_number(whole))
    return " av ".join(said)


def with_unit(number: str, definition: IndicatorVersion) -> str:
    """ "68 %"; other units stand beside the name of the indicator."""
    return f"{number}{NO_BREAK_SPACE}%" if definition.unit == PER_CENT else number


def correction_text(definition: IndicatorVersion, was: Correction) -> str:
    """ "rättad 2025-06-03, var 12: fel kolumn lästes". For the reporting nämnd's own eyes."""
    before = outcome_text(
        definition,
        ValueInput(
            was.definition_id,
            was.category,
            number=was.number,
            numerator=was.numerator,
            denominator=was.denominator,
            missing=was.missing,
        ),
    )
    return f"rättad {was.corrected_on:%Y-%m-%d}, var {before}: {was.reason}"
