"""Working days: no Saturdays, Sundays, Swedish holidays, or eves that are kept as holidays."""

import datetime as dt

import holidays

from organisation.domain.days import ONE_DAY

SATURDAY = 5
# Public holidays, and the eves of midsummer, Christmas and the new year (`de_facto`), by their
# Swedish names. Years are added as they are asked for.
_HOLIDAYS = holidays.country_holidays(
    "SE", categories=("public", "de_facto"), language="sv", include_sundays=False
)
_WEEKEND = {5: "lördag", 6: "söndag"}


def why_free(day: dt.date) -> str:
    """Why nobody works on `day`: "Julafton", "lördag"; "" for a working day."""
    return _HOLIDAYS.get(day) or _WEEKEND.get(day.weekday(), "")


def is_working_day(day: dt.date) -> bool:
    return not why_free(day)


def on_or_before(day: dt.date) -> dt.date:
    """`day` itself, or the last working day before it."""
    while why_free(day):
        day -= ONE_DAY
    return day


def working_days_before(day: dt.date, number: int) -> dt.date:
    """The working day that lies `number` working days (0 or more) before `day`.

    With 0 it is `day` itself, or the last working day before it.
    """
    found = on_or_before(day)
    # From a day off the first step back is the working day before it.
    if found != day and number:
        number -= 1
    for _ in range(number):
        found = on_or_before(found - ONE_DAY)
    return found


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The working day that lies `number` working days (1 or more) after `day`."""
    found = day
    for _ in range(number):
        found += ONE_DAY
        while why_free(found):
            found += ONE_DAY
    return found
