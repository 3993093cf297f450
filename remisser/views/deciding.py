"""Recording what the nämnd decided on its answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from organisation.requests import SignedInRequest
from organisation.rules import may_record_decision
from papers.domain.changes import current_version
from papers.enums import PaperState
from papers.views.editing import WITH_METHODS, carry_out
from programme.assignment_forms import point_forms
from remisser.decision_forms import AnswerDecisionForm, statement_forms
from remisser.domain.deciding import decide_answer
from remisser.views.shared import get_answer_for, room_of

PROPOSAL = "forslag_till_beslut"


@WITH_METHODS
def decide(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """What the protocol says: the outcome, its points, reservationer and särskilda uttalanden."""
    answer = get_answer_for(request.user, slug, namnd_code)
    room = room_of(answer)
    if not may_record_decision(request.user, answer.paper):
        raise PermissionDenied
    if request.method != "POST" and answer.paper.state != PaperState.UTSKICKAD:
        messages.info(request, "Nämndens beslut registreras när handlingen har skickats ut.")
        return redirect(room.home)
    data = request.POST if request.method == "POST" else None
    more_points, more_statements = "fler" in request.POST, "fler-uttalanden" in request.POST
    more = more_points or more_statements
    form = AnswerDecisionForm(data, initial={"revision": answer.paper.revision})
    points = point_forms(data, more=more_points)
    statements = statement_forms(data, more=more_statements)
    conflict = None
    valid = all((form.is_valid(), points.is_valid(), statements.is_valid())) if data else False
    if valid and not more:
        given = form.cleaned_data
        done, conflict = carry_out(
            form,
            lambda expected: decide_answer(
                answer,
                actor=request.user,
                expected_version=expected,
                outcome=given["outcome"],
                paragraph=given["paragraph"],
                points=points.points,
                statements=statements.statements,
                immediate=given["immediate"],
                asked=given["asked"],
                note=given["note"],
                source=given["source"],
            ),
        )
        if done:
            messages.success(request, "Beslutet är registrerat.")
            return redirect(room.home)
        if conflict:
            form.add_error(None, f"{conflict.message} Läs igenom handlingen som den är nu.")
    show = request.method == "POST" and not more
    version = current_version(answer.paper)
    proposal = version.sections.filter(key=PROPOSAL).first()
    item = version.agenda_items.select_related("meeting").order_by("-pk").first()
    context = {
        "room": room,
        "answer": answer,
        "paper": answer.paper,
        "proposal": proposal,
        "item": item,
        "form": form,
        "points": points,
        "statements": statements,
        "problems": [*form.problems, *points.problems, *statements.problems] if show else [],
        "trail": room.trail,
    }
    return render(request, "remisser/decision.html", context)
