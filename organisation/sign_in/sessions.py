"""How a session is marked when it begins, and when it is over.

Ending all of a person's sessions at once is `User.session_epoch`: it is part of what a session
is checked against on every request, so that no list of sessions has to be kept or searched.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

BEGAN = "samlad_session_began"
SEEN = "samlad_session_seen"
BY_PROVIDER = "samlad_session_by_provider"
"""Set when an identity provider vouched for the person; no second factor is asked for then."""
HAS_SECOND_FACTOR = "samlad_session_second_factor"
RECENT = 300
"""Seconds after a sign-in during which one need not prove again who one is."""
SEEN_EVERY = 60
"""Seconds between writes of when a session was last used: not one for each request."""


@receiver(user_logged_in)
def begin_session(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Django has just given the session a new key; here it gets its clock."""
    now = int(time.time())
    request.session[BEGAN] = now
    request.session[SEEN] = now
    request.session.pop(BY_PROVIDER, None)
    request.session.pop(HAS_SECOND_FACTOR, None)


def is_over(session: Any) -> bool:
    """Whether the session is unused, or old, for longer than the settings allow."""
    now = time.time()
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        return True
    return now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE


def touch(session: Any) -> None:
    """Write down that the session is in use, at most once a minute."""
    now = int(time.time())
    if now - session[SEEN] >= SEEN_EVERY:
        session[SEEN] = now


def is_fresh(session: Any) -> bool:
    """Whether the person proved a moment ago who they are, by signing in."""
    began = session.get(BEGAN)
    return began is not None and time.time() - began < RECENT
