"""Whether what a person sees in the workbook is what Samlad reads there.

The hidden keys say which row and which column a cell is of. Where headings or names have been
moved without them, what was typed would be saved somewhere else than its writer meant.
"""

from collections.abc import Iterator, Mapping

from openpyxl.utils import get_column_letter

from indicators.domain.importing.fields import ReportField, same
from indicators.domain.importing.layout import HEADINGS, WHAT, WHOM
from indicators.domain.loading.problems import Place
from trace.uploads.workbook import Cell

Said = Iterator[tuple[Place, str]]


def misplaced_headings(
    sheet: str, number: int, cells: Mapping[int, Cell], columns: Mapping[int, str]
) -> Said:
    """Headings that stand over another column than their own. columns: keys by place."""
    heading_of = {words: key for key, words in HEADINGS.items()}
    for at, key in columns.items():
        words = _plain(cells[at].text) if at in cells else ""
        other = heading_of.get(words)
        if key in HEADINGS and other and other != key and HEADINGS[key] != words:
            letter = get_column_letter(at)
            yield (
                Place(sheet, number, letter),
                f"Rubriken är ”{words}”, men kolumn {letter} läses som ”{HEADINGS[key]}”: rubrik "
                "och innehåll har flyttats var för sig. Flytta hela kolumner, eller hämta "
                "arbetsboken på nytt.",
            )


class Names:
    """What the rows are called, to be held against what stands in them."""

    def __init__(self, rows: Mapping[str, Mapping[str, ReportField]]) -> None:
        firsts = {key: next(iter(fields.values())) for key, fields in rows.items()}
        self.about = {key: _plain(one.about) for key, one in firsts.items()}
        self.whom = {key: one.whom for key, one in firsts.items()}
        self.all_about = frozenset(self.about.values())
        self.all_whom = frozenset(filter(None, self.whom.values()))

    def misplaced(
        self,
        sheet: str,
        number: int,
        key: str,
        cells: Mapping[int, Cell],
        columns: Mapping[int, str],
    ) -> Said:
        """Names on a row that are those of another one. A name of one's own making does no harm."""
        for at, column in columns.items():
            words = _plain(cells[at].text) if at in cells else ""
            for wanted, mine, known in (
                (WHAT, self.about[key], self.all_about),
                (WHOM, self.whom[key], self.all_whom),
            ):
                if column == wanted and words in known and words != mine:
                    yield (
                        Place(sheet, number, get_column_letter(at)),
                        f"Här står ”{words}”, men raden läses som ”{self._called(key)}”: namn och "
                        "innehåll har flyttats var för sig. Ångra flytten, eller hämta "
                        "arbetsboken på nytt.",
                    )

    def _called(self, key: str) -> str:
        about, whom = self.about[key], self.whom[key].lower()
        is_split = sum(one == about for one in self.about.values()) > 1
        return f"{about}, {whom}" if is_split and whom else about


def _plain(text: str) -> str:
    return " ".join(same(text).split())
