"""A programme as a neutral document, which the shared writers turn into Word and PDF.

With the words of the day stands what the nämnder have reported: how far the activities have come,
and the indicators' latest figures. They have passed disclosure control for others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desk.domain.programme_pages import WholeProgramme
from indicators.domain.figures import describe
from indicators.domain.goal_figures import GoalFigure
from indicators.domain.goal_statuses import GoalStatuses
from indicators.domain.statuses import StatusCounts
from indicators.exports.texts import parts_of_ratio, protection_note, target_text
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
from programme.domain import ActivityRow, GoalPage, Responsible, WordingNote
from programme.domain.pages import Correspondence

NO_TEXT = "Målets text finns inte i Samlad."
EXAMPLE_REPORTS = "Exempeldata: nämndernas siffror och lägen är påhittade."
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


def programme_document(whole: WholeProgramme) -> Document:
    """The whole programme in the words of its day, with who answers for what that day."""
    programme, on = whole.page.programme, whole.page.as_of.on
    return Document(
        title=str(programme),
        subtitle=programme.name,
        date=on,
        blocks=tuple(_blocks(whole)),
        subject=programme.name,
        keywords=("program", "mål", "aktiviteter"),
        running_head=str(programme),
    )


def _blocks(whole: WholeProgramme) -> Iterator[Block]:
    page, goals = whole.page, whole.goals
    programme = page.programme
    held = "gällde" if page.as_of.has_ended else "gäller"
    yield paragraph(
        f"Texter och ansvar som de {held} den {format_date_long(page.as_of.on)}. "
        f"Källa: {programme.source}.",
        style="note",
    )
    if any(_has_examples(goal) for goal in goals) or _has_example_indicators(whole):
        yield paragraph(Run(EXAMPLE_NOTE, bold=True))
    if _has_example_reports(whole):
        yield paragraph(Run(EXAMPLE_REPORTS, bold=True))
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
    yield from _overview(whole)
    for goal in goals:
        yield from _goal(goal, whole)
    if page.correspondences:
        yield heading(1, "Motsvarande mål i andra program")
        for correspondence in page.correspondences:
            yield from _correspondence(correspondence)
    if whole.statuses.period or any(whole.figures.values()):
        yield heading(1, "Om uppgifterna")
        yield bullets(*_method(whole))


def _overview(whole: WholeProgramme) -> Iterator[Block]:
    """How far the activities of all goals have come, goal by goal."""
    statuses = whole.statuses
    if statuses.period is None:
        return
    yield heading(1, "Så långt har aktiviteterna kommit")
    counted = [(goal, statuses.of(goal.goal.pk)) for goal in whole.goals]
    yield table(
        ("Mål", "Åtaganden", "Ej påbörjade", "Påbörjade", "Genomförda", "Avviker", "Saknas"),
        [
            [goal.name.label, str(counts.asked), *(str(number) for _, _, number in counts.counts)]
            for goal, counts in counted
            if counts.asked
        ],
        align="lrrrrrr",
        widths=(20, 14, 15, 13, 14, 12, 12),
        caption=f"Åtaganden efter läge, {_in_text(statuses.period.label)}",
        row_headers=True,
        note="Ett åtagande är en aktivitet som en nämnd ansvarar för. "
        "Saknas: nämnden har inte sagt något i en godkänd rapport.",
    )


def _goal(goal: GoalPage, whole: WholeProgramme) -> Iterator[Block]:
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
        if whole.statuses.period:
            counts = whole.statuses.of(goal.goal.pk)
            yield paragraph(f"{whole.statuses.period.label}: {counts.of_goal_sentence}")
        yield _activities(goal, activities, whole.statuses)
        reworded = [row for row in activities if row.history]
        if reworded:
            yield heading(level + 2, "Aktiviteter vars text har ändrats")
        for row in reworded:
            yield paragraph(Run(row.text, bold=True))
            yield from _history(row.history)
    figures = whole.figures.get(goal.goal.pk, ())
    if figures:
        yield heading(level + 1, "Indikatorer")
        yield _figures(goal, figures)


def _activities(goal: GoalPage, activities: Sequence[ActivityRow], statuses: GoalStatuses) -> Table:
    header = ["Aktivitet", "Ansvarar", "Gäller särskilt, källa"]
    widths = [48, 26, 26]
    if statuses.period:
        header.insert(2, "Läge")
        widths = [35, 23, 17, 25]
    rows = []
    for row in activities:
        source = f"Källa: {row.source}" if row.source else "(exempel)"
        cells = [
            f"{row.text}{' (ändrad lydelse)' if row.history else ''}",
            "\n".join(_who(one) for one in row.responsible) or "inte angivet",
            "\n".join((*row.violence_types, *row.perspectives, source)),
        ]
        if statuses.period:
            cells.insert(2, _status(statuses.counts(row.code)))
        rows.append(cells)
    return table(
        header,
        rows,
        widths=widths,
        caption=f"{goal.name.label}: aktiviteter, vem som ansvarar och hur långt de har kommit"
        if statuses.period
        else f"{goal.name.label}: aktiviteter och vem som ansvarar",
        row_headers=True,
    )


def _status(counts: StatusCounts | None) -> str:
    """ "9 påbörjad\n2 genomförd": how many of those who answer for it say what."""
    if counts is None:
        return "–"
    return "\n".join(f"{words}: {number}" for _, words, number in counts.counts if number)


def _figures(goal: GoalPage, figures: Sequence[GoalFigure]) -> Table:
    return table(
        ("Indikator", "Utfall", "Period", "Utveckling", "Årsmål", "Har uppgift"),
        [_figure(figure) for figure in figures],
        align="lrllrl",
        widths=(33, 15, 13, 18, 12, 9),
        caption=f"{goal.name.label}: hela staden, senaste avslutade period med godkända uppgifter",
        row_headers=True,
    )


def _figure(figure: GoalFigure) -> list[str]:
    name = f"{figure.name} ({figure.unit})" if figure.unit else figure.name
    name += _mark(figure.is_example)
    result = figure.result
    if result is None:
        why = "har ingen datakälla än" if figure.awaits_source else "uppgift saknas"
        return [name, why, "–", "–", "–", "–"]
    parts = parts_of_ratio(result.cells.total)
    outcome = describe(result.cells.total)
    period = figure.period_code + (f"\nhittills {figure.under_way}" if figure.under_way else "")
    change = "inget att jämföra med"
    if result.comparison:
        said = result.comparison.change or "kan inte visas"
        change = f"{said}\nsedan {result.comparison.period_code}"
    return [
        name,
        f"{outcome}\n({parts})" if parts else outcome,
        period,
        change,
        target_text(result),
        result.coverage.short,
    ]


def _method(whole: WholeProgramme) -> Iterator[str]:
    yield "Bara godkända rapporter räknas."
    if any(whole.figures.values()):
        yield (
            "”Uppgift saknas” är inte noll: ingen nämnd har lämnat någon uppgift i en godkänd "
            "rapport."
        )
        yield protection_note()


def _in_text(label: str) -> str:
    """ "tertialrapport 2 2025", as inside a sentence."""
    return label[:1].lower() + label[1:]


def _who(one: Responsible) -> str:
    name = f"{one.label} (upphörde {one.ceased_on})" if one.ceased_on else one.label
    return f"{name} (medverkar)" if one.takes_part else name


def _history(history: Sequence[WordingNote]) -> Iterator[Paragraph | ListBlock]:
    if not history:
        return
    now, *before = history
    since = format_date_long(now.first)  # type: ignore[arg-type]  # the latest has a first day
    if now.reason:
        yield paragraph(f"Texten rättades {since}: {now.reason.rstrip('. ')}.")
    else:
        yield paragraph(f"Texten ändrades {since} genom {now.decision}.")
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


def _has_example_indicators(whole: WholeProgramme) -> bool:
    return any(figure.is_example for figures in whole.figures.values() for figure in figures)


def _has_example_reports(whole: WholeProgramme) -> bool:
    return whole.statuses.is_example(*(goal.goal.pk for goal in whole.goals)) or any(
        figure.result and figure.result.is_example
        for figures in whole.figures.values()
        for figure in figures
    )


def _mark(is_example: bool) -> str:
    return " (exempel)" if is_example else ""
