"""A programme in Excel, as tables of cells."""

import difflib

from openpyxl.utils import get_column_letter

from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.raw_rows import RawBook, RawCell, RawRow
from indicators.domain.loading.tables import CHOICES, GUIDE, TABLES, Table, fold
from organisation.personnummer import why_not_personnummer
from trace.uploads.workbook import MAX_COLUMNS, MAX_ROWS, Sheet

HEADER = 1


def read_sheets(sheets: list[Sheet], problems: Problems) -> RawBook:
    """The tables in the sheets of a workbook. Every table and every column must be there.

    What is left out could mean "leave it" as well as "remove it all", so it is asked for.
    """
    book = RawBook()
    by_name = {fold(sheet.name): sheet for sheet in sheets}
    known = {fold(table.title): table for table in TABLES}
    strangers = [s.name for key, s in by_name.items() if key not in known]
    strangers = [name for name in strangers if fold(name) not in (fold(GUIDE), fold(CHOICES))]
    for key, table in known.items():
        sheet = by_name.get(key)
        if sheet is None:
            problems.missing.add(table.title)
            near = difflib.get_close_matches(table.title, strangers, n=1)
            hint = f"Ska bladet ”{near[0]}” heta så? " if near else ""
            problems.add(
                Place(table.title),
                f"Bladet ”{table.title}” saknas. {hint}Lägg till det med rubrikerna ur mallen; "
                "det får vara tomt under dem.",
            )
        else:
            book.tables[table.title] = _rows(sheet, table, problems)
    for sheet in sheets:
        if sheet.name in strangers:
            _stop_personnummer(sheet, problems)
    book.notes += [f"Bladet ”{name}” hör inte till mallen och lästes inte." for name in strangers]
    return book


def _stop_personnummer(sheet: Sheet, problems: Problems) -> None:
    """The file may be kept for a while: what is not read may not hold people's numbers either."""
    for number, cells in sheet.rows.items():
        for at, cell in cells.items():
            if problem := why_not_personnummer(cell.text, "Cellen"):
                problems.add(Place(sheet.name, number, get_column_letter(at)), problem)


def _rows(sheet: Sheet, table: Table, problems: Problems) -> list[RawRow]:
    name = table.title
    if sheet.too_long:
        problems.missing.add(name)
        problems.add(
            Place(name),
            f"Bladet har fler än {MAX_ROWS} rader. Ett program har några hundra: ta bort rader "
            "som inte hör till programmet, eller kopiera dem som gör det till en ny mall.",
        )
        return []
    if sheet.too_wide:
        problems.add(
            Place(name), f"Det står något till höger om kolumn {MAX_COLUMNS}. Ta bort det."
        )
    columns = _columns(sheet, table, problems)
    titles = {key: _column_name(at, table.column(key).title) for at, key in columns.items()}
    rows = []
    for number, cells in sheet.rows.items():
        if number == HEADER:
            continue
        row = RawRow(Place(name, number), {}, titles)
        for at, cell in cells.items():
            key = columns.get(at)
            place = Place(name, number, titles[key] if key else get_column_letter(at))
            if cell.kind == "formula":
                problems.add(
                    place,
                    f"Cellen {get_column_letter(at)}{number} har en formel. Skriv värdet i "
                    "stället: kopiera cellen och klistra in som värden.",
                )
            elif cell.kind == "error":
                problems.add(place, f"Cellen visar felet {cell.text}. Skriv värdet i stället.")
            elif key is None:
                problems.add(
                    place, "Kolumnen har ingen rubrik. Skriv en rubrik ur mallen, eller töm den."
                )
                continue
            if key is not None:
                row.cells[key] = RawCell(cell.kind, cell.text, place)
        rows.append(row)
    return rows


def _columns(sheet: Sheet, table: Table, problems: Problems) -> dict[int, str]:
    """Where each column stands: number of the column in the sheet → key."""
    known = {fold(column.title): column for column in table.columns}
    found: dict[int, str] = {}
    strangers = []
    for at, cell in sheet.rows.get(HEADER, {}).items():
        column = known.get(fold(cell.text))
        if column is None:
            strangers.append((at, cell.text))
        elif column.key in found.values():
            problems.add(
                Place(table.title, HEADER, get_column_letter(at)),
                f"Rubriken ”{column.title}” står två gånger. Ta bort den ena kolumnen.",
            )
        else:
            found[at] = column.key
    missing = [c.title for c in table.columns if c.key not in found.values()]
    for at, text in strangers:
        near = difflib.get_close_matches(text, missing, n=1)
        hint = f"Menar du ”{near[0]}”?" if near else "Använd mallens rubriker, eller ta bort den."
        problems.add(
            Place(table.title, HEADER, get_column_letter(at)),
            f"Rubriken ”{text[:40]}” känns inte igen. {hint}",
        )
    for title in missing:
        problems.add(
            Place(table.title, HEADER),
            f"Kolumnen ”{title}” saknas. Lägg till den med rubriken på rad {HEADER}; "
            "cellerna under får vara tomma om de inte behövs.",
        )
    return found


def _column_name(at: int, title: str) -> str:
    return f"{get_column_letter(at)} ({title})"
