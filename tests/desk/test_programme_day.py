"""The day that a programme is read as of: today while it runs, else its last or its first."""

import datetime as dt
import io

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from tests.factories import make_activity, make_goal, make_namnd, make_programme, make_user

pytestmark = pytest.mark.django_db
SLUG = "vald-2021-2025"
NEXT = "vald-2026-2030"
ENDED = "Texter och ansvar visas som de gällde den 31 december 2025."
TO_COME = "Texter och ansvar visas som de gäller den 1 januari 2026."


@pytest.fixture
def visitor(client: Client) -> Client:
    make_activity("rutin", make_goal(1))
    make_programme(NEXT, first_year=2026, last_year=2030)
    make_activity("nasta", make_goal(1, make_programme(NEXT)))
    make_namnd("bromma", valid_to=dt.date(2025, 12, 31))
    make_namnd("farsta", valid_from=dt.date(2026, 1, 1))
    make_namnd("kista", valid_from=dt.date(2026, 1, 1))
    client.force_login(make_user(namnd=make_namnd("sodermalm")))
    return client


def pages(client: Client, slug: str, activity: str) -> list[str]:
    addresses = ("", "mal/1/", f"aktivitet/{activity}/")
    return [client.get(f"/program/{slug}/{address}").content.decode() for address in addresses]


def files(client: Client, slug: str) -> list[str]:
    word = Document(io.BytesIO(client.get(f"/program/{slug}/ladda-ned/docx/").content))
    pdf = PdfReader(io.BytesIO(client.get(f"/program/{slug}/ladda-ned/pdf/").content))
    texts = (
        "\n".join(p.text for p in word.paragraphs),
        " ".join(page.extract_text() for page in pdf.pages),
    )
    return [" ".join(text.split()) for text in texts]


def test_one_that_has_ended_is_read_as_of_its_last_day(visitor, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC))
    shown = pages(visitor, SLUG, "rutin")
    assert [ENDED in page for page in shown] == [True] * 3
    for page in shown[1:]:
        assert "(2 den 31 december 2025)" in page
        assert "Bromma stadsdelsnämnd" in page
        assert "i dag)" not in page
    for text in files(visitor, SLUG):
        assert "Texter och ansvar som de gällde den 31 december 2025." in text
        assert "2026" not in text


def test_one_that_has_not_begun_is_read_as_of_its_first_day(visitor, time_machine):
    time_machine.move_to(dt.datetime(2025, 11, 21, 12, tzinfo=dt.UTC))
    shown = pages(visitor, NEXT, "nasta")
    assert [TO_COME in page for page in shown] == [True] * 3
    for page in shown[1:]:
        assert "(3 den 1 januari 2026)" in page
        assert "Farsta stadsdelsnämnd" in page
    for text in files(visitor, NEXT):
        assert "Texter och ansvar som de gäller den 1 januari 2026." in text


@pytest.mark.parametrize("day", [dt.date(2021, 1, 1), dt.date(2025, 12, 31)])
def test_one_that_runs_is_read_as_of_today(visitor, time_machine, day):
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), dt.UTC))
    for page in pages(visitor, SLUG, "rutin"):
        assert "Programmet har" not in page
    assert "(2 i dag)" in pages(visitor, SLUG, "rutin")[1]
