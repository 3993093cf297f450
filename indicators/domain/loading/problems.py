"""Faults in a file: where each stands, and what to do about it."""

import re
from dataclasses import dataclass, field

from indicators.domain.loading.tables import TABLES, fold

MAX_KEPT = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file. Excel: sheet, row, column ("C, Mål"). YAML: path ("aktiviteter[3]"), line.

    row: from 1; 0 when it is no one row.
    """

    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.sheet] if self.sheet else []
        if self.row:
            parts.append(f"rad {self.row}")
        if self.column:
            parts.append(f"kolumn {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """One fault. message: Swedish sentences that say what is wrong and what to do."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if str(self.place) else self.message


class BadFile(Exception):
    """The file is not loaded, and nothing was changed.

    problems: in the order of the file, at most `MAX_KEPT`. left_out: how many more there were.
    """

    def __init__(self, problems: list[Problem], left_out: int = 0) -> None:
        super().__init__(f"{len(problems) + left_out} fel i filen")
        self.problems = problems
        self.left_out = left_out


@dataclass
class Problems:
    """Collects everything that is wrong before anything is said."""

    found: list[Problem] = field(default_factory=list)
    left_out: int = 0
    missing: set[str] = field(default_factory=set)
    """Titles of tables that are not in the file: what points at them is not looked for."""
    sheets: tuple[str, ...] = tuple(table.title for table in TABLES)
    """The sheets in the order that the faults are told."""

    def add(self, place: Place, message: str) -> None:
        if len(self.found) >= MAX_KEPT:
            self.left_out += 1
        else:
            self.found.append(Problem(place, message))

    def stop_if_any(self) -> None:
        """Raises BadFile when something is wrong: in the order of the file."""
        if self.found:
            raise BadFile(sorted(self.found, key=self._in_order), self.left_out)

    def _in_order(self, problem: Problem) -> tuple[int, int]:
        """Sheet by sheet, row by row. In YAML the place begins with the name of the table."""
        sheet = fold(re.split(r"[\[.]", problem.place.sheet)[0])
        titles = [fold(title) for title in self.sheets]
        return (titles.index(sheet) if sheet in titles else -1, problem.place.row)
