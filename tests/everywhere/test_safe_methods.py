"""Nothing changes without a form of ours, and nothing by only looking."""

import hashlib

import pytest
from django.apps import apps
from django.db import connection

from tests.everywhere.addresses import (
    ADDRESSES,
    ADMIN,
    table_addresses,
    tables,
)
from tests.everywhere.scenario import ONE_AND_THE_OTHERS, City
from tests.everywhere.test_permissions import TABLE
from tests.everywhere.visiting import sign_in, undone

pytestmark = pytest.mark.django_db

EVERYWHERE = [*ADDRESSES, *ADMIN]
# Looking leaves this: sessions and counts of sign-ins, and the log of what was read, chained.
LEFT_BY_LOOKING = {
    "django_session",
    "samlad_cache",
    "trace_readlog",
    "trace_link",  # counted without those of the readings, below
    "trace_shape",
}


# Who asks for heads only, too: the road is the same for everybody.
ALSO_HEADS = ("anonymous", "filler", "secretary")


def fingerprint() -> dict[str, str]:
    """A checksum over the rows of each table but those that looking may write in."""
    names = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    found = {}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for name in sorted(names & there - LEFT_BY_LOOKING):
            cursor.execute(f'SELECT md5(t::text) FROM "{name}" t ORDER BY 1')
            found[name] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def links_that_are_no_readings() -> int:
    links = apps.get_model("trace", "Link").objects.exclude(source="trace_readlog")
    return links.count()


@pytest.mark.parametrize("who", ONE_AND_THE_OTHERS)
def test_nothing_changes_by_looking(city: City, who: str):
    client = sign_in(city, who)
    before, links = fingerprint(), links_that_are_no_readings()
    paths = [address.path(city) for address in EVERYWHERE]
    if who == "admin":
        paths += [p for m, _ in tables() for p in table_addresses(m, city.people[who]).values()]
    for path in paths:
        client.get(path)
        if who in ALSO_HEADS:
            client.head(path)
    assert (fingerprint(), links_that_are_no_readings()) == (before, links)


def test_the_fingerprint_sees_a_change(city: City):
    before = fingerprint()
    apps.get_model("organisation", "Namnd").objects.filter(code="farsta").update(note="x")
    changed = {name for name, print_ in fingerprint().items() if print_ != before[name]}
    assert changed == {"organisation_namnd", "organisation_namndchange"}


@pytest.mark.parametrize(
    "who",
    [pytest.param(who, marks=pytest.mark.deep) for who in ("filler", "reviewer", "admin")]
    + ["secretary"],
)
def test_nothing_is_done_without_a_token_from_our_own_page(city: City, who: str):
    """Where something can be sent, all are refused alike, and nothing changes."""
    client = sign_in(city, who, enforce_csrf_checks=True)
    before, links = fingerprint(), links_that_are_no_readings()
    answers = {}
    for address in EVERYWHERE:
        with undone(client):
            answers[address.label] = client.post(
                address.path(city), address.fields(city)
            ).status_code
    assert answers == dict.fromkeys(answers, 403)
    assert (fingerprint(), links_that_are_no_readings()) == (before, links)


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
