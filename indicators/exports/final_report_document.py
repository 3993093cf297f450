"""A programme's final report as a neutral document, for Word and PDF."""

from collections.abc import Iterator

from indicators.domain.figures import describe
from indicators.domain.final_report import FinalActivity, FinalGoal, FinalIndicator, FinalReport
from indicators.exports.charts import WIDE, trend_chart, trend_text
from indicators.exports.texts import EXAMPLE_NOTE, method_notes, parts_of_ratio
from papers.documents.model import (
    Block,
    Document,
    Figure,
    Run,
    Table,
    bullets,
    heading,
    paragraph,
    table,
)

GRADES = ("Uppfylls helt", "Uppfylls delvis", "Uppfylls ej", "Ej uppföljd", "Bedömning saknas")
BREAK_NOTE = "*: definitionen ändrades så att siffran inte kan jämföras med den före."
NO_REPORTS = "Ingen rapport om programmet är godkänd än."


def final_report_document(report: FinalReport) -> Document:
    """The whole report. Dated by its contents, so that the same figures give the same bytes."""
    programme = report.programme
    return Document(
        title=f"Slutrapport, {programme}",
        subtitle=programme.name,
        date=report.day,
        blocks=tuple(_blocks(report)),
        subject=f"Slutrapport för {programme}",
        keywords=("slutrapport", "uppföljning", str(programme)),
        running_head=f"Slutrapport, {programme}",
    )


def what_it_covers(report: FinalReport) -> tuple[str, ...]:
    """Which years it tells of, by which reports, and what is not there; for page and file."""
    if not report.years:
        return (NO_REPORTS,)
    lines = [
        f"{one.year}: {one.period_label.lower()}. {one.coverage_sentence}" for one in report.years
    ]
    if report.missing_years:
        years = ", ".join(str(year) for year in report.missing_years)
        lines.append(f"Inga godkända rapporter finns för {years}.")
    return tuple(lines)


def year_text(indicator: FinalIndicator, at: int, category: str = "total") -> str:
    """What stands for one year: the figure, its parts, and a mark where the series begins anew."""
    figure = indicator.years[at]
    if figure is None:
        return "–"
    cell = getattr(figure.cells, category)
    parts = parts_of_ratio(cell)
    mark = "*" if figure.begins_anew else ""
    return f"{describe(cell)}{mark}" + (f"\n({parts})" if parts else "")


def _blocks(report: FinalReport) -> Iterator[Block]:
    if report.is_example:
        yield paragraph(Run(EXAMPLE_NOTE, bold=True))
    yield paragraph("Rapporten bygger på det här:")
    yield bullets(*what_it_covers(report))
    if not report.years:
        return
    yield heading(1, "Så har nämnderna bedömt målen")
    yield _overview(report)
    for goal in report.goals:
        yield from _goal(goal, report)
    if report.followup is not None:
        yield heading(1, "Om uppgifterna")
        yield bullets(*method_notes(report.followup))


def _overview(report: FinalReport) -> Table:
    """Of how many of those that judged, how many judged "helt": goal by year."""
    years = [str(one.year) for one in report.years]
    rows = []
    for goal in report.goals:
        grades = [one.grades for one in goal.by_year]
        cells = [f"{g.helt} av {g.judged}" if g and g.judged else "–" for g in grades]
        rows.append([goal.heading, *cells])
    width = 55 / max(1, len(years))
    return table(
        ("Mål", *years),
        rows,
        align="l" + "r" * len(years),
        widths=(45, *(width for _ in years)),
        caption="Nämnder som bedömer att målet uppfylls helt, av dem som har bedömt det",
        row_headers=True,
    )


def _goal(goal: FinalGoal, report: FinalReport) -> Iterator[Block]:
    yield heading(1, goal.heading)
    latest = goal.latest
    if latest is not None:
        yield paragraph(latest.sentence, style="lead")
    yield _grades(goal)
    if goal.indicators:
        yield heading(2, "Indikatorer")
        yield _indicators(goal, report)
    for indicator in goal.indicators:
        if svg := trend_chart(indicator.result, size=WIDE):
            yield heading(3, f"Utveckling: {indicator.result.name_and_unit}")
            yield Figure(svg, alt=trend_text(indicator.result))
    if goal.activities:
        yield heading(2, "Aktiviteter: vad som gjordes och av vem")
    for activity in goal.activities:
        yield from _activity(activity)


def _grades(goal: FinalGoal) -> Table:
    rows = []
    for one in goal.by_year:
        counts = [str(n) for _, _, n in one.grades.counts] if one.grades else ["–"] * len(GRADES)
        rows.append([one.year.period_code, *counts])
    return table(
        ("Period", *GRADES),
        rows,
        align="lrrrrr",
        caption=f"{goal.heading.partition('.')[0]}: antal nämnder efter bedömning",
        row_headers=True,
    )


def _indicators(goal: FinalGoal, report: FinalReport) -> Table:
    years = [str(one.year) for one in report.years]
    rows = []
    for indicator in goal.indicators:
        result = indicator.result
        mark = " (exempel)" if result.register_is_example else ""
        places = range(len(years))
        rows.append([f"{result.name_and_unit}{mark}", *(year_text(indicator, at) for at in places)])
        if result.split_by_sex:
            for words, category in (("kvinnor", "kvinnor"), ("män", "man")):
                cells = [year_text(indicator, at, category) for at in places]
                rows.append([f"– {words}", *cells])
    anew = any(y and y.begins_anew for i in goal.indicators for y in i.years)
    width = 62 / max(1, len(years))
    return table(
        ("Indikator", *years),
        rows,
        align="l" + "r" * len(years),
        widths=(38, *(width for _ in years)),
        caption=f"{goal.heading.partition('.')[0]}: hela staden, år för år",
        row_headers=True,
        note=BREAK_NOTE if anew else "",
    )


def _activity(activity: FinalActivity) -> Iterator[Block]:
    mark = " (exempel)" if activity.is_example else ""
    yield heading(3, f"{activity.text}{mark}")
    yield paragraph(f"{activity.period_code}: {activity.counts.of_activity_sentence}")
    yield bullets(*(f"{one.label}: {', '.join(one.namnder)}." for one in activity.doers))
    if activity.deviations:
        yield paragraph("Vad som avviker, med nämndernas ord:")
        yield bullets(*activity.deviations)
