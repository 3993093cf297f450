"""The consolidated follow-up: what the approved reports of all nämnder say together.

Computed on read, in a number of queries that does not grow with nämnder, indicators or periods.
Only the approved version of a report counts: drafts and what is being reworked never do, and a
report that has been reopened goes on counting with the version that was approved.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from indicators.domain.disclosure import Audience
from indicators.domain.expected import Expected, expected_in_each
from indicators.domain.figures import Followup, GoalResult, ReportStatus
from indicators.domain.grades import summarise
from indicators.domain.results import Book, read_yardsticks, result_of
from indicators.domain.tallies import read_tallies
from indicators.enums import ReportState
from indicators.models import Period, Report
from organisation.enums import COMPANY_KINDS


def read_periods_until(code: str) -> tuple[Period, list[Period]]:
    """The period with that code, and it with all before it, oldest first; one query.

    Raises Period.DoesNotExist.
    """
    history = list(_until(code))
    if not history:
        raise Period.DoesNotExist(code)
    return history[-1], history


def _until(code: str) -> QuerySet[Period]:
    last_day = Period.objects.order_by().filter(code=code).values("ends_on")
    return Period.objects.filter(ends_on__lte=Subquery(last_day)).in_order()


def consolidate(
    period: Period,
    *,
    audience: Audience,
    history: Sequence[Period] | None = None,
    today: dt.date | None = None,
) -> Followup:
    """The follow-up of `period` as `audience` may see it.

    history: the period and all before it, oldest first, when the caller already has them.
    today: the day that decides which reports are late; now unless given.
    """
    history = list(_until(period.code)) if history is None else history
    expected = expected_in_each(history)
    now = expected[period.code]
    indicator_ids = list(now.definitions)
    book = Book(
        audience=audience,
        expected=expected,
        tallies=read_tallies(expected, in_detail=[period.code], indicator_ids=indicator_ids),
        yardsticks=read_yardsticks(indicator_ids),
    )
    reports, grades = _reports(now)
    approved = {namnd_id for namnd_id, report in reports.items() if report.is_approved}
    results = {pk: result_of(book, pk, period.code, approved) for pk in indicator_ids}
    return Followup(
        period_code=period.code,
        period_label=period.label,
        year=period.year,
        ends_on=period.ends_on,
        due_on=period.due_on,
        audience=audience,
        statuses=_statuses(now, reports, today or timezone.localdate()),
        goals=tuple(
            GoalResult(
                number=goal.number,
                code=goal.code,
                label=goal.label,
                text=goal.text_on(period.ends_on),
                programme=str(goal.programme),
                programme_slug=goal.programme.slug,
                grades=summarise(now.concerned_by[goal_id], grades[goal_id]),
                indicators=tuple(results[pk] for pk in now.indicators_of_goal[goal_id]),
            )
            for goal_id, goal in now.goals.items()
        ),
        is_example=any(report.is_example for report in reports.values() if report.is_approved),
        includes_companies=any(n.kind in COMPANY_KINDS for n in now.namnder.values()),
        approved_until=max(
            (r.approved_on for r in reports.values() if r.approved_on), default=None
        ),
    )


@dataclass
class _ReportRow:
    state: str
    is_approved: bool
    is_example: bool
    approved_on: dt.date | None


def _reports(now: Expected) -> tuple[dict[int, _ReportRow], dict[int, dict[int, str]]]:
    """State of the reports by nämnd id, and the approved grades by goal and nämnd; one query."""
    reports: dict[int, _ReportRow] = {}
    grades: dict[int, dict[int, str]] = defaultdict(dict)
    rows = (
        Report.objects.order_by()
        .filter(period=now.period, namnd__in=now.namnder)
        .values_list(
            "namnd_id",
            "state",
            "approved_id",
            "is_example",
            "approved__approved_at",
            "approved__grades__goal_id",
            "approved__grades__grade",
        )
    )
    for namnd_id, state, approved_id, is_example, approved_at, goal_id, grade in rows:
        approved_on = timezone.localdate(approved_at) if approved_at else None
        reports[namnd_id] = _ReportRow(state, approved_id is not None, is_example, approved_on)
        if goal_id is not None:
            grades[goal_id][namnd_id] = grade
    return reports, grades


def _statuses(
    now: Expected, reports: dict[int, _ReportRow], today: dt.date
) -> tuple[ReportStatus, ...]:
    overdue = now.period.due_on is not None and now.period.due_on < today
    statuses = []
    for namnd_id, namnd in now.namnder.items():
        report = reports.get(namnd_id)
        approved = report is not None and report.is_approved
        submitted = report is not None and report.state == ReportState.INLAMNAD
        late = overdue and not (approved or submitted)
        statuses.append(ReportStatus(namnd.code, namnd.name, approved, submitted, late))
    return tuple(statuses)
