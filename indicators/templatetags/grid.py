"""The rows of the grid, written out here.

A report has hundreds of cells, and a template would walk through some seventy nodes for each row.
What is seldom there (errors, warnings, comments of a granskare) stays in the template.
"""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from indicators.domain.beside_row import Earlier
from indicators.domain.sheet import IndicatorRow
from indicators.entry_page import CellEntries, RowEntries

register = template.Library()

EXAMPLE = ' <span class="mark">Exempel</span>'
STATE = '<td role="cell" class="about-cell"><span class="cell-state" data-cell-state></span></td>'
RATIO = '<output class="ratio"></output>'
NO_CELL = '<td role="cell" class="none"></td>'


@register.simple_tag
def grid_line(entries: RowEntries, asks_forecast: bool) -> SafeString:
    """One indicator's row: what is read beside, and its fields.

    asks_forecast: whether the grid has a column for it.
    """
    row, definition = entries.row, entries.row.definition
    ratio = definition.is_ratio
    told = format_html(' data-scale="{}" data-unit="{}"', definition.scale, definition.unit)
    head = format_html(
        '<tr role="row" class="line" id="i-{}" data-cell="{}"{}{}>'
        '<th scope="row" role="rowheader">{} <span class="soft unit">{}</span>',
        row.code,
        entries.cell,
        SafeString(" data-filled" if row.is_filled else ""),
        told if ratio else "",
        definition.name,
        definition.unit,
    )
    parts = [head]
    if definition.indicator.is_example:
        parts.append(SafeString(EXAMPLE))
    if ratio:
        parts.append(
            format_html(
                '<span class="parts soft">{}, av {}</span>',
                definition.numerator_label,
                definition.denominator_label.lower(),
            )
        )
    parts.append(SafeString("</th>"))
    parts += [_earlier(one) for one in row.earlier]
    parts.append(_target(row))
    parts += [_outcome(entries, cell) for cell in entries.by_category]
    if asks_forecast:
        parts.append(
            SafeString(
                '<td role="cell" class="in"><span class="col-name">Prognos helår</span>'
                f"{entries.forecast.alone}</td>"
                if entries.forecast
                else NO_CELL
            )
        )
    parts.append(
        SafeString(
            '<td role="cell" class="in"><span class="col-name">Uppgift saknas</span>'
            f"{entries.missing.alone}</td>{STATE}</tr>"
        )
    )
    return SafeString("".join(parts))


@register.simple_tag
def grid_more(entries: RowEntries) -> SafeString:
    """What is opened below the row: the comment, and what the indicator means."""
    row, definition, comment = entries.row, entries.row.definition, entries.comment
    # Without scripts: open where something is to be written, or mended.
    is_open = ""
    if comment.error or comment.theirs:
        is_open = " open"
    elif entries.warnings and not entries.explained:
        is_open = " open data-to-explain"
    meaning: SafeString | str = ""
    if definition.definition:
        meaning = SafeString(f"<p>{linebreaksbr(definition.definition, autoescape=True)}</p>")
    also = ", ".join(goal.label.lower() for goal in row.also_under)
    return format_html(
        "<details{}><summary>Kommentar, definition{}"
        '<span class="visually-hidden">: {}</span></summary><div class="more">'
        '<div><div class="entry"><label class="form-label" for="{}">Kommentar</label>{}</div></div>'
        '<div class="definition">{}<p class="small-print">{}. Källa: {}{}.</p></div>'
        '<div class="history-of" data-history></div></div></details>',
        SafeString(is_open),
        SafeString(' <span class="has-words">(kommentar finns)</span>' if row.comment else ""),
        definition.name,
        comment.id,
        comment.labelled,
        meaning,
        definition.get_accumulation_display(),
        definition.indicator.source or "exempel, utan officiell källa",
        f". Räknas också under {also}" if also else "",
    )


def _earlier(earlier: Earlier) -> SafeString:
    corrected = ' <span class="mark">rättad</span>' if earlier.is_corrected else ""
    other = ' <span class="soft">(annan definition)</span>' if earlier.other_definition else ""
    seam = format_html(' <span class="soft">({})</span>', earlier.seam) if earlier.seam else ""
    sexes = (
        format_html('<span class="sexes soft">{}</span>', earlier.sexes_text)
        if earlier.sexes
        else ""
    )
    return SafeString(
        '<td role="cell" class="before">'
        f'<span class="col-name">{escape(earlier.label)}</span>'
        f"{escape(earlier.text)}{corrected}{other}{seam}{sexes}</td>"
    )


def _target(row: IndicatorRow) -> SafeString:
    target, said = row.target, SafeString("–")
    if target:
        change = f", {target.change}" if target.change else ""
        said = format_html(
            '{} <span class="soft">({}{})</span>{}',
            target.text,
            target.whose,
            change,
            SafeString(EXAMPLE if target.is_example else ""),
        )
    return SafeString(
        f'<td role="cell" class="before"><span class="col-name">Årsmål</span>{said}</td>'
    )


def _outcome(entries: RowEntries, cell: CellEntries | None) -> SafeString:
    if cell is None:
        return SafeString(NO_CELL)
    ratio = entries.row.definition.is_ratio
    fields = "".join(
        f'<span class="part-name" aria-hidden="true">{escape(entry.label)}</span>{entry.alone}'
        if ratio
        else entry.alone
        for entry in cell.figures
    )
    tick: SafeString | str = ""
    if cell.is_total and entries.rest:
        rest = entries.rest
        tick = format_html(
            '<div class="form-check">{} <label class="form-check-label" for="{}">{}'
            '<span class="visually-hidden">: {}</span></label></div>',
            rest.labelled,
            rest.id,
            rest.label,
            entries.row.definition.name,
        )
    return SafeString(
        f'<td role="cell" class="in"{" data-ratio" if ratio else ""}>'
        f'<span class="col-name">{escape(cell.category_label or "Totalt")}</span>{fields}'
        f"{RATIO if ratio else ''}{tick}</td>"
    )
