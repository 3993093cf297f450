"""How the workbook of a nämnd's report looks: its columns, colours, and how a text is put in."""

from dataclasses import dataclass
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.checks import GradePart, Part
from indicators.domain.importing import layout
from indicators.domain.statuses import StatusPart

HEADER_FONT = Font(name="Calibri", bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="0A5A66")
FILL_IN = PatternFill("solid", fgColor="FFF7D6")
LOCKED = PatternFill("solid", fgColor="F1F0EB")
LINE = Side("thin", color="C9C5BA")
ROW_LINE = Border(bottom=Side("thin", color="D9D6CD"))
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TEXT = Alignment(wrap_text=True, vertical="top")
FIGURE = Alignment(wrap_text=True, vertical="top", horizontal="right")
UNLOCKED = Protection(locked=False)
TITLE, HEADING = Font(name="Calibri", bold=True, size=14), Font(name="Calibri", bold=True, size=12)
TEXT_FORMAT, DAY_FORMAT, NUMBER_FORMAT = "@", "yyyy-mm-dd", "General"
LINE_HEIGHT, TALLEST = 15, 400


@dataclass(frozen=True)
class Column:
    """key: of the hidden row of columns. width: in signs."""

    key: str
    title: str
    width: float


WHAT, WHOM = Column(layout.WHAT, "Indikator", 44), Column(layout.WHOM, "Avser", 10)
HOW = Column("hur", "Så fylls det i", 26)
BEFORE, LAST_YEAR = Column("forra", "Förra perioden", 17), Column("fjol", "Förra året", 17)
TARGET = Column("arsmal", "Årsmål", 16)
NUMBER = Column(Part.NUMBER, layout.HEADINGS[Part.NUMBER], 14)
NUMERATOR, DENOMINATOR = (
    Column(Part.NUMERATOR, layout.HEADINGS[Part.NUMERATOR], 11),
    Column(Part.DENOMINATOR, layout.HEADINGS[Part.DENOMINATOR], 11),
)
REST = Column(Part.REST, layout.HEADINGS[Part.REST], 16)
FORECAST = Column(Part.FORECAST, layout.HEADINGS[Part.FORECAST], 14)
MISSING = Column(Part.MISSING, layout.HEADINGS[Part.MISSING], 22)
COMMENT = Column(Part.COMMENT, layout.HEADINGS[Part.COMMENT], 60)
COLUMNS = (
    WHAT, WHOM, HOW, BEFORE, LAST_YEAR, TARGET,
    NUMBER, NUMERATOR, DENOMINATOR, FORECAST, MISSING, REST, COMMENT,
)  # fmt: skip
AT = {column.key: at for at, column in enumerate(COLUMNS, start=2)}
# The tables of activities and of the judgement stand in the same columns under other names.
STATE = Column(StatusPart.STATE, layout.HEADINGS[StatusPart.STATE], 0)
NEW_DATE = Column(StatusPart.NEW_DATE, layout.HEADINGS[StatusPart.NEW_DATE], 0)
GRADE = Column(GradePart.GRADE, layout.HEADINGS[GradePart.GRADE], 0)
ANALYSIS = Column(GradePart.ANALYSIS, layout.HEADINGS[GradePart.ANALYSIS], 0)


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that width."""
    return sum(max(1, -(-len(part) // int(width))) for part in text.split("\n"))


def write(sheet: Worksheet, row: int, at: int, content: str | int | Decimal) -> Cell:
    cell: Cell = sheet.cell(row, at)
    if isinstance(content, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", content)
        cell.data_type = "s"  # or a leading = would make it a formula
    else:
        cell.value = content
    return cell
