"""A nämnd's report as a workbook: taken out, filled in off line, looked at and read back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.importing import review
from indicators.domain.importing.review import NotChosen, PlanChanged
from indicators.domain.loading.problems import BadFile
from indicators.domain.sheet import entry_sheet
from indicators.domain.workflow import why_not_editable_by
from indicators.enums import ReportFileState
from indicators.exports.programme_files import XLSX_TYPE
from indicators.exports.report_xlsx import file_name, report_xlsx
from indicators.fields import CHOICE
from indicators.models import Report, ReportFile
from indicators.report_file_forms import ReportFileForm
from indicators.rules import may_fill_in
from indicators.views.reporting import get_report_for
from organisation.domain.reading import log_export
from organisation.requests import SignedInRequest

LATEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
def report_files(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Take the workbook out, and upload it filled in; what was uploaded lately."""
    report = get_report_for(request.user, namnd_code, period_code)
    form, bad, refused = ReportFileForm(), None, ""
    if request.method == "POST":
        if not may_fill_in(request.user, report):
            raise PermissionDenied
        form = ReportFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                kept = review.keep_for_review(form.cleaned_data["file"], report, actor=request.user)
            except BadFile as faults:
                bad = faults
            except NotOpen as refusal:
                refused = refusal.message
            else:
                return redirect("report-file", namnd_code, period_code, kept.pk)
    files = ReportFile.objects.visible_to(request.user).filter(
        namnd=report.namnd, period=report.period
    )
    context = {
        "report": report,
        "form": form,
        "bad": bad,
        "bad_name": form.cleaned_data["file"].name if bad else "",
        "closed": why_not_editable_by(request.user, report),
        "refused": refused,
        "files": files.defer("content").select_related("uploaded_by", "done_by")[:LATEST],
        "trail": _trail(report),
    }
    return render(request, "indicators/report_files.html", context)


@require_safe
def report_workbook(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """The workbook, with what is saved now."""
    sheet = entry_sheet(get_report_for(request.user, namnd_code, period_code))
    content = report_xlsx(sheet)
    report = sheet.report
    log_export(
        report if report.pk else report.period,
        reader=request.user,
        what=f"arbetsboken för {report.period.code}",
        namnd=report.namnd,
    )
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(sheet)}"'
    return response


@require_safe
def report_file(
    request: SignedInRequest, namnd_code: str, period_code: str, pk: int
) -> HttpResponse:
    """What a waiting workbook would change, row by row."""
    return _page(request, _kept(request, namnd_code, period_code, pk))


@require_POST
def report_file_load(
    request: SignedInRequest, namnd_code: str, period_code: str, pk: int
) -> HttpResponse:
    """Confirm: what the workbook says is saved in the report."""
    kept = _kept(request, namnd_code, period_code, pk)
    choices = {
        name.removeprefix(CHOICE): str(value)
        for name, value in request.POST.items()
        if name.startswith(CHOICE)
    }
    digest = request.POST.get("digest", "")
    try:
        plan = review.confirm(kept, actor=request.user, expected_digest=digest, choices=choices)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except NotChosen as refusal:
        return _page(request, kept, choices=choices, refused=refusal.message)
    except InvalidEntry as refusal:
        said = f"Det du valde går inte ihop. {refusal.message}"
        return _page(request, kept, choices=choices, refused=said)
    except (PlanChanged, NotOpen) as refusal:
        messages.warning(request, refusal.message)
        return redirect("report-file", namnd_code, period_code, pk)
    except BadFile:
        messages.warning(request, "Filen stämmer inte längre med det som finns i Samlad.")
        return redirect("report-file", namnd_code, period_code, pk)
    messages.success(request, f"Arbetsboken är inläst: {plan.sentence}. Rapporten är ett utkast.")
    return redirect("report", namnd_code, period_code)


@require_POST
def report_file_discard(
    request: SignedInRequest, namnd_code: str, period_code: str, pk: int
) -> HttpResponse:
    """Throw a waiting workbook away."""
    kept = _kept(request, namnd_code, period_code, pk)
    try:
        review.discard(kept, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except NotOpen as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Filen är kastad. Inget har ändrats.")
    return redirect("report-files", namnd_code, period_code)


def _kept(request: SignedInRequest, namnd_code: str, period_code: str, pk: int) -> ReportFile:
    return get_object_or_404(
        ReportFile.objects.visible_to(request.user).select_related(
            "namnd", "period", "uploaded_by", "done_by"
        ),
        pk=pk,
        namnd__code=namnd_code,
        period__code=period_code,
    )


def _page(
    request: SignedInRequest,
    kept: ReportFile,
    *,
    choices: dict[str, str] | None = None,
    refused: str = "",
) -> HttpResponse:
    """choices: what was chosen, when it could not be saved."""
    context: dict[str, Any] = {"kept": kept, "refused": refused, "choices": choices or {}}
    if kept.state == ReportFileState.VANTAR:
        try:
            context["plan"] = review.plan_of(kept)
        except BadFile as faults:
            context["bad"] = faults
        except NotOpen as refusal:
            context["closed"] = refusal.message
    if plan := context.get("plan"):
        context["before"] = review.read_before(kept)
        chosen = context["choices"]
        context["conflicts"] = [
            (change, f"{CHOICE}{change.field.name}", chosen.get(change.field.name, ""))
            for change in plan.conflicts
        ]
    context["trail"] = [
        *_trail(Report(namnd=kept.namnd, period=kept.period)),
        {
            "url": reverse("report-files", args=[kept.namnd.code, kept.period.code]),
            "label": "Excel",
        },
    ]
    return render(request, "indicators/report_file.html", context)


def _trail(report: Report) -> list[dict[str, str]]:
    codes = [report.namnd.code, report.period.code]
    return [
        {"url": reverse("reporting"), "label": "Inrapportering"},
        {
            "url": reverse("report", args=codes),
            "label": f"{report.period.label}, {report.namnd.name}",
        },
    ]
