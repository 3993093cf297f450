"""Sentences about the follow-up that pages and files share, so that they say the same."""

from indicators.domain.disclosure import Cell
from indicators.domain.figures import IndicatorResult, Part, describe
from indicators.domain.method import EXAMPLE_NOTE as EXAMPLE_NOTE
from indicators.domain.method import as_of as as_of
from indicators.domain.method import method_notes as method_notes
from indicators.domain.method import period_in_text as period_in_text
from indicators.domain.method import protection_note as protection_note
from indicators.domain.numbers import NO_BREAK_SPACE, format_number
from indicators.domain.statuses import NamndStatus


def parts_of_ratio(cell: Cell) -> str:
    """ "17 av 25": what a shown ratio is made of; "" for everything else."""
    if not cell.is_value or cell.numerator is None or cell.denominator is None:
        return ""
    return f"{format_number(cell.numerator)} av {format_number(cell.denominator)}"


def comparison_text(result: IndicatorResult) -> str:
    """The earlier figure, the change, and which period it was; a line each."""
    comparison = result.comparison
    if comparison is None:
        return "–"
    if comparison.cell is None:
        return f"{comparison.change}\n{comparison.period_code}"
    corrected = " (rättad)" if comparison.cell.corrected_on else ""
    lines = [f"{describe(comparison.cell)}{corrected}", comparison.change]
    if comparison.cell.is_value:
        lines.append(_unbroken(f"{comparison.period_code}: {comparison.coverage.short}"))
    else:
        lines.append(comparison.period_code)
    return "\n".join(line for line in lines if line)


def deviation_text(one: NamndStatus) -> str:
    """Who deviates, why, and when it is to be done instead; "" for one that does not deviate."""
    if one.status is None or one.status.new_date is None:
        return ""
    name = one.namnd_name[:1].upper() + one.namnd_name[1:]
    said = " ".join(one.status.comment.split())
    mark = " (exempeldata)" if one.is_example else ""
    corrected = f" Rättad {one.corrected.on:%Y-%m-%d}." if one.corrected else ""
    return f"{name}: {said} Nytt datum {one.status.new_date:%Y-%m-%d}.{corrected}{mark}"


def target_text(result: IndicatorResult) -> str:
    """The target and whether it is met, a line each; "–" where the year has no target."""
    if result.target is None:
        return "–"
    lines = [format_number(result.target.value), result.target.verdict, result.target.change]
    lines.append("(exempel)" if result.target.is_example else "")
    return "\n".join(line for line in lines if line)


def part_text(part: Part) -> str:
    """Why a nämnd's figure is missing, what it expects of the year, and its comment."""
    forecast = f"Prognos för helåret {describe(part.forecast)}" if part.forecast else ""
    return ". ".join(text for text in (part.reason, forecast, part.comment) if text)


def _unbroken(text: str) -> str:
    """Text that stays on one line."""
    return text.replace(" ", NO_BREAK_SPACE)
