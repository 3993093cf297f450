"""Choosing which of one's nämnder to act for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisation.middleware import SESSION_KEY
from organisation.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def act_for(request: SignedInRequest) -> HttpResponse:
    """The page with one's nämnder; posting one of them makes it the one acted for."""
    seats = request.user.access.seats
    if request.method == "POST":
        chosen = next((s for s in seats if s.key == request.POST.get("seat", "")), None)
        if chosen is None:
            raise Http404
        request.session[SESSION_KEY] = chosen.key
        messages.success(request, f"Du agerar nu för {chosen.name}.")
        # The page one comes from may not be there for the nämnd one changes to.
        return redirect("start")
    return render(request, "organisation/acting.html", {"seats": seats})
