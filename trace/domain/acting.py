"""Who acts, through what and why, for what is written inside a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pghistory
from django.db import connection

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# What pghistory's triggers read. Set for the transaction, so they outlive the block inside one.
_FORGET = """
SELECT set_config('pghistory.context_id', '', true),
       set_config('pghistory.context_metadata', '', true)
"""


@contextmanager
def acting(
    *, actor: "AbstractBaseUser | None" = None, through: str = "", reason: str = ""
) -> Iterator[None]:
    """Keep what is written inside the block with a person, a way in and a reason.

    actor: who acts; None leaves the person of the request as it is.
    through: "import:…", "kommando:…"; "" leaves the page or command as it is.
    reason: in the person's own words; it holds inside the block only.
    Blocks may stand inside each other and inside a request: the inner one adds to the outer.
    """
    given = {
        "user": actor.pk if actor is not None else None,
        "through": through,
        "reason": reason,
    }
    with pghistory.context() as current:
        before = dict(current.metadata)
        current.metadata.update({name: value for name, value in given.items() if value})
        try:
            yield
        finally:
            current.metadata.clear()
            current.metadata.update(before)
    # The outermost block inside a longer transaction: what follows there is not this person's.
    if not before and connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(_FORGET)


def way_in() -> str:
    """The page or command that runs now ("sida:report"); "" when there is none."""
    with pghistory.context() as current:
        return str(current.metadata.get("through", ""))
