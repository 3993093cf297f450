"""What every answer carries for the browser, and whom Samlad answers as."""

import re

import pytest
from django.test import Client

from tests.everywhere.addresses import ADDRESSES, ADMIN, table_addresses, tables
from tests.everywhere.scenario import City
from tests.everywhere.visiting import sign_in, undone

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


def policy_of(response) -> dict[str, str]:
    """The policy's directives; the nonce, another one each time, is left out."""
    said = response.headers["Content-Security-Policy"]
    parts = [part.strip().partition(" ")[::2] for part in said.split(";")]
    return {name: NONCE.sub("", value) for name, value in parts}


@pytest.mark.parametrize(
    "who",
    [
        "anonymous",
        "secretary",
        *(pytest.param(who, marks=pytest.mark.deep) for who in ("filler", "admin")),
    ],
)
def test_every_answer_of_every_address_carries_the_headers(city: City, who: str):
    client = sign_in(city, who)
    paths = [(a.label, a.path(city), a.fields(city)) for a in (*ADDRESSES, *ADMIN)]
    if who == "admin":
        found = [table_addresses(model, city.people[who]) for model, _ in tables()]
        paths += [("admin", path, {}) for held in found for path in held.values()]
    for label, path, fields in paths:
        for method in (client.get, client.post):
            with undone(client):
                answer = method(path, fields if method == client.post else None)
            where = f"{label} {path} {answer.status_code}"
            carried = {name: answer.headers.get(name) for name in EXPECTED}
            assert carried == EXPECTED, where
            assert policy_of(answer) == POLICY, where
            # What signed out has nothing left to keep from the browser's store but its own answer.
            if who != "anonymous" and not label.startswith(("sign out", "admin sign-out")):
                assert answer.headers.get("Cache-Control") == "no-store", where


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
