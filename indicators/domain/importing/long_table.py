"""Values in long form: one row for each nämnd, indicator and category, in csv or a workbook.

The columns are found by their headings, in any order, in Swedish or English.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.tables import fold
from trace.uploads import CSV, CheckedFile
from trace.uploads.workbook import Cell, SheetBegins, SheetEnds, SheetRow, stream_workbook

MAX_ROWS = 200_000
SECONDS = 240
DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabb"}


@dataclass(frozen=True)
class LongColumn:
    """key: in the rows. title: in the template. also: other headings that mean it."""

    key: str
    title: str
    help: str
    also: tuple[str, ...] = ()


COLUMNS = (
    LongColumn(
        "namnd", "nämnd", "kod eller namn; får utelämnas med --namnd", ("nämndkod", "board")
    ),
    LongColumn("indicator", "indikator", "indikatorns kod", ("indikatorkod", "indicator")),
    LongColumn("name", "namn", "indikatorns namn; till hjälp för den som läser, läses inte", ()),
    LongColumn(
        "category", "fördelning", "totalt, kvinnor eller män; tomt är totalt", ("category",)
    ),
    LongColumn("value", "värde", "utfallet; ja eller nej där det är frågan", ("utfall", "value")),
    LongColumn("numerator", "täljare", "av en kvot, i stället för värde", ("numerator",)),
    LongColumn("denominator", "nämnare", "av en kvot, i stället för värde", ("denominator",)),
    LongColumn(
        "missing",
        "saknas",
        "varför uppgift saknas: finns-inte, mats-inte, berors-ej eller sekretess",
        ("uppgift saknas", "missing", "missing reason"),
    ),
    LongColumn("comment", "kommentar", "på raden för totalt", ("comment",)),
    LongColumn("forecast", "prognos", "helårsprognos i T1 och T2", ("helårsprognos", "forecast")),
    LongColumn(
        "sex_unknown",
        "resten utan kön",
        "ja på raden för totalt: uppgift om kön saknas för det som kvinnor och män inte är",
        ("uppgift om kön saknas", "sex unknown"),
    ),
)
NEEDED = ("indicator",)
_BY_HEADING = {
    fold(heading): column.key
    for column in COLUMNS
    for heading in (column.key, column.title, *column.also)
}


@dataclass(frozen=True, slots=True)
class LongRow:
    """One row. cells: by the key of the column; empty ones are absent."""

    sheet: str
    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Headings:
    """Where each column stands. at: number of the column → key."""

    at: dict[int, str]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.at.values())


def read_long(
    file: CheckedFile, problems: Problems, notes: list[str], *, needs_namnd: bool
) -> Iterator[LongRow]:
    """The rows of the file one at a time, without the empty ones.

    needs_namnd: whether there must be a column for it. Faults go to `problems`, what the person
    should know of how the file was read to `notes`. Raises UnsafeFile.
    """
    source = _csv_rows(file, problems, notes) if file.kind is CSV else _book_rows(file, problems)
    headings: dict[str, Headings | None] = {}
    for sheet, number, cells in source:
        if sheet not in headings:
            headings[sheet] = _headings(sheet, number, cells, problems, needs_namnd=needs_namnd)
            continue
        columns = headings[sheet]
        if columns is None:
            continue
        found = {}
        for at, cell in cells.items():
            if at not in columns.at:
                problems.add(
                    Place(sheet, number, get_column_letter(at)),
                    "Kolumnen har ingen rubrik. Ett tal med decimalkomma måste stå inom "
                    "citattecken när kolumnerna skiljs med komma."
                    if file.kind is CSV
                    else "Kolumnen har ingen rubrik. Skriv en, eller töm den.",
                )
                continue
            if cell.kind == "formula" and columns.at[at] != "name":
                problems.add(
                    Place(sheet, number, get_column_letter(at)),
                    f"Cellen {get_column_letter(at)}{number} har en formel. Skriv värdet i "
                    "stället: kopiera cellen och klistra in som värden.",
                )
                continue
            found[columns.at[at]] = cell
        if found:
            yield LongRow(sheet, number, found)
    if not headings:
        problems.add(Place(), "Filen har inga rader. Börja med en rad med rubriker.")


def _headings(
    sheet: str,
    number: int,
    cells: dict[int, Cell],
    problems: Problems,
    *,
    needs_namnd: bool,
) -> Headings | None:
    """The columns by the first row; None when they are not those of values in long form."""
    at: dict[int, str] = {}
    good = True
    for column, cell in cells.items():
        key = _BY_HEADING.get(fold(cell.text))
        place = Place(sheet, number, get_column_letter(column))
        if key is None:
            good = False
            known = ", ".join(one.title for one in COLUMNS)
            problems.add(
                place, f"Rubriken ”{cell.text[:40]}” känns inte igen. De som finns: {known}."
            )
        elif key in at.values():
            good = False
            problems.add(place, f"Rubriken ”{cell.text[:40]}” står två gånger. Ta bort den ena.")
        else:
            at[column] = key
    for key in (*(("namnd",) if needs_namnd else ()), *NEEDED):
        if key not in at.values():
            good = False
            title = next(one.title for one in COLUMNS if one.key == key)
            hint = ", eller säg vilken nämnd med --namnd" if key == "namnd" else ""
            problems.add(Place(sheet, number), f"Kolumnen ”{title}” saknas. Lägg till den{hint}.")
    return Headings(at) if good else None


Found = tuple[str, int, dict[int, Cell]]


def _book_rows(file: CheckedFile, problems: Problems) -> Iterator[Found]:
    sheet = ""
    for part in stream_workbook(file, max_rows=MAX_ROWS, seconds=SECONDS):
        if isinstance(part, SheetBegins):
            sheet = part.name
        elif isinstance(part, SheetRow):
            yield sheet, part.number, part.cells
        elif isinstance(part, SheetEnds):
            _too_much(sheet, part, problems)


def _too_much(sheet: str, end: SheetEnds, problems: Problems) -> None:
    if end.too_long:
        problems.add(
            Place(sheet), f"Bladet har fler än {MAX_ROWS} rader. Dela upp det på flera filer."
        )
    for cells in end.merged:
        problems.add(
            Place(sheet), f"Cellerna {cells} är sammanslagna. Dela dem och fyll i varje rad."
        )


def _csv_rows(file: CheckedFile, problems: Problems, notes: list[str]) -> Iterator[Found]:
    text = _decoded(file.data, problems, notes)
    if text is None:
        return
    delimiter = _delimiter(text)
    notes.append(f"Kolumnerna skiljs med {DELIMITERS[delimiter]}.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for read, values in enumerate(reader):
            if read > MAX_ROWS:
                problems.add(
                    Place(), f"Filen har fler än {MAX_ROWS} rader. Dela upp den på flera filer."
                )
                return
            cells = {
                at: Cell("text", value) for at, value in enumerate(values, start=1) if value.strip()
            }
            if cells:
                # A text in quotes may go over several lines: the row is where it begins.
                lines = sum(value.count("\n") for value in values)
                yield "", reader.line_num - lines, cells
    except csv.Error as mistake:
        problems.add(
            Place("", reader.line_num),
            f"Raden går inte att läsa: citattecknen går inte ihop ({mistake}). Ett citattecken "
            "inuti en text skrivs två gånger.",
        )


def _decoded(data: bytes, problems: Problems, notes: list[str]) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problems.add(
            Place(),
            "Filen är i UTF-16. Spara den som ”CSV UTF-8” i Excel, och läs in den igen.",
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        problems.add(
            Place(),
            "Det går inte att se vilken teckenkodning filen har: den är varken UTF-8 eller "
            "Windows-1252. Spara den som ”CSV UTF-8” i Excel, och läs in den igen.",
        )
        return None
    notes.append("Filen lästes som Windows-1252.")
    return text


def _delimiter(text: str) -> str:
    """The sign that makes the first line into the most headings."""
    first = next(iter(text.splitlines()), "")

    def known(sign: str) -> int:
        return sum(fold(part.strip('"')) in _BY_HEADING for part in first.split(sign))

    return max(DELIMITERS, key=known)


def neutral(text: str) -> str:
    """A text for a cell of a csv file, which a spreadsheet takes for no formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def titles() -> Iterable[str]:
    return (column.title for column in COLUMNS)
