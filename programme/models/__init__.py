from programme.models.activity import Activity
from programme.models.programme import Goal, Programme, ViolenceType
from programme.models.responsibility import Responsibility, ResponsibilityBase

__all__ = [
    "Activity",
    "Goal",
    "Programme",
    "Responsibility",
    "ResponsibilityBase",
    "ViolenceType",
]
