"""What the log says of signing in: what happened and why, never who or from where.

Who did what stands in the trace, which the database keeps from change.
"""

import logging
from typing import Any

from organisation.models import User
from trace.domain import record

logger = logging.getLogger("samlad.sign_in")


def note_refusal(road: str, reason: str) -> None:
    """A sign-in was refused. Both are fixed words of ours, nothing that somebody typed."""
    logger.warning("Sign-in refused: %s, %s", road, reason)


def note_sign_in(user: Any, road: str) -> None:
    """Somebody is signed in: one line in the log without a name, one event with it."""
    logger.info("Signed in: %s", road)
    if isinstance(user, User):
        record(user, actor=user, verb="inloggad", summary=ROADS[road])


ROADS = {
    "local": "Loggade in med ett lokalt konto",
    "identity-provider": "Loggade in genom identitetstjänsten",
}
