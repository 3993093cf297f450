"""The pages of reporting: who sees them, what they do, and how many questions they ask."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.enums import PeriodState, ReportState
from indicators.models import Report, Value
from organisation.enums import INSIDE_ROLES, Role
from organisation.models import Membership
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
    triggers_asleep,
)
from trace.domain import acting
from trace.models import Event

pytestmark = pytest.mark.django_db

FIELD = "v-i-1-totalt-utfall"


def page(name="report", namnd="sodermalm", period="2025-T1"):
    return reverse(name, args=[namnd, period])


def sign_in(client, role=Role.UPPGIFTSLAMNARE, namnd=None):
    user = make_user(role, namnd)
    client.force_login(user)
    return user


def post(client, url, revision=0, **fields):
    return client.post(url, {"revision": revision, "seen": "{}"} | fields)


@pytest.fixture
def definition():
    make_period()
    return make_indicator(name="Antal utbildade")


# Who -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [reverse("reporting"), page()])
def test_who_is_not_signed_in_is_asked_to(client, url):
    response = client.get(url)
    assert (response.status_code, response.url) == (302, f"/logga-in/?next={url}")


@pytest.mark.parametrize("role", [r for r in Role if r != Role.SYSTEMFORVALTARE])
def test_everybody_who_takes_part_in_the_namnds_work_reads_its_report(client, definition, role):
    make_report()
    sign_in(client, role)
    assert client.get(page()).status_code == (200 if role in INSIDE_ROLES else 404)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", Role)
def test_another_namnds_report_does_not_exist(client, definition, role, method):
    make_value(make_report(), definition, 4711)
    namnd = None if role == Role.SYSTEMFORVALTARE else make_namnd("farsta")
    sign_in(client, role, namnd)
    names = (
        ["report"]
        if method == "get"
        else [
            "report",
            "report-submit",
            "report-approve",
            "report-return",
        ]
    )
    for name in names:
        assert getattr(client, method)(page(name)).status_code == 404


@pytest.mark.parametrize("period", ["2025-T3", "2024-T1", "nonsens"])
def test_an_unknown_period_is_not_found(client, definition, period):
    sign_in(client)
    assert client.get(page(period=period)).status_code == 404


def test_a_namnd_that_does_not_exist_in_the_period_has_no_report(client, definition):
    old = make_namnd("rinkeby-kista", valid_to=dt.date(2023, 6, 30))
    make_period("2023-T1")
    make_period("2023-T2")
    sign_in(client, namnd=old)
    assert client.get(page(namnd="rinkeby-kista", period="2023-T1")).status_code == 200
    assert client.get(page(namnd="rinkeby-kista", period="2023-T2")).status_code == 404


@pytest.mark.parametrize("role", [Role.GRANSKARE, Role.LASARE, Role.CHEF])
def test_only_uppgiftslamnare_get_a_form_and_may_save(client, definition, role):
    make_report()
    sign_in(client, role)
    body = client.get(page()).content.decode()
    assert f'name="{FIELD}"' not in body
    assert "Den fylls i av nämndens uppgiftslämnare." in body
    assert post(client, page(), **{FIELD: "3"}).status_code == 403
    assert post(client, page("report-submit")).status_code == 403
    assert Value.objects.count() == 0


def test_uppgiftslamnare_may_neither_approve_nor_send_back(client, definition):
    make_report(state=ReportState.INLAMNAD)
    sign_in(client)
    assert post(client, page("report-approve")).status_code == 403
    assert post(client, page("report-return"), reason="Fel.").status_code == 403
    assert Report.objects.get().state == ReportState.INLAMNAD


# Filling in ------------------------------------------------------------------------------------


def test_looking_at_a_report_that_nobody_has_begun_begins_nothing(client, definition):
    sign_in(client)
    response = client.get(page())
    assert f'name="{FIELD}"' in response.content.decode()
    assert Report.objects.count() == 0


def test_saving_and_coming_back_shows_what_was_saved(client, definition):
    sign_in(client)
    with time_machine.travel("2025-05-02T12:32:00+00:00", tick=False):
        response = post(client, page(), **{FIELD: "12,5"})
        assert (response.status_code, response.url) == (302, page())
        body = client.get(page()).content.decode()
    assert 'value="12,5"' in body
    assert "Sparat 14:32" in body
    assert Value.objects.get().number == Decimal("12.50")


def test_the_same_form_posted_twice_saves_once(client, definition):
    sign_in(client)
    for _ in range(2):
        assert post(client, page(), **{FIELD: "7"}).status_code == 302
    assert Value.objects.count() == 1
    assert [e.verb for e in Event.objects.about(Report.objects.get())] == ["saved", "started"]


def test_errors_are_listed_and_everything_typed_stays(client, definition):
    make_indicator("i-2", name="Något annat")
    sign_in(client)
    response = post(client, page(), **{FIELD: "1.000", "v-i-2-totalt-utfall": "5"})
    body = response.content.decode()
    assert response.status_code == 200
    assert 'href="#id_v-i-1-totalt-utfall"' in body
    assert 'value="1.000"' in body
    assert 'value="5"' in body
    assert 'aria-describedby="id_v-i-1-totalt-utfall_error"' in body
    # What is right is saved; what is wrong is not.
    assert [value.definition.indicator.code for value in Value.objects.all()] == ["i-2"]


def test_a_page_with_errors_does_not_hide_that_somebody_else_saved(client, definition):
    """The page that comes back must still build on what the person first saw."""
    report = make_report()
    sign_in(client)
    Report.objects.filter(pk=report.pk).update(revision=3)
    make_value(report, definition, 5)
    body = post(client, page(), **{FIELD: "fel"}).content.decode()
    assert 'name="revision" value="0"' in body


def test_a_conflict_shows_both_texts_and_saves_on_the_next_try(client, definition):
    report = make_report()
    first = sign_in(client)
    post(client, page(), **{FIELD: "5"})
    sign_in(client)
    body = post(client, page(), **{FIELD: "6"}).content.decode()
    assert f"{first.name} har ändrat rapporten sedan du öppnade den." in body
    assert 'value="6"' in body
    assert '<span class="theirs-text">5</span>' in body
    assert Value.objects.get().number == 5
    assert 'name="revision" value="1"' in body
    assert post(client, page(), revision=1, **{FIELD: "6"}).status_code == 302
    assert Value.objects.get().number == 6
    assert Report.objects.get(pk=report.pk).revision == 2


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            PeriodState.LAST,
            "Tertialrapport 1 2025 är låst. Siffrorna kan inte ändras längre. Orsak: Redovisad",
        ),
        (PeriodState.STANGD, "Tertialrapport 1 2025 är stängd för rapportering."),
        (PeriodState.PLANERAD, "Tertialrapport 1 2025 har inte öppnats för rapportering än."),
    ],
)
def test_what_is_typed_into_a_closed_period_is_kept_on_the_page(client, definition, state, words):
    report = make_report()
    report.period.state = state
    report.period.lock_reason = "Redovisad i kommunstyrelsen." if state == PeriodState.LAST else ""
    with triggers_asleep():  # an open period does not become a planned one again
        report.period.save()
    sign_in(client)
    assert f'name="{FIELD}"' not in client.get(page()).content.decode()
    body = post(client, page(), **{FIELD: "31"}).content.decode()
    assert words in body
    assert 'value="31"' in body
    assert Value.objects.count() == 0


def test_a_post_without_its_revision_is_a_bad_request(client, definition):
    sign_in(client)
    assert client.post(page(), {FIELD: "1"}).status_code == 400


def test_example_data_is_marked(client, definition):
    make_report(is_example=True)
    sign_in(client)
    assert "Exempeldata" in client.get(page()).content.decode()


# Handing in and reviewing ----------------------------------------------------------------------


def test_submitting_saves_the_form_and_hands_it_in(client, definition):
    user = sign_in(client)
    response = post(client, page("report-submit"), **{FIELD: "8"})
    assert (response.status_code, response.url) == (302, page())
    report = Report.objects.get()
    assert report.state == ReportState.INLAMNAD
    assert report.current.submitted_by == user
    assert Value.objects.get().number == 8
    body = client.get(page()).content.decode()
    assert "Rapporten är inlämnad" in body
    assert f'name="{FIELD}"' not in body


def test_submitting_with_an_error_hands_nothing_in(client, definition):
    make_report()
    sign_in(client)
    body = post(client, page("report-submit"), **{FIELD: "åtta"}).content.decode()
    assert "är inte ett tal" in body
    assert Report.objects.get().state == ReportState.UTKAST


def test_what_is_right_is_saved_though_something_else_is_wrong(client, definition):
    make_indicator("i-2", name="Antal samtal")
    sign_in(client)
    words = {"v-i-2-totalt-kommentar": "Ett ord utan ett tal."}
    body = post(client, page(), **{FIELD: "8"}, **words).content.decode()
    assert "Kommentaren kan sparas först när det finns ett utfall" in body
    assert "Det andra på sidan är sparat" in body
    assert "Ett ord utan ett tal." in body
    value = Value.objects.get()
    assert (value.definition, value.number) == (definition, 8)
    # What the page is sent with the next time builds on what was saved.
    revision = Report.objects.get().revision
    assert f'name="revision" value="{revision}"' in body
    assert f"&quot;{FIELD}&quot;: &quot;8&quot;" in body


def test_an_empty_report_is_not_handed_in(client, definition):
    make_report()
    sign_in(client)
    body = post(client, page("report-submit")).content.decode()
    assert "Rapporten är tom. Fyll i minst en uppgift innan du lämnar in." in body


def test_the_page_tells_what_is_missing_before_it_is_handed_in(client, definition):
    make_value(make_report(), definition, 4)
    sign_in(client)
    body = client.get(page()).content.decode()
    assert "1 av 2 uppgifter är ifyllda." in body
    assert "Bedömning av mål 1</a>" in body


def test_granskare_approves(client, definition):
    make_value(make_report(state=ReportState.INLAMNAD), definition, 4)
    sign_in(client, Role.GRANSKARE)
    assert "Godkänn</button>" in client.get(page()).content.decode()
    assert post(client, page("report-approve")).status_code == 302
    assert Report.objects.get().state == ReportState.GODKAND


def test_who_submitted_is_told_why_they_cannot_approve(client, definition):
    user = sign_in(client)
    Membership.objects.create(user=user, namnd=make_namnd(), role=Role.GRANSKARE)
    post(client, page("report-submit"), **{FIELD: "8"})
    body = client.get(page()).content.decode()
    assert "Godkänn</button>" not in body
    assert "Någon annan granskare behöver godkänna den." in body
    assert post(client, page("report-approve"), revision=2).status_code == 403


def test_sending_back_needs_a_reason_and_the_reason_is_shown(client, definition):
    make_value(make_report(state=ReportState.INLAMNAD), definition, 4)
    sign_in(client, Role.GRANSKARE)
    body = post(client, page("report-return"), reason=" ").content.decode()
    assert "Skriv vad som behöver rättas, så att det går att göra det." in body
    assert Report.objects.get().state == ReportState.INLAMNAD

    assert post(client, page("report-return"), reason="Se över <talet>.").status_code == 302
    sign_in(client)
    body = client.get(page()).content.decode()
    assert "Se över &lt;talet&gt;." in body
    assert 'value="4"' in body


def test_approving_what_was_sent_back_meanwhile_says_so(client, definition):
    report = make_report(state=ReportState.INLAMNAD)
    Report.objects.filter(pk=report.pk).update(state=ReportState.ATERSAND, revision=5)
    sign_in(client, Role.GRANSKARE)
    response = client.post(page("report-approve"), {"revision": 4}, follow=True)
    assert "Rapporten är återsänd och har inte lämnats in igen." in response.content.decode()
    assert Report.objects.get().state == ReportState.ATERSAND


# The list --------------------------------------------------------------------------------------


@time_machine.travel("2025-05-25T12:00:00+02:00", tick=False)
def test_the_list_says_state_progress_and_days(client):
    period = make_period(due_on=dt.date(2025, 5, 20))
    definition = make_indicator()
    make_value(make_report(period=period), definition, 4)
    sign_in(client)
    body = client.get(reverse("reporting")).content.decode()
    assert page() in body
    assert "1 av 2 uppgifter ifyllda" in body
    assert "5 dagar sen" in body


def test_the_coordinator_sees_states_and_no_way_into_other_namnders_drafts(client):
    period = make_period(due_on=dt.date(2025, 5, 20))
    definition = make_indicator()
    make_value(make_report(make_namnd("farsta"), period), definition, 4711, comment="Hemligt")
    make_report(make_namnd("bromma"), period, state=ReportState.INLAMNAD)
    sign_in(client, Role.SAMORDNARE, make_namnd("socialnamnden", kind="facknamnd"))
    body = client.get(reverse("reporting")).content.decode()
    assert "1 av 2 nämnder och bolag har lämnat in" in body
    assert "Farsta stadsdelsnämnd" in body
    assert "Utkast" in body
    for secret in ("4711", "Hemligt", page(namnd="farsta"), page(namnd="bromma"), "ifyllda"):
        assert secret not in body


def test_nobody_else_sees_other_namnder_in_the_list(client):
    make_indicator()
    make_report(make_namnd("farsta"))
    sign_in(client)
    body = client.get(reverse("reporting")).content.decode()
    assert "Farsta" not in body


def test_a_person_without_a_namnd_is_told_so(client):
    make_indicator()
    make_report()
    sign_in(client, Role.SYSTEMFORVALTARE)
    body = client.get(reverse("reporting")).content.decode()
    assert "Det finns ingen rapport för dig här." in body


def count_queries(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_asks_as_many_questions_for_three_rows_as_for_one(client):
    definition = make_indicator()
    user = sign_in(client)
    make_value(make_report(), definition, 4)
    one = count_queries(client, reverse("reporting"))
    for code in ("farsta", "bromma"):
        namnd = make_namnd(code)
        Membership.objects.create(user=user, namnd=namnd, role=Role.UPPGIFTSLAMNARE)
        make_value(make_report(namnd, make_period("2024-VB")), definition, 4)
        make_value(make_report(namnd), definition, 4)
    assert count_queries(client, reverse("reporting")) == one


@pytest.mark.parametrize("role", [Role.UPPGIFTSLAMNARE, Role.LASARE])
def test_the_report_asks_as_many_questions_for_seven_indicators_as_for_one(client, role):
    before = make_report(period=make_period("2024-VB"))
    report = make_report()
    user = sign_in(client, role)

    def add(number):
        goal = make_goal(number)
        definition = make_indicator(f"i-{number}", goal=goal, split_by_sex=True)
        with acting(actor=user):
            make_value(report, definition, 4)
            make_value(before, definition, 3)

    add(1)
    one = count_queries(client, page())
    for number in range(2, 8):
        add(number)
    assert count_queries(client, page()) == one


@pytest.mark.parametrize(("is_own", "whose"), [(False, "stadens"), (True, "nämndens eget")])
def test_a_target_says_whose_it_is_in_the_grid(client, definition, is_own, whose):
    sign_in(client)
    owner = make_namnd() if is_own else None
    definition.indicator.targets.create(year=2025, namnd=owner, value=450, source="Budget")
    assert f'450 <span class="soft">({whose})</span>' in client.get(page()).content.decode()
