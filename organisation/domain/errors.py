"""Why a command on the organisation was refused. Each carries a Swedish sentence to show."""


class Refused(Exception):
    """A command was not carried out; nothing was changed.

    field: name of the value that is wrong; "" when it is none in particular.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused):
    """The person may not do this."""


class Invalid(Refused):
    """What is asked for does not go together."""


class Conflict(Refused):
    """Somebody else was first: what is asked for builds on what is no longer so."""
