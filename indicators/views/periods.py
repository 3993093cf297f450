"""The coordinator's pages: the periods, how far the city is, more time, reminders."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.domain.city import Desk, city_desk, city_grid
from indicators.domain.correcting import decline_to_correct, let_correct
from indicators.domain.errors import NotAllowed, Refused
from indicators.domain.periods import (
    PeriodAction,
    extend,
    find_extension,
    move_period,
    plan_period,
    possible_period_actions,
    set_due_dates,
    withdraw_extension,
)
from indicators.domain.reminders import remind
from indicators.domain.versions import requests_in
from indicators.models import Period
from indicators.period_forms import (
    CorrectionAnswerForm,
    DueDatesForm,
    ExtensionForm,
    MoveForm,
    PeriodFormBase,
    PlanForm,
    ReminderForm,
)
from indicators.rules import may_manage_periods
from organisation.requests import SignedInRequest

DONE = {
    PeriodAction.OPEN: "Perioden är öppen för rapportering.",
    PeriodAction.CLOSE: "Perioden är stängd för rapportering.",
    PeriodAction.REOPEN: "Perioden är öppen igen.",
    PeriodAction.LOCK: "Perioden är låst, och med den alla godkända rapporter.",
}


def get_period_for(request: SignedInRequest, code: str) -> Period:
    """The period, for the samordnare. Raises Http404 for all others: the page is not theirs."""
    if not may_manage_periods(request.user):
        raise Http404
    period = Period.objects.filter(code=code).first()
    if period is None:
        raise Http404
    return period


@require_http_methods(["GET", "HEAD", "POST"])
def period_list(request: SignedInRequest) -> HttpResponse:
    if not may_manage_periods(request.user):
        raise Http404
    form = PlanForm(request.POST or None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            period = plan_period(actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{period.label} är upplagd. Öppna den när det är dags.")
            return redirect("period", period.code)
    context = {
        "periods": Period.objects.order_by("-ends_on"),
        "grid": city_grid(request.user),
        "form": form,
        "trail": _trail(),
    }
    return render(request, "indicators/periods.html", context)


@require_safe
def period(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, get_period_for(request, code))


@require_safe
def period_table(request: SignedInRequest, code: str) -> HttpResponse:
    """The table alone, for the page that keeps it fresh."""
    period = get_period_for(request, code)
    return render(
        request, "indicators/partials/desk_table.html", {"desk": city_desk(request.user, period)}
    )


@require_POST
def period_due(request: SignedInRequest, code: str) -> HttpResponse:
    period = get_period_for(request, code)
    form = DueDatesForm(period, request.POST)
    if form.is_valid():
        try:
            set_due_dates(
                period,
                actor=request.user,
                expected_version=form.cleaned_data["revision"],
                due_on=form.cleaned_data["due_on"],
                of_kinds=form.of_kinds,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Inlämningsdagarna är sparade.")
            return redirect("period", code)
    return _page(request, period, due=form)


@require_POST
def period_move(request: SignedInRequest, code: str) -> HttpResponse:
    period = get_period_for(request, code)
    name = request.POST.get("action", "")
    if name not in PeriodAction.__members__:
        raise Http404
    action = PeriodAction[name]
    form = MoveForm(request.POST, action=name)
    if form.is_valid():
        try:
            move_period(
                period,
                action,
                actor=request.user,
                expected_version=form.cleaned_data["revision"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, DONE[action])
            return redirect("period", code)
    return _page(request, period, move=form)


@require_POST
def period_extend(request: SignedInRequest, code: str) -> HttpResponse:
    period = get_period_for(request, code)
    desk = city_desk(request.user, period)
    form = ExtensionForm([one.line.namnd for one in desk.lines], request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            extend(
                period,
                given["namnd"],
                actor=request.user,
                until=given["until"],
                reason=given["reason"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"{given['namnd'].name} har tid till och med {given['until']:%Y-%m-%d}."
            )
            return redirect("period", code)
    return _page(request, period, desk=desk, extension=form)


@require_POST
def extension_withdraw(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    period = get_period_for(request, code)
    extension = find_extension(period, pk)
    if extension is None:
        raise Http404
    withdraw_extension(extension, actor=request.user)
    messages.success(request, f"{extension.namnd.name} har samma inlämningsdag som de andra igen.")
    return redirect("period", code)


@require_POST
def correction_answer(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Let a nämnd correct its report through a day, or say why not."""
    period = get_period_for(request, code)
    asked = next((one for one in requests_in(request.user, period.pk) if one.pk == pk), None)
    if asked is None:
        raise Http404
    form = CorrectionAnswerForm(pk, request.POST)
    lets = request.POST.get("svar") != "nej"
    if form.is_valid() and lets and not form.cleaned_data["until"]:
        form.add_error("until", "Välj till och med vilken dag rapporten är öppen.")
    if form.is_valid():
        until, answer = form.cleaned_data["until"], form.cleaned_data["answer"]
        try:
            if lets:
                let_correct(asked, actor=request.user, until=until, answer=answer)
                said = f"{asked.report.namnd.name} kan rätta rapporten till och med {until}."
            else:
                decline_to_correct(asked, actor=request.user, answer=answer)
                said = f"{asked.report.namnd.name} har fått ditt svar."
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said)
            return redirect("period", code)
    return _page(request, period, correction=form, answered=pk)


@require_POST
def period_remind(request: SignedInRequest, code: str) -> HttpResponse:
    period = get_period_for(request, code)
    desk = city_desk(request.user, period)
    chosen = set(request.POST.getlist("namnd"))
    if "all-late" in request.POST:
        chosen = set(desk.late_codes)
    namnder = [
        one.line.namnd
        for one in desk.lines
        if one.can_be_reminded and one.line.namnd.code in chosen
    ]
    form = ReminderForm(request.POST)
    if not namnder:
        form.add_error(None, "Välj minst en nämnd i tabellen.")
    if form.is_valid():
        try:
            done = remind(period, namnder, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if done.told:
                messages.success(
                    request, f"Påminnelse ligger i utkorgen till {', '.join(done.told)}."
                )
            if done.unreachable:
                messages.warning(
                    request,
                    "Ingen med uppgiften har en e-postadress i Samlad: "
                    f"{', '.join(done.unreachable)}.",
                )
            return redirect("period", code)
    return _page(request, period, desk=desk, reminder=form, chosen=chosen)


def _page(
    request: SignedInRequest,
    period: Period,
    *,
    desk: Desk | None = None,
    due: DueDatesForm | None = None,
    move: MoveForm | None = None,
    extension: ExtensionForm | None = None,
    reminder: ReminderForm | None = None,
    chosen: set[str] | None = None,
    correction: CorrectionAnswerForm | None = None,
    answered: int = 0,
) -> HttpResponse:
    """The page, with the form that could not be carried out as it was filled in."""
    desk = desk or city_desk(request.user, period)
    given = (due, move, extension, reminder, correction)
    forms: list[PeriodFormBase] = [form for form in given if form is not None]
    actions = possible_period_actions(request.user, period)
    context: dict[str, Any] = {
        "period": period,
        "desk": desk,
        "chosen": chosen or set(),
        "problems": [problem for form in forms for problem in form.problems],
        "due_form": due or DueDatesForm(period),
        "extension_form": extension or ExtensionForm([one.line.namnd for one in desk.lines]),
        "reminder_form": reminder or ReminderForm(),
        "moves": [
            move
            if move is not None and move.initial["action"] == action.name
            else MoveForm(action=action.name, revision=period.revision)
            for action in PeriodAction
            if action in actions
        ],
        "requests": [
            {
                "asked": asked,
                "form": correction
                if correction is not None and asked.pk == answered
                else CorrectionAnswerForm(asked.pk),
            }
            for asked in requests_in(request.user, period.pk)
        ],
        "uncounted": [one for one in desk.lines if not one.is_counted],
        "trail": [*_trail(), {"url": reverse("period-list"), "label": "Perioder"}],
    }
    return render(request, "indicators/period.html", context)


def _trail() -> list[dict[str, str]]:
    return [{"url": reverse("reporting"), "label": "Inrapportering"}]
