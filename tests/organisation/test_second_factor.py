"""The second step: an app, passkeys, codes in reserve, and the gate where one is required."""

import re
import time
from urllib.parse import unquote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from organisation.domain import accounts
from organisation.enums import Role
from organisation.sign_in.adapters import SecondFactorAdapter
from tests.factories import make_user
from trace.models import Event

PASSWORD = "hemligt-losenord"
LOCKED = "Det har blivit för många misslyckade försök. Vänta en kvart och försök sedan igen."

pytestmark = pytest.mark.django_db


def sign_in(client: Client, user):
    return client.post("/logga-in/", {"username": user.username, "password": PASSWORD})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def add_app(client: Client) -> str:
    """Adds an app to who is signed in; answers its secret."""
    secret = client.get("/konto/app/").context["form"].secret
    response = client.post("/konto/app/", {"code": code_now(secret)})
    assert response.headers["Location"] == "/konto/reservkoder/"
    return secret


@pytest.fixture
def clock():
    with time_machine.travel("2026-01-02 10:00:05", tick=False) as travel:
        yield travel


@pytest.fixture
def person(client: Client, clock):
    """Somebody with an app, signed out again. `person.secret` is the app's, `.codes` in reserve."""
    user = make_user()
    sign_in(client, user)
    user.secret = add_app(client)
    user.codes = client.get("/konto/reservkoder/").context["unused_codes"]
    client.post("/logga-ut/")
    clock.shift(60)
    return user


def test_after_the_password_a_code_is_asked_for_and_nothing_is_open_before(client, person):
    response = client.post(
        "/logga-in/?next=/konto/",
        {"username": person.username, "password": PASSWORD, "next": "/konto/"},
    )
    assert response.headers["Location"] == "/logga-in/kod/"
    assert "_auth_user_id" not in client.session
    assert client.get("/konto/").headers["Location"] == "/logga-in/?next=/konto/"
    half_way = client.session.session_key
    response = client.post("/logga-in/kod/", {"code": code_now(person.secret)})
    assert response.headers["Location"] == "/konto/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.session_key != half_way


def test_a_code_is_good_once(client, person):
    code = code_now(person.secret)
    sign_in(client, person)
    assert client.post("/logga-in/kod/", {"code": code}).status_code == 302
    other = Client()
    sign_in(other, person)
    response = other.post("/logga-in/kod/", {"code": code})
    assert [p["message"] for p in response.context["form"].problems] == [
        "Det stämde inte. Försök igen."
    ]
    assert "_auth_user_id" not in other.session


def test_guessing_codes_is_limited_in_all_sessions_together(person, clock):
    messages = []
    for _ in range(6):
        guesser = Client()
        sign_in(guesser, person)
        response = guesser.post("/logga-in/kod/", {"code": "000000"})
        messages.append(response.context["form"].problems[0]["message"])
    assert messages == ["Det stämde inte. Försök igen."] * 5 + [LOCKED]
    # The right code, too, has to wait.
    guesser = Client()
    sign_in(guesser, person)
    assert guesser.post("/logga-in/kod/", {"code": code_now(person.secret)}).status_code == 200
    clock.shift(15 * 60 + 1)
    sign_in(guesser, person)
    assert guesser.post("/logga-in/kod/", {"code": code_now(person.secret)}).status_code == 302


def test_a_code_in_reserve_opens_once(client, person):
    assert len(person.codes) == 10
    for expected in (302, 200):
        fresh = Client()
        sign_in(fresh, person)
        answer = fresh.post("/logga-in/kod/", {"code": person.codes[0]})
        assert answer.status_code == expected


def test_codes_in_reserve_are_shown_once(client, person):
    sign_in(client, person)
    client.post("/logga-in/kod/", {"code": code_now(person.secret)})
    page = client.get("/konto/reservkoder/").content.decode()
    assert [code for code in person.codes if code in page] == []


def test_half_a_sign_in_is_forgotten_after_a_while(client, person, clock):
    sign_in(client, person)
    clock.shift(901)
    response = client.post("/logga-in/kod/", {"code": code_now(person.secret)})
    assert response.headers["Location"] == "/logga-in/"


def test_secrets_are_enciphered_and_survive_a_change_of_the_secret_key(person, settings):
    stored = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert person.secret not in stored
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    assert SecondFactorAdapter().decrypt(stored) == person.secret


def test_what_concerns_the_second_factor_asks_again_after_a_while(client, person, clock):
    sign_in(client, person)
    client.post("/logga-in/kod/", {"code": code_now(person.secret)})
    assert client.get("/konto/app/ta-bort/").status_code == 200
    clock.shift(301)
    for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        address = client.get(reverse(name)).headers["Location"]
        assert unquote(address) == f"/konto/bekrafta/?next={reverse(name)}"
    response = client.post("/konto/app/ta-bort/")
    assert response.headers["Location"].startswith("/konto/bekrafta/")
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    wrong = client.post("/konto/bekrafta/", {"password": "fel"})
    assert [p["message"] for p in wrong.context["form"].problems] == ["Lösenordet stämmer inte."]
    right = client.post("/konto/bekrafta/", {"password": PASSWORD, "next": "/konto/"})
    assert right.status_code == 302
    assert client.get("/konto/app/ta-bort/").status_code == 200


def test_where_it_is_required_one_comes_no_further_without_a_second_factor(client, settings, clock):
    settings.MFA_REQUIRED = True
    user = make_user()
    assert sign_in(client, user).headers["Location"] == "/"
    for address in ("/", "/program/", "/admin/"):
        assert client.get(address).headers["Location"] == "/konto/"
    assert client.post("/program/").headers["Location"] == "/konto/"
    page = client.get("/konto/")
    assert page.context["must_add"] is True
    assert "Lägg till ett andra steg" in page.content.decode()
    assert client.get("/halsa/").status_code == 200
    add_app(client)
    assert client.get("/program/").status_code == 200


def test_taking_the_last_one_away_closes_the_gate_again(client, settings, clock):
    settings.MFA_REQUIRED = True
    user = make_user()
    sign_in(client, user)
    add_app(client)
    assert client.get("/program/").status_code == 200
    client.post("/konto/app/ta-bort/")
    assert Authenticator.objects.filter(user=user).count() == 0
    assert client.get("/program/").headers["Location"] == "/konto/"


def test_the_gate_asks_the_database_once_for_a_session(
    client, settings, clock, django_assert_max_num_queries
):
    settings.MFA_REQUIRED = True
    user = make_user()
    sign_in(client, user)
    add_app(client)
    client.get("/program/")
    with django_assert_max_num_queries(50) as captured:
        client.get("/program/")
    asked = [q["sql"] for q in captured.captured_queries if "mfa_authenticator" in q["sql"]]
    assert asked == []


def test_who_has_no_local_account_cannot_make_a_way_round_the_provider(client):
    user = make_user(identity="p1")
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    for name in (
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
        "account_reauthenticate",
        "password-change",
    ):
        assert client.get(reverse(name)).status_code == 404, name
        assert client.post(reverse(name)).status_code == 404, name
    assert "Byt lösenord" not in client.get("/konto/").content.decode()


def test_nobody_reaches_anothers_passkeys(client):
    owner, stranger = make_user(), make_user()
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "x"})
    sign_in(client, stranger)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
        assert client.post(reverse(name, args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "nonsense",
        "null",
        "[]",
        "7",
        '"text"',
        "{}",
        '{"response": null}',
        '{"response": []}',
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {"userHandle": null}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "eA",'
        ' "clientDataJSON": "e30", "authenticatorData": "", "signature": ""}}',
        '{"response": {"userHandle": "MQ"}}',
        "[" * 5000,
        "[" * 60_000,
    ],
)
def test_a_passkey_of_any_other_shape_is_refused_calmly(client, person, credential):
    client.get("/logga-in/passnyckel/", headers={"Accept": "application/json"})
    response = client.post("/logga-in/passnyckel/", {"credential": credential})
    assert response.headers["Location"] == "/logga-in/"
    sign_in(client, person)
    assert client.post("/logga-in/kod/", {"credential": credential}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_question_for_a_passkey_asks_for_finger_face_or_pin(client):
    answer = client.get("/logga-in/passnyckel/", headers={"Accept": "application/json"}).json()
    options = answer["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
    assert options["rpId"] == "testserver"
    assert options.get("allowCredentials", []) == []


def test_a_lost_telephone_is_helped_by_the_systemforvaltare_with_a_reason(client, person):
    sign_in(client, person)
    client.post("/logga-in/kod/", {"code": code_now(person.secret)})
    helper = make_user(Role.SYSTEMFORVALTARE)
    with pytest.raises(PermissionDenied):
        accounts.remove_second_factors(person, actor=make_user(Role.CHEF), reason="Tappad")
    with pytest.raises(ValueError, match=r"Skriv en orsak\."):
        accounts.remove_second_factors(person, actor=helper, reason=" ")
    accounts.remove_second_factors(person, actor=helper, reason="Tappad telefon")
    assert Authenticator.objects.filter(user=person).count() == 0
    assert client.get("/konto/").status_code == 302
    event = Event.objects.about(person).first()
    assert (event.actor, event.verb, event.reason) == (
        helper,
        "tvasteg-borttagen",
        "Tappad telefon",
    )


def test_in_the_administration_it_takes_a_systemforvaltare_and_a_reason(client, person):
    helper = make_user(Role.SYSTEMFORVALTARE, is_staff=True, is_superuser=True)
    outsider = make_user(Role.CHEF, is_staff=True, is_superuser=True)
    address = reverse("admin:organisation_user_changelist")
    order = {"action": "remove_second_factors", "_selected_action": [person.pk]}
    held = Authenticator.objects.filter(user=person)
    client.force_login(outsider)
    assert client.post(address, order | {"reason": "Tappad telefon"}).status_code == 403
    client.force_login(helper)
    answer = client.post(address, order, follow=True)
    assert [str(m) for m in answer.context["messages"]] == ["Skriv en orsak."]
    assert held.count() == 2
    client.post(address, order | {"reason": "Tappad telefon"})
    assert held.count() == 0


PAGES = (
    "/konto/",
    "/konto/losenord/",
    "/konto/app/ta-bort/",
    "/konto/reservkoder/",
    "/konto/reservkoder/nya/",
    "/konto/passnycklar/",
    "/konto/passnycklar/ny/",
    "/konto/bekrafta/",
    "/konto/bekrafta/kod/",
)


def assert_good_page(response) -> None:
    assert response.status_code == 200
    html = response.content.decode()
    title = re.search(r"<title>(.+?) – Samlad</title>", html)
    headings = re.findall(r"<h1>(.+?)</h1>", html)
    assert title
    assert len(headings) == 1
    assert 'lang="sv"' in html
    for script in re.findall(r"<script([^>]*)>", html):
        # A block of data is not run; whatever runs comes from a file of ours.
        assert "src=" in script or 'type="application/json"' in script
    assert " style=" not in html
    assert "<style" not in html
    assert not re.search(r"\son\w+=", html)


def test_every_page_has_a_title_one_heading_and_no_inline_script(client, person):
    assert_good_page(client.get("/logga-in/"))
    sign_in(client, person)
    assert_good_page(client.get("/logga-in/kod/"))
    assert_good_page(client.post("/logga-in/kod/", {"code": ""}))
    client.post("/logga-in/kod/", {"code": code_now(person.secret)})
    for address in PAGES:
        assert_good_page(client.get(address))
    other = Client()
    sign_in(other, make_user())
    assert_good_page(other.get("/konto/app/"))
    assert_good_page(other.post("/konto/app/", {"code": "1"}))
    assert_good_page(other.get("/konto/"))


def test_the_qr_code_is_an_image_that_the_policy_lets_in(client):
    sign_in(client, make_user())
    response = client.get("/konto/app/")
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"
