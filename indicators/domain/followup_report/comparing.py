"""Two versions of a report, or a version and today's figures: what differs, goal by goal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indicators.domain.disclosure import Cell
from indicators.domain.figures import (
    Cells,
    Followup,
    GoalResult,
    IndicatorResult,
    Part,
    describe,
)
from indicators.domain.followup_report.snapshot import OwnGrade, ReportChapter, Snapshot
from indicators.domain.statuses import NOT_SAID
from indicators.enums import Category

NOTHING = "–"
WORDS, REASON, FORECAST, EARLIER = "kommentar", "skäl", "prognos", "jämförelse"


@dataclass(frozen=True)
class CellChange:
    """One cell that says something else; what was or is hidden is told as hidden."""

    indicator_code: str
    indicator: str
    namnd: str
    """ "" for the city's own."""
    what: str
    """ "totalt", "kvinnor", "män", or "kommentar", "prognos", "jämförelse", "täckning"."""
    before: str
    now: str
    corrected_on: str = ""
    """The day on which the figure was corrected ("2025-06-03"), when it was."""


@dataclass(frozen=True)
class StatusChange:
    """How far a nämnd has come with an activity, when that is another."""

    activity: str
    namnd: str
    before: str
    now: str


@dataclass(frozen=True)
class ChapterChange:
    """What differs in one chapter."""

    key: str
    heading: str
    is_new: bool = False
    is_gone: bool = False
    cells: tuple[CellChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    judged_before: str = ""
    judged_now: str = ""
    """How the nämnder judge the goal, when that differs."""
    grade_before: str = ""
    grade_now: str = ""
    """The city's own judgement with its reasons, when it differs."""
    text_before: str = ""
    text_now: str = ""
    """People's own words, when they differ."""
    heading_before: str = ""
    """The goal's words, when they differ."""

    @property
    def has_text(self) -> bool:
        return self.text_before != self.text_now

    @property
    def is_nothing(self) -> bool:
        return not (
            self.is_new
            or self.is_gone
            or self.cells
            or self.statuses
            or self.judged_before != self.judged_now
            or self.grade_before != self.grade_now
            or self.has_text
            or self.heading_before
        )


@dataclass(frozen=True)
class Changes:
    """What differs between two reports."""

    coverage_before: str
    coverage_now: str
    newly_approved: tuple[str, ...]
    no_longer_approved: tuple[str, ...]
    chapters: tuple[ChapterChange, ...]
    """Those that differ, in the order of the later report; then those that are gone."""

    @property
    def is_nothing(self) -> bool:
        return not (self.chapters or self.newly_approved or self.no_longer_approved)

    @property
    def cells(self) -> tuple[CellChange, ...]:
        return tuple(cell for chapter in self.chapters for cell in chapter.cells)


def compare(before: Snapshot, now: Snapshot) -> Changes:
    """What `now` says otherwise than `before`. Both are made for others."""
    old = {chapter.key: chapter for chapter in before.chapters}
    seen: set[str] = set()
    chapters = [
        _chapter(before, now, old.get(chapter.key), chapter, seen) for chapter in now.chapters
    ]
    kept = {chapter.key for chapter in now.chapters}
    chapters += [
        ChapterChange(c.key, c.heading, is_gone=True) for c in before.chapters if c.key not in kept
    ]
    then, today = _approved(before.followup), _approved(now.followup)
    return Changes(
        coverage_before=before.followup.coverage_sentence,
        coverage_now=now.followup.coverage_sentence,
        newly_approved=tuple(name for code, name in today.items() if code not in then),
        no_longer_approved=tuple(name for code, name in then.items() if code not in today),
        chapters=tuple(change for change in chapters if not change.is_nothing),
    )


def corrections_since(version: Snapshot, today: Snapshot) -> Changes:
    """What the figures say otherwise today: the texts are the version's own, and not compared."""
    texts = {chapter.key: chapter for chapter in version.chapters}
    kept = tuple(
        ReportChapter(
            chapter.key,
            chapter.kind,
            chapter.heading,
            chapter.draft,
            texts[chapter.key].text,
            texts[chapter.key].grade,
            chapter.analysis,
        )
        if chapter.key in texts
        else chapter
        for chapter in today.chapters
    )
    return compare(
        version,
        Snapshot(
            today.title,
            today.namnd,
            today.namnd_code,
            today.followup,
            kept,
            today.as_of,
            today.notes,
        ),
    )


def _approved(followup: Followup) -> Mapping[str, str]:
    return {s.namnd_code: s.namnd_name for s in followup.approved}


def _chapter(
    before: Snapshot,
    now: Snapshot,
    old: ReportChapter | None,
    new: ReportChapter,
    seen: set[str],
) -> ChapterChange:
    if old is None:
        return ChapterChange(new.key, new.heading, is_new=True)
    was, is_ = before.goal_of(old), now.goal_of(new)
    cells: tuple[CellChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    judged = ("", "")
    if was is not None and is_ is not None:
        cells = tuple(_cells_of(was, is_, seen))
        statuses = tuple(_statuses_of(was, is_))
        if was.grades != is_.grades:
            judged = (was.grades.sentence, is_.grades.sentence)
    return ChapterChange(
        new.key,
        new.heading,
        cells=cells,
        statuses=statuses,
        judged_before=judged[0],
        judged_now=judged[1],
        grade_before=_said(old.grade) if old.grade != new.grade else "",
        grade_now=_said(new.grade) if old.grade != new.grade else "",
        text_before=old.text if old.text != new.text else "",
        text_now=new.text if old.text != new.text else "",
        heading_before=old.heading if old.heading != new.heading else "",
    )


def _said(grade: OwnGrade | None) -> str:
    return f"{grade.label}. {grade.reasons}" if grade else "Inte bedömt"


def _cells_of(was: GoalResult, now: GoalResult, seen: set[str]) -> Iterator[CellChange]:
    """Each indicator once, also when it is under several goals."""
    old = {result.code: result for result in was.indicators}
    new = {result.code: result for result in now.indicators}
    for code, result in new.items():
        if code in seen:
            continue
        seen.add(code)
        if code not in old:
            yield CellChange(code, result.name, "", "indikatorn", "fanns inte", "finns")
        else:
            yield from _cells_in(old[code], result)
    for code, result in old.items():
        if code not in new and code not in seen:
            seen.add(code)
            yield CellChange(code, result.name, "", "indikatorn", "fanns", "finns inte")


def _cells_in(was: IndicatorResult, now: IndicatorResult) -> Iterator[CellChange]:
    for what, before, after, corrected in _of_city(was, now):
        if before != after:
            yield CellChange(now.code, now.name, "", what, before, after, corrected)
    old = {part.namnd_code: part for part in was.parts}
    new = {part.namnd_code: part for part in now.parts}
    for code in [*new, *(code for code in old if code not in new)]:
        name = (new.get(code) or old[code]).namnd_name
        for what, before, after, corrected in _of_part(old.get(code), new.get(code)):
            if before != after:
                yield CellChange(now.code, now.name, name, what, before, after, corrected)


_Pair = tuple[str, str, str, str]


def _of_city(was: IndicatorResult, now: IndicatorResult) -> Iterator[_Pair]:
    yield "namnet", was.name, now.name, ""
    yield "definitionen", was.definition, now.definition, ""
    yield from _figures(was.cells, now.cells)
    yield "täckning", was.coverage.short, now.coverage.short, ""
    yield EARLIER, _earlier(was), _earlier(now), ""
    yield "årsmålet", _target(was), _target(now), ""


def _of_part(was: Part | None, now: Part | None) -> Iterator[_Pair]:
    if was is None or now is None:
        yield "ansvaret", "ingick" if was else "ingick inte", "ingår" if now else "ingår inte", ""
        return
    yield from _figures(was.cells, now.cells)
    yield FORECAST, _shown(was.forecast), _shown(now.forecast), ""
    yield REASON, was.reason or NOTHING, now.reason or NOTHING, ""
    yield WORDS, was.comment or NOTHING, now.comment or NOTHING, ""


def _figures(was: Cells, now: Cells) -> Iterator[_Pair]:
    for category, before, after in zip(Category, was, now, strict=True):
        day = after.corrected_on
        corrected = f"{day:%Y-%m-%d}" if day and day != before.corrected_on else ""
        yield category.label.lower(), _written(before), _written(after), corrected


def _written(cell: Cell) -> str:
    """What stands in the cell, with what a ratio is made of."""
    if not cell.is_value or cell.numerator is None or cell.denominator is None:
        return describe(cell)
    return f"{describe(cell)} ({cell.numerator.normalize():f} av {cell.denominator.normalize():f})"


def _shown(cell: Cell | None) -> str:
    return describe(cell) if cell is not None else NOTHING


def _earlier(result: IndicatorResult) -> str:
    comparison = result.comparison
    if comparison is None:
        return NOTHING
    cell = f" {describe(comparison.cell)}" if comparison.cell is not None else ""
    return f"{comparison.period_code}:{cell} {comparison.change}".strip()


def _target(result: IndicatorResult) -> str:
    target = result.target
    return f"{target.value.normalize():f} {target.verdict}".strip() if target else NOTHING


def _statuses_of(was: GoalResult, now: GoalResult) -> Iterator[StatusChange]:
    old = {
        (activity.code, one.namnd_code): one.label
        for activity in was.activities
        for one in activity.namnder
    }
    new = {
        (activity.code, one.namnd_code): (activity.text, one.namnd_name, one.label)
        for activity in now.activities
        for one in activity.namnder
    }
    for key, (text, name, label) in new.items():
        before = old.get(key, NOT_SAID)
        if before != label:
            yield StatusChange(text, name, before, label)
