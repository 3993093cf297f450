"""What a reader asks for of the consolidated follow-up, out of the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from indicators.domain.selection import Selection
from indicators.enums import PeriodKind, Reading
from indicators.models import Period

MOST_LETTERS = 100


@dataclass(frozen=True)
class Asked:
    """A selection, and the answers of the form that it was made of."""

    selection: Selection
    first: str
    kind: str

    @property
    def query(self) -> str:
        """The address of the same selection, to which an indicator can be added."""
        data = QueryDict(mutable=True)
        data["fran"], data["lasning"] = self.first, self.selection.reading
        if self.kind:
            data["slag"] = self.kind
        if self.selection.programme:
            data["program"] = self.selection.programme
        data.setlist("namnd", sorted(self.selection.namnder))
        return data.urlencode()


def selection_from(data: QueryDict, history: Sequence[Period]) -> Asked:
    """The selection that the address asks for; what it does not say, or says wrongly, is left open.

    history: the periods to choose from, oldest first; the last of them is always among the chosen.
    """
    codes = [period.code for period in history]
    last = history[-1]
    first = data.get("fran", "")
    if first not in codes:
        first = last.code
    kind = data.get("slag", "")
    if kind not in PeriodKind.values:
        kind = ""
    reading = data.get("lasning", "")
    if reading not in Reading.values:
        reading = Reading.RAPPORTERAT.value
    chosen = [
        period.code
        for period in history[codes.index(first) :]
        if period is last or kind in ("", period.kind)
    ]
    return Asked(
        Selection(
            periods=tuple(chosen),
            namnder=frozenset(code[:MOST_LETTERS] for code in data.getlist("namnd") if code),
            programme=data.get("program", "")[:MOST_LETTERS],
            indicator=data.get("indikator", "")[:MOST_LETTERS],
            reading=reading,
        ),
        first,
        kind,
    )
