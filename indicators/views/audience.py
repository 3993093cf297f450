"""For whom a page of figures is made."""

from django.http import HttpRequest

from indicators.domain.disclosure import Audience


def audience_of(request: HttpRequest) -> Audience:
    """The coordinator sees everything on the page; for all others small numbers are protected."""
    user = request.user
    if user.is_authenticated and user.access.is_samordnare:
        return Audience.COORDINATOR
    return Audience.OTHERS
