from organisation.models.meeting import Meeting
from organisation.models.namnd import Namnd, NamndSuccession
from organisation.models.people import Membership, User

__all__ = ["Meeting", "Membership", "Namnd", "NamndSuccession", "User"]
