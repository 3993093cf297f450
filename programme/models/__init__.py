from programme.models.activity import (
    Activity,
    ActivityPerspective,
    ActivityViolenceType,
    ActivityWording,
)
from programme.models.goal import (
    Goal,
    GoalLink,
    GoalPerspective,
    GoalViolenceType,
    GoalWording,
    Precondition,
)
from programme.models.programme import Programme, ProgrammePerspective, ProgrammeViolenceType
from programme.models.responsibility import Responsibility, ResponsibilityBase
from programme.models.service import (
    Service,
    ServiceGoal,
    ServiceNamnd,
    ServiceViolenceType,
)
from programme.models.tags import Perspective, ViolenceType
from programme.models.wording import Wording

__all__ = [
    "Activity",
    "ActivityPerspective",
    "ActivityViolenceType",
    "ActivityWording",
    "Goal",
    "GoalLink",
    "GoalPerspective",
    "GoalViolenceType",
    "GoalWording",
    "Perspective",
    "Precondition",
    "Programme",
    "ProgrammePerspective",
    "ProgrammeViolenceType",
    "Responsibility",
    "ResponsibilityBase",
    "Service",
    "ServiceGoal",
    "ServiceNamnd",
    "ServiceViolenceType",
    "ViolenceType",
    "Wording",
]
