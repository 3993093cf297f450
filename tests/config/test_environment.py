"""What the environment must hold: each refusal is one line that names the variable."""

from pathlib import Path

import environ
import pytest

from config.environment import (
    DEVELOPMENT_KEY,
    read_database,
    read_flag,
    read_hosts,
    read_number,
    read_secret_key,
)

GOOD_KEY = "k3y-" + "0123456789abcdef" * 4


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> environ.Env:
    for name in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "NUMBER"):
        monkeypatch.delenv(name, raising=False)
    return environ.Env()


def refusal(action) -> str:
    with pytest.raises(SystemExit) as stopped:
        action()
    message = str(stopped.value)
    assert "\n" not in message
    assert message.startswith("Samlad startar inte: ")
    return message.removeprefix("Samlad startar inte: ")


@pytest.mark.parametrize(
    ("raw", "meant"),
    [("on", True), ("True", True), ("1", True), ("yes", True), ("off", False), (" no ", False)],
)
def test_a_flag_is_read_by_its_usual_words(env, monkeypatch, raw, meant):
    monkeypatch.setenv("DEBUG", raw)
    assert read_flag(env, "DEBUG", default=not meant) is meant


def test_a_garbled_flag_is_refused_rather_than_taken_for_off(env, monkeypatch):
    monkeypatch.setenv("DEBUG", "flase")
    assert refusal(lambda: read_flag(env, "DEBUG", default=True)) == (
        "DEBUG är 'flase'; sätt on eller off."
    )


@pytest.mark.parametrize("raw", ["fyra", "-1", "4.5", ""])
def test_a_number_that_is_none_is_refused(env, monkeypatch, raw):
    monkeypatch.setenv("NUMBER", raw)
    assert refusal(lambda: read_number(env, "NUMBER", default=4)) == (
        f"NUMBER är {raw!r}; sätt ett heltal som är minst 0."
    )


def test_a_laptop_needs_no_key_and_production_does(env):
    assert read_secret_key(env, debug=True) == DEVELOPMENT_KEY
    assert refusal(lambda: read_secret_key(env, debug=False)) == (
        "SECRET_KEY saknas; sätt en slumpad nyckel på minst 50 tecken."
    )


@pytest.mark.parametrize("key", [DEVELOPMENT_KEY, "short", "a" * 60])
def test_a_known_or_weak_key_is_refused_in_production(env, monkeypatch, key):
    monkeypatch.setenv("SECRET_KEY", key)
    assert refusal(lambda: read_secret_key(env, debug=False)) == (
        "SECRET_KEY är känd eller för svag; sätt en slumpad nyckel på minst 50 tecken."
    )


def test_a_good_key_is_taken(env, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", GOOD_KEY)
    assert read_secret_key(env, debug=False) == GOOD_KEY


def test_production_names_its_hosts(env, monkeypatch):
    assert read_hosts(env, debug=True) == ["127.0.0.1", "localhost", "[::1]"]
    assert refusal(lambda: read_hosts(env, debug=False)).startswith("ALLOWED_HOSTS saknas;")
    monkeypatch.setenv("ALLOWED_HOSTS", "samlad.example, *")
    assert refusal(lambda: read_hosts(env, debug=False)).startswith("ALLOWED_HOSTS är *;")
    monkeypatch.setenv("ALLOWED_HOSTS", "samlad.example, www.samlad.example")
    assert read_hosts(env, debug=False) == ["samlad.example", "www.samlad.example"]


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://a@b/c", "sqlite:///x.db", "postgres://", "postgres://host:x/y"]
)
def test_a_database_url_that_is_no_postgresql_is_refused(env, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    assert refusal(lambda: read_database(env, debug=True, var_dir=Path("unused"))).startswith(
        "DATABASE_URL går inte att läsa;"
    )


def test_production_refuses_the_embedded_database(env):
    assert refusal(lambda: read_database(env, debug=False, var_dir=Path("unused"))).startswith(
        "DATABASE_URL saknas;"
    )


def test_a_real_server_is_read_from_the_url(env, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://samlad:hemligt@db.example:5433/samlad")
    database = read_database(env, debug=False, var_dir=Path("unused"))
    assert (database["ENGINE"], database["HOST"], database["PORT"], database["NAME"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
        "samlad",
    )
