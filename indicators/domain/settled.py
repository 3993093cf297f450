"""Until when what is said of a programme is settled: the last day of its last locked period.

What was followed up then reads in the words of its time and counts those who answered then, so
neither texts nor responsibilities change before that day, and the programme keeps those years.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Max, Q

from indicators.enums import PeriodState
from indicators.models import Adoption, Indicator, IndicatorGoal, Period, Report, Target
from programme.domain.settled import Held, hold_by, settle_by
from programme.enums import ProgrammeKind
from programme.models import Activity, Goal, Programme


def settled_until(programme: Programme) -> dt.date | None:
    """None before any period of the programme has been locked, and for programmes of others."""
    if programme.kind != ProgrammeKind.STAD:
        return None
    locked = Period.objects.filter(
        state=PeriodState.LAST, year__range=(programme.first_year, programme.last_year)
    )
    return locked.aggregate(last=Max("ends_on"))["last"]


def settled_of_indicators(codes: Collection[str]) -> dict[str, dt.date]:
    """Of each indicator, by its code, in the programmes whose goals it measures; two queries.

    An indicator of which nothing is settled is left out.
    """
    years: dict[str, set[int]] = defaultdict(set)
    links = IndicatorGoal.objects.filter(
        indicator__code__in=codes, goal__programme__kind=ProgrammeKind.STAD
    ).order_by()
    for code, first, last in links.values_list(
        "indicator__code", "goal__programme__first_year", "goal__programme__last_year"
    ).distinct():
        years[code].update(range(first, last + 1))
    locked = list(Period.objects.filter(state=PeriodState.LAST).values_list("year", "ends_on"))
    found = {
        code: [ends_on for year, ends_on in locked if year in of] for code, of in years.items()
    }
    return {code: max(days) for code, days in found.items() if days}


def settled(what: Any) -> dt.date | None:
    """Of a programme, of one of its activities, or of an indicator."""
    if isinstance(what, Indicator):
        return settled_of_indicators([what.code]).get(what.code)
    return settled_until(what.goal.programme if isinstance(what, Activity) else what)


# What a programme's years hold -------------------------------------------------------------------


def answered_outside(programme: Programme, first: int, last: int, kind: str) -> list[Held]:
    """What nämnder have reported and adopted, and what is locked, that other years or another kind
    of the programme would leave out, or take in afterwards."""
    if programme.kind != ProgrammeKind.STAD:
        lost: set[int] = set()
    else:
        lost = _years(programme.first_year, programme.last_year)
    kept = _years(first, last) if kind == ProgrammeKind.STAD else set()
    gained, lost = kept - lost, lost - kept

    def held(year: int, words: str) -> Held:
        if kind != programme.kind:
            return Held("kind", words)
        early = min(first, programme.first_year) <= year < max(first, programme.first_year)
        return Held("first_year" if early else "last_year", words)

    found = []
    about = (
        Q(period__state=PeriodState.LAST)
        | Q(versions__statuses__activity__goal__programme=programme)
        | Q(versions__grades__goal__programme=programme)
        | Q(versions__values__definition__indicator__goals__programme=programme)
    )
    reports = Report.objects.filter(about, period__year__in=lost).order_by("period__ends_on")
    if period := reports.values_list("period__year", "period__code").first():
        found.append(
            held(period[0], f"Nämnder har rapporterat för {period[1]}, som då faller utanför.")
        )
    adopted = Adoption.objects.filter(
        Q(activities__goal__programme=programme)
        | Q(indicators__goals__programme=programme)
        | Q(own_activities__goal__programme=programme),
        year__in=lost,
    ).order_by("year")
    if (year := adopted.values_list("year", flat=True).first()) is not None:
        found.append(
            held(year, f"Nämnder har antagit delar av programmet för {year}, utanför de åren.")
        )
    locked = Period.objects.filter(state=PeriodState.LAST, year__in=gained).order_by("ends_on")
    period = locked.values_list("year", "code").first()
    if period and Goal.objects.filter(programme=programme).exists():
        found.append(
            held(period[0], f"{period[1]} är låst, och programmet skulle läggas till i efterhand.")
        )
    return found


def targets_outside(programme: Programme, first: int, last: int, _kind: str) -> list[Held]:
    """Årsmål for years that the programme would no longer have, of indicators that no other
    programme has."""
    lost = _years(programme.first_year, programme.last_year) - _years(first, last)
    elsewhere = IndicatorGoal.objects.exclude(goal__programme=programme).values("indicator")
    rows = Target.objects.filter(indicator__goals__programme=programme, year__in=lost)
    rows = rows.exclude(indicator__in=elsewhere).order_by("year")
    year = rows.values_list("year", flat=True).first()
    if year is None:
        return []
    field = "first_year" if year < first else "last_year"
    return [Held(field, f"Det finns årsmål för {year}, utanför de åren.")]


def _years(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


settle_by(settled)
hold_by(answered_outside)
hold_by(targets_outside)
