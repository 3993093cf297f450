"""What a granskare says at the rows of a report, and what becomes of it.

The words belong to the version that was reviewed and stay with it. They never leave the nämnd.
"""

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from indicators.domain.checks import MAX_COMMENT, check_words
from indicators.domain.content import NOT_ASKED
from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.expected import expected_of
from indicators.domain.moving import take_report, version_of
from indicators.domain.reports import cells_asked
from indicators.domain.sheet import RowKey
from indicators.domain.workflow import why_not_editable, why_state_refuses
from indicators.enums import ReportState
from indicators.models import Report, RowComment
from indicators.rules import may_fill_in, may_review
from organisation.models import User
from trace.domain import record

COLUMN = {"value": "definition_id", "grade": "goal_id", "status": "activity_id"}
ONLY_REVIEWERS = "Bara nämndens granskare kan skriva kommentarer vid raderna."
ONLY_FILLERS = "Bara nämndens uppgiftslämnare kan säga att en kommentar är åtgärdad."


def row_of(comment: RowComment) -> RowKey:
    """Which row a comment is at."""
    for kind, column in COLUMN.items():
        if (pk := getattr(comment, column)) is not None:
            return kind, pk
    raise ValueError(f"comment {comment.pk} is at no row")


@transaction.atomic
def save_comments(report: Report, *, actor: User, comments: Mapping[RowKey, str]) -> Report:
    """Keep what the person says at rows of the version that was handed in; "" takes it away.

    Each granskare has one comment of their own at a row, so that nobody writes over another's.
    Rows that are not named are left as they are; what is kept already changes nothing.
    Raises NotAllowed; NotOpen when the report is not handed in; InvalidEntry for a text that
    cannot be kept, or a row that the period does not ask of the nämnd.
    """
    report = take_report(report)
    if not may_review(actor, report):
        raise NotAllowed(ONLY_REVIEWERS)
    if report.state != ReportState.INLAMNAD:
        raise NotOpen(why_state_refuses(report))
    if changed := write_comments(report, comments, actor=actor):
        many = "1 kommentar" if changed == 1 else f"{changed} kommentarer"
        record(
            report,
            actor=actor,
            verb="commented",
            summary=f"Skrev {many} vid raderna",
            scope=report.namnd.code,
        )
    return report


def write_comments(report: Report, comments: Mapping[RowKey, str], *, actor: User) -> int:
    """Inside a command that has taken the report and asked who may. Answers how many changed."""
    version = version_of(report)
    own = {row_of(c): c for c in RowComment.objects.filter(version=version, written_by=actor)}
    given = {row: text.strip() for row, text in comments.items()}
    given = {r: text for r, text in given.items() if text != (own[r].text if r in own else "")}
    if not given:
        return 0
    expected = expected_of(report.namnd, report.period)
    if given.keys() - cells_asked(expected, report.namnd_id):
        raise InvalidEntry(NOT_ASKED)
    for (kind, pk), text in given.items():
        if problem := check_words(text, most=MAX_COMMENT, what="Kommentaren"):
            raise InvalidEntry(problem)
        found = own.get((kind, pk))
        if not text and found:
            found.delete()
        elif found:
            found.text, found.written_at = text, timezone.now()
            found.save(update_fields=["text", "written_at"])
        else:
            RowComment.objects.create(
                version=version,
                text=text,
                written_by=actor,
                written_at=timezone.now(),
                **{COLUMN[kind]: pk},
            )
    return len(given)


@transaction.atomic
def deal_with_comment(comment: RowComment, *, actor: User, dealt: bool = True) -> RowComment:
    """Say that what a comment asks for has been done, or that it has not after all.

    Raises NotAllowed; NotOpen when the report cannot be written in, or has not been opened again
    since the comment was written. Twice the same changes nothing.
    """
    report = take_report(comment.version.report)
    comment = RowComment.objects.select_for_update().get(pk=comment.pk)
    if not may_fill_in(actor, report):
        raise NotAllowed(ONLY_FILLERS)
    if refusal := why_not_editable(report):
        raise NotOpen(refusal)
    if (comment.dealt_at is not None) == dealt:
        return comment
    comment.dealt_by, comment.dealt_at = (actor, timezone.now()) if dealt else (None, None)
    comment.save(update_fields=["dealt_by", "dealt_at"])
    record(
        report,
        actor=actor,
        verb="dealt-with" if dealt else "not-dealt-with",
        summary="Åtgärdade en kommentar" if dealt else "Öppnade en åtgärdad kommentar igen",
        scope=report.namnd.code,
    )
    return comment


def find_comment(user: User, report: Report, pk: int) -> RowComment | None:
    """The comment of that number, if it is at the report and the person may read it."""
    return (
        RowComment.objects.visible_to(user)
        .filter(version__report=report.pk, pk=pk)
        .select_related("version__report")
        .first()
    )


def comments_on(report: Report) -> dict[RowKey, tuple[RowComment, ...]]:
    """What has been said at each row since the report was approved last, the newest first.

    For who reads the report whole. Of the approved version itself, when nothing newer is there:
    none. No question is asked of a report that has not been handed in.
    """
    version = report.current
    if report.pk is None or version is None:
        return {}
    if version.number == 1 and version.submitted_at is None:
        return {}
    since = report.approved.number if report.approved else 0
    return _by_row(Q(version__report=report.pk, version__number__gt=since))


def comments_of_version(version_id: int) -> dict[RowKey, tuple[RowComment, ...]]:
    """What was said at each row of one version, for who reads the report whole."""
    return _by_row(Q(version=version_id))


def _by_row(which: Q) -> dict[RowKey, tuple[RowComment, ...]]:
    found: dict[RowKey, list[RowComment]] = defaultdict(list)
    comments = RowComment.objects.filter(which).select_related("version", "written_by", "dealt_by")
    for comment in comments.order_by("-version__number", "pk"):
        found[row_of(comment)].append(comment)
    return {row: tuple(said) for row, said in found.items()}
