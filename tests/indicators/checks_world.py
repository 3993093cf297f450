"""What a person would say of the cells of one indicator, in plain Python."""

from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from hypothesis import strategies as st

from indicators.domain.check_rules import default_for, rules_for
from indicators.domain.checks import Part, ValueInput, check_indicator, check_rest
from indicators.domain.held_against import Beside, Figure
from indicators.domain.warnings import look_over
from indicators.enums import Accumulation, Aggregation, Category, Direction, Rule
from indicators.models import IndicatorVersion, Period

SUM, RATIO, YES_NO, PER_CENT = "summa", "kvot", "ja/nej", "procent"
CATEGORIES = (Category.TOTAL, Category.KVINNOR, Category.MAN)
numbers = st.one_of(
    st.none(),
    st.integers(-2, 120).map(Decimal),
    st.sampled_from([Decimal("0.5"), Decimal("7.25"), Decimal("1.005"), Decimal(10) ** 12]),
)
cells = st.tuples(numbers, numbers, numbers)
indicators = {
    "kind": st.sampled_from([SUM, RATIO, YES_NO, PER_CENT]),
    "whole": st.booleans(),
    "split": st.booleans(),
}
contents = indicators | {
    "given": st.fixed_dictionaries(
        {Category.TOTAL: cells},
        optional={Category.KVINNOR: cells, Category.MAN: cells},
    ),
    "only_own": st.booleans(),
    "missing": st.sampled_from(["", "", "", "finns-inte"]),
    "ticked": st.booleans(),
}


def version(kind: str, *, whole: bool = False, split: bool = False, **fields: Any):
    aggregation = {
        SUM: Aggregation.SUM,
        RATIO: Aggregation.RATIO,
        YES_NO: Aggregation.SHARE_YES,
        PER_CENT: Aggregation.NONE,
    }[kind]
    return IndicatorVersion(
        pk=1,
        name="x",
        unit="%" if kind in (RATIO, PER_CENT) else "antal",
        scale=100 if kind == RATIO else 1,
        aggregation=aggregation,
        accumulation=fields.pop("accumulation", Accumulation.YEAR_TO_DATE),
        whole_numbers=whole,
        split_by_sex=split,
        numerator_label="Täljare",
        denominator_label="Nämnare",
        **fields,
    )


# Errors ------------------------------------------------------------------------------------------


pairs = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(
    lambda pair: (None, Decimal(min(pair)), Decimal(max(pair)))
)
split_ratios = {
    "kind": st.just(RATIO),
    "whole": st.just(True),
    "split": st.just(True),
    "given": st.fixed_dictionaries(
        {Category.TOTAL: pairs}, optional={Category.KVINNOR: pairs, Category.MAN: pairs}
    ),
    "only_own": st.just(False),
    "missing": st.just(""),
    "ticked": st.booleans(),
}


def figure_is_wrong(kind: str, number: Decimal, *, whole: bool) -> bool:
    """A number by itself: its sign, its length, whether it may have decimals, whether yes or no."""
    return (
        number < 0
        or number >= 10**12
        or number * 100 % 1 != 0
        or (kind == YES_NO and number not in (0, 1))
        or (whole and number % 1 != 0)
        or (kind == PER_CENT and number > 100)
    )


def plain_errors(kind, whole, split, given, missing, ticked) -> set[tuple[str, Part]]:
    """Which fields a person would put a red mark at."""
    wrong = set()
    shown = CATEGORIES if split and kind != YES_NO else CATEGORIES[:1]
    asked = (Part.NUMERATOR, Part.DENOMINATOR) if kind == RATIO else (Part.NUMBER,)
    said = {}
    for category in shown:
        if category not in given:
            continue
        fields = dict(
            zip((Part.NUMBER, Part.NUMERATOR, Part.DENOMINATOR), given[category], strict=True)
        )
        said[category] = any(number is not None for number in fields.values())
        mine = {
            (category, part)
            for part, number in fields.items()
            if number is not None
            and (part not in asked or figure_is_wrong(kind, number, whole=whole))
        }
        if not mine and kind == RATIO:
            above, below = fields[Part.NUMERATOR], fields[Part.DENOMINATOR]
            if above is None and below is not None:
                mine.add((category, Part.NUMERATOR))
            elif below is None and above is not None:
                mine.add((category, Part.DENOMINATOR))
            elif above is not None and below is not None and above > below:
                mine.add((category, Part.NUMERATOR))
        wrong |= mine
    sexes = [c for c in shown[1:] if said.get(c)]
    if missing and (said[Category.TOTAL] or sexes):
        wrong.add((Category.TOTAL, Part.MISSING))
    adds = kind in (SUM, RATIO)
    if ticked and (not (adds and len(shown) > 1) or not said[Category.TOTAL]):
        wrong.add((Category.TOTAL, Part.REST))
    if wrong or not sexes:
        return wrong
    if not said[Category.TOTAL]:
        return {(Category.TOTAL, asked[0])}
    if adds:
        at = {Part.NUMBER: 0, Part.NUMERATOR: 1, Part.DENOMINATOR: 2}
        for part in asked:
            if sum(given[c][at[part]] for c in sexes) > given[Category.TOTAL][at[part]]:
                wrong.add((Category.TOTAL, part))
    if kind == RATIO and not wrong:
        # Take away women and men: of those who are left, too, the part is of the whole.
        above, below = (
            given[Category.TOTAL][at] - sum(given[c][at] for c in sexes) for at in (1, 2)
        )
        if above > below:
            wrong.add((Category.TOTAL, Part.NUMERATOR))
    return wrong


def plain_rest(kind, split, given, ticked) -> bool:
    """Whether women and men leave a part of the total that nobody has spoken for."""
    total = given[Category.TOTAL]
    sexes = [
        given[c] for c in CATEGORIES[1:] if c in given and any(n is not None for n in given[c])
    ]
    if ticked or not split or kind not in (SUM, RATIO) or not sexes:
        return False
    if all(number is None for number in total):
        return False
    for at in (1, 2) if kind == RATIO else (0,):
        if total[at] is not None and sum(cell[at] or 0 for cell in sexes) < total[at]:
            return True
    return False


def check_errors(kind, whole, split, given, only_own, missing, ticked) -> None:
    if only_own:  # what the fields of the indicator let one type
        keep = (1, 2) if kind == RATIO else (0,)
        given = {
            category: tuple(n if at in keep else None for at, n in enumerate(cell))
            for category, cell in given.items()
        }
    definition = version(kind, whole=whole, split=split)
    content = {category: ValueInput(1, category, *cell) for category, cell in given.items()}
    content[Category.TOTAL] = ValueInput(
        1, Category.TOTAL, *given[Category.TOTAL], missing=missing, sex_unknown=ticked
    )
    found = check_indicator(definition, content, Period.describe(2025, "T2"))
    assert {(one.category, one.part) for one in found} == plain_errors(
        kind, whole, split, given, missing, ticked
    )
    assert all(one.message.endswith(".") for one in found)
    if not found:
        assert bool(check_rest(definition, content)) == plain_rest(kind, split, given, ticked)


# Warnings of ratios, årsmål and sex --------------------------------------------------------------

parts = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda p: (min(p), max(p)))
ratios = {
    "now": parts,
    "earlier": st.lists(st.tuples(st.sampled_from(["T1", "T2"]), parts), max_size=8),
    "this_year": st.lists(parts, max_size=1),
    "peers": st.lists(parts, max_size=9),
}
targets = {
    "kind": st.sampled_from([SUM, RATIO]),
    "period": st.sampled_from(["T2", "VB"]),
    "direction": st.sampled_from(list(Direction)),
    "now": parts,
    "forecast": st.one_of(st.none(), st.integers(0, 100)),
    "own": st.one_of(st.none(), st.integers(0, 100)),
    "city": st.one_of(st.none(), st.integers(0, 100)),
    "slack": st.sampled_from([0, 10]),
}
sexes = {
    "total": st.integers(0, 200),
    "women": st.one_of(st.none(), st.integers(0, 100)),
    "men": st.one_of(st.none(), st.integers(0, 100)),
    "ticked": st.booleans(),
    "limit": st.sampled_from([0, 10, 50]),
}


def far(number: Fraction, series: list[Fraction], limit: Fraction, *, least: int) -> bool:
    if len(series) < 4:
        return False
    middle = median(series)
    spread = Fraction("1.4826") * median(abs(one - middle) for one in series)
    return abs(number - middle) > limit * max(spread, abs(middle) / 10, Fraction(least))


def beside(definition, **fields) -> Beside:
    defaults = {rule: default_for(definition, rule) for rule in rules_for(definition)}
    return Beside(settings=defaults | fields.pop("settings", {}), **fields)


def check_ratio(now, earlier, this_year, peers) -> None:
    definition = version(RATIO)
    own = [(2010 + at, kind, pair) for at, (kind, pair) in enumerate(earlier)]
    own += [(2025, "T1", pair) for pair in this_year]

    def figure(namnd: int, kind: str, year: int, pair) -> Figure:
        above, below = map(Decimal, pair)
        return Figure(namnd, 1, Category.TOTAL, kind, year, None, None, above, below)

    found = look_over(
        definition,
        {Category.TOTAL: ValueInput(1, numerator=Decimal(now[0]), denominator=Decimal(now[1]))},
        Period.describe(2025, "T2"),
        beside(
            definition,
            own=[figure(1, kind, year, pair) for year, kind, pair in own],
            others=[figure(2 + at, "T2", 2024, pair) for at, pair in enumerate(peers)],
        ),
    )
    share = Fraction(100 * now[0], now[1])
    alike = [pair for _, kind, pair in own if kind == "T2"]
    expected = set()
    if any(now[at] < pair[at] for pair in this_year for at in (0, 1)):
        expected.add(Rule.LOWER)
    limit = Fraction("3.5")
    if far(share, [Fraction(100 * a, b) for a, b in alike], limit, least=2):
        expected.add(Rule.HISTORY)
    if far(share, [Fraction(100 * a, b) for a, b in peers], limit, least=2):
        expected.add(Rule.PEERS)
    if now[0] == 0 and alike and alike[-1][0] >= 5:
        expected.add(Rule.ZERO)
    assert {one.rule for one in found} == expected


def check_target(kind, period, direction, now, forecast, own, city, slack) -> None:
    definition = version(kind, direction=direction)
    above, below = now
    cell = (
        ValueInput(
            1, numerator=Decimal(above), denominator=Decimal(below), forecast=as_decimal(forecast)
        )
        if kind == RATIO
        else ValueInput(1, number=Decimal(above), forecast=as_decimal(forecast))
    )
    settings = {
        rule: default_for(definition, rule) for rule in rules_for(definition) if rule is Rule.TARGET
    }
    for rule, setting in settings.items():
        settings[rule] = type(setting)(is_on=True, threshold=Decimal(slack))
    found = look_over(
        definition,
        {Category.TOTAL: cell},
        Period.describe(2025, period),
        beside(
            definition, own_target=as_decimal(own), city_target=as_decimal(city), settings=settings
        ),
    )
    target = own if own is not None else city if kind == RATIO else None
    reached = forecast
    if period == "VB":
        reached = round(Fraction(100 * above, below), 1) if kind == RATIO else above
    missed = False
    if direction != Direction.NEUTRAL and target is not None and reached is not None:
        room = Fraction(target * slack, 100)
        missed = (
            reached < target - room if direction == Direction.HIGHER else reached > target + room
        )
    assert {one.rule for one in found} == ({Rule.TARGET} if missed else set())


def check_sex(total, women, men, ticked, limit) -> None:
    definition = version(SUM, split=True)
    content = {Category.TOTAL: ValueInput(1, number=Decimal(total), sex_unknown=ticked)}
    for category, number in ((Category.KVINNOR, women), (Category.MAN, men)):
        if number is not None:
            content[category] = ValueInput(1, category, number=Decimal(number))
    usual = default_for(definition, Rule.SEX)
    found = look_over(
        definition,
        content,
        Period.describe(2025, "T2"),
        beside(definition, settings={Rule.SEX: type(usual)(is_on=True, threshold=Decimal(limit))}),
    )
    both = women is not None and men is not None
    unknown = total - (women or 0) - (men or 0)
    fires = ticked and both and unknown * 100 > total * limit
    assert {one.rule for one in found} == ({Rule.SEX} if fires else set())


def as_decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
