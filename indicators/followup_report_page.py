"""A report as its pages show it: each sentence leads to the cell that it rests on.

The whole report on one page, or one chapter. A sentence whose cell stands in another chapter leads
to that chapter's page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indicators.domain.disclosure import Cell
from indicators.domain.figures import Cells, GoalResult, IndicatorResult, Part
from indicators.domain.followup_report.draft import Draft, DraftChapter
from indicators.domain.followup_report.drafting import own_grade
from indicators.domain.followup_report.snapshot import CITY, Place, ReportChapter, Snapshot
from indicators.domain.statuses import ActivityResult, NamndStatus
from indicators.enums import Category

ChapterAddress = Callable[[str], str]
"""From the key of a chapter to the address of its own page."""


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
class SaidLine:
    """A sentence that Samlad has written, and where it leads."""

    text: str
    href: str
    """ "" for one that rests on no cell."""


@dataclass(frozen=True)
class GradeLine:
    """One goal in the table of judgements."""

    goal: GoalResult
    chapter: ReportChapter
    anchor: str
    own_grade: str
    """How the one nämnd judges the goal, in its tertialrapport."""
    href: str


@dataclass(frozen=True)
class Section:
    """One chapter on the page."""

    chapter: ReportChapter
    goal: GoalResult | None
    paragraphs: tuple[tuple[SaidLine, ...], ...]
    grades: tuple[GradeLine, ...]
    """Every goal's judgement: at the head of the report."""
    rows: tuple[IndicatorLine, ...]
    activities: tuple[ActivityLine, ...]
    inside: DraftChapter | None
    address: str
    """Of the chapter's own page."""

    @property
    def anchors(self) -> Iterator[str]:
        """Every id in it that a sentence may lead to."""
        for grade in self.grades:
            yield grade.anchor
        for row in self.rows:
            for cell in (*row.cells, *(cell for part in row.parts for cell in part.cells)):
                yield cell.anchor
        for activity in self.activities:
            yield activity.anchor
            yield from (one.anchor for one in activity.namnder)


def sections_of(
    snapshot: Snapshot, *, address: ChapterAddress, draft: Draft | None = None
) -> list[Section]:
    """The chapters, all on one page. draft: for who reads the draft."""
    seen: set[str] = set()
    return [
        _section(snapshot, chapter, seen, _here, address, draft, on_one_page=True)
        for chapter in snapshot.chapters
    ]


def section_of(
    snapshot: Snapshot, key: str, *, address: ChapterAddress, draft: Draft | None = None
) -> Section | None:
    """One chapter on a page of its own; None for a key of no chapter."""
    chapter = snapshot.chapter(key)
    if chapter is None:
        return None
    seen: set[str] = set()
    whole = [
        _section(snapshot, one, seen, _here, address, None, on_one_page=False)
        for one in snapshot.chapters
    ]
    homes = {anchor: one.chapter.key for one in reversed(whole) for anchor in one.anchors}
    own = set(_section(snapshot, chapter, set(), _here, address, None, on_one_page=False).anchors)

    def leads_to(anchor: str) -> str:
        if anchor in own:
            return f"#{anchor}"
        home = homes.get(anchor, snapshot.chapters[0].key)
        return f"#{anchor}" if home == key else f"{address(home)}#{anchor}"

    return _section(snapshot, chapter, set(), leads_to, address, draft, on_one_page=False)


def _here(anchor: str) -> str:
    """On the same page."""
    return f"#{anchor}"


def _section(
    snapshot: Snapshot,
    chapter: ReportChapter,
    seen: set[str],
    leads_to: Callable[[str], str],
    address: ChapterAddress,
    draft: Draft | None,
    *,
    on_one_page: bool,
) -> Section:
    """seen: codes of the indicators that the page shows already."""
    goal = snapshot.goal_of(chapter)
    is_head = chapter is snapshot.chapters[0]
    return Section(
        chapter=chapter,
        goal=goal,
        paragraphs=tuple(
            tuple(SaidLine(s.text, leads_to(s.anchor) if s.anchor else "") for s in sentences)
            for sentences in chapter.draft_paragraphs
        ),
        grades=tuple(_grades(snapshot, address, on_one_page)) if is_head else (),
        rows=tuple(_line(one, snapshot, seen) for one in goal.indicators) if goal else (),
        activities=tuple(_activity(one, snapshot) for one in goal.activities) if goal else (),
        inside=draft.chapter(chapter.key) if draft else None,
        address=address(chapter.key),
    )


def _grades(snapshot: Snapshot, address: ChapterAddress, on_one_page: bool) -> Iterator[GradeLine]:
    period = snapshot.followup.period_code
    for chapter in snapshot.chapters:
        goal = snapshot.goal_of(chapter)
        if goal is None:
            continue
        yield GradeLine(
            goal,
            chapter,
            Place("bedomning", goal.anchor, snapshot.namnd_code, period).anchor,
            own_grade(goal),
            f"#{chapter.key}" if on_one_page else address(chapter.key),
        )


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
