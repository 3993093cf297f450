"""What counts as a personnummer in free text, and what passes."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from organisation.personnummer import find_personnummer, text_of_html, why_not_personnummer


def check_digit(nine: str) -> str:
    """By the rule itself: every other digit doubled, digits added, up to the next ten."""
    doubled = "".join(str(int(d) * (2 if i % 2 == 0 else 1)) for i, d in enumerate(nine))
    return str(-sum(map(int, doubled)) % 10)


@st.composite
def numbers(draw, *, samordning: bool | None = None) -> tuple[str, str, str]:
    """Century, date and last four digits of somebody who could be."""
    born = draw(st.dates(dt.date(1900, 1, 1), dt.date(2025, 1, 1)))
    of_a_coordinated_person = draw(st.booleans()) if samordning is None else samordning
    day = born.day + (60 if of_a_coordinated_person else 0)
    date = f"{born:%y%m}{day:02}"
    serial = f"{draw(st.integers(0, 999)):03}"
    return f"{born:%Y}"[:2], date, serial + check_digit(date + serial)


FORMS = (
    "{century}{date}-{last}",
    "{century}{date}{last}",
    "{century}{date} {last}",
    "{date}-{last}",
    "{date}+{last}",
    "{date}{last}",
    "{date} {last}",
    "{date} - {last}",
    "{date}–{last}",
    "{date}\u2011{last}",
    "{date}\u200b-\u200b{last}",
    "{date}\u00a0{last}",
    "{date}\u00ad{last}",
)


@given(numbers(), st.sampled_from(FORMS))
def test_a_personnummer_is_found_in_every_form(number, form):
    century, date, last = number
    written = form.format(century=century, date=date, last=last)
    found = find_personnummer(f"Hon ({written}) kom i maj.")
    assert found is not None
    assert found.endswith(last)
    assert date in found


@given(numbers(), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_and_it_is_another_number(number, place, more):
    _, date, last = number
    digits = date + last
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert find_personnummer(f"{wrong[:6]}-{wrong[6:]}") is None


@given(numbers())
def test_full_width_and_arabic_digits_hide_nothing(number):
    _, date, last = number
    for first in "\uff10\u0660":
        other = "".join(chr(ord(first) + int(d)) for d in date + last)
        assert find_personnummer(other) == date + last


@given(st.integers(0, 999_999), st.integers(0, 9_999))
def test_an_organisationsnummer_passes(first, last):
    first = int(f"{first:06}"[:2] + str(2 + first % 8) + f"{first:06}"[3:])
    assert find_personnummer(f"{first:06}-{last:04}") is None
    assert find_personnummer(f"16{first:06}-{last:04}") is None


@given(st.integers(2, 9), st.integers(0, 9_999_999))
def test_bankgiro_and_plusgiro_pass(first, number):
    digits = f"{first}{number:07}"
    for written in (f"{digits[:4]}-{digits[4:]}", f"{digits[:3]}-{digits[3:7]}", f"{digits[:7]}-1"):
        assert find_personnummer(written) is None


@given(
    st.sampled_from(["08", "070", "073", "031", "0850"]), st.lists(st.integers(0, 9), min_size=7)
)
def test_a_telephone_number_written_in_groups_passes(area, digits):
    d = "".join(map(str, digits))[:7]
    for written in (
        f"{area}-{d[:3]} {d[3:5]} {d[5:7]}",
        f"{area}-{d[:2]} {d[2:4]} {d[4:6]}",
        f"+46 {area[1:]} {d[:3]} {d[3:5]} {d[5:7]}",
    ):
        assert find_personnummer(written) is None


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9999), st.integers(2019, 2030))
def test_a_diary_number_passes(one, two, number, year):
    for written in (f"{one}.{two}.1-{number}/{year}", f"KS {year}/{number}", f"{year}-{number}"):
        assert find_personnummer(written) is None


@pytest.mark.parametrize(
    "text",
    [
        "08-508 25 000",
        "0850825000",
        "212000-0142",
        "2025-04-30 1400",
        "1 234 567 890",
        "SE45 5000 0000 0583 9825 7466",
        "ISBN 978-91-7123-456-8",
        "19900101-1234 kronor",
        "990231-1230",
        "12345678901234567890",
        "",
        "2024 2025 2026",
    ],
)
def test_what_is_no_personnummer_passes(text):
    assert find_personnummer(text) is None


@time_machine.travel("2025-05-01")
def test_who_is_not_born_yet_has_no_number():
    tomorrow, today = "250502", "250501"
    assert find_personnummer(f"20{tomorrow}-100{check_digit(tomorrow + '100')}") is None
    assert find_personnummer(f"20{today}-100{check_digit(today + '100')}") is not None


def test_a_leap_day_is_one_only_in_a_leap_year():
    last = "100" + check_digit("230229" + "100")
    assert find_personnummer(f"20230229-{last}") is None
    last = "100" + check_digit("240229" + "100")
    assert find_personnummer(f"20240229-{last}") == f"20240229-{last}"


def number() -> str:
    return "900101-123" + check_digit("900101123")


def test_in_rich_text_a_tag_parts_no_number_and_a_block_does():
    one, other = number().split("-")
    assert find_personnummer(text_of_html(f"<p>{one}-<strong>{other}</strong></p>")) == number()
    assert find_personnummer(text_of_html(f"<p>{one}&#45;{other}</p>")) == number()
    assert find_personnummer(text_of_html(f"<p>{one}</p><p>{other}</p>")) is None


def test_the_message_says_where_and_what_to_do_and_not_the_number():
    assert why_not_personnummer(f"Hon heter {number()}.", "Kommentaren") == (
        "Kommentaren innehåller något som ser ut som ett personnummer (900101-NNNN). "
        "Personnummer får inte stå i Samlad. Ta bort det. "
        "Är det ett annat nummer, skriv det med mellanrum."
    )
    assert why_not_personnummer("Ingenting här.") == ""
