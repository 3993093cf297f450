"""Writing the follow-up as a report: chapters, the city's judgements, comments, fixing, deciding.

What was typed is never lost: a refusal comes back as the same page with the text in the field.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from indicators.domain.errors import Conflict, NotAllowed, NotOpen, Refused
from indicators.domain.followup_report.draft import Draft, DraftChapter, read_draft
from indicators.domain.followup_report.fixing import (
    decide,
    decision_on,
    fix,
    put_decision_right,
    reopen,
    what_is_left,
    why_opened,
)
from indicators.domain.followup_report.held import last_version
from indicators.domain.followup_report.making import key_of
from indicators.domain.followup_report.writing import (
    begin_report,
    comment,
    resolve_comment,
    save_text,
    set_city_grade,
)
from indicators.followup_report_forms import (
    ChapterTextForm,
    CityGradeForm,
    DraftCommentForm,
    FixForm,
    ReopenForm,
    RevisionForm,
)
from indicators.followup_report_page import section_of
from indicators.forms import ReportDecisionForm
from indicators.models import FollowupComment
from indicators.rules import may_write_followup
from indicators.views.followup_report import beside
from indicators.views.report_room import ReportRoom, inside_room, room_for, version_for
from organisation.domain.errors import Invalid
from organisation.domain.errors import NotAllowed as MayNotRecord
from organisation.requests import SignedInRequest
from trace.domain.wording import word_diff

KEEP_SAVED, MERGE = "sparad", "bada"
READ_AGAIN = "Läs rapporten som den är nu och försök igen."
WITH_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def report_begin(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """Begin the report of the period."""
    room = room_for(request.user, code, namnd_code, begun=False)
    try:
        begin_report(room.report, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except NotOpen as refusal:
        messages.warning(request, refusal.message)
    return redirect(room.home)


@WITH_METHODS
def report_chapter(
    request: SignedInRequest, code: str, key: str, namnd_code: str = ""
) -> HttpResponse:
    """One chapter: what Samlad has written, people's own words, comments. Sent: the own words."""
    room, draft, chapter = _chapter(request, code, namnd_code, key)
    form = ChapterTextForm(
        _sent(request, room, chapter) if request.method == "POST" else None,
        initial={"body": chapter.chapter.text, "revision": room.report.revision},
    )
    if request.method != "POST":
        return _chapter_page(request, room, draft, chapter, text=form)
    if request.POST.get("choice") == KEEP_SAVED:
        messages.info(request, "Den sparade texten står kvar som den är. Din sparades inte.")
        return redirect(room.chapter(key))
    if request.POST.get("choice") == MERGE:
        return _chapter_page(request, room, draft, chapter, text=form, merged=True)
    conflict = None
    if form.is_valid():
        done, conflict = _carry_out(
            form,
            lambda expected: save_text(
                room.report,
                key,
                actor=request.user,
                expected_version=expected,
                body=form.cleaned_data["body"],
            ),
        )
        if done:
            return _saved(request, room.chapter(key))
    return _chapter_page(request, room, draft, chapter, text=form, conflict=conflict)


@require_POST
def report_grade(
    request: SignedInRequest, code: str, key: str, namnd_code: str = ""
) -> HttpResponse:
    """How the city judges the goal of the chapter."""
    room, draft, chapter = _chapter(request, code, namnd_code, key)
    form = CityGradeForm(request.POST, prefix="betyg")
    conflict = None
    if form.is_valid():
        done, conflict = _carry_out(
            form,
            lambda expected: set_city_grade(
                room.report,
                key,
                actor=request.user,
                expected_version=expected,
                grade=form.cleaned_data["grade"],
                reasons=form.cleaned_data["reasons"],
            ),
        )
        if done:
            return _saved(request, room.chapter(key))
    return _chapter_page(request, room, draft, chapter, grade=form, grade_conflict=conflict)


@require_POST
def report_comment(
    request: SignedInRequest, code: str, key: str, namnd_code: str = ""
) -> HttpResponse:
    """Say something at the chapter, or answer somebody."""
    room, draft, chapter = _chapter(request, code, namnd_code, key)
    form = DraftCommentForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        pk = form.cleaned_data["reply_to"]
        asked = _comments(request, room).filter(pk=pk).first() if pk else None
        if pk and asked is None:
            raise Http404
        try:
            comment(
                room.report,
                key,
                actor=request.user,
                text=form.cleaned_data["text"],
                reply_to=asked,
            )
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(f"{room.url('chapter', key)}#kommentarer")
    return _chapter_page(request, room, draft, chapter, said=form)


@require_POST
def report_resolve(
    request: SignedInRequest, code: str, pk: int, namnd_code: str = ""
) -> HttpResponse:
    """Say that a comment has been dealt with; sent again with `open`, that it has not."""
    room = inside_room(request.user, code, namnd_code)
    said = get_object_or_404(_comments(request, room), pk=pk)
    try:
        resolve_comment(said, actor=request.user, resolved="open" not in request.POST)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect(f"{room.url('chapter', key_of(said.chapter, said.goal))}#kommentarer")


@WITH_METHODS
def report_fix(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """Fix the report as its next version, with a look at what is missing before it."""
    room = inside_room(request.user, code, namnd_code)
    if not may_write_followup(request.user, room.report):
        raise PermissionDenied
    if not room.can_fix and request.method != "POST":
        return redirect(room.home)
    fixed = last_version(room.report)
    form = FixForm(
        request.POST or None,
        is_first=not fixed,
        initial={"revision": room.report.revision, "reason": why_opened(room.report)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = fix(
                room.report,
                actor=request.user,
                expected_version=form.cleaned_data["revision"],
                reason=form.cleaned_data.get("reason", ""),
            )
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Conflict as refusal:
            form.add_error(None, f"{refusal.message} {READ_AGAIN}")
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Version {version.number} är fastställd.")
            return redirect(room.url("version", version.number))
    return render(
        request,
        "indicators/followup_report_fix.html",
        {
            "room": room,
            "form": form,
            "left": what_is_left(read_draft(room.report)),
            "next": fixed + 1,
            "trail": room.trail,
        },
    )


@WITH_METHODS
def report_reopen(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """Go on writing after a version was fixed."""
    room = inside_room(request.user, code, namnd_code)
    if not may_write_followup(request.user, room.report):
        raise PermissionDenied
    if not room.can_reopen and request.method != "POST":
        return redirect(room.home)
    form = ReopenForm(
        request.POST or None,
        use_required_attribute=False,
        initial={"revision": room.report.revision},
    )
    if request.method == "POST" and form.is_valid():
        try:
            reopen(
                room.report,
                actor=request.user,
                expected_version=form.cleaned_data["revision"],
                reason=form.cleaned_data["reason"],
            )
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Conflict as refusal:
            form.add_error(None, f"{refusal.message} {READ_AGAIN}")
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Rapporten är öppen igen. Det fastställda står kvar.")
            return redirect(room.home)
    return render(
        request,
        "indicators/followup_report_reopen.html",
        {"room": room, "form": form, "trail": room.trail},
    )


@WITH_METHODS
def report_version_decision(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """Register the nämnd's decision on a version, or put right what was registered."""
    room = room_for(request.user, code, namnd_code)
    version = version_for(room, number)
    if not room.can_decide:
        raise PermissionDenied
    made = decision_on(version)
    corrects = made is not None and "nytt" not in request.GET
    old = made.decision if made is not None and corrects else None
    form = ReportDecisionForm.about(old, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if made is not None and corrects:
                put_decision_right(made, actor=request.user, text=form.text, reason=data["reason"])
            else:
                decide(version, actor=request.user, on=data["meeting_on"], text=form.text)
        except (NotAllowed, MayNotRecord) as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            form.add_error(None, refusal.message)
        except Invalid as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
        else:
            messages.success(request, "Nämndens beslut är registrerat.")
            return redirect(room.url("version", number))
    return render(
        request,
        "indicators/followup_report_decision.html",
        {
            "room": room,
            "version": version,
            "form": form,
            "old": made if corrects else None,
            "back": room.url("version", number),
            "trail": room.trail,
        },
    )


# Parts ------------------------------------------------------------------------------------------


def _chapter(
    request: SignedInRequest, code: str, namnd_code: str, key: str
) -> tuple[ReportRoom, Draft, DraftChapter]:
    room = inside_room(request.user, code, namnd_code)
    draft = read_draft(room.report)
    chapter = draft.chapter(key)
    if chapter is None:
        raise Http404
    return room, draft, chapter


def _chapter_page(
    request: SignedInRequest,
    room: ReportRoom,
    draft: Draft,
    chapter: DraftChapter,
    *,
    text: ChapterTextForm | None = None,
    grade: CityGradeForm | None = None,
    said: DraftCommentForm | None = None,
    conflict: Conflict | None = None,
    grade_conflict: Conflict | None = None,
    merged: bool = False,
) -> HttpResponse:
    """The chapter with the forms as they stand now, and with what somebody else saved meanwhile."""
    revision = room.report.revision
    if text is None:
        initial = {"body": chapter.chapter.text, "revision": revision}
        text = ChapterTextForm(initial=initial)
    elif conflict:
        # Saving once more is then a choice, made with both texts in view.
        text.data = {**text.data, "revision": str(conflict.revision)}
    if grade is None:
        of_goal = chapter.grade
        initial = {
            "grade": of_goal.grade if of_goal else "",
            "reasons": of_goal.reasons if of_goal else "",
            "revision": revision,
        }
        grade = CityGradeForm(prefix="betyg", initial=initial)
    elif grade_conflict:
        grade.data = {**grade.data, "betyg-revision": str(grade_conflict.revision)}
    problems = [*text.problems, *grade.problems, *(said.problems if said else [])]
    theirs = conflict.theirs.get("text", "") if conflict else ""
    return render(
        request,
        "indicators/followup_report_chapter.html",
        {
            "room": room,
            "draft": draft,
            "chapter": chapter,
            "snapshot": draft.snapshot,
            "section": section_of(draft.snapshot, chapter.key, address=room.chapter, draft=draft),
            "goal": draft.snapshot.goal_of(chapter.chapter),
            "form": text,
            "grade_form": grade if room.report.is_citys and chapter.chapter.is_goal else None,
            "comment_form": said or DraftCommentForm(use_required_attribute=False),
            "problems": problems,
            "conflict": conflict,
            "grade_conflict": grade_conflict,
            "theirs": theirs,
            "marked": word_diff(theirs, text.cleaned_data["body"]) if conflict else "",
            "merged": merged,
            "beside": beside(draft.snapshot, chapter.key, room.chapter),
            "back": room.home,
            "threads": [
                {
                    "first": one.first,
                    "replies": one.replies,
                    "address": room.url("resolve", one.first.pk),
                }
                for one in chapter.threads
            ],
            "addresses": {
                "text": room.url("chapter", chapter.key),
                "autosave": room.url("autosave", chapter.key),
                "grade": room.url("grade", chapter.key),
                "comment": room.url("comment", chapter.key),
            },
            "keep": f"{request.user.pk} rapport:{room.report.pk}:{chapter.key}",
            "saved_grade": _said(chapter),
            "trail": room.trail,
        },
    )


def _sent(request: SignedInRequest, room: ReportRoom, chapter: DraftChapter) -> dict[str, Any]:
    """What was sent; with both texts in the field, when the person goes on from both."""
    data: dict[str, Any] = request.POST.dict()
    if data.get("choice") == MERGE:
        saved, mine = chapter.chapter.text, data.get("body", "").replace("\r\n", "\n").strip()
        if saved not in mine:
            data["body"] = "\n\n".join(filter(None, [saved, mine]))
        data["revision"] = str(room.report.revision)
    return data


def _carry_out(form: RevisionForm, command: Callable[[int], Any]) -> tuple[bool, Conflict | None]:
    """Carry the command out; a refusal is put on the form."""
    try:
        command(form.cleaned_data["revision"])
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as conflict:
        return False, conflict
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False, None
    return True, None


def _comments(request: SignedInRequest, room: ReportRoom) -> Any:
    found = FollowupComment.objects.visible_to(request.user).filter(report=room.report)
    return found.select_related("report", "goal__programme", "goal__parent")


def _said(chapter: DraftChapter) -> str:
    """The city's judgement as it is saved."""
    grade = chapter.grade
    if grade is None or not grade.grade:
        return "inte bedömt"
    return f"{grade.label}. {grade.reasons}"


def _saved(request: SignedInRequest, address: str) -> HttpResponse:
    """On to `address`, saying when it was saved."""
    messages.success(request, f"Sparat {date_format(timezone.localtime(), 'H:i')}.")
    return redirect(address)
