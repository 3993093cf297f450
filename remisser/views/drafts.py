"""Sending a draft to another nämnd for comment, and reading one that was sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.domain.reading import log_foreign_reading
from organisation.requests import SignedInRequest
from papers.domain.errors import NotAllowed, Refused
from papers.domain.sharing import take_back_draft
from papers.forms import ShareForm
from papers.rules import may_share
from remisser.domain.drafts import (
    namnder_to_ask,
    received_drafts,
    share_answer_draft,
    shares_of,
)
from remisser.domain.history import received_history
from remisser.domain.reading import answer_page
from remisser.views.shared import get_answer_for, get_share_for, get_version_for, room_of, trail_to


@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """What was sent of the answer and to whom; and a form to send what stands now."""
    answer = get_answer_for(request.user, slug, namnd_code)
    may = may_share(request.user, answer.paper)
    form = ShareForm(request.POST or None, namnder=namnder_to_ask(answer))
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid():
            to_namnd = form.cleaned_data["to_namnd"]
            try:
                share = share_answer_draft(
                    answer,
                    to_namnd=to_namnd,
                    actor=request.user,
                    message=form.cleaned_data["message"],
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(
                    request,
                    f"{to_namnd} kan nu läsa version {share.version.number}, och inget som "
                    "skrivs senare.",
                )
                return redirect("answer-drafts", slug, namnd_code)
    log_foreign_reading(
        answer.paper,
        reader=request.user,
        namnd=answer.paper.namnd,
        what=f"vilka utkast till svar på {answer.instance.remiss.dnr} som har skickats",
    )
    context = {
        "answer": answer,
        "paper": answer.paper,
        "remiss": answer.instance.remiss,
        "shares": shares_of(answer),
        "form": form,
        "may_share": may,
        "trail": trail_to(answer),
    }
    return render(request, "remisser/drafts.html", context)


@require_POST
def take_back(
    request: SignedInRequest, slug: str, namnd_code: str, number: int, share: int
) -> HttpResponse:
    """End the other nämnd's reading."""
    answer = get_answer_for(request.user, slug, namnd_code)
    found = get_share_for(request.user, answer, share)
    if found.version.number != number:
        raise Http404
    try:
        take_back_draft(found, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    messages.success(request, f"{found.to_namnd} kan inte längre läsa version {number}.")
    return redirect("answer-drafts", slug, namnd_code)


@require_safe
def shared_draft(request: SignedInRequest, slug: str, namnd_code: str, number: int) -> HttpResponse:
    """One version, for reading: what another nämnd was sent, and nothing around it."""
    version = get_version_for(request.user, slug, namnd_code, number)
    answer = version.paper.answer
    answer.paper = version.paper
    page = answer_page(answer, request.user, number)
    if page is None:
        raise Http404
    remiss = answer.instance.remiss
    log_foreign_reading(
        version.paper,
        reader=request.user,
        namnd=version.paper.namnd,
        what=f"utkastet till svar på {remiss.dnr}, version {number}",
    )
    received = received_drafts(request.user, remiss)
    share = next((s for s in received if s.version_id == version.pk), None)
    context = {
        "page": page,
        "room": room_of(answer),
        "paper": version.paper,
        "remiss": remiss,
        "share": share,
        "lines": received_history(share, reader=request.user) if share else [],
        "trail": [
            {"url": reverse("remiss-list"), "label": "Remisser"},
            {"url": reverse("remiss", args=[remiss.slug]), "label": remiss.dnr},
        ],
    }
    return render(request, "remisser/shared_draft.html", context)
