"""What people write in the register, checked before it is kept."""

import datetime as dt

from organisation.domain.errors import Invalid
from organisation.personnummer import why_not_personnummer

LAST_DAY = dt.date(2199, 12, 31)
FIRST_DAY = dt.date(1900, 1, 1)


def one_line(text: str, *, field: str, label: str, most: int, required: bool = False) -> str:
    """The text on one line. Raises Invalid: missing, too long, or with a personnummer."""
    text = " ".join(text.split())
    if required and not text:
        raise Invalid(f"Fyll i: {label[:1].lower()}{label[1:]}.", field=field)
    if len(text) > most:
        raise Invalid(f"{label} får ha högst {most} tecken.", field=field)
    if problem := why_not_personnummer(text, label):
        raise Invalid(problem, field=field)
    return text


def running_text(text: str, *, field: str, label: str, most: int) -> str:
    """Text of several lines. Raises Invalid as `one_line`; it is always required."""
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise Invalid(f"{label} är tom.", field=field)
    if len(text) > most:
        raise Invalid(f"{label} får ha högst {most} tecken.", field=field)
    if problem := why_not_personnummer(text, label):
        raise Invalid(problem, field=field)
    return text


def day(on: dt.date | None, *, field: str) -> dt.date | None:
    """Any day, in the past too, but not one that is a slip of the keyboard."""
    if on is not None and not FIRST_DAY <= on <= LAST_DAY:
        raise Invalid("Kontrollera årtalet i datumet.", field=field)
    return on
