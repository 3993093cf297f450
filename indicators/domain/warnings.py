"""What is said about a cell beside its fields, though it can be saved.

A warning asks for a word of explanation: the comment of the cell, which follows the number from
there on. Each is a whole Swedish sentence with its numbers. They are made for the reporting
nämnd's own eyes, and kept with its numbers.

What is said of other nämnder rests on what everybody may know of them (see held_against.py). Their
median is told where no people are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.check_rules import is_share
from indicators.domain.checks import (
    PER_CENT,
    Part,
    ValueInput,
    check_indicator,
    check_rest,
    figure_of,
    figure_parts,
)
from indicators.domain.held_against import (
    Beside,
    Figure,
    as_all_may_see,
    comparable,
    is_far,
    outcome,
)
from indicators.domain.numbers import NO_BREAK_SPACE, format_number
from indicators.enums import Category, Direction, PeriodKind, Rule
from indicators.models import IndicatorVersion, Period
from organisation.enums import NamndKind

RATIO_DECIMALS = 1
WITHIN_YEAR = {PeriodKind.T1: "tertial 1", PeriodKind.T2: "tertial 2"}
OTHERS = {
    NamndKind.STADSDELSNAMND: "andra stadsdelsnämnder",
    NamndKind.FACKNAMND: "andra facknämnder",
    NamndKind.BOLAG: "andra bolag",
}


@dataclass(frozen=True)
class Warned:
    """One rule that fired."""

    rule: Rule
    category: str
    text: str
    numbers: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        return {
            "rule": str(self.rule),
            "category": str(self.category),
            "text": self.text,
            "numbers": dict(self.numbers),
        }


Told = list[dict[str, object]]
"""Warnings as they are kept: `Warned.as_json`, and what `mark_answered` adds."""

UNANSWERED = "unanswered"
# What in the numbers of a warning the nämnd itself has written, and not what it was held against.
OWN_NUMBERS = ("value", "total")


def mark_answered(told: Told, *, comment: str, before: Told, comment_before: str) -> Told:
    """The warnings, those marked that stand beside a comment written before they arose.

    A comment answers what stood there when it was written. It goes on answering the same rule
    about the same number, and not another rule, nor another number. A comment that is written
    anew answers everything.
    """
    if not comment or comment != comment_before:
        return told
    answered = [_about(one) for one in before if not one.get(UNANSWERED)]
    return [one if _about(one) in answered else {**one, UNANSWERED: True} for one in told]


def are_explained(told: Sequence[Mapping[str, object]], comment: str) -> bool:
    """Whether the comment answers every one of the warnings; a blank one answers none."""
    return bool(comment) and not any(one.get(UNANSWERED) for one in told)


def _about(one: Mapping[str, object]) -> tuple[object, ...]:
    numbers = one.get("numbers")
    own = numbers if isinstance(numbers, Mapping) else {}
    return (
        one.get("rule"),
        one.get("category"),
        *(Decimal(own[name]) if name in own else None for name in OWN_NUMBERS),
    )


def look_over(
    definition: IndicatorVersion, cells: Mapping[str, ValueInput], period: Period, beside: Beside
) -> tuple[Warned, ...]:
    """Every rule that one indicator's cells, by category, give cause for; in the rules' order."""
    found: list[Warned] = []
    total = cells.get(Category.TOTAL, ValueInput(definition.pk))
    for rule, setting in beside.settings.items():
        if not setting.is_on:
            continue
        limit = setting.threshold
        if rule is Rule.LOWER:
            for category, cell in cells.items():
                found += _lower(definition, category, cell, period, beside, limit)
        elif rule is Rule.HISTORY:
            found += _far_from_own(definition, total, period, beside, limit)
        elif rule is Rule.PEERS:
            found += _far_from_others(definition, total, period, beside, limit)
        elif rule is Rule.TARGET:
            found += _off_target(definition, total, period, beside, limit)
        elif rule is Rule.ZERO:
            found += _zero(definition, total, period, beside, limit)
        elif rule is Rule.SEX:
            found += _without_sex(definition, cells, limit)
    return tuple(found)


def broken_rules(
    definition: IndicatorVersion, cells: Mapping[str, ValueInput], period: Period
) -> tuple[str, ...]:
    """What in a saved cell breaks a rule outright: content from before the rule is not refused."""
    return tuple(problem.message for problem in check_indicator(definition, cells, period))


def to_mend(definition: IndicatorVersion, cells: Mapping[str, ValueInput]) -> tuple[str, ...]:
    """What can be saved, but must be put right before the report is handed in."""
    return tuple(problem.message for problem in check_rest(definition, cells))


def _lower(
    definition: IndicatorVersion,
    category: str,
    cell: ValueInput,
    period: Period,
    beside: Beside,
    limit: Decimal,
) -> list[Warned]:
    pk = definition.pk
    earlier = [
        figure
        for figure in beside.own
        if figure.definition_id == pk and figure.category == category and figure.year == period.year
    ]
    if not earlier:
        return []
    before = earlier[-1]
    for part in figure_parts(definition):
        now, then = figure_of(cell, part), figure_of(before.cell, part)
        if now is None or then is None or now >= then * (100 - limit) / 100:
            continue
        what = "Värdet"
        if part is Part.NUMERATOR:
            what = f"”{definition.numerator_label}”"
        elif part is Part.DENOMINATOR:
            what = f"”{definition.denominator_label}”"
        whom = "" if category == Category.TOTAL else f" för {Category(category).label.lower()}"
        return [
            Warned(
                Rule.LOWER,
                category,
                f"{what} {format_number(now)}{whom} är lägre än {format_number(then)} i "
                f"{WITHIN_YEAR[PeriodKind(before.kind)]}{_of(before)}. "
                "Siffran ska räknas från årets början.",
                {"value": str(now), "earlier": str(then)},
            )
        ]
    return []


def _far_from_own(
    definition: IndicatorVersion,
    total: ValueInput,
    period: Period,
    beside: Beside,
    limit: Decimal,
) -> list[Warned]:
    now = outcome(definition, total)
    if now is None:
        return []
    before = comparable(definition, beside.own, period)
    series = _outcomes(definition, before)
    middle = is_far(now, series, limit, share=_in_per_cent(definition))
    if middle is None:
        return []
    return [
        Warned(
            Rule.HISTORY,
            Category.TOTAL,
            f"Värdet {_said(definition, now)} ligger långt {_side(now, middle)} vad nämnden "
            f"brukar ha. Medianen av de {len(series)} tidigare värdena är "
            f"{_said(definition, middle)}.{_carried(definition, before)}",
            {"value": str(now), "median": str(middle), "count": str(len(series))},
        )
    ]


def _far_from_others(
    definition: IndicatorVersion,
    total: ValueInput,
    period: Period,
    beside: Beside,
    limit: Decimal,
) -> list[Warned]:
    now = outcome(definition, total)
    if now is None:
        return []
    series = as_all_may_see(definition, comparable(definition, beside.others, period))
    middle = is_far(now, series, limit, share=_in_per_cent(definition))
    if middle is None:
        return []
    others = OTHERS.get(NamndKind(beside.namnd_kind), "andra nämnder") if beside.namnd_kind else ""
    text = (
        f"Värdet {_said(definition, now)} ligger långt {_side(now, middle)} vad "
        f"{others or 'andra nämnder'} brukar ha."
    )
    numbers = {"value": str(now)}
    if not definition.counts_people:
        text += f" Medianen för {len(series)} av dem är {_said(definition, middle)}."
        numbers |= {"median": str(middle), "count": str(len(series))}
    return [Warned(Rule.PEERS, Category.TOTAL, text, numbers)]


def _off_target(
    definition: IndicatorVersion,
    total: ValueInput,
    period: Period,
    beside: Beside,
    limit: Decimal,
) -> list[Warned]:
    """A year's outcome is held against the target; before the year is over, the forecast is.

    The city's target is a nämnd's as well only where it is a share.
    """
    target, whose = beside.own_target, "nämndens"
    if target is None and is_share(definition):
        target, whose = beside.city_target, "stadens"
    whole_year = period.kind == PeriodKind.VB
    reached = outcome(definition, total) if whole_year else total.forecast
    if target is None or reached is None:
        return []
    if definition.is_ratio:
        # As it is read: 89.96 of a target of 90 is written as 90,0.
        reached = reached.quantize(Decimal(1).scaleb(-RATIO_DECIMALS))
    wants_more = definition.direction == Direction.HIGHER
    slack = target * limit / 100
    if reached >= target - slack if wants_more else reached <= target + slack:
        return []
    what = "Utfallet" if whole_year else "Prognosen för helåret"
    missed = "når inte upp till" if wants_more else "är högre än"
    said = format_number(reached) + _sign(definition)
    return [
        Warned(
            Rule.TARGET,
            Category.TOTAL,
            f"{what}, {said}, {missed} {whose} årsmål {format_number(target)}{_sign(definition)}.",
            {"value": str(reached), "target": str(target)},
        )
    ]


def _zero(
    definition: IndicatorVersion,
    total: ValueInput,
    period: Period,
    beside: Beside,
    limit: Decimal,
) -> list[Warned]:
    part = figure_parts(definition)[0]
    earlier = comparable(definition, beside.own, period)
    if figure_of(total, part) != 0 or not earlier:
        return []
    before = earlier[-1]
    then = figure_of(before.cell, part)
    if then is None or then < limit:
        return []
    what = f"”{definition.numerator_label}”" if definition.is_ratio else "Värdet"
    label = PeriodKind(before.kind).label.lower()
    return [
        Warned(
            Rule.ZERO,
            Category.TOTAL,
            f"{what} är 0, men var {format_number(then)} i {label} {before.year}{_of(before)}. "
            "Se efter att det är noll, och inte att uppgift saknas.",
            {"value": "0", "earlier": str(then)},
        )
    ]


def _without_sex(
    definition: IndicatorVersion, cells: Mapping[str, ValueInput], limit: Decimal
) -> list[Warned]:
    total = cells.get(Category.TOTAL)
    sexes = [cells[c] for c in (Category.KVINNOR, Category.MAN) if c in cells]
    # Without the tick it is no matter of a comment, but to be mended (`to_mend`). While one of
    # them is still to be typed, nobody knows how many are missing.
    if (
        total is None
        or not total.sex_unknown
        or len(sexes) < 2
        or not all(cell.has_figure for cell in sexes)
    ):
        return []
    for part in reversed(figure_parts(definition)):
        whole = figure_of(total, part)
        together = sum((figure_of(cell, part) or Decimal(0) for cell in sexes), Decimal(0))
        if whole is None or (whole - together) * 100 <= whole * limit:
            continue
        of_what = ""
        if part is not Part.NUMBER:
            label = (
                definition.numerator_label
                if part is Part.NUMERATOR
                else definition.denominator_label
            )
            of_what = f" i ”{label}”"
        return [
            Warned(
                Rule.SEX,
                Category.TOTAL,
                f"Kvinnor och män är tillsammans {format_number(together)}{of_what}, och totalen "
                f"är {format_number(whole)}. Då saknas uppgift om kön för "
                f"{format_number(whole - together)}.",
                {"value": str(together), "total": str(whole)},
            )
        ]
    return []


def _of(figure: Figure) -> str:
    """ " (Rinkeby-Kista och Spånga-Tensta tillsammans)"; "" of the nämnd's own."""
    return f" ({figure.whose})" if figure.whose else ""


def _carried(definition: IndicatorVersion, figures: Sequence[Figure]) -> str:
    """A sentence of the values that are from before the nämnd was there; "" for none."""
    whose = [
        one.whose for one in figures if one.whose and outcome(definition, one.cell) is not None
    ]
    if not whose:
        return ""
    names = "; ".join(dict.fromkeys(whose))
    return f" {len(whose)} av dem är från tiden innan nämnden fanns: {names}."


def _outcomes(definition: IndicatorVersion, figures: Sequence[Figure]) -> list[Decimal]:
    said = (outcome(definition, figure) for figure in figures)
    return [number for number in said if number is not None]


def _in_per_cent(definition: IndicatorVersion) -> bool:
    return definition.unit == PER_CENT


def _side(number: Decimal, middle: Decimal) -> str:
    return "över" if number > middle else "under"


def _said(definition: IndicatorVersion, number: Decimal) -> str:
    decimals = RATIO_DECIMALS if definition.is_ratio else None
    return format_number(number, decimals=decimals) + _sign(definition)


def _sign(definition: IndicatorVersion) -> str:
    return f"{NO_BREAK_SPACE}%" if definition.unit == PER_CENT else ""
