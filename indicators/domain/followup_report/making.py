"""From what the approved reports say to a report with chapters: the draft, always the newest."""

from collections.abc import Mapping
from dataclasses import replace

from indicators.domain.consolidation import (
    Ground,
    Wanted,
    followup_from,
    read_ground,
    read_periods_until,
)
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.figures import Followup, GoalResult
from indicators.domain.fixed_figures import fixed_versions
from indicators.domain.followup_report.drafting import (
    introduction,
    of_goal,
    own_introduction,
    summary,
)
from indicators.domain.followup_report.held import Written, judgements_of, read_written
from indicators.domain.followup_report.hiding import Hidden, keep_hidden
from indicators.domain.followup_report.one_namnd import (
    OwnJudgement,
    followup_of,
)
from indicators.domain.followup_report.own_series import own_series
from indicators.domain.followup_report.snapshot import OwnGrade, ReportChapter, Snapshot
from indicators.domain.followup_report.stored import hidden_by_versions, hidden_of
from indicators.domain.method import as_of, method_notes, period_in_text
from indicators.enums import Chapter
from indicators.models import FollowupReport
from programme.models import Goal

INTRODUCTION, SUMMARY = Chapter.INLEDNING.value, Chapter.SAMMANFATTNING.value


def anchor_of(goal: Goal) -> str:
    """The key of the goal's chapter: the same as the anchor of its figures."""
    return f"{goal.programme.slug}-mal-{goal.code.replace('.', '-')}"


def key_of(chapter: str, goal: Goal | None) -> str:
    return anchor_of(goal) if goal is not None else chapter


def make_snapshot(report: FollowupReport, written: Written | None = None) -> Snapshot:
    """The report as it would be fixed now. Made for others, whoever asks.

    What a version of the period already hides is hidden here too (hiding.py).

    report: with its period and nämnd; may be unsaved.
    """
    written = read_written(report) if written is None and report.pk else written or Written()
    period, history = read_periods_until(report.period.code)
    hidden = hidden_by_versions(period.pk, written.digests)
    ground = read_ground(
        period,
        audience=Audience.OTHERS,
        history=history,
        wanted=Wanted(namnd_id=None if report.is_citys else report.namnd_id),
    )
    city = keep_hidden(followup_from(ground), hidden)
    if report.is_citys:
        return _citys(city, written)
    if written.judgements is None:
        written = replace(written, judgements=judgements_of(report))
    return _namnds(report, city, ground, written, hidden)


def _citys(followup: Followup, written: Written) -> Snapshot:
    grades = {
        key: OwnGrade(grade.grade, grade.reasons)
        for key, grade in written.grades.items()
        if grade.grade
    }
    return Snapshot(
        title=f"Samlad uppföljning, {period_in_text(followup)}",
        namnd="",
        namnd_code="",
        followup=followup,
        chapters=_chapters(followup, written, grades=grades),
        as_of=as_of(followup),
        notes=method_notes(followup),
    )


def _namnds(
    report: FollowupReport,
    city: Followup,
    ground: Ground,
    written: Written,
    hidden: frozenset[Hidden],
) -> Snapshot:
    code = report.namnd.code
    expected = ground.book.expected
    fixed = {one.pk: one.sha256 for of in fixed_versions(expected).values() for one in of}
    hidden_ever = hidden.union(*hidden_of(fixed).values())
    series = own_series(ground, report.namnd, hidden=hidden_ever)
    judgements = written.judgements or {}
    of_namnd = ground.reports.get(report.namnd_id)
    followup = followup_of(
        city,
        code,
        judgements=judgements,
        series=series,
        approved_on=of_namnd.approved_on if of_namnd else None,
    )
    followup = keep_hidden(followup, hidden, code)
    return Snapshot(
        title=f"{followup.period_label}, {report.namnd.name}",
        namnd=report.namnd.name,
        namnd_code=code,
        followup=followup,
        chapters=_chapters(
            followup, written, namnd=report.namnd.name, code=code, judgements=judgements
        ),
        as_of="",
        notes=method_notes(followup),
    )


def _chapters(
    followup: Followup,
    written: Written,
    *,
    grades: Mapping[str, OwnGrade] | None = None,
    namnd: str = "",
    code: str = "",
    judgements: Mapping[str, OwnJudgement] | None = None,
) -> tuple[ReportChapter, ...]:
    grades, judgements = grades or {}, judgements or {}
    bodies = {key: text.body for key, text in written.texts.items()}
    opening = own_introduction(followup, namnd) if code else introduction(followup)
    chapters = [
        ReportChapter(
            INTRODUCTION,
            Chapter.INLEDNING,
            str(Chapter.INLEDNING.label),
            opening,
            bodies.get(INTRODUCTION, ""),
        )
    ]
    told: dict[str, str] = {}
    for goal in followup.goals:
        judgement = judgements.get(goal.anchor)
        chapters.append(
            ReportChapter(
                goal.anchor,
                Chapter.MAL,
                goal.heading,
                of_goal(goal, followup, namnd=code, told=told),
                bodies.get(goal.anchor, ""),
                grades.get(goal.anchor),
                "" if judgement is None or _is_protected(goal) else judgement.analysis,
            )
        )
        told |= {r.code: goal.label for r in goal.indicators if r.code not in told}
    chapters.append(
        ReportChapter(
            SUMMARY,
            Chapter.SAMMANFATTNING,
            str(Chapter.SAMMANFATTNING.label),
            summary(followup, grades, namnd=code),
            bodies.get(SUMMARY, ""),
        )
    )
    return tuple(chapters)


def _is_protected(goal: GoalResult) -> bool:
    """Whether one of the goal's figures is hidden: then words about it may tell."""
    return any(
        cell.state is CellState.PROTECTED for result in goal.indicators for cell in result.cells
    )
