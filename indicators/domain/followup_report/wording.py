"""Pieces of Swedish that the rule-based draft is put together from."""

from collections.abc import Sequence

from indicators.domain.disclosure import Cell
from indicators.domain.figures import IndicatorResult
from indicators.domain.grades import word
from indicators.domain.numbers import format_number


def listed(names: Sequence[str]) -> str:
    """ "Bromma, Farsta och Järva"."""
    if len(names) < 2:
        return "".join(names)
    *most, last = names
    return f"{', '.join(most)} och {last}"


def quoted(text: str) -> str:
    """Somebody's own words on one line, in quotation marks; those within it become single."""
    return f"”{one_line(text).translate(_WITHIN)}”"


_WITHIN = str.maketrans({"”": "’", "“": "’", '"': "’"})


def one_line(text: str) -> str:
    return " ".join(text.split())


def ended(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    return text if text.endswith((".", "!", "?", ".”", "!”", "?”")) else f"{text}."


def capital(text: str) -> str:
    """With a capital at the head of a sentence; the rest as it is written."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """A label as inside a sentence: "tertialrapport 1 2025"."""
    return text[:1].lower() + text[1:]


def namnder(count: int) -> str:
    """ "en nämnd", "sju nämnder"."""
    return f"{word(count)} {'nämnd' if count == 1 else 'nämnder'}"


def counted(count: int, one: str, many: str, *, one_word: str = "en") -> str:
    """ "ett mål", "fyra mål", "13 mål"."""
    return f"{one_word if count == 1 else word(count)} {one if count == 1 else many}"


def amount(number: str, unit: str) -> str:
    """A written number with its unit as in running text: "68 procent", "12 per 10 000 vuxna"."""
    if unit in ("%", "procent"):
        return f"{number} procent"
    if unit in ("", "antal", "ja/nej", "st"):
        return number
    return f"{number} {unit}"


def figure(cell: Cell, result: IndicatorResult) -> str:
    """A shown figure with its unit, and what a ratio is made of: "68 procent (17 av 25)"."""
    text = amount(cell.text, "%" if result.is_yes_no else result.unit)
    if cell.numerator is None or cell.denominator is None:
        return text
    return f"{text} ({format_number(cell.numerator)} av {format_number(cell.denominator)})"
