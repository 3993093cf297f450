"""Reading a workbook with a limit on rows, memory and time.

openpyxl builds objects for all texts and styles of a file; a small file can ask for much. It runs
in a process of its own that the operating system stops when it takes too much, so that the
server does not.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from trace.uploads.kinds import WORKBOOK
from trace.uploads.opening import CheckedFile, UnsafeFile

ROOT = Path(__file__).resolve().parents[2]
MAX_ROWS = 5000
MAX_COLUMNS = 60
MAX_SHEETS = 60
MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 12


@dataclass(frozen=True)
class Cell:
    """One cell.

    kind: "text", "number" (as digits with a point), "date" (as 2025-04-30, with the time after
    it when it is not midnight), "bool" ("ja" or "nej"), "formula", "error" (as #REF!).
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: only rows and cells with content.

    rows: row number (from 1) → column number (from 1) → cell.
    too_long: it had more than `MAX_ROWS` rows; then rows are missing.
    too_wide: something stands to the right of column `MAX_COLUMNS`.
    """

    name: str
    rows: dict[int, dict[int, Cell]]
    too_long: bool
    too_wide: bool


def read_workbook(file: CheckedFile) -> list[Sheet]:
    """The sheets of a workbook that `open_upload` has let through, hidden ones too.

    Formulas come as formulas, with nothing computed. Raises UnsafeFile for what cannot be read
    within bounds of memory and time.
    """
    if file.kind is not WORKBOOK:
        raise ValueError("Not a workbook.")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START.format(root=str(ROOT))],
            input=file.data,
            capture_output=True,
            timeout=SECONDS * 2,  # of the wall; a server gives up on a request after 30
            env={"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0"},
        )
    except subprocess.TimeoutExpired as late:
        raise UnsafeFile(_TOO_HEAVY.format(name=file.name)) from late
    if done.returncode == EXIT_BAD:
        raise UnsafeFile(
            f"Filen ”{file.name}” är skadad: Excel-innehållet går inte att läsa. Öppna den i "
            "Excel, spara den under ett nytt namn och försök igen."
        )
    if done.returncode != 0:
        raise UnsafeFile(_TOO_HEAVY.format(name=file.name))
    return [
        Sheet(
            name=sheet["name"],
            rows={
                row: {column: Cell(kind, text) for column, kind, text in cells}
                for row, cells in sheet["rows"]
            },
            too_long=sheet["too_long"],
            too_wide=sheet["too_wide"],
        )
        for sheet in json.loads(done.stdout)
    ]


EXIT_BAD = 3
_START = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from trace.uploads.workbook_process import main; main()"
)
_TOO_HEAVY = (
    "Filen ”{name}” tar för mycket minne eller tid att läsa. Kopiera innehållet, utan format, "
    "till en ny arbetsbok och försök igen."
)
