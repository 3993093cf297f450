"""Signing in and out, and the health page that needs neither."""

import json
import re

import pytest
from django.db import transaction
from django.test import Client

from desk.views.health import health
from organisation.demo_accounts import DEMO_ACCOUNTS
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "hemligt-losenord"
NOT_RIGHT = "Användarnamnet eller lösenordet stämmer inte. Försök igen."


def page_without_token(client: Client, **form: str) -> str:
    """The answer to an attempt, less what differs by chance or was typed."""
    response = client.post("/logga-in/", form)
    assert response.status_code == 200
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return text.replace(form["username"], "NAMN")


def test_the_right_password_leads_to_the_start_page(client: Client):
    make_user(username="ulla")
    response = client.post("/logga-in/", {"username": "ulla", "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_wrong_password_unknown_name_and_inactive_person_get_the_same_answer(client: Client):
    make_user(username="ulla")
    make_user(username="borta", is_active=False)
    wrong = page_without_token(client, username="ulla", password="fel")
    assert wrong.count(NOT_RIGHT) == 1
    assert page_without_token(client, username="nagon", password="fel") == wrong
    assert page_without_token(client, username="borta", password=PASSWORD) == wrong


def test_empty_fields_are_named_in_the_summary(client: Client):
    text = client.post("/logga-in/", {"username": "", "password": ""}).content.decode()
    assert "2 saker behöver rättas" in text
    assert '<a href="#id_username">Användarnamn: Skriv ditt användarnamn.</a>' in text
    assert '<a href="#id_password">Lösenord: Skriv ditt lösenord.</a>' in text


def test_signing_in_gives_a_new_session(client: Client):
    make_user(username="ulla")
    session = client.session
    session["märke"] = 1
    session.save()
    before = session.session_key
    client.post("/logga-in/", {"username": "ulla", "password": PASSWORD})
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/program/", "/program/"),
        ("https://example.com/", "/"),
        ("//example.com/", "/"),
        ("/\\example.com/", "/"),
        ("javascript:alert(1)", "/"),
        ("http:///example.com/", "/"),
    ],
)
def test_after_signing_in_nobody_is_led_elsewhere(client: Client, wanted: str, given: str):
    make_user(username="ulla")
    form = {"username": "ulla", "password": PASSWORD, "next": wanted}
    assert client.post("/logga-in/", form).headers["Location"] == given
    # And who is signed in already is led on the same way.
    assert client.get("/logga-in/", {"next": wanted}).headers["Location"] == given


@pytest.mark.parametrize("shown", [True, False])
def test_demo_buttons_show_only_in_the_demo(client: Client, settings, shown: bool):
    settings.DEMO_SIGN_IN = shown
    make_user(username=DEMO_ACCOUNTS[0].username)
    text = client.get("/logga-in/").content.decode()
    assert text.count('class="role-button"') == (1 if shown else 0)
    assert text.count(f'value="{DEMO_ACCOUNTS[0].username}"') == (1 if shown else 0)
    assert text.count('value="demo"') == (1 if shown else 0)


def test_no_demo_buttons_where_the_demo_was_not_loaded(client: Client, settings):
    settings.DEMO_SIGN_IN = True
    make_user(username="ulla")
    assert client.get("/logga-in/").content.decode().count("Prova som") == 0


def test_signing_out_ends_the_session_on_the_server(client: Client):
    client.force_login(make_user())
    key = client.session.session_key
    response = client.post("/logga-ut/")
    assert (response.status_code, response.headers["Location"]) == (302, "/logga-in/")
    assert not client.session.exists(key)
    assert client.get("/program/").headers["Location"] == "/logga-in/?next=/program/"


def test_a_link_cannot_sign_anybody_out(client: Client):
    client.force_login(make_user())
    assert client.get("/logga-ut/").status_code == 405
    assert "_auth_user_id" in client.session


def test_signing_out_and_in_needs_the_token():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())
    assert strict.post("/logga-ut/").status_code == 403
    assert strict.post("/logga-in/", {"username": "a", "password": "b"}).status_code == 403


def test_the_health_page_answers_anybody(client: Client):
    response = client.get("/halsa/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]
    assert client.post("/halsa/").status_code == 405


def test_the_health_page_says_when_the_database_refuses(rf):
    with transaction.atomic():
        # After this every query of the block is refused, as by a database that is in trouble.
        transaction.set_rollback(True)
        response = health(rf.get("/halsa/"))
    assert response.status_code == 503
    assert json.loads(response.content) == {"status": "databasen svarar inte"}
