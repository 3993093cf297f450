"""The follow-up as CSV: the rows of the workbook's sheet "Data", for those who count on them."""

from collections.abc import Iterator

from indicators.domain.disclosure import Cell
from indicators.domain.figures import Followup, describe
from indicators.exports.csv_text import Content, write_csv
from indicators.exports.followup_document import require_others
from indicators.exports.followup_rows import DATA_COLUMNS, data_rows

VALUE = "Värde"
WORDS = "Uppgift"
"""What stands in place of a figure: "skyddad uppgift", "uppgift saknas", "ja"."""


def followup_csv(followup: Followup) -> bytes:
    """All figures in long form. The same follow-up always gives the same bytes.

    Raises NotForOthers when the follow-up was made for another audience than others.
    """
    require_others(followup)
    titles = [title for title, _ in DATA_COLUMNS]
    at = titles.index(VALUE)
    titles.insert(at + 1, WORDS)
    return write_csv(titles, _rows(followup, at))


def _rows(followup: Followup, at: int) -> Iterator[list[Content]]:
    for row in data_rows(followup):
        cell = row[at]
        words = ""
        if isinstance(cell, Cell):
            words = cell.note if cell.is_value else describe(cell)
        plain = [_plain(content) for content in row]
        plain.insert(at + 1, words)
        yield plain


def _plain(content: Content | Cell) -> Content:
    """A figure that is shown; of one that is not, nothing."""
    return content.value if isinstance(content, Cell) else content
