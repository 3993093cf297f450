"""Commands on a report that is being written: begin it, write, judge, comment.

Each checks the person's right and the state, runs in one transaction, refuses what builds on an
older text, and writes its event. A command given twice changes nothing the second time.
"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators.domain.checks import MAX_COMMENT, check_words
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen
from indicators.domain.followup_report.finding import chapter_of
from indicators.domain.followup_report.workflow import REFUSALS, Action, find_transition, makers
from indicators.enums import CityGradeChoice, PeriodState
from indicators.models import (
    CityGrade,
    FollowupComment,
    FollowupReport,
    FollowupText,
)
from indicators.rules import may_comment_followup, may_write_followup
from organisation.models import User
from programme.models import Goal
from trace.domain import record
from trace.models import Event

MAX_TEXT = 20_000
MAX_REASONS = 5_000
NO_CHAPTER = "Kapitlet finns inte i rapporten."


@transaction.atomic
def begin_report(report: FollowupReport, *, actor: User) -> FollowupReport:
    """Begin a report that `find_report` gave unsaved. Twice gives the one that is there.

    Raises NotAllowed; NotOpen for a period that has not been opened.
    Side effects: the report, an event.
    """
    if not may_write_followup(actor, report):
        raise NotAllowed(REFUSALS[Action.WRITE].format(who=makers(report)))
    if report.period.state == PeriodState.PLANERAD:
        raise NotOpen("Perioden har inte öppnats för inrapportering än.")
    wanted = {"kind": report.kind, "period": report.period}
    if not report.is_citys:
        wanted["namnd"] = report.namnd
    begun, created = FollowupReport.objects.get_or_create(
        **wanted, defaults={"namnd": report.namnd, "is_example": report.is_example}
    )
    if created:
        record_on(begun, "begun", actor=actor, summary="Påbörjade rapporten")
    return begun


@transaction.atomic
def save_text(
    report: FollowupReport, key: str, *, actor: User, expected_version: int, body: str
) -> FollowupReport:
    """Save people's own words in the chapter of that key.

    expected_version: the report's revision that the person saw. Only a change of this chapter's
    text since then is in the way. The same text again changes nothing.
    Raises NotAllowed; NotOpen when the report is fixed; InvalidEntry for a text that cannot be
    kept; Conflict (`theirs["text"]`: the text that is saved now).
    """
    report = take(report)
    find_transition(Action.WRITE, report, actor=actor)
    chapter, goal = _chapter(key)
    body = clean(body)
    there = FollowupText.objects.filter(report=report, chapter=chapter, goal=goal).first()
    if body == (there.body if there else ""):
        return report
    if problem := check_words(body, most=MAX_TEXT, what="Texten"):
        raise InvalidEntry(problem)
    if there and there.revision > expected_version:
        raise conflict_on(report, {"text": there.body}, by=there.written_by, at=there.written_at)
    advance(report)
    FollowupText.objects.update_or_create(
        report=report,
        chapter=chapter,
        goal=goal,
        defaults={
            "body": body,
            "revision": report.revision,
            "written_by": actor,
            "written_at": timezone.now(),
        },
    )
    record_on(
        report, Action.WRITE.value, actor=actor, summary=f"Skrev i kapitlet {_name(chapter, goal)}"
    )
    return report


@transaction.atomic
def set_city_grade(
    report: FollowupReport,
    key: str,
    *,
    actor: User,
    expected_version: int,
    grade: str,
    reasons: str,
) -> FollowupReport:
    """How the city judges the goal of that chapter, and why; "" takes the judgement back.

    expected_version: as for `save_text`. The same judgement again changes nothing.
    Raises NotAllowed; NotOpen; InvalidEntry for a grade without reasons, or that there is not;
    Conflict (`theirs`: "grade" and "reasons" as they are saved now).
    """
    report = take(report)
    find_transition(Action.GRADE, report, actor=actor)
    _, goal = _chapter(key)
    if goal is None:
        raise InvalidEntry("Bara ett mål bedöms.")
    reasons = clean(reasons)
    if grade and grade not in CityGradeChoice.values:
        raise InvalidEntry("Välj en av bedömningarna i listan.")
    if grade and not reasons:
        raise InvalidEntry("Skriv skälen till bedömningen.")
    if problem := check_words(reasons, most=MAX_REASONS, what="Skälen"):
        raise InvalidEntry(problem)
    there = CityGrade.objects.filter(report=report, goal=goal).first()
    now = (there.grade, there.reasons) if there else ("", "")
    if now == (grade, reasons):
        return report
    if there and there.revision > expected_version:
        theirs = {"grade": there.grade, "reasons": there.reasons}
        raise conflict_on(report, theirs, by=there.set_by, at=there.set_at)
    advance(report)
    CityGrade.objects.update_or_create(
        report=report,
        goal=goal,
        defaults={
            "grade": grade,
            "reasons": reasons,
            "revision": report.revision,
            "set_by": actor,
            "set_at": timezone.now(),
        },
    )
    record_on(
        report,
        Action.GRADE.value,
        actor=actor,
        summary=f"Bedömde {goal.label.lower()} för staden",
    )
    return report


@transaction.atomic
def comment(
    report: FollowupReport,
    key: str,
    *,
    actor: User,
    text: str,
    reply_to: FollowupComment | None = None,
) -> FollowupComment:
    """Say something at a chapter of the draft, or answer what somebody said there.

    The same words by the same person once more, as the last that was said there, change nothing.
    Raises NotAllowed, NotOpen, InvalidEntry.
    """
    report = take(report)
    find_transition(Action.COMMENT, report, actor=actor)
    chapter, goal = _chapter(key)
    text = clean(text)
    if not text:
        raise InvalidEntry("Skriv en kommentar.")
    if problem := check_words(text, most=MAX_COMMENT, what="Kommentaren"):
        raise InvalidEntry(problem)
    root = reply_to.reply_to or reply_to if reply_to else None
    if root and (root.report_id, root.chapter, root.goal_id) != (
        report.pk,
        chapter,
        goal.pk if goal else None,
    ):
        raise InvalidEntry("Kommentaren som du svarar på hör till ett annat kapitel.")
    said = FollowupComment.objects.filter(report=report, chapter=chapter, goal=goal)
    last = said.order_by("pk").last()
    if last and (last.text, last.written_by_id, last.reply_to_id) == (
        text,
        actor.pk,
        root.pk if root else None,
    ):
        return last
    made = FollowupComment.objects.create(
        report=report,
        chapter=chapter,
        goal=goal,
        reply_to=root,
        text=text,
        written_by=actor,
        written_at=timezone.now(),
    )
    record_on(
        report,
        Action.COMMENT.value,
        actor=actor,
        summary=f"Kommenterade kapitlet {_name(chapter, goal)}",
    )
    return made


@transaction.atomic
def resolve_comment(
    said: FollowupComment, *, actor: User, resolved: bool = True
) -> FollowupComment:
    """Say that a comment has been dealt with, or that it has not after all.

    Raises NotAllowed; InvalidEntry for a reply. Twice the same changes nothing.
    """
    report = take(said.report)
    if not may_comment_followup(actor, report):
        raise NotAllowed(REFUSALS[Action.COMMENT])
    said = FollowupComment.objects.select_for_update().get(pk=said.pk)
    if said.reply_to_id is not None:
        raise InvalidEntry("Ett svar löses med den kommentar som det svarar på.")
    if (said.resolved_at is not None) == resolved:
        return said
    said.resolved_by = actor if resolved else None
    said.resolved_at = timezone.now() if resolved else None
    said.save(update_fields=["resolved_by", "resolved_at"])
    record_on(
        report,
        "resolved" if resolved else "unresolved",
        actor=actor,
        summary="Löste en kommentar" if resolved else "Öppnade en löst kommentar igen",
    )
    return said


# The pieces -------------------------------------------------------------------------------------


def take(report: FollowupReport) -> FollowupReport:
    """The report as it stands in the database, held until the transaction ends."""
    if report.pk is None:
        raise NotOpen("Rapporten är inte påbörjad än.")
    return (
        FollowupReport.objects.select_for_update(of=("self",))
        .select_related("namnd", "period")
        .get(pk=report.pk)
    )


def advance(report: FollowupReport, **changes: Any) -> None:
    """Count one change of the report, with `changes` to its own columns.

    The update is conditional: raises Conflict if the row has moved on since it was read.
    """
    changed = FollowupReport.objects.filter(pk=report.pk, revision=report.revision).update(
        revision=F("revision") + 1, changed_at=timezone.now(), **changes
    )
    if not changed:
        raise conflict_on(report, {})
    report.revision += 1
    for name, value in changes.items():
        setattr(report, name, value)


def conflict_on(
    report: FollowupReport, theirs: dict[str, str], *, by: User | None = None, at: Any = None
) -> Conflict:
    """The refusal of what builds on an older revision; `theirs` is what is saved now."""
    if by is None:
        last = Event.objects.about(report).first()
        by, at = (last.actor, last.happened_at) if last else (None, report.changed_at)
    return Conflict(revision=report.revision, theirs=theirs, by=by, at=at)


def record_on(
    report: FollowupReport, verb: str, *, actor: User | None, summary: str, reason: str = ""
) -> None:
    """Write the event of a change, for the report's nämnd."""
    record(report, actor=actor, verb=verb, summary=summary, scope=report.namnd.code, reason=reason)


def clean(text: str) -> str:
    """Plain text from a form: one kind of line end, nothing before or after."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _chapter(key: str) -> tuple[str, Goal | None]:
    found = chapter_of(key)
    if found is None:
        raise InvalidEntry(NO_CHAPTER)
    return found


def _name(chapter: str, goal: Goal | None) -> str:
    return f"”{goal.label if goal else chapter.capitalize()}”"
