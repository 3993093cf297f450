"""The one read that consolidation rests on. No total is stored in the database.

The database adds up what may be added, and gives nämnd by nämnd only what is to be read so: each
of those is one value of one approved report, and has nothing to be added to.

What an approved version says never changes: the database refuses it. So a process keeps the sums
of a period as long as the same versions are approved, which the same statement tells, and the
database adds up anew only the periods in which something has been approved since. Inside a
transaction nothing is kept: what is read there may be undone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from indicators.domain.expected import Expected
from indicators.domain.tallies import Key, Tally
from indicators.enums import Aggregation

Cell = tuple[int, frozenset[int]]
"""Definition id, and ids of the nämnder that are asked: what a sum is of, in a period."""
Cells = dict[int, dict[Cell, int]]
"""Period id → what is read of it → the indicator's id."""

# Where sums are kept the answer has a row for each period, with what tells its versions apart
# from all others: who is approved, when, and what is an example. A version is of one report, and
# so of one nämnd.
COUNTED = """
    WITH counted AS NOT MATERIALIZED (
        SELECT report.period_id, report.namnd_id, report.is_example, version.id AS version_id,
               version.approved_at
        FROM indicators_report report
        JOIN indicators_reportversion version ON version.id = report.approved_id
        WHERE report.period_id = ANY(%(periods)s::bigint[])
    ), told AS NOT MATERIALIZED (
        SELECT period_id,
               md5(string_agg(
                   concat_ws(' ', version_id, is_example, extract(epoch FROM approved_at)), ','
                   ORDER BY version_id
               )) AS print
        FROM counted
        WHERE %(keeps)s
        GROUP BY period_id
    ), anew AS NOT MATERIALIZED (
        SELECT counted.*
        FROM counted
        LEFT JOIN told USING (period_id)
        LEFT JOIN unnest(%(kept)s::bigint[], %(prints)s::text[]) AS kept (period_id, print)
            USING (period_id)
        WHERE kept.print IS DISTINCT FROM told.print OR told.print IS NULL
    )
"""
PRINTS = """
    SELECT period_id, NULL::bigint, print, NULL::bigint, NULL::bigint, NULL::numeric,
           NULL::numeric, NULL::numeric, NULL::boolean, NULL::timestamptz, NULL::numeric,
           NULL::date, NULL::bigint, NULL::text, NULL::text, NULL::numeric, NULL::numeric,
           NULL::numeric, NULL::numeric, NULL::text, NULL::text
    FROM told
"""
SUMS = """
    SELECT counted.period_id, value.definition_id, value.category, NULL,
           count(coalesce(value.number, value.numerator)), sum(value.number),
           sum(value.numerator), sum(value.denominator), bool_or(counted.is_example),
           max(counted.approved_at),
           min(least(nullif(value.number, 0), nullif(value.numerator, 0),
                     nullif(value.denominator - value.numerator, 0))),
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM anew counted
    JOIN indicators_value value ON value.version_id = counted.version_id
    WHERE {asked}
    GROUP BY counted.period_id, value.definition_id, value.category
"""
# Few values are ever corrected: they are not sought for each of the others.
CORRECTED = """
    SELECT counted.period_id, value.definition_id, value.category, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL,
           max(correction.corrected_on), count(*), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM indicators_correction correction
    JOIN indicators_value value ON value.id = correction.value_id
    JOIN anew counted ON counted.version_id = value.version_id
    WHERE {asked}
    GROUP BY counted.period_id, value.definition_id, value.category
"""
EACH = """
    SELECT counted.period_id, value.definition_id, value.category, counted.namnd_id,
           (coalesce(value.number, value.numerator) IS NOT NULL)::int, value.number,
           value.numerator, value.denominator, counted.is_example, counted.approved_at,
           least(nullif(value.number, 0), nullif(value.numerator, 0),
                 nullif(value.denominator - value.numerator, 0)),
           correction.corrected_on, (correction.id IS NOT NULL)::int, value.missing,
           value.comment, value.forecast, correction.number, correction.numerator,
           correction.denominator, correction.missing, correction.reason
    FROM counted
    JOIN indicators_value value ON value.version_id = counted.version_id
    LEFT JOIN indicators_correction correction ON correction.value_id = value.id
    WHERE {asked}
"""


@dataclass(frozen=True)
class _Kept:
    """The sums of one period, of the versions that the print tells of. Never changed."""

    print: str
    sums: Mapping[Cell, Mapping[str, Tally]]
    """By what they are of: category → sum."""


_kept: dict[tuple[str, int], _Kept] = {}
"""By database and period id."""
MOST_KEPT = 2_000
"""Cells of one period: more than are asked for at once, as who is asked changes now and then."""


def read_tallies(
    expected: Mapping[str, Expected],
    *,
    in_detail: Collection[str],
    indicator_ids: Collection[int],
    in_full: Collection[int] = (),
) -> dict[Key, list[Tally]]:
    """What the approved reports say, added up by the database in one query.

    expected: the periods to read, by code. in_detail: codes of the periods that are read nämnd by
    nämnd (one tally each); of the others there is one tally for each definition, if it is not the
    latest that counts. in_full: indicators that are read nämnd by nämnd in every period. Only the
    approved version of a report is read, only nämnder that are asked
    in that period, and only values of the definition that holds on its last day.
    """
    each, summed = _cells(expected, set(in_detail), indicator_ids, set(in_full))
    if not each and not summed:
        return {}
    keeps = not connection.in_atomic_block
    held = {
        period_id: kept
        for period_id, cells in summed.items()
        if keeps and (kept := _kept.get(_place(period_id))) and cells.keys() <= kept.sums.keys()
    }
    codes = {in_period.period.pk: code for code, in_period in expected.items()}
    indicators = {
        definition_id: indicator_id
        for cells in (*each.values(), *summed.values())
        for (definition_id, _), indicator_id in cells.items()
    }
    tallies: dict[Key, list[Tally]] = defaultdict(list)
    anew: dict[int, dict[int, dict[str, Tally]]] = defaultdict(lambda: defaultdict(dict))
    prints: dict[int, str] = {}
    corrected: list[tuple[Any, ...]] = []
    for row in _rows(codes, each, summed, keeps=keeps, held=held):
        period_id, definition_id, category, namnd_id, reported = row[:5]
        if definition_id is None:
            prints[period_id] = category
        elif namnd_id is not None:
            tallies[codes[period_id], indicators[definition_id], category].append(_of_one(row))
        elif reported is not None:
            anew[period_id][definition_id][category] = _tally(row)
        else:
            corrected.append(row)
    for row in corrected:
        by_category = anew[row[0]][row[1]]
        by_category[row[2]] = by_category[row[2]]._replace(
            corrected_on=row[11], corrections=row[12]
        )
    for period_id, cells in summed.items():
        code = codes[period_id]
        sums: Mapping[Cell, Mapping[str, Tally]]
        told = prints.get(period_id)
        if period_id in held and held[period_id].print == told:
            sums = held[period_id].sums
        else:
            sums = {cell: anew[period_id][cell[0]] for cell in cells}
            if told is not None:
                _keep(period_id, told, sums)
        for cell, indicator_id in cells.items():
            for category, tally in sums[cell].items():
                tallies[code, indicator_id, category] = [tally]
    return dict(tallies)


def _cells(
    expected: Mapping[str, Expected],
    in_detail: Collection[str],
    indicator_ids: Collection[int],
    in_full: Collection[int],
) -> tuple[Cells, Cells]:
    """What is read nämnd by nämnd, and what is added up."""
    each: Cells = {}
    summed: Cells = {}
    for code, in_period in expected.items():
        period_id = in_period.period.pk
        for indicator_id in indicator_ids:
            definition = in_period.definitions.get(indicator_id)
            if definition is None:
                continue
            alone = code in in_detail or indicator_id in in_full
            alone = alone or definition.aggregation == Aggregation.LATEST
            cell = definition.pk, in_period.asked_of[indicator_id]
            (each if alone else summed).setdefault(period_id, {})[cell] = indicator_id
    return each, summed


def _rows(
    period_ids: Collection[int],
    each: Cells,
    summed: Cells,
    *,
    keeps: bool,
    held: Mapping[int, _Kept],
) -> Iterator[tuple[Any, ...]]:
    """The rows of the one statement, in no order."""
    parameters: dict[str, Any] = {
        "periods": list(period_ids),
        "keeps": keeps and bool(summed),
        "kept": list(held),
        "prints": [kept.print for kept in held.values()],
    }
    parts = [PRINTS]
    for cells, statements in ((summed, (SUMS, CORRECTED)), (each, (EACH,))):
        if cells:
            asked = _asked(cells, parameters)
            parts += [statement.format(asked=asked) for statement in statements]
    with connection.cursor() as cursor:
        cursor.execute(COUNTED + " UNION ALL ".join(parts), parameters)
        # As the driver gives them: thousands of numbers need no second conversion.
        yield from cursor.fetchall()


def _asked(cells: Cells, parameters: dict[str, Any]) -> str:
    """A condition on who is asked for what in which period; its parameters are put among them.

    Most indicators are asked of the same nämnder in most periods: what is alike is said together,
    so that the condition does not grow with the years.
    """
    alike: dict[frozenset[int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for period_id, in_period in cells.items():
        for definition_id, asked in in_period:
            alike[asked][period_id].append(definition_id)
    conditions = []
    for namnd_ids, in_periods in alike.items():
        together: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for period_id, definitions in in_periods.items():
            together[tuple(sorted(definitions))].append(period_id)
        for definitions_alike, period_ids in together.items():
            names = []
            for ids in (definitions_alike, namnd_ids, period_ids):
                names.append(f"ids_{len(parameters)}")
                parameters[names[-1]] = sorted(ids)
            conditions.append(
                f"value.definition_id = ANY(%({names[0]})s::bigint[])"
                f" AND counted.namnd_id = ANY(%({names[1]})s::bigint[])"
                f" AND counted.period_id = ANY(%({names[2]})s::bigint[])"
            )
    return "(" + " OR ".join(conditions) + ")"


def _tally(row: tuple[Any, ...]) -> Tally:
    _, _, _, namnd_id, reported, number, numerator, denominator, is_example, approved_at, least = (
        row[:11]
    )
    return Tally(
        reported, number, numerator, denominator, is_example, approved_at, namnd_id, least=least
    )


def _of_one(row: tuple[Any, ...]) -> Tally:
    """One nämnd's own value, with what it was before it was corrected."""
    namnd_id, corrected_on = row[3], row[11]
    return _tally(row)._replace(
        missing=row[13],
        comment=row[14],
        forecast=row[15],
        corrected_on=corrected_on,
        corrections=row[12],
        was=_was(namnd_id, row[16:19], row[19]) if corrected_on else None,
        why_corrected=row[20] or "",
    )


def _was(namnd_id: int, figures: Sequence[Decimal | None], missing: str | None) -> Tally:
    """One nämnd's figure as it was before it was corrected."""
    number, numerator, denominator = figures
    given = int(number is not None or numerator is not None)
    return Tally(given, number, numerator, denominator, namnd_id=namnd_id, missing=missing or "")


def forget() -> None:
    """Forget what is kept, as a process that starts anew."""
    _kept.clear()


def _place(period_id: int) -> tuple[str, int]:
    return connection.settings_dict["NAME"], period_id


def _keep(period_id: int, print_: str, sums: Mapping[Cell, Mapping[str, Tally]]) -> None:
    earlier = _kept.get(_place(period_id))
    if earlier and earlier.print == print_ and len(earlier.sums) < MOST_KEPT:
        sums = {**earlier.sums, **sums}
    # Put in place as a whole: another thread reads either what was there, or this.
    _kept[_place(period_id)] = _Kept(print_, sums)
