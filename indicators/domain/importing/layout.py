"""How a nämnd's workbook is laid out: what its writer and its reader agree on.

Each goal has a sheet with tables. In the first column, which is hidden, every row says what it is:
a field row its key ("v-CODE-CATEGORY", "a-CODE", "g-PROGRAMME-NUMBER"), everything else OTHER. A
hidden row with COLUMNS in it stands above each table and says which column is which; so columns
that are moved are found where they are. A hidden sheet says whose workbook it is, for what period,
and what every field held when it was made.
"""

from indicators.domain.checks import GradePart, Part
from indicators.domain.statuses import StatusPart

GUIDE = "Läs först"
DEFINITIONS = "Definitioner"
KEYS = "Nycklar"
COLUMNS = "#kolumner"
OTHER = "#"

MARK = "samlad-arbetsbok"
FORMAT = "1"
# Of the sheet of keys: what stands in column A, and its value in B.
NAMND, PERIOD, REVISION = "nämnd", "period", "ändringsräknare"
FIELDS = ("rad", "kolumn", "kod", "fördelning", "definition", "värde vid hämtning", "fält")
"""The columns of its table, which begins under the row that says FIELDS."""

WHAT, WHOM = "vad", "avser"
"""The columns that name the row: an indicator, activity or goal; everybody, women or men."""
HEADINGS: dict[str, str] = {
    Part.NUMBER: "Utfall",
    Part.NUMERATOR: "Täljare",
    Part.DENOMINATOR: "Nämnare",
    Part.REST: "Resten: uppgift om kön saknas",
    Part.FORECAST: "Helårsprognos",
    Part.MISSING: "Uppgift saknas",
    Part.COMMENT: "Kommentar",
    StatusPart.STATE: "Läge",
    StatusPart.NEW_DATE: "Nytt datum",
    GradePart.GRADE: "Bedömning",
    GradePart.ANALYSIS: "Analys",
}
"""Over each column that is filled in, by its key."""
