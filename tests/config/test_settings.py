"""Settings as a whole, in a process of their own: what starts, what refuses, what is sent."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from organisation.enums import Role
from tests.conftest import REPOSITORY
from tests.factories import make_user

PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": "k3y-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "samlad.example",
    "DATABASE_URL": "postgres://samlad@127.0.0.1:1/samlad",
    "LOCAL_ACCOUNTS": "on",
}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python in a fresh process with exactly this environment of Samlad's."""
    known = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env=known | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.deep  # `make check` runs it too
def test_production_settings_pass_the_deployment_check():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        ("SECRET_KEY", "", "SECRET_KEY saknas; sätt en slumpad nyckel på minst 50 tecken."),
        (
            "ALLOWED_HOSTS",
            "",
            "ALLOWED_HOSTS saknas; sätt de värdnamn som Samlad svarar på, t.ex. samlad.se",
        ),
        (
            "DATABASE_URL",
            "",
            "DATABASE_URL saknas; den inbyggda databasen är bara till för utveckling och demo.",
        ),
    ],
)
def test_production_refuses_to_start_with_one_line(variable, value, line):
    # An empty value and not a missing one: a .env file in the checkout must not fill it in.
    result = run("manage.py", "check", **(PRODUCTION | {variable: value}))
    assert result.returncode == 1
    assert result.stderr == f"Samlad startar inte: {line}\n"


def test_an_unreachable_database_is_one_line():
    result = run("manage.py", "migrate", **(PRODUCTION | {"DEBUG": "on"}))
    assert result.returncode == 1
    assert result.stderr.startswith("Samlad når inte databasen: ")
    assert result.stderr.count("\n") == 1


def test_a_real_database_keeps_the_embedded_one_out():
    code = (
        "import sys, django; django.setup(); "
        "print([m for m in sys.modules if 'pgserver' in m or 'embedded' in m])"
    )
    result = run("-c", code, DJANGO_SETTINGS_MODULE="config.settings", **PRODUCTION)
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_production_cookies_are_bound_to_the_host_and_to_https():
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SECURE_HSTS_SECONDS",
        "SECURE_SSL_REDIRECT",
        "DEMO_SIGN_IN",
    ]
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{n: getattr(settings, n) for n in {names!r}}}))"
    )
    result = run(
        "-c", code, DJANGO_SETTINGS_MODULE="config.settings", SAMLAD_DEMO="on", **PRODUCTION
    )
    assert json.loads(result.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_SSL_REDIRECT": True,
        "DEMO_SIGN_IN": False,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/logga-in/", "/", "/finns-inte/", "/halsa/"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_answer_carries_the_security_headers(client: Client, path, signed_in):
    if signed_in:
        client.force_login(make_user(Role.LASARE))
    headers = client.get(path).headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=(), ")
    if signed_in and path in ("/", "/finns-inte/"):
        assert headers["Cache-Control"] == "no-store"


def test_a_forged_host_is_refused(client: Client):
    assert client.get("/logga-in/", headers={"host": "evil.example"}).status_code == 400
