"""Until when what is said of a programme is settled: the last day of its last locked period.

What was followed up then reads in the words of its time, so a text cannot change before that day.
"""

import datetime as dt

from django.db.models import Max

from indicators.enums import PeriodState
from indicators.models import Period
from programme.domain.wordings import settle_by
from programme.enums import ProgrammeKind
from programme.models import Programme


def settled_until(programme: Programme) -> dt.date | None:
    """None before any period of the programme has been locked, and for programmes of others."""
    if programme.kind != ProgrammeKind.STAD:
        return None
    locked = Period.objects.filter(
        state=PeriodState.LAST, year__range=(programme.first_year, programme.last_year)
    )
    return locked.aggregate(last=Max("ends_on"))["last"]


settle_by(settled_until)
