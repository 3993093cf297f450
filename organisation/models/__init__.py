from organisation.models.access import SYSTEM_SEAT, Access
from organisation.models.api_token import ApiToken, ApiTokenUse
from organisation.models.decision import Decision, DecisionPoint, DecisionStatement
from organisation.models.insight import InsightGrant
from organisation.models.meeting import Meeting
from organisation.models.namnd import Namnd, NamndSuccession
from organisation.models.people import Membership, User

__all__ = [
    "SYSTEM_SEAT",
    "Access",
    "ApiToken",
    "ApiTokenUse",
    "Decision",
    "DecisionPoint",
    "DecisionStatement",
    "InsightGrant",
    "Meeting",
    "Membership",
    "Namnd",
    "NamndSuccession",
    "User",
]
