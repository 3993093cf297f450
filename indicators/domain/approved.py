"""The approved version of one nämnd's report, as others than the nämnd read it.

It is a part of the consolidated follow-up, and made from it: what is protected there is protected
here, by the same rules. Nothing says who typed or approved it.
"""

from dataclasses import dataclass

from indicators.domain.consolidation import consolidate, read_periods_until
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.figures import Part
from indicators.domain.judgements import CorrectedJudgement
from indicators.domain.statuses import StatusInput
from indicators.enums import Grade
from indicators.models import GoalGrade, Report


@dataclass(frozen=True)
class ApprovedRow:
    """One indicator, and what the nämnd has given for it."""

    code: str
    name: str
    unit: str
    split_by_sex: bool
    is_example: bool
    part: Part


@dataclass(frozen=True)
class ApprovedActivity:
    """One activity that the nämnd answers for, and how far it has come."""

    code: str
    programme_slug: str
    text: str
    is_example: bool
    status: StatusInput | None
    corrected: CorrectedJudgement | None = None


@dataclass(frozen=True)
class ApprovedGoal:
    code: str
    heading: str
    grade: str
    """The nämnd's judgement in words; "" when it has given none."""
    analysis: str
    analysis_hidden: bool
    """There is an analysis, but one of the goal's figures is protected and words may tell it."""
    rows: tuple[ApprovedRow, ...]
    activities: tuple[ApprovedActivity, ...]
    corrected: CorrectedJudgement | None = None
    """What the grade was before it was corrected."""

    @property
    def split_by_sex(self) -> bool:
        return any(row.split_by_sex for row in self.rows)

    @property
    def has_words(self) -> bool:
        return any(row.part.reason or row.part.comment or row.part.corrections for row in self.rows)


@dataclass(frozen=True)
class ApprovedReport:
    goals: tuple[ApprovedGoal, ...]


def read_approved(report: Report, *, audience: Audience) -> ApprovedReport:
    """What the report's approved version says, for `audience`.

    report: one with an approved version; its period and nämnd are loaded.
    """
    # What is protected depends on what earlier periods of the year show.
    _, history = read_periods_until(report.period.code)
    of_the_year = [period for period in history if period.year == report.period.year]
    followup = consolidate(report.period, audience=audience, history=of_the_year)
    code = report.namnd.code
    grades = {
        (grade.goal.programme.slug, grade.goal.code): grade
        for grade in GoalGrade.objects.filter(version=report.approved_id).select_related(
            "goal__programme", "goal__parent"
        )
    }
    goals = []
    for goal in followup.goals:
        rows = tuple(
            ApprovedRow(
                code=result.code,
                name=result.name,
                unit=result.unit,
                split_by_sex=result.split_by_sex,
                is_example=result.register_is_example,
                part=part,
            )
            for result in goal.indicators
            for part in result.parts
            if part.namnd_code == code
        )
        activities = tuple(
            ApprovedActivity(
                code=activity.code,
                programme_slug=activity.programme_slug,
                text=activity.text,
                is_example=activity.register_is_example,
                status=own.status,
                corrected=own.corrected,
            )
            for activity in goal.activities
            for own in activity.namnder
            if own.namnd_code == code
        )
        grade = grades.get((goal.programme_slug, goal.code))
        if not rows and not activities and grade is None:
            continue
        protected = any(
            cell.state is CellState.PROTECTED for row in rows for cell in row.part.cells
        )
        analysis = grade.analysis.strip() if grade else ""
        goals.append(
            ApprovedGoal(
                code=goal.code,
                heading=goal.heading,
                grade=str(Grade(grade.grade).label) if grade and grade.grade else "",
                analysis="" if protected else analysis,
                analysis_hidden=protected and bool(analysis),
                rows=rows,
                activities=activities,
                corrected=next((c for c in goal.corrected_grades if c.namnd_code == code), None),
            )
        )
    return ApprovedReport(goals=tuple(goals))
