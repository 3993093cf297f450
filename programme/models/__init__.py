from programme.models.activity import (
    Activity,
    ActivityPerspective,
    ActivityViolenceType,
    ActivityWording,
)
from programme.models.assignment import (
    Account,
    Assignment,
    AssignmentGoal,
    AssignmentPartner,
    Obligation,
    Postponement,
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
    "Account",
    "Activity",
    "ActivityPerspective",
    "ActivityViolenceType",
    "ActivityWording",
    "Assignment",
    "AssignmentGoal",
    "AssignmentPartner",
    "Goal",
    "GoalLink",
    "GoalPerspective",
    "GoalViolenceType",
    "GoalWording",
    "Obligation",
    "Perspective",
    "Postponement",
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
