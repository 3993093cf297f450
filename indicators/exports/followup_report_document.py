"""A fixed version of the follow-up as a document. It is made of what the version holds alone."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils import timezone

from indicators.domain.figures import GoalResult
from indicators.domain.followup_report.drafting import own_grade
from indicators.domain.followup_report.snapshot import ReportChapter, Snapshot
from indicators.exports.charts import WIDE, trend_chart, trend_text
from indicators.exports.data_appendix import data_appendix
from indicators.exports.followup_document import (
    activity_blocks,
    indicator_table,
    require_others,
)
from indicators.exports.texts import EXAMPLE_NOTE
from indicators.models import FollowupVersion
from papers.documents.model import (
    Block,
    Document,
    Figure,
    PageBreak,
    Run,
    Table,
    bullets,
    format_date_long,
    heading,
    paragraph,
    runs,
    table,
)
from papers.documents.pdf import write_pdf
from papers.documents.word import write_docx

GRADES = ("Mål", "Staden", "Helt", "Delvis", "Ej", "Ej uppföljd", "Saknas")
NOT_GRADED = "Inte bedömt"


def report_pdf(snapshot: Snapshot, version: FollowupVersion) -> bytes:
    """The version as PDF/UA-1 and PDF/A: the same version, the same bytes."""
    return write_pdf(report_document(snapshot, version))


def report_docx(snapshot: Snapshot, version: FollowupVersion) -> bytes:
    """The version as Word, with text and tables to write on from: the same version, the same
    bytes."""
    return write_docx(report_document(snapshot, version))


def report_file_name(version: FollowupVersion, file_format: str) -> str:
    """ "uppfoljningsrapport-2025-T1-version-2.pdf"."""
    report = version.report
    whose = "uppfoljningsrapport" if report.is_citys else f"tertialrapport-{report.namnd.code}"
    return f"{whose}-{report.period.code}-version-{version.number}.{file_format}"


def report_document(snapshot: Snapshot, version: FollowupVersion) -> Document:
    """The version as a neutral document, dated by the day that it was fixed."""
    followup = snapshot.followup
    require_others(followup)
    fixed_on = timezone.localdate(version.fixed_at)
    return Document(
        title=snapshot.title,
        subtitle=f"Version {version.number}, fastställd {format_date_long(fixed_on)}",
        date=fixed_on,
        blocks=tuple(_blocks(snapshot, version)),
        subject="; ".join(sorted({goal.programme for goal in followup.goals})),
        keywords=("uppföljning", followup.period_code, f"version {version.number}"),
        running_head=f"{snapshot.title}, version {version.number}",
    )


def _blocks(snapshot: Snapshot, version: FollowupVersion) -> Iterator[Block]:
    followup = snapshot.followup
    if followup.is_example:
        yield paragraph(Run(EXAMPLE_NOTE, bold=True))
    if snapshot.as_of:
        yield paragraph(snapshot.as_of)
    told: dict[str, str] = {}
    for chapter in snapshot.chapters:
        goal = snapshot.goal_of(chapter)
        if chapter is not snapshot.chapters[0]:
            yield PageBreak()
        yield heading(1, chapter.heading)
        yield from _words(chapter)
        if goal is not None:
            yield from _figures(goal, snapshot, told)
        elif chapter is snapshot.chapters[0] and followup.goals:
            yield _grades(snapshot)
    yield from data_appendix(followup, namnd=snapshot.namnd_code)
    yield PageBreak()
    yield heading(1, "Om uppgifterna")
    yield bullets(*snapshot.notes)
    yield paragraph(
        f"Version {version.number}. Kontrollsumma för innehållet (SHA-256): {version.sha256}.",
        style="note",
    )


def _words(chapter: ReportChapter) -> Iterator[Block]:
    """The city's judgement, what Samlad has written, and people's own words."""
    if chapter.grade is not None:
        yield paragraph(
            Run(f"Stadens bedömning: {chapter.grade.label.lower()}. ", bold=True),
            chapter.grade.reasons,
        )
    for sentences in chapter.draft_paragraphs:
        yield paragraph(" ".join(sentence.text for sentence in sentences))
    for text in chapter.paragraphs:
        yield paragraph(text)
    if chapter.analysis:
        yield heading(2, "Nämndens analys")
        for text in chapter.analysis.split("\n"):
            if text.strip():
                yield paragraph(text.strip())


def _figures(goal: GoalResult, snapshot: Snapshot, told: dict[str, str]) -> Iterator[Block]:
    """The goal's tables, and the charts of the indicators that no earlier goal has shown."""
    followup, is_namnds = snapshot.followup, bool(snapshot.namnd_code)
    if goal.indicators:
        whole = indicator_table(goal, followup)
        yield _of_one_namnd(whole) if is_namnds else whole
    corrected = [f"{r.name}. {one.text}" for r in goal.indicators for one in r.corrections]
    corrected += [f"{goal.label}. {one.text}" for one in goal.corrected_grades]
    corrected += [f"{one.about} {one.text}" for one in goal.corrected_states]
    if corrected:
        yield heading(2, "Rättade uppgifter")
        yield bullets(*corrected)
    for result in goal.indicators:
        if result.code in told:
            continue
        told[result.code] = goal.code
        if svg := trend_chart(result, size=WIDE):
            yield heading(2, f"Utveckling: {result.name_and_unit}")
            yield Figure(svg, alt=trend_text(result))
    if is_namnds and goal.activities:
        yield _own_activities(goal)
    elif goal.activities:
        # What deviates stands among the sentences above.
        yield from (block for block in activity_blocks(goal, followup) if isinstance(block, Table))


def _of_one_namnd(whole: Table) -> Table:
    """The table without its last column: coverage is of many nämnder."""
    *header, aim = whole.header[0][:-1]
    return replace(
        whole,
        columns=whole.columns[:-1],
        header=((*header, replace(aim, runs=runs("Nämndens årsmål"))), *whole.header[1:]),
        rows=tuple(row[:-1] for row in whole.rows),
    )


def _own_activities(goal: GoalResult) -> Table:
    """How far the one nämnd has come with each activity."""
    rows = []
    for activity in goal.activities:
        for one in activity.namnder:
            words = " ".join(one.status.comment.split()) if one.status else ""
            if one.status and one.status.new_date:
                words = f"{words} Nytt datum {one.status.new_date:%Y-%m-%d}.".strip()
            mark = " (exempel)" if activity.register_is_example else ""
            rows.append((f"{activity.text}{mark}", one.label, words or "–"))
    return table(
        ("Aktivitet", "Läge", "Nämndens ord"),
        rows,
        widths=(45, 15, 40),
        caption=f"Aktiviteter för {goal.label.lower()}",
        row_headers=True,
    )


def _grades(snapshot: Snapshot) -> Table:
    followup = snapshot.followup
    chapters = {chapter.key: chapter for chapter in snapshot.chapters}
    if snapshot.namnd_code:
        return table(
            ("Mål", "Bedömning"),
            [[goal.heading, own_grade(goal)] for goal in followup.goals],
            widths=(75, 25),
            caption=f"Nämndens bedömning av målen, {followup.period_code}",
            row_headers=True,
        )
    rows = []
    for goal in followup.goals:
        grade = chapters[goal.anchor].grade
        rows.append(
            [
                goal.heading,
                grade.label if grade else NOT_GRADED,
                *(str(count) for _, _, count in goal.grades.counts),
            ]
        )
    return table(
        GRADES,
        rows,
        align="llrrrrr",
        widths=(40, 16, 8, 9, 6, 13, 10),
        caption=f"Stadens bedömning, och antal nämnder efter bedömning, {followup.period_code}",
        row_headers=True,
        note="Nämnder som inte berörs av ett mål ingår inte.",
    )
