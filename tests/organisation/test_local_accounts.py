"""Signing in with a local account: the same answer for everybody, limits, sessions, ways out."""

import logging
import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from organisation.enums import Role
from organisation.models import User
from tests.factories import make_user
from trace.models import Event

PASSWORD = "hemligt-losenord"  # what make_user gives
WRONG = "Användarnamnet eller lösenordet stämmer inte. Försök igen."
LOCKED = "Det har blivit för många misslyckade försök. Vänta en kvart och försök sedan igen."

pytestmark = pytest.mark.django_db


def sign_in(client: Client, username: str, password: str = PASSWORD, **more):
    return client.post("/logga-in/", {"username": username, "password": password} | more)


def problems(response) -> list[str]:
    return [problem["message"] for problem in response.context["form"].problems]


def without_what_differs(response, *words: str) -> str:
    """The page without its CSRF tokens and the user name that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    for word in words:
        text = text.replace(word, "…")
    return text


class CountingHasher(Argon2PasswordHasher):
    """Counts how often it works, which need not be hard then."""

    time_cost, memory_cost, parallelism = 1, 64, 1
    runs = 0

    def encode(self, password, salt):
        type(self).runs += 1
        return super().encode(password, salt)

    def verify(self, password, encoded):
        type(self).runs += 1
        return super().verify(password, encoded)


def test_the_right_password_signs_in_and_the_session_has_a_new_key(client: Client):
    user = make_user()
    client.get("/logga-in/")
    client.session["something"] = "before"
    before = client.session
    before["x"] = 1
    before.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before.session_key
    response = sign_in(client, user.username)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.session_key != before.session_key
    assert not Session.objects.filter(pk=before.session_key).exists()


def test_passwords_are_kept_with_argon2_and_older_ones_are_kept_anew(client: Client, settings):
    # As in config.settings; the tests in general hash fast.
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    user = make_user()
    assert user.password.startswith("argon2$argon2id$")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    sign_in(client, user.username)
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("kind", ["unknown", "inactive", "no password", "wrong password"])
def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(client: Client, settings, kind):
    settings.PASSWORD_HASHERS = ["tests.organisation.test_local_accounts.CountingHasher"]
    known = make_user(username="kand")
    other = make_user(username="annan")
    if kind == "inactive":
        User.objects.filter(pk=other.pk).update(is_active=False)
    if kind == "no password":
        other.set_unusable_password()
        other.save()
    reference = sign_in(client, known.username, "fel")
    CountingHasher.runs = 0
    username = "finns.inte" if kind == "unknown" else other.username
    response = sign_in(client, username, "fel" if kind == "wrong password" else PASSWORD)
    assert CountingHasher.runs == 1
    assert problems(response) == [WRONG]
    assert response.status_code == reference.status_code == 200
    assert without_what_differs(response, username) == without_what_differs(
        reference, known.username
    )


def test_five_failures_lock_an_account_for_a_quarter_of_an_hour(client: Client):
    user, other = make_user(), make_user()
    with time_machine.travel("2026-01-02 10:00", tick=False) as clock:
        for _ in range(5):
            assert problems(sign_in(client, user.username, "fel")) == [WRONG]
        assert problems(sign_in(client, user.username)) == [LOCKED]
        assert problems(sign_in(client, user.username.upper(), "fel")) == [LOCKED]
        # From anywhere else, too; and nobody else is shut out.
        assert problems(sign_in(Client(REMOTE_ADDR="10.0.0.9"), user.username)) == [LOCKED]
        assert sign_in(Client(), other.username).status_code == 302
        clock.shift(15 * 60 + 1)
        assert sign_in(client, user.username).status_code == 302


def test_a_name_that_nobody_has_is_locked_the_same(client: Client):
    for _ in range(5):
        assert problems(sign_in(client, "finns.inte", "fel")) == [WRONG]
    assert problems(sign_in(client, "finns.inte", "fel")) == [LOCKED]


def test_an_address_that_tries_many_names_is_shut_out_and_others_are_not():
    user = make_user()
    attacker = Client(REMOTE_ADDR="10.0.0.1")
    for number in range(60):
        assert problems(sign_in(attacker, f"namn{number}", "fel")) == [WRONG]
    assert problems(sign_in(attacker, user.username)) == [LOCKED]
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2"), user.username).status_code == 302


def test_an_address_that_the_client_makes_up_does_not_get_round_the_limit():
    for number in range(60):
        made_up = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": f"10.9.9.{number}"})
        sign_in(made_up, f"namn{number}", "fel")
    last = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "10.9.9.99"})
    assert problems(sign_in(last, "namn", "fel")) == [LOCKED]


def test_a_right_password_between_does_not_wipe_out_the_failures(client: Client):
    user = make_user()
    for _ in range(4):
        sign_in(client, user.username, "fel")
    assert sign_in(Client(), user.username).status_code == 302
    sign_in(client, user.username, "fel")
    assert problems(sign_in(client, user.username)) == [LOCKED]


def test_the_counts_are_kept_in_a_table_that_all_processes_share():
    assert settings.CACHES["default"]["BACKEND"] == ("django.core.cache.backends.db.DatabaseCache")


def test_a_refusal_is_logged_without_name_password_or_address(client: Client, caplog):
    caplog.set_level(logging.INFO)
    user = make_user(username="anna.andersson")
    sign_in(client, user.username, "fel-losenord")
    lines = [r.getMessage() for r in caplog.records if r.name == "samlad.sign_in"]
    assert lines == ["Sign-in refused: local, credentials"]
    for word in ("anna.andersson", "fel-losenord", "127.0.0.1"):
        assert word not in caplog.text


def test_a_sign_in_stands_in_the_trace(client: Client):
    user = make_user()
    sign_in(client, user.username)
    assert list(Event.objects.about(user).values_list("verb", "actor_id")) == [
        ("inloggad", user.pk)
    ]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/remisser/", "/remisser/"),
        ("/uppfoljning/?a=b", "/uppfoljning/?a=b"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/\t/evil.example/", "/"),
        ("http://testserver/remisser/", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.example", "/"),
        ("", "/"),
    ],
)
def test_one_is_sent_on_within_samlad_only(client: Client, wanted, given):
    user = make_user()
    assert sign_in(client, user.username, next=wanted).headers["Location"] == given
    # Signed in already, by the address alone.
    assert client.get("/logga-in/", {"next": wanted}).headers["Location"] == given


def test_the_page_asks_for_what_is_missing_and_links_to_it(client: Client):
    response = sign_in(client, "", "")
    assert [(p["target"], p["message"]) for p in response.context["form"].problems] == [
        ("id_username", "Skriv ditt användarnamn."),
        ("id_password", "Skriv ditt lösenord."),
    ]


@pytest.mark.parametrize("text", ["\x00", "a\r\nb", "\u202eabc", "x" * 100_000, "å" * 151])
def test_strange_names_and_passwords_are_refused_calmly(client: Client, text):
    assert sign_in(client, text, "fel").status_code == 200
    assert sign_in(client, "namn", text).status_code == 200


def test_without_a_csrf_token_nothing_happens():
    user = make_user()
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, user.username).status_code == 403
    assert strict.post("/logga-ut/").status_code == 403
    assert strict.post("/logga-in/identitet/").status_code == 403


def test_signing_out_ends_the_session_on_the_server(client: Client):
    user = make_user()
    sign_in(client, user.username)
    key = client.session.session_key
    assert client.get("/logga-ut/").status_code == 405
    assert Session.objects.filter(pk=key).exists()
    assert client.post("/logga-ut/").headers["Location"] == "/logga-in/"
    assert not Session.objects.filter(pk=key).exists()
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = key
    assert stolen.get("/konto/").headers["Location"] == "/logga-in/?next=/konto/"


def test_a_session_ends_when_unused_and_says_why(client: Client):
    user = make_user()
    with time_machine.travel("2026-01-02 08:00", tick=False) as clock:
        sign_in(client, user.username)
        for _ in range(3):
            clock.shift(settings.SESSION_IDLE_SECONDS - 60)
            assert client.get("/konto/").status_code == 200
        clock.shift(settings.SESSION_IDLE_SECONDS + 61)
        response = client.get("/konto/", follow=True)
    assert response.redirect_chain == [("/logga-in/?next=/konto/", 302)]
    assert [str(m) for m in response.context["messages"]] == [
        "Du har blivit utloggad, eftersom det har gått en tid sedan du loggade in eller använde "
        "Samlad. Logga in igen för att fortsätta."
    ]


def test_a_session_ends_in_the_end_however_much_it_is_used(client: Client):
    user = make_user()
    with time_machine.travel("2026-01-02 06:00", tick=False) as clock:
        sign_in(client, user.username)
        for _ in range(12):
            clock.shift(3600)
            assert client.get("/konto/").status_code == 200
        clock.shift(60)
        assert client.get("/konto/").status_code == 302


def test_signing_out_everywhere_ends_all_of_ones_own_sessions_and_no_others():
    user, other = make_user(), make_user()
    here, there, bystander = Client(), Client(), Client()
    sign_in(here, user.username)
    sign_in(there, user.username)
    sign_in(bystander, other.username)
    assert here.get("/konto/logga-ut-overallt/").status_code == 405
    assert here.post("/konto/logga-ut-overallt/").headers["Location"] == "/logga-in/"
    assert [c.get("/konto/").status_code for c in (here, there, bystander)] == [302, 302, 200]


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one():
    user = make_user()
    here, there = Client(), Client()
    sign_in(here, user.username)
    sign_in(there, user.username)
    before = here.session.session_key
    new = "en helt ny lång fras"
    response = here.post(
        "/konto/losenord/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert response.headers["Location"] == "/konto/"
    assert [c.get("/konto/").status_code for c in (here, there)] == [200, 302]
    assert here.session.session_key != before
    assert sign_in(Client(), user.username, new).status_code == 302
    assert problems(sign_in(Client(), user.username)) == [WRONG]


def test_a_new_password_needs_the_old_one_and_must_be_good(client: Client):
    user = make_user()
    sign_in(client, user.username)
    for old, new, again, message in (
        (
            "fel",
            "en helt ny lång fras",
            "en helt ny lång fras",
            "Det nuvarande lösenordet stämmer inte.",
        ),
        (PASSWORD, "en helt ny lång fras", "en annan", "De två nya lösenorden är inte lika."),
    ):
        response = client.post(
            "/konto/losenord/", {"old_password": old, "new_password1": new, "new_password2": again}
        )
        assert problems(response) == [message]
    short = {"old_password": PASSWORD, "new_password1": "kort", "new_password2": "kort"}
    assert len(problems(client.post("/konto/losenord/", short))) > 0
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_guessing_the_old_password_in_a_stolen_session_is_limited(client: Client):
    user = make_user()
    sign_in(client, user.username)
    guess = {"old_password": "fel", "new_password1": "x", "new_password2": "x"}
    answers = [client.post("/konto/losenord/", guess).status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]


def test_where_local_accounts_are_off_no_password_opens_anything(client: Client, settings):
    user = make_user()
    settings.LOCAL_ACCOUNTS = False
    page = client.get("/logga-in/").content.decode()
    assert 'name="password"' not in page
    assert "inget sätt att logga in är påslaget" in page
    assert sign_in(client, user.username).status_code == 404
    assert "_auth_user_id" not in client.session
    client.force_login(user)
    for name in ("password-change", "account_reauthenticate", "mfa_activate_totp"):
        assert client.get(reverse(name)).status_code == 404
    assert client.get("/konto/").status_code == 200


def test_the_demo_shows_one_button_for_each_role_that_is_there(client: Client, settings):
    make_user(Role.SAMORDNARE, username="samordnare")
    settings.DEMO_SIGN_IN = True
    assert [a.username for a in client.get("/logga-in/").context["demo_accounts"]] == ["samordnare"]
    settings.DEMO_SIGN_IN = False
    assert "demo_accounts" not in client.get("/logga-in/").context


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/signup/",
        "/konto/registrera/",
        "/accounts/password/reset/",
        "/accounts/login/",
        "/3rdparty/",
    ],
)
def test_nobody_signs_up_and_no_password_is_sent_by_mail(client: Client, address):
    assert client.get(address).status_code in (302, 404)
    client.force_login(make_user())
    assert client.get(address).status_code == 404
