"""The systemförvaltare's own pages: the way in, nämnder and their mergers, insight."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.domain.insight import ask_to_read_answer, ask_to_read_report, open_insights
from desk.domain.merger import merge, move_open_tasks, preview_merger, waiting_tasks
from desk.forms import InsightForm
from organisation.domain.errors import Invalid
from organisation.domain.history import insight_history
from organisation.domain.insight import INSIGHT_LASTS
from organisation.domain.lists import namnder
from organisation.domain.namnder import Merger, merged_before
from organisation.models import Namnd
from organisation.people_forms import MergerForm
from organisation.requests import SignedInRequest
from organisation.views.gate import for_administrators

WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@for_administrators
@require_safe
def administration(request: SignedInRequest) -> HttpResponse:
    """The ways into the administration."""
    return render(
        request,
        "administration/index.html",
        {"may_open_registers": request.user.is_staff, "waiting": waiting_tasks()},
    )


@for_administrators
@require_safe
def namnd_list(request: SignedInRequest) -> HttpResponse:
    """All nämnder, those that have ceased among them."""
    context = {"lines": namnder(), "waiting": waiting_tasks(), "trail": _trail()}
    return render(request, "administration/namnder.html", context)


@for_administrators
@WITH_METHODS
def namnd_merge(request: SignedInRequest) -> HttpResponse:
    """Describe a merger, look at what follows, and carry it out."""
    form = MergerForm(request.POST or None)
    consequences = None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        merger = Merger(old=tuple(data.pop("old")), **data)
        try:
            if "carry-out" in request.POST or merged_before(merger) is not None:
                new = merge(merger, actor=request.user)
                messages.success(request, f"{new} är bildad och de gamla nämnderna avslutade.")
                return redirect("namnd-list")
            if "change" not in request.POST:
                consequences = preview_merger(merger, actor=request.user)
        except Invalid as refusal:
            form.refuse(refusal)
    context = {"form": form, "consequences": consequences, "trail": _trail(namnder_too=True)}
    return render(request, "administration/merge.html", context)


@for_administrators
@require_POST
def namnd_move_tasks(request: SignedInRequest, code: str) -> HttpResponse:
    """Move the open tasks of a merger whose day has come."""
    try:
        moved = move_open_tasks(get_object_or_404(Namnd, code=code), actor=request.user)
    except Invalid as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"{moved} öppna ärenden är flyttade.")
    return redirect("namnd-list")


@for_administrators
@WITH_METHODS
def insight(request: SignedInRequest) -> HttpResponse:
    """Ask to read one nämnd's report or answer, with a reason."""
    form = InsightForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["period"]:
                ask_to_read_report(
                    data["namnd"], data["period"], actor=request.user, reason=data["reason"]
                )
            else:
                ask_to_read_answer(
                    data["namnd"], data["remiss"], actor=request.user, reason=data["reason"]
                )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Du kan läsa nu. Nämnden ser det i historiken.")
            return redirect("insight")
    context = {
        "form": form,
        "open": open_insights(request.user),
        "hours": int(INSIGHT_LASTS.total_seconds() // 3600),
        "lines": insight_history(request.user),
        "trail": _trail(),
    }
    return render(request, "administration/insight.html", context)


def _trail(*, namnder_too: bool = False) -> list[dict[str, str]]:
    trail = [{"url": reverse("administration"), "label": "Administration"}]
    if namnder_too:
        trail.append({"url": reverse("namnd-list"), "label": "Nämnder"})
    return trail
