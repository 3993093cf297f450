"""From a warning to the handing in: what the pages show, and what must be seen before."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.enums import ReportState
from indicators.models import IndicatorVersion, Report, Value
from organisation.enums import Role
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)

pytestmark = pytest.mark.django_db
FIELD = "v-i-1-totalt-utfall"
FALLEN = "Värdet 120 är lägre än 140 i tertial 1. Siffran ska räknas från årets början."


def page(name="report"):
    return reverse(name, args=["sodermalm", "2025-T2"])


@pytest.fixture
def person(client):
    user = make_user(Role.UPPGIFTSLAMNARE, make_namnd())
    client.force_login(user)
    return user


@pytest.fixture
def report(person):
    """One where 140 in the first tertial is about to become 120."""
    definition = make_indicator(name="Antal utbildade")
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    return make_report(period=make_period("2025-T2"))


def save(client, number="120", **more):
    sent = {"cell": "v-i-1", FIELD: number, "seen": "{}", **more}
    return client.post(page("report-autosave"), sent)


def post(client, name="report-submit", **fields):
    revision = Report.objects.get(period__code="2025-T2").revision
    return client.post(page(name), {"revision": revision, **fields}, follow=True)


def state():
    return Report.objects.get(period__code="2025-T2").state


def test_the_saved_cell_answers_with_its_warning_and_whether_it_is_explained(client, report):
    told = save(client).json()
    assert (told["warnings"], told["explained"]) == ([FALLEN], False)
    seen = f'{{"{FIELD}": "120"}}'
    comment = {"v-i-1-totalt-kommentar": "Dubbelräknat i våras."}
    told = save(client, seen=seen, **comment).json()
    assert (told["warnings"], told["explained"]) == ([FALLEN], True)


def test_without_scripts_the_warning_stands_by_the_field_with_the_comment_open(client, report):
    save(client)
    body = client.get(page()).content.decode()
    assert f'<li class="warning">{FALLEN}</li>' in body
    assert 'aria-describedby="notes-v-i-1"' in body
    assert '<ul class="notes" id="notes-v-i-1">' in body
    assert "<details open data-to-explain>" in body
    Value.objects.filter(number=120).update(comment="Dubbelräknat.")
    body = client.get(page()).content.decode()
    assert '<li class="explained">Förklarad i kommentaren</li>' in body
    assert "data-to-explain" not in body


def test_the_button_of_the_form_saves_and_shows_what_is_left_before_anything_is_handed_in(
    client, report
):
    answer = post(client, **{"se-over": "1", "seen": "{}", FIELD: "120"})
    assert answer.redirect_chain == [(page("report-submit"), 302)]
    body = answer.content.decode()
    assert FALLEN in body
    assert f'href="{page()}#i-i-1"' in body
    assert "Lämna in ändå, med 1 oförklarad varning" in body
    assert (state(), Value.objects.get(number=120).number) == (ReportState.UTKAST, Decimal(120))


def test_a_warning_that_was_not_seen_stops_and_one_that_was_seen_does_not(client, report):
    save(client)
    answer = post(client)
    assert answer.redirect_chain == [(page("report-submit"), 302)]
    assert "1 uppgift har en varning utan förklaring" in answer.content.decode()
    assert state() == ReportState.UTKAST
    post(client, oforklarade="1")
    assert state() == ReportState.INLAMNAD


def test_what_was_typed_is_kept_when_a_warning_stops_the_handing_in(client, report):
    post(client, **{"seen": "{}", FIELD: "120"})
    assert (state(), Value.objects.filter(number=120).count()) == (ReportState.UTKAST, 1)


def test_an_explained_warning_is_shown_with_its_explanation(client, report):
    save(client, **{"v-i-1-totalt-kommentar": "Dubbelräknat i våras."})
    body = client.get(page("report-submit")).content.decode()
    assert "Alla varningar är förklarade." in body
    assert "Dubbelräknat i våras." in body
    assert "Lämna in ändå" not in body


def test_what_breaks_a_rule_is_told_and_there_is_no_way_on(client, report):
    save(client, "12.5")
    IndicatorVersion.objects.update(whole_numbers=True)
    body = client.get(page("report-submit")).content.decode()
    assert "Antal utbildade: Skriv ett heltal, utan decimaler." in body
    assert "Rätta det som står överst" in body
    assert 'name="oforklarade"' not in body


def test_an_empty_report_is_not_handed_in(client, report):
    body = client.get(page("report-submit")).content.decode()
    assert "Rapporten är tom." in body


def test_who_reads_the_report_sees_the_warning_too(client, report):
    save(client, **{"v-i-1-totalt-kommentar": "Dubbelräknat i våras."})
    post(client)
    client.force_login(make_user(Role.GRANSKARE, make_namnd()))
    body = client.get(page()).content.decode()
    assert FALLEN in body


def test_the_page_asks_as_much_for_seven_indicators_as_for_one(
    client, person, django_assert_max_num_queries
):
    report = make_report(period=make_period("2025-T2"))
    for n in range(1, 8):
        make_value(report, make_indicator(f"i-{n}"), 4)
    with django_assert_max_num_queries(18):
        client.get(page("report-submit"))
