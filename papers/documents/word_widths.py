"""How wide a table's columns are in Word, which keeps no table whole by itself."""

from docx.shared import Pt

from papers.documents.layout import column_widths, longest_texts, longest_words, wide_enough
from papers.documents.model import Table

CHARACTER = Pt(5.4)  # width of a character of table text, with room to spare
# Arial's widths in table text, in parts of its size; bold, which headers and first columns are.
TABLE_SIZE, CELL_MARGINS = Pt(9), Pt(10)
NARROW, WIDE_SIGNS, SIGN, CAPITAL = 0.34, 0.89, 0.6, 0.72


def table_widths(block: Table, text_width: int) -> list[float]:
    """Each column's width: its share, with room for its longest word. In the units of Pt()."""
    shares = column_widths(block)
    if not any(shares):  # every text fits on one line: as wide as the longest in each column
        natural = [CHARACTER * (length + 3) for length in longest_texts(block)]
        return [width * min(1, text_width / sum(natural)) for width in natural]
    missing = [share for share in shares if share] or [1]
    shares = [share or sum(missing) / len(missing) for share in shares]
    widths = [share / sum(shares) * text_width for share in shares]
    return wide_enough(widths, [_points(word) for word in longest_words(block)])


def _points(word: str) -> float:
    """How wide a column must be for the word to stay whole."""
    parts = (
        NARROW
        if sign in " \u00a0.,:;!|()[]-/iljtfrI'’"
        else WIDE_SIGNS
        if sign in "mwMW%@—"
        else CAPITAL
        if sign.isupper()
        else SIGN
        for sign in word
    )
    return TABLE_SIZE * sum(parts) + CELL_MARGINS
