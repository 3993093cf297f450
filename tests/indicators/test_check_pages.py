"""The page where the samordnare sets how an indicator's outcomes are looked over."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.enums import Aggregation
from indicators.models import IndicatorCheck
from organisation.enums import Role
from tests.factories import make_indicator, make_namnd, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def url():
    make_indicator(name="Antal utbildade")
    return reverse("indicator-checks", args=["i-1"])


@pytest.fixture
def samordnare(client):
    client.force_login(make_user(Role.SAMORDNARE, make_namnd("socialnamnden")))


def form(**changed):
    """What the page sends when nothing is changed."""
    sent = {
        "minskat-pa": "1", "minskat-grans": "0", "minskat-sett": "1 0",
        "egna-pa": "1", "egna-grans": "3,5", "egna-sett": "1 3,5",
        "andra-pa": "1", "andra-grans": "5", "andra-sett": "1 5",
        "noll-pa": "1", "noll-grans": "5", "noll-sett": "1 5",
    }  # fmt: skip
    return {key: text for key, text in (sent | changed).items() if text is not None}


def test_a_rule_is_set_and_told_in_the_history_of_the_indicator(client, url, samordnare):
    client.post(url, form(**{"egna-grans": "4,5", "noll-pa": None}))
    rows = IndicatorCheck.objects.order_by("rule").values_list("rule", "is_on", "threshold")
    assert list(rows) == [("egna", True, Decimal("4.50")), ("noll", False, Decimal("5.00"))]
    assert 'value="4,5"' in client.get(url).content.decode()
    history = client.get(reverse("indicator-history", args=["i-1"])).content.decode()
    assert "Kontrollen ”långt från nämndens egna tidigare värden” lades till" in history


def test_what_is_as_before_leaves_no_row(client, url, samordnare):
    client.post(url, form())
    assert not IndicatorCheck.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0,5", "ska vara mellan 1 och 20"),
        ("tre", "är inte ett tal"),
        ("", "är inte ett tal"),
        ("1.000", "kan betyda"),
    ],
)
def test_a_threshold_without_meaning_is_said_at_its_field(client, url, samordnare, typed, said):
    body = client.post(url, form(**{"egna-grans": typed})).content.decode()
    assert said in body
    assert 'href="#id_egna-grans"' in body
    assert not IndicatorCheck.objects.exists()


def test_two_who_set_the_same_rule_do_not_write_over_each_other(client, url, samordnare):
    client.post(url, form(**{"egna-grans": "4"}))
    body = client.post(url, form(**{"egna-grans": "6"})).content.decode()
    assert "Kontrollerna har ändrats sedan du öppnade sidan." in body
    assert IndicatorCheck.objects.get().threshold == 4


def test_others_read_the_rules_and_set_none(client, url):
    client.force_login(make_user(Role.LASARE))
    body = client.get(url).content.decode()
    assert "Långt från nämndens egna tidigare värden" in body
    assert "<form method=" not in body.partition("<main")[2]
    assert client.post(url, form()).status_code == 403


def test_a_question_of_yes_and_no_has_nothing_to_set(client, samordnare):
    make_indicator("i-2", aggregation=Aggregation.SHARE_YES)
    body = client.get(reverse("indicator-checks", args=["i-2"])).content.decode()
    assert "finns inget att jämföra" in body
