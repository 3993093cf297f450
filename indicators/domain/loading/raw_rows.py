"""A file as it stands: tables of cells with their places, whether it was Excel or YAML."""

from dataclasses import dataclass, field

from indicators.domain.loading.problems import Place


@dataclass(frozen=True)
class RawCell:
    """kind: as trace.uploads.workbook.Cell has it, or "list" for several texts of YAML."""

    kind: str
    text: str
    place: Place
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawRow:
    """cells: by the key of the column. Empty cells are absent; places of all are known."""

    place: Place
    cells: dict[str, RawCell]
    columns: dict[str, str]
    """Key of a column → how the place of its cell names it; "" in YAML, which says it in a path."""

    def place_of(self, key: str, title: str) -> Place:
        """Where the cell of a column is, or would be."""
        if key in self.cells:
            return self.cells[key].place
        return Place(self.place.sheet, self.place.row, self.columns.get(key, title))


@dataclass
class RawBook:
    """tables: title of a table → its rows. notes: Swedish sentences on what was not read."""

    tables: dict[str, list[RawRow]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
