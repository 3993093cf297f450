"""The systemförvaltare's pages about nämnder: the list, and one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisation.domain.errors import Invalid
from organisation.domain.history import namnd_history
from organisation.domain.namnder import change_namnd
from organisation.models import Namnd
from organisation.people_forms import NamndForm
from organisation.requests import SignedInRequest
from organisation.views.gate import for_administrators

FIELDS = ("name", "short_name", "forvaltning", "note", "valid_from", "valid_to")


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def namnd(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a nämnd."""
    found = get_object_or_404(Namnd, code=code)
    form = NamndForm(request.POST or None, initial={n: getattr(found, n) for n in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            change_namnd(found, actor=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Uppgifterna är sparade.")
            return redirect("namnd-list")
    context = {
        "form": form,
        "heading": str(found),
        "lead": f"{found.get_kind_display()}, kod {found.code}.",
        "button": "Spara",
        "lines": namnd_history(found, reader=request.user),
        "has_history": True,
        "trail": [
            {"url": reverse("administration"), "label": "Administration"},
            {"url": reverse("namnd-list"), "label": "Nämnder"},
        ],
    }
    return render(request, "administration/form.html", context)
