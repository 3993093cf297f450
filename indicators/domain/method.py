"""How the figures of a follow-up have come about, in words: for pages, files and fixed reports."""

from django.conf import settings

from indicators.domain.figures import Followup
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
        "ett litet tal annars skulle gå att räkna ut är andra uppgifter skyddade med det. Det som "
        "en fastställd version döljer förblir dolt, och det som har kommit till eller rättats "
        "sedan dess visas bara när ett litet tal inte går att räkna ut ur det och versionen "
        "tillsammans. Regeln är Samlads egen."
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
