"""What a file says of counts that two indicators share."""

from indicators.domain.loading import tables as t
from indicators.domain.loading.problems import Problems
from indicators.domain.loading.rows import Book
from indicators.enums import Aggregation
from indicators.models import Indicator

COLUMNS = ("numerator_same_as_id", "denominator_same_as_id")


def check_same_counts(book: Book, problems: Problems) -> None:
    """The other indicator is in the file or in Samlad, is another, and this one is a ratio."""
    rows = book[t.INDICATORS.title].values()
    named = {row.values[key] for row in rows for key in COLUMNS} - {""}
    if not named:
        return
    ratios = {
        row.values["indicator"]
        for row in book[t.DEFINITIONS.title].values()
        if row.values["aggregation"] == Aggregation.RATIO
    }
    here = {row.values["code"] for row in rows}
    elsewhere = set(
        Indicator.objects.filter(code__in=named - here).order_by().values_list("code", flat=True)
    )
    for row in rows:
        for key in COLUMNS:
            code = row.values[key]
            if not code or not row.has(key, "code"):
                continue
            if code == row.values["code"]:
                problems.add(row.at(key), "Skriv koden för en annan indikator än radens egen.")
            elif code not in here | elsewhere and t.INDICATORS.title not in problems.missing:
                problems.add(
                    row.at(key), f"Indikatorn ”{code}” finns inte. Rätta koden, eller lämna tomt."
                )
            elif row.values["code"] not in ratios and t.DEFINITIONS.title not in problems.missing:
                problems.add(
                    row.at(key),
                    "Bara en kvot har täljare och nämnare. Skriv det på kvotens rad i stället.",
                )
