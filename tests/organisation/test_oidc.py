"""Signing in by an identity provider: a real one on this machine, and tokens that lie."""

import base64
import hashlib
import hmac
import json
import logging
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.models import Session
from django.test import Client

from organisation.models import User
from tests.factories import make_user
from tests.organisation.providers import (
    CLIENT_ID,
    CLIENT_SECRET,
    GOOD_ACR,
    LyingProvider,
    RealProvider,
    lying_provider,
    real_provider,
)
from trace.models import Event

pytestmark = pytest.mark.django_db

CALM = "Inloggningen gick inte att slutföra."
UNKNOWN = "vet vem du är, men du är inte upplagd i Samlad."


def configure(settings, issuer: str) -> None:
    settings.OIDC_ISSUER = issuer
    settings.OIDC_CLIENT_ID = CLIENT_ID
    settings.OIDC_CLIENT_SECRET = CLIENT_SECRET
    settings.OIDC_ACR_VALUES = [GOOD_ACR]


@pytest.fixture(scope="module")
def running():
    with real_provider() as provider:
        yield provider


@pytest.fixture
def provider(running, settings) -> RealProvider:
    configure(settings, running.issuer)
    return running


@pytest.fixture(scope="module")
def lying_running():
    with lying_provider() as provider:
        yield provider


@pytest.fixture
def liar(lying_running, settings) -> LyingProvider:
    configure(settings, lying_running.issuer)
    lying_running.token = lambda: lying_running.sign(lying_running.claims())
    lying_running.discovery = {}
    lying_running.exchanges.clear()
    return lying_running


@pytest.fixture
def log(caplog):
    """The lines that sign-in wrote, and all that was logged at all."""
    caplog.set_level(logging.DEBUG)

    def lines() -> list[str]:
        return [r.getMessage() for r in caplog.records if r.name == "samlad.sign_in"]

    return lines


def set_out(client: Client, **data) -> str:
    response = client.post("/logga-in/identitet/", data)
    assert response.status_code == 200
    seconds, _, address = response.headers["Refresh"].partition("; url=")
    assert seconds == "0"
    assert response.context["address"] == address
    return address


def come_back(client: Client, address: str):
    parts = urlsplit(address)
    assert parts.path == "/logga-in/identitet/svar/"
    return client.get(f"{parts.path}?{parts.query}")


def assert_refused(client: Client, response, text: str = CALM) -> None:
    assert response.status_code == 403
    assert text in response.content.decode()
    assert response.headers["Cache-Control"].startswith("max-age=0")
    assert "_auth_user_id" not in client.session
    assert client.get("/konto/").headers["Location"] == "/logga-in/?next=/konto/"


# With a real provider -----------------------------------------------------------------------------


def test_a_known_person_signs_in_and_goes_where_they_were_going(client, provider, log):
    user = make_user(identity="p-123")
    user.set_unusable_password()
    user.save()
    provider.knows("p-123", acr=GOOD_ACR, name="Någon Annan")
    client.get("/logga-in/")
    before = client.session.session_key
    response = come_back(client, provider.lets_in(set_out(client, next="/konto/"), "p-123"))
    assert (response.status_code, response.headers["Location"]) == (302, "/konto/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.session_key != before
    assert client.get("/konto/").status_code == 200
    user.refresh_from_db()
    assert user.name != "Någon Annan"  # people and roles are kept in Samlad
    assert list(Event.objects.about(user).values_list("summary", flat=True)) == [
        "Loggade in genom identitetstjänsten"
    ]
    assert log() == ["Signed in: identity-provider"]


def test_the_question_carries_what_makes_the_answer_ours(client, provider):
    asked = parse_qs(urlsplit(set_out(client)).query)
    assert asked["response_type"] == ["code"]
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["redirect_uri"] == ["http://testserver/logga-in/identitet/svar/"]
    assert asked["acr_values"] == [GOOD_ACR]
    assert asked["code_challenge_method"] == ["S256"]
    assert sorted(asked["scope"][0].split()) == ["openid", "profile"]
    again = parse_qs(urlsplit(set_out(client)).query)
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 43
        assert asked[name] != again[name]


def test_an_unknown_person_gets_a_calm_page_and_no_account(client, provider, log):
    provider.knows("frammande", acr=GOOD_ACR)
    before = User.objects.count()
    response = come_back(client, provider.lets_in(set_out(client), "frammande"))
    assert_refused(client, response, UNKNOWN)
    assert User.objects.count() == before
    assert log() == ["Sign-in refused: identity-provider, unknown-person"]


def test_a_user_name_is_no_identity_unless_the_settings_say_so(client, provider, settings):
    user = make_user(username="chef")
    provider.knows("chef", acr=GOOD_ACR)
    assert_refused(client, come_back(client, provider.lets_in(set_out(client), "chef")), UNKNOWN)
    settings.OIDC_PERSON_FIELD = "username"
    come_back(client, provider.lets_in(set_out(client), "chef"))
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_claim_that_names_the_person_is_a_setting(client, provider, settings):
    user = make_user(identity="hsa-1")
    settings.OIDC_PERSON_CLAIM = "employeeHsaId"
    provider.knows("p-9", acr=GOOD_ACR, employeeHsaId="hsa-1")
    come_back(client, provider.lets_in(set_out(client), "p-9"))
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("value", [None, "", 7, ["hsa-1"], True, "x" * 151, "hsa-1\x00"])
def test_a_claim_that_names_nobody_lets_nobody_in(client, liar, settings, log, value):
    make_user(identity="hsa-1")
    make_user(identity=None)
    settings.OIDC_PERSON_CLAIM = "hsa"
    liar.token = lambda: liar.sign(liar.claims(hsa=value))
    assert_refused(client, come_back(client, liar.lets_in(set_out(client))), UNKNOWN)
    assert log() == ["Sign-in refused: identity-provider, person-claim"]


def test_somebody_made_inactive_does_not_come_in(client, provider, log):
    make_user(identity="borta", is_active=False)
    provider.knows("borta", acr=GOOD_ACR)
    assert_refused(client, come_back(client, provider.lets_in(set_out(client), "borta")), UNKNOWN)
    assert log() == ["Sign-in refused: identity-provider, inactive"]


def test_people_are_made_only_by_a_setting_and_get_no_role(client, provider, settings):
    settings.OIDC_CREATE_PEOPLE = True
    provider.knows("ny-person", acr=GOOD_ACR, name="Ny Person")
    come_back(client, provider.lets_in(set_out(client), "ny-person"))
    person = User.objects.get(identity="ny-person")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.name, person.has_usable_password(), person.is_staff, person.is_superuser) == (
        "Ny Person",
        False,
        False,
        False,
    )
    assert person.memberships.count() == 0


def test_making_people_never_takes_over_a_user_name_that_is_somebodys(client, provider, settings):
    chef = make_user(username="chef-2")
    settings.OIDC_CREATE_PEOPLE = True
    provider.knows("chef-2", acr=GOOD_ACR)
    assert_refused(client, come_back(client, provider.lets_in(set_out(client), "chef-2")), UNKNOWN)
    chef.refresh_from_db()
    assert chef.identity is None


@pytest.mark.parametrize("claims", [{}, {"acr": "urn:test:loa1"}, {"acr": ""}])
def test_too_low_a_level_is_refused(client, provider, log, claims):
    make_user(identity="lag")
    provider.knows("lag", **claims)
    assert_refused(client, come_back(client, provider.lets_in(set_out(client), "lag")))
    assert log() == ["Sign-in refused: identity-provider, acr"]


def test_somebody_who_changes_their_mind_gets_the_calm_page(client, provider):
    assert_refused(client, come_back(client, provider.turns_away(set_out(client))))


def test_the_same_answer_does_not_open_twice(client, provider, log):
    make_user(identity="igen")
    provider.knows("igen", acr=GOOD_ACR)
    answer = provider.lets_in(set_out(client), "igen")
    assert come_back(client, answer).status_code == 302
    client.post("/logga-ut/")
    assert_refused(client, come_back(client, answer))
    assert log()[-1] == "Sign-in refused: identity-provider, state"


def test_an_answer_does_not_open_another_browser(client, provider, log):
    make_user(identity="stulen")
    provider.knows("stulen", acr=GOOD_ACR)
    answer = provider.lets_in(set_out(client), "stulen")
    other = Client()
    set_out(other)
    assert_refused(other, come_back(other, answer))
    assert log() == ["Sign-in refused: identity-provider, state"]


def test_a_code_that_was_used_does_not_open_again(client, liar, log):
    make_user(identity="p1")
    first = liar.lets_in(set_out(client))
    assert come_back(client, first).status_code == 302
    client.post("/logga-ut/")
    code = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(set_out(client)).query)["state"][0]
    response = client.get("/logga-in/identitet/svar/", {"code": code, "state": state})
    assert_refused(client, response)
    assert log()[-1] == "Sign-in refused: identity-provider, code"


def test_somebody_elses_code_in_ones_own_sign_in_is_refused_by_pkce_or_nonce(liar, log):
    """A code caught on its way and put into another sign-in: the provider misses the proof."""
    make_user(identity="p1")
    victim, thief = Client(), Client()
    caught = parse_qs(urlsplit(liar.lets_in(set_out(victim), "caught")).query)["code"][0]
    state = parse_qs(urlsplit(set_out(thief)).query)["state"][0]
    response = thief.get("/logga-in/identitet/svar/", {"code": caught, "state": state})
    assert_refused(thief, response)
    assert log() == ["Sign-in refused: identity-provider, code"]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ({}, "state"),
        ({"code": "x"}, "state"),
        ({"code": "x", "state": "made-up"}, "state"),
        ({"state": "…"}, "no-code"),
        ({"state": "…", "code": ""}, "no-code"),
        ({"state": "…", "error": "access_denied"}, "cancelled"),
        ({"state": "…", "code": "x", "error": "server_error"}, "provider-error"),
        ({"state": "…", "code": "x", "iss": "https://another.example"}, "answer-issuer"),
        ({"state": "…", "code": "made-up"}, "code"),
    ],
)
def test_answers_that_answer_nothing_are_refused(client, liar, log, question, reason):
    state = parse_qs(urlsplit(set_out(client)).query)["state"][0]
    question = {k: state if v == "…" else v for k, v in question.items()}
    assert_refused(client, client.get("/logga-in/identitet/svar/", question))
    assert log() == [f"Sign-in refused: identity-provider, {reason}"]


# Tokens that lie ----------------------------------------------------------------------------------


def unsigned(claims: dict, header: dict, signature: str = "") -> str:
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in (header, claims)
    ]
    return ".".join([*parts, signature])


def hs256_with_public_key(liar: LyingProvider) -> str:
    """The old trick: the public key, which everybody has, as the secret of a HMAC."""
    public = liar.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    body = unsigned(liar.claims(), {"alg": "HS256", "kid": "k1", "typ": "JWT"})[:-1]
    digest = hmac.new(public, body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def another_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def changed_after_signing(liar: LyingProvider) -> str:
    header, _, signature = liar.sign(liar.claims(sub="other")).split(".")
    body = base64.urlsafe_b64encode(json.dumps(liar.claims()).encode()).decode().rstrip("=")
    return f"{header}.{body}.{signature}"


def deep() -> str:
    return base64.urlsafe_b64encode(b"[" * 12_000).decode().rstrip("=")


LIES = {
    "wrong audience": (lambda p: p.sign(p.claims(aud="another")), "audience"),
    "audience of several": (lambda p: p.sign(p.claims(aud=[CLIENT_ID, "another"])), "audience"),
    "no audience": (lambda p: p.sign(p.claims(aud=None)), "missing-claim"),
    "another party": (lambda p: p.sign(p.claims(azp="another")), "authorised-party"),
    "wrong issuer": (lambda p: p.sign(p.claims(iss="https://evil.example")), "issuer"),
    "issuer with a slash": (lambda p: p.sign(p.claims(iss=p.issuer + "/")), "issuer"),
    "no issuer": (lambda p: p.sign(p.claims(iss=None)), "missing-claim"),
    "expired": (lambda p: p.sign(p.claims(exp=int(time.time()) - 120)), "expired"),
    "no expiry": (lambda p: p.sign(p.claims(exp=None)), "missing-claim"),
    "from the future": (lambda p: p.sign(p.claims(iat=int(time.time()) + 600)), "not-yet"),
    "old": (lambda p: p.sign(p.claims(iat=int(time.time()) - 3600)), "stale"),
    "no time": (lambda p: p.sign(p.claims(iat=None)), "missing-claim"),
    "nobody": (lambda p: p.sign(p.claims(sub=None)), "missing-claim"),
    "wrong nonce": (lambda p: p.sign(p.claims(nonce="another")), "nonce"),
    "no nonce": (lambda p: p.sign(p.claims(nonce=None)), "nonce"),
    "nonce in a list": (lambda p: p.sign(p.claims(nonce=[p.asked["nonce"]])), "nonce"),
    "no acr": (lambda p: p.sign(p.claims(acr=None)), "acr"),
    "low acr": (lambda p: p.sign(p.claims(acr="urn:test:loa1")), "acr"),
    "acr in a list": (lambda p: p.sign(p.claims(acr=[GOOD_ACR])), "acr"),
    "alg none": (lambda p: unsigned(p.claims(), {"alg": "none"}), "algorithm"),
    "alg None": (lambda p: unsigned(p.claims(), {"alg": "None", "kid": "k1"}), "algorithm"),
    "alg missing": (lambda p: unsigned(p.claims(), {"kid": "k1"}), "algorithm"),
    "HS256 with the public key": (hs256_with_public_key, "algorithm"),
    "HS256 with the client's secret": (
        lambda p: p.sign(p.claims(), key=CLIENT_SECRET, algorithm="HS256"),
        "algorithm",
    ),
    "an algorithm off the list": (lambda p: p.sign(p.claims(), algorithm="RS512"), "algorithm"),
    "somebody else's key": (lambda p: p.sign(p.claims(), key=another_key()), "signature"),
    "a key that is not there": (lambda p: p.sign(p.claims(), kid="k2"), "key"),
    "a key it brings along": (
        lambda p: p.sign(p.claims(), key=another_key(), jku="https://evil.example/jwks"),
        "signature",
    ),
    "signature taken away": (lambda p: p.sign(p.claims()).rpartition(".")[0] + ".", "signature"),
    "changed after signing": (changed_after_signing, "signature"),
    "critical extension": (lambda p: p.sign(p.claims(), crit=["b64"], b64=True), "form"),
    "no token": (lambda _: None, "form"),
    "not a token": (lambda _: "nonsense", "form"),
    "a list": (lambda _: ["x"], "form"),
    "brackets in brackets": (
        lambda p: f"{p.sign(p.claims()).partition('.')[0]}.{deep()}.eA",
        "signature",
    ),
    "header of brackets": (lambda _: f"{deep()}.e30.x", "form"),
    "enormous": (lambda p: p.sign(p.claims(x="x" * 40_000)), "form"),
    "expiry in words": (lambda p: p.sign(p.claims(exp="tomorrow")), "form"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_opens_nothing(client, liar, caplog, log, lie):
    make_user(identity="p1", name="Hemlig Hemligsson")
    make, reason = LIES[lie]
    liar.token = lambda: make(liar)
    sessions = Session.objects.count()
    response = come_back(client, liar.lets_in(set_out(client)))
    assert_refused(client, response)
    assert log() == [f"Sign-in refused: identity-provider, {reason}"]
    assert Session.objects.count() == sessions + 1
    said = response.content.decode() + "\n".join(log())
    for secret in ("Hemlig", "p1", "code-1", CLIENT_SECRET, liar.asked["nonce"]):
        assert secret not in said


def test_the_honest_token_of_the_same_provider_does_open(client, liar):
    """Without this the lies above could be refused for any reason at all."""
    user = make_user(identity="p1")
    come_back(client, liar.lets_in(set_out(client)))
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(liar.exchanges[0]) != []
    assert "code_verifier" in liar.exchanges[0]


@pytest.mark.parametrize(
    ("discovery", "reason"),
    [
        ({"issuer": "https://evil.example"}, "discovery-issuer"),
        ({"token_endpoint": None}, "discovery"),
    ],
)
def test_a_provider_that_is_not_what_it_says_is_not_asked(client, liar, log, discovery, reason):
    liar.discovery = discovery
    response = client.post("/logga-in/identitet/")
    assert response.status_code == 403
    assert CALM in response.content.decode()
    assert log() == [f"Sign-in refused: identity-provider, {reason}"]


def test_a_provider_that_does_not_answer_gives_the_calm_page(client, settings, log):
    configure(settings, "http://127.0.0.1:9")
    assert client.post("/logga-in/identitet/").status_code == 403
    assert log() == ["Sign-in refused: identity-provider, provider-unreachable"]


def test_how_often_one_address_is_sent_to_the_provider_is_limited(client, liar, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"to_provider": "2/15m/ip"}
    answers = [client.post("/logga-in/identitet/").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


# Around it ----------------------------------------------------------------------------------------


def test_without_a_provider_there_is_nothing_to_post_to(client, settings):
    assert settings.OIDC_ISSUER == ""
    assert client.post("/logga-in/identitet/").status_code == 404
    assert client.get("/logga-in/identitet/svar/").status_code == 404


def test_the_way_out_is_by_post_only(client, provider):
    assert client.get("/logga-in/identitet/").status_code == 405


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_provider_is_no_road_to_another_site(client, liar, wanted):
    make_user(identity="p1")
    answer = liar.lets_in(set_out(client, next=wanted))
    assert come_back(client, answer).headers["Location"] == "/"
    client.post("/logga-ut/")
    answer = liar.lets_in(set_out(client))
    response = client.get(f"{urlsplit(answer).path}?{urlsplit(answer).query}&next={wanted}")
    assert response.headers["Location"] == "/"


def test_a_page_cannot_lower_what_is_asked_of_the_provider(client, liar):
    address = set_out(client)
    lowered = client.post(
        "/logga-in/identitet/?auth_params=acr_values%3Dlow%26nonce%3Dx&scope=admin&process=connect"
    ).context["address"]
    asked, asked_again = (parse_qs(urlsplit(a).query) for a in (address, lowered))
    assert asked_again["acr_values"] == asked["acr_values"]
    assert sorted(asked_again["scope"][0].split()) == sorted(asked["scope"][0].split())
    assert len(asked_again["nonce"][0]) >= 43


def test_where_a_second_factor_is_required_the_providers_word_is_enough(client, liar, settings):
    settings.MFA_REQUIRED = True
    make_user(identity="p1")
    come_back(client, liar.lets_in(set_out(client)))
    assert client.get("/konto/").context["must_add"] is False
    assert client.get("/program/").status_code == 200


def test_nothing_of_what_the_provider_tells_is_stored(client, liar):
    make_user(identity="p1")
    liar.token = lambda: liar.sign(liar.claims(email="hemlig@example.org", name="Hemlig"))
    come_back(client, liar.lets_in(set_out(client)))
    kept = json.dumps(dict(client.session.items()))
    assert "hemlig@example.org" not in kept
    assert "Hemlig" not in kept


def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(client, liar):
    first = make_user()
    client.force_login(first)
    session = client.session
    session["private"] = "of the first"
    session.save()
    second = make_user(identity="p1")
    come_back(client, liar.lets_in(set_out(client)))
    assert client.session["_auth_user_id"] == str(second.pk)
    assert "private" not in client.session
