"""What the rest of the house asks of the programmes."""

from programme.domain.reading import (
    ActivityPage,
    ActivityRow,
    GoalPage,
    GoalRow,
    NotFound,
    ProgrammePage,
    Responsible,
    read_activity,
    read_goal,
    read_programme,
    read_programmes,
)

__all__ = [
    "ActivityPage",
    "ActivityRow",
    "GoalPage",
    "GoalRow",
    "NotFound",
    "ProgrammePage",
    "Responsible",
    "read_activity",
    "read_goal",
    "read_programme",
    "read_programmes",
]
