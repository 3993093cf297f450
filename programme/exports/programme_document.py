"""A programme as a neutral document, which the shared writers turn into Word and PDF."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from papers.documents.model import (
    Block,
    Document,
    ListBlock,
    Paragraph,
    Run,
    Table,
    bullets,
    format_date_long,
    heading,
    paragraph,
    table,
)
from papers.documents.pdf import write_pdf
from papers.documents.word import write_docx
from programme.domain import ActivityRow, GoalPage, ProgrammePage, Responsible, WordingNote
from programme.domain.pages import Correspondence

NO_TEXT = "Målets text finns inte i Samlad."
EXAMPLE_NOTE = "Det som är märkt (exempel) är Samlads egna exempel och inte programmets ord."


@dataclass(frozen=True)
class FileFormat:
    """How a document becomes a file of one format."""

    content_type: str
    write: Callable[[Document], bytes]


FORMATS = {
    "docx": FileFormat(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx
    ),
    "pdf": FileFormat("application/pdf", write_pdf),
}


def programme_document(page: ProgrammePage, goals: Sequence[GoalPage], *, on: dt.date) -> Document:
    """The whole programme in the words of the day `on`, with who answers for what that day.

    goals: the pages of all its goals and delmål, each goal before its delmål.
    """
    programme = page.programme
    return Document(
        title=str(programme),
        subtitle=programme.name,
        date=on,
        blocks=tuple(_blocks(page, goals, on)),
        subject=programme.name,
        keywords=("program", "mål", "aktiviteter"),
        running_head=str(programme),
    )


def _blocks(page: ProgrammePage, goals: Sequence[GoalPage], on: dt.date) -> Iterator[Block]:
    programme = page.programme
    yield paragraph(
        f"Texter och ansvar som de gäller {format_date_long(on)}. Källa: {programme.source}.",
        style="note",
    )
    if any(_has_examples(goal) for goal in goals):
        yield paragraph(Run(EXAMPLE_NOTE, bold=True))
    if programme.note:
        yield paragraph(programme.note)
    if programme.vision:
        yield heading(1, "Vision")
        yield paragraph(programme.vision, style="quote")
    if page.violence_types:
        yield heading(1, "Våldstyper som programmet gäller")
        yield bullets(*page.violence_types)
    if page.perspectives:
        yield heading(1, "Perspektiv")
        yield bullets(*page.perspectives)
    for goal in goals:
        yield from _goal(goal)
    if page.correspondences:
        yield heading(1, "Motsvarande mål i andra program")
        for correspondence in page.correspondences:
            yield from _correspondence(correspondence)


def _goal(goal: GoalPage) -> Iterator[Block]:
    level = 2 if goal.parent else 1
    mark = _mark(goal.name.is_example)
    yield heading(level, f"{goal.name.heading}{mark}")
    if not goal.text:
        yield paragraph(NO_TEXT)
    if goal.goal.source and goal.source != goal.programme.source:
        yield paragraph(f"Källa: {goal.source}.", style="note")
    yield from _history(goal.history)
    tags = [*goal.violence_types, *goal.perspectives]
    if tags:
        yield paragraph(f"Gäller särskilt: {', '.join(tags)}.")
    holding = [row for row in goal.preconditions if row.holds]
    if holding:
        yield heading(level + 1, "Förutsättningar: vad som behöver vara på plats")
        yield bullets(*(f"{row.text}{_mark(row.is_example)}" for row in holding))
    activities = [row for row in goal.activities if row.holds]
    if activities:
        yield heading(level + 1, "Aktiviteter")
        yield _activities(goal, activities)


def _activities(goal: GoalPage, activities: Sequence[ActivityRow]) -> Table:
    return table(
        ("Aktivitet", "Ansvarar", "Källa"),
        [
            [
                row.text,
                "\n".join(_who(one) for one in row.responsible) or "inte angivet",
                row.source or "(exempel)",
            ]
            for row in activities
        ],
        widths=(46, 29, 25),
        caption=f"{goal.name.label}: aktiviteter och vem som ansvarar",
        row_headers=True,
    )


def _who(one: Responsible) -> str:
    return f"{one.label} (upphörde {one.ceased_on})" if one.ceased_on else one.label


def _history(history: Sequence[WordingNote]) -> Iterator[Paragraph | ListBlock]:
    if not history:
        return
    now, *before = history
    yield paragraph(
        f"Texten ändrades {format_date_long(now.first)} genom {now.decision}."  # type: ignore[arg-type]  # the latest has a first day
    )
    yield bullets(
        *(
            f"Till och med {format_date_long(note.last)}: {note.text or NO_TEXT}"
            for note in before
            if note.last is not None
        )
    )


def _correspondence(correspondence: Correspondence) -> Iterator[Block]:
    other = correspondence.programme
    yield table(
        ("Mål här", "Motsvarar"),
        [
            [
                mine.heading,
                "\n".join(goal.heading for goal in theirs) or "ingen motsvarighet",
            ]
            for mine, theirs in correspondence.rows
        ],
        widths=(55, 45),
        caption=str(other),
        row_headers=True,
        note="; ".join(
            f"{goal.label} i {other} har ingen motsvarighet här" for goal in correspondence.alone
        ),
    )


def _has_examples(goal: GoalPage) -> bool:
    return (
        goal.name.is_example
        or any(row.is_example for row in goal.activities)
        or any(row.is_example for row in goal.preconditions)
    )


def _mark(is_example: bool) -> str:
    return " (exempel)" if is_example else ""
