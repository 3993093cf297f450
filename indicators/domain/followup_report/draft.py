"""A report that is being written, as its pages show it: chapters with who wrote what."""

from dataclasses import dataclass

from indicators.domain.followup_report.comparing import Changes, compare
from indicators.domain.followup_report.held import (
    OwnText,
    SetGrade,
    Thread,
    Written,
    read_written,
)
from indicators.domain.followup_report.making import make_snapshot
from indicators.domain.followup_report.snapshot import ReportChapter, Snapshot
from indicators.domain.followup_report.stored import read_version
from indicators.models import FollowupReport, FollowupVersion


@dataclass(frozen=True)
class DraftChapter:
    """A chapter, and what is known of it inside."""

    chapter: ReportChapter
    text: OwnText | None
    """Who wrote the own words last; None where there are none."""
    grade: SetGrade | None
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
    open_comments: int
    """In all, also in chapters that the report no longer has."""

    def chapter(self, key: str) -> DraftChapter | None:
        return next((chapter for chapter in self.chapters if chapter.key == key), None)


def read_draft(report: FollowupReport) -> Draft:
    """The draft of a report that is begun. The number of queries follows nothing in it."""
    written = read_written(report)
    snapshot = make_snapshot(report, written)
    chapters = tuple(_chapter(c, written) for c in snapshot.chapters)
    return Draft(report, snapshot, chapters, written.open_comments)


def changes_since(version: FollowupVersion, draft: Draft) -> Changes:
    """What is new in the draft since the fixed version."""
    return compare(read_version(version), draft.snapshot)


def _chapter(chapter: ReportChapter, written: Written) -> DraftChapter:
    return DraftChapter(
        chapter,
        written.texts.get(chapter.key),
        written.grades.get(chapter.key),
        tuple(written.threads.get(chapter.key, ())),
    )
