"""The register of indicators: real regional and national measures, each with its source.

Which goal they belong to and their names are the published ones; how a nämnd reports them and
what the target is are Samlad's own, and targets are marked as examples.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from desk.demo.programme import DISTRICTS, SLUG
from indicators.enums import (
    Accumulation,
    Aggregation,
    Direction,
    IndicatorKind,
    PeriodKind,
    PeriodState,
    Region,
)
from indicators.models import (
    Indicator,
    IndicatorResponsibility,
    IndicatorVersion,
    Period,
    ReferenceValue,
    Target,
)
from organisation.enums import NamndGroup
from organisation.models import Namnd
from programme.models import Goal

OJ = "Öppna jämförelser, Våld i nära relationer"
KOLADA = "Kolada"
STRATEGY = "Regional strategi 2020–2026"
HOUSING = "Boendeplan för våldsutsatta, dnr 3.1.1-432/2020"
STATUS = "Regional lägesrapport"

FIRST_YEAR, LAST_YEAR = 2021, 2025
OPEN_PERIOD = "2025-VB"
CLOSED_PERIOD = "2025-T2"
DAYS_LEFT = 5


@dataclass(frozen=True)
class DemoIndicator:
    code: str
    goals: tuple[int, ...]
    name: str
    aggregation: str
    source: str = ""
    kind: str = IndicatorKind.INDIKATOR
    unit: str = "antal"
    accumulation: str = Accumulation.YEAR_TO_DATE
    direction: str = Direction.HIGHER
    definition: str = ""
    scale: int = 1
    counts_people: bool = True
    split_by_sex: bool = True
    whole_numbers: bool = True
    parts: tuple[str, str] = ("", "")
    """What the numerator and the denominator of a ratio are."""
    same: tuple[str, str] = ("", "")
    """Of a ratio: codes of the indicators whose counts its numerator and denominator are."""
    responsible: str = DISTRICTS
    targets: dict[int, int] = field(default_factory=dict)
    """Example targets of the city, by year."""
    reference: tuple[tuple[str, int, int, bool], ...] = ()
    """(region, year, value, approximate)."""


def _yes_no(code: str, goal: int, name: str, definition: str, **fields) -> DemoIndicator:
    """A measure of how many nämnder answer yes, once a year."""
    fields.setdefault("source", OJ)
    return DemoIndicator(
        code,
        (goal,),
        name,
        Aggregation.SHARE_YES,
        unit="%",
        accumulation=Accumulation.YEARLY,
        definition=definition,
        counts_people=False,
        split_by_sex=False,
        **fields,
    )


def _share(code: str, goal: int, name: str, parts: tuple[str, str], **fields) -> DemoIndicator:
    """A share of people, by numerator and denominator."""
    return DemoIndicator(
        code, (goal,), name, Aggregation.RATIO, unit="%", scale=100, parts=parts, **fields
    )


INDICATORS = (
    _yes_no(
        "foraldraskapsstod",
        1,
        "Andel som erbjuder föräldraskapsstöd med våldsförebyggande inriktning",
        "Har ännu ingen datakälla och efterfrågas därför inte.",
        source=STRATEGY,
        kind=IndicatorKind.UTVECKLINGSINDIKATOR,
    ),
    _yes_no(
        "stodsamtal-med-beslut",
        2,
        "Andel där socialtjänsten erbjuder stödsamtal med biståndsbeslut till våldsutövare",
        "Ja, om nämnden den 31 december erbjuder sådana samtal.",
        targets={2024: 100, 2025: 100},
        reference=(
            (Region.LANET, 2019, 60, True),
            (Region.LANET, 2022, 80, True),
            (Region.LANET, 2023, 80, False),
        ),
    ),
    _yes_no(
        "stodsamtal-utan-beslut",
        2,
        "Andel där socialtjänsten erbjuder stödsamtal utan biståndsbeslut till våldsutövare",
        "Ja, om nämnden den 31 december erbjuder sådana samtal.",
        targets={2024: 90, 2025: 90},
        reference=(
            (Region.LANET, 2019, 56, False),
            (Region.LANET, 2022, 74, False),
            (Region.LANET, 2023, 70, False),
        ),
    ),
    _share(
        "fullfoljd-insats",
        2,
        "Andel våldsutövare som fullföljt insats av dem som identifierats i socialtjänsten",
        ("Våldsutövare som fullföljt insatsen", "Våldsutövare som identifierats"),
        source=STRATEGY,
        kind=IndicatorKind.UTVECKLINGSINDIKATOR,
        definition="Har ännu ingen datakälla och efterfrågas därför inte.",
    ),
    _yes_no(
        "rutin-vid-indikation",
        3,
        "Andel med aktuell rutin vid indikation på att en vuxen utsatts för våld av närstående",
        "Ja, om rutinen är skriven och har gåtts igenom det senaste året.",
        targets={2023: 100, 2024: 100, 2025: 100},
        reference=((Region.LANET, 2021, 54, False), (Region.LANET, 2022, 76, False)),
    ),
    DemoIndicator(
        "aktualiserade",
        (4,),
        "Våldsutsatta vuxna som aktualiserats",
        Aggregation.SUM,
        KOLADA,
        direction=Direction.NEUTRAL,
        definition="Varje person räknas en gång per år.",
    ),
    DemoIndicator(
        "aktualiserade-per-10-000",
        (4,),
        "Våldsutsatta vuxna som aktualiserats, per 10 000 vuxna",
        Aggregation.RATIO,
        KOLADA,
        unit="per 10 000 vuxna",
        scale=10_000,
        parts=("Aktualiserade vuxna", "Vuxna invånare"),
        same=("aktualiserade", ""),
        direction=Direction.NEUTRAL,
        split_by_sex=False,
        definition="Varje person räknas en gång per år.",
    ),
    DemoIndicator(
        "fatt-insats",
        (4,),
        "Våldsutsatta vuxna som fått minst en insats",
        Aggregation.SUM,
        KOLADA,
        direction=Direction.NEUTRAL,
        definition="Varje person räknas en gång per år, hur många insatser det än blir.",
    ),
    DemoIndicator(
        "fatt-insats-per-10-000",
        (4,),
        "Våldsutsatta vuxna som fått minst en insats, per 10 000 vuxna",
        Aggregation.RATIO,
        KOLADA,
        unit="per 10 000 vuxna",
        scale=10_000,
        parts=("Vuxna som fått insats", "Vuxna invånare"),
        same=("fatt-insats", "aktualiserade-per-10-000"),
        direction=Direction.NEUTRAL,
        split_by_sex=False,
        definition="Varje person räknas en gång per år, hur många insatser det än blir.",
    ),
    DemoIndicator(
        "mal-uppnatt",
        (4,),
        "Ärenden avslutade där målet med insatserna nåtts helt eller delvis",
        Aggregation.SUM,
        KOLADA,
        definition="Räknas när ärendet avslutas.",
    ),
    _yes_no(
        "rutin-skolgang",
        4,
        "Andel med skriftlig rutin för skolgång för barn i skyddat boende",
        "Ja, om rutinen finns skriven den 31 december.",
        targets={2024: 100, 2025: 100},
        reference=(
            (Region.RIKET, 2017, 14, False),
            (Region.RIKET, 2020, 21, False),
            (Region.RIKET, 2021, 24, False),
            (Region.RIKET, 2022, 28, False),
            (Region.RIKET, 2023, 28, False),
            (Region.RIKET, 2024, 34, False),
        ),
    ),
    _share(
        "akut-boende",
        4,
        "Andel våldsutsatta som fått en tillfredsställande akut boendelösning",
        ("Fick en tillfredsställande lösning", "Behövde en akut lösning"),
        source=HOUSING,
        definition="Boendeplanens eget utfall under sin mätperiod var 90 procent.",
        targets={2023: 90, 2024: 92, 2025: 95},
    ),
    _share(
        "langsiktigt-boende",
        4,
        "Andel våldsutsatta med långsiktigt behov som fått ett tillfredsställande boende",
        ("Fick ett tillfredsställande boende", "Hade ett långsiktigt behov"),
        source=HOUSING,
        definition="Boendeplanens eget utfall under sin mätperiod var 68 procent.",
        targets={2023: 70, 2024: 72, 2025: 75},
    ),
    DemoIndicator(
        "kontaktforbud",
        (5,),
        "Andel beviljade av ansökta kontaktförbud",
        Aggregation.LATEST,
        STATUS,
        unit="%",
        accumulation=Accumulation.YEARLY,
        direction=Direction.NEUTRAL,
        definition="Socialnämnden hämtar uppgiften och för in den som andel.",
        counts_people=False,
        split_by_sex=False,
        whole_numbers=False,
        responsible="socialnamnden",
        reference=(
            (Region.LANET, 2019, 25, False),
            (Region.LANET, 2020, 25, False),
            (Region.LANET, 2021, 25, False),
            (Region.LANET, 2022, 28, False),
        ),
    ),
    _yes_no(
        "samlad-kompetensplan",
        6,
        "Andel med samlad plan för handläggarnas kompetensutveckling",
        "Ja, om planen finns den 31 december. I Öppna jämförelser senast mätt 2021.",
        targets={2025: 100},
    ),
    _yes_no(
        "resultat-till-utveckling",
        6,
        "Andel som använt resultat från systematisk uppföljning till verksamhetsutveckling",
        "Ja, om minst en förändring under året bygger på sådana resultat.",
        targets={2025: 80},
    ),
    _yes_no(
        "bedomningsmetod",
        7,
        "Andel där socialtjänsten använder minst en standardiserad bedömningsmetod vid utredning "
        "av våldsutsatta vuxnas behov",
        "Ja, om metoden används i utredningar den 31 december.",
        targets={2024: 100, 2025: 100},
    ),
    DemoIndicator(
        "origo-utbildning",
        (1, 2, 3, 4, 5, 6, 7),
        "Antal medarbetare som gått Origos utbildning om hedersrelaterat våld och förtryck",
        Aggregation.SUM,
        kind="",
        definition="Varje medarbetare räknas en gång per år.",
        split_by_sex=False,
        responsible=NamndGroup.ALLA,
        targets={2022: 350, 2023: 400, 2024: 400, 2025: 420},
    ),
)

# Usual handling, as an example: (month, day) that a report is due; verksamhetsberättelsen the
# year after.
WHY_LOCKED = {
    PeriodKind.T1: "Exempel: tertialrapport 1 {year} är redovisad till kommunstyrelsen.",
    PeriodKind.T2: "Exempel: tertialrapport 2 {year} är redovisad till kommunstyrelsen.",
    PeriodKind.VB: "Exempel: årsredovisningen för {year} är beslutad.",
}
USUALLY_DUE = {PeriodKind.T1: (5, 21), PeriodKind.T2: (9, 19), PeriodKind.VB: (2, 12)}


def load_indicators() -> int:
    """The register with definitions, responsibilities, targets and published series."""
    goals = {goal.number: goal for goal in Goal.objects.filter(programme__slug=SLUG)}
    boards = {namnd.code: namnd for namnd in Namnd.objects.all()}
    for order, given in enumerate(INDICATORS, start=1):
        indicator, _ = Indicator.objects.update_or_create(
            code=given.code,
            defaults={
                "kind": given.kind,
                "source": given.source,
                "is_example": not given.source,
                "order": order * 10,
                "numerator_same_as_id": given.same[0] or None,
                "denominator_same_as_id": given.same[1] or None,
            },
        )
        if not indicator.goal_links.exists():
            indicator.goals.set([goals[number] for number in given.goals])
        _define(indicator, given)
        namnd = boards.get(given.responsible)
        named = {"namnd": namnd, "group": "" if namnd else given.responsible}
        if not indicator.responsibilities.filter(**named).exists():
            IndicatorResponsibility.objects.create(indicator=indicator, **named)
        for year, target in given.targets.items():
            Target.objects.update_or_create(
                indicator=indicator,
                year=year,
                namnd=None,
                valid_from=None,
                defaults={"value": Decimal(target), "is_example": True},
            )
        for region, year, value, approximate in given.reference:
            ReferenceValue.objects.update_or_create(
                indicator=indicator,
                region=region,
                year=year,
                defaults={
                    "value": Decimal(value),
                    "approximate": approximate,
                    "source": given.source,
                },
            )
    return len(INDICATORS)


def _define(indicator: Indicator, given: DemoIndicator) -> None:
    IndicatorVersion.objects.update_or_create(
        indicator=indicator,
        number=1,
        defaults={
            "valid_from": dt.date(FIRST_YEAR, 1, 1),
            "name": given.name,
            "definition": given.definition,
            "unit": given.unit,
            "scale": given.scale,
            "aggregation": given.aggregation,
            "accumulation": given.accumulation,
            "direction": given.direction,
            "counts_people": given.counts_people,
            "split_by_sex": given.split_by_sex,
            "whole_numbers": given.whole_numbers,
            "numerator_label": given.parts[0],
            "denominator_label": given.parts[1],
        },
    )


def load_periods(today: dt.date) -> int:
    """T1, T2 and VB of every year. A period that is there keeps its state.

    The open one is due a few days after `today`, each time anew, so that the demo never goes
    stale.
    """
    codes = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for kind in PeriodKind:
            period = Period.describe(year, kind)
            codes.append(period.code)
            there = Period.objects.filter(code=period.code).first()
            if there is None:
                month, day = USUALLY_DUE[kind]
                period.due_on = dt.date(year + (kind == PeriodKind.VB), month, day)
                period.state = {
                    OPEN_PERIOD: PeriodState.OPPEN,
                    CLOSED_PERIOD: PeriodState.STANGD,
                }.get(period.code, PeriodState.LAST)
                if period.state == PeriodState.LAST:
                    period.lock_reason = WHY_LOCKED[kind].format(year=year)
                period.save()
    Period.objects.filter(code=OPEN_PERIOD).update(due_on=today + dt.timedelta(days=DAYS_LEFT))
    return len(codes)
