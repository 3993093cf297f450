"""The follow-up as a neutral document, which the shared writers turn into PDF.

A file leaves the house: it is always made for others, whoever asks for it.
"""

from collections.abc import Iterator

from indicators.domain.disclosure import Audience
from indicators.domain.figures import Followup, GoalResult, IndicatorResult, describe
from indicators.domain.numbers import format_number
from indicators.exports.charts import WIDE, trend_chart, trend_text
from indicators.exports.data_appendix import data_appendix
from indicators.exports.texts import (
    EXAMPLE_NOTE,
    as_of,
    comparison_text,
    deviation_text,
    method_notes,
    parts_of_ratio,
    period_in_text,
    target_text,
)
from papers.documents.model import (
    Block,
    Document,
    Figure,
    PageBreak,
    Run,
    Table,
    bullets,
    heading,
    paragraph,
    table,
)

GRADE_HEADER = ("Mål", "Helt", "Delvis", "Ej", "Ej uppföljd", "Saknas")
INDICATOR_HEADER = (
    "Indikator",
    "Utfall",
    "Kvinnor",
    "Män",
    "Jämförelse",
    "Årsmål",
    "Täckning",
)
ACTIVITY_HEADER = (
    "Aktivitet",
    "Ansvariga",
    "Ej påbörjad",
    "Påbörjad",
    "Genomförd",
    "Avviker",
    "Saknas",
)
CORRECTED = " (rättad)"
ACTIVITY_WIDTHS = (40, 11, 10, 11, 12, 9, 9)
INDICATOR_WIDTHS = (29, 12, 12, 12, 20, 14, 13)


class NotForOthers(ValueError):
    """A file was asked for with figures that others may not see."""


def require_others(followup: Followup) -> None:
    """Raises NotForOthers unless the follow-up was consolidated for others."""
    if followup.audience is not Audience.OTHERS:
        raise NotForOthers("A file is always made for others: consolidate for Audience.OTHERS.")


def followup_document(followup: Followup) -> Document:
    """The whole follow-up. Raises NotForOthers when it was made for another audience.

    Dated by its contents (the latest approval, else the period's last day), so the same figures
    always give the same bytes.
    """
    require_others(followup)
    programmes = sorted({goal.programme for goal in followup.goals})
    return Document(
        title=f"Samlad uppföljning, {period_in_text(followup)}",
        subtitle="; ".join(programmes),
        date=followup.approved_until or followup.ends_on,
        blocks=tuple(_blocks(followup)),
        subject=f"Uppföljning av {period_in_text(followup)}",
        keywords=("uppföljning", followup.period_code),
        running_head=f"Samlad uppföljning {followup.period_code}",
    )


def _blocks(followup: Followup) -> Iterator[Block]:
    if followup.is_example:
        yield paragraph(Run(EXAMPLE_NOTE, bold=True))
    yield paragraph(followup.coverage_sentence, style="lead")
    if as_of(followup):
        yield paragraph(as_of(followup))
    yield from _who_is_missing(followup)
    yield from _decided(followup)
    if followup.goals:
        yield heading(1, "Så bedömer nämnderna målen")
        yield _grades(followup)
    told: dict[str, str] = {}
    for goal in followup.goals:
        yield from _goal(goal, followup, told)
    yield from data_appendix(followup)
    yield PageBreak()
    yield heading(1, "Om uppgifterna")
    yield bullets(*method_notes(followup))


def _who_is_missing(followup: Followup) -> Iterator[Block]:
    groups = (
        ("Försenade", followup.late),
        ("Inlämnade, väntar på nämndens godkännande", followup.submitted),
        ("Inte inlämnade än", followup.awaited),
    )
    items = [
        f"{title}: {', '.join(status.namnd_name for status in statuses)}."
        for title, statuses in groups
        if statuses
    ]
    if items:
        yield paragraph("Rapporter som inte räknas med:")
        yield bullets(*items)


def _decided(followup: Followup) -> Iterator[Block]:
    if followup.decided:
        yield paragraph("Rapporter som nämnden har beslutat om:")
        yield bullets(
            *(f"{s.namnd_name}, beslutad av nämnden {s.decided}." for s in followup.decided)
        )


def _grades(followup: Followup) -> Table:
    return table(
        GRADE_HEADER,
        [
            [
                f"{goal.heading}{CORRECTED if goal.corrected_grades else ''}",
                *(str(count) for _, _, count in goal.grades.counts),
            ]
            for goal in followup.goals
        ],
        align="lrrrrr",
        widths=(45, 9, 10, 7, 17, 12),
        caption=f"Antal nämnder efter bedömning, {followup.period_code}",
        row_headers=True,
        note="Nämnder som inte berörs av ett mål ingår inte.",
    )


def _goal(goal: GoalResult, followup: Followup, told: dict[str, str]) -> Iterator[Block]:
    """One goal's chapter. `told`: indicators already told of in full, with the goal's number."""
    yield PageBreak()
    yield heading(1, goal.heading)
    yield paragraph(goal.grades.sentence, style="lead")
    if goal.corrected_grades:
        yield heading(2, "Rättade bedömningar")
        yield bullets(*(one.text for one in goal.corrected_grades))
    if goal.indicators:
        yield from _figures(goal, followup, told)
    else:
        yield paragraph("Inga indikatorer följs upp för målet den här perioden.")
    if goal.unasked:
        yield heading(2, "Frågas inte efter")
        yield bullets(*(one.sentence for one in goal.unasked))
    yield from activity_blocks(goal, followup)


def _figures(goal: GoalResult, followup: Followup, told: dict[str, str]) -> Iterator[Block]:
    """The goal's indicators: the table, who is missing, and how each has developed."""
    yield indicator_table(goal, followup)
    corrected = [
        f"{result.name}. {one.text}" for result in goal.indicators for one in result.corrections
    ]
    if corrected:
        yield heading(2, "Rättade siffror")
        yield bullets(*corrected)
    new = [result for result in goal.indicators if result.code not in told]
    for result in goal.indicators:
        if result.code in told:
            yield paragraph(
                f"{result.name}: utveckling och vilka som saknas står under mål "
                f"{told[result.code]}.",
                style="note",
            )
    told.update({result.code: goal.code for result in new})
    missing = [item for item in map(_missing, new) if item]
    if missing:
        yield heading(2, "Uppgift saknas från")
        yield bullets(*missing)
    for result in new:
        if notes := list(_notes(result)):
            yield heading(2, f"Nämndernas ord: {result.name_and_unit}")
            yield bullets(*notes)
    for result in new:
        svg = trend_chart(result, size=WIDE)
        if svg:
            yield heading(2, f"Utveckling: {result.name_and_unit}")
            yield Figure(svg, alt=trend_text(result))


def activity_blocks(goal: GoalResult, followup: Followup) -> Iterator[Block]:
    """How far the goal's activities have come, and each that deviates with the nämnd's words."""
    if not goal.activities:
        return
    yield heading(2, "Aktiviteter")
    yield paragraph(goal.statuses.of_goal_sentence)
    rows = [
        [
            f"{activity.text}{' (exempel)' if activity.register_is_example else ''}"
            f"{CORRECTED if activity.corrections else ''}",
            str(activity.counts.asked),
            *(str(count) for _, _, count in activity.counts.counts),
        ]
        for activity in goal.activities
    ]
    if len(rows) > 1:
        together = goal.statuses
        rows.append(["Tillsammans", str(together.asked), *(str(n) for _, _, n in together.counts)])
    yield table(
        ACTIVITY_HEADER,
        rows,
        align="lrrrrrr",
        widths=ACTIVITY_WIDTHS,
        caption=f"Aktiviteter för {goal.label.lower()}, {followup.period_code}",
        row_headers=True,
        note="Antal ansvariga nämnder efter hur långt de har kommit.",
    )
    if goal.corrected_states:
        yield heading(2, "Rättade lägen")
        yield bullets(*(f"{one.about} {one.text}" for one in goal.corrected_states))
    if goal.deviating:
        yield heading(2, "Avviker från planen")
    for activity in goal.deviating:
        yield paragraph(Run(activity.text, bold=True))
        yield bullets(*(deviation_text(one) for one in activity.deviations))


def indicator_table(goal: GoalResult, followup: Followup) -> Table:
    return table(
        INDICATOR_HEADER,
        [_row(result) for result in goal.indicators],
        align="lrrrrrr",
        widths=INDICATOR_WIDTHS,
        caption=f"Indikatorer för mål {goal.code}, {followup.period_code}",
        row_headers=True,
        note=" ".join(_sources(goal)),
    )


def _row(result: IndicatorResult) -> list[str]:
    example = " (exempel)" if result.register_is_example else ""
    figures = []
    for cell in result.cells:
        parts = parts_of_ratio(cell)
        mark = "\nrättad" if cell.corrected_on else ""
        figures.append(f"{describe(cell)}\n({parts}){mark}" if parts else describe(cell) + mark)
    if not result.split_by_sex:
        figures[1:] = ["–", "–"]
    by_sex = f"\n{result.coverage_by_sex}" if result.coverage_by_sex else ""
    return [
        f"{result.name_and_unit}{example}",
        *figures,
        comparison_text(result).replace(" procentenheter", "\nprocentenheter"),
        target_text(result),
        f"{result.coverage.short}{by_sex}",
    ]


def _sources(goal: GoalResult) -> Iterator[str]:
    for result in goal.indicators:
        if result.whole_label:
            yield f"{result.name}: {result.whole_label}."
        for reference in result.references[-1:]:
            about = "cirka " if reference.approximate else ""
            yield (
                f"Att läsa bredvid: {reference.region} {reference.year}, "
                f"{about}{format_number(reference.value)} {result.unit} ({reference.source})."
            )
    if any(not result.split_by_sex for result in goal.indicators):
        yield "– i kolumnerna för kvinnor och män: uppgiften delas inte på kön."


def _missing(result: IndicatorResult) -> str:
    if not result.coverage.missing:
        return ""
    return f"{result.name}: {', '.join(result.coverage.missing)}."


def _notes(result: IndicatorResult) -> Iterator[str]:
    """What each nämnd says of its figure: the forecast, and the comment that explains it."""
    for part in result.parts:
        forecast = (
            f"prognos för helåret {describe(part.forecast)}." if part.forecast is not None else ""
        )
        words = " ".join(part.comment.split())
        if forecast or words:
            name = part.namnd_name[:1].upper() + part.namnd_name[1:]
            mark = " (exempeldata)" if part.is_example else ""
            yield f"{name}: {' '.join(filter(None, (forecast, words)))}{mark}"
