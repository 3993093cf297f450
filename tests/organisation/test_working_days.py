"""Working days as the plan counts them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.domain.working_days import (
    is_working_day,
    on_or_before,
    why_free,
    working_days_after,
    working_days_before,
)

DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-12-24", "Julafton"),
        ("2026-12-31", "Nyårsafton"),
        ("2026-06-19", "Midsommarafton"),
        ("2026-05-14", "Kristi himmelsfärdsdag"),
        ("2026-04-03", "Långfredagen"),
        ("2026-11-22", "söndag"),
        ("2026-11-21", "lördag"),
        ("2026-11-23", ""),
        ("2026-01-05", ""),
    ],
)
def test_eves_and_holidays_are_free_and_said_by_name(day: str, why: str):
    assert why_free(dt.date.fromisoformat(day)) == why


def test_counting_skips_what_is_free():
    # Before Christmas 2026: Thursday the 24th to Sunday the 27th are free.
    assert working_days_before(dt.date(2026, 12, 29), 2) == dt.date(2026, 12, 23)
    assert working_days_after(dt.date(2026, 12, 23), 1) == dt.date(2026, 12, 28)
    assert working_days_before(dt.date(2026, 12, 27), 1) == dt.date(2026, 12, 23)
    assert on_or_before(dt.date(2026, 12, 26)) == dt.date(2026, 12, 23)


@given(DAYS, st.integers(0, 40))
def test_what_is_counted_to_is_a_working_day_with_that_many_in_between(day: dt.date, number: int):
    before = working_days_before(day, number)
    assert is_working_day(before)
    between = sum(is_working_day(before + dt.timedelta(days=n)) for n in range((day - before).days))
    # From a day off, 0 steps and 1 step back both lead to the last working day.
    assert between == (number if is_working_day(day) else max(number, 1))
    if number:
        assert working_days_before(working_days_after(day, number), number) == on_or_before(day)
