"""How figures of the follow-up are written on a page. They have passed disclosure control."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.disclosure import Cell, CellState
from indicators.domain.figures import SPLIT_WORDS, IndicatorResult, Part, describe
from indicators.domain.grades import GradeSummary
from indicators.domain.indicator_series import NamndSeries
from indicators.domain.register import IndicatorPage
from indicators.exports import charts, texts

register = template.Library()


@register.filter
def figure(cell: Cell) -> SafeString:
    """A cell: the number with the parts of its ratio, or the words for why there is none.

    A number that has been corrected since it was approved says so wherever it stands.
    """
    if cell.corrected_on is None:
        return _figure(cell)
    return format_html(
        '{} <span class="mark corrected">rättad <span class="nowrap">{}</span></span>',
        _figure(cell),
        cell.corrected_on.isoformat(),
    )


def _figure(cell: Cell) -> SafeString:
    if cell.state is CellState.NOT_ASKED and cell.note == SPLIT_WORDS:
        return format_html('–<span class="visually-hidden"> {}</span>', cell.note)
    if not cell.is_value:
        return format_html(
            '<span class="no-figure{}">{}</span>',
            " protected" if cell.state is CellState.PROTECTED else "",
            describe(cell),
        )
    parts = texts.parts_of_ratio(cell)
    if parts:
        return format_html('{} <span class="ratio-parts">{}</span>', describe(cell), parts)
    return format_html("{}", describe(cell))


@register.filter
def trend(result: IndicatorResult) -> SafeString:
    """The chart of an indicator's trend; empty when there are too few points."""
    return mark_safe(charts.trend_chart(result))  # our own SVG, its texts escaped


@register.filter
def small_multiple(series: NamndSeries, page: IndicatorPage) -> SafeString:
    """One nämnd's line, on the same scale as the others'; empty when there are too few points."""
    return mark_safe(charts.small_multiple(series, page))  # our own SVG, its texts escaped


@register.filter
def spark(result: IndicatorResult) -> SafeString:
    """The trend as a small line in a table; empty when there are too few points."""
    return mark_safe(charts.spark(result))  # our own SVG, its text escaped


@register.filter
def bar(grades: GradeSummary) -> SafeString:
    """How the nämnder judge a goal, as a bar."""
    return mark_safe(charts.grade_bar(grades))  # our own SVG: numbers and fixed words


@register.filter
def namnd_bar(part: Part, result: IndicatorResult) -> SafeString:
    """One nämnd's figure as a bar on the same scale as the others'; empty where it has none."""
    return mark_safe(charts.namnd_bar(part, result))  # our own SVG: numbers only


@register.filter
def lower_first(text: str) -> str:
    """For text that continues a sentence: only its first letter is made small."""
    return text[:1].lower() + text[1:]


@register.simple_tag
def protection_note() -> str:
    """What "skyddad uppgift" means."""
    return texts.protection_note()
