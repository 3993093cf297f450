"""The coordinator's pages: states and progress of every nämnd, and never a value."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from indicators.enums import PeriodState, ReportState
from indicators.models import Extension, Period
from organisation.enums import NamndKind, Role
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from trace.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today():
    with time_machine.travel("2026-01-20 12:00", tick=False):
        yield


@pytest.fixture
def samordnare(client):
    user = make_user(
        Role.SAMORDNARE,
        make_namnd("socialnamnden", kind=NamndKind.FACKNAMND),
        username="samordnare",
    )
    client.force_login(user)
    return user


@pytest.fixture
def period():
    return make_period("2025-VB", state=PeriodState.OPPEN, due_on=dt.date(2026, 1, 15))


def asked(*codes):
    """An indicator, and stadsdelsnämnder: all of those are to report it."""
    definition = make_indicator()
    return definition, [make_namnd(code, name=f"{code.title()} stadsdelsnämnd") for code in codes]


def address(name, code="2025-VB", **more):
    return reverse(name, kwargs={"code": code, **more})


def post(client, name, **fields):
    return client.post(address(name), fields, follow=True)


def test_the_table_tells_states_and_progress_and_no_value(client, samordnare, period):
    definition, (bromma, _) = asked("bromma", "farsta")
    report = make_report(bromma, period)
    make_value(report, definition, 4711)
    page = client.get(address("period")).content.decode()
    assert "0 av 2 nämnder och bolag har lämnat in, 0 är godkända och 2 är sena." in page
    assert "1 av 2</td>" in page  # the value is there, the judgement of the goal is not
    assert "0 av 2</td>" in page
    assert "5 dagar sen" in page
    assert "4711" not in page
    assert "4 711" not in page.replace("\u00a0", " ")


def test_the_same_queries_for_one_namnd_and_for_three(
    client, samordnare, period, django_assert_num_queries
):
    _, namnder = asked("bromma")
    make_report(namnder[0], period)
    with django_assert_num_queries(QUERIES):
        client.get(address("period-table"))
    for code in ("farsta", "skarpnack"):
        namnd = make_namnd(code)
        make_report(namnd, period)
        Extension.objects.create(
            period=period, namnd=namnd, until="2026-02-01", reason="Sjukdom", given_by=samordnare
        )
    with django_assert_num_queries(QUERIES):
        page = client.get(address("period-table")).content.decode()
    assert page.count("<tr>") == 4


def test_the_grid_tells_where_each_report_stands_in_each_period_and_no_value(
    client, samordnare, period
):
    earlier = make_period("2025-T2", state=PeriodState.LAST, lock_reason="Redovisad i nämnden.")
    definition, (bromma, _farsta) = asked("bromma", "farsta")
    report = make_report(bromma, period)
    make_value(report, definition, 4711, warnings=[{"rule": "lagre", "text": "Lägre."}])
    make_report(bromma, earlier, ReportState.LAST)
    page = client.get(reverse("period-list")).content.decode()
    grid = page[page.index('class="city-grid"') :]
    cells = [re.sub(r"\s+", " ", cell) for cell in re.findall(r"(?s)<td>(.*?)</td>", grid)]
    assert [
        re.sub(r"<[^>]+>| ?ändrad.*", "", cell).replace(" :", ":").strip() for cell in cells
    ] == [
        "Utkast: Bromma stadsdelsnämnd, verksamhetsberättelse 2025 5 dagar sen 1 varning kvar",
        "Låst: Bromma stadsdelsnämnd, tertialrapport 2 2025",
        "Ej påbörjad: Farsta stadsdelsnämnd, verksamhetsberättelse 2025 5 dagar sen",
        "Ej påbörjad: Farsta stadsdelsnämnd, tertialrapport 2 2025 kom inte in",
    ]
    assert f'href="{address("period")}#namnd-bromma"' in cells[0]
    assert 'id="namnd-bromma"' in client.get(address("period")).content.decode()
    assert "4711" not in page.replace("\u00a0", "").replace(" ", "")


def test_the_grid_asks_as_often_for_one_namnd_and_period_as_for_three(
    client, samordnare, period, django_assert_num_queries
):
    _, (bromma,) = asked("bromma")
    make_report(bromma, period)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("period-list"))
    periods = [period, *(make_period(code, state="stangd") for code in ("2025-T1", "2025-T2"))]
    for namnd in (bromma, make_namnd("farsta"), make_namnd("skarpnack")):
        for one in periods:
            if (namnd, one) != (bromma, period):
                make_report(namnd, one)
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(reverse("period-list")).content.decode()
    assert (
        page.count('<a href="/inrapportering/perioder/2025') == 3 + 3 + 9
    )  # the list of periods, the columns, the cells


def test_the_grid_holds_the_six_latest_periods_that_have_been_opened(client, samordnare):
    _, (bromma,) = asked("bromma")
    codes = ["2023-VB", "2024-T1", "2024-T2", "2024-VB", "2025-T1", "2025-T2", "2025-VB"]
    for code in codes:
        make_period(code, state="stangd")
    make_period("2026-T1", state=PeriodState.PLANERAD)
    grid = client.get(reverse("period-list")).context["grid"]
    assert [one.code for one in grid.periods] == codes[:0:-1]
    assert [row.namnd for row in grid.rows] == [bromma]


def test_a_reminder_goes_to_who_is_to_act_once_a_day(client, samordnare, period):
    _, (bromma, farsta) = asked("bromma", "farsta")
    filler = make_user(Role.UPPGIFTSLAMNARE, bromma, username="a", email="a@stad.example")
    reviewer = make_user(Role.GRANSKARE, farsta, username="b", email="b@stad.example")
    make_user(Role.GRANSKARE, bromma, username="c", email="c@stad.example")
    make_report(farsta, period, state=ReportState.INLAMNAD)
    fields = {
        "namnd": ["bromma", "farsta"],
        "subject": "Påminnelse: [period]",
        "body": "Hej [nämnd]! Senast [sista dag].",
    }
    page = post(client, "period-remind", **fields).content.decode()
    assert "Påminnelse ligger i utkorgen till Bromma stadsdelsnämnd, Farsta stadsdelsnämnd." in page
    assert list(
        Mail.objects.order_by("person__username").values_list("person", "subject", "body")
    ) == [
        (
            filler.pk,
            "Påminnelse: verksamhetsberättelse 2025",
            "Hej Bromma stadsdelsnämnd! Senast 2026-01-15.",
        ),
        (
            reviewer.pk,
            "Påminnelse: verksamhetsberättelse 2025",
            "Hej Farsta stadsdelsnämnd! Senast 2026-01-15.",
        ),
    ]
    post(client, "period-remind", **fields)
    assert Mail.objects.count() == 2
    with time_machine.travel("2026-01-21 12:00", tick=False):
        client.force_login(samordnare)
        post(client, "period-remind", **fields)
    assert Mail.objects.count() == 4


def test_all_who_are_late_are_reminded_and_nobody_else(client, samordnare, period):
    _, namnder = asked("bromma", "farsta", "skarpnack")
    for namnd in namnder:
        make_user(
            Role.UPPGIFTSLAMNARE,
            namnd,
            username=namnd.code,
            email=f"{namnd.code}@stad.example",
        )
    make_report(namnder[0], period, state=ReportState.GODKAND)
    Extension.objects.create(
        period=period,
        namnd=namnder[1],
        until="2026-02-01",
        reason="Sjukdom",
        given_by=samordnare,
    )
    post(client, "period-remind", **{"all-late": "1", "subject": "x", "body": "y"})
    assert list(Mail.objects.values_list("address", flat=True)) == ["skarpnack@stad.example"]


def test_whom_no_mail_reaches_is_said(client, samordnare, period):
    asked("bromma")
    page = post(client, "period-remind", namnd="bromma", subject="x", body="y").content.decode()
    assert "Ingen med uppgiften har en e-postadress i Samlad: Bromma stadsdelsnämnd." in page
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"subject": "x", "body": "y"}, "Välj minst en nämnd i tabellen."),
        ({"namnd": "bromma", "body": "y"}, "Ämne: Skriv ett ämne."),
        ({"namnd": "bromma", "subject": "x", "body": "Kim 19900101-0017"}, "personnummer"),
    ],
)
def test_a_reminder_that_is_wrong_is_said_and_what_was_written_stays(
    client, samordnare, period, fields, message
):
    asked("bromma")
    page = post(client, "period-remind", **fields).content.decode()
    assert message in page
    assert fields.get("body", "") in page
    assert not Mail.objects.exists()


def test_more_time_is_given_and_taken_back(client, samordnare, period):
    asked("bromma")
    page = post(client, "period-extend", namnd="bromma", until="2026-02-01", reason="Sjukdom")
    assert "Bromma stadsdelsnämnd har tid till och med 2026-02-01." in page.content.decode()
    extension = Extension.objects.get()
    client.post(address("extension-withdraw", pk=extension.pk))
    assert not Extension.objects.exists()


def test_a_day_before_the_end_is_said_at_the_form(client, samordnare, period):
    fields = {"revision": 0, "due_on": "2025-12-30"}
    page = post(client, "period-due", **fields).content.decode()
    assert "Den kan inte lämnas in innan den är slut." in page
    assert 'value="2025-12-30"' in page
    assert Period.objects.get().due_on == dt.date(2026, 1, 15)


def test_a_period_is_locked_with_its_reason(client, samordnare, period):
    page = post(client, "period-move", action="LOCK", revision=0, reason="").content.decode()
    assert "Skriv varför." in page
    page = post(client, "period-move", action="LOCK", revision=0, reason="Alla är klara")
    assert "Låst: Alla är klara" in page.content.decode()
    assert Period.objects.get().state == PeriodState.LAST


def test_an_unknown_action_and_an_unknown_period_are_not_there(client, samordnare, period):
    assert post(client, "period-move", action="EXPLODE", revision=0).status_code == 404
    assert client.get(address("period", "2031-T1")).status_code == 404


def test_one_reads_ones_own_mail_and_no_other(client, samordnare, period):
    _, (bromma, farsta) = asked("bromma", "farsta")
    filler = make_user(Role.UPPGIFTSLAMNARE, bromma, username="a", email="a@stad.example")
    make_user(Role.UPPGIFTSLAMNARE, farsta, username="b", email="b@stad.example")
    post(client, "period-remind", namnd=["bromma", "farsta"], subject="[nämnd]", body="Hej")
    page = client.get(reverse("outbox")).content.decode()
    assert ("Bromma stadsdelsnämnd" in page, "Farsta stadsdelsnämnd" in page) == (True, True)
    client.force_login(filler)
    page = client.get(reverse("outbox")).content.decode()
    assert ("Bromma stadsdelsnämnd" in page, "Farsta stadsdelsnämnd" in page) == (True, False)


def test_the_outbox_asks_as_often_for_one_message_as_for_three(
    client, samordnare, django_assert_num_queries
):
    def messages(keys):
        for key in keys:
            Mail.objects.create(
                key=key,
                person=make_user(username=key, email=f"{key}@stad.example"),
                posted_by=samordnare,
                address="x@stad.example",
                subject="x",
                body="y",
            )

    messages(["one"])
    with django_assert_num_queries(OUTBOX_QUERIES):
        client.get(reverse("outbox"))
    messages(["two", "three"])
    with django_assert_num_queries(OUTBOX_QUERIES):
        client.get(reverse("outbox"))


QUERIES = 10
LIST_QUERIES = 9
OUTBOX_QUERIES = 5
