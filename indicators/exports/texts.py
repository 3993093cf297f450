"""Sentences about the follow-up that pages and files share, so that they say the same."""

from django.conf import settings

from indicators.domain.disclosure import Cell
from indicators.domain.figures import Followup, IndicatorResult, Part, describe
from indicators.domain.numbers import NO_BREAK_SPACE, format_number
from indicators.domain.statuses import NamndStatus
from papers.documents.model import format_date_long

EXAMPLE_NOTE = "Exempeldata: siffrorna i den här uppföljningen är påhittade."


def protection_note() -> str:
    """What "skyddad uppgift" means, with the limit that is set."""
    most = settings.SMALL_COUNT_MAX
    if most == 0:
        return "Inga små tal döljs i den här installationen."
    span = "1" if most == 1 else f"1–{most}"
    return (
        f"”Skyddad uppgift” betyder att det gäller så få personer ({span}) att någon skulle kunna "
        "pekas ut. En andel är skyddad också när de personer som den räknas på, de som ingår i "
        "den eller de som inte ingår är så få. Också skillnaden mellan två tertial räknas. Där "
        "ett litet tal annars skulle gå att räkna ut är andra uppgifter skyddade med det. Regeln "
        "är Samlads egen."
    )


def method_notes(followup: Followup) -> tuple[str, ...]:
    """How the figures have come about, in the order that a reader asks."""
    notes = [
        "Bara godkända rapporter räknas. En rapport som har öppnats igen räknas med det som var "
        "godkänt tills en ny version har godkänts.",
        "En andel är summan av nämndernas täljare genom summan av deras nämnare, aldrig ett "
        "medelvärde av procenttal. En andel av nämnder räknas på dem som har svarat.",
        "Det som räknas hittills i år jämförs med samma slags rapport året före. Tertialrapport 2 "
        "innehåller tertialrapport 1, så perioder läggs aldrig ihop. Det som mäts vid en tidpunkt "
        "jämförs med perioden före.",
        "”Uppgift saknas” är inte noll: nämnden har inte lämnat någon uppgift, eller har ingen "
        "godkänd rapport.",
        "Läget för en aktivitet är det som varje ansvarig nämnd själv har angett. Ett åtagande är "
        "en aktivitet som en nämnd ansvarar för.",
        protection_note(),
    ]
    if followup.includes_companies:
        notes.append("Med nämnder menas också bolagsstyrelser.")
    return tuple(notes)


def period_in_text(followup: Followup) -> str:
    """ "tertialrapport 2 2025", as inside a sentence."""
    return followup.period_label[:1].lower() + followup.period_label[1:]


def as_of(followup: Followup) -> str:
    """Up to which approval the figures go; "" when nothing is approved."""
    if followup.approved_until is None:
        return ""
    return f"Den senast godkända rapporten är från {format_date_long(followup.approved_until)}."


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
    lines = [format_number(result.target.value), result.target.verdict]
    lines.append("(exempel)" if result.target.is_example else "")
    return "\n".join(line for line in lines if line)


def part_text(part: Part) -> str:
    """Why a nämnd's figure is missing, what it expects of the year, and its comment."""
    forecast = f"Prognos för helåret {describe(part.forecast)}" if part.forecast else ""
    return ". ".join(text for text in (part.reason, forecast, part.comment) if text)


def _unbroken(text: str) -> str:
    """Text that stays on one line."""
    return text.replace(" ", NO_BREAK_SPACE)
