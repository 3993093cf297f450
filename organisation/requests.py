"""The request as a view sees it."""

from django.http import HttpRequest

from organisation.models import User


class SignedInRequest(HttpRequest):
    """A request whose person is known: the middleware sends everybody else to sign in first."""

    user: User  # narrower than Django's, which may be anonymous
