"""How a nämnd's workbook is laid out: what its writer and its reader agree on.

Each goal has a sheet with tables. In the first column, which is hidden, every row says what it is:
a field row its key ("v-CODE-CATEGORY", "a-CODE", "g-PROGRAMME-NUMBER"), everything else OTHER. A
hidden row with COLUMNS in it stands above each table and says which column is which; so columns
that are moved are found where they are. A hidden sheet says whose workbook it is, for what period,
and what every field held when it was made.
"""

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
