"""What the rest of the house asks of the programmes."""

from programme.domain.pages import (
    ActivityPage,
    ActivityRow,
    Correspondence,
    Counterpart,
    GoalName,
    GoalPage,
    GoalRow,
    NotFound,
    PreconditionRow,
    ProgrammePage,
    Responsible,
    WordingNote,
)
from programme.domain.reading import (
    read_activity,
    read_contents,
    read_goal,
    read_programme,
    read_programmes,
)

__all__ = [
    "ActivityPage",
    "ActivityRow",
    "Correspondence",
    "Counterpart",
    "GoalName",
    "GoalPage",
    "GoalRow",
    "NotFound",
    "PreconditionRow",
    "ProgrammePage",
    "Responsible",
    "WordingNote",
    "read_activity",
    "read_contents",
    "read_goal",
    "read_programme",
    "read_programmes",
]
