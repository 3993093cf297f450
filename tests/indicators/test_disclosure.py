"""What is a small number, and what may be shown of it to whom."""

from decimal import Decimal

import pytest

from indicators.domain.disclosure import MISSING, PROTECTED, Audience, CellState, is_small, show

OTHERS, COORDINATOR, OWN = Audience.OTHERS, Audience.COORDINATOR, Audience.OWN_NAMND


@pytest.mark.parametrize(
    ("count", "small"),
    [(None, False), (0, False), (1, True), (4, True), (5, False), (400, False)],
)
def test_one_to_four_is_small(count, small):
    assert is_small(count) is small


@pytest.mark.parametrize(
    ("most", "protected"), [(0, []), (1, [1]), (2, [1, 2]), (9, [1, 2, 3, 4, 5, 6, 7, 8, 9])]
)
def test_the_limit_is_a_setting(settings, most, protected):
    settings.SMALL_COUNT_MAX = most
    shown = [show(value=Decimal(n), counts_people=True, audience=OTHERS) for n in range(12)]
    assert [n for n, cell in enumerate(shown) if cell == PROTECTED] == protected


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (0, 5, True),
        (0, 4, False),  # four people: the whole is small
        (3, 97, False),  # three are in it
        (94, 97, False),  # three are not
        (5, 10, True),
        (97, 97, True),  # nobody is left out
        (4, 4, False),
        (0, 0, True),
    ],
)
def test_a_ratio_is_protected_when_a_part_or_what_is_left_is_small(numerator, denominator, shown):
    cell = show(
        value=Decimal(50),
        counts_people=True,
        audience=OTHERS,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
    )
    assert cell.is_value is shown
    if not shown:
        assert cell == PROTECTED


@pytest.mark.parametrize("audience", [OWN, COORDINATOR])
def test_the_reporting_namnd_and_the_coordinator_see_small_numbers(audience):
    assert show(value=Decimal(2), counts_people=True, audience=audience).value == 2


def test_what_counts_no_people_is_not_protected():
    assert show(value=Decimal(2), counts_people=False, audience=OTHERS).value == 2


def test_zero_missing_and_protected_are_three_things():
    cells = [show(value=v, counts_people=True, audience=OTHERS) for v in (Decimal(0), None, 3)]
    assert [str(cell) for cell in cells] == ["0", "uppgift saknas", "skyddad uppgift"]
    assert [cell.state for cell in cells] == [
        CellState.VALUE,
        CellState.MISSING,
        CellState.PROTECTED,
    ]


def test_a_protected_cell_holds_no_number_anywhere():
    assert (PROTECTED.value, PROTECTED.numerator, PROTECTED.denominator) == (None, None, None)
    assert MISSING.value is None
