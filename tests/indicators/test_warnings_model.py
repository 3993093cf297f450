"""What lies far from the nämnd's own, or from others, against what a plain model says."""

from decimal import Decimal
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.domain.check_rules import default_for, rules_for
from indicators.domain.checks import ValueInput
from indicators.domain.held_against import (
    Beside,
    Figure,
    comparable,
    is_far,
)
from indicators.domain.warnings import look_over
from indicators.enums import (
    Accumulation,
    Aggregation,
    Category,
    Rule,
)
from indicators.models import IndicatorVersion, Period

numbers = st.integers(0, 300)


def plain_far(number, series, limit, share):
    if len(series) < 4:
        return False
    middle = median(series)
    away = sorted(abs(n - middle) for n in series)
    spread = max(1.4826 * median(away), abs(middle) / 10, 2 if share else 1)
    return abs(number - middle) > limit * spread + 1e-9


def plain_rules(definition, now, own, peers):
    """Which rules fire for one number, said as plainly as can be. own: (year, kind, number)."""
    fired = set()
    to_date = definition.accumulation == Accumulation.YEAR_TO_DATE
    this_year = [n for year, _, n in own if year == 2025]
    if to_date and this_year and now < this_year[-1]:
        fired.add(Rule.LOWER)
    alike = [n for _, kind, n in own if kind == "T2" or not to_date]
    if plain_far(now, alike, 3.5, False):
        fired.add(Rule.HISTORY)
    shown = peers
    if definition.counts_people:
        shown = [2.5 if 1 <= n <= 4 else (2 * n + 5) // 10 * 5 for n in peers]
    if plain_far(now, shown, 5, False):
        fired.add(Rule.PEERS)
    if now == 0 and alike and alike[-1] >= 5:
        fired.add(Rule.ZERO)
    return fired


outcomes = {
    "now": numbers,
    "earlier": st.lists(st.tuples(st.sampled_from(["T1", "T2"]), numbers), max_size=8),
    "this_year": st.lists(numbers, max_size=1),
    "peers": st.lists(numbers, max_size=9),
    "to_date": st.booleans(),
    "people": st.booleans(),
}


@given(**outcomes)
@settings(max_examples=30, deadline=None, database=None)
def test_the_rules_fire_as_a_plain_model_says(**case):
    check_against_plain_model(**case)


def check_against_plain_model(now, earlier, this_year, peers, to_date, people):
    definition = IndicatorVersion(
        pk=1,
        name="x",
        unit="antal",
        aggregation=Aggregation.SUM,
        accumulation=Accumulation.YEAR_TO_DATE if to_date else Accumulation.POINT_IN_TIME,
        counts_people=people,
    )
    own = [(2010 + i, kind, n) for i, (kind, n) in enumerate(earlier)]
    own += [(2025, "T1", n) for n in this_year]
    beside = Beside(
        settings={rule: default_for(definition, rule) for rule in rules_for(definition)},
        own=[Figure(1, 1, Category.TOTAL, kind, year, None, Decimal(n)) for year, kind, n in own],
        others=[
            Figure(2 + i, 1, Category.TOTAL, "T2", 2024, None, Decimal(n))
            for i, n in enumerate(peers)
        ],
    )
    cells = {Category.TOTAL: ValueInput(1, number=Decimal(now))}
    found = look_over(definition, cells, Period.describe(2025, "T2"), beside)
    assert {one.rule for one in found} == plain_rules(definition, now, own, peers)
    for one in found:
        assert one.text.endswith(".")
        # Nothing of another nämnd where people are counted.
        assert not (people and one.rule is Rule.PEERS and "median" in one.numbers)


@given(series=st.lists(numbers, min_size=4, max_size=12), number=numbers)
@settings(max_examples=30, deadline=None, database=None)
def test_the_order_of_a_series_and_its_scale_do_not_matter(series, number):
    limit = Decimal("3.5")
    figures = [Decimal(n) for n in series]
    far = is_far(Decimal(number), figures, limit, share=False)
    assert is_far(Decimal(number), sorted(figures), limit, share=False) == far
    # The median of a series is never far from it.
    assert is_far(median(figures), figures, limit, share=False) is None


def test_only_the_same_sort_of_period_is_comparable_for_what_is_counted_so_far():
    definition = IndicatorVersion(pk=1, accumulation=Accumulation.YEAR_TO_DATE)
    figures = [
        Figure(1, 1, Category.TOTAL, kind, 2024, None, Decimal(1)) for kind in ("T1", "T2", "VB")
    ]
    period = Period.describe(2025, "T1")
    assert [figure.kind for figure in comparable(definition, figures, period)] == ["T1"]
