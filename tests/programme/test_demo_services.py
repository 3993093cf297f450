"""The demo's stöd och insatser: what the sources say, and no more."""

import datetime as dt

import pytest
import time_machine

from desk.demo.services import SERVICES, load_services
from organisation.demo_accounts import DEMO_ACCOUNTS
from organisation.models import User
from programme.domain.services import finding
from programme.domain.services.keeping import change_service, facts_of
from programme.domain.services.need import understand
from programme.models import Service
from tests.factories import make_goal, make_namnd, make_user, make_violence_type
from trace.domain.history import change_model

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 3)
NAMES = {
    "vald-i-nara-relationer": "våld i nära relationer",
    "hedersrelaterat-vald-och-fortryck": "hedersrelaterat våld och förtryck",
    "prostitution": "prostitution",
}


@pytest.fixture(autouse=True)
def _demo():
    with time_machine.travel(dt.datetime(2026, 2, 3, 9, tzinfo=dt.UTC), tick=False):
        for number in range(1, 8):
            make_goal(number)
        for code, name in NAMES.items():
            make_violence_type(code, name=name)
        for code in ("sodermalm", "rinkeby-kista", "hasselby-vallingby", "socialnamnden"):
            make_namnd(code)
        (account,) = (each for each in DEMO_ACCOUNTS if each.username == "samordnare")
        make_user(account.roles[0], make_namnd("socialnamnden"), username="samordnare")
        load_services(TODAY)
        yield


def test_the_known_ones_are_there_with_what_is_known_of_them():
    known = {
        service.code: (service.ages, service.anonymous)
        for service in Service.objects.filter(
            code__in=["rvc", "origo", "stodcentrum", "kast", "anova", "valj-att-sluta", "man"]
        )
    }
    assert known == {
        "rvc": ("18 år och äldre", "okant"),
        "origo": ("13–26 år", "okant"),
        "stodcentrum": ("12–21 år", "okant"),
        "kast": ("18 år och äldre", "ja"),
        "anova": ("16 år och äldre", "okant"),
        "valj-att-sluta": ("18 år och äldre", "okant"),
        "man": ("15–25 år", "okant"),
    }
    assert Service.objects.count() == len(SERVICES)


def test_nobody_is_said_to_have_verified_what_was_read_in_a_paper():
    verified = Service.objects.exclude(verified_on=None)
    assert set(verified.values_list("is_example", "source")) == {(True, "")}
    assert not Service.objects.filter(is_example=False, source="").exists()
    assert not Service.objects.exclude(website="").exists()


def test_the_example_of_the_search_answers_with_what_the_sources_name():
    today = finding.Today()
    need = understand("17 år, hedersrelaterat, anonymt", today.vocabulary()).need
    found = finding.find_services(need, User.objects.get(), today)
    assert found.fits == ()
    assert not any(row.service.is_example for row in found.may_fit)
    assert found.may_fit[0].service.code == "origo"
    assert (found.may_fit[0].fits, found.may_fit[0].unknown) == (
        ("13–26 år", "hedersrelaterat våld och förtryck"),
        ("anonymitet",),
    )
    codes = {row.service.code for row in (*found.fits, *found.may_fit, *found.nothing_known)}
    assert codes & {"rvc", "kast"} == set()


def test_loading_again_changes_nothing_and_keeps_what_people_changed():
    origo = Service.objects.get(code="origo")
    facts = facts_of(origo)
    change_service(
        origo,
        type(facts)(**{**facts.__dict__, "how_to_reach": "Ring"}),
        actor=User.objects.get(),
        expected_version=0,
    )
    kept = change_model(Service).objects.count()
    load_services(TODAY)
    assert change_model(Service).objects.count() == kept
    assert Service.objects.get(code="origo").how_to_reach == "Ring"
