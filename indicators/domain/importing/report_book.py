"""A nämnd's workbook as it comes back: what it says of each field, and what it was made with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from indicators.domain.checks import GradePart, Part
from indicators.domain.importing.cells import NotUnderstood, text_in
from indicators.domain.importing.fields import ReportField, rows_of_fields, same
from indicators.domain.importing.layout import (
    COLUMNS,
    DEFINITIONS,
    FIELDS,
    FORMAT,
    GUIDE,
    KEYS,
    MARK,
    NAMND,
    OTHER,
    PERIOD,
    REVISION,
)
from indicators.domain.importing.visible import Names, misplaced_headings
from indicators.domain.loading.problems import Place, Problems
from indicators.domain.statuses import StatusPart
from organisation.personnummer import why_not_personnummer
from trace.uploads.workbook import Cell, Sheet

NOT_OURS = (
    "Det här är inte en arbetsbok som är hämtad från Samlad, eller så saknas det dolda bladet "
    f"”{KEYS}”. Hämta arbetsboken på nytt från rapportens sida och för över det du har fyllt i."
)

KEYS_WORKED_OUT = (
    f"Det dolda bladet ”{KEYS}” har en formel, och då går det inte att se vad som har ändrats. "
    "Hämta arbetsboken på nytt och för över det du har fyllt i."
)


@dataclass(frozen=True)
class Was:
    """What a field was when the workbook was made. definition: its number; 0 for none."""

    text: str
    definition: int


@dataclass(frozen=True)
class Made:
    """What the workbook says of itself. fields: by name. rows: the keys of all its rows."""

    namnd_code: str
    period_code: str
    revision: int
    fields: Mapping[str, Was]
    rows: frozenset[str]


@dataclass
class Filled:
    """What stands in the workbook. texts, places: by the name of the field."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def is_report_book(sheets: Sequence[Sheet]) -> bool:
    """Whether a nämnd's own workbook is meant, whatever is wrong with it."""
    return any(sheet.name == KEYS for sheet in sheets) or any(map(_has_table, sheets))


def read_made(sheets: Sequence[Sheet], problems: Problems) -> Made:
    """Whose the workbook is, and what it was made with. Raises BadFile when it does not say so."""
    sheet = next((sheet for sheet in sheets if sheet.name == KEYS), None)
    said: dict[str, str] = {}
    fields: dict[str, Was] = {}
    columns: dict[str, int] = {}
    rows = set()
    if sheet and any(c.kind == "formula" for cells in sheet.rows.values() for c in cells.values()):
        problems.add(Place(KEYS), KEYS_WORKED_OUT)
        problems.stop_if_any()
    for cells in (sheet.rows if sheet else {}).values():
        texts = {at: c.text for at, c in cells.items()}
        if columns:
            told = {name: texts.get(at, "") for name, at in columns.items()}
            number = told["definition"]
            rows.add(told["rad"])
            fields[told["fält"]] = Was(
                same(told["värde vid hämtning"]), int(number) if number.isdecimal() else 0
            )
        elif set(FIELDS) <= set(texts.values()):
            columns = {text: at for at, text in texts.items() if text in FIELDS}
        else:
            said[texts.get(1, "")] = texts.get(2, "")
    revision = said.get(REVISION, "")
    if said.get(MARK) != FORMAT or not (fields and revision.isdecimal()):
        problems.add(Place(), NOT_OURS)
        problems.stop_if_any()
    return Made(said.get(NAMND, ""), said.get(PERIOD, ""), int(revision), fields, frozenset(rows))


def read_filled(
    sheets: Sequence[Sheet], fields: Mapping[str, ReportField], made: Made, problems: Problems
) -> Filled:
    """What the workbook says of each of `fields`; faults go to `problems`, sheet and row by row.

    A field whose row is not in the file is not in the answer, and is left as it is.
    """
    reader = _Reader(fields, made, problems)
    for sheet in sheets:
        if sheet.name == KEYS:
            continue
        if _has_table(sheet):
            reader.read(sheet)
        else:
            reader.pass_by(sheet)
    reader.miss()
    return reader.filled


def _has_table(sheet: Sheet) -> bool:
    return any(cell.text == COLUMNS for cells in sheet.rows.values() for cell in cells.values())


class _Reader:
    def __init__(self, fields: Mapping[str, ReportField], made: Made, problems: Problems) -> None:
        self.rows = rows_of_fields(fields.values())
        self.made = made
        self.problems = problems
        self.names = Names(self.rows)
        self.filled = Filled()
        self.seen: dict[str, Place] = {}

    def pass_by(self, sheet: Sheet) -> None:
        """A sheet that is not ours to read. It may be kept for a while: no personnummer there."""
        self._stop_personnummer(sheet, {})
        if sheet.name not in (GUIDE, DEFINITIONS):
            self.filled.notes.append(
                f"Bladet ”{sheet.name}” hör inte till arbetsboken och lästes inte."
            )

    def read(self, sheet: Sheet) -> None:
        if sheet.too_long or sheet.too_wide:
            self.problems.add(
                Place(sheet.name), "Bladet är för stort. Ta bort det som inte hör till arbetsboken."
            )
        for merged in sheet.merged:
            self.problems.add(
                Place(sheet.name, _row_of(merged)),
                f"Cellerna {merged} är sammanslagna, och då syns bara det ena värdet. Dela dem "
                "(Start, Centrera över kolumner) och skriv varje värde i sin cell.",
            )
        at_key, columns, below = 0, dict[int, str](), False
        read: dict[int, set[int]] = {}
        strangers: set[int] = set()
        for number, cells in sheet.rows.items():
            mark = next((at for at, cell in cells.items() if cell.text == COLUMNS), 0)
            if mark:
                at_key = mark
                columns = self._columns(sheet, number, cells, mark)
                read[number] = set(cells)
                below = True
                continue
            self._refuse_formulas(sheet, number, cells)
            key = cells[at_key].text if at_key in cells else ""
            if key.startswith(OTHER):
                read[number] = set(cells)
                if below:  # the headings stand right under the hidden keys
                    self._refuse_all(misplaced_headings(sheet.name, number, cells, columns))
                below = False
            elif key:
                read[number] = {at_key, *columns}
                strangers |= self._row(sheet, number, cells, key, columns)
            else:
                self._stray(sheet, number, cells, columns)
        for at in sorted(strangers):
            self.filled.notes.append(
                f"Kolumn {get_column_letter(at)} i bladet {sheet.name} hör inte till arbetsboken "
                "och lästes inte."
            )
        self._stop_personnummer(sheet, read)

    def _columns(
        self, sheet: Sheet, number: int, cells: Mapping[int, Cell], mark: int
    ) -> dict[int, str]:
        found: dict[int, str] = {}
        for at, cell in cells.items():
            if at == mark:
                continue
            if cell.text in found.values():
                self.problems.add(
                    Place(sheet.name, number, get_column_letter(at)),
                    f"Kolumnen ”{cell.text}” finns två gånger. Ta bort den ena.",
                )
            found[at] = cell.text
        return found

    def _row(
        self,
        sheet: Sheet,
        number: int,
        cells: Mapping[int, Cell],
        key: str,
        columns: Mapping[int, str],
    ) -> set[int]:
        """Read one row; answers the columns with content that no heading speaks of."""
        place = Place(sheet.name, number)
        if key in self.seen:
            self.problems.add(
                place,
                f"Raden står två gånger: också på {self.seen[key]}. Ta bort den ena.",
            )
            return set()
        self.seen[key] = place
        fields = self.rows.get(key)
        if fields is None:
            self._gone(place, key)
            return set()
        self._refuse_all(self.names.misplaced(sheet.name, number, key, cells, columns))
        at_of = {name: at for at, name in columns.items()}
        for column, one in fields.items():
            if column not in at_of and one.name not in self.made.fields:
                continue  # the file is from before there was such a field
            if column not in at_of:
                self.problems.add(
                    place,
                    f"Kolumnen för {one.label} saknas. Hämta arbetsboken på nytt, eller ångra att "
                    "kolumnen togs bort.",
                )
                continue
            self._field(one, sheet, number, at_of[column], cells)
        mine = {at_of.get(column) for column in fields}
        for at in columns.keys() - mine:
            other = columns[at]
            if at in cells and other in _FILLED_IN and cells[at].kind != "formula":
                self.problems.add(
                    Place(sheet.name, number, get_column_letter(at)),
                    "Här ska inget fyllas i på den här raden. Töm cellen, eller flytta det till "
                    "rätt rad.",
                )
        return {at for at in cells if at not in columns and cells[at].text != key}

    def _field(
        self, one: ReportField, sheet: Sheet, number: int, at: int, cells: Mapping[int, Cell]
    ) -> None:
        place = Place(sheet.name, number, get_column_letter(at))
        cell = cells.get(at)
        self.filled.places[one.name] = place
        if cell is not None and cell.kind == "formula":
            return  # it is said already
        try:
            text = text_in(one, cell) if cell is not None else ""
        except NotUnderstood as refusal:
            self.problems.add(place, f"{one.label}: {refusal}")
            return
        was = self.made.fields.get(one.name)
        if was is not None and was.definition != one.definition and text != was.text:
            self.problems.add(
                place,
                f"{one.label}: indikatorns definition har ändrats sedan arbetsboken hämtades. "
                "Läs den nya, hämta arbetsboken på nytt och fyll i uppgiften där.",
            )
            return
        self.filled.texts[one.name] = text

    def _refuse_all(self, found: Iterable[tuple[Place, str]]) -> None:
        for place, message in found:
            self.problems.add(place, message)

    def _gone(self, place: Place, key: str) -> None:
        """A row that the period does not ask of the nämnd, or not any longer."""
        if key not in self.made.rows:
            self.problems.add(
                place,
                f"Raden har en nyckel som inte känns igen (”{key[:60]}”). Ta bort raden, eller "
                "hämta arbetsboken på nytt.",
            )
            return
        self.filled.notes.append(
            f"{place}: perioden begär inte längre uppgiften av nämnden. Raden lästes inte."
        )

    def _stray(
        self,
        sheet: Sheet,
        number: int,
        cells: Mapping[int, Cell],
        columns: Mapping[int, str],
    ) -> None:
        """Something on a row that is nobody's: what was typed there would be lost."""
        for at, cell in cells.items():
            if at in columns and cell.kind != "formula":
                self.problems.add(
                    Place(sheet.name, number, get_column_letter(at)),
                    "Raden hör inte till arbetsboken. Flytta det som står här till en rad som gör "
                    "det, eller ta bort det.",
                )

    def _refuse_formulas(self, sheet: Sheet, number: int, cells: Mapping[int, Cell]) -> None:
        for at, cell in cells.items():
            if cell.kind == "formula":
                letter = get_column_letter(at)
                self.problems.add(
                    Place(sheet.name, number, letter),
                    f"Cellen {letter}{number} har en formel. Skriv värdet i stället: kopiera "
                    "cellen och klistra in som värden.",
                )

    def _stop_personnummer(self, sheet: Sheet, read: Mapping[int, set[int]]) -> None:
        """In what is not read as a field; of the fields the rules of the report say so."""
        for number, cells in sheet.rows.items():
            for at, cell in cells.items():
                if at in read.get(number, ()):
                    continue
                if problem := why_not_personnummer(cell.text, "Cellen"):
                    self.problems.add(Place(sheet.name, number, get_column_letter(at)), problem)

    def miss(self) -> None:
        """Say which rows are not in the file."""
        missing = len(self.rows.keys() - self.seen.keys())
        if missing:
            words = "rad" if missing == 1 else "rader"
            self.filled.notes.append(
                f"{missing} {words} som rapporten har finns inte i filen. De lämnas som de är."
            )


_FILLED_IN = frozenset((*Part, *GradePart, *StatusPart))


def _row_of(cells: str) -> int:
    """The first row of a range as "B3:C4"."""
    return int("".join(sign for sign in cells.split(":")[0] if sign.isdecimal()))
