from programme.models.activity import Activity, Responsibility
from programme.models.programme import Goal, Programme, ViolenceType

__all__ = ["Activity", "Goal", "Programme", "Responsibility", "ViolenceType"]
