"""The list of remisser, and one remiss."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.requests import SignedInRequest
from remisser.domain import remisser
from remisser.domain.drafts import received_drafts
from remisser.domain.history import remiss_history
from remisser.domain.links import assignments_of, goals_of
from remisser.domain.received_files import files_of, may_keep_files
from remisser.models import Remiss
from remisser.rules import may_amend, may_link, may_register


@require_safe
def remiss_list(request: SignedInRequest) -> HttpResponse:
    rows = remisser.remiss_list(request.user)
    context = {
        "rows": rows,
        "works": bool(request.user.access.inside_ids()),
        "may_register": may_register(request.user),
    }
    return render(request, "remisser/list.html", context)


@require_safe
def remiss(request: SignedInRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Remiss.objects.visible_to(request.user).select_related(
            "remitter_namnd", "registered_by_namnd"
        ),
        slug=slug,
    )
    files = files_of(found, request.user)
    context = {
        "page": remisser.remiss_page(found, request.user),
        "lines": remiss_history(found, reader=request.user),
        "goals": goals_of(found, on=timezone.localdate()),
        "assignments": assignments_of(found, user=request.user),
        "may_link": may_link(request.user, found),
        "may_amend": may_amend(request.user, found),
        "files": files,
        "own_files": {file.pk for file in files if may_keep_files(request.user, file.namnd)},
        "may_add_files": may_register(request.user),
        "received": received_drafts(request.user, found),
        "trail": [{"url": reverse("remiss-list"), "label": "Remisser"}],
    }
    return render(request, "remisser/remiss.html", context)
