"""The figures behind the chapters, indicator by indicator: every period, and every nämnd."""

from collections.abc import Iterator

from indicators.domain.figures import Cells, Followup, IndicatorResult, describe
from indicators.exports.texts import parts_of_ratio
from papers.documents.model import Block, PageBreak, Table, heading, paragraph, table

HEADING = "Siffrorna, indikator för indikator"
INTRODUCTION = (
    "Här står varje indikator en gång: först i alla perioder hittills, sedan nämnd för nämnd i den "
    "här perioden."
)
OF_ONE_NAMND = "Här står varje indikator en gång, i alla perioder hittills."
EXAMPLE = " (exempeldata)"
ALL_EXAMPLE = "Exempeldata: siffrorna i tabellen är påhittade."


def data_appendix(followup: Followup, *, namnd: str = "") -> Iterator[Block]:
    """Tables of every indicator, each once. namnd: whose tertialrapport it is; "" for the city.

    followup: made for others.
    """
    results = {result.code: result for goal in followup.goals for result in goal.indicators}
    told = [list(_tables(result, followup, namnd)) for result in results.values()]
    if not any(told):
        return
    yield PageBreak()
    yield heading(1, HEADING)
    yield paragraph(OF_ONE_NAMND if namnd else INTRODUCTION)
    for result, tables in zip(results.values(), told, strict=True):
        if tables:
            yield heading(2, result.name_and_unit)
            yield from tables


def _tables(result: IndicatorResult, followup: Followup, namnd: str) -> Iterator[Table]:
    if result.adds_up and len(result.series) > 1:
        yield _in_each_period(result, namnd)
    if result.parts and not namnd:
        yield _in_each_namnd(result, followup)


def _in_each_period(result: IndicatorResult, namnd: str) -> Table:
    every = all(point.is_example for point in result.series)
    rows = [
        (
            f"{point.period_code}{EXAMPLE if point.is_example and not every else ''}",
            *_cells(point.cells, result),
            *(() if namnd else (point.coverage.short,)),
        )
        for point in result.series
    ]
    caption = f"{result.name}, i varje period"
    return _table("Period", rows, result, caption, covered=not namnd, example=every)


def _in_each_namnd(result: IndicatorResult, followup: Followup) -> Table:
    every = all(part.is_example or part.reason for part in result.parts)
    rows = [
        (
            f"{part.namnd_name}{EXAMPLE if part.is_example and not every else ''}",
            *(
                (part.reason, *([""] * (2 if result.split_by_sex else 0)))
                if part.reason
                else _cells(part.cells, result)
            ),
        )
        for part in result.parts
    ]
    caption = f"{result.name}, nämnd för nämnd, {followup.period_code}"
    return _table("Nämnd", rows, result, caption, covered=False, example=every)


def _table(
    first: str,
    rows: list[tuple[str, ...]],
    result: IndicatorResult,
    caption: str,
    *,
    covered: bool,
    example: bool,
) -> Table:
    """example: whether every figure in it is made up."""
    sexes = ("Kvinnor", "Män") if result.split_by_sex else ()
    header = (first, "Utfall", *sexes, *(("Täckning",) if covered else ()))
    return table(
        header,
        rows,
        align="l" + "r" * (len(header) - 1),
        widths=(40, *([60 / (len(header) - 1)] * (len(header) - 1))),
        caption=caption,
        row_headers=True,
        note=ALL_EXAMPLE if example else "",
    )


def _cells(cells: Cells, result: IndicatorResult) -> tuple[str, ...]:
    shown = tuple(cells) if result.split_by_sex else (cells.total,)
    words = []
    for cell in shown:
        parts = parts_of_ratio(cell)
        mark = "\nrättad" if cell.corrected_on else ""
        words.append(f"{describe(cell)}{f' ({parts})' if parts else ''}{mark}")
    return tuple(words)
