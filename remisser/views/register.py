"""Registering a remiss, and amending the matter and a nämnd's own part of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from organisation.domain.errors import Conflict as Changed
from organisation.domain.errors import Invalid
from organisation.enums import Role
from organisation.models import Namnd, User
from organisation.requests import SignedInRequest
from papers.models import Paper
from papers.rules import may_write
from programme.domain.errors import Conflict
from programme.views.editing import WITH_METHODS, edit
from remisser.domain.own_dnr import ONLY_SECRETARIES, series_of
from remisser.domain.received_files import waiting_files
from remisser.domain.register_parts import register_at_namnd
from remisser.domain.registering import (
    ONLY_WHO_REGISTERED,
    ONLY_WHO_REGISTERS,
    OwnPart,
    RemissInput,
    amend_remiss,
    register_remiss,
)
from remisser.models import Registration, Remiss, RemissFile
from remisser.register_forms import (
    ASKED,
    NOT_ANSWERING,
    RegisterForm,
)
from remisser.register_part_forms import AmendForm, OwnPartForm
from remisser.rules import may_amend
from remisser.views.receiving import receive_with


@WITH_METHODS
def register(request: SignedInRequest) -> HttpResponse:
    """Register a remiss, with all that is known of it, on one page."""
    namnd, answers = registers_for(request.user)
    key = _key_of(request)
    waiting = waiting_files(key, actor=request.user) if key else []
    form = RegisterForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        series=series_of(namnd.pk) if answers else (),
        answers=answers,
        waiting=waiting,
    )
    if request.method == "POST":
        right = form.is_valid()
        if key:
            right = receive_with(form, key, namnd, request.user) and right
            waiting = waiting_files(key, actor=request.user)
        if right and (remiss := _registered(request, form, namnd, waiting)):
            return redirect("remiss", remiss.slug)
        form.show_waiting(waiting)
    context = {
        "form": form,
        "namnd": namnd,
        "trail": [{"url": reverse("remiss-list"), "label": "Remisser"}],
    }
    return render(request, "remisser/register.html", context)


@WITH_METHODS
def amend(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put right what is registered of the matter itself."""
    remiss = remiss_to_amend(request, slug)
    form = AmendForm(request.POST or None, remiss=remiss)

    def act(data: dict[str, Any]) -> str:
        try:
            amend_remiss(
                remiss,
                form.facts(),
                actor=request.user,
                expected_version=data["revision"],
                duplicate_reason=data["duplicate_reason"],
            )
        except Changed as changed:
            raise conflict_on(remiss) from changed
        return home_of(remiss)

    return edit(
        request,
        form,
        act,
        done="Uppgifterna är sparade.",
        template="remisser/amend.html",
        remiss=remiss,
        **around(remiss),
    )


@WITH_METHODS
def own_part(request: SignedInRequest, slug: str, namnd_code: str) -> HttpResponse:
    """The nämnd's own number and due date; and to come to stand on the remiss at all."""
    remiss = get_object_or_404(Remiss.objects.visible_to(request.user), slug=slug)
    namnd = get_object_or_404(Namnd, code=namnd_code)
    if namnd.pk not in request.user.access.inside_ids():
        raise Http404
    if not may_write(request.user, Paper(namnd=namnd)):
        raise PermissionDenied(ONLY_SECRETARIES)
    instance = remiss.instances.filter(namnd=namnd).first()
    has = _number_of(request.user, remiss, namnd)
    due_on = instance.due_on if instance else None
    form = OwnPartForm(
        request.POST or None,
        series=series_of(namnd.pk) if has is None or has.series_id is None else (),
        typed=has.dnr if has else "",
        there=instance is not None,
        initial={"due_on": due_on, "seen": due_on},
    )
    if has is not None and has.series_id is not None:
        del form.fields["dnr_from"], form.fields["own_dnr"]

    def act(data: dict[str, Any]) -> str:
        try:
            changed = register_at_namnd(
                remiss,
                namnd,
                actor=request.user,
                due_on=data["due_on"],
                asked=data.get("own_part", ASKED) == ASKED,
                seen=data["seen"],
                **({"dnr": form.own_number()} if "dnr_from" in data else {}),
            )
        except Changed as changed_meanwhile:
            raise Invalid(changed_meanwhile.message, field="due_on") from changed_meanwhile
        if changed.due_on and changed.due_on < timezone.localdate():
            messages.warning(request, f"Svarsdagen {changed.due_on} har redan passerat.")
        return home_of(remiss)

    return edit(
        request,
        form,
        act,
        done=f"{namnd.genitive} uppgifter om remissen är sparade.",
        heading=f"{namnd.genitive} del av {remiss.dnr}",
        lead=remiss.title,
        button="Spara",
        **around(remiss),
    )


# What the pages of the register share ------------------------------------------------------------


def registers_for(user: User) -> tuple[Namnd, bool]:
    """The nämnd that the person registers for, and whether it answers (else it has sent).

    Raises PermissionDenied for who registers for none.
    """
    if own := user.access.namnder(Role.NAMNDSEKRETERARE):
        return own[0], True
    if own := user.access.namnder(Role.REMITTENT):
        return own[0], False
    raise PermissionDenied(ONLY_WHO_REGISTERS)


def remiss_to_amend(request: SignedInRequest, slug: str) -> Remiss:
    """The remiss, for who may amend it. Everybody may read it, so the others: 403."""
    remiss = get_object_or_404(
        Remiss.objects.visible_to(request.user).select_related("registered_by_namnd"), slug=slug
    )
    if not may_amend(request.user, remiss):
        raise PermissionDenied(ONLY_WHO_REGISTERED)
    return remiss


def conflict_on(remiss: Remiss) -> Conflict:
    """Somebody else changed the remiss: what is saved now."""
    remiss.refresh_from_db()
    theirs = f"{remiss.dnr}, {remiss.title}, från {remiss.remitter}"
    return Conflict(revision=remiss.revision, theirs=theirs)


def home_of(remiss: Remiss) -> str:
    return reverse("remiss", args=[remiss.slug])


def around(remiss: Remiss) -> dict[str, Any]:
    return {
        "back": home_of(remiss),
        "trail": [
            {"url": reverse("remiss-list"), "label": "Remisser"},
            {"url": home_of(remiss), "label": remiss.dnr},
        ],
    }


def _key_of(request: SignedInRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _registered(
    request: SignedInRequest, form: RegisterForm, namnd: Namnd, waiting: Any
) -> Remiss | None:
    """The remiss, or None with the refusal at its field."""
    data = form.cleaned_data
    own = None
    if form.answers and data["own_part"] != NOT_ANSWERING:
        own = OwnPart(
            namnd,
            asked=data["own_part"] == ASKED,
            due_on=data["own_due_on"] or data["due_on"],
            dnr=form.own_number(),
        )
    given = RemissInput(
        key=data["key"],
        by_namnd=namnd,
        facts=form.facts(),
        instances=form.instance_inputs(),
        proposals=form.proposal_texts,
        abridged=data["abridged"],
        goals=data["goals"],
        goals_source=data["goals_source"],
        duplicate_reason=data["duplicate_reason"],
        own=own,
        files={file.pk for file in waiting} - form.dropped(),
        files_open=data["is_open"],
    )
    try:
        remiss = register_remiss(given, actor=request.user)
    except Invalid as refusal:
        form.refuse(refusal)
        return None
    _say(request, remiss, form, namnd)
    return remiss


def _number_of(user: User, remiss: Remiss, namnd: Namnd) -> Registration | None:
    seen = Registration.objects.visible_to(user)
    return seen.filter(instance__remiss=remiss, namnd=namnd).first()


def _say(request: SignedInRequest, remiss: Remiss, form: RegisterForm, namnd: Namnd) -> None:
    """What was done, and what is worth a look."""
    number = _number_of(request.user, remiss, namnd)
    with_number = f" Nämndens diarienummer är {number.dnr}." if number else ""
    messages.success(request, f"Remissen är registrerad.{with_number}")
    passed = remiss.instances.filter(due_on__lt=timezone.localdate()).values_list(
        "due_on", flat=True
    )
    for due_on in sorted({day for day in passed.order_by() if day}):
        messages.warning(request, f"Svarsdagen {due_on} har redan passerat.")
    for said in form.ceased_and_alone():
        messages.warning(request, said)


def file_of(request: SignedInRequest, remiss: Remiss, pk: int) -> RemissFile:
    """A paper of the remiss that the person may read. Raises Http404."""
    files = RemissFile.objects.visible_to(request.user).filter(remiss=remiss)
    return get_object_or_404(files.select_related("namnd", "remiss"), pk=pk)
