"""The pages of stöd och insatser: open to everyone signed in, kept by the samordnare."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.domain.errors import Invalid
from organisation.domain.who import who_for
from organisation.requests import SignedInRequest
from programme.domain.services import finding, keeping
from programme.domain.services.need import (
    Need,
    Part,
    in_words,
    parts_of,
    together,
    understand,
    without,
)
from programme.domain.services.vocabulary import Vocabulary
from programme.models import Service
from programme.rules import may_keep_services
from programme.service_forms import NeedForm, RetireForm, ServiceForm, fields_of, query_of

WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def get_service(request: SignedInRequest, code: str) -> Service:
    """The record, if this person may see it. Raises Http404."""
    found = Service.objects.visible_to(request.user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def get_service_to_keep(request: SignedInRequest, code: str) -> Service:
    """The record, for whoever keeps the register. Raises Http404, PermissionDenied."""
    found = get_service(request, code)
    _let_in(request)
    return found


# Reading ----------------------------------------------------------------------------------------


@require_safe
def service_list(request: SignedInRequest) -> HttpResponse:
    """The whole register, or what fits a need."""
    today = finding.Today()
    vocabulary = today.vocabulary()
    asked = _read_need(request, vocabulary)
    context: dict[str, Any] = {
        "form": asked.form,
        "filter_form": asked.filter_form,
        "text": asked.text,
        "set_aside": asked.set_aside,
        "may_keep": may_keep_services(request.user),
    }
    if asked.need:
        context["parts"] = [(part, _address(without(asked.need, part))) for part in asked.parts]
        context["found"] = finding.find_services(asked.need, request.user, today)
    elif not asked.form.errors:
        context["rows"] = finding.all_services(request.user, today)
    return render(request, "programme/services/list.html", context)


@require_safe
def service(request: SignedInRequest, code: str) -> HttpResponse:
    """One operation: what is known of it, and what is not."""
    found = get_service(request, code)
    today = finding.Today()
    row = finding.read_service(code, request.user, today)
    who = who_for(request.user)
    verified_by = row and row.service.verified_by
    context = {
        "row": row,
        "service": found,
        "goals": finding.goals_of(found, today),
        "verified_by": who(verified_by, "") if verified_by else "",
        "may_keep": may_keep_services(request.user),
        "trail": _trail(),
    }
    return render(request, "programme/services/service.html", context)


@require_safe
def district_list(request: SignedInRequest) -> HttpResponse:
    """Choose a stadsdel to print for."""
    context = {"districts": finding.Today().districts(), "trail": _trail()}
    return render(request, "programme/services/districts.html", context)


@require_safe
def district(request: SignedInRequest, namnd_code: str) -> HttpResponse:
    """What there is for one stadsdel, to print."""
    today = finding.Today()
    namnd = finding.find_district(namnd_code, today)
    if namnd is None:
        raise Http404
    if namnd.code != namnd_code:
        messages.info(request, f"Den stadsdelsnämnden har uppgått i {namnd}.")
        return redirect("service-district", namnd.code)
    context = {
        "page": finding.services_for_district(namnd, request.user, today),
        "today": today.day,
        "trail": [*_trail(), {"url": reverse("service-districts"), "label": "Per stadsdel"}],
    }
    return render(request, "programme/services/district.html", context)


@require_safe
def to_verify(request: SignedInRequest) -> HttpResponse:
    """Records that nobody has verified for a year, and those that are no longer used."""
    today = finding.Today()
    context = {
        "rows": finding.not_verified_for_a_year(request.user, today),
        "retired": finding.retired_services(request.user, today),
        "may_keep": may_keep_services(request.user),
        "trail": _trail(),
    }
    return render(request, "programme/services/to_verify.html", context)


# Keeping ----------------------------------------------------------------------------------------


@WITH_METHODS
def service_new(request: SignedInRequest) -> HttpResponse:
    """Add a record."""
    _let_in(request)
    today = finding.Today()
    form = ServiceForm(request.POST or None, namnder=finding.selectable_namnder(None, today))
    if request.method == "POST" and form.is_valid():
        verified = form.cleaned_data["verified"]
        try:
            made = keeping.add_service(form.facts, actor=request.user, verified=verified)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{made} är tillagd.")
            return redirect("service", made.code)
    return _form_page(request, form, "Ny post", "Lägg till")


@WITH_METHODS
def service_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change a record. Who was second sees what the first saved, and keeps what they wrote."""
    found = get_service_to_keep(request, code)
    namnder = finding.selectable_namnder(found, finding.Today())
    form = ServiceForm(request.POST or None, namnder=namnder, facts=keeping.facts_of(found))
    context: dict[str, Any] = {"revision": found.revision}
    if request.method == "POST":
        # Until it is saved the form builds on what it was opened with, also after an error.
        context["revision"] = _revision(request)
        if form.is_valid():
            try:
                keeping.change_service(
                    found,
                    form.facts,
                    actor=request.user,
                    expected_version=_revision(request),
                    verified=form.cleaned_data["verified"],
                )
            except Invalid as refusal:
                form.refuse(refusal)
            except keeping.Conflict as conflict:
                context |= {
                    "revision": conflict.service.revision,
                    "conflict": conflict,
                    "theirs": keeping.differences(conflict.service, form.facts),
                }
            else:
                messages.success(request, "Posten är sparad.")
                return redirect("service", code)
    return _form_page(request, form, f"Ändra {found}", "Spara", service=found, **context)


@require_POST
def service_verify(request: SignedInRequest, code: str) -> HttpResponse:
    """State that the facts were checked today."""
    found = get_service_to_keep(request, code)
    try:
        keeping.verify_service(found, actor=request.user, expected_version=_revision(request))
    except (Invalid, keeping.Conflict) as refusal:
        messages.warning(request, f"{refusal.message} Läs igenom den och försök igen.")
    else:
        messages.success(request, f"Uppgifterna om {found} är kontrollerade i dag.")
    return redirect("service", code)


@WITH_METHODS
def service_retire(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a record out of use."""
    found = get_service_to_keep(request, code)
    form = RetireForm(request.POST or None)
    revision = _revision(request) if request.method == "POST" else found.revision
    if request.method == "POST" and form.is_valid():
        try:
            keeping.retire_service(
                found,
                actor=request.user,
                expected_version=revision,
                why=form.cleaned_data["why"],
            )
        except Invalid as refusal:
            form.refuse(refusal)
        except keeping.Conflict as conflict:
            form.refuse(conflict)
            revision = conflict.service.revision
        else:
            messages.success(request, f"{found} visas inte längre bland stöd och insatser.")
            return redirect("service", code)
    context = {
        "form": form,
        "service": found,
        "revision": revision,
        "trail": _trail(found),
    }
    return render(request, "programme/services/retire.html", context)


@require_POST
def service_take_back(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a retired record back into use."""
    found = get_service_to_keep(request, code)
    try:
        keeping.take_back_service(found, actor=request.user, expected_version=_revision(request))
    except (Invalid, keeping.Conflict) as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"{found} används igen.")
    return redirect("service", code)


# Parts ------------------------------------------------------------------------------------------


class _Asked(NamedTuple):
    """What was asked for, and the two forms that show it."""

    form: NeedForm
    filter_form: NeedForm
    text: str
    need: Need
    parts: list[Part]
    set_aside: tuple[str, ...]


def _read_need(request: SignedInRequest, vocabulary: Vocabulary) -> _Asked:
    form = NeedForm(request.GET, vocabulary=vocabulary)
    text = request.GET.get("q", "")
    if not form.is_valid():
        return _Asked(form, form, text, Need(), [], ())
    understood = understand(form.cleaned_data["q"], vocabulary)
    need = together(understood.need, form.need)
    return _Asked(
        form,
        NeedForm(fields_of(need), vocabulary=vocabulary),
        form.cleaned_data["q"] or in_words(need, vocabulary),
        need,
        parts_of(need, vocabulary, understood.said),
        understood.set_aside,
    )


def _address(need: Need) -> str:
    query = urlencode(query_of(need))
    return reverse("service-list") + (f"?{query}" if query else "")


def _let_in(request: SignedInRequest) -> None:
    if not may_keep_services(request.user):
        raise PermissionDenied(keeping.ONLY_SAMORDNARE)


def _revision(request: SignedInRequest) -> int:
    """What the page was opened with; -1, which nothing has, for what is no number."""
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def _form_page(
    request: SignedInRequest,
    form: ServiceForm,
    heading: str,
    button: str,
    *,
    service: Service | None = None,
    **context: Any,
) -> HttpResponse:
    context |= {"form": form, "heading": heading, "button": button, "trail": _trail(service)}
    return render(request, "programme/services/form.html", context)


def _trail(service: Service | None = None) -> list[dict[str, str]]:
    trail = [{"url": reverse("service-list"), "label": "Stöd och insatser"}]
    if service:
        trail.append({"url": reverse("service", args=[service.code]), "label": service.name})
    return trail
