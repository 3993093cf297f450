"""How far the activities of a programme have come: the latest that approved reports say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from indicators.domain.consolidation import activity_results
from indicators.domain.expected import expected_in_each
from indicators.domain.statuses import ActivityResult, StatusCounts, read_statuses
from indicators.enums import PeriodState
from indicators.models import ActivityStatus, Period
from programme.models import Programme


@dataclass(frozen=True)
class GoalStatuses:
    """The activities of a programme's goals at the end of one period."""

    period: Period | None
    """The latest closed period of which anything is said, else the latest at all; None before
    that. While a period is open most have not reported: then the one before tells more."""
    by_goal: Mapping[int, tuple[ActivityResult, ...]]
    """Goal id → its activities that somebody answers for, in order."""

    def of(self, *goal_ids: int) -> StatusCounts:
        """Of all activities of those goals together, as the follow-up counts."""
        results = (result for pk in goal_ids for result in self.by_goal.get(pk, ()))
        return sum((result.counts for result in results), StatusCounts())

    def counts(self, code: str) -> StatusCounts | None:
        """Of one activity; None where nobody answered for it."""
        found = (r for results in self.by_goal.values() for r in results if r.code == code)
        return next((result.counts for result in found), None)

    def is_example(self, *goal_ids: int) -> bool:
        """Whether example reports are counted among those of the goals."""
        return any(
            one.is_example
            for pk in goal_ids
            for result in self.by_goal.get(pk, ())
            for one in result.namnder
        )


def read_goal_statuses(programme: Programme, goal_ids: Collection[int]) -> GoalStatuses:
    """How far the activities of these goals of the programme have come.

    Only approved reports count. The number of queries follows neither goals nor activities.
    """
    said = ActivityStatus.objects.filter(
        version__approved_of__period=OuterRef("pk"), activity__goal__in=goal_ids
    )
    periods = list(
        Period.objects.started()
        .filter(Exists(said), year__range=(programme.first_year, programme.last_year))
        .in_order()
    )
    closed = [period for period in periods if period.state != PeriodState.OPPEN]
    period = next(reversed(closed or periods), None)
    if period is None:
        return GoalStatuses(None, {})
    now = expected_in_each([period])[period.code]
    results = activity_results(now, read_statuses([period.pk]))
    return GoalStatuses(
        period,
        {
            goal_id: tuple(results[activity.pk] for activity in now.activities_of(goal_id))
            for goal_id in goal_ids
        },
    )
