"""Settings of sign-in that are unsafe, or that let nobody in."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register  # noqa: A004

from config.sign_in import SIGNATURE_ALGORITHMS

SHARED_CACHES = ("db.DatabaseCache", "redis.RedisCache", "memcached.PyMemcacheCache")


@register(Tags.security)
def check_algorithms(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    unsafe = set(settings.OIDC_ALGORITHMS) - set(SIGNATURE_ALGORITHMS)
    if not unsafe and settings.OIDC_ALGORITHMS:
        return []
    return [
        Error(
            "OIDC_ALGORITHMS is empty or lets in a signature that others than the provider can "
            f"make: {', '.join(sorted(unsafe)) or 'none given'}.",
            hint=f"Choose among {', '.join(SIGNATURE_ALGORITHMS)}.",
            id="samlad.E010",
        )
    ]


@register(Tags.security, deploy=True)
def check_identity_provider(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if not settings.OIDC_ISSUER:
        return []
    found: list[CheckMessage] = []
    if not settings.OIDC_ISSUER.startswith("https://"):
        found.append(Error("OIDC_ISSUER is not an https address.", id="samlad.E011"))
    if not settings.OIDC_ACR_VALUES:
        found.append(
            Error(
                "An identity provider is set, but no level of assurance is required of it.",
                hint="Set OIDC_ACR_VALUES to the level or levels that suffice.",
                id="samlad.E012",
            )
        )
    if settings.OIDC_CREATE_PEOPLE:
        found.append(
            Warning(
                "Whoever the identity provider knows becomes a person in Samlad (without roles).",
                hint="Set OIDC_CREATE_PEOPLE=off unless that is what you want.",
                id="samlad.W013",
            )
        )
    return found


@register(Tags.security, deploy=True)
def check_local_accounts(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.LOCAL_ACCOUNTS and not settings.MFA_REQUIRED:
        found.append(
            Error(
                "Local accounts may be used with a password alone.",
                hint="Set MFA_REQUIRED=on, or LOCAL_ACCOUNTS=off.",
                id="samlad.E014",
            )
        )
    if not settings.LOCAL_ACCOUNTS and not settings.OIDC_ISSUER:
        # Safe, so no warning; but nobody comes in.
        found.append(
            Info(
                "Nobody can sign in: local accounts are off and no identity provider is set.",
                hint="Set OIDC_ISSUER and what goes with it, or LOCAL_ACCOUNTS=on.",
                id="samlad.I015",
            )
        )
    if settings.DEMO_SIGN_IN:
        found.append(Error("The demo's sign-in buttons are on.", id="samlad.E016"))
    return found


@register(Tags.security, deploy=True)
def check_limits_are_shared(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if str(settings.CACHES["default"]["BACKEND"]).endswith(SHARED_CACHES):
        return []
    return [
        Error(
            "The default cache is not shared by all processes, so each counts failed sign-ins "
            "for itself.",
            id="samlad.E017",
        )
    ]


@register(Tags.security, deploy=True)
def check_session_lifetime(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if settings.SESSION_IDLE_SECONDS <= 8 * 3600 and settings.SESSION_COOKIE_AGE <= 24 * 3600:
        return []
    return [
        Warning(
            "Sessions live longer than a working day unused, or than 24 hours in all.",
            hint="Lower SESSION_IDLE_MINUTES or SESSION_MAX_HOURS.",
            id="samlad.W018",
        )
    ]
