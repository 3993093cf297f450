"""Settings that would let somebody else speak for Samlad, or read what it says."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

# In the order that they must stand in. Without one of them a rule holds nowhere.
GATES = (
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.middleware.ActingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "trace.middleware.TraceMiddleware",
    "organisation.middleware.RefusalMiddleware",
    "organisation.text_middleware.TextMiddleware",
    "organisation.sign_in.middleware.SessionLifetimeMiddleware",
    "organisation.sign_in.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
NOT_FROM_HERE = ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*", "data:")
YEAR = 365 * 24 * 60 * 60
LARGEST_REQUEST = 50 * 1024 * 1024


@register(Tags.security)
def check_gates(**_: Any) -> Sequence[CheckMessage]:
    there = [name for name in settings.MIDDLEWARE if name in GATES]
    if there == list(GATES):
        return []
    missing = [name for name in GATES if name not in there]
    what = f"lacks {', '.join(missing)}" if missing else "has its gates in another order"
    return [Error(f"MIDDLEWARE {what}.", id="samlad.E020")]


@register(Tags.security)
def check_content_policy(**_: Any) -> Sequence[CheckMessage]:
    policy = getattr(settings, "CONTENT_SECURITY_POLICY", None) or {}
    said = policy.get("DIRECTIVES", {})
    open_to = [
        f"{name} {source}"
        for name in ("default-src", "script-src", "style-src", "connect-src", "form-action")
        for source in _sources(said.get(name, ["*"]))
        if source in NOT_FROM_HERE or source.startswith(("http://", "https://"))
    ]
    if _sources(said.get("frame-ancestors", ["*"])) != ["'none'"]:
        open_to.append("frame-ancestors")
    if not open_to and not getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None):
        return []
    return [
        Error(
            f"The content security policy does not hold: {', '.join(open_to) or 'it reports'}.",
            id="samlad.E021",
        )
    ]


@register(Tags.security)
def check_hosts(**_: Any) -> Sequence[CheckMessage]:
    found: list[CheckMessage] = []
    if any(host.startswith((".", "*")) for host in settings.ALLOWED_HOSTS):
        found.append(
            Error(
                "ALLOWED_HOSTS lets in names that nobody has written out.",
                hint="Name each host that Samlad answers to.",
                id="samlad.E022",
            )
        )
    if settings.USE_X_FORWARDED_HOST or settings.USE_X_FORWARDED_PORT:
        found.append(
            Error(
                "Links are made from a name that whoever asks may send along "
                "(USE_X_FORWARDED_HOST or USE_X_FORWARDED_PORT).",
                id="samlad.E023",
            )
        )
    return found


@register(Tags.security)
def check_passwords(**_: Any) -> Sequence[CheckMessage]:
    first = settings.PASSWORD_HASHERS[0] if settings.PASSWORD_HASHERS else ""
    if first.endswith("Argon2PasswordHasher"):
        return []
    return [Error("Passwords are not stored with Argon2.", id="samlad.E024")]


@register(Tags.security)
def check_request_size(**_: Any) -> Sequence[CheckMessage]:
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if size is not None and size <= LARGEST_REQUEST and settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return []
    return [
        Error(
            "A single request may fill the memory (DATA_UPLOAD_MAX_MEMORY_SIZE, "
            "DATA_UPLOAD_MAX_NUMBER_FIELDS).",
            id="samlad.E025",
        )
    ]


@register(Tags.security, deploy=True)
def check_cookies(**_: Any) -> Sequence[CheckMessage]:
    """The prefix __Host- binds a cookie to this very host; a browser then also asks for Secure."""
    weak = [
        f"{name}_COOKIE"
        for name in ("SESSION", "CSRF")
        if not (
            getattr(settings, f"{name}_COOKIE_NAME").startswith("__Host-")
            and getattr(settings, f"{name}_COOKIE_SECURE")
            and getattr(settings, f"{name}_COOKIE_HTTPONLY")
            and getattr(settings, f"{name}_COOKIE_SAMESITE") in ("Lax", "Strict")
            and getattr(settings, f"{name}_COOKIE_DOMAIN") is None
            and getattr(settings, f"{name}_COOKIE_PATH") == "/"
        )
    ]
    if not weak:
        return []
    return [
        Error(f"Cookies can be read or set from elsewhere: {', '.join(weak)}.", id="samlad.E026")
    ]


@register(Tags.security, deploy=True)
def check_transport(**_: Any) -> Sequence[CheckMessage]:
    if settings.SECURE_HSTS_SECONDS >= YEAR and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        return []
    return [
        Warning(
            "Browsers are told to insist on https for less than a year, or not for subdomains.",
            id="samlad.W027",
        )
    ]


def _sources(given: Any) -> list[str]:
    """The sources of one directive, as text; a nonce is ours."""
    one = isinstance(given, str) or not isinstance(given, Iterable)
    return [str(source) for source in ([given] if one else given)]
