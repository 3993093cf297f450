"""What the API answers with, beside the follow-up itself (indicators.exports.followup_json)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from indicators.enums import Category, PeriodState
from indicators.exports.followup_json import STATES
from indicators.exports.shapes import said
from papers.enums import PaperState
from remisser.enums import RemissKind

CATEGORIES = tuple(Category.values)


@dataclass(frozen=True)
class ProgrammeSummary:
    """Ett program i listan."""

    slug: str = said("Programmets kod, som i adressen.", example="vald-2021-2025")
    name: str = said("Hela namnet.")
    short_name: str = said("Kort namn.")
    first_year: int = said("Första året.")
    last_year: int = said("Sista året.")
    is_reference: bool = said("Någon annans program, att jämföra med.")
    goals: int = said("Antal mål; delmål räknas inte.")
    source: str = said("Källa.")


@dataclass(frozen=True)
class ResponsibleNamnd:
    """Vem som ansvarar: en nämnd, eller en grupp av nämnder."""

    name: str = said("Nämnden eller gruppen.")
    takes_part: bool = said("Medverkar utan att ansvara.")
    namnder: tuple[str, ...] = said("Koder för nämnderna i gruppen i dag; tom för en nämnd.")


@dataclass(frozen=True)
class ProgrammeActivity:
    """En aktivitet i programmet."""

    code: str = said("Aktivitetens kod.")
    text: str = said("I dagens lydelse.")
    source: str = said("Källa.")
    is_example: bool = said("Samlads exempel, inte programmets ord.")
    holds: bool = said("Gäller i dag.")
    responsible: tuple[ResponsibleNamnd, ...] = said("Vilka som ansvarar i dag.")


@dataclass(frozen=True)
class ProgrammeGoal:
    """Ett mål eller delmål."""

    code: str = said("Målets nummer; ”4.2” är ett delmål.")
    label: str = said("”Mål 4”.")
    text: str = said("I dagens lydelse; tom när den inte är känd.")
    is_example: bool = said("Samlads exempel, inte programmets ord.")
    activities: tuple[ProgrammeActivity, ...] = said("Målets aktiviteter.")


@dataclass(frozen=True)
class ProgrammeContents:
    """Ett program med mål och aktiviteter."""

    slug: str = said("Programmets kod.")
    name: str = said("Hela namnet.")
    short_name: str = said("Kort namn.")
    first_year: int = said("Första året.")
    last_year: int = said("Sista året.")
    is_reference: bool = said("Någon annans program, att jämföra med.")
    vision: str = said("Visionen.")
    source: str = said("Källa.")
    as_of: dt.date = said("Dagen som texter och ansvar gäller.")
    violence_types: tuple[str, ...] = said("Våldstyper.")
    perspectives: tuple[str, ...] = said("Perspektiv.")
    goals: tuple[ProgrammeGoal, ...] = said("Mål, var och ett före sina delmål.")


@dataclass(frozen=True)
class GoalReference:
    """Ett mål som en indikator mäter."""

    programme: str = said("Programmets kod.")
    code: str = said("Målets nummer.")


@dataclass(frozen=True)
class Definition:
    """En definition av en indikator, från den dag den gäller."""

    number: int = said("Definitionens nummer.")
    valid_from: dt.date = said("Gäller från.")
    name: str = said("Namn.")
    definition: str = said("Vad som räknas.")
    unit: str = said("Enhet.")
    scale: int = said("Vad en kvot räknas per: 100 för procent.")
    aggregation: str = said("Hur nämndernas uppgifter läggs samman.")
    accumulation: str = said("Hur perioder förhåller sig.")
    direction: str = said("Åt vilket håll som är bättre.")
    counts_people: bool = said("Räknar personer: små tal skyddas.")
    split_by_sex: bool = said("Delas på kön.")
    numerator: str = said("Vad täljaren är.")
    denominator: str = said("Vad nämnaren är.")
    breaks_series: bool = said("Värden före och efter jämförs inte.")
    reason: str = said("Varför definitionen ändrades.")


@dataclass(frozen=True)
class CityTarget:
    """Stadens årsmål ett år."""

    year: int = said("Året.")
    value: Decimal = said("Målvärdet.")
    valid_from: dt.date | None = said("Från när, om det ändrades under året.")
    decision: str = said("Enligt beslut.")
    source: str = said("Källa.")
    is_example: bool = said("Påhittat.")


@dataclass(frozen=True)
class IndicatorInRegister:
    """En indikator med sina definitioner."""

    code: str = said("Indikatorns kod.")
    name: str = said("Namn i dag.")
    unit: str = said("Enhet i dag.")
    kind: str = said("I eller UI (utvecklingsindikator, utan datakälla än).")
    source: str = said("Källa.")
    is_example: bool = said("Samlads exempel.")
    goals: tuple[GoalReference, ...] = said("Mål som den mäter i dag.")
    definitions: tuple[Definition, ...] = said("Alla definitioner, äldst först.")
    targets: tuple[CityTarget, ...] = said("Stadens årsmål.")


@dataclass(frozen=True)
class PeriodInCalendar:
    """En period som nämnderna rapporterar."""

    code: str = said("Periodens kod.", example="2025-T1")
    label: str = said("Namn.")
    year: int = said("Året.")
    starts_on: dt.date = said("Första dagen.")
    ends_on: dt.date = said("Sista dagen.")
    due_on: dt.date | None = said("När rapporten ska vara inlämnad.")
    state: str = said("Periodens läge.", one_of=PeriodState.values)


@dataclass(frozen=True)
class LongValue:
    """En siffra i lång form: period, indikator, nämnd (eller hela staden) och fördelning."""

    period: str = said("Periodens kod.")
    indicator: str = said("Indikatorns kod.")
    name: str = said("Indikatorns namn.")
    unit: str = said("Enhet.")
    goals: tuple[str, ...] = said("Mål, som ”vald-2021-2025/4”.")
    namnd: str | None = said("Nämndens kod; null för hela staden.")
    namnd_name: str = said("Nämndens namn, eller ”Staden”.")
    category: str = said("Alla, kvinnor eller män.", one_of=CATEGORIES)
    state: str = said("Som i uppföljningen.", one_of=tuple(STATES.values()))
    value: Decimal | None = said("Utfallet; andelar i procent som 0–100.")
    numerator: Decimal | None = said("En andels täljare.")
    denominator: Decimal | None = said("En andels nämnare.")
    text: str = said("Siffran eller orden som står på sidan.")
    is_example: bool = said("Påhittade siffror ingår.")


@dataclass(frozen=True)
class RemissSummary:
    """En remiss i registret."""

    slug: str = said("Remissens adress.", example="ks-2023-553")
    dnr: str = said("Remittentens diarienummer.", example="KS 2023/553")
    title: str = said("Rubrik.")
    kind: str | None = said("Slag; null när det inte är känt.", one_of=RemissKind.values)
    remitter: str = said("Remittent.")
    received_on: dt.date | None = said("När den kom in.")
    instances: int = said("Antal remissinstanser.")
    begun: int = said("Hur många svar som är påbörjade i Samlad.")
    proposals: int = said("Antal att-satser.")
    is_example: bool = said("Påhittad.")


@dataclass(frozen=True)
class RemissProposal:
    """En att-sats."""

    number: int = said("Nummer.")
    text: str = said("Text.")
    abridged: bool = said("Återgiven i korthet.")


@dataclass(frozen=True)
class RemissInstance:
    """En remissinstans: när svaret ska vara inne och hur långt det har kommit, inget mer."""

    name: str = said("Namnet, som det står i remissen.")
    namnd: str | None = said("Nämndens kod; null utanför staden.")
    due_on: dt.date | None = said("När svaret ska vara inne.")
    state: str | None = said(
        "Svarets läge; null när det inte är påbörjat.", one_of=PaperState.values
    )
    is_late: bool = said("Datumet har gått och svaret är inte klart.")


@dataclass(frozen=True)
class RemissContents:
    """En remiss med att-satser och remissinstanser."""

    slug: str = said("Remissens adress.")
    dnr: str = said("Remittentens diarienummer.")
    title: str = said("Rubrik.")
    kind: str | None = said("Slag; null när det inte är känt.", one_of=RemissKind.values)
    remitter: str = said("Remittent.")
    received_on: dt.date | None = said("När den kom in.")
    is_example: bool = said("Påhittad.")
    proposals: tuple[RemissProposal, ...] = said("Att-satserna.")
    instances: tuple[RemissInstance, ...] = said("Remissinstanserna.")
