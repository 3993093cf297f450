"""Reading a workbook with a limit on rows, memory and time.

openpyxl builds objects for all texts and styles of a file; a small file can ask for much. It runs
in a process of its own that the operating system stops when it takes too much, so that the
server does not.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    kind: "text", "number" (as digits with a point), "date" (as 2025-04-30, with the time after
    it when it is not midnight), "bool" ("ja" or "nej"), "formula", "error" (as #REF!).
    is_per_cent: of a number: the cell shows it times a hundred, with a per cent sign.
    """

    kind: str
    text: str
    is_per_cent: bool = False


@dataclass(frozen=True)
class SheetBegins:
    name: str


@dataclass(frozen=True)
class SheetRow:
    """A row with content. number: from 1. cells: column number (from 1) → cell."""

    number: int
    cells: dict[int, Cell]


@dataclass(frozen=True)
class SheetEnds:
    """too_long, too_wide, merged: as in Sheet."""

    too_long: bool
    too_wide: bool
    merged: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: only rows and cells with content.

    rows: row number (from 1) → column number (from 1) → cell.
    too_long: it had more than `MAX_ROWS` rows; then rows are missing.
    too_wide: something stands to the right of column `MAX_COLUMNS`.
    merged: ranges of cells made into one ("B3:C3"), the first hundred.
    """

    name: str
    rows: dict[int, dict[int, Cell]]
    too_long: bool
    too_wide: bool
    merged: tuple[str, ...] = ()


def read_workbook(file: CheckedFile) -> list[Sheet]:
    """The sheets of a workbook that `open_upload` has let through, hidden ones too.

    Formulas come as formulas, with nothing computed. Raises UnsafeFile for what cannot be read
    within bounds of memory and time.
    """
    if file.kind is not WORKBOOK:
        raise ValueError("Not a workbook.")
    sheets: list[Sheet] = []
    name = ""
    rows: dict[int, dict[int, Cell]] = {}
    for part in stream_workbook(file):
        if isinstance(part, SheetBegins):
            name, rows = part.name, {}
        elif isinstance(part, SheetRow):
            rows[part.number] = part.cells
        else:
            sheets.append(Sheet(name, rows, part.too_long, part.too_wide, part.merged))
    return sheets


def stream_workbook(
    file: CheckedFile, *, max_rows: int = MAX_ROWS, seconds: int = SECONDS
) -> Iterator[SheetBegins | SheetRow | SheetEnds]:
    """What `read_workbook` reads, a row at a time: nothing of the sheets is held here.

    max_rows: of each sheet. seconds: of computing; twice that of the wall.
    Raises UnsafeFile, also after rows have been given: who keeps them is to wait for the end.
    """
    with tempfile.TemporaryFile() as given:
        given.write(file.data)
        given.seek(0)
        process = subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-c",
                _START.format(root=str(ROOT)),
                str(max_rows),
                str(seconds),
            ],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0"},
        )
        # Of the wall; a server gives up on a request after 30.
        late = threading.Timer(seconds * 2, process.kill)
        late.start()
        try:
            yield from map(_part, process.stdout or ())
            code = process.wait()
        except ValueError:  # the end of a line that was cut off with the process
            process.kill()
            code = process.wait()
        finally:
            late.cancel()
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
    if code == EXIT_BAD:
        raise UnsafeFile(
            f"Filen ”{file.name}” är skadad: Excel-innehållet går inte att läsa. Öppna den i "
            "Excel, spara den under ett nytt namn och försök igen."
        )
    if code != 0:
        raise UnsafeFile(_TOO_HEAVY.format(name=file.name))


def _part(line: bytes) -> SheetBegins | SheetRow | SheetEnds:
    told = json.loads(line)
    if isinstance(told, str):
        return SheetBegins(told)
    if isinstance(told, list):
        number, cells = told
        return SheetRow(
            number, {at: Cell(kind, text, bool(sign)) for at, kind, text, *sign in cells}
        )
    return SheetEnds(told["too_long"], told["too_wide"], tuple(told["merged"]))


EXIT_BAD = 3
_START = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from trace.uploads.workbook_process import main; main()"
)
_TOO_HEAVY = (
    "Filen ”{name}” tar för mycket minne eller tid att läsa. Kopiera innehållet, utan format, "
    "till en ny arbetsbok och försök igen."
)
