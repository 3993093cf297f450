"""Days from–to, both included, as they are counted in the registers."""

import datetime as dt
from collections.abc import Sequence

ONE_DAY = dt.timedelta(days=1)


def left_over(
    first: dt.date, last: dt.date, taken: Sequence[tuple[dt.date, dt.date]]
) -> list[tuple[dt.date, dt.date]]:
    """The days from `first` to `last` that are in none of `taken`, as periods."""
    left, begins = [], first
    for taken_from, taken_to in sorted(taken):
        if taken_to < begins or taken_from > last:
            continue
        if taken_from > begins:
            left.append((begins, taken_from - ONE_DAY))
        if taken_to >= last:
            return left
        begins = taken_to + ONE_DAY
    left.append((begins, last))
    return left
