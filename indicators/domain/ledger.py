"""What is asked of whom: questions to the ledger of expected cells.

Who answers for what is public to everyone signed in, so nothing here asks who reads.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from indicators.domain.due_dates import due_dates
from indicators.domain.ledger_answers import (
    Change,
    Changes,
    GoalLines,
    Heir,
    Late,
    Line,
    Matrix,
    MatrixCell,
    MatrixRow,
    Todo,
    Unclaimed,
)
from indicators.domain.planned import Aim, Planned, read_aims, read_planned
from indicators.enums import IndicatorKind, PeriodState, ReportState
from indicators.models import (
    Duty,
    ExpectedCell,
    Indicator,
    IndicatorGoal,
    IndicatorResponsibility,
    Period,
    Report,
)
from organisation.domain.days import ONE_DAY
from organisation.models import Namnd, NamndSuccession
from organisation.models.namnd import GROUP_KINDS
from programme.enums import ProgrammeKind, ResponsibilityKind
from programme.models import Activity, ActivityWording, Goal, Responsibility

HANDED_IN = (ReportState.INLAMNAD, ReportState.GODKAND, ReportState.LAST)


def expected_of(namnd: Namnd, period: Period) -> list[ExpectedCell]:
    """What is expected of the nämnd in the period, each cell with `goal_ids`; one query.

    In the order of goals and activities, then of the register of indicators. Also what the nämnd
    only takes part in: `kind` tells. Empty when the nämnd does not exist on the period's last day.
    """
    links = IndicatorGoal.objects.valid_on(period.ends_on).filter(
        indicator=OuterRef("indicator"),
        goal__programme__first_year__lte=period.year,
        goal__programme__last_year__gte=period.year,
    )
    cells = (
        ExpectedCell.objects.filter(namnd=namnd, period=period)
        .select_related("activity__goal__programme", "indicator", "definition")
        .select_related("responsibility", "indicator_responsibility")
        .annotate(said=_said())
        .annotate(linked=ArraySubquery(links.order_by("goal__number").values("goal_id")))
        .order_by(
            F("activity__goal__programme__first_year").desc(nulls_last=True),
            "activity__goal__number",
            "activity__order",
            "activity__code",
            "indicator__order",
            "indicator__code",
        )
    )
    found: list[Any] = list(cells)
    for cell in found:
        cell.goal_ids = [cell.goal_id] if cell.goal_id else cell.linked
    return found


def who_is_late(period: Period, *, today: dt.date | None = None) -> list[Late]:
    """The nämnder whose report was due before `today` and is not handed in; one query.

    A nämnd of which nothing is asked to be accounted for is not late.
    """
    today = today or timezone.localdate()
    if period.due_on is None or period.due_on >= today or period.state == PeriodState.PLANERAD:
        return []
    cells = ExpectedCell.objects.asked().order_by().filter(period=period, namnd=OuterRef("pk"))
    counted = cells.values("namnd").annotate(number=Count("key")).values("number")
    report = Report.objects.filter(period=period, namnd=OuterRef("pk"))
    late = (
        Namnd.objects.annotate(
            expected=Subquery(counted), report_state=Subquery(report.values("state")[:1])
        )
        .filter(
            # What was approved once is in, also while it is corrected.
            ~Exists(report.filter(Q(state__in=HANDED_IN) | Q(approved__isnull=False))),
            expected__gt=0,
        )
        .in_order()
    )
    return [Late(namnd, namnd.expected, namnd.report_state or "") for namnd in late]


# For pages --------------------------------------------------------------------------------------


def todo_of(namnd: Namnd, period: Period) -> Todo:
    """What the nämnd is to do in the period, from whom it took it over, and what has changed.

    Beside it stands what the nämnd has adopted for the year, its own activities and its årsmål.

    The number of queries does not depend on how much that is.
    """
    exists = namnd.exists_on(period.ends_on)
    cells = expected_of(namnd, period)
    goals = _running_goals(period)
    predecessors = tuple(
        Heir(s.predecessor, s.on)
        for s in namnd.succeeds.select_related("predecessor").order_by("on", "pk")
    )
    took_over = tuple(
        h for h in predecessors if exists and period.starts_on <= h.on <= period.ends_on
    )
    from_whom = _held_before(took_over) if cells else {}
    planned = read_planned(namnd, period.year)
    own = planned.own_activities if exists else {}
    aims = read_aims(namnd, {c.indicator_id for c in cells if c.indicator_id}, period.ends_on)
    lines: dict[int, tuple[list[Line], list[Line]]] = {goal.pk: ([], []) for goal in goals}
    for cell in cells:
        line = _line(cell, from_whom, planned, aims)
        for goal_id in cell.goal_ids:  # type: ignore[attr-defined]  # expected_of sets it
            if goal_id not in lines:
                continue  # linked to a goal that has ceased, too
            lines[goal_id][0 if cell.activity_id else 1].append(line)
    return Todo(
        namnd=namnd,
        period=period,
        exists=exists,
        goals=tuple(
            GoalLines(
                goal,
                goal.text_on(period.ends_on),
                tuple(lines[goal.pk][0]),
                tuple(lines[goal.pk][1]),
                own.get(goal.pk, ()),
            )
            for goal in goals
            if any(lines[goal.pk]) or own.get(goal.pk)
        ),
        predecessors=predecessors,
        successors=tuple(
            Heir(s.successor, s.on)
            for s in namnd.succeeded_by.select_related("successor").order_by("on", "pk")
        ),
        took_over=took_over,
        changes=_changes_for(namnd, period, cells),
        adoption=planned.adoption,
        due_on=due_dates([period]).of(period, namnd),
    )


def matrix_of(period: Period) -> Matrix:
    """Nämnd × goal: how much each has to do towards each goal. Five queries."""
    goals = _running_goals(period)
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    cells = ExpectedCell.objects.order_by().filter(period=period)
    of_activities = cells.filter(activity__isnull=False)
    for namnd_id, goal_id, kind, number in (
        of_activities.values("namnd_id", "goal_id", "kind")
        .annotate(number=Count("key"))
        .values_list("namnd_id", "goal_id", "kind", "number")
    ):
        counts[namnd_id, goal_id]["activity" if kind == ResponsibilityKind.ANSVARIG else kind] += (
            number
        )
    of_indicators = cells.filter(indicator__isnull=False)
    links = IndicatorGoal.objects.order_by().valid_on(period.ends_on)
    for namnd_id, goal_id, kind, number in (
        of_indicators.filter(indicator__goal_links__in=links)
        .values("namnd_id", "indicator__goal_links__goal", "kind")
        .annotate(number=Count("key"))
        .values_list("namnd_id", "indicator__goal_links__goal", "kind", "number")
    ):
        counts[namnd_id, goal_id]["indicator" if kind == ResponsibilityKind.ANSVARIG else kind] += (
            number
        )
    rows = (
        MatrixRow(
            namnd,
            tuple(
                MatrixCell(
                    counts[namnd.pk, goal.pk]["activity"],
                    counts[namnd.pk, goal.pk]["indicator"],
                    counts[namnd.pk, goal.pk][ResponsibilityKind.MEDVERKANDE],
                )
                for goal in goals
            ),
        )
        for namnd in Namnd.objects.valid_on(period.ends_on).in_order()
    )
    return Matrix(period, tuple(goals), tuple(rows))


def unclaimed_in(period: Period) -> Unclaimed:
    """Activities and indicators of the running programmes that nobody answers for, by few queries.

    What is laid on a group that is nobody, or on a nämnd that has ceased, is among them.
    """
    running = _running_goals(period)
    asked = ExpectedCell.objects.asked().filter(period=period)
    activities = (
        Activity.objects.valid_on(period.ends_on)
        .filter(goal__in=running)
        .exclude(Exists(asked.filter(activity=OuterRef("pk"))))
        .select_related("goal__programme", "goal__parent")
        .prefetch_related("wordings")
        .order_by("goal__programme", "goal__number", "order", "code")
    )
    # A yearly indicator is nobody's only if nobody answers for it, not in the months between.
    claimed = IndicatorResponsibility.objects.valid_on(period.ends_on).filter(
        Q(namnd__in=Namnd.objects.valid_on(period.ends_on)) | ~Q(group=""),
        kind=ResponsibilityKind.ANSVARIG,
        indicator=OuterRef("pk"),
    )
    indicators = (
        Indicator.objects.filter(
            goal_links__in=IndicatorGoal.objects.valid_on(period.ends_on).filter(goal__in=running)
        )
        .exclude(kind=IndicatorKind.UTVECKLINGSINDIKATOR)
        .exclude(Exists(claimed))
        .distinct()
        .prefetch_related("versions")
        .order_by("order", "code")
    )
    return Unclaimed(tuple(activities), tuple(indicators))


def changes_in(period: Period) -> Changes:
    """What is laid otherwise than in the same period a year earlier, in the whole city."""
    before = _year_before(period)
    if before is None:
        return Changes(None)
    duties = list(
        Duty.objects.filter(period__in=[before, period])
        .select_related("activity__goal__programme", "definition", "laid_on", "indicator")
        .select_related("responsibility", "indicator_responsibility")
        .annotate(said=_said())
        .order_by("activity__goal__number", "activity__order", "indicator__order", "kind", "key")
    )
    then = {_place(d): d for d in duties if d.period_id == before.pk}
    now = {_place(d): d for d in duties if d.period_id == period.pk}
    if not then:
        return Changes(None)
    return Changes(
        before,
        begun=tuple(_change(d) for place, d in now.items() if place not in then),
        ended=tuple(_change(d, ended=True) for place, d in then.items() if place not in now),
        altered=tuple(
            _change(d) for place, d in now.items() if place in then and then[place].kind != d.kind
        ),
        successions=_successions_between(before, period),
    )


# Parts ------------------------------------------------------------------------------------------


def _running_goals(period: Period) -> list[Goal]:
    """The goals of the city's programmes that hold on the period's last day, with `said`."""
    goals = list(
        Goal.objects.filter(
            programme__kind=ProgrammeKind.STAD,
            programme__first_year__lte=period.year,
            programme__last_year__gte=period.year,
        )
        .select_related("programme", "parent")
        .prefetch_related("wordings")
        .in_order()
    )
    return [goal for goal in goals if goal.holds_on(period.ends_on)]


def _said() -> Coalesce:
    """The activity's text as it read on the period's last day; null for an indicator."""
    worded = ActivityWording.objects.filter(
        activity=OuterRef("activity"), valid_from__lte=OuterRef("period__ends_on")
    ).order_by("-valid_from")
    return Coalesce(Subquery(worded.values("text")[:1]), "activity__text")


def _subject(entry: Duty | ExpectedCell) -> tuple[str, int]:
    if entry.activity_id is not None:
        return ("activity", entry.activity_id)
    return ("indicator", entry.indicator_id or 0)


def _place(duty: Duty) -> tuple[str, int, int | None, str]:
    return (*_subject(duty), duty.laid_on_id, duty.group)


def _line(
    cell: Any,
    from_whom: Mapping[tuple[str, int], tuple[str, ...]],
    planned: Planned,
    aims: Mapping[int, Aim],
) -> Line:
    activity = cell.activity
    return Line(
        code=activity.code if activity else cell.indicator.code,
        text=cell.said or str(cell.definition),
        programme_slug=activity.goal.programme.slug if activity else "",
        kind=cell.kind,
        kind_label=cell.get_kind_display(),
        through=cell.get_group_display() if cell.group else "",
        valid_from=cell.valid_from,
        decision=cell.decision,
        is_example=cell.is_example,
        from_whom=from_whom.get(_subject(cell), ()),
        is_adopted=planned.has_adopted(
            activity_id=cell.activity_id, indicator_id=cell.indicator_id
        ),
        aim=aims.get(cell.indicator_id),
        unit="" if activity else cell.definition.unit,
    )


def _held_before(took_over: Sequence[Heir]) -> dict[tuple[str, int], tuple[str, ...]]:
    """By ("activity" | "indicator", id): the names of those who answered for it the day before."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for model, subject in ((Responsibility, "activity"), (IndicatorResponsibility, "indicator")):
        if not took_over:
            break
        groups = {
            group
            for heir in took_over
            for group, kinds in GROUP_KINDS.items()
            if heir.namnd.kind in kinds
        }
        rows = list(
            model._default_manager.filter(
                Q(namnd__in=[h.namnd for h in took_over]) | Q(group__in=groups)
            )
        )
        for heir in took_over:
            for row in rows:
                place = (subject, getattr(row, f"{subject}_id"))
                name = heir.namnd.short_name
                if row.concerns(heir.namnd, heir.on - ONE_DAY) and name not in found[place]:
                    found[place].append(name)
    return {place: tuple(names) for place, names in found.items() if names}


def _year_before(period: Period) -> Period | None:
    return Period.objects.filter(year=period.year - 1, kind=period.kind).first()


def _changes_for(namnd: Namnd, period: Period, cells: Sequence[ExpectedCell]) -> Changes:
    before = _year_before(period)
    if before is None or not (namnd.exists_on(before.ends_on) and namnd.exists_on(period.ends_on)):
        return Changes(None)
    then = {_subject(cell): cell for cell in expected_of(namnd, before)}
    now = {_subject(cell): cell for cell in cells}
    if not then:
        return Changes(None)
    return Changes(
        before,
        begun=tuple(_change(cell) for place, cell in now.items() if place not in then),
        ended=tuple(_change(cell, ended=True) for place, cell in then.items() if place not in now),
        altered=tuple(
            _change(cell)
            for place, cell in now.items()
            if place in then and then[place].kind != cell.kind
        ),
    )


def _change(entry: Any, *, ended: bool = False) -> Change:
    activity = entry.activity
    group = entry.get_group_display() if entry.group else ""
    who = group
    row = entry.responsibility or entry.indicator_responsibility
    if isinstance(entry, Duty) and entry.laid_on is not None:
        who = str(entry.laid_on)
    return Change(
        text=entry.said or str(entry.definition),
        code=activity.code if activity else entry.indicator.code,
        programme_slug=activity.goal.programme.slug if activity else "",
        who=who,
        decision=row.end_decision if ended and row else entry.decision,
        kind_label=entry.get_kind_display(),
    )


def _successions_between(before: Period, period: Period) -> tuple[NamndSuccession, ...]:
    return tuple(
        NamndSuccession.objects.filter(on__gt=before.ends_on, on__lte=period.ends_on)
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )
