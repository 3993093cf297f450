"""What the environment says of signing in, and which settings are called unsafe."""

import pytest
from csp.constants import SELF, UNSAFE_INLINE
from django.core.checks import run_checks

from config import settings as ours
from tests.config.test_settings import PRODUCTION, run

PROVIDER = {
    "OIDC_ISSUER": "https://idp.example",
    "OIDC_CLIENT_ID": "samlad",
    "OIDC_CLIENT_SECRET": "hemligt",
    "OIDC_ACR_VALUES": "loa3 loa4",
}


MIDDLEWARE = list(ours.MIDDLEWARE)
MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"


def policy(directive: str, source: str) -> dict:
    """Our own, with one more source."""
    said = ours.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return {"DIRECTIVES": {**said, directive: [*said[directive], source]}}


def found() -> list[str]:
    """Ids of our own checks, deployment ones too, with a provider and sound settings."""
    return sorted(
        m.id for m in run_checks(include_deployment_checks=True) if m.id and "samlad." in m.id
    )


@pytest.fixture
def sound(settings):
    settings.OIDC_ISSUER = "https://idp.example"
    settings.OIDC_ACR_VALUES = ["loa3"]
    settings.OIDC_ALGORITHMS = ["RS256"]
    settings.OIDC_CREATE_PEOPLE = False
    settings.LOCAL_ACCOUNTS = False
    settings.MFA_REQUIRED = True
    settings.DEMO_SIGN_IN = False
    for name in ("SESSION", "CSRF"):
        setattr(settings, f"{name}_COOKIE_NAME", f"__Host-{name.lower()}")
        setattr(settings, f"{name}_COOKIE_SECURE", True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    return settings


def test_sound_settings_find_nothing(sound):
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({"OIDC_ALGORITHMS": ["none"]}, ["samlad.E010"]),
        ({"OIDC_ALGORITHMS": ["RS256", "HS256"]}, ["samlad.E010"]),
        ({"OIDC_ALGORITHMS": []}, ["samlad.E010"]),
        ({"OIDC_ISSUER": "http://idp.example"}, ["samlad.E011"]),
        ({"OIDC_ACR_VALUES": []}, ["samlad.E012"]),
        ({"OIDC_CREATE_PEOPLE": True}, ["samlad.W013"]),
        ({"LOCAL_ACCOUNTS": True, "MFA_REQUIRED": False}, ["samlad.E014"]),
        ({"LOCAL_ACCOUNTS": True, "MFA_REQUIRED": True}, []),
        ({"OIDC_ISSUER": ""}, ["samlad.I015"]),
        ({"DEMO_SIGN_IN": True}, ["samlad.E016"]),
        (
            {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}},
            ["samlad.E017"],
        ),
        ({"SESSION_IDLE_SECONDS": 9 * 3600}, ["samlad.W018"]),
        ({"SESSION_COOKIE_AGE": 25 * 3600}, ["samlad.W018"]),
        ({"MIDDLEWARE": MIDDLEWARE[1:]}, ["samlad.E020"]),
        ({"MIDDLEWARE": MIDDLEWARE[::-1]}, ["samlad.E020"]),
        ({"CONTENT_SECURITY_POLICY": None}, ["samlad.E021"]),
        ({"CONTENT_SECURITY_POLICY_REPORT_ONLY": {"DIRECTIVES": {}}}, ["samlad.E021"]),
        ({"CONTENT_SECURITY_POLICY": policy("script-src", UNSAFE_INLINE)}, ["samlad.E021"]),
        ({"CONTENT_SECURITY_POLICY": policy("style-src", "https://cdn.example")}, ["samlad.E021"]),
        ({"CONTENT_SECURITY_POLICY": policy("frame-ancestors", SELF)}, ["samlad.E021"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["samlad.E022"]),
        ({"ALLOWED_HOSTS": [".samlad.se"]}, ["samlad.E022"]),
        ({"USE_X_FORWARDED_HOST": True}, ["samlad.E023"]),
        ({"USE_X_FORWARDED_PORT": True}, ["samlad.E023"]),
        ({"PASSWORD_HASHERS": [MD5]}, ["samlad.E024"]),
        ({"DATA_UPLOAD_MAX_MEMORY_SIZE": None}, ["samlad.E025"]),
        ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": None}, ["samlad.E025"]),
        ({"SESSION_COOKIE_NAME": "sessionid"}, ["samlad.E026"]),
        ({"SESSION_COOKIE_SECURE": False}, ["samlad.E026"]),
        ({"CSRF_COOKIE_HTTPONLY": False}, ["samlad.E026"]),
        ({"CSRF_COOKIE_SAMESITE": "None"}, ["samlad.E026"]),
        ({"SESSION_COOKIE_DOMAIN": ".stockholm.se"}, ["samlad.E026"]),
        ({"SECURE_HSTS_SECONDS": 3600}, ["samlad.W027"]),
        ({"SECURE_HSTS_INCLUDE_SUBDOMAINS": False}, ["samlad.W027"]),
    ],
)
def test_unsafe_settings_are_found(sound, changed, ids):
    for name, value in changed.items():
        setattr(sound, name, value)
    assert found() == ids


@pytest.mark.deep
def test_a_provider_in_production_passes_the_deployment_check():
    result = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", **(PRODUCTION | PROVIDER)
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (
            {"OIDC_ISSUER": "http://idp.example"},
            "OIDC_ISSUER är 'http://idp.example'; sätt utfärdarens adress, https://…",
        ),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID saknas; det behövs när OIDC_ISSUER är satt."),
        (
            {"OIDC_CLIENT_SECRET": ""},
            "OIDC_CLIENT_SECRET saknas; det behövs när OIDC_ISSUER är satt.",
        ),
        ({"OIDC_ISSUER": ""}, "OIDC_ISSUER saknas; det behövs när OIDC_CLIENT_ID är satt."),
        (
            {"OIDC_PERSON_FIELD": "email"},
            "OIDC_PERSON_FIELD är 'email'; sätt identity eller username.",
        ),
        (
            {"MFA_REQUIRED": "kanske"},
            "MFA_REQUIRED är 'kanske'; sätt on eller off.",
        ),
        (
            {"SESSION_IDLE_MINUTES": "0"},
            "SESSION_IDLE_MINUTES är '0'; sätt ett heltal som är minst 1.",
        ),
    ],
)
def test_half_a_provider_stops_with_one_line(changed, line):
    result = run("manage.py", "check", **(PRODUCTION | PROVIDER | changed))
    assert (result.returncode, result.stderr) == (1, f"Samlad startar inte: {line}\n")


@pytest.mark.parametrize("algorithm", ["none", "HS256", "rs256"])
def test_an_algorithm_that_others_could_sign_with_stops_the_start(algorithm):
    result = run("manage.py", "check", **(PRODUCTION | PROVIDER | {"OIDC_ALGORITHMS": algorithm}))
    assert result.returncode == 1
    assert result.stderr.startswith(
        f"Samlad startar inte: OIDC_ALGORITHMS innehåller {algorithm!r}; välj bland RS256 "
    )


@pytest.mark.deep
def test_production_in_which_nobody_can_sign_in_is_told_so_and_is_not_unsafe():
    result = run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        **(PRODUCTION | {"LOCAL_ACCOUNTS": "off"}),
    )
    assert result.returncode == 0
    assert "(samlad.I015) Nobody can sign in" in result.stderr


def test_production_is_strict_unless_told_otherwise():
    environment = {k: v for k, v in PRODUCTION.items() if k != "LOCAL_ACCOUNTS"}
    code = (
        "from django.conf import settings as s; "
        "print(s.LOCAL_ACCOUNTS, s.MFA_REQUIRED, s.OIDC_CREATE_PEOPLE, s.OIDC_PERSON_FIELD, "
        "s.SESSION_IDLE_SECONDS, s.SESSION_COOKIE_AGE, s.ALLAUTH_TRUSTED_PROXY_COUNT, "
        "s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN, s.PASSWORD_HASHERS[0].rsplit('.')[-1])"
    )
    result = run("-c", code, DJANGO_SETTINGS_MODULE="config.settings", **environment)
    assert (result.stdout, result.stderr) == (
        "False True False identity 7200 43200 0 False Argon2PasswordHasher\n",
        "",
    )
