"""Numbers as Swedes write them: read, refused with words, and written back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.numbers import NumberNotUnderstood, format_number, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("007", "7"),
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        (" 12,50 ", "12.5"),
        ("1 000", "1000"),
        ("1\u00a0000", "1000"),
        ("1\u2009000", "1000"),
        ("1\u202f000", "1000"),
        ("1 234 567,89", "1234567.89"),
        ("1 000.5", "1000.5"),
        ("1234,5", "1234.5"),
        ("0,25", "0.25"),
        ("+3", "3"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("- 3", "-3"),
        ("999999999999,99", "999999999999.99"),
    ],
)
def test_a_number_is_read_whatever_sign_groups_it(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.000", "”1.000” kan betyda 1 000 eller 1,0. Skriv 1 000 eller 1,0."),
        ("1,000", "”1,000” kan betyda 1 000 eller 1,0. Skriv 1 000 eller 1,0."),
        ("12.345", "”12.345” kan betyda 12 345 eller 12,345. Skriv 12 345 eller 12,345."),
        ("1.000.000", "”1.000.000” har flera skiljetecken. Gruppera siffror med mellanslag."),
        ("många", "”många” är inte ett tal. Skriv med siffror."),
        ("12 st", "”12 st” är inte ett tal. Skriv med siffror."),
        ("12 %", "Skriv talet utan %: 12."),
        ("12,5%", "Skriv talet utan %: 12,5."),
        ("många %", "”många %” är inte ett tal. Skriv med siffror."),
        ("1e3", "”1e3” är inte ett tal. Skriv med siffror."),
        ("NaN", "”NaN” är inte ett tal. Skriv med siffror."),
        ("٣", "”٣” är inte ett tal. Skriv med siffror."),
        ("12,", "”12,” är inte ett tal. Skriv med siffror."),
        ("10 00", "”10 00” är inte ett tal. Skriv med siffror."),
        ("--3", "”--3” är inte ett tal. Skriv med siffror."),
        ("", "”” är inte ett tal. Skriv med siffror."),
        ("1" * 40, "Talet har för många siffror. Det får vara högst 12."),
        ("1000000000000", "Talet har för många siffror. Det får vara högst 12."),
        ("0,123", "Talet får ha högst 2 decimaler."),
    ],
)
def test_what_is_no_number_or_could_be_two_is_refused_in_words(text, message):
    with pytest.raises(NumberNotUnderstood) as refusal:
        parse_number(text)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("0", None, "0"),
        ("-0", None, "0"),
        ("12.50", None, "12,5"),
        ("1000", None, "1\u00a0000"),
        ("1234567.8", None, "1\u00a0234\u00a0567,8"),
        ("-3", None, "\u22123"),
        ("100", None, "100"),
        ("64.2857", 1, "64,3"),
        ("64", 1, "64,0"),
        ("-0.04", 1, "0,0"),
    ],
)
def test_a_number_is_written_as_swedes_write_it(number, decimals, text):
    assert format_number(Decimal(number), decimals=decimals) == text


@given(
    st.decimals(min_value=-999_999_999_999, max_value=999_999_999_999, places=2, allow_nan=False)
)
def test_what_is_written_is_read_back_as_the_same_number(number):
    assert parse_number(format_number(number)) == number


@given(st.text(max_size=60))
def test_any_text_is_either_a_number_or_refused(text):
    try:
        number = parse_number(text)
    except NumberNotUnderstood:
        return
    assert abs(number) < 10**12
