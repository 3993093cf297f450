"""The systemförvaltare's pages about people and their roles."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.domain.errors import Invalid, NotAllowed
from organisation.domain.history import person_history
from organisation.domain.lists import (
    MOST_SHOWN,
    find_membership,
    find_person,
    people,
    role_lines,
)
from organisation.domain.people import (
    change_person,
    create_person,
    end_role,
    give_role,
    set_active,
)
from organisation.models import User
from organisation.people_forms import EndRoleForm, NewPersonForm, PersonForm, RoleForm
from organisation.requests import SignedInRequest
from organisation.views.gate import for_administrators

WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def get_person(pk: int) -> User:
    """The person; the register is open to whoever has passed the gate. Raises Http404."""
    person = find_person(pk)
    if person is None:
        raise Http404
    return person


@for_administrators
@require_safe
def person_list(request: SignedInRequest) -> HttpResponse:
    """Everybody, or those that a search finds."""
    words = request.GET.get("q", "").strip()
    lines, count = people(words)
    context = {
        "lines": lines,
        "count": count,
        "most_shown": MOST_SHOWN,
        "words": words,
        "trail": _trail(),
    }
    return render(request, "administration/people.html", context)


@for_administrators
@WITH_METHODS
def person_new(request: SignedInRequest) -> HttpResponse:
    """Add a person; their roles are given on the next page."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = create_person(actor=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{person} är tillagd. Ge personen de roller den behöver.")
            return redirect("person", person.pk)
    return _form_page(request, form, "Ny person", "Lägg till", trail=_trail(people_too=True))


@for_administrators
@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: what is known, the roles with their days, what has been done."""
    found = get_person(pk)
    context = {
        "person": found,
        "roles": role_lines(found),
        "is_self": found.pk == request.user.pk,
        "lines": person_history(found, reader=request.user),
        "trail": _trail(people_too=True),
    }
    return render(request, "administration/person.html", context)


@for_administrators
@WITH_METHODS
def person_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is known of a person."""
    found = get_person(pk)
    known = {name: getattr(found, name) for name in ("name", "title", "email", "telephone")}
    form = PersonForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            change_person(found, actor=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Uppgifterna är sparade.")
            return redirect("person", pk)
    return _form_page(request, form, f"Ändra {found}", "Spara", trail=_trail(found))


@for_administrators
@require_POST
def person_active(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the person in, or shut them out."""
    active = request.POST.get("active") == "ja"
    try:
        found = set_active(get_person(pk), actor=request.user, active=active)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    words = "är öppet" if active else "är stängt"
    messages.success(request, f"Kontot för {found} {words}.")
    return redirect("person", pk)


@for_administrators
@WITH_METHODS
def role_give(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the person a role, for a time or until further notice."""
    found = get_person(pk)
    form = RoleForm(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        try:
            give_role(found, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Rollen är given.")
            return redirect("person", pk)
    return _form_page(request, form, f"Ge {found} en roll", "Ge rollen", trail=_trail(found))


@for_administrators
@WITH_METHODS
def role_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a role end."""
    membership = find_membership(pk)
    if membership is None:
        raise Http404
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(membership, actor=request.user, last_day=form.cleaned_data["last_day"])
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Rollens sista dag är sparad.")
            return redirect("person", membership.user_id)
    return _form_page(
        request,
        form,
        "Avsluta en roll",
        "Spara sista dag",
        lead=str(membership),
        trail=_trail(membership.user),
    )


def _form_page(request: SignedInRequest, form: Any, heading: str, button: str, **context: Any):
    context |= {"form": form, "heading": heading, "button": button}
    return render(request, "administration/form.html", context)


def _trail(person: User | None = None, *, people_too: bool = False) -> list[dict[str, str]]:
    trail = [{"url": reverse("administration"), "label": "Administration"}]
    if person is not None or people_too:
        trail.append({"url": reverse("person-list"), "label": "Personer"})
    if person is not None:
        trail.append({"url": reverse("person", args=[person.pk]), "label": str(person)})
    return trail
