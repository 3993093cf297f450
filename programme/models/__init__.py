from programme.models.activity import Activity, Responsibility
from programme.models.assignment import (
    Account,
    Assignment,
    AssignmentGoal,
    AssignmentPartner,
    Obligation,
    Postponement,
)
from programme.models.programme import Goal, Programme, ViolenceType

__all__ = [
    "Account",
    "Activity",
    "Assignment",
    "AssignmentGoal",
    "AssignmentPartner",
    "Goal",
    "Obligation",
    "Postponement",
    "Programme",
    "Responsibility",
    "ViolenceType",
]
