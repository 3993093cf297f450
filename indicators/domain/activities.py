"""One activity through the periods: how far those who answer for it have come, and who deviates."""

from dataclasses import dataclass

from indicators.domain.consolidation import activity_results
from indicators.domain.expected import expected_in_each
from indicators.domain.statuses import ActivityResult, read_corrected_statuses, read_statuses
from indicators.enums import PeriodState
from indicators.models import Period
from programme.models import Activity


@dataclass(frozen=True)
class ActivityPeriod:
    """One period in which somebody answered for the activity."""

    period: Period
    result: ActivityResult


@dataclass(frozen=True)
class ActivityStatuses:
    """Only what approved reports say is in it. The periods, latest first."""

    periods: tuple[ActivityPeriod, ...]

    @property
    def latest(self) -> ActivityPeriod | None:
        """The latest period of which anything is said; None before that.

        While a period is open most have not reported: then the one before tells more.
        """
        said = [each for each in self.periods if each.result.counts.said]
        closed = [each for each in said if each.period.state != PeriodState.OPPEN]
        return next(iter(closed or said), None)

    @property
    def is_example(self) -> bool:
        return any(one.is_example for each in self.periods for one in each.result.namnder)


def read_activity_statuses(code: str) -> ActivityStatuses:
    """What the approved reports say of the activity, in the periods that have been opened.

    The number of queries does not depend on how many nämnder or periods there are.
    Raises Activity.DoesNotExist.
    """
    activity = Activity.objects.get(code=code)
    periods = list(Period.objects.started().in_order())
    expected = expected_in_each(periods)
    ids = [period.pk for period in periods]
    said = read_statuses(ids, activity_id=activity.pk)
    corrected = read_corrected_statuses(activity.pk, ids)
    found = []
    for period in reversed(periods):
        now = expected[period.code]
        if activity.pk in now.activities:
            result = activity_results(now, said, corrected, only=activity.pk)[activity.pk]
            found.append(ActivityPeriod(period, result))
    return ActivityStatuses(tuple(found))
