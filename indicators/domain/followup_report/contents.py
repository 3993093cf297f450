"""The contents of a report: its chapters and how far each has come, read without the figures."""

from dataclasses import dataclass

from indicators.domain.consolidation import PeriodRead, read_period
from indicators.domain.figures import coverage_sentence
from indicators.domain.followup_report.held import (
    OwnText,
    SetGrade,
    Thread,
    Written,
    read_written,
)
from indicators.domain.followup_report.making import INTRODUCTION, SUMMARY, anchor_of
from indicators.domain.followup_report.snapshot import Snapshot
from indicators.domain.grades import GradeSummary, summarise
from indicators.enums import Chapter
from indicators.models import FollowupReport
from programme.models import Goal

NOT_GRADED = "Inte bedömt"


@dataclass(frozen=True)
class ContentsLine:
    """One chapter in the list."""

    key: str
    heading: str
    is_goal: bool
    grade: str
    """How the goal is judged, by the city or by the one nämnd; "" for a chapter of no goal."""
    basis: str
    """How many of the nämnder that the goal concerns have said something of it."""
    text: OwnText | None = None
    set_grade: SetGrade | None = None
    threads: tuple[Thread, ...] = ()

    @property
    def open_comments(self) -> int:
        return sum(thread.first.resolved_at is None for thread in self.threads)


@dataclass(frozen=True)
class Contents:
    """The chapters in order, and how many reports there are behind them."""

    coverage: str
    lines: tuple[ContentsLine, ...]

    @property
    def goals(self) -> tuple[ContentsLine, ...]:
        return tuple(line for line in self.lines if line.is_goal)

    @property
    def without_text(self) -> int:
        return sum(line.text is None or not line.text.body for line in self.lines)

    @property
    def open_comments(self) -> int:
        return sum(line.open_comments for line in self.lines)


def contents_of_draft(report: FollowupReport) -> Contents:
    """The contents of a report that is begun, as its draft stands now; five queries."""
    written = read_written(report)
    read = read_period(report.period)
    goals = [goal for pk, goal in read.now.goals.items() if _is_told(report, read, pk)]
    return Contents(
        coverage=_coverage(report, read),
        lines=(
            _chapter(INTRODUCTION, str(Chapter.INLEDNING.label), written),
            *(_goal(report, read, goal, written) for goal in goals),
            _chapter(SUMMARY, str(Chapter.SAMMANFATTNING.label), written),
        ),
    )


def contents_of(snapshot: Snapshot) -> Contents:
    """The contents of a fixed version."""
    lines = []
    for chapter in snapshot.chapters:
        goal = snapshot.goal_of(chapter)
        grade = basis = ""
        if goal is not None and snapshot.namnd_code:
            grade = _own_grade(goal.grades)
        elif goal is not None:
            grade = chapter.grade.label if chapter.grade else NOT_GRADED
            basis = _basis(goal.grades)
        lines.append(ContentsLine(chapter.key, chapter.heading, goal is not None, grade, basis))
    return Contents(
        "" if snapshot.namnd_code else snapshot.followup.coverage_sentence, tuple(lines)
    )


def _is_told(report: FollowupReport, read: PeriodRead, goal_id: int) -> bool:
    """Whether the goal has a chapter: all in the city's report, in a nämnd's what concerns it."""
    if report.is_citys:
        return True
    now, namnd = read.now, report.namnd_id
    return (
        any(namnd in now.asked_of[pk] for pk in now.indicators_of_goal[goal_id])
        or any(namnd in now.responsible_for[a.pk] for a in now.activities_of(goal_id))
        or namnd in read.grades.get(goal_id, {})
    )


def _coverage(report: FollowupReport, read: PeriodRead) -> str:
    if report.is_citys:
        return coverage_sentence(len(read.approved), len(read.statuses))
    if report.namnd_id in read.approved:
        return "Nämndens rapport för perioden är godkänd."
    return "Nämndens rapport för perioden är inte godkänd än."


def _chapter(key: str, heading: str, written: Written) -> ContentsLine:
    threads = tuple(written.threads.get(key, ()))
    return ContentsLine(key, heading, False, "", "", written.texts.get(key), None, threads)


def _goal(report: FollowupReport, read: PeriodRead, goal: Goal, written: Written) -> ContentsLine:
    key, text = anchor_of(goal), read.now.goal_texts[goal.pk]
    given = read.grades.get(goal.pk, {})
    set_grade = written.grades.get(key)
    if report.is_citys:
        counts = summarise(read.now.concerned_by[goal.pk], given)
        grade = (set_grade.label if set_grade else "") or NOT_GRADED
        basis = _basis(counts)
    else:
        judged = {0: given[report.namnd_id]} if report.namnd_id in given else {}
        grade, basis = _own_grade(summarise([0], judged)), ""
    return ContentsLine(
        key=key,
        heading=f"{goal.label}. {text}" if text else goal.label,
        is_goal=True,
        grade=grade,
        basis=basis,
        text=written.texts.get(key),
        set_grade=set_grade,
        threads=tuple(written.threads.get(key, ())),
    )


def _basis(counts: GradeSummary) -> str:
    """ "23 av 30": how many of those that the goal concerns have said how it goes."""
    if not counts.concerned:
        return "berör ingen"
    return f"{counts.concerned - counts.not_judged} av {counts.concerned}"


def _own_grade(counts: GradeSummary) -> str:
    return next((words for _, words, count in counts.counts if count), "Berörs inte")
