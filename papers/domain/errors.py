"""Why a command on a paper was refused. Each carries a Swedish sentence that can be shown."""

import datetime as dt
from typing import Any

from organisation.models import User


class Refused(Exception):
    """A command was not carried out; nothing was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The person may not do this."""


class NotOpen(Refused):
    """The paper is not in a state where this can be done."""


class InvalidContent(Refused):
    """The content cannot be saved as it is."""


class Conflict(Refused):
    """Somebody else was first: what was written builds on an older revision.

    revision: the paper's revision now.
    theirs: what is saved now, where the person wanted to write something else.
    by, at: who changed the paper last, and when, as far as is known.
    """

    def __init__(
        self,
        *,
        revision: int,
        theirs: Any,
        by: User | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        who = str(by) if by else "Någon annan"
        super().__init__(f"{who} har ändrat här sedan du öppnade sidan.")
        self.revision = revision
        self.theirs = theirs
        self.by = by
        self.at = at
