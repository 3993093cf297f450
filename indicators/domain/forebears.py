"""What the nämnder before one gave together: for what stands beside a field, and for warnings.

Put together as the nämnd's series is (series.py): sums are added and ratios by their parts, and
only what was approved counts. The queries are pieces of others: `r` is a report.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indicators.domain.json_rows import loaded, row_of
from indicators.domain.series import Lineage, lineage_of, together
from indicators.domain.tallies import Outcome, Tally
from indicators.models import IndicatorVersion, Value
from organisation.models import Namnd

# All successions; there are few.
LINEAGE = (
    "SELECT jsonb_build_object('successor', s.successor_id, 'predecessor', to_jsonb(n)) "
    "FROM organisation_namndsuccession s JOIN organisation_namnd n ON n.id = s.predecessor_id "
    "ORDER BY s.on, s.id"
)
# Ids of all before one nämnd, however far back. {namnd}: the id of that one.
FOREBEAR_IDS = """
WITH RECURSIVE before AS (
    SELECT s.predecessor_id AS id FROM organisation_namndsuccession s
    WHERE s.successor_id = {namnd}
    UNION
    SELECT s.predecessor_id FROM organisation_namndsuccession s JOIN before b
        ON s.successor_id = b.id
)
SELECT id FROM before
"""


def lineage_from(rows: Iterable[Any]) -> Lineage:
    """Of what the query `LINEAGE` found."""
    return lineage_of(
        (row["successor"], row_of(Namnd, loaded(row["predecessor"]))) for row in map(loaded, rows)
    )


def forebears_on(lineage: Lineage, namnd: Namnd, day: dt.date) -> tuple[Sequence[Namnd], bool]:
    """Whose figures of a period that ended that day the nämnd carries on, and if it does so alone.

    None where it was there itself.
    """
    return ((), True) if namnd.exists_on(day) else lineage.forebears(namnd, day)


def given_together(
    definition: IndicatorVersion,
    forebears: Sequence[Namnd],
    figures: Mapping[int, Value | Any],
    *,
    alone: bool,
) -> tuple[Outcome, str]:
    """What they gave as one figure, or why there is none.

    figures: what each gave, by nämnd id: anything with a number, a numerator and a denominator.
    """
    own: dict[int | None, Tally] = {
        pk: Tally(
            reported=int(one.number is not None or one.numerator is not None),
            number=one.number,
            numerator=one.numerator,
            denominator=one.denominator,
            namnd_id=pk,
        )
        for pk, one in figures.items()
    }
    return together(definition, forebears, own, alone=alone)


def in_words(forebears: Sequence[Namnd]) -> str:
    """ "Rinkeby-Kista och Spånga-Tensta tillsammans"; one of them by its name."""
    *most, last = [namnd.short_name for namnd in forebears]
    return f"{', '.join(most)} och {last} tillsammans" if most else last
