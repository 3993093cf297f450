"""One cell of a file, as the text that its field would hold."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from indicators.domain.importing.fields import Kind, ReportField, same
from indicators.domain.loading.tables import fold
from indicators.domain.numbers import (
    MAX_DECIMALS,
    NumberNotUnderstood,
    format_number,
    parse_number,
)
from trace.uploads.workbook import Cell

_YES = {"ja": "1", "nej": "0", "1": "1", "0": "0", "sant": "1", "falskt": "0"}


class NotUnderstood(ValueError):
    """The cell cannot be read as what its field holds; the message says why, in Swedish."""


def text_in(field: ReportField, cell: Cell) -> str:
    """What the field would hold; "" for an empty text. Raises NotUnderstood."""
    if cell.kind == "error":
        raise NotUnderstood(f"Cellen visar felet {cell.text}. Skriv värdet i stället.")
    match field.kind:
        case Kind.NUMBER:
            return number_text(cell)
        case Kind.YES_NO:
            return yes_no_text(cell)
        case Kind.CHOICE:
            return choice_text(cell, dict(field.choices))
        case Kind.DAY:
            return day_text(cell)
    return same(cell.text)


def number_text(cell: Cell) -> str:
    """A number in a cell, typed as one or as text that the form would take."""
    number = number_in(cell)
    return "" if number is None else format_number(number)


def number_in(cell: Cell) -> Decimal | None:
    """The number in a cell; None for an empty text. Raises NotUnderstood."""
    if cell.kind == "date":
        raise NotUnderstood(
            f"Cellen innehåller ett datum ({cell.text}), inte ett tal. Skriv talet på nytt, och "
            "välj formatet Allmänt om Excel gör om det till ett datum igen."
        )
    if cell.kind == "bool":
        raise NotUnderstood("Cellen innehåller SANT eller FALSKT, inte ett tal. Skriv talet.")
    if cell.kind == "error":
        raise NotUnderstood(f"Cellen visar felet {cell.text}. Skriv värdet i stället.")
    if cell.kind != "number":
        text = same(cell.text)
        try:
            return parse_number(text) if text else None
        except NumberNotUnderstood as refusal:
            raise NotUnderstood(str(refusal)) from refusal
    if cell.is_per_cent:
        shown = format_number(Decimal(cell.text) * 100)
        raise NotUnderstood(
            f"Cellen visar {shown} % men innehåller {format_number(Decimal(cell.text))}. "
            f"Välj formatet Allmänt och skriv talet utan procenttecken, till exempel {shown}."
        )
    # A number is a number: the signs of its text are Excel's own, never a grouping of somebody's.
    number = Decimal(cell.text)
    if abs(number) < 10**15 and number != round(number, MAX_DECIMALS):
        raise NotUnderstood(
            f"Talet får ha högst {MAX_DECIMALS} decimaler. Cellen innehåller "
            f"{format_number(number)}. Avrunda det, till exempel till "
            f"{format_number(round(number, MAX_DECIMALS))}."
        )
    try:
        return parse_number(f"{number:f}")
    except NumberNotUnderstood as refusal:
        raise NotUnderstood(str(refusal)) from refusal


def yes_no_text(cell: Cell) -> str:
    """ "1" or "0". Raises NotUnderstood."""
    text = same(cell.text)
    if text and text.casefold() not in _YES:
        raise NotUnderstood(f"Svara ja eller nej. Nu står det ”{_cut(text)}”.")
    return _YES[text.casefold()] if text else ""


def choice_text(cell: Cell, choices: Mapping[str, str]) -> str:
    """The value of the choice whose words, or value, stand in the cell. Raises NotUnderstood."""
    text = same(cell.text)
    if not text:
        return ""
    for value, words in choices.items():
        if fold(text) in (fold(value), fold(words)):
            return value
    listed = ", ".join(choices.values())
    raise NotUnderstood(f"”{_cut(text)}” finns inte bland det som kan väljas: {listed}.")


def day_text(cell: Cell) -> str:
    """A day as 2025-09-30. Raises NotUnderstood."""
    text = same(cell.text)
    if not text:
        return ""
    try:
        return dt.datetime.strptime(text[:20], "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day
    except ValueError as mistake:
        raise NotUnderstood(
            f"”{_cut(text)}” är inte ett datum. Skriv år, månad och dag, till exempel 2025-09-30."
        ) from mistake


def _cut(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
