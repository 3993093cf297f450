"""Programmes in and out as files on the web: look first, then confirm."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.demo.organisation import load_namnder
from indicators.domain.errors import NotAllowed, NotOpen
from indicators.domain.loading.loading import load_programme
from indicators.domain.loading.problems import BadFile
from indicators.domain.loading.review import (
    confirm,
    discard,
    discard_aged,
    keep_for_review,
    plan_of,
)
from indicators.enums import ProgrammeFileState
from indicators.models import ProgrammeFile
from organisation.enums import Role
from organisation.models import Namnd
from programme.models import Activity, Programme
from tests.factories import make_programme, make_user
from tests.indicators.programme_sheets import as_workbook, as_yaml, small
from trace.enums import ReadKind
from trace.models import Event, ReadLog
from trace.uploads import WORKBOOK, open_upload

pytestmark = pytest.mark.django_db
FILES = "/programfiler/"


@pytest.fixture
def coordinator():
    load_namnder()
    return make_user(Role.SAMORDNARE, Namnd.objects.get(code="socialnamnden"))


@pytest.fixture
def browser(coordinator) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def send(browser: Client, data: bytes, name: str = "p.xlsx"):
    return browser.post(FILES, {"file": SimpleUploadedFile(name, data)})


def test_a_file_is_looked_at_confirmed_and_then_no_longer_kept(browser):
    answer = send(browser, as_workbook(small()).data)
    kept = ProgrammeFile.objects.get()
    assert answer.headers["Location"] == f"{FILES}{kept.pk}/"
    page = browser.get(f"{FILES}{kept.pk}/")
    assert "18 tillagda rader, 0 ändrade, 0 borttagna" in page.text
    assert "Fråga alla, alltid." in page.text
    assert not Programme.objects.exists()
    digest = page.context["plan"].digest
    answer = browser.post(f"{FILES}{kept.pk}/las-in/", {"digest": digest})
    assert answer.headers["Location"] == "/program/prov-2026-2030/"
    kept.refresh_from_db()
    assert kept.state == ProgrammeFileState.INLAST
    assert bytes(kept.content) == b""
    assert kept.programme == Programme.objects.get()
    assert "18 tillagda rader" in browser.get(f"{FILES}{kept.pk}/").text
    again = browser.post(f"{FILES}{kept.pk}/las-in/", {"digest": digest}, follow=True)
    assert "redan inläst eller kastad" in again.text


def test_changes_show_what_was_and_what_becomes(browser):
    load_programme(as_yaml(small()))
    document = small()
    document["Aktiviteter"][1]["Text"] = "Skydda <b>alla</b>."
    del document["Årsmål"][1]
    send(browser, as_workbook(document).data)
    page = browser.get(f"{FILES}{ProgrammeFile.objects.get().pk}/").text
    assert "<del>Skydda.</del> → <ins>Skydda &lt;b&gt;alla&lt;/b&gt;.</ins>" in page
    assert "borttagen" in page
    assert "bladet Lydelser" in page


def test_a_file_with_faults_is_told_row_by_row_and_not_kept(browser):
    document = small()
    document["Aktiviteter"][0]["Mål"] = "9"
    page = send(browser, as_workbook(document).data)
    assert page.status_code == 200
    assert "Mål 9 finns inte i bladet Mål." in page.text
    assert '<td class="num">2</td>' in page.text
    assert not ProgrammeFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xlsx", b"%PDF-1.4", "en PDF-fil"),
        ("a.xlsm", b"PK", "makron"),
        ("a.exe", b"MZ", "av ett slag som inte tas emot"),
        ("a.yaml", b"a: !!python/name:os.system x", "Taggar"),
    ],
)
def test_an_unsafe_file_is_refused_at_the_field(browser, name, data, says):
    assert says in send(browser, data, name).text
    assert not ProgrammeFile.objects.exists()


def test_without_a_file_the_field_asks_for_one(browser):
    assert "Välj en fil." in browser.post(FILES).text


def test_what_changed_since_the_preview_is_looked_at_again(browser, coordinator):
    kept = keep_for_review(as_yaml(small()), actor=coordinator)
    seen = plan_of(kept).digest
    other = small()
    other["Aktiviteter"][0]["Text"] = "Något annat."
    load_programme(as_yaml(other))
    page = browser.post(f"{FILES}{kept.pk}/las-in/", {"digest": seen}, follow=True)
    assert "något ändrats i Samlad" in page.text
    assert Activity.objects.get(code="fraga").text == "Något annat."
    kept.refresh_from_db()
    assert kept.state == ProgrammeFileState.VANTAR


def test_a_file_may_be_thrown_away(browser, coordinator):
    kept = keep_for_review(as_yaml(small()), actor=coordinator)
    browser.post(f"{FILES}{kept.pk}/kasta/")
    kept.refresh_from_db()
    assert (kept.state, bytes(kept.content)) == (ProgrammeFileState.KASTAD, b"")
    with pytest.raises(NotOpen):
        discard(kept, actor=coordinator)


def test_a_new_file_takes_the_place_of_the_one_that_waited(coordinator):
    first = keep_for_review(as_yaml(small()), actor=coordinator)
    keep_for_review(as_workbook(small()), actor=coordinator)
    first.refresh_from_db()
    assert first.state == ProgrammeFileState.KASTAD
    assert ProgrammeFile.objects.waiting().count() == 1


def test_a_file_that_nobody_confirms_is_not_kept_for_ever(browser, coordinator):
    with time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), tick=False):
        old = keep_for_review(as_yaml(small()), actor=coordinator)
        seen = plan_of(old).digest
    with time_machine.travel(dt.datetime(2026, 3, 15, 11, tzinfo=dt.UTC), tick=False):
        assert discard_aged() == 0
    with time_machine.travel(dt.datetime(2026, 3, 15, 13, tzinfo=dt.UTC), tick=False):
        with pytest.raises(BadFile) as refused:
            confirm(old, actor=coordinator, expected_digest=seen)
        assert ["mer än 14 dagar" in str(p) for p in refused.value.problems] == [True]
        other = make_user(Role.SAMORDNARE)
        new = keep_for_review(as_yaml(small()), actor=other)
    old.refresh_from_db()
    assert (old.state, bytes(old.content), old.done_by) == (ProgrammeFileState.KASTAD, b"", None)
    assert [f.pk for f in ProgrammeFile.objects.waiting()] == [new.pk]
    assert "mer än 14 dagar" in Event.objects.get(verb="programfil-kastad").summary


def test_nobody_else_may(coordinator):
    kept = keep_for_review(as_yaml(small()), actor=coordinator)
    other = make_user(Role.CHEF)
    for command in (
        lambda: keep_for_review(as_yaml(small()), actor=other),
        lambda: confirm(kept, actor=other, expected_digest=""),
        lambda: discard(kept, actor=other),
    ):
        with pytest.raises(NotAllowed):
            command()
    assert not ProgrammeFile.objects.visible_to(other).exists()


def test_the_template_has_every_sheet_and_asks_for_the_programme(browser):
    answer = browser.get(f"{FILES}mall/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mall-program.xlsx"'
    page = send(browser, answer.content)
    assert "Programmet saknas. Fyll i rad 2 i bladet." in page.text


@pytest.mark.parametrize("file_format", ["xlsx", "yaml"])
def test_a_programme_taken_out_loads_back_and_is_logged(browser, file_format):
    load_programme(as_yaml(small()))
    answer = browser.get(f"{FILES}ta-ut/prov-2026-2030/{file_format}/")
    name = f"prov-2026-2030.{file_format}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert ReadLog.objects.filter(kind=ReadKind.EXPORT).count() == 1
    send(browser, answer.content, name)
    page = browser.get(f"{FILES}{ProgrammeFile.objects.get().pk}/")
    assert "filen säger detsamma som Samlad" in page.text
    assert browser.get(f"{FILES}ta-ut/finns-inte/{file_format}/").status_code == 404


def test_a_workbook_taken_out_names_nobody(browser, coordinator):
    load_programme(as_yaml(small()), actor=coordinator)
    content = browser.get(f"{FILES}ta-ut/prov-2026-2030/xlsx/").content
    assert open_upload("p.xlsx", content, [WORKBOOK]).data == content
    assert str(coordinator).encode() not in content


def test_the_list_takes_the_same_number_of_queries_for_one_as_for_three(browser, coordinator):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(FILES)
        return len(asked)

    confirmed = keep_for_review(as_yaml(small()), actor=coordinator)
    confirm(confirmed, actor=coordinator, expected_digest=plan_of(confirmed).digest)
    queries()
    one = queries()
    for number in range(2):
        make_programme(f"ett-till-{number}")
        keep_for_review(as_yaml(small()), actor=coordinator)
    assert queries() == one


def test_the_coordinator_finds_the_way_from_the_list_of_programmes(browser):
    assert reverse("programme-files") in browser.get("/program/").text
    other = Client()
    other.force_login(make_user(Role.LASARE))
    assert reverse("programme-files") not in other.get("/program/").text
