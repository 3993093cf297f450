"""What has been settled of a programme by apps above, which are not known here: they say it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from organisation.domain.days import ONE_DAY
from organisation.domain.errors import Invalid
from programme.models import Programme


@dataclass(frozen=True)
class Held:
    """Something that a programme's years or kind cannot leave out. field: the one that is wrong."""

    field: str
    words: str


Days = tuple[dt.date | None, dt.date | None]
"""The first and the last day, both included; None is the programme's own."""
Settled = Callable[[Any], dt.date | None]
Holding = Callable[[Programme, int, int, str], list[Held]]
_settled_by: list[Settled] = []
_held_by: list[Holding] = []


def settle_by(answer: Settled) -> None:
    """Until which day what is said of something has been laid down in what is decided; None when
    nothing has. Asked of a programme, and of what a responsibility is for."""
    _settled_by.append(answer)


def hold_by(answer: Holding) -> None:
    """What a programme holds that other years or another kind would leave out.

    Asked with the programme as it is saved, and the first year, last year and kind to be.
    """
    _held_by.append(answer)


def settled_until(what: Any) -> dt.date | None:
    """The last day that is settled of a programme, or of what a responsibility is for."""
    return max((day for ask in _settled_by if (day := ask(what))), default=None)


def held_outside(programme: Programme, first: int, last: int, kind: str) -> list[Held]:
    """What apps above hold of the programme that would fall outside."""
    return [held for ask in _held_by for held in ask(programme, first, last, kind)]


def why_responsible(last: dt.date) -> str:
    """Why responsibility may not be laid or ended so that it changes on or before `last`."""
    return (
        f"Perioderna till och med {last:%Y-%m-%d} är låsta, och deras uppföljning räknar dem som "
        f"ansvarade då. En ändring kan gälla tidigast från {last + ONE_DAY:%Y-%m-%d}."
    )


def why_days(last: dt.date) -> str:
    """Why the days of a goal or an activity may not change on or before `last`."""
    return (
        f"Perioderna till och med {last:%Y-%m-%d} är låsta, och deras uppföljning har med de mål "
        f"och aktiviteter som gällde då. En ändring kan gälla tidigast från {last + ONE_DAY}."
    )


def days_moved(
    programme: Programme, before: Days | None, after: Days | None, last: dt.date
) -> str | None:
    """Which of "valid_from" and "valid_to" lets something hold, on or before `last`, on other days
    than it did; None when neither does. None for the days of what is not there.
    """
    was, becomes = _until(programme, before, last), _until(programme, after, last)
    if was == becomes:
        return None
    if before is None or after is None:
        return "valid_from"
    first = programme.first_day
    return "valid_to" if (before[0] or first) == (after[0] or first) else "valid_from"


def check_days_settled(
    programme: Programme, before: Days | None, after: Days | None, *, whole: bool = False
) -> None:
    """Raises Invalid, at the field, when what has been followed up and locked would hold on other
    days. whole: say it of the row, which is to be removed, not of a field."""
    last = settled_until(programme)
    if last is not None and (field := days_moved(programme, before, after, last)):
        raise Invalid(why_days(last), field="" if whole else field)


def _until(programme: Programme, days: Days | None, last: dt.date) -> Days | None:
    """The part of the days that is on or before `last`."""
    if days is None:
        return None
    first, end = days[0] or programme.first_day, min(days[1] or last, last)
    return (first, end) if first <= end else None


def check_responsible(subject: Any, day: dt.date, field: str) -> None:
    """Raises Invalid, at the field, when who answers for the subject on the day is settled."""
    last = settled_until(subject)
    if last is not None and day <= last:
        raise Invalid(why_responsible(last), field=field)
