"""The pages where a nämnd's workbook is taken out, uploaded and looked at."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.domain.checks import ValueInput
from indicators.domain.entry import save_entries
from indicators.models import IndicatorVersion, Report, ReportFile, Value
from organisation.enums import Role
from tests.factories import make_indicator, make_namnd, make_period, make_report, make_user
from tests.indicators.report_book import Book
from trace.models import ReadLog

pytestmark = pytest.mark.django_db
PAGE = "/inrapportering/sodermalm/2025-T1/excel/"
NAME, ONE = "v-i-1-totalt-utfall", "v-i-1-totalt"


@pytest.fixture
def filler():
    make_indicator(name="Utbildade")
    make_period()
    return make_user(Role.UPPGIFTSLAMNARE, make_namnd())


@pytest.fixture
def browser(client, filler):
    client.force_login(filler)
    return client


def book() -> Book:
    return Book(make_namnd(), make_period())


def send(browser, filled: Book, name: str = "bok.xlsx"):
    return browser.post(PAGE, {"file": SimpleUploadedFile(name, filled.data)})


def test_a_workbook_is_taken_out_looked_at_and_confirmed(browser):
    taken = browser.get(f"{PAGE}hamta/")
    assert taken.content == book().made
    assert taken.headers["Content-Disposition"] == (
        'attachment; filename="inrapportering-sodermalm-2025-T1.xlsx"'
    )
    assert ReadLog.objects.latest("pk").summary == "Tog ut arbetsboken för 2025-T1"

    answer = send(browser, book().fill(ONE, utfall=12, kommentar="<b>Ja</b>"))
    kept = ReportFile.objects.get()
    assert answer.headers["Location"] == f"{PAGE}{kept.pk}/"
    page = browser.get(f"{PAGE}{kept.pk}/")
    assert "Mål 1, rad 7, kolumn H</td>" in page.text
    assert "<del>tomt</del></td>" in page.text
    assert "<ins>&lt;b&gt;Ja&lt;/b&gt;</ins></td>" in page.text
    digest = page.context["plan"].digest
    done = browser.post(f"{PAGE}{kept.pk}/las-in/", {"digest": digest}, follow=True)
    assert "Arbetsboken är inläst: 2 ändringar. Rapporten är ett utkast." in done.text
    assert Value.objects.get().number == 12
    assert "2 ändringar" in browser.get(f"{PAGE}{kept.pk}/").text
    again = browser.post(f"{PAGE}{kept.pk}/las-in/", {"digest": digest}, follow=True)
    assert "redan inläst eller kastad" in again.text


def test_a_clash_is_shown_with_three_texts_and_must_be_chosen(browser, filler):
    filled = book().fill(ONE, utfall=9)
    other = make_user(Role.UPPGIFTSLAMNARE, make_namnd())
    given = ValueInput(IndicatorVersion.objects.get().pk, number=Decimal(7))
    save_entries(make_report(), actor=other, expected_version=0, values=[given], grades=[])
    send(browser, filled)
    kept = ReportFile.objects.get()
    page = browser.get(f"{PAGE}{kept.pk}/")
    assert "0 ändringar och 1 krock" in page.text
    address, digest = f"{PAGE}{kept.pk}/las-in/", page.context["plan"].digest
    refused = browser.post(address, {"digest": digest})
    assert "Välj vad som ska gälla på varje rad" in refused.text
    assert Value.objects.get().number == 7
    browser.post(address, {"digest": digest, f"val-{NAME}": "min"})
    assert Value.objects.get().number == 9


def test_faults_are_told_row_by_row_and_nothing_is_kept(browser):
    page = send(browser, book().fill(ONE, utfall="12 st"))
    assert page.status_code == 200
    assert "Utbildade, utfall: ”12 st” är inte ett tal. Skriv med siffror." in page.text
    page = browser.post(PAGE, {"file": SimpleUploadedFile("bok.xlsm", b"PK")})
    assert "kan ha makron" in page.text
    assert not ReportFile.objects.exists()
    assert not Report.objects.exists()


def test_a_file_is_thrown_away_by_its_own(browser, client):
    send(browser, book().fill(ONE, utfall=1))
    kept = ReportFile.objects.get()
    page = browser.post(f"{PAGE}{kept.pk}/kasta/", follow=True)
    assert "Filen är kastad. Inget har ändrats." in page.text
    client.force_login(make_user(Role.UPPGIFTSLAMNARE, make_namnd("bromma")))
    assert client.get(f"{PAGE}{kept.pk}/").status_code == 404


def test_the_list_asks_no_more_for_many_files(browser, filler):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(PAGE).status_code == 200
        return len(captured)

    def add() -> None:
        ReportFile.objects.create(
            namnd=make_namnd(), period=make_period(), name="a.xlsx", content=b"x", sha256="",
            based_on=0, uploaded_by=make_user(Role.UPPGIFTSLAMNARE),
        )  # fmt: skip

    add()
    browser.get(PAGE)
    with_one = queries()
    add()
    add()
    assert queries() == with_one
