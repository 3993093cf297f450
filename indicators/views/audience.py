"""For whom a page of figures is made."""

from indicators.domain.disclosure import Audience
from organisation.models import User


def audience_of(user: User) -> Audience:
    """The coordinator sees everything on the page; for all others small numbers are protected."""
    return Audience.COORDINATOR if user.access.is_samordnare else Audience.OTHERS
