"""Nothing changes without a form of ours, and nothing by only looking."""

import pytest
from django.apps import apps
from django.urls import reverse

from tests.everywhere.addresses import (
    ADDRESSES,
    ADMIN,
    table_addresses,
    tables,
)
from tests.everywhere.scenario import City
from tests.everywhere.test_permissions import TABLE
from tests.everywhere.visiting import sign_in, undone
from tests.everywhere.walks import EVERYBODY, Walk, fingerprint

pytestmark = pytest.mark.django_db

EVERYWHERE = [*ADDRESSES, *ADMIN]


@pytest.mark.parametrize("who", EVERYBODY)
def test_nothing_changes_by_looking(walked: Walk, who: str):
    assert walked.after_looking == walked.before


@pytest.mark.deep
def test_nothing_changes_by_looking_at_the_administrations_tables(city: City):
    client = sign_in(city, "admin")
    before = fingerprint()
    for model, _ in tables():
        for path in table_addresses(model, city.people["admin"]).values():
            client.get(path)
    assert fingerprint() == before


@pytest.mark.deep
@pytest.mark.parametrize("who", ["anonymous", "filler", "secretary"])
def test_nor_by_asking_for_heads_only(city: City, who: str):
    client = sign_in(city, who)
    # What some addresses are about is made when it is asked where they are.
    paths = [address.path(city) for address in EVERYWHERE]
    before = fingerprint()
    for path in paths:
        client.head(path)
    assert fingerprint() == before


def test_the_fingerprint_sees_a_change(city: City):
    before = fingerprint()
    apps.get_model("organisation", "Namnd").objects.filter(code="farsta").update(note="x")
    changed = {name for name, print_ in fingerprint().items() if print_ != before[name]}
    assert changed == {
        "organisation_namnd",
        "organisation_namndchange",
        "links that are no readings",
    }


@pytest.mark.parametrize(
    "who",
    [pytest.param(who, marks=pytest.mark.deep) for who in ("filler", "reviewer", "admin")]
    + ["secretary"],
)
def test_nothing_is_done_without_a_token_from_our_own_page(city: City, who: str):
    """All are refused alike, and nothing changes. The API takes no cookie, so it has no token to
    ask for: it says that it is for reading."""
    client = sign_in(city, who, enforce_csrf_checks=True)
    before = fingerprint()
    answers = {}
    for address in EVERYWHERE:
        with undone(client):
            path = address.path(city)
            answers[path, address.label] = client.post(path, address.fields(city)).status_code
    root = reverse("api-index")
    assert answers == {asked: 405 if asked[0].startswith(root) else 403 for asked in answers}
    assert fingerprint() == before


def test_nobody_signs_in_without_a_token(city: City):
    client = sign_in(city, "anonymous", enforce_csrf_checks=True)
    sent = [a for a in ADDRESSES if TABLE[a.label][1][0] in "o-"]
    answers = {a.label: client.post(a.path(city), a.fields(city)).status_code for a in sent}
    assert answers == dict.fromkeys(answers, 403)
    assert "sign in" in answers


def test_a_token_of_another_session_is_no_token(city: City):
    client = sign_in(city, "filler", enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post("/agera/", {"seat": "sodermalm", "csrfmiddlewaretoken": "b" * 32})
    assert answer.status_code == 403
    assert "Sidan var för gammal" in answer.content.decode()
