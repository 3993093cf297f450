"""Made-up but plausible outcomes, the same at every loading.

What is random is seeded by nämnd, indicator and year. Within a year everything is year to date:
tertial 2 contains tertial 1, since each is the floor of the same year's whole times a growing
part.
"""

import datetime as dt
import random
from decimal import Decimal
from functools import cache

from indicators.domain.checks import asks_rest
from indicators.enums import ActivityState, Aggregation, Category, Grade, MissingReason, PeriodKind
from indicators.models import (
    ActivityStatus,
    GoalGrade,
    IndicatorVersion,
    Period,
    ReportVersion,
    Value,
)
from organisation.enums import NamndKind
from organisation.models import Namnd
from programme.models import Activity, Goal

FIRST_YEAR = 2021
# How much of a year has passed when a report ends.
PART_OF_YEAR = {PeriodKind.T1: 0.31, PeriodKind.T2: 0.64, PeriodKind.VB: 1.0}
# A successor goes on where its predecessors were.
MADE_OF = {
    "jarva": ("rinkeby-kista", "spanga-tensta"),
    "norra-innerstaden": ("norrmalm", "ostermalm"),
}
GIVES_FORECAST = 0.6
MISSING_OFTEN = 0.05
DEVIATES_OFTEN = 0.06
# Adults, in round example figures: no statistics are behind them.
ADULTS = (28_000, 96_000)
# Share of people in a year that the count of people is for.
PEOPLE = {
    "aktualiserade": 1.0,
    "aktualiserade-per-10-000": 1.0,
    "fatt-insats": 0.72,
    "fatt-insats-per-10-000": 0.72,
    "mal-uppnatt": 0.41,
}
# What share of those in need got it, and how large a part of all needed it.
HOUSING = {"akut-boende": (0.9, 0.45), "langsiktigt-boende": (0.68, 0.3)}
# How likely a yes is in the first year; it grows.
YES = {
    "stodsamtal-med-beslut": 0.6,
    "stodsamtal-utan-beslut": 0.55,
    "rutin-vid-indikation": 0.55,
    "rutin-skolgang": 0.2,
    "samlad-kompetensplan": 0.4,
    "resultat-till-utveckling": 0.3,
    "bedomningsmetod": 0.65,
}


def _random(*about: object) -> random.Random:
    return random.Random("|".join(str(part) for part in about))  # noqa: S311 - demo figures


@cache
def people_in_year(code: str, year: int) -> int:
    """How many people a nämnd meets in a year: a walk up and down from the first year."""
    if code in MADE_OF:
        return sum(people_in_year(part, year) for part in MADE_OF[code])
    people = float(_random(code, "people").choice((12, 26, 75, 110, 150, 190, 240, 310)))
    for passed in range(FIRST_YEAR + 1, year + 1):
        people *= _random(code, "people", passed).uniform(0.86, 1.22)
    return round(people)


@cache
def adults(code: str, year: int) -> int:
    """Adult inhabitants of a stadsdel, as an example."""
    if code in MADE_OF:
        return sum(adults(part, year) for part in MADE_OF[code])
    start = _random(code, "adults").randrange(*ADULTS, 1_000)
    return start + 400 * (year - FIRST_YEAR)


def sends_report(namnd_code: str, period_code: str) -> bool:
    """Whether a nämnd that is little concerned sent its report: most did, most of the time."""
    return _random(namnd_code, period_code, "sends").random() < 0.8


def value_of(
    namnd: Namnd, definition: IndicatorVersion, period: Period, version: ReportVersion
) -> list[Value]:
    """The cells that the nämnd reports for an indicator: an outcome, or why there is none."""
    code = definition.indicator.code
    total = Value(version=version, definition=definition, category=Category.TOTAL)
    # A count and the same count per inhabitant are known, or unknown, together.
    base = code.removesuffix("-per-10-000")
    chance = _random(namnd.code, base, period.code, "missing")
    if chance.random() < MISSING_OFTEN:
        total.missing = chance.choice((MissingReason.FINNS_INTE, MissingReason.MATS_INTE))
        total.comment = chance.choice(MISSING_COMMENTS)
        return [total]
    if definition.aggregation == Aggregation.SHARE_YES:
        total.number = Decimal(_says_yes(namnd.code, code, period.year))
        return [total]
    if definition.aggregation == Aggregation.LATEST:
        percent = 23.5 + _random(code, period.year).randrange(0, 60) / 10
        total.number = Decimal(str(round(percent, 1)))
        return [total]
    parts = _Parts(namnd, code, period)
    if definition.aggregation == Aggregation.RATIO:
        total.numerator, total.denominator = parts.numerator(1.0), parts.denominator(1.0)
    else:
        total.number = parts.numerator(1.0)
        if period.kind != PeriodKind.VB and chance.random() < GIVES_FORECAST:
            # As if the rest of the year went on as it has begun.
            total.forecast = Decimal(round(float(total.number) / parts.so_far))
    cells = [total]
    if definition.split_by_sex:
        women = _random(namnd.code, "women").uniform(0.78, 0.92)
        for category, share in ((Category.KVINNOR, women), (Category.MAN, 1 - women)):
            cell = Value(version=version, definition=definition, category=category)
            if definition.aggregation == Aggregation.RATIO:
                cell.numerator, cell.denominator = parts.numerator(share), parts.denominator(share)
            else:
                cell.number = parts.numerator(share)
            cells.append(cell)
        if definition.aggregation == Aggregation.RATIO:
            _leave_a_part_of_its_whole(total, cells[1:])
        if asks_rest(definition):
            total.sex_unknown = any(
                sum(getattr(cell, part) or 0 for cell in cells[1:]) < (getattr(total, part) or 0)
                for part in ("number", "numerator", "denominator")
            )
    return cells


def _leave_a_part_of_its_whole(total: Value, sexes: list[Value]) -> None:
    """Rounded down, more of the numerator than of the denominator may be left without a sex."""
    above, below = (
        getattr(total, part) - sum(getattr(cell, part) for cell in sexes)
        for part in ("numerator", "denominator")
    )
    too_many = max(above - below, Decimal(0))
    for cell in sexes:
        had = cell.numerator or Decimal(0)
        added = min(too_many, (cell.denominator or Decimal(0)) - had)
        cell.numerator = had + added
        too_many -= added


class _Parts:
    """The parts of one figure; `share` 1.0 for everybody, less for one sex."""

    def __init__(self, namnd: Namnd, code: str, period: Period) -> None:
        self.namnd, self.code, self.period = namnd, code, period
        self.so_far = PART_OF_YEAR[PeriodKind(period.kind)]

    def numerator(self, share: float) -> Decimal:
        year = self.period.year
        if self.code == "origo-utbildning":
            return _floor(_trained(self.namnd, year) * self.so_far * share)
        if self.code in HOUSING:
            got = HOUSING[self.code][0] + _random(self.namnd.code, self.code, year).uniform(
                -0.14, 0.09
            )
            return _floor(float(self.denominator(share)) * min(got, 1.0))
        people = people_in_year(self.namnd.code, year) * PEOPLE[self.code]
        return _floor(people * self.so_far * share)

    def denominator(self, share: float) -> Decimal:
        if self.code in HOUSING:
            people = people_in_year(self.namnd.code, self.period.year)
            return _floor(people * HOUSING[self.code][1] * self.so_far * share)
        return Decimal(adults(self.namnd.code, self.period.year))


def _floor(number: float) -> Decimal:
    return Decimal(int(number + 1e-9))


def _trained(namnd: Namnd, year: int) -> int:
    """How many of a nämnd's staff are trained in a year."""
    if namnd.code in MADE_OF:
        low, high = 20, 85
    elif namnd.kind == NamndKind.STADSDELSNAMND:
        low, high = 8, 48
    else:
        low, high = 0, 14
    return _random(namnd.code, "origo", year).randint(low, high)


def _says_yes(namnd_code: str, code: str, year: int) -> bool:
    """Some begin, a few cease, most go on; the chance of a yes grows by the year."""
    threshold = _random(namnd_code, code).random()
    swing = _random(namnd_code, code, year).uniform(-0.08, 0.08)
    return threshold < YES[code] + 0.06 * (year - FIRST_YEAR) + swing


def grade_of(
    namnd: Namnd, goal: Goal, period: Period, version: ReportVersion, *, touched: bool
) -> GoalGrade:
    """A nämnd's judgement of a goal. touched: whether it has an activity of its own in the goal,
    or follows its own indicators; the others are seldom concerned.
    """
    row = GoalGrade(version=version, goal=goal)
    chance = _random(namnd.code, goal.number, period.code, "grade")
    if not touched:
        row.grade = Grade.EJ_BERORD
        return row
    years = period.year - FIRST_YEAR
    helt = 0.3 + 0.09 * years + (0.1 if period.kind == PeriodKind.VB else 0)
    where = chance.random()
    if where < helt:
        row.grade = Grade.HELT
    elif where < 0.9:
        row.grade = Grade.DELVIS
    elif where < 0.96:
        row.grade = Grade.EJ
    else:
        row.grade = Grade.EJ_UPPFOLJD
    row.analysis = chance.choice(ANALYSES[row.grade])
    return row


def status_of(
    namnd: Namnd, activity: Activity, period: Period, version: ReportVersion
) -> ActivityStatus:
    """How far a nämnd has come with an activity. Most begin in the first years, and what is done
    stays done; now and then something deviates.
    """
    row = ActivityStatus(version=version, activity=activity)
    own = _random(namnd.code, activity.code, "status")
    begins, takes = own.uniform(-0.4, 2.6), own.uniform(0.9, 4.2)
    now = period.year - FIRST_YEAR + PART_OF_YEAR[PeriodKind(period.kind)]
    if now >= begins + takes:
        row.state = ActivityState.GENOMFORD
        return row
    row.state = ActivityState.PABORJAD if now >= begins else ActivityState.EJ_PABORJAD
    chance = _random(namnd.code, activity.code, period.code, "deviates")
    if now >= begins and chance.random() < DEVIATES_OFTEN:
        row.state = ActivityState.AVVIKER
        row.comment = chance.choice(DEVIATIONS)
        row.new_date = period.ends_on + dt.timedelta(days=chance.randrange(60, 420, 30))
    return row


MISSING_COMMENTS = (
    "Systemet byttes under perioden och uppgiften gick inte att ta fram.",
    "Uppgiften tas fram till nästa rapport.",
    "Räknas för hand och hanns inte med.",
)

DEVIATIONS = (
    "Den som höll i arbetet slutade, och tjänsten är inte tillsatt än.",
    "Upphandlingen av utbildningen överklagades. Starten skjuts upp.",
    "Samverkan med en annan nämnd behövde en ny överenskommelse först.",
    "Lokalerna blev inte klara i tid.",
    "Arbetet har stått tillbaka för annat under perioden, och tas upp igen.",
)

ANALYSES: dict[str, tuple[str, ...]] = {
    Grade.HELT: (
        "Arbetet följer planen. Alla enheter har en kontaktperson och träffas en gång i månaden.",
        "Det som planerades för perioden är gjort. Nästa steg är att hålla i arbetssättet.",
        "Fler får hjälp i rätt tid än tidigare. Samarbetet mellan enheterna fungerar.",
        "Målet bedöms vara nått. Uppföljningen visar att rutinerna används i vardagen.",
        "Personalen är utbildad och vet vart de ska vända sig. Inga avvikelser har kommit in.",
    ),
    Grade.DELVIS: (
        "Arbetet har kommit i gång på de flesta enheter men inte på alla.",
        "Rutinerna finns men är inte kända överallt. En genomgång planeras till hösten.",
        "Vakanser har gjort att en del av arbetet har skjutits upp.",
        "Efterfrågan är större än det vi kan erbjuda. Väntetiden har blivit något kortare.",
        "Utbildningen är genomförd för hälften av medarbetarna. Resten går den under året.",
    ),
    Grade.EJ: (
        "Arbetet har stått still efter en omorganisation. En ny plan är beslutad.",
        "Det saknas någon som håller i frågan. Rekrytering pågår.",
        "Insatserna räckte inte till under perioden. Nämnden ser över hur de fördelas.",
    ),
    Grade.EJ_UPPFOLJD: ("Målet har inte följts upp den här perioden.", ""),
}
