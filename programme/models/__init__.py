from programme.models.activity import Activity, Responsibility
from programme.models.programme import Goal, Programme, ViolenceType
from programme.models.service import Service

__all__ = ["Activity", "Goal", "Programme", "Responsibility", "Service", "ViolenceType"]
