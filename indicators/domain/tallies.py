"""The one grouped read that consolidation rests on. No total is stored anywhere."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, F, Max, Min, Q, Sum, When
from django.db.models import Value as Literal
from django.db.models.functions import Coalesce, Least, NullIf

from indicators.domain.expected import Expected
from indicators.enums import Aggregation
from indicators.models import IndicatorVersion, Value

PER_CENT = Decimal(100)
NOBODY = Literal(Decimal(0))

Key = tuple[str, int, str]
"""Period code, indicator id, category."""


@dataclass(frozen=True)
class Tally:
    """Values of one or several nämnder added up, as far as they can be added."""

    reported: int = 0
    """How many of them are figures; the rest are reasons why there is none."""
    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_example: bool = False
    approved_at: dt.datetime | None = None
    namnd_id: int | None = None
    """Set where the tally is one nämnd's own."""
    missing: str = ""
    comment: str = ""
    forecast: Decimal | None = None
    """What one nämnd expects of the whole year; forecasts are not added up."""
    least: Decimal | None = None
    """The smallest count above 0 among what was added: numbers, and the two parts of ratios."""
    corrected_on: dt.date | None = None
    """When one of the figures was last corrected."""
    corrections: int = 0
    """How many of them have been corrected."""
    was: "Tally | None" = None
    """What one nämnd's own was before it was corrected; None when it has not been."""
    why_corrected: str = ""


@dataclass(frozen=True)
class Outcome:
    """A figure before it has passed disclosure control. Never leaves the domain."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""


def read_tallies(
    expected: dict[str, Expected], *, in_detail: Collection[str], indicator_ids: Collection[int]
) -> dict[Key, list[Tally]]:
    """What the approved reports say, added up by the database in one query.

    expected: the periods to read, by code. in_detail: codes of the periods that are read nämnd by
    nämnd (one tally each); of the others there is one tally for each definition. Only the
    approved version of a report is read, only nämnder that are asked in that period, and only
    values of the definition that holds on its last day.
    """
    wanted, asked = _asked(expected, indicator_ids)
    if not wanted:
        return {}
    report = "version__approved_of__"
    period_ids = {code: exp.period.pk for code, exp in expected.items()}
    codes = {pk: code for code, pk in period_ids.items()}
    detailed = Q(**{f"{report}period__in": [period_ids[code] for code in in_detail]}) | Q(
        definition__aggregation=Aggregation.LATEST
    )
    rows = (
        Value.objects.order_by()
        .filter(
            asked,
            **{f"{report}period__in": codes},
        )
        .annotate(one=Case(When(detailed, then=F(f"{report}namnd"))))
        .values("one", "definition", "category", f"{report}period")
        .annotate(
            reported=Count(Coalesce("number", "numerator")),
            number_sum=Sum("number"),
            numerator_sum=Sum("numerator"),
            denominator_sum=Sum("denominator"),
            examples=Count("pk", filter=Q(**{f"{report}is_example": True})),
            approved_at=Max("version__approved_at"),
            why=Max("missing", filter=detailed),
            said=Max("comment", filter=detailed),
            expects=Max("forecast", filter=detailed),
            least=Min(
                Least(
                    NullIf("number", NOBODY),
                    NullIf("numerator", NOBODY),
                    NullIf(F("denominator") - F("numerator"), NOBODY),
                )
            ),
            # At most one correction a value: nothing is counted twice.
            corrected_on=Max("correction__corrected_on"),
            corrections=Count("correction"),
            was_number=Max("correction__number", filter=detailed),
            was_numerator=Max("correction__numerator", filter=detailed),
            was_denominator=Max("correction__denominator", filter=detailed),
            was_missing=Max("correction__missing", filter=detailed),
            why_corrected=Max("correction__reason", filter=detailed),
        )
        .values_list(
            f"{report}period",
            "definition",
            "category",
            "reported",
            "number_sum",
            "numerator_sum",
            "denominator_sum",
            "examples",
            "approved_at",
            "one",
            "why",
            "said",
            "expects",
            "least",
            "corrected_on",
            "corrections",
            "was_number",
            "was_numerator",
            "was_denominator",
            "was_missing",
            "why_corrected",
        )
    )
    tallies: dict[Key, list[Tally]] = defaultdict(list)
    for row in rows:
        period_id, definition_id, category, reported, number, numerator, denominator = row[:7]
        examples, approved_at, one, why, said, expects, least, corrected_on, corrections = row[7:16]
        *was, was_missing, why_corrected = row[16:]
        code = codes[period_id]
        indicator_id = wanted.get((code, definition_id))
        if indicator_id is None:
            continue
        tallies[code, indicator_id, category].append(
            Tally(
                reported=reported,
                number=number,
                numerator=numerator,
                denominator=denominator,
                is_example=examples > 0,
                approved_at=approved_at,
                namnd_id=one,
                missing=why or "",
                comment=said or "",
                forecast=expects,
                least=least,
                corrected_on=corrected_on,
                corrections=corrections,
                was=_was(one, was, was_missing) if corrected_on and one is not None else None,
                why_corrected=why_corrected or "",
            )
        )
    return dict(tallies)


def _was(namnd_id: int, figures: list[Decimal | None], missing: str | None) -> Tally:
    """One nämnd's figure as it was before it was corrected."""
    number, numerator, denominator = figures
    given = int(number is not None or numerator is not None)
    return Tally(given, number, numerator, denominator, namnd_id=namnd_id, missing=missing or "")


def add_up(definition: IndicatorVersion, tallies: Iterable[Tally]) -> tuple[Outcome, int]:
    """The city's figure by the definition's aggregation, and how many nämnder it builds on.

    A ratio is the sum of the numerators over the sum of the denominators, times the scale: never
    a mean of percentages. A share of yes is per cent (0–100) of those who have answered. What is
    missing adds nothing, and where everything is missing so is the figure.
    """
    given = [tally for tally in tallies if tally.reported]
    reported = sum(tally.reported for tally in given)
    if not given or definition.aggregation == Aggregation.NONE:
        return Outcome(), reported
    if definition.aggregation == Aggregation.LATEST:
        return outcome_of(definition, latest(given)), reported
    number = _total(tally.number for tally in given)
    if definition.aggregation == Aggregation.SHARE_YES:
        yes = number or Decimal(0)
        return Outcome(PER_CENT * yes / reported, yes, Decimal(reported)), reported
    summed = Tally(
        reported,
        number,
        _total(tally.numerator for tally in given),
        _total(tally.denominator for tally in given),
    )
    return outcome_of(definition, summed), reported


def outcome_of(definition: IndicatorVersion, tally: Tally) -> Outcome:
    """The figure of one tally as it stands: a number, or a ratio times the definition's scale."""
    if tally.denominator is None:
        return Outcome(tally.number)
    numerator = tally.numerator or Decimal(0)
    if tally.denominator == 0:
        return Outcome(None, numerator, tally.denominator, "går inte att räkna: nämnaren är 0")
    value = numerator * definition.scale / tally.denominator
    return Outcome(value, numerator, tally.denominator)


def latest(tallies: list[Tally]) -> Tally:
    """The one approved last; of several approved at once, the nämnd registered last."""
    return max(
        tallies,
        key=lambda t: (t.approved_at.timestamp() if t.approved_at else 0.0, t.namnd_id or 0),
    )


def _total(numbers: Iterable[Decimal | None]) -> Decimal | None:
    given = [number for number in numbers if number is not None]
    return sum(given, Decimal(0)) if given else None


def _asked(
    expected: dict[str, Expected], indicator_ids: Collection[int]
) -> tuple[dict[tuple[str, int], int], Q]:
    """Which definitions count in which period, and a filter on who is asked for them in it.

    Most indicators are asked of the same nämnder in most periods: what is alike is said together,
    so that the filter does not grow with the years.
    """
    wanted: dict[tuple[str, int], int] = {}
    alike: dict[frozenset[int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for code, in_period in expected.items():
        for indicator_id in indicator_ids:
            definition = in_period.definitions.get(indicator_id)
            if definition is not None:
                wanted[code, definition.pk] = indicator_id
                asked = in_period.asked_of[indicator_id]
                alike[asked][in_period.period.pk].append(indicator_id)
    condition = Q(pk__in=[])
    for namnd_ids, in_periods in alike.items():
        together: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for period_id, indicators in in_periods.items():
            together[tuple(indicators)].append(period_id)
        for indicators_alike, period_ids in together.items():
            condition |= Q(
                definition__indicator__in=indicators_alike,
                version__approved_of__namnd__in=namnd_ids,
                version__approved_of__period__in=period_ids,
            )
    return wanted, condition
