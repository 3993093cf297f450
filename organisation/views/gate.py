"""The systemförvaltare's pages are not there for anybody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from organisation.requests import SignedInRequest
from organisation.rules import may_administrate

View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """404 for everybody but the systemförvaltare."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_administrate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
