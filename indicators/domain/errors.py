"""Why a command was refused. Each carries a Swedish sentence that can be shown as it is."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """The period or the report is not in a state where this can be done."""


class InvalidEntry(Refused):
    """The content cannot be saved as it is. The form says this at each field beforehand."""


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in one field.

    category: of an indicator's cell, else "". part: the field, as the form's addresses name it.
    about: the indicator or activity, where the message does not say it.
    """

    category: str
    part: str
    message: str
    about: str = ""

    @property
    def sentence(self) -> str:
        if not self.about:
            return self.message
        return f"{self.about}{'' if self.about.endswith('.') else ':'} {self.message}"


class InvalidContent(InvalidEntry):
    """The content breaks rules; `problems` says which, field by field."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)


class NotExplained(InvalidEntry):
    """There are warnings without a comment that the person has not seen; `left` at how many."""

    def __init__(self, left: int) -> None:
        what = "1 uppgift har en varning" if left == 1 else f"{left} uppgifter har varningar"
        super().__init__(f"{what} utan förklaring. Se igenom dem innan du lämnar in.")
        self.left = left


class Conflict(Refused):
    """Somebody else was first: what was written builds on an older revision.

    revision: the revision that is saved now.
    theirs: what is saved now in the cells that differ, by cell; None where the cell is empty.
    by, at: who changed the report last, and when, as far as is known.
    """

    def __init__(
        self,
        *,
        revision: int,
        theirs: Mapping[Any, Any],
        by: User | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        who = str(by) if by else "Någon annan"
        super().__init__(f"{who} har ändrat rapporten sedan du öppnade den.")
        self.revision = revision
        self.theirs = dict(theirs)
        self.by = by
        self.at = at
