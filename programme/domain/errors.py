"""Why a command on a programme was refused. Each carries a Swedish sentence to show."""

from organisation.domain.errors import Invalid, NotAllowed, Refused

__all__ = ["Conflict", "Invalid", "NotAllowed", "Refused"]


class Conflict(Refused):
    """Somebody else was first: what was written builds on an older state.

    revision: the one that is saved now.
    theirs: what the text says now; "" where the change is of something else.
    """

    def __init__(self, *, revision: int, theirs: str = "") -> None:
        super().__init__(
            "Någon annan har ändrat det här sedan du öppnade sidan. Det du skrev står kvar. "
            "Läs vad som är sparat nu och spara igen om din ändring ska gälla."
        )
        self.revision = revision
        self.theirs = theirs
