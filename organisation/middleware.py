"""Which of their nämnder a person acts for in this request, and what they were refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from organisation.domain.reading import log_refusal

# Where the choice is kept, for as long as the person is signed in.
SESSION_KEY = "acting_for"
REFUSALS = (403, 404)


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


class RefusalMiddleware:
    """Logs each 403 and 404 that a signed-in person gets at one of our pages.

    An address that leads to no page is a slip of the pen, and is not logged. Stands after the
    middleware of the trace, whose words for the page it uses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        # Signing out may have taken the person away.
        if response.status_code in REFUSALS and match and request.user.is_authenticated:
            log_refusal(
                actor=request.user,
                page=match.view_name or match.func.__name__,
                status=response.status_code,
                namnd_code=str(match.kwargs.get("namnd_code", "")),
            )
        return response
