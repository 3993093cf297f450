"""A report as its page shows it: each sentence's cell has a place to point at."""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.domain.disclosure import Cell
from indicators.domain.figures import Cells, GoalResult, IndicatorResult, Part
from indicators.domain.followup_report.draft import Draft, DraftChapter
from indicators.domain.followup_report.drafting import own_grade
from indicators.domain.followup_report.snapshot import CITY, Place, ReportChapter, Snapshot
from indicators.domain.statuses import ActivityResult, NamndStatus
from indicators.enums import Category


@dataclass(frozen=True)
class AnchoredCell:
    cell: Cell
    anchor: str
    """Its id on the page; "" where the same cell stands on the page already."""


@dataclass(frozen=True)
class PartRow:
    part: Part
    cells: tuple[AnchoredCell, ...]


@dataclass(frozen=True)
class IndicatorLine:
    result: IndicatorResult
    is_first: bool
    """Whether no earlier goal of the page shows it."""
    cells: tuple[AnchoredCell, ...]
    parts: tuple[PartRow, ...]


@dataclass(frozen=True)
class NamndLine:
    namnd: NamndStatus
    anchor: str


@dataclass(frozen=True)
class ActivityLine:
    activity: ActivityResult
    anchor: str
    namnder: tuple[NamndLine, ...]


@dataclass(frozen=True)
class Section:
    """One chapter on the page."""

    chapter: ReportChapter
    goal: GoalResult | None
    grade_anchor: str
    own_grade: str
    """How the one nämnd judges the goal, in its tertialrapport."""
    shows_overview: bool
    rows: tuple[IndicatorLine, ...]
    activities: tuple[ActivityLine, ...]
    inside: DraftChapter | None
    address: str
    """Of the page where the chapter is written; "" for who does not read the draft."""


def sections_of(
    snapshot: Snapshot, *, draft: Draft | None = None, address: Callable[[str], str] | None = None
) -> list[Section]:
    """The chapters of the page. draft, address: for who reads the draft."""
    followup = snapshot.followup
    seen: set[str] = set()
    sections = []
    for number, chapter in enumerate(snapshot.chapters):
        goal = snapshot.goal_of(chapter)
        code, period = snapshot.namnd_code, followup.period_code
        place = Place("bedomning", goal.anchor if goal else "", code, period)
        rows = tuple(_line(one, snapshot, seen) for one in goal.indicators) if goal else ()
        sections.append(
            Section(
                chapter=chapter,
                goal=goal,
                grade_anchor=place.anchor if goal else "",
                own_grade=own_grade(goal) if goal else "",
                shows_overview=number == 0 and bool(followup.goals),
                rows=rows,
                activities=tuple(_activity(one, snapshot) for one in goal.activities)
                if goal
                else (),
                inside=draft.chapter(chapter.key) if draft else None,
                address=address(chapter.key) if draft and address else "",
            )
        )
    return sections


def _line(result: IndicatorResult, snapshot: Snapshot, seen: set[str]) -> IndicatorLine:
    is_first = result.code not in seen
    seen.add(result.code)
    period = snapshot.followup.period_code

    def cells(of: Cells, namnd: str, *, all_three: bool) -> tuple[AnchoredCell, ...]:
        return tuple(
            AnchoredCell(
                cell,
                Place("indikator", result.code, namnd, period, category).anchor if is_first else "",
            )
            for category, cell in zip(Category.values, of, strict=True)
            if all_three or category == Category.TOTAL
        )

    return IndicatorLine(
        result,
        is_first,
        cells(result.cells, snapshot.namnd_code, all_three=True),
        tuple(
            PartRow(part, cells(part.cells, part.namnd_code, all_three=result.split_by_sex))
            for part in result.parts
        ),
    )


def _activity(activity: ActivityResult, snapshot: Snapshot) -> ActivityLine:
    period = snapshot.followup.period_code
    return ActivityLine(
        activity,
        Place("aktivitet", activity.code, CITY, period).anchor,
        tuple(
            NamndLine(one, Place("aktivitet", activity.code, one.namnd_code, period).anchor)
            for one in activity.namnder
        ),
    )
