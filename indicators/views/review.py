"""What is done with a report beside filling it in: comments, recall, correction, decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.domain.correcting import (
    ask_to_correct,
    begin_correction,
    give_up_correction,
)
from indicators.domain.deciding import (
    NOT_HANDED_IN,
    decision_on,
    put_decision_right,
    register_decision,
)
from indicators.domain.entry import recall_report
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen
from indicators.domain.reviewing import (
    comments_of_version,
    deal_with_comment,
    find_comment,
    save_comments,
)
from indicators.domain.sheet import entry_sheet
from indicators.domain.versions import find_version
from indicators.domain.workflow import EDITABLE, may_ask_to_correct
from indicators.forms import CommentsForm, CorrectForm, RecallForm, ReportDecisionForm
from indicators.models import Report
from indicators.rules import may_register_decision
from indicators.views.reporting import get_report_for, report_page, revision_of, save_report
from organisation.domain.errors import Invalid
from organisation.domain.reading import log_foreign_reading
from organisation.requests import SignedInRequest

READ_AGAIN = "Läs igenom rapporten som den är nu."


@require_POST
def report_comments(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Keep what the granskare has written at the rows, without sending the report back."""
    report = get_report_for(request.user, namnd_code, period_code)
    goal_code = request.GET.get("mal", "")
    form = CommentsForm(entry_sheet(report), {}, request.POST)
    refused = ""
    if form.is_valid():
        try:
            save_comments(report, actor=request.user, comments=form.comments)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except (NotOpen, InvalidEntry) as refusal:
            refused = refusal.message
        else:
            messages.success(
                request,
                "Kommentarerna är sparade. Uppgiftslämnaren kan åtgärda dem när du skickar "
                "tillbaka rapporten.",
            )
            return _home(report, goal_code)
    return report_page(request, report, comments_form=form, refused=refused, goal_code=goal_code)


@require_POST
def comment_dealt(
    request: SignedInRequest, namnd_code: str, period_code: str, pk: int
) -> HttpResponse:
    """Say that a comment has been dealt with; what stands in the form is saved first."""
    report = get_report_for(request.user, namnd_code, period_code)
    comment = find_comment(request.user, report, pk)
    if comment is None:
        raise Http404
    goal_code = request.GET.get("mal", "")
    dealt = request.POST.get("dealt", "ja") == "ja"

    def deal(saved: Report) -> HttpResponse:
        try:
            deal_with_comment(comment, actor=request.user, dealt=dealt)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except NotOpen as refusal:
            messages.warning(request, refusal.message)
        return _home(saved, goal_code, f"#kommentar-{comment.pk}")

    if "seen" not in request.POST:
        return deal(report)  # all is saved already
    return save_report(request, report, goal_code=goal_code, then=deal)


@require_POST
def report_recall(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Take back what was handed in and nobody has approved."""
    report = get_report_for(request.user, namnd_code, period_code)
    form = RecallForm(request.POST)
    refused = ""
    if form.is_valid():
        try:
            recall_report(
                report,
                actor=request.user,
                expected_version=revision_of(request),
                reason=form.cleaned_data["recall_reason"],
            )
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except (NotOpen, Conflict, InvalidEntry) as refusal:
            refused = refusal.message
        else:
            messages.success(request, "Rapporten är tillbaka hos dig och kan ändras igen.")
            return _home(report)
    report = get_report_for(request.user, namnd_code, period_code)
    return report_page(request, report, recall_form=form, refused=refused)


@require_POST
def report_correct(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Begin a correction, or ask the coordinator for one when the period has closed."""
    report = get_report_for(request.user, namnd_code, period_code)
    form = CorrectForm(request.POST)
    refused = ""
    if form.is_valid():
        reason = form.cleaned_data["correct_reason"]
        try:
            if may_ask_to_correct(request.user, report):
                ask_to_correct(report, actor=request.user, reason=reason)
                said = "Din begäran är skickad till programmets samordnare."
            else:
                begin_correction(
                    report,
                    actor=request.user,
                    expected_version=revision_of(request),
                    reason=reason,
                )
                said = "En rättelse är påbörjad. Den godkända versionen gäller tills den är klar."
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except (NotOpen, Conflict, InvalidEntry) as refusal:
            refused = refusal.message
        else:
            messages.success(request, said)
            return _home(report)
    report = get_report_for(request.user, namnd_code, period_code)
    return report_page(request, report, correct_form=form, refused=refused)


@require_POST
def report_give_up(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Leave a correction: what was approved goes on counting."""
    report = get_report_for(request.user, namnd_code, period_code)
    try:
        give_up_correction(report, actor=request.user, expected_version=revision_of(request))
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except (NotOpen, Conflict) as refusal:
        messages.warning(request, f"{refusal.message} {READ_AGAIN}")
    else:
        messages.success(request, "Rättelsen är avbruten. Den godkända versionen gäller.")
    return _home(report)


@require_safe
def report_version(
    request: SignedInRequest, namnd_code: str, period_code: str, number: int
) -> HttpResponse:
    """One version as it was, with what was said at its rows. For who reads the report whole."""
    report = get_report_for(request.user, namnd_code, period_code)
    version = find_version(report, number) if report.pk else None
    if version is None:
        raise Http404
    what = f"rapporten för {report.period.code}, version {number}"
    log_foreign_reading(report, reader=request.user, namnd=report.namnd, what=what)
    sheet = entry_sheet(report, version=version).with_comments(comments_of_version(version.pk))
    return render(
        request,
        "indicators/report_version.html",
        {
            "report": report,
            "version": version,
            "sheet": sheet,
            "is_current": version.pk == report.current_id,
            "counts": version.pk == report.approved_id,
            "trail": _trail(report),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report_decision(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Register the nämnd's decision on its report, or put right what was registered."""
    report = get_report_for(request.user, namnd_code, period_code)
    if not may_register_decision(request.user, report):
        raise PermissionDenied
    made = decision_on(report)
    corrects = made is not None and "nytt" not in request.GET
    old = made.decision if made is not None and corrects else None
    form = ReportDecisionForm.about(old, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if made is not None and corrects:
                put_decision_right(made, actor=request.user, text=form.text, reason=data["reason"])
            else:
                register_decision(report, actor=request.user, on=data["meeting_on"], text=form.text)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except (NotOpen, InvalidEntry) as refusal:
            form.add_error(None, refusal.message)
        except Invalid as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
        else:
            messages.success(request, "Nämndens beslut är registrerat.")
            return _home(report)
    ready = report.pk is not None and (report.approved_id or report.state not in EDITABLE)
    return render(
        request,
        "indicators/report_decision.html",
        {
            "report": report,
            "form": form,
            "old": made if corrects else None,
            "closed": "" if ready else NOT_HANDED_IN,
            "trail": _trail(report),
        },
    )


def _home(report: Report, goal_code: str = "", anchor: str = "") -> HttpResponse:
    codes = [report.namnd.code, report.period.code]
    if goal_code:
        return redirect(f"{reverse('report-goal', args=[*codes, goal_code])}{anchor}")
    return redirect(f"{reverse('report', args=codes)}{anchor}")


def _trail(report: Report) -> list[dict[str, str]]:
    return [
        {"url": reverse("reporting"), "label": "Inrapportering"},
        {
            "url": reverse("report", args=[report.namnd.code, report.period.code]),
            "label": f"{report.period.label}, {report.namnd.name}",
        },
    ]
