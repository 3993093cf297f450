"""The process that reads one workbook from its input, writes JSON, and ends.

It knows nothing of Django and holds no connection; see trace/uploads/workbook.py.
"""

import datetime as dt
import io
import json
import resource
import sys
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from trace.uploads.workbook import (
    EXIT_BAD,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    MEMORY_BYTES,
    SECONDS,
)

# Rows that Excel believes are used because they once had a colour.
MAX_EMPTY_ROWS = 200_000


def main() -> None:
    """Read standard input, write standard output. Ends with EXIT_BAD for what is no workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=False, keep_links=False, keep_vba=False
        )
        sheets = [_sheet(sheet) for sheet in book.worksheets[:MAX_SHEETS]]
    except MemoryError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, OSError,
            BadZipFile) as error:  # fmt: skip  # whatever openpyxl meets in a broken part
        sys.stderr.write(type(error).__name__)
        sys.exit(EXIT_BAD)
    json.dump(sheets, sys.stdout, ensure_ascii=True)


def _sheet(sheet: Any) -> dict[str, Any]:
    # What the file says of its own size is not believed.
    sheet.reset_dimensions()
    rows: list[tuple[int, list[tuple[int, str, str]]]] = []
    too_wide = False
    empty = 0
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
        if len(rows) == MAX_ROWS:
            return {"name": sheet.title, "rows": rows, "too_long": True, "too_wide": too_wide}
        number = next(cell.row for cell in row if cell.value is not None)
        rows.append((number, cells))
    return {"name": sheet.title, "rows": rows, "too_long": False, "too_wide": too_wide}


def _content(cell: Any) -> tuple[str, str] | None:
    """Kind and text of a cell, or None for an empty one."""
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
        return "number", _digits(value)
    if isinstance(value, str):
        return ("text", value) if value.strip() else None
    return "text", str(value)


def _digits(value: int | float) -> str:
    """A whole number without a point; any other as Excel shows it, with at most 15 figures."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g") if isinstance(value, float) else str(value)
