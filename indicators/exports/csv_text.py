"""CSV as Swedish Excel reads it: UTF-8 with a mark, semicolons, decimal commas.

A text that a spreadsheet would take for a formula is told to be a text. What says so is how the
text begins, also after the blanks that some programs take away.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

Content = str | Decimal | int | dt.date | None

MOST_DECIMALS = 6
# The full-width signs too: some spreadsheets read them as the narrow ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(
    header: Sequence[str], rows: Iterable[Sequence[Content]], *, decimals: int | None = None
) -> bytes:
    """The table as a file. decimals: of every figure; None: as many as it has, at most six."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(header)
    for row in rows:
        table.writerow([as_text(content, decimals=decimals) for content in row])
    return written.getvalue().encode("utf-8-sig")


def as_text(content: Content, *, decimals: int | None = None) -> str:
    """One field. A figure is never a formula, so that a minus before it stays."""
    if content is None:
        return ""
    if isinstance(content, Decimal):
        number = content.quantize(
            Decimal(1).scaleb(-(MOST_DECIMALS if decimals is None else decimals))
        )
        number = number.normalize() if decimals is None else number
        return format(number, "f").replace(".", ",")
    if isinstance(content, dt.date):
        return content.isoformat()
    text = str(content)
    return f"'{text}" if text.lstrip(" \u00a0\ufeff")[:1] in FORMULA and text.strip() else text
