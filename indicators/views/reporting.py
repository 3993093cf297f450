"""The pages where a nämnd reports a period."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.cell_form import NotACell, key_of
from indicators.domain.approved import read_approved
from indicators.domain.cell_history import cell_history
from indicators.domain.deciding import decision_on
from indicators.domain.disclosure import Audience
from indicators.domain.entry import approve_report, return_report, save_entries, submit_report
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotExplained, NotOpen
from indicators.domain.followup_report.finding import has_tertial_report
from indicators.domain.history import approvals_of_report, report_changes
from indicators.domain.reports import (
    find_approved_report,
    find_report,
    line_of,
    reporting_overview,
)
from indicators.domain.reviewing import RowKey, comments_on
from indicators.domain.sheet import Sheet, entry_sheet
from indicators.domain.submission import before_submission
from indicators.domain.versions import correction_of, requests_of, versions_of
from indicators.domain.workflow import (
    may_ask_to_correct,
    permission_of,
    possible_actions,
    why_not_editable_by,
)
from indicators.entry_page import EntryPage
from indicators.enums import FollowupKind, RequestState
from indicators.forms import CommentsForm, CorrectForm, EntryForm, RecallForm, ReturnForm
from indicators.models import FollowupReport, Report, RowComment
from indicators.rules import (
    may_fill_in,
    may_register_decision,
    may_submit,
    may_write_followup,
)
from indicators.views.audience import audience_of
from organisation.domain.reading import log_foreign_reading, log_unprotected
from organisation.models import User
from organisation.requests import SignedInRequest


def get_report_for(user: User, namnd_code: str, period_code: str) -> Report:
    """The nämnd's report for the period, if the person may read it whole; raises Http404."""
    report = find_report(user, namnd_code, period_code)
    if report is None:
        raise Http404
    return report


def get_approved_report_for(user: User, namnd_code: str, period_code: str) -> Report:
    """The report, if its approved version is there for everybody; raises Http404."""
    report = find_approved_report(user, namnd_code, period_code)
    if report is None:
        raise Http404
    return report


@require_safe
def reporting(request: SignedInRequest) -> HttpResponse:
    """The reports of the person's nämnder; for the coordinator also how far the city is."""
    overview = reporting_overview(request.user)
    return render(request, "indicators/reporting.html", {"overview": overview})


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """One nämnd's report: the form, or what it says for those who may only read.

    Others than the nämnd read the approved version, and before there is one: nothing.
    """
    if request.method == "POST":
        return save_report(request, get_report_for(request.user, namnd_code, period_code))
    found = find_report(request.user, namnd_code, period_code)
    if found is not None:
        if found.pk is not None:
            what = f"rapporten för {found.period.code}"
            log_foreign_reading(found, reader=request.user, namnd=found.namnd, what=what)
        return report_page(request, found)
    approved = get_approved_report_for(request.user, namnd_code, period_code)
    audience = audience_of(request)
    if audience is Audience.COORDINATOR:
        what = f"den godkända rapporten för {approved.period.code}"
        log_unprotected(approved, reader=request.user, what=what, scope=approved.namnd.code)
    context = {
        "report": approved,
        "page": read_approved(approved, audience=audience),
        "unprotected": audience is Audience.COORDINATOR,
        "lines": approvals_of_report(approved, reader=request.user),
        "decision": decision_on(approved),
        "correction": correction_of(approved),
        "has_tertial": has_tertial_report(approved),
        "trail": [
            {"url": reverse("followup-list"), "label": "Uppföljning"},
            {
                "url": reverse("followup", args=[approved.period.code]),
                "label": approved.period.label,
            },
        ],
    }
    return render(request, "indicators/approved_report.html", context)


@require_safe
def report_history(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Everything that was done in the report; with ?ruta= of one cell, as a piece of a page."""
    report = get_report_for(request.user, namnd_code, period_code)
    if "ruta" in request.GET:
        try:
            key = key_of(request.GET["ruta"])
        except NotACell as mistake:
            raise Http404 from mistake
        lines = cell_history(report, key, reader=request.user)
        return render(request, "indicators/partials/cell_history.html", {"lines": lines})
    lines = report_changes(report, reader=request.user)
    return render(request, "indicators/report_history.html", {"report": report, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def report_submit(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """What is missing, wrong and not explained, and the handing in of the report.

    A POST carries what stands in the form that the button was pressed in, which is saved first.
    With "se-over" it is only saved, and this page is shown before anything is handed in.
    """
    report = get_report_for(request.user, namnd_code, period_code)
    if request.method == "POST":
        return save_report(request, report, submit=True)
    if not may_submit(request.user, report):
        raise PermissionDenied
    if report.pk is None or why_not_editable_by(request.user, report):
        return redirect("report", namnd_code, period_code)
    submission = before_submission(report)
    return render(
        request,
        "indicators/report_submit.html",
        {
            "report": report,
            "submission": submission,
            "sheet": submission.sheet,
            "page_url": reverse("report", args=[namnd_code, period_code]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report_goal(
    request: SignedInRequest, namnd_code: str, period_code: str, goal_code: str
) -> HttpResponse:
    """One goal of the report, with everything that is known beside each field."""
    report = get_report_for(request.user, namnd_code, period_code)
    if request.method == "POST":
        return save_report(request, report, goal_code=goal_code)
    return report_page(request, report, goal_code=goal_code)


@require_POST
def report_approve(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Approve the report: from now on it counts."""
    report = get_report_for(request.user, namnd_code, period_code)
    try:
        approve_report(report, actor=request.user, expected_version=revision_of(request))
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except (NotOpen, Conflict) as refusal:
        messages.warning(request, f"{refusal.message} Läs igenom rapporten som den är nu.")
    else:
        messages.success(request, "Rapporten är godkänd och ingår i den samlade uppföljningen.")
    return redirect("report", namnd_code, period_code)


@require_POST
def report_return(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Send the report back, with a reason."""
    report = get_report_for(request.user, namnd_code, period_code)
    form, sheet = ReturnForm(request.POST), entry_sheet(report)
    comments = CommentsForm(sheet, {}, request.POST)
    refused = ""
    if form.is_valid() & comments.is_valid():
        try:
            return_report(
                report,
                actor=request.user,
                expected_version=revision_of(request),
                reason=form.cleaned_data["reason"],
                comments=comments.comments,
            )
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except (NotOpen, Conflict, InvalidEntry) as refusal:
            refused = refusal.message
        else:
            messages.success(request, "Rapporten är tillbaka hos uppgiftslämnaren.")
            return redirect("report", namnd_code, period_code)
    report = get_report_for(request.user, namnd_code, period_code)
    return report_page(request, report, return_form=form, comments_form=comments, refused=refused)


def save_report(
    request: SignedInRequest,
    report: Report,
    *,
    goal_code: str = "",
    submit: bool = False,
    then: Callable[[Report], HttpResponse] | None = None,
) -> HttpResponse:
    """Save what was typed, and hand it in if asked to; or the page again with all of it.

    then: what the button was pressed for, when it was neither: done once all is saved.
    """
    if not may_fill_in(request.user, report):
        raise PermissionDenied
    codes = report.namnd.code, report.period.code
    sheet = entry_sheet(report)
    form = EntryForm.with_choices(_part(request, sheet, goal_code), request.POST)
    # A submit without the form's fields hands in what is saved.
    has_fields = "seen" in request.POST or not (submit or then)
    if has_fields and not form.is_valid():
        return _save_the_rest(request, report, form, goal_code)
    look_first = submit and "se-over" in request.POST
    to_summary = redirect("report-submit", *codes)
    given: dict[str, Any] = {
        "actor": request.user,
        "expected_version": revision_of(request),
        "values": form.values if has_fields else [],
        "grades": form.grades if has_fields else [],
        "statuses": form.statuses if has_fields else [],
    }
    try:
        if submit and not look_first:
            try:
                saved = submit_report(report, **given, unexplained=_unexplained(request))
            except NotExplained as refusal:
                # What was typed is kept all the same.
                save_entries(report, **given)
                messages.warning(request, refusal.message)
                return to_summary
        else:
            saved = save_entries(report, **given)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as conflict:
        report = get_report_for(request.user, *codes)
        sheet = entry_sheet(report)
        merged = EntryForm.after_conflict(_part(request, sheet, goal_code), form.data)
        return report_page(
            request,
            report,
            sheet=sheet,
            form=merged if has_fields else None,
            conflict=conflict,
            goal_code=goal_code,
        )
    except (NotOpen, InvalidEntry) as refusal:
        return report_page(
            request,
            get_report_for(request.user, *codes),
            form=form if has_fields else None,
            refused=refusal.message,
            goal_code=goal_code,
        )
    if then:
        return then(saved)
    if look_first:
        return to_summary
    if submit:
        messages.success(request, "Rapporten är inlämnad. Nu väntar den på nämndens granskare.")
        return redirect("report", *codes)
    if saved.pk is None:
        messages.info(request, "Det fanns inget att spara än.")
    else:
        messages.success(request, f"Sparat {date_format(timezone.localtime(), 'H:i')}.")
    return redirect(request.get_full_path())


def _save_the_rest(
    request: SignedInRequest, report: Report, form: EntryForm, goal_code: str
) -> HttpResponse:
    """The page again with what is wrong on it; what is right has been saved, if that could be."""
    codes, seen = (report.namnd.code, report.period.code), report.revision
    values, grades, statuses = form.without_errors()
    try:
        saved = save_entries(
            report,
            actor=request.user,
            expected_version=revision_of(request),
            values=values,
            grades=grades,
            statuses=statuses,
        )
    except (NotAllowed, NotOpen, Conflict, InvalidEntry):
        # Said when what is wrong has been mended, and all of it is sent again.
        return report_page(request, report, form=form, goal_code=goal_code)
    if saved.pk is None or saved.revision == seen:
        return report_page(request, report, form=form, goal_code=goal_code)
    report = get_report_for(request.user, *codes)
    sheet = entry_sheet(report)
    again = EntryForm.after_the_rest(_part(request, sheet, goal_code), form)
    return report_page(
        request, report, sheet=sheet, form=again, goal_code=goal_code, rest_saved=True
    )


def _unexplained(request: SignedInRequest) -> int:
    """At how many uppgifter the person has seen a warning that is not explained."""
    said = request.POST.get("oforklarade", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _part(request: SignedInRequest, sheet: Sheet, goal_code: str) -> Sheet:
    """What one page of the report holds: one goal, or all of it; raises Http404."""
    if not goal_code:
        return sheet
    found = sheet.only(goal_code, request.GET.get("program", ""))
    if not found.goals:
        raise Http404
    return found


def report_page(
    request: SignedInRequest,
    report: Report,
    *,
    sheet: Sheet | None = None,
    form: EntryForm | None = None,
    return_form: ReturnForm | None = None,
    recall_form: RecallForm | None = None,
    correct_form: CorrectForm | None = None,
    comments_form: CommentsForm | None = None,
    conflict: Conflict | None = None,
    refused: str = "",
    goal_code: str = "",
    rest_saved: bool = False,
) -> HttpResponse:
    """The page. form: what was typed, when it could not be saved.

    rest_saved: whether all that is right in it was.
    """
    said = comments_on(report)
    sheet = (sheet or entry_sheet(report)).with_comments(said)
    part = _part(request, sheet, goal_code)
    closed = why_not_editable_by(request.user, report)
    actions = {action.name.lower() for action in possible_actions(request.user, report)}
    if "return" in actions and comments_form is None:
        comments_form = CommentsForm(part, _own_comments(request.user, report, said))
    context: dict[str, Any] = {
        "report": report,
        "line": line_of(report, filled=sheet.filled, expected=sheet.expected),
        "sheet": sheet,
        "part": part,
        "page": EntryPage(part, form) if form or not closed else None,
        "form": form,
        "closed": closed,
        "saved_today": report.pk is not None
        and timezone.localdate(report.changed_at) == timezone.localdate(),
        "refused": refused,
        "conflict": conflict,
        "actions": actions,
        "return_form": return_form or ReturnForm(),
        "comments_form": comments_form if "return" in actions else None,
        "permission": permission_of(report),
        "goal_code": goal_code,
        "writes_tertial": report.pk is not None
        and may_write_followup(
            request.user,
            FollowupReport(kind=FollowupKind.NAMNDEN, namnd=report.namnd, period=report.period),
        ),
        "rest_saved": rest_saved,
    }
    if goal_code:
        goals = [goal.goal for goal in sheet.goals]
        place = goals.index(part.goals[0].goal)
        context["goal_before"] = goals[place - 1] if place else None
        context["goal_after"] = goals[place + 1] if place + 1 < len(goals) else None
        return render(request, "indicators/report_goal.html", context)
    if not context["page"]:
        # Who fills in has a page of its own for it: there it would be as long as the form.
        context["lines"] = report_changes(report, reader=request.user)
        context["decision"] = decision_on(report)
        context["correction"] = correction_of(report)
        context["may_decide"] = may_register_decision(request.user, report)
        context["may_ask"] = may_ask_to_correct(request.user, report)
        if context["may_ask"]:
            context["requests"] = requests_of(report)
            context["waiting"] = any(
                one.state == RequestState.VANTAR for one in requests_of(report)
            )
        context["show_reason"] = True
        context["recall_form"] = recall_form or RecallForm()
        context["correct_form"] = correct_form or CorrectForm()
    if report.current is not None and report.current.number > 1:
        context["versions"] = versions_of(report)
    return render(request, "indicators/report.html", context)


def _own_comments(
    user: User, report: Report, said: Mapping[RowKey, tuple[RowComment, ...]]
) -> dict[RowKey, str]:
    """What the person has said at the rows of the version that is reviewed."""
    return {
        row: one.text
        for row, comments in said.items()
        for one in comments
        if one.written_by_id == user.pk and one.version_id == report.current_id
    }


def revision_of(request: SignedInRequest) -> int:
    """The revision that the page was made from."""
    try:
        return int(request.POST.get("revision", ""))
    except ValueError as mistake:
        raise BadRequest("revision is missing") from mistake
