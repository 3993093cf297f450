"""Putting right what was recorded of the nämnd's decision on its answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from organisation.domain.decisions import DecisionContent, holding
from organisation.requests import SignedInRequest
from organisation.rules import may_record_decision
from papers.views.editing import WITH_METHODS, carry_out
from programme.assignment_forms import point_forms
from remisser.decision_forms import CorrectionForm, statement_forms
from remisser.domain.correcting import (
    content_of,
    correct_answer_decision,
    decided_item,
    obligations_of,
)
from remisser.views.shared import get_answer_for, room_of


@WITH_METHODS
def correct(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """What the protocol really says; what was recorded stays readable as rättat."""
    answer = get_answer_for(request.user, slug, namnd_code)
    room = room_of(answer)
    if not may_record_decision(request.user, answer.paper):
        raise PermissionDenied
    item = decided_item(answer)
    if item is None or item.decision is None:
        raise Http404
    now = holding(item.decision)
    said = content_of(now)
    data = request.POST if request.method == "POST" else None
    more_points, more_statements = "fler" in request.POST, "fler-uttalanden" in request.POST
    more = more_points or more_statements
    # The form's count of changes is the decision that the person saw.
    form = CorrectionForm(data, initial={**said.__dict__, "revision": now.pk})
    points = point_forms(data, texts=said.points, more=more_points)
    statements = statement_forms(data, more=more_statements, given=said.statements)
    valid = all((form.is_valid(), points.is_valid(), statements.is_valid())) if data else False
    if valid and not more:
        given = form.cleaned_data
        done, conflict = carry_out(
            form,
            lambda seen: correct_answer_decision(
                answer,
                actor=request.user,
                seen=seen,
                content=DecisionContent(
                    title=said.title,
                    dnr=said.dnr,
                    paragraph=given["paragraph"],
                    outcome=given["outcome"],
                    points=tuple(point.text for point in points.points),
                    abridged=given["abridged"],
                    immediate=given["immediate"],
                    statements=statements.statements,
                    note=given["note"],
                    source=given["source"],
                ),
                reason=given["reason"],
            ),
        )
        if done:
            messages.success(request, "Beslutet är rättat. Det som stod förut finns kvar.")
            if led := obligations_of(now):
                what = "ett uppdrag" if len(led) == 1 else f"{len(led)} uppdrag"
                messages.info(
                    request,
                    f"Beslutets punkter hade redan lett till {what}, som inte ändras av "
                    "rättelsen. Se över dem.",
                )
            return redirect(room.home)
        if conflict:
            form.data = {**request.POST.dict(), "revision": str(conflict.theirs.pk)}
            form.add_error(
                None,
                "Någon annan har rättat beslutet sedan du öppnade sidan. Läs det som gäller nu. "
                "Spara igen om din rättelse ska gälla i stället.",
            )
            now = conflict.theirs
    show = request.method == "POST" and not more
    context = {
        "room": room,
        "item": item,
        "now": now,
        "led": obligations_of(now),
        "form": form,
        "points": points,
        "statements": statements,
        "problems": [*form.problems, *points.problems, *statements.problems] if show else [],
        "trail": room.trail,
    }
    return render(request, "remisser/decision_correct.html", context)
