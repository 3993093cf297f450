"""Saving one chapter's own text of a report while it is written."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from indicators.domain.errors import Conflict, NotAllowed, NotOpen, Refused
from indicators.domain.followup_report.finding import chapter_of
from indicators.domain.followup_report.writing import NO_CHAPTER, save_text
from indicators.followup_report_forms import ChapterTextForm
from indicators.views.report_room import inside_room
from organisation.requests import SignedInRequest

BOTH = "Tryck på Spara för att se båda texterna. Det du har skrivit står kvar i fältet."


@require_POST
def report_autosave_chapter(
    request: SignedInRequest, code: str, key: str, namnd_code: str = ""
) -> HttpResponse:
    """Save the own text of the chapter, and answer as JSON what a paper's section answers.

    200 saved · 403 may not · 404 not there · 409 somebody else was first · 422 breaks a rule ·
    423 the report is fixed.
    """
    room = inside_room(request.user, code, namnd_code)
    if chapter_of(key) is None:
        return _refused(NO_CHAPTER, 404)
    form = ChapterTextForm(request.POST)
    if not form.is_valid():
        problems = [problem for found in form.errors.values() for problem in found]
        return _refused(" ".join(map(str, problems)), 422)
    try:
        report = save_text(
            room.report,
            key,
            actor=request.user,
            expected_version=form.cleaned_data["revision"],
            body=form.cleaned_data["body"],
        )
    except NotAllowed as refusal:
        return _refused(refusal.message, 403)
    except NotOpen as refusal:
        return _refused(refusal.message, 423)
    except Conflict as conflict:
        return _refused(f"{conflict.message} {BOTH}", 409, conflict=True)
    except Refused as refusal:
        return _refused(refusal.message, 422)
    at = date_format(timezone.localtime(), "H:i")
    return JsonResponse({"saved": True, "said": f"Sparat {at}", "revision": report.revision})


def _refused(problem: str, status: int, *, conflict: bool = False) -> JsonResponse:
    said = problem if conflict else f"Inte sparat. {problem}"
    return JsonResponse({"saved": False, "problem": said, "conflict": conflict}, status=status)
