"""System checks of the trace."""

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from trace.domain.keys import why_no_key

MIDDLEWARE = "trace.middleware.TraceMiddleware"
SESSIONS = "django.contrib.auth.middleware.AuthenticationMiddleware"


@register(Tags.security)
def middleware_in_place(**kwargs: Any) -> list[CheckMessage]:
    """Without the middleware, or with it too early, changes are kept without a person."""
    order = list(settings.MIDDLEWARE)
    if (
        MIDDLEWARE in order
        and SESSIONS in order
        and order.index(SESSIONS) < order.index(MIDDLEWARE)
    ):
        return []
    return [Error(f"{MIDDLEWARE} ska stå efter {SESSIONS} i MIDDLEWARE.", id="trace.E001")]


@register(Tags.security, deploy=True)
def seal_key_is_strong(**kwargs: Any) -> list[CheckMessage]:
    """A key that is there must be strong. It need not be there: only what seals has use for it."""
    if not (os.environ.get("AUDIT_SEAL_KEY") or os.environ.get("AUDIT_SEAL_KEY_FILE")):
        return []
    why = why_no_key()
    return [Warning(why, id="trace.W002")] if why else []
