"""The door of the administration."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def administration_door(request: HttpRequest) -> HttpResponse:
    """Where the administration sends those whom it does not let in.

    There is one sign-in page for everybody. Asking who is signed in already would send them
    round in a circle: for them the administration is not there.
    """
    if not request.user.is_authenticated:
        return redirect(f"{reverse('sign-in')}?{request.GET.urlencode(safe='/')}")
    if request.user.is_staff:
        return redirect("admin:index")
    raise Http404
