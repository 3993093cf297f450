"""What follows for reporting when a nämnd carries on what others did.

History stays with the old nämnder: nothing of theirs is changed. What they had begun for a period
that ends when they are gone is copied to the new one, which hands it in.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import transaction

from indicators.models import (
    ActivityStatus,
    GoalGrade,
    IndicatorResponsibility,
    Report,
    ReportVersion,
    Value,
)
from organisation.models import Namnd, User
from trace.domain import record


def name_successor(old_ids: Collection[int], new_id: int) -> int:
    """Where one of the old nämnder reports an indicator, let the new one report it as well.

    Answers how many responsibilities were added; the same again adds none.
    """
    indicators = (
        IndicatorResponsibility.objects.order_by()
        .filter(namnd__in=old_ids)
        .values_list("indicator_id", flat=True)
        .distinct()
    )
    added = 0
    for indicator_id in indicators:
        _, created = IndicatorResponsibility.objects.get_or_create(
            indicator_id=indicator_id, namnd_id=new_id
        )
        added += created
    return added


def responsibilities_of(namnd_ids: Collection[int]) -> int:
    """How many indicators name one of the nämnder."""
    rows = IndicatorResponsibility.objects.order_by().filter(namnd__in=namnd_ids)
    return rows.values("indicator").distinct().count()


def open_reports(namnd_ids: Collection[int], on: dt.date) -> Sequence[Report]:
    """Begun reports of the nämnder, never approved, for periods that end on `on` or later."""
    return list(
        Report.objects.filter(namnd__in=namnd_ids, period__ends_on__gte=on, approved__isnull=True)
        .select_related("namnd", "period", "current")
        .order_by("period__ends_on", "namnd__sort_key")
    )


def approved_reports(namnd_ids: Collection[int], on: dt.date) -> Sequence[Report]:
    """Approved reports for such periods: they say that the nämnd was there on the last day."""
    return list(
        Report.objects.counted()
        .filter(namnd__in=namnd_ids, period__ends_on__gte=on)
        .select_related("namnd", "period")
        .order_by("period__ends_on", "namnd__sort_key")
    )


@transaction.atomic
def take_over_reports(
    old_ids: Collection[int], new: Namnd, *, on: dt.date, actor: User
) -> Sequence[Report]:
    """Give the new nämnd the drafts of the old ones for periods that end on `on` or later.

    A draft of a single old nämnd is copied. Of several drafts none is: their figures are not
    added up by guess, and the new nämnd reads them and writes its own.
    Answers the reports that were made; where the new nämnd has one already, that one stands.
    """
    by_period: dict[int, list[Report]] = defaultdict(list)
    for report in open_reports(old_ids, on):
        by_period[report.period_id].append(report)
    there = set(Report.objects.filter(namnd=new).values_list("period_id", flat=True))
    return [
        _copy(drafts[0], new, actor)
        for period_id, drafts in by_period.items()
        if period_id not in there and len(drafts) == 1
    ]


def _copy(old: Report, new: Namnd, actor: User) -> Report:
    report = Report.objects.create(namnd=new, period=old.period, is_example=old.is_example)
    version = ReportVersion.objects.create(
        report=report, number=1, reason=f"Övertagen från {old.namnd}"
    )
    values = list(Value.objects.filter(version=old.current_id))
    for value in values:
        value.pk, value.version = None, version
    Value.objects.bulk_create(values)
    grades = list(GoalGrade.objects.filter(version=old.current_id))
    for grade in grades:
        grade.pk, grade.version = None, version
    GoalGrade.objects.bulk_create(grades)
    statuses = list(ActivityStatus.objects.filter(version=old.current_id))
    for status in statuses:
        status.pk, status.version = None, version
    ActivityStatus.objects.bulk_create(statuses)
    report.current = version
    report.save(update_fields=["current"])
    period = old.period.label.lower()
    record(
        report,
        actor=actor,
        verb="taken-over",
        summary=f"Tog över {period} från {old.namnd}, som den stod",
        scope=new.code,
    )
    record(
        old,
        actor=actor,
        verb="handed-over",
        summary=f"Utkastet lämnades över till {new}, och står kvar här som det var",
        scope=old.namnd.code,
    )
    return report
