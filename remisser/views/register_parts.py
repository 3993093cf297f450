"""Whom a remiss was sent to and what it asks, amended; the papers that came; series of numbers."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from organisation.domain.errors import Conflict as Changed
from organisation.domain.errors import Invalid
from organisation.domain.reading import log_export
from organisation.models import Namnd
from organisation.requests import SignedInRequest
from organisation.rules import may_keep_calendar
from programme.views.editing import WITH_METHODS, edit, revision_sent
from remisser.domain.own_dnr import (
    ONLY_ITS_SECRETARY,
    SeriesFacts,
    add_series,
    change_series,
    next_number_of,
)
from remisser.domain.received_files import (
    ONLY_ITS_REGISTER,
    attach_files,
    may_keep_files,
    remove_file,
    waiting_files,
)
from remisser.domain.register_parts import (
    add_instances,
    answers_begun,
    append_proposals,
    change_instance,
    change_proposal,
    remove_instance,
    remove_proposal,
)
from remisser.domain.registering import InstanceInput
from remisser.models import DnrSeries, Proposal, Remiss, Remissinstans
from remisser.register_part_forms import (
    AddInstancesForm,
    AppendProposalsForm,
    ChangeSeriesForm,
    FilesForm,
    InstanceForm,
    ProposalForm,
    RemoveFileForm,
    SeriesForm,
)
from remisser.views.receiving import receive_with
from remisser.views.register import (
    around,
    conflict_on,
    file_of,
    home_of,
    registers_for,
    remiss_to_amend,
)


@WITH_METHODS
def instances_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Lay more instances by the remiss."""
    remiss = remiss_to_amend(request, slug)
    form = AddInstancesForm(request.POST or None, initial={"revision": remiss.revision})

    def act(data: dict[str, Any]) -> str:
        _or_conflict(
            remiss,
            lambda: add_instances(
                remiss,
                form.instance_inputs(),
                actor=request.user,
                expected_version=data["revision"],
            ),
        )
        for said in form.ceased_and_alone():
            messages.warning(request, said)
        return home_of(remiss)

    return edit(
        request,
        form,
        act,
        done="Instanserna är tillagda.",
        heading="Lägg till remissinstanser",
        lead=remiss.title,
        button="Lägg till",
        **around(remiss),
    )


@WITH_METHODS
def instance_change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Put one instance right, or take it away."""
    remiss = remiss_to_amend(request, slug)
    instance = _instance(request, remiss, pk)
    initial = {
        "revision": remiss.revision,
        "name": instance.name_as_written,
        "namnd": instance.namnd_id,
        "due_on": instance.due_on,
    }
    form = InstanceForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        _or_conflict(
            remiss,
            lambda: change_instance(
                instance,
                InstanceInput(data["name"], data["namnd"], data["due_on"]),
                actor=request.user,
                expected_version=data["revision"],
            ),
        )
        return home_of(remiss)

    return edit(
        request,
        form,
        act,
        done="Instansen är ändrad.",
        heading=f"Instansen {instance.name_as_written}",
        lead=remiss.title,
        button="Spara",
        remove=reverse("remiss-instance-remove", args=[remiss.slug, instance.pk]),
        remove_label="Ta bort instansen",
        **around(remiss),
    )


@require_POST
def instance_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take away an instance that was laid in by mistake."""
    remiss = remiss_to_amend(request, slug)
    instance = _instance(request, remiss, pk)
    return _removed(
        request,
        remiss,
        lambda version: remove_instance(instance, actor=request.user, expected_version=version),
        "Instansen är borttagen.",
    )


@WITH_METHODS
def proposals_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Lay att-satser last."""
    remiss = remiss_to_amend(request, slug)
    last = remiss.proposals.order_by("-number").first()
    form = AppendProposalsForm(
        request.POST or None,
        first=last.number + 1 if last else 1,
        initial={"revision": remiss.revision},
    )

    def act(data: dict[str, Any]) -> str:
        _or_conflict(
            remiss,
            lambda: append_proposals(
                remiss,
                data["proposals"],
                actor=request.user,
                expected_version=data["revision"],
                abridged=data["abridged"],
            ),
        )
        return home_of(remiss)

    return edit(
        request,
        form,
        act,
        done="Att-satserna är tillagda.",
        heading="Lägg till att-satser",
        lead=remiss.title,
        button="Lägg till",
        **around(remiss),
    )


@WITH_METHODS
def proposal_change(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Put an att-sats right; its number while nobody has begun to answer."""
    remiss = remiss_to_amend(request, slug)
    proposal = _proposal(request, remiss, number)
    initial = {
        "revision": remiss.revision,
        "number": proposal.number,
        "text": proposal.text,
        "abridged": proposal.abridged,
    }
    form = ProposalForm(request.POST or None, initial=initial)
    begun = answers_begun(remiss)
    if begun:
        form.fields[
            "number"
        ].help_text = (
            "Nämnder har börjat svara, så numret står fast. En ny att-sats läggs till sist."
        )

    def act(data: dict[str, Any]) -> str:
        _or_conflict(
            remiss,
            lambda: change_proposal(
                proposal,
                actor=request.user,
                expected_version=data.pop("revision"),
                **data,
            ),
        )
        return home_of(remiss)

    return edit(
        request,
        form,
        act,
        done="Att-satsen är ändrad.",
        heading=f"Att-sats {proposal.number}",
        lead=remiss.title,
        button="Spara",
        template="remisser/proposal_change.html",
        remiss=remiss,
        begun=begun,
        remove="" if begun else reverse("remiss-proposal-remove", args=[remiss.slug, number]),
        remove_label="Ta bort att-satsen",
        **around(remiss),
    )


@require_POST
def proposal_remove(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take away an att-sats that was laid in by mistake."""
    remiss = remiss_to_amend(request, slug)
    proposal = _proposal(request, remiss, number)
    return _removed(
        request,
        remiss,
        lambda version: remove_proposal(proposal, actor=request.user, expected_version=version),
        "Att-satsen är borttagen.",
    )


# The papers that came ---------------------------------------------------------------------------


@WITH_METHODS
def files_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Lay papers by the remiss; those that are not taken are named, and the others are kept."""
    remiss = get_object_or_404(Remiss.objects.visible_to(request.user), slug=slug)
    namnd, answers = registers_for(request.user)
    posted = request.method == "POST"
    form = FilesForm(request.POST if posted else None, request.FILES or None, is_open=not answers)
    if posted:
        form.is_valid()
        key = uuid.uuid4()
        receive_with(form, key, namnd, request.user)
        added = attach_files(remiss, waiting_files(key, actor=request.user), actor=request.user)
        if added:
            messages.success(
                request,
                f"{_counted(added)} är mottagen."
                if added == 1
                else f"{_counted(added)} är mottagna.",
            )
        elif form.received.good:
            messages.info(request, "Filen finns redan här, så inget ändrades.")
        for message in form.received.refused:
            messages.error(request, f"{message} Den är inte mottagen.")
        if form.received.good or form.received.refused:
            return redirect(f"{home_of(remiss)}#handlingar")
    return edit(
        request,
        form,
        lambda _: home_of(remiss),
        done="",
        template="remisser/files.html",
        remiss=remiss,
        namnd=namnd,
        **around(remiss),
    )


@require_safe
def file(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One paper, byte by byte as it came."""
    remiss = get_object_or_404(Remiss.objects.visible_to(request.user), slug=slug)
    found = file_of(request, remiss, pk)
    if found.removed_at is not None:
        return HttpResponse("Handlingen är borttagen.", status=410, content_type="text/plain")
    log_export(
        found,
        reader=request.user,
        namnd=None if found.is_open else found.namnd,
        what=f"{found.name} ur {remiss.dnr}"[:250],
    )
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, found.name) or ""
    return response


@WITH_METHODS
def file_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take away a paper that came by mistake."""
    remiss = get_object_or_404(Remiss.objects.visible_to(request.user), slug=slug)
    found = file_of(request, remiss, pk)
    if not may_keep_files(request.user, found.namnd):
        raise PermissionDenied(ONLY_ITS_REGISTER)
    form = RemoveFileForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        remove_file(found, actor=request.user, reason=data["reason"])
        return home_of(remiss)

    return edit(
        request,
        form,
        act,
        done=f"Handlingen {found.name} är borttagen.",
        heading=f"Ta bort {found.name}",
        lead="Namnet, kontrollsumman och orsaken står kvar i historiken. Innehållet försvinner.",
        button="Ta bort handlingen",
        **around(remiss),
    )


# Series of numbers ------------------------------------------------------------------------------


@WITH_METHODS
def series_new(request: SignedInRequest, namnd_code: str) -> HttpResponse:
    """Let the nämnd take its numbers from a new series."""
    namnd = _namnd_to_keep(request, namnd_code)
    form = SeriesForm(request.POST or None, initial={"next_number": 1})

    def act(data: dict[str, Any]) -> str:
        add_series(namnd, SeriesFacts(**data), actor=request.user)
        return _planning(namnd)

    return edit(
        request,
        form,
        act,
        done="Nummerserien är upplagd.",
        heading="Ny nummerserie",
        lead="Nämndens egna diarienummer tas ur serien när en remiss registreras.",
        button="Lägg upp",
        **_around(namnd),
    )


@WITH_METHODS
def series_change(request: SignedInRequest, namnd_code: str, pk: int) -> HttpResponse:
    """Say which number comes next, or that the series is not used."""
    namnd = _namnd_to_keep(request, namnd_code)
    series = get_object_or_404(namnd.dnr_series.all(), pk=pk)
    following = next_number_of(series)
    initial = {
        "next_number": following,
        "used": series.used,
        "seen_next": following,
        "seen_used": series.used,
    }
    form = ChangeSeriesForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        try:
            change_series(
                series,
                SeriesFacts(series.pattern, data["next_number"], data["used"]),
                actor=request.user,
                seen=SeriesFacts(series.pattern, data["seen_next"], data["seen_used"]),
            )
        except Changed as changed:
            raise Invalid(changed.message, field="next_number") from changed
        return _planning(namnd)

    return edit(
        request,
        form,
        act,
        done="Nummerserien är ändrad.",
        heading=f"Nummerserien {series.pattern}",
        lead=namnd.name,
        button="Spara",
        **_around(namnd),
    )


# Parts -------------------------------------------------------------------------------------------


def _or_conflict(remiss: Remiss, act: Callable[[], Any]) -> None:
    try:
        act()
    except Changed as changed:
        raise conflict_on(remiss) from changed


def _removed(
    request: SignedInRequest, remiss: Remiss, act: Callable[[int], None], done: str
) -> HttpResponse:
    try:
        act(revision_sent(request))
    except (Invalid, Changed) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect(home_of(remiss))


def _instance(request: SignedInRequest, remiss: Remiss, pk: int) -> Remissinstans:
    found = Remissinstans.objects.visible_to(request.user).filter(remiss=remiss)
    return get_object_or_404(found.select_related("remiss", "namnd"), pk=pk)


def _proposal(request: SignedInRequest, remiss: Remiss, number: int) -> Proposal:
    found = Proposal.objects.visible_to(request.user).filter(remiss=remiss)
    return get_object_or_404(found.select_related("remiss"), number=number)


def _counted(number: int) -> str:
    return "1 handling" if number == 1 else f"{number} handlingar"


def _namnd_to_keep(request: SignedInRequest, namnd_code: str) -> Namnd:
    namnd = get_object_or_404(Namnd, code=namnd_code)
    if not may_keep_calendar(request.user, DnrSeries(namnd=namnd)):
        raise PermissionDenied(ONLY_ITS_SECRETARY)
    return namnd


def _planning(namnd: Namnd) -> str:
    return reverse("planning", args=[namnd.code])


def _around(namnd: Namnd) -> dict[str, Any]:
    return {
        "back": _planning(namnd),
        "trail": [
            {"url": reverse("remiss-list"), "label": "Remisser"},
            {"url": _planning(namnd), "label": f"Planering, {namnd.short_name}"},
        ],
    }
