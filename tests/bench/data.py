"""Data for the benchmarks: 30 nämnder × 60 indicators × 15 tertials = 27,000 values.

At the size of the city: 45 nämnder × 80 indicators × 15 tertials, in all and by sex = 162,000.
"""

import datetime as dt
import random
from decimal import Decimal

from django.db import transaction

from indicators.enums import (
    Accumulation,
    Aggregation,
    Grade,
    PeriodKind,
    PeriodState,
    ReportState,
)
from indicators.models import (
    GoalGrade,
    Indicator,
    IndicatorResponsibility,
    IndicatorVersion,
    Period,
    Report,
    ReportVersion,
    Value,
)
from organisation.enums import NamndGroup, NamndKind, Role
from organisation.models import Membership, Namnd, User
from programme.models import Goal, Programme

NAMNDER, INDICATORS, YEARS = 30, 60, range(2021, 2026)


@transaction.atomic
def build() -> None:
    """Fill an empty, migrated database; the last period is open and its first report a draft."""
    rng = random.Random("bench")  # noqa: S311 - repeatable data, no secret
    namnder = Namnd.objects.bulk_create(
        Namnd(
            code=f"namnd-{n}",
            name=f"Nämnd {n:02}",
            short_name=f"Nämnd {n:02}",
            kind=NamndKind.STADSDELSNAMND,
        )
        for n in range(NAMNDER)
    )
    goals = _goals()
    definitions = _definitions(goals)
    periods = [Period.describe(year, kind) for year in YEARS for kind in PeriodKind]
    for period in periods:
        period.state, period.lock_reason = PeriodState.LAST, "Redovisad i kommunstyrelsen."
    periods[-1].state, periods[-1].lock_reason = PeriodState.OPPEN, ""
    periods[-1].due_on = dt.date(2026, 1, 20)
    Period.objects.bulk_create(periods)

    reports = Report.objects.bulk_create(
        Report(namnd=namnd, period=period) for period in periods for namnd in namnder
    )
    versions = ReportVersion.objects.bulk_create(
        ReportVersion(report=report, number=1) for report in reports
    )
    values = [
        _value(version, definition, rng) for version in versions for definition in definitions
    ]
    # The last period's are explained now and then, as in a real follow-up: 40 pages and more.
    for value in values[-NAMNDER * INDICATORS :: 3]:
        value.comment = "Fler har sökt stöd sedan rutinerna blev kända i alla verksamheter."
    Value.objects.bulk_create(values, batch_size=2000)
    GoalGrade.objects.bulk_create(
        (
            GoalGrade(version=version, goal=goal, grade=rng.choice(Grade.values[:3]))
            for version in versions
            for goal in goals
        ),
        batch_size=2000,
    )
    # Content first, then what closes it: the database refuses the other order.
    for report, version in zip(reports, versions, strict=True):
        report.current = version
        if (report.namnd, report.period) != (namnder[0], periods[-1]):
            report.approved, report.state = version, ReportState.LAST
    Report.objects.bulk_update(reports, ["current", "approved", "state"], batch_size=500)
    for username, role in (("bench-uppgift", Role.UPPGIFTSLAMNARE), ("bench-lasare", Role.LASARE)):
        user = User.objects.create(username=username, name=username)
        Membership.objects.create(user=user, namnd=namnder[0], role=role)


def _goals() -> list[Goal]:
    programme = Programme.objects.create(
        slug="vald-2021-2025",
        name="Program",
        short_name="Program",
        first_year=2021,
        last_year=2025,
        source="Bench",
    )
    return Goal.objects.bulk_create(
        Goal(programme=programme, number=n, text=f"Mål {n}.") for n in range(1, 8)
    )


def _definitions(goals: list[Goal]) -> list[IndicatorVersion]:
    definitions = []
    for number in range(INDICATORS):
        indicator = Indicator.objects.create(code=f"i-{number}", is_example=True, order=number)
        indicator.goals.add(goals[number % len(goals)])
        IndicatorResponsibility.objects.create(
            indicator=indicator, group=NamndGroup.STADSDELSNAMNDER
        )
        ratio = number % 2 == 0
        definitions.append(
            IndicatorVersion.objects.create(
                indicator=indicator,
                valid_from=dt.date(2021, 1, 1),
                name=f"Indikator {number}",
                unit="%" if ratio else "antal",
                scale=100 if ratio else 1,
                aggregation=Aggregation.RATIO if ratio else Aggregation.SUM,
                accumulation=Accumulation.YEAR_TO_DATE,
                counts_people=True,
                whole_numbers=True,
                numerator_label="Täljare" if ratio else "",
                denominator_label="Nämnare" if ratio else "",
            )
        )
    return definitions


def _value(version: ReportVersion, definition: IndicatorVersion, rng: random.Random) -> Value:
    whole = rng.randint(10, 400)
    if definition.is_ratio:
        return Value(
            version=version,
            definition=definition,
            numerator=Decimal(rng.randint(0, whole)),
            denominator=Decimal(whole),
        )
    return Value(version=version, definition=definition, number=Decimal(whole))
