"""Who answers for what: a nämnd's own page, the city's, and the samordnare's commands."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from indicators.domain.ledger import (
    changes_in,
    matrix_of,
    todo_of,
    unclaimed_in,
    who_is_late,
)
from indicators.domain.reports import find_approved_report, find_report
from indicators.domain.responsibilities import SubjectPage, read_subject
from indicators.models import Period
from indicators.responsibility_forms import EndForm, LayForm
from organisation.domain.errors import Conflict, Refused
from organisation.models import Namnd
from organisation.requests import SignedInRequest
from programme.domain.assignment_reading import assignments_on
from programme.domain.responsibility import end_responsibility, lay_responsibility
from programme.models import ResponsibilityBase
from programme.rules import may_lay_responsibility


@require_safe
def responsibility_start(request: SignedInRequest) -> HttpResponse:
    """To the latest period there is: of one's own nämnd, or of the city."""
    period = _latest()
    if period is None:
        return render(request, "indicators/responsibility/nothing.html")
    own = [n for n in request.user.access.namnder() if n.exists_on(period.ends_on)]
    if len(own) == 1 and not request.user.access.is_samordnare:
        return redirect("todo", own[0].code, period.code)
    return redirect("responsibility-matrix", period.code)


@require_safe
def todo(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """ "Vad ska vår nämnd göra?" """
    namnd = get_object_or_404(Namnd, code=namnd_code)
    period = get_object_or_404(Period, code=period_code)
    inside = find_report(request.user, namnd_code, period_code) is not None
    context = {
        "page": todo_of(namnd, period),
        "assignments": assignments_on(namnd, user=request.user),
        "inside": inside,
        "reads_report": inside
        or find_approved_report(request.user, namnd_code, period_code) is not None,
        "today": timezone.localdate(),
        "periods": _periods(period),
        "trail": _trail(period),
    }
    return render(request, "indicators/responsibility/todo.html", context)


@require_safe
def responsibility_matrix(request: HttpRequest, period_code: str) -> HttpResponse:
    """Nämnd × goal."""
    period = get_object_or_404(Period, code=period_code)
    context = {
        "matrix": matrix_of(period),
        "late": who_is_late(period),
        "period": period,
        "periods": _periods(period),
    }
    return render(request, "indicators/responsibility/matrix.html", context)


@require_safe
def responsibility_changes(request: HttpRequest, period_code: str) -> HttpResponse:
    """What is laid otherwise than a year earlier."""
    period = get_object_or_404(Period, code=period_code)
    context = {
        "changes": changes_in(period),
        "period": period,
        "periods": _periods(period),
        "trail": _trail(period),
    }
    return render(request, "indicators/responsibility/changes.html", context)


@require_safe
def responsibility_unclaimed(request: HttpRequest, period_code: str) -> HttpResponse:
    """Activities and indicators that nobody answers for."""
    period = get_object_or_404(Period, code=period_code)
    context = {
        "unclaimed": unclaimed_in(period),
        "period": period,
        "periods": _periods(period),
        "may_lay": may_lay_responsibility(request.user),  # type: ignore[arg-type]
        "trail": _trail(period),
    }
    return render(request, "indicators/responsibility/unclaimed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def responsibilities(request: SignedInRequest, subject: str, code: str) -> HttpResponse:
    """Who answers for one activity or indicator, over time; the samordnare lays more."""
    page = _subject(subject, code)
    may_lay = may_lay_responsibility(request.user)
    if request.method == "POST" and not may_lay:
        raise Http404
    today = timezone.localdate()
    form = LayForm(request.POST or None, today=today) if may_lay else None
    if form is not None and request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            lay_responsibility(
                page.subject,
                actor=request.user,
                kind=data["kind"],
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
                decision=data["decision"],
                **form.named(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Ansvaret är lagt.")
            return redirect("responsibilities", subject, code)
    context = {
        "page": page,
        "subject": subject,
        "form": form,
        "today": today,
        "trail": _subject_trail(page),
    }
    return render(request, "indicators/responsibility/subject.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def responsibility_end(request: SignedInRequest, subject: str, code: str, pk: str) -> HttpResponse:
    """The samordnare ends a responsibility."""
    if not may_lay_responsibility(request.user):
        raise Http404
    page = _subject(subject, code)
    row = next((row for row in page.rows if row.pk == int(pk)), None)
    if row is None:
        raise Http404
    form = EndForm(request.POST or None, initial={"seen": row.valid_to})
    if request.method == "POST" and form.is_valid() and _end(request, row, form):
        messages.success(request, "Ansvaret är avslutat.")
        return redirect("responsibilities", subject, code)
    context = {
        "form": form,
        "heading": f"Avsluta ansvaret: {row}",
        "lead": page.name,
        "button": "Avsluta",
        "trail": [
            *_subject_trail(page),
            _step("Vem som ansvarar", "responsibilities", subject, code),
        ],
    }
    return render(request, "administration/form.html", context)


# Parts ------------------------------------------------------------------------------------------


def _end(request: SignedInRequest, row: ResponsibilityBase, form: EndForm) -> bool:
    data = form.cleaned_data
    try:
        end_responsibility(
            row,
            actor=request.user,
            last_day=data["last_day"],
            decision=data["decision"],
            expected_valid_to=data["seen"],
        )
    except Conflict as refusal:
        # The form is shown as it was typed, with the last day that is saved now.
        now = type(row)._default_manager.values_list("valid_to", flat=True).get(pk=row.pk)
        form.data = {**form.data.dict(), "seen": now.isoformat() if now else ""}  # type: ignore[attr-defined]
        form.refuse(refusal)
        return False
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def _subject(subject: str, code: str) -> SubjectPage:
    page = read_subject(subject, code)
    if page is None:
        raise Http404
    return page


def _latest() -> Period | None:
    """The period that is reported now, or else the latest that has been."""
    return Period.objects.started().in_order().last() or Period.objects.in_order().first()


def _periods(period: Period) -> list[Period]:
    """For the choice of period: the period's year, the years beside it, newest first."""
    span = dt.timedelta(days=366)
    return list(
        Period.objects.filter(
            ends_on__gte=period.ends_on - span, ends_on__lte=period.ends_on + span
        ).order_by("-ends_on")
    )


def _step(label: str, name: str, *values: str) -> dict[str, str]:
    return {"url": reverse(name, args=values), "label": label}


def _trail(period: Period) -> list[dict[str, str]]:
    return [_step(f"Ansvar {period.code}", "responsibility-matrix", period.code)]


def _subject_trail(page: SubjectPage) -> list[dict[str, str]]:
    if page.is_activity:
        return [
            _step("Program", "programme-list"),
            _step("Aktivitet", "activity", page.programme_slug, page.subject.code),
        ]
    return [
        _step("Indikatorer", "indicator-list"),
        _step("Indikator", "indicator", page.subject.code),
    ]
