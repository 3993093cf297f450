"""Uppdrag: the list, registering, changing and closing one. The page of one stands at the desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisation.domain.errors import NotAllowed, Refused
from organisation.enums import NamndGroup, Role
from organisation.models import Decision, Namnd, User
from organisation.requests import SignedInRequest
from papers.domain.errors import Refused as PaperRefused
from papers.forms import RevisionForm
from programme.assignment_forms import AssignmentForm, CloseForm, FulfilForm
from programme.assignment_rules import may_keep, may_keep_account
from programme.domain.accounts import fulfil_obligation
from programme.domain.assignment_errors import Conflict
from programme.domain.assignment_pages import Filter
from programme.domain.assignment_reading import (
    assignment_list,
    namnder_with_assignments,
)
from programme.domain.assignments import (
    change_assignment,
    close_assignment,
    create_assignment,
    facts_of,
)
from programme.models import Account, Assignment, Goal, Obligation

WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])
STATES = {"": "Alla", "oppna": "Öppna", "forsenade": "Försenade", "klara": "Klara och avslutade"}


def get_assignment_for(user: User, slug: str) -> Assignment:
    """The uppdrag, if the person may see it. Raises Http404."""
    found = Assignment.objects.visible_to(user).select_related("namnd").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def trail_to(assignment: Assignment | None = None) -> list[dict[str, str]]:
    """The steps above a page of the uppdrag."""
    steps = [{"url": reverse("assignment-list"), "label": "Uppdrag"}]
    if assignment is not None:
        steps.append(
            {"url": reverse("assignment", args=[assignment.slug]), "label": assignment.title}
        )
    return steps


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """All uppdrag, the most urgent first."""
    state = request.GET.get("lage", "")
    whose = request.GET.get("vems", "")
    namnder = namnder_with_assignments(request.user)
    if state not in STATES or whose not in {"", "mina", *(namnd.code for namnd in namnder)}:
        raise Http404
    own = bool(request.user.access.namnd_ids())
    choices = [("", "Alla nämnders"), *([("mina", "Min nämnds")] if own else [])]
    context = {
        "rows": assignment_list(request.user, Filter(state=state, whose=whose)),
        "states": STATES.items(),
        "whose_choices": [*choices, *((namnd.code, namnd.name) for namnd in namnder)],
        "state": state,
        "whose": whose,
        "may_create": bool(_responsible_choices(request.user)),
    }
    return render(request, "programme/assignments/list.html", context)


@WITH_METHODS
def new(request: SignedInRequest) -> HttpResponse:
    """Register an uppdrag."""
    responsible = _responsible_choices(request.user)
    if not responsible:
        raise PermissionDenied
    form = _form(request, responsible, initial={"revision": 0, "origin": "budget"})
    made: list[Assignment] = []
    if request.method == "POST" and form.is_valid():
        namnd, group = _responsible(form.cleaned_data["responsible"])
        if carry_out(
            form,
            lambda _: made.append(
                create_assignment(form.facts, actor=request.user, namnd=namnd, group=group)
            ),
        ):
            messages.success(request, "Uppdraget är registrerat.")
            return redirect("assignment", made[0].slug)
    context = {"form": form, "trail": trail_to(), "heading": "Registrera uppdrag"}
    return render(request, "programme/assignments/form.html", context)


@WITH_METHODS
def change(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what is known of an uppdrag."""
    found = get_assignment_for(request.user, slug)
    _may_or_refuse(request, found)
    if away := _closed(request, found):
        return away
    facts = facts_of(found)
    key = f"namnd-{found.namnd_id}" if found.namnd_id else f"grupp-{found.group}"
    whose = [(key, str(found.namnd or found.get_group_display()))]
    form = _form(
        request,
        whose,
        initial={**AssignmentForm.values_of(facts), "responsible": key, "revision": found.revision},
        chosen=found,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and carry_out(
            form,
            lambda expected: change_assignment(
                found, actor=request.user, expected_version=expected, facts=form.facts
            ),
        )
    ):
        messages.success(request, "Uppdraget är ändrat.")
        return redirect("assignment", slug)
    context = {"form": form, "trail": trail_to(found), "heading": "Ändra uppdraget"}
    return render(request, "programme/assignments/form.html", context)


@WITH_METHODS
def close(request: SignedInRequest, slug: str) -> HttpResponse:
    """Close an uppdrag without an account, with a reason."""
    found = get_assignment_for(request.user, slug)
    _may_or_refuse(request, found)
    if away := _closed(request, found):
        return away
    form = CloseForm(request.POST or None, initial={"revision": found.revision})
    if (
        request.method == "POST"
        and form.is_valid()
        and carry_out(
            form,
            lambda expected: close_assignment(
                found,
                actor=request.user,
                expected_version=expected,
                reason=form.cleaned_data["reason"],
            ),
        )
    ):
        messages.success(request, "Uppdraget är avslutat utan redovisning.")
        return redirect("assignment", slug)
    return step_page(
        request,
        form,
        found,
        heading="Avsluta utan redovisning",
        lead="Uppdraget redovisas då inte mer. Det som redan är redovisat står kvar.",
        button="Avsluta uppdraget",
    )


@WITH_METHODS
def fulfil(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say that something a decision obliged to has been done."""
    found = get_assignment_for(request.user, slug)
    obligation = (
        Obligation.objects.visible_to(request.user)
        .filter(assignment=found, pk=pk, namnd_id__in=request.user.access.inside_ids())
        .select_related("namnd", "assignment")
        .first()
    )
    if obligation is None:
        raise Http404
    if not may_keep_account(request.user, Account(assignment=found, namnd=obligation.namnd)):
        raise PermissionDenied
    form = FulfilForm(
        request.POST or None, initial={"revision": found.revision, "on": timezone.localdate()}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and carry_out(
            form,
            lambda expected: fulfil_obligation(
                obligation,
                actor=request.user,
                expected_version=expected,
                on=form.cleaned_data["on"],
                note=form.cleaned_data["note"],
            ),
        )
    ):
        messages.success(request, "Markerat som gjort.")
        return redirect("assignment", slug)
    return step_page(
        request,
        form,
        found,
        heading="Markera som gjort",
        lead=obligation.text,
        button="Spara",
    )


# What the pages share ---------------------------------------------------------------------------


def carry_out(form: RevisionForm, command: Callable[[int], Any]) -> bool:
    """Carry the command out; a refusal is put on the form, what was typed stays."""
    try:
        command(form.cleaned_data["revision"])
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as conflict:
        # Sending once more is then a choice, made knowing that somebody was first.
        form.data = {**form.data.dict(), **_lists(form), "revision": str(conflict.revision)}  # type: ignore[attr-defined]
        form.add_error(
            None, f"{conflict.message} Läs vad som gäller nu, och spara igen om det är rätt."
        )
        return False
    except (Refused, PaperRefused) as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, refusal.message)
        return False
    return True


def _lists(form: RevisionForm) -> dict[str, Any]:
    """Fields with several values, which `dict()` of what was sent makes one of."""
    return {name: form.data.getlist(name) for name in ("goals", "with_namnder")}  # type: ignore[attr-defined]


def step_page(
    request: SignedInRequest,
    form: RevisionForm,
    found: Assignment,
    *,
    heading: str,
    lead: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    """A page with one short form about an uppdrag."""
    context = {
        "form": form,
        "assignment": found,
        "heading": heading,
        "lead": lead,
        "button": button,
        "trail": trail_to(found),
        **more,
    }
    return render(request, "programme/assignments/step.html", context)


def _may_or_refuse(request: SignedInRequest, found: Assignment) -> None:
    if not may_keep(request.user, found):
        raise PermissionDenied


def _closed(request: SignedInRequest, found: Assignment) -> HttpResponse | None:
    """A form for what is no longer open is not shown; what was sent goes on to the command."""
    if request.method != "POST" and not found.is_open:
        messages.info(request, f"Uppdraget är {found.get_state_display().lower()}.")
        return redirect("assignment", found.slug)
    return None


def _responsible_choices(user: User) -> list[tuple[str, str]]:
    """On whom the person may lay an uppdrag: their own nämnder; the samordnare on a group."""
    own = user.access.namnder(Role.NAMNDSEKRETERARE, Role.CHEF)
    found = [(f"namnd-{namnd.pk}", namnd.name) for namnd in own]
    found += [
        (f"grupp-{value}", str(label))
        for value, label in NamndGroup.choices
        if may_keep(user, Assignment(group=value))
    ]
    return found


def _responsible(key: str) -> tuple[Namnd | None, str]:
    kind, _, value = key.partition("-")
    if kind == "grupp":
        return None, value
    return Namnd.objects.get(pk=int(value)), ""


def _form(
    request: SignedInRequest,
    responsible: list[tuple[str, str]],
    *,
    initial: dict[str, Any],
    chosen: Assignment | None = None,
) -> AssignmentForm:
    today = timezone.localdate()
    # A nämnd that has ceased since stays among those that can be chosen.
    partners = [p.namnd_id for p in chosen.partners.all() if p.namnd_id] if chosen else []
    namnder = Namnd.objects.valid_on(today) | Namnd.objects.filter(pk__in=partners)
    return AssignmentForm(
        request.POST if request.method == "POST" else None,
        responsible=responsible,
        namnder=namnder.in_order(),
        goals=Goal.objects.select_related("programme", "parent").order_by("programme", "number"),
        decisions=Decision.objects.visible_to(request.user)
        .filter(corrected_by__isnull=True)
        .select_related("meeting__namnd"),
        initial=initial,
    )
