"""Programmes in and out as files, for the coordinator. For everybody else nothing is here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.domain.errors import NotOpen
from indicators.domain.history import file_history
from indicators.domain.loading import review
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import PlanChanged
from indicators.domain.loading.problems import BadFile
from indicators.enums import ProgrammeFileState
from indicators.exports.programme_files import PROGRAMME_FORMATS, XLSX_TYPE
from indicators.exports.programme_xlsx import template_xlsx
from indicators.models import ProgrammeFile
from indicators.programme_forms import ProgrammeFileForm
from indicators.rules import may_load_programmes
from organisation.requests import SignedInRequest
from programme.models import Programme
from trace.domain import ReadKind, log_read

LATEST = 20


@require_http_methods(["GET", "HEAD", "POST"])
def programme_files(request: SignedInRequest) -> HttpResponse:
    """Upload a file; take a programme or the template out; what was loaded lately."""
    _require_coordinator(request)
    form = ProgrammeFileForm(request.POST or None, request.FILES or None)
    bad = None
    if request.method == "POST":
        form = ProgrammeFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                kept = review.keep_for_review(form.cleaned_data["file"], actor=request.user)
            except BadFile as faults:
                bad = faults
            else:
                return redirect("programme-file", pk=kept.pk)
    files = ProgrammeFile.objects.visible_to(request.user).defer("content")
    return render(
        request,
        "indicators/programme_files.html",
        {
            "form": form,
            "bad": bad,
            "bad_name": form.cleaned_data["file"].name if bad else "",
            "programmes": Programme.objects.order_by("-first_year", "slug"),
            "formats": list(PROGRAMME_FORMATS),
            "files": files.select_related("uploaded_by", "done_by", "programme")[:LATEST],
            "trail": _trail(),
        },
    )


@require_safe
def programme_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a waiting file would change, row by row."""
    kept = _kept(request, pk)
    plan, bad = None, None
    if kept.state == ProgrammeFileState.VANTAR:
        try:
            plan = review.plan_of(kept)
        except BadFile as faults:
            bad = faults
    return render(
        request,
        "indicators/programme_file.html",
        {
            "kept": kept,
            "plan": plan,
            "bad": bad,
            "tables": review.tables_of(plan) if plan else [],
            "lines": file_history(kept, reader=request.user),
            "trail": [*_trail(), {"url": reverse("programme-files"), "label": "Filer"}],
        },
    )


@require_POST
def programme_file_load(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm: the programme becomes what the file says."""
    kept = _kept(request, pk)
    try:
        loaded = review.confirm(
            kept, actor=request.user, expected_digest=request.POST.get("digest", "")
        )
    except (PlanChanged, NotOpen) as refusal:
        messages.warning(request, refusal.message)
        return redirect("programme-file", pk=pk)
    except BadFile:
        messages.warning(request, "Filen stämmer inte längre med det som finns i Samlad.")
        return redirect("programme-file", pk=pk)
    messages.success(request, f"Filen är inläst: {loaded.plan.sentence}.")
    return redirect("programme", programme_slug=loaded.plan.slug)


@require_POST
def programme_file_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a waiting file away."""
    kept = _kept(request, pk)
    try:
        review.discard(kept, actor=request.user)
    except NotOpen as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Filen är kastad. Inget har ändrats.")
    return redirect("programme-files")


@require_safe
def programme_template(request: SignedInRequest) -> HttpResponse:
    """The empty workbook, with lists and guidance."""
    _require_coordinator(request)
    return _attachment(template_xlsx(), XLSX_TYPE, "mall-program.xlsx")


@require_safe
def programme_export(
    request: SignedInRequest, programme_slug: str, file_format: str
) -> HttpResponse:
    """A programme as a file that can be loaded again."""
    _require_coordinator(request)
    if file_format not in PROGRAMME_FORMATS:
        raise Http404
    existing = read_existing(programme_slug)
    if existing.programme is None:
        raise Http404
    made = PROGRAMME_FORMATS[file_format]
    content = made.write(existing)
    log_read(
        existing.programme,
        actor=request.user,
        kind=ReadKind.EXPORT,
        summary=f"Tog ut {existing.programme} som {file_format}",
    )
    return _attachment(content, made.content_type, f"{programme_slug}.{file_format}")


def _require_coordinator(request: SignedInRequest) -> None:
    if not may_load_programmes(request.user):
        raise Http404


def _kept(request: SignedInRequest, pk: int) -> ProgrammeFile:
    files = ProgrammeFile.objects.visible_to(request.user)
    return get_object_or_404(files.select_related("programme", "uploaded_by", "done_by"), pk=pk)


def _attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _trail() -> list[dict[str, str]]:
    return [{"url": reverse("programme-list"), "label": "Program"}]
