"""Charts as SVG, for pages and for paper, from results that have passed disclosure control.

A chart is described as a Vega-Lite specification and drawn by vl-convert; the same specification
always gives the same picture, which is kept in memory. The pictures have no style attributes and
load nothing, so they hold under a strict content security policy.
"""

import itertools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert
from django.utils.html import escape

from indicators.domain.disclosure import Cell
from indicators.domain.figures import IndicatorResult, Part, Point, describe
from indicators.domain.grades import GradeSummary
from indicators.domain.indicator_series import NamndSeries
from indicators.domain.register import IndicatorPage

ACCENT = "#0a5a66"
INK = "#1b2629"
SOFT = "#4c5a5e"
LINE = "#d9d6cd"
# In quotes: a name with a part that begins with a figure is none without them, and what draws the
# picture for Word leaves its text out.
FONT = "'Source Sans 3'"
FONT_DIRECTORY = Path(__file__).resolve().parents[2] / "node_modules" / "source-sans" / "TTF"

# A line of fewer points says less than the table beside it.
LEAST_POINTS = 3
SMALL = (344, 190)
WIDE = (640, 190)

# Told apart by dash and by the label at the line's end, not by colour alone.
SERIES = (
    ("total", "Totalt", ACCENT, [1, 0]),
    ("kvinnor", "Kvinnor", "#8a4a00", [6, 3]),
    ("man", "Män", SOFT, [2, 2]),
)
LABEL_HEIGHT = 14  # px between two labels at the lines' ends
TOP, BOTTOM = 10, 28  # px above and below the plot


_CONFIG: dict[str, Any] = {
    "aria": False,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFont": FONT,
        "labelFontSize": 13,
        "labelColor": SOFT,
        "domainColor": LINE,
        "ticks": False,
        "labelPadding": 6,
    },
    "axisX": {"grid": False, "labelAngle": 0, "domainColor": SOFT},
    "axisY": {"gridColor": LINE, "domain": False},
    "text": {"font": FONT},
}


def has_trend(result: IndicatorResult) -> bool:
    """Whether there is enough to draw."""
    return sum(point.cells.total.is_value for point in result.trend) >= LEAST_POINTS


def trend_chart(result: IndicatorResult, *, size: tuple[int, int] = SMALL) -> str:
    """The trend of one indicator as SVG with a text that says what it shows; "" if too short."""
    if not has_trend(result):
        return ""
    specification = trend_specification(result, size=size)
    return draw(json.dumps(specification, ensure_ascii=False), label=trend_text(result))


def trend_text(result: IndicatorResult) -> str:
    """What the chart says, for those who do not see it."""
    points = "; ".join(f"{_when(point)} {_spoken(result, point)}" for point in result.trend)
    return f"Linjediagram. {result.name}, {result.unit}: {points}."


def _spoken(result: IndicatorResult, point: Point) -> str:
    if not result.split_by_sex:
        return describe(point.cells.total)
    total, kvinnor, man = (describe(cell) for cell in point.cells)
    return f"{total} (kvinnor {kvinnor}, män {man})"


def _when(point: Point) -> str:
    return f"{point.kind} {point.year}"


def trend_specification(result: IndicatorResult, *, size: tuple[int, int]) -> dict[str, Any]:
    """The Vega-Lite specification of the trend: one line per sex, labelled at its end."""
    width, height = size
    rows = list(_rows(result))
    shown = [row for row in rows if row["value"] is not None]
    highest = max(row["value"] for row in shown)
    # Per cent always on the same scale, so that charts can be read beside one another.
    top = 100 if result.unit == "%" and highest <= 100 else highest * 1.08 or 1
    ends = _ends(shown, at=rows[-1]["period"], top=top, height=height - TOP - BOTTOM)
    several = len({row["series"] for row in shown}) > 1
    plot = width - (134 if several else 92)
    yearly = len({point.kind for point in result.trend}) == 1
    periods = [point.period_code for point in result.trend]
    x = {
        "field": "period",
        "type": "ordinal",
        "scale": {"domain": periods, "type": "point", "padding": 0.25},
        "axis": {
            "title": None,
            "labelExpr": "substring(datum.value, 0, 4)"
            if yearly
            else "indexof(datum.value, 'T1') > 0 ? substring(datum.value, 0, 4) : ''",
        },
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top]},
        "axis": {"title": None, "tickCount": 3},
    }
    style = {
        "color": {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": [s[1] for s in SERIES], "range": [s[2] for s in SERIES]},
            "legend": None,
        },
    }
    dash = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": [s[1] for s in SERIES], "range": [s[3] for s in SERIES]},
        "legend": None,
    }
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 2.25},
            "encoding": {
                "x": x,
                "y": y,
                "strokeDash": dash,
                "detail": {"field": "definition"},
                **style,
            },
        },
        {
            "data": {"values": shown},
            "mark": {"type": "point", "filled": True, "size": 34, "opacity": 1},
            "encoding": {"x": x, "y": y, **style},
        },
        {
            "data": {"values": ends},
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 9,
                "fontSize": 13,
                "fontWeight": 600,
            },
            "encoding": {
                "x": x,
                "y": {**y, "field": "place"},
                "text": {"field": "label" if several else "figure"},
                **style,
            },
        },
    ]
    breaks = _breaks(result)
    if breaks:
        layers.append(
            {
                "data": {"values": breaks},
                "mark": {"type": "rule", "strokeDash": [3, 3], "color": SOFT},
                "encoding": {"x": x},
            }
        )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": plot,
        "height": height - TOP - BOTTOM,
        "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2},
        "background": None,
        "layer": layers,
        "config": _CONFIG,
    }


def _rows(result: IndicatorResult) -> Iterator[dict[str, Any]]:
    for field, name, _, _ in SERIES if result.split_by_sex else SERIES[:1]:
        for point in result.trend:
            cell: Cell = getattr(point.cells, field)
            yield {
                "period": point.period_code,
                "series": name,
                "definition": point.stretch,
                "value": _plain(cell.value),
                "figure": cell.text if cell.is_value else "",
            }


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _ends(rows: list[dict[str, Any]], *, at: str, top: float, height: int) -> list[dict[str, Any]]:
    """The label of each line, at the last period and moved apart where labels would collide.

    A line that ends earlier (its last figure is missing or protected) is named without a figure.
    """
    last = {row["series"]: row for row in rows}
    ends = sorted(last.values(), key=lambda row: row["value"])
    step = LABEL_HEIGHT * top / height
    place = -step
    placed = []
    for row in ends:
        place = max(row["value"], place + step)
        figure = row["figure"] if row["period"] == at else ""
        label = f"{row['series']} {figure}".rstrip()
        placed.append({**row, "period": at, "place": place, "figure": figure, "label": label})
    # Pushed over the top: move the pile down again.
    ceiling = top
    for row in reversed(placed):
        row["place"] = min(row["place"], ceiling)
        ceiling = row["place"] - step
    return placed


def _breaks(result: IndicatorResult) -> list[dict[str, Any]]:
    return [
        {"period": after.period_code}
        for before, after in zip(result.trend, result.trend[1:], strict=False)
        if before.stretch != after.stretch
    ]


@lru_cache(maxsize=1)
def _fonts() -> None:
    vl_convert.register_font_directory(str(FONT_DIRECTORY))


@lru_cache(maxsize=1024)
def draw(specification: str, *, label: str) -> str:
    """The SVG of a Vega-Lite specification (JSON), with `label` as its accessible name."""
    _fonts()
    svg = vl_convert.vegalite_to_svg(
        specification, format_locale="sv-SE", time_format_locale="sv-SE", allowed_base_urls=[]
    )
    opening = re.match(r"<svg [^>]*>", svg)
    if opening is None:
        raise ValueError("vl-convert gave no SVG")
    size = " ".join(re.findall(r'(?:width|height|viewBox)="[^"]*"', opening[0]))
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {size} role="img" '
        f'aria-label="{escape(label)}">'
    )
    # Roles that Vega leaves on its groups name nothing: the label above says it all.
    body = re.sub(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"', "", svg[opening.end() :])
    return root + body


# --- a small line, to stand in a table beside its figure ------------------------------------------

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 116, 30, 4


def spark(result: IndicatorResult) -> str:
    """The trend of the total as a small line beside the words for it; "" if too short to say more.

    It begins at zero (per cent ends at a hundred), breaks where a figure is missing or protected
    and where the definition changed: a line is drawn only between figures that may be compared.
    """
    if not has_trend(result):
        return ""
    shown = [_plain(point.cells.total.value) for point in result.trend]
    highest = max(value for value in shown if value is not None)
    top = 100 if result.unit == "%" and highest <= 100 else highest or 1
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / (len(shown) - 1)
    pieces: list[list[str]] = [[]]
    last = ""
    for number, (point, value) in enumerate(zip(result.trend, shown, strict=True)):
        before = result.trend[number - 1].stretch if number else point.stretch
        if value is None or point.stretch != before:
            pieces.append([])
        if value is None:
            last = ""
            continue
        x = SPARK_EDGE + number * step
        y = SPARK_HEIGHT - SPARK_EDGE - value / top * (SPARK_HEIGHT - 2 * SPARK_EDGE)
        pieces[-1].append(f"{x:.1f},{y:.1f}")
        last = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
    lines = "".join(
        f'<polyline points="{" ".join(piece)}"/>'
        if len(piece) > 1
        else '<circle cx="{}" cy="{}" r="1.5"/>'.format(*piece[0].split(","))
        for piece in pieces
        if piece
    )
    floor = SPARK_HEIGHT - SPARK_EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spark" width="{SPARK_WIDTH}" '
        f'height="{SPARK_HEIGHT}" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" role="img" '
        f'aria-label="{escape(spark_text(result))}">'
        f'<line x1="0" y1="{floor}" x2="{SPARK_WIDTH}" y2="{floor}"/>{lines}{last}</svg>'
    )


def spark_text(result: IndicatorResult) -> str:
    """What the small line says."""
    points = "; ".join(f"{_when(point)} {describe(point.cells.total)}" for point in result.trend)
    return f"Linje: {points}."


# --- small multiples --------------------------------------------------------------------------

MULTIPLE_WIDTH, MULTIPLE_HEIGHT = 250, 120


def small_multiple(series: NamndSeries, page: IndicatorPage) -> str:
    """One stadsdel's total over the years, as SVG; "" when no two figures may be compared.

    All of them have the same years and the same scale. Figures of those before a merger are drawn
    hollow, and a rule stands where the nämnd's own begin; a line never crosses a break.
    """
    drawn = series.of_kind(page.kind_drawn)
    yes_no = page.result is not None and page.result.is_yes_no
    if yes_no or sum(point.cells.total.is_value for point in drawn) < 2:
        return ""
    specification = _multiple(series, page)
    text = "; ".join(
        f"{point.kind} {point.year} {describe(point.cells.total)}"
        + (f" ({' och '.join(point.forebears)} tillsammans)" if point.forebears else "")
        for point in drawn
    )
    label = f"Linjediagram. {series.name}, {page.unit}: {text}."
    return draw(json.dumps(specification, ensure_ascii=False), label=label)


def _multiple(series: NamndSeries, page: IndicatorPage) -> dict[str, Any]:
    kind = page.kind_drawn
    codes = {p.period_code: p.year for one in page.stadsdelar for p in one.of_kind(kind)}
    periods = sorted(codes, key=_in_time)
    highest = max(
        float(p.cells.total.value)
        for one in page.stadsdelar
        for p in one.of_kind(kind)
        if p.cells.total.value is not None
    )
    top = 100 if page.unit == "%" and highest <= 100 else highest * 1.08 or 1
    drawn = series.of_kind(kind)
    rows = [
        {
            "period": p.period_code,
            "value": _plain(p.cells.total.value),
            "part": f"{p.stretch}-{bool(p.forebears)}",
            "theirs": bool(p.forebears),
        }
        for p in drawn
    ]
    # Among the points that are drawn: the seam may lie at a period of another kind.
    seams = [
        {"period": after.period_code}
        for before, after in itertools.pairwise(drawn)
        if before.stretch != after.stretch or (before.forebears and not after.forebears)
    ]
    x = {
        "field": "period",
        "type": "ordinal",
        "scale": {"domain": periods, "type": "point", "padding": 0.25},
        "axis": {"title": None, "labelExpr": "substring(datum.value, 0, 4)"},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top]},
        "axis": {"title": None, "tickCount": 3},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": MULTIPLE_WIDTH - 50,
        "height": MULTIPLE_HEIGHT - TOP - BOTTOM,
        "padding": 2,
        "background": None,
        "layer": [
            {
                "data": {"values": seams},
                "mark": {"type": "rule", "strokeDash": [3, 3], "color": SOFT},
                "encoding": {"x": x},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "strokeWidth": 2, "color": ACCENT},
                "encoding": {"x": x, "y": y, "detail": {"field": "part"}},
            },
            {
                "data": {"values": [row for row in rows if row["value"] is not None]},
                "mark": {"type": "point", "size": 34, "opacity": 1, "stroke": ACCENT},
                "encoding": {
                    "x": x,
                    "y": y,
                    "fill": {
                        "condition": {"test": "datum.theirs", "value": "#ffffff"},
                        "value": ACCENT,
                    },
                },
            },
        ],
        "config": _CONFIG,
    }


def _in_time(code: str) -> tuple[str, int]:
    """Sorts T1, T2 and VB of each year."""
    year, kind = code.split("-")
    return year, ("T1", "T2", "VB").index(kind)


# --- the bar of grades -----------------------------------------------------------------------

BAR_WIDTH, BAR_HEIGHT = 220, 20


def grade_bar(grades: GradeSummary) -> str:
    """How the nämnder judge a goal, as one bar. The counts stand as text beside it."""
    if grades.concerned == 0:
        return ""
    parts, x = [], 0.0
    for key, _, count in grades.counts:
        if not count:
            continue
        width = BAR_WIDTH * count / grades.concerned
        parts.append(
            f'<rect class="grade-{key}" x="{x + 0.5:.2f}" y="0.5" width="{max(width - 1, 1):.2f}" '
            f'height="{BAR_HEIGHT - 1}"/>'
        )
        if width >= 9 * len(str(count)) + 6:
            parts.append(
                f'<text class="grade-{key}" x="{x + width / 2:.2f}" y="{BAR_HEIGHT - 6}" '
                f'text-anchor="middle">{count}</text>'
            )
        x += width
    label = ", ".join(f"{words.lower()}: {count}" for _, words, count in grades.counts if count)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="grade-bar" width="{BAR_WIDTH}" '
        f'height="{BAR_HEIGHT}" viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" role="img" '
        f'aria-label="Stapel. {escape(label)}.">{"".join(parts)}</svg>'
    )


# --- nämnd against nämnd --------------------------------------------------------------------------

NAMND_BAR_WIDTH, NAMND_BAR_HEIGHT = 160, 16


def namnd_bar(part: Part, result: IndicatorResult) -> str:
    """One nämnd's total as a bar, with the city's value as a line where the two are alike.

    It stands beside its figure in a table, so it says nothing of its own to a screen reader.
    """
    value = _plain(part.cells.total.value)
    if value is None:
        return ""
    shown = [_plain(one.cells.total.value) for one in result.parts]
    highest = max(one for one in shown if one is not None)
    is_ratio = part.cells.total.denominator is not None
    top = 100 if result.unit == "%" and highest <= 100 else highest or 1
    width = max(value, 0) / top * (NAMND_BAR_WIDTH - 2)
    city = _plain(result.cells.total.value) if is_ratio else None
    line = ""
    if city is not None and city <= top:
        x = 1 + city / top * (NAMND_BAR_WIDTH - 2)
        line = f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{NAMND_BAR_HEIGHT}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="namnd-bar" width="{NAMND_BAR_WIDTH}" '
        f'height="{NAMND_BAR_HEIGHT}" viewBox="0 0 {NAMND_BAR_WIDTH} {NAMND_BAR_HEIGHT}" '
        f'aria-hidden="true"><rect x="1" y="3" width="{width:.1f}" '
        f'height="{NAMND_BAR_HEIGHT - 6}"/>{line}</svg>'
    )
