"""A report that is being written, as its page shows it: chapters with who wrote what."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.domain.followup_report.comparing import Changes, compare
from indicators.domain.followup_report.making import (
    Written,
    key_of,
    make_snapshot,
    read_written,
)
from indicators.domain.followup_report.snapshot import ReportChapter, Snapshot
from indicators.domain.followup_report.stored import read_version
from indicators.models import (
    CityGrade,
    FollowupComment,
    FollowupReport,
    FollowupText,
    FollowupVersion,
)


@dataclass(frozen=True)
class Thread:
    """A comment and the answers to it."""

    first: FollowupComment
    replies: tuple[FollowupComment, ...]


@dataclass(frozen=True)
class DraftChapter:
    """A chapter, and what is known of it inside."""

    chapter: ReportChapter
    text: FollowupText | None
    """Who wrote the own words last; None where there are none."""
    grade: CityGrade | None
    threads: tuple[Thread, ...]

    @property
    def key(self) -> str:
        return self.chapter.key

    @property
    def open_comments(self) -> int:
        return sum(thread.first.resolved_at is None for thread in self.threads)


@dataclass(frozen=True)
class Draft:
    """The report as it would be fixed now."""

    report: FollowupReport
    snapshot: Snapshot
    chapters: tuple[DraftChapter, ...]
    since: Changes | None
    """What is new since the latest fixed version; None when none has been fixed."""

    def chapter(self, key: str) -> DraftChapter | None:
        return next((chapter for chapter in self.chapters if chapter.key == key), None)


def read_draft(report: FollowupReport) -> Draft:
    """The draft of a report that is begun. The number of queries follows nothing in it."""
    written = read_written(report)
    snapshot = make_snapshot(report, written)
    threads = _threads(report)
    return Draft(
        report,
        snapshot,
        tuple(_chapter(c, written, threads.get(c.key, ())) for c in snapshot.chapters),
        _since(report, snapshot),
    )


def _chapter(chapter: ReportChapter, written: Written, threads: Sequence[Thread]) -> DraftChapter:
    return DraftChapter(
        chapter, written.texts.get(chapter.key), written.grades.get(chapter.key), tuple(threads)
    )


def _threads(report: FollowupReport) -> dict[str, list[Thread]]:
    comments = FollowupComment.objects.filter(report=report.pk).select_related(
        "written_by", "resolved_by", "goal__programme", "goal__parent"
    )
    replies: dict[int, list[FollowupComment]] = defaultdict(list)
    roots = []
    for one in comments.order_by("pk"):
        if one.reply_to_id is None:
            roots.append(one)
        else:
            replies[one.reply_to_id].append(one)
    found: dict[str, list[Thread]] = defaultdict(list)
    for one in roots:
        found[key_of(one.chapter, one.goal)].append(Thread(one, tuple(replies[one.pk])))
    return dict(found)


def _since(report: FollowupReport, snapshot: Snapshot) -> Changes | None:
    latest = FollowupVersion.objects.filter(report=report.pk).order_by("-number").first()
    return compare(read_version(latest), snapshot) if latest else None
