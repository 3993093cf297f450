"""Which of their nämnder a person acts for in this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Where the choice is kept, for as long as the person is signed in.
SESSION_KEY = "acting_for"


class ActingMiddleware:
    """A person with several nämnder acts for one at a time: the one chosen, else their first.

    Stands after the authentication. What is chosen gives nothing by itself: a seat that the
    person no longer has is passed over.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.user.act_for(str(request.session.get(SESSION_KEY, "")))
        return self.get_response(request)
