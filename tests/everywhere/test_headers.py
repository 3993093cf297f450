"""What every answer carries for the browser, and whom Samlad answers as."""

import re
from collections.abc import Mapping

import pytest
from django.test import Client

from tests.everywhere.addresses import table_addresses, tables
from tests.everywhere.scenario import City
from tests.everywhere.visiting import sign_in, undone
from tests.everywhere.walks import EVERYBODY, Walk

pytestmark = pytest.mark.django_db

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
NONCE = re.compile(r" 'nonce-[\w+/=-]{16,}'")


def policy_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The policy's directives; the nonce, another one each time, is left out."""
    said = headers["Content-Security-Policy"]
    parts = [part.strip().partition(" ")[::2] for part in said.split(";")]
    return {name: NONCE.sub("", value) for name, value in parts}


def check_headers(who: str, label: str, status: int, headers: Mapping[str, str]) -> None:
    where = f"{label} {status}"
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED, where
    assert policy_of(headers) == POLICY, where
    # What signed out has nothing left to keep from the browser's store but its own answer.
    if who != "anonymous" and not label.startswith(("sign out", "admin sign-out")):
        assert headers.get("Cache-Control") == "no-store", where


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_answer_of_every_address_carries_the_headers(walked: Walk, who: str):
    for label, answer in walked.answers():
        check_headers(who, label, answer.status, answer.headers)


@pytest.mark.deep
def test_every_answer_of_the_administrations_tables_carries_the_headers(city: City):
    client = sign_in(city, "admin")
    for model, _ in tables():
        for path in table_addresses(model, city.people["admin"]).values():
            for method in (client.get, client.post):
                with undone(client):
                    answer = method(path)
                check_headers("admin", path, answer.status_code, answer.headers)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil"])
def test_another_host_is_refused(client: Client, host: str):
    answer = client.get("/logga-in/", headers={"host": host})
    assert (answer.status_code, "evil" in answer.content.decode()) == (400, False)


def test_a_forwarded_host_changes_nothing(client: Client):
    plain = client.get("/remisser/")
    forged = client.get(
        "/remisser/",
        headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"},
    )
    assert forged.headers["Location"] == plain.headers["Location"] == "/logga-in/?next=/remisser/"


AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "https:///evil.example",
    "/%09/evil.example",
    "\t//evil.example",
    "https://127.0.0.1@evil.example/",
]


@pytest.mark.parametrize("away", AWAY)
def test_next_leads_nowhere_but_into_samlad(city: City, away: str):
    """Signed in already, and signing in now."""
    answer = sign_in(city, "reader").get("/logga-in/", {"next": away})
    assert answer.headers["Location"] in ("/", "/%09/evil.example")  # the latter is an own page
    form = {"username": "reader", "password": "hemligt-losenord", "next": away}
    answer = Client().post("/logga-in/", form)
    assert answer.headers["Location"] in ("/", "/%09/evil.example")


def test_next_leads_to_the_page_that_was_wanted(city: City):
    answer = sign_in(city, "reader").get("/logga-in/", {"next": "/remisser/?a=1"})
    assert answer.headers["Location"] == "/remisser/?a=1"
