"""The process that reads one workbook from its input, writes JSON line by line, and ends.

It knows nothing of Django and holds no connection; see trace/uploads/workbook.py.
"""

import datetime as dt
import io
import json
import re
import resource
import sys
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from trace.uploads.workbook import (
    EXIT_BAD,
    MAX_COLUMNS,
    MAX_SHEETS,
    MEMORY_BYTES,
)

# Rows that Excel believes are used because they once had a colour.
MAX_EMPTY_ROWS = 200_000
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)"')
MAX_MERGED = 100
PIECE = 64 * 1024


def main() -> None:
    """Read standard input, write standard output. Ends with EXIT_BAD for what is no workbook.

    Arguments: the most rows of a sheet, and seconds of computing.
    """
    most, seconds = (int(argument) for argument in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=False, keep_links=False, keep_vba=False
        )
        for sheet in book.worksheets[:MAX_SHEETS]:
            _sheet(sheet, most)
    except MemoryError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, OSError,
            BadZipFile) as error:  # fmt: skip  # whatever openpyxl meets in a broken part
        sys.stderr.write(type(error).__name__)
        sys.exit(EXIT_BAD)


def _tell(line: Any) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def _sheet(sheet: Any, most: int) -> None:
    """The name, then each row with its cells, then what there is to say of the whole sheet."""
    # What the file says of its own size is not believed.
    sheet.reset_dimensions()
    _tell(sheet.title)
    too_wide = too_long = False
    empty = told = 0
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            content = _content(cell)
            if content is None:
                continue
            if cell.column > MAX_COLUMNS:
                too_wide = True
                break
            cells.append((cell.column, *content))
        if not cells:
            empty += 1
            if empty > MAX_EMPTY_ROWS:
                break
            continue
        if told == most:
            too_long = True
            break
        told += 1
        number = next(cell.row for cell in row if cell.value is not None)
        _tell([number, cells])
    _tell({"too_long": too_long, "too_wide": too_wide, "merged": _merged(sheet)})


def _merged(sheet: Any) -> list[str]:
    """The ranges of cells made into one: what stood in all but the first of them is gone.

    Reading row by row says nothing of them; they stand after the rows in the sheet's part.
    """
    found: list[str] = []
    end = b""
    with sheet._get_source() as part:
        while piece := part.read(PIECE):
            text = end + piece
            last = 0
            for match in MERGED.finditer(text):
                found.append(match[1].decode())
                last = match.end()
                if len(found) == MAX_MERGED:
                    return found
            end = text[max(last, len(text) - 200) :]
    return found


def _content(cell: Any) -> tuple[str, ...] | None:
    """Kind and text of a cell, and a sign if it shows per cent; None for an empty one."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return "formula", str(value)[:200]
    if cell.data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "bool", "ja" if value else "nej"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return "date", value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, int | float):
        digits = _digits(value)
        return ("number", digits, "%") if "%" in cell.number_format else ("number", digits)
    if isinstance(value, str):
        return ("text", value) if value.strip() else None
    return "text", str(value)


def _digits(value: int | float) -> str:
    """A whole number without a point; any other as Excel shows it, with at most 15 figures."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g") if isinstance(value, float) else str(value)
