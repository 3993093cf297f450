"""How an answer is planned: its plan, anstånd, and the calendar and the rules behind it."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.domain.errors import Conflict as MeetingConflict
from organisation.domain.errors import Invalid
from organisation.domain.meetings import (
    ONLY_ITS_SECRETARY,
    MeetingFacts,
    add_meeting,
    change_meeting,
)
from organisation.domain.reading import log_foreign_reading
from organisation.models import Meeting, Namnd
from organisation.requests import SignedInRequest
from organisation.rules import may_keep_calendar
from papers.enums import PaperState
from papers.models import Paper
from papers.rules import may_write
from programme.domain.errors import Conflict
from programme.views.editing import WITH_METHODS, edit
from remisser.domain.due_dates import ONLY_SECRETARIES, answer_extension, ask_for_extension
from remisser.domain.plans import (
    calendar_history,
    plan_history,
    plan_of,
    rules_in_force,
    set_rules,
)
from remisser.enums import ExtensionState
from remisser.models import DueDateExtension, Remissinstans
from remisser.plan_forms import AnswerExtensionForm, AskExtensionForm, MeetingForm, RulesForm
from remisser.views.shared import get_instance_for

AHEAD = dt.timedelta(days=366)


@require_safe
def plan(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """The plan of the nämnd's answer: every step, its day, why, and by which rule."""
    instance = get_instance_for(request.user, slug, namnd_code)
    namnd = _namnd_of(instance)
    log_foreign_reading(
        instance,
        reader=request.user,
        namnd=namnd,
        what=f"planen för svaret på {instance.remiss.dnr}",
    )
    today = timezone.localdate()
    context = {
        "instance": instance,
        "namnd": namnd,
        "remiss": instance.remiss,
        "plan": plan_of(instance, today=today),
        "is_done": hasattr(instance, "answer") and instance.answer.paper.state != PaperState.UTKAST,
        "today": today,
        "extensions": DueDateExtension.objects.visible_to(request.user)
        .filter(instance=instance)
        .select_related("asked_by"),
        "may_write": may_write(request.user, Paper(namnd=namnd)),
        "lines": plan_history(instance, reader=request.user),
        "trail": _trail(instance)[:3],
    }
    return render(request, "remisser/plan.html", context)


@WITH_METHODS
def ask_extension(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """Write down that anstånd has been asked for."""
    instance = _instance_to_write(request, slug, namnd_code)
    form = AskExtensionForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        ask_for_extension(instance, actor=request.user, **data)
        return _plan_url(instance)

    return edit(
        request,
        form,
        act,
        done="Begäran om anstånd är registrerad.",
        heading="Begär anstånd",
        lead="Begäran skickas till remittenten på vanligt sätt. Här skriver du att den är gjord.",
        button="Registrera begäran",
        back=_plan_url(instance),
        trail=_trail(instance),
    )


@WITH_METHODS
def extension_answer(request: SignedInRequest, slug: str, namnd_code: str, pk: int) -> HttpResponse:
    """Write down what the remitter answered."""
    instance = _instance_to_write(request, slug, namnd_code)
    asked = get_object_or_404(
        DueDateExtension.objects.visible_to(request.user).select_related("instance__namnd"),
        pk=pk,
        instance=instance,
    )
    if request.method != "POST" and asked.state != ExtensionState.BEGART:
        raise Http404
    form = AnswerExtensionForm(
        request.POST or None,
        initial={"granted_until": asked.until, "answered_on": timezone.localdate()},
    )

    def act(data: dict[str, Any]) -> str:
        answer_extension(
            asked,
            actor=request.user,
            granted_until=data["granted_until"],
            answered_on=data["answered_on"],
        )
        return _plan_url(instance)

    return edit(
        request,
        form,
        act,
        done="Beskedet är registrerat.",
        heading="Besked om anstånd",
        lead=f"Nämnden bad {asked.asked_on} om anstånd till {asked.until}.",
        button="Registrera beskedet",
        back=_plan_url(instance),
        trail=_trail(instance),
    )


@require_safe
def planning(request: SignedInRequest, namnd_code: str) -> HttpResponse:
    """The nämnd's meetings and the rules by which its answers are planned; open to everyone."""
    namnd = get_object_or_404(Namnd, code=namnd_code)
    today = timezone.localdate()
    meetings = namnd.meetings.order_by("date")
    may_keep = may_keep_calendar(request.user, Meeting(namnd=namnd))
    context = {
        "namnd": namnd,
        "coming": [m for m in meetings if m.date >= today],
        "past": [m for m in reversed(meetings) if today - AHEAD <= m.date < today],
        "rules": rules_in_force(namnd.pk),
        "series": namnd.dnr_series.order_by("pk")
        if may_keep or namnd.pk in request.user.access.inside_ids()
        else [],
        "may_keep": may_keep,
        "lines": calendar_history(namnd, reader=request.user),
        "trail": [{"url": reverse("remiss-list"), "label": "Remisser"}],
    }
    return render(request, "remisser/planning.html", context)


@WITH_METHODS
def meeting_new(request: SignedInRequest, namnd_code: str) -> HttpResponse:
    """Put a meeting into the calendar."""
    namnd = _namnd_to_keep(request, namnd_code)
    form = MeetingForm(request.POST or None)
    del form.fields["cancelled"], form.fields["revision"]

    def act(data: dict[str, Any]) -> str:
        add_meeting(namnd, MeetingFacts(**data), actor=request.user)
        return _planning_url(namnd)

    return edit(
        request,
        form,
        act,
        done="Sammanträdet är inlagt, och planerna är omräknade.",
        heading="Lägg in ett sammanträde",
        lead=namnd.name,
        button="Lägg in",
        **_around(namnd),
    )


@WITH_METHODS
def meeting_change(request: SignedInRequest, namnd_code: str, pk: int) -> HttpResponse:
    """Move a meeting, cancel it, or say when its papers are sent out."""
    namnd = _namnd_to_keep(request, namnd_code)
    meeting = get_object_or_404(namnd.meetings.all(), pk=pk)
    initial = {
        "date": meeting.date,
        "starts_at": f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "",
        "kind": meeting.kind,
        "agenda_on": meeting.agenda_on,
        "cancelled": meeting.cancelled,
        "revision": meeting.revision,
    }
    form = MeetingForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        revision = data.pop("revision")
        try:
            change_meeting(
                meeting,
                MeetingFacts(**data),
                actor=request.user,
                expected_version=-1 if revision is None else revision,
            )
        except MeetingConflict as conflict:
            now = namnd.meetings.get(pk=meeting.pk)
            raise Conflict(
                revision=now.revision,
                theirs=f"{now.date}, {now.get_kind_display().lower()}, "
                f"utskick {now.agenda_on or 'inte angivet'}{', inställt' if now.cancelled else ''}",
            ) from conflict
        return _planning_url(namnd)

    return edit(
        request,
        form,
        act,
        done="Sammanträdet är ändrat, och planerna är omräknade.",
        heading=f"Sammanträdet {meeting.date}",
        lead=namnd.name,
        button="Spara",
        **_around(namnd),
    )


@WITH_METHODS
def planning_rules(request: SignedInRequest, namnd_code: str) -> HttpResponse:
    """Set the rules by which the nämnd's answers are planned."""
    namnd = _namnd_to_keep(request, namnd_code)
    form = RulesForm(request.POST or None, rules=rules_in_force(namnd.pk))

    def act(_: dict[str, Any]) -> str:
        try:
            set_rules(namnd, form.rules, actor=request.user, seen=form.seen_rules)
        except MeetingConflict as conflict:
            raise Invalid(conflict.message) from conflict
        return _planning_url(namnd)

    return edit(
        request,
        form,
        act,
        done="Reglerna är sparade, och planerna är omräknade.",
        template="remisser/planning_rules.html",
        namnd=namnd,
        **_around(namnd),
    )


def _namnd_of(instance: Remissinstans) -> Namnd:
    if instance.namnd is None:
        raise Http404
    return instance.namnd


def _instance_to_write(request: SignedInRequest, slug: str, namnd_code: str) -> Remissinstans:
    """The instance, for its nämnd's secretary; for others of the nämnd: 403."""
    instance = get_instance_for(request.user, slug, namnd_code)
    if not may_write(request.user, Paper(namnd=instance.namnd)):
        raise PermissionDenied(ONLY_SECRETARIES)
    return instance


def _namnd_to_keep(request: SignedInRequest, namnd_code: str) -> Namnd:
    """The nämnd, for who keeps its calendar. Everybody may read that, so the others: 403."""
    namnd = get_object_or_404(Namnd, code=namnd_code)
    if not may_keep_calendar(request.user, Meeting(namnd=namnd)):
        raise PermissionDenied(ONLY_ITS_SECRETARY)
    return namnd


def _plan_url(instance: Remissinstans) -> str:
    return reverse("answer-plan", args=[instance.remiss.slug, _namnd_of(instance).code])


def _planning_url(namnd: Namnd) -> str:
    return reverse("planning", args=[namnd.code])


def _trail(instance: Remissinstans) -> list[dict[str, str]]:
    remiss, namnd = instance.remiss, _namnd_of(instance)
    return [
        {"url": reverse("remiss-list"), "label": "Remisser"},
        {"url": reverse("remiss", args=[remiss.slug]), "label": remiss.dnr},
        {
            "url": reverse("answer", args=[remiss.slug, namnd.code]),
            "label": f"{namnd.genitive} svar",
        },
        {"url": _plan_url(instance), "label": "Plan"},
    ]


def _around(namnd: Namnd) -> dict[str, Any]:
    return {
        "back": _planning_url(namnd),
        "trail": [
            {"url": reverse("remiss-list"), "label": "Remisser"},
            {"url": _planning_url(namnd), "label": f"Planering, {namnd.short_name}"},
        ],
    }
