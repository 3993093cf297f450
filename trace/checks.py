"""System checks of the trace."""

import os
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register

from trace.domain.keys import why_no_key

MIDDLEWARE = "trace.middleware.TraceMiddleware"
SESSIONS = "django.contrib.auth.middleware.AuthenticationMiddleware"


@register(Tags.security)
def middleware_in_place(**_: Any) -> list[CheckMessage]:
    """Without the middleware, or with it too early, changes are kept without a person."""
    order = [name for name in settings.MIDDLEWARE if name in (SESSIONS, MIDDLEWARE)]
    if order == [SESSIONS, MIDDLEWARE]:
        return []
    return [checks.Error(f"{MIDDLEWARE} ska stå efter {SESSIONS} i MIDDLEWARE.", id="trace.E001")]


@register(Tags.security, deploy=True)
def seal_key_is_strong(**_: Any) -> list[CheckMessage]:
    """A key that is there must be strong. It need not be there: only what seals has use for it."""
    if not (os.environ.get("AUDIT_SEAL_KEY") or os.environ.get("AUDIT_SEAL_KEY_FILE")):
        return []
    why = why_no_key()
    return [checks.Warning(why, id="trace.W002")] if why else []
