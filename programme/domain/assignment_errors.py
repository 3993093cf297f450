"""Why a command on an uppdrag was refused, beside what the organisation's commands say."""

import datetime as dt

from organisation.domain.errors import Invalid, NotAllowed, Refused
from organisation.models import User

__all__ = ["Conflict", "Invalid", "NotAllowed", "NotOpen", "Refused"]


class NotOpen(Refused):
    """The uppdrag, or the account, is not in a state where this can be done."""


class Conflict(Refused):
    """Somebody else was first: what was sent builds on an older revision (`revision`: now)."""

    def __init__(
        self, *, revision: int, by: User | None = None, at: dt.datetime | None = None
    ) -> None:
        who = str(by) if by else "Någon annan"
        super().__init__(f"{who} har ändrat uppdraget sedan du öppnade sidan.")
        self.revision = revision
        self.by = by
        self.at = at
