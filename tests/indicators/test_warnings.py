"""What asks for an explanation: each rule by an example, and all of them against a plain model."""

import io
from decimal import Decimal
from statistics import median

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.domain.cells import GivenCell, IndicatorKey, save_cell
from indicators.domain.check_rules import CheckSetting, default_for, rules_for, set_checks
from indicators.domain.checks import ValueInput
from indicators.domain.city import city_desk
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.entry import approve_report, save_entries, submit_report
from indicators.domain.errors import InvalidContent, InvalidEntry, NotAllowed, NotExplained
from indicators.domain.submission import before_submission
from indicators.domain.warnings import (
    Beside,
    Figure,
    as_all_may_see,
    comparable,
    is_far,
    look_over,
)
from indicators.enums import (
    Accumulation,
    Aggregation,
    Category,
    Direction,
    ReportState,
    Rule,
)
from indicators.exports.files import followup_pdf
from indicators.exports.followup_xlsx import followup_xlsx
from indicators.models import IndicatorCheck, IndicatorVersion, Period, Target, Value
from organisation.enums import Role
from organisation.models import User
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.reading import pdf_text

KEY = IndicatorKey("i-1")


@pytest.fixture
def actor(db):
    return make_user(Role.UPPGIFTSLAMNARE, make_namnd())


def save(actor, number, category=Category.TOTAL, *, period="2025-T2", seen=(), **fields):
    content = ValueInput(0, category, Decimal(number), **fields)
    given_cell = GivenCell(KEY, (content,), seen)
    return save_cell("sodermalm", period, actor=actor, given=given_cell)


def approved(namnd, period, definition, number=None, **fields):
    report = make_report(make_namnd(namnd), make_period(period), state=ReportState.GODKAND)
    make_value(report, definition, number, **fields)
    return report


# Each rule ------------------------------------------------------------------------------------


def test_what_is_counted_from_the_new_year_is_asked_about_when_it_falls(actor):
    definition = make_indicator()
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    make_period("2025-T2")
    assert save(actor, 120).warnings == (
        "Värdet 120 är lägre än 140 i tertial 1. Siffran ska räknas från årets början.",
    )
    assert Value.objects.get(number=120).warnings == [
        {
            "rule": "minskat",
            "category": "totalt",
            "text": "Värdet 120 är lägre än 140 i tertial 1. Siffran ska räknas från årets början.",
            "numbers": {"value": "120", "earlier": "140.00"},
        }
    ]


def test_what_is_measured_at_a_point_in_time_may_fall(actor):
    definition = make_indicator(accumulation=Accumulation.POINT_IN_TIME)
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    make_period("2025-T2")
    assert save(actor, 120).warnings == ()


def test_each_part_of_a_ratio_and_each_sex_is_held_against_the_last_period(actor):
    definition = make_indicator(aggregation=Aggregation.RATIO, split_by_sex=True)
    report = make_report(period=make_period("2025-T1"))
    make_value(report, definition, numerator=14, denominator=20)
    make_value(report, definition, numerator=9, denominator=10, category=Category.KVINNOR)
    make_period("2025-T2")
    content = tuple(
        ValueInput(0, category, numerator=Decimal(one), denominator=Decimal(other))
        for category, one, other in (
            (Category.TOTAL, 15, 19),
            (Category.KVINNOR, 8, 11),
            (Category.MAN, 7, 8),
        )
    )
    saved = save_cell("sodermalm", "2025-T2", actor=actor, given=GivenCell(KEY, content, ()))
    assert saved.warnings == (
        "”Nämnare” 19 är lägre än 20 i tertial 1. Siffran ska räknas från årets början.",
        "”Täljare” 8 för kvinnor är lägre än 9 i tertial 1. Siffran ska räknas från årets början.",
    )


def test_what_lies_far_from_the_namnds_own_is_told_with_their_median(actor):
    definition = make_indicator()
    for year, number in ((2021, 100), (2022, 104), (2023, 98), (2024, 110)):
        approved("sodermalm", f"{year}-T1", definition, number)
    make_period("2025-T1")
    assert save(actor, 400, period="2025-T1").warnings == (
        "Värdet 400 ligger långt över vad nämnden brukar ha. "
        "Medianen av de 4 tidigare värdena är 102.",
    )
    assert (
        save(actor, 108, period="2025-T1", seen=(ValueInput(0, number=Decimal(400)),)).warnings
        == ()
    )


def test_three_earlier_values_are_too_few_to_be_far_from(actor):
    definition = make_indicator()
    for year in (2022, 2023, 2024):
        approved("sodermalm", f"{year}-T1", definition, 100)
    make_period("2025-T1")
    assert save(actor, 4000, period="2025-T1").warnings == ()


def others(definition, numbers, period="2025-T1"):
    for place, number in enumerate(numbers):
        approved(f"namnd-{place}", period, definition, number)


def test_the_median_of_others_is_told_where_no_people_are_counted(actor):
    others(make_indicator(), (10, 11, 12, 13, 14))
    assert save(actor, 90, period="2025-T1").warnings == (
        "Värdet 90 ligger långt över vad andra stadsdelsnämnder brukar ha. "
        "Medianen för 5 av dem är 12.",
    )


def test_where_people_are_counted_nothing_of_the_others_is_told(actor):
    others(make_indicator(counts_people=True), (1, 2, 3, 11, 12))
    assert save(actor, 90, period="2025-T1").warnings == (
        "Värdet 90 ligger långt över vad andra stadsdelsnämnder brukar ha.",
    )
    stored = Value.objects.get(number=90).warnings[0]["numbers"]
    assert stored == {"value": "90"}


def test_a_protected_number_of_another_namnd_weighs_the_same_whatever_it_is(actor):
    definition = make_indicator(counts_people=True)

    def figure(namnd, number):
        return Figure(namnd, definition.pk, Category.TOTAL, "T1", 2025, None, Decimal(number))

    hidden = [as_all_may_see(definition, [figure(1, 9), figure(2, n)]) for n in (1, 2, 3, 4)]
    assert hidden == [[Decimal(10), Decimal("2.5")]] * 4


def test_numbers_of_people_of_another_namnd_are_held_against_in_steps(actor):
    definition = make_indicator(counts_people=True, aggregation=Aggregation.RATIO)

    def share(numerator, denominator):
        figure = Figure(
            1, definition.pk, Category.TOTAL, "T1", 2025, None,
            numerator=Decimal(numerator), denominator=Decimal(denominator),
        )  # fmt: skip
        return as_all_may_see(definition, [figure])

    assert share(18, 38) == share(22, 42) == [Decimal(50)]
    assert share(3, 42) == []


def test_what_another_namnd_has_not_had_approved_is_not_looked_at(actor):
    definition = make_indicator()
    for place in range(6):
        report = make_report(make_namnd(f"namnd-{place}"), make_period("2025-T1"))
        make_value(report, definition, 10)
    assert save(actor, 9000, period="2025-T1").warnings == ()


def test_namnder_of_another_kind_are_no_peers(actor):
    definition = make_indicator()
    for place in range(6):
        make_namnd(f"fack-{place}", kind="facknamnd")
        approved(f"fack-{place}", "2025-T1", definition, 10)
    assert save(actor, 9000, period="2025-T1").warnings == ()


def test_a_forecast_that_misses_the_namnds_target_is_told(actor):
    definition = make_indicator(direction=Direction.HIGHER)
    make_period("2025-T2")
    Target.objects.create(
        indicator=definition.indicator, year=2025, namnd=make_namnd(), value=80, is_example=True
    )
    assert save(actor, 30).warnings == ()
    seen = (ValueInput(0, number=Decimal(30)),)
    assert save(actor, 30, forecast=Decimal(70), seen=seen).warnings == (
        "Prognosen för helåret, 70, når inte upp till nämndens årsmål 80.",
    )


def test_the_outcome_of_the_whole_year_is_held_against_the_citys_target_where_it_is_a_share(actor):
    definition = make_indicator(
        unit="%", direction=Direction.LOWER, accumulation=Accumulation.YEARLY,
        aggregation=Aggregation.NONE,
    )  # fmt: skip
    make_period("2025-VB")
    Target.objects.create(indicator=definition.indicator, year=2025, value=20, is_example=True)
    assert save(actor, "25.5", period="2025-VB").warnings == (
        "Utfallet, 25,5\u00a0%, är högre än stadens årsmål 20\u00a0%.",
    )


def test_a_target_that_was_changed_during_the_year_holds_from_its_day(actor):
    definition = make_indicator(direction=Direction.HIGHER)
    for period in ("2025-T1", "2025-T2"):
        make_period(period)
    whose = {"indicator": definition.indicator, "year": 2025, "namnd": make_namnd()}
    Target.objects.create(
        **whose, value=20, valid_from="2025-06-01", decision="Nämnden 2025-05-26 § 3", source="Prov"
    )
    Target.objects.create(**whose, value=80, is_example=True)
    assert save(actor, 5, period="2025-T1", forecast=Decimal(70)).warnings == (
        "Prognosen för helåret, 70, når inte upp till nämndens årsmål 80.",
    )
    assert save(actor, 5, forecast=Decimal(70)).warnings == ()


def test_the_citys_target_for_a_sum_is_no_single_namnds(actor):
    definition = make_indicator(direction=Direction.HIGHER)
    make_period("2025-VB")
    Target.objects.create(indicator=definition.indicator, year=2025, value=900, is_example=True)
    assert save(actor, 30, period="2025-VB").warnings == ()


def test_zero_after_many_is_asked_about(actor):
    approved("sodermalm", "2024-T1", make_indicator(), 35)
    make_period("2025-T1")
    assert save(actor, 0, period="2025-T1").warnings == (
        "Värdet är 0, men var 35 i tertialrapport 1 2024. "
        "Se efter att det är noll, och inte att uppgift saknas.",
    )


def test_many_without_a_known_sex_are_asked_about_and_the_answer_takes_one_statement_more(actor):
    make_indicator(split_by_sex=True, counts_people=True)
    make_period("2025-T1")
    save(actor, 40, period="2025-T1", sex_unknown=True)
    assert save(actor, 10, Category.KVINNOR, period="2025-T1").warnings == ()
    person = User.objects.get(pk=actor.pk)
    with CaptureQueriesContext(connection) as captured:
        saved = save(person, 20, Category.MAN, period="2025-T1")
    assert saved.warnings == (
        "Kvinnor och män är tillsammans 30, och totalen är 40. Då saknas uppgift om kön för 10.",
    )
    total, man = Value.objects.get(category="totalt"), Value.objects.get(category="man")
    assert ([one["rule"] for one in total.warnings], man.warnings) == (["kon"], [])
    assert total.entered_at < man.entered_at
    assert len(captured) == 6


@pytest.mark.parametrize("breaks", [True, False])
def test_only_a_definition_that_breaks_the_series_is_not_held_against_the_one_before(actor, breaks):
    make_indicator()
    old = IndicatorVersion.objects.get()
    for year in (2021, 2022, 2023, 2024):
        approved("sodermalm", f"{year}-T1", old, 100)
    IndicatorVersion.objects.filter(pk=old.pk).update(valid_from="2021-01-01")
    new = IndicatorVersion.objects.get()
    new.pk, new.number, new.valid_from, new.breaks_series = None, 2, "2025-01-01", breaks
    new.save()
    make_period("2025-T1")
    far = (
        "Värdet 9\u00a0000 ligger långt över vad nämnden brukar ha. "
        "Medianen av de 4 tidigare värdena är 100."
    )
    assert save(actor, 9000, period="2025-T1").warnings == (() if breaks else (far,))
    assert len(Value.objects.get(number=9000).warnings) == (0 if breaks else 1)


def test_people_counted_under_an_earlier_definition_stay_protected(actor):
    definition = make_indicator()
    for number, name in enumerate(("a", "b", "c", "d")):
        approved(name, "2025-T1", definition, 3 + number)
    IndicatorVersion.objects.update(valid_from="2021-01-01", counts_people=True)
    new = IndicatorVersion.objects.get()
    new.pk, new.number, new.valid_from, new.counts_people = None, 2, "2025-01-01", False
    new.save()
    assert save(actor, 9000, period="2025-T1").warnings == ()


# Explained, handed in, frozen -------------------------------------------------------------------


def fallen(actor, **fields):
    """A report with one warning: a number that has fallen."""
    definition = make_indicator()
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    report = make_report(period=make_period("2025-T2"))
    save(actor, 120, **fields)
    report.refresh_from_db()
    return report


def test_a_warning_without_a_comment_must_be_seen_before_the_report_is_handed_in(actor):
    report = fallen(actor)
    with pytest.raises(NotExplained) as refused:
        submit_report(report, actor=actor, expected_version=report.revision)
    assert (refused.value.left, refused.value.message) == (
        1,
        "1 uppgift har en varning utan förklaring. Se igenom dem innan du lämnar in.",
    )
    handed_in = submit_report(report, actor=actor, expected_version=report.revision, unexplained=1)
    assert handed_in.state == ReportState.INLAMNAD


def test_a_comment_explains_and_the_warning_stands(actor):
    report = fallen(actor, comment="Två verksamheter räknades dubbelt i våras.")
    submit_report(report, actor=actor, expected_version=report.revision)
    assert len(Value.objects.get(number=120).warnings) == 1


def test_an_old_comment_does_not_explain_another_number(actor, samordnare):
    report = fallen(actor, comment="Ok.")
    first = save(actor, 120, comment="Ok.")
    assert (len(first.warnings), first.explained, first.changed) == (1, True, False)
    now = save(actor, 100, comment="Ok.", seen=first.content)
    assert (len(now.warnings), now.explained) == (1, False)
    assert save(actor, 100, comment="Ok.").explained is False
    report.refresh_from_db()
    assert [row.is_explained for row in before_submission(report).warned] == [False]
    lines = city_desk(samordnare, Period.objects.get(code="2025-T2")).lines
    assert {one.line.namnd.code: one.to_explain for one in lines}["sodermalm"] == 1
    with pytest.raises(NotExplained):
        submit_report(report, actor=actor, expected_version=report.revision)
    now = save(actor, 100, comment="En verksamhet har lagts ned.", seen=now.content)
    assert now.explained
    report.refresh_from_db()
    assert [row.is_explained for row in before_submission(report).warned] == [True]
    submit_report(report, actor=actor, expected_version=report.revision)


def test_an_old_comment_does_not_explain_another_rule(actor):
    report = fallen(actor, comment="Två verksamheter räknades dubbelt i våras.")
    definition = Value.objects.get(number=120).definition
    IndicatorCheck.objects.create(
        indicator=definition.indicator, rule=Rule.HISTORY, is_on=True, threshold=1
    )
    for year in range(2021, 2025):
        approved("sodermalm", f"{year}-T2", definition, 10)
    (row,) = before_submission(report).warned
    assert (len(row.warnings), row.is_explained) == (2, False)
    with pytest.raises(NotExplained):
        submit_report(report, actor=actor, expected_version=report.revision)


def test_a_comment_goes_on_explaining_the_same_number_held_against_another(actor):
    report = fallen(actor, comment="Två verksamheter räknades dubbelt i våras.")
    Value.objects.filter(number=140).update(number=150)
    (row,) = before_submission(report).warned
    assert ("150" in row.warnings[0], row.is_explained) == (True, True)


def test_what_is_handed_in_keeps_the_warnings_of_that_day(actor):
    report = fallen(actor, comment="Rättat.")
    report = submit_report(report, actor=actor, expected_version=report.revision)
    approve_report(report, actor=make_user(Role.GRANSKARE), expected_version=report.revision)
    make_period("2025-T2")
    IndicatorCheck.objects.create(
        indicator=Value.objects.get(number=120).definition.indicator,
        rule=Rule.LOWER,
        is_on=False,
        threshold=0,
    )
    assert len(Value.objects.get(number=120).warnings) == 1


def test_warnings_are_made_anew_when_the_report_is_handed_in(actor):
    report = fallen(actor)
    indicator = Value.objects.get(number=120).definition.indicator
    IndicatorCheck.objects.create(indicator=indicator, rule=Rule.LOWER, is_on=False, threshold=0)
    submit_report(report, actor=actor, expected_version=report.revision)
    assert Value.objects.get(number=120).warnings == []


def test_what_breaks_a_rule_stops_the_report(actor):
    definition = make_indicator()
    report = make_report()
    make_value(report, definition, "2.5")
    IndicatorVersion.objects.update(whole_numbers=True)
    with pytest.raises(InvalidContent) as refused:
        submit_report(report, actor=actor, expected_version=0)
    assert refused.value.message == "Indikator i-1: Skriv ett heltal, utan decimaler."


def test_the_whole_form_leaves_the_same_warnings_as_the_single_cell(actor):
    definition = make_indicator()
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    report = make_report(period=make_period("2025-T2"))
    value = ValueInput(definition.pk, number=Decimal(120))
    save_entries(report, actor=actor, expected_version=0, values=[value], grades=[])
    assert [one["rule"] for one in Value.objects.get(number=120).warnings] == ["minskat"]


def test_the_whole_report_is_looked_over_in_as_many_questions_for_seven_as_for_one(actor):
    counts = []
    for year, number in ((2023, 1), (2024, 1), (2025, 7)):  # the first asks what is kept in mind
        period = make_period(f"{year}-T1")
        report = make_report(period=period)
        for n in range(number):
            code = f"p{year}-{n}"
            make_value(report, make_indicator(code), 5, comment="x")
        person = User.objects.get(pk=actor.pk)
        with CaptureQueriesContext(connection) as captured:
            submit_report(report, actor=person, expected_version=0)
        counts.append(len(captured))
    assert counts[1] == counts[2]


# Rules are data -----------------------------------------------------------------------------------


@pytest.fixture
def samordnare(db):
    return make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))


def test_a_rule_is_set_for_one_indicator_and_back_to_the_default(samordnare):
    definition = make_indicator()
    default = default_for(definition, Rule.HISTORY)
    strict = CheckSetting(True, Decimal("2.5"))
    changed = set_checks(
        definition, actor=samordnare, given={Rule.HISTORY: strict}, seen={Rule.HISTORY: default}
    )
    assert changed == [Rule.HISTORY]
    assert IndicatorCheck.objects.get().threshold == Decimal("2.5")
    set_checks(
        definition, actor=samordnare, given={Rule.HISTORY: default}, seen={Rule.HISTORY: strict}
    )
    assert not IndicatorCheck.objects.exists()


def test_who_is_not_samordnare_sets_no_rules(actor):
    definition = make_indicator()
    with pytest.raises(NotAllowed):
        set_checks(definition, actor=actor, given={}, seen={})


@pytest.mark.parametrize(
    ("rule", "threshold"),
    [(Rule.HISTORY, "0.5"), (Rule.PEERS, "21"), (Rule.ZERO, "0"), (Rule.LOWER, "101")],
)
def test_neither_command_nor_database_takes_a_threshold_without_meaning(
    samordnare, rule, threshold
):
    definition = make_indicator()
    setting = CheckSetting(True, Decimal(threshold))
    with pytest.raises(InvalidEntry):
        set_checks(definition, actor=samordnare, given={rule: setting}, seen={})
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorCheck.objects.create(
            indicator=definition.indicator, rule=rule, threshold=Decimal(threshold)
        )


def test_a_rule_that_is_switched_off_says_nothing(actor, samordnare):
    definition = make_indicator()
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    make_period("2025-T2")
    off = CheckSetting(False, Decimal(0))
    seen = {Rule.LOWER: default_for(definition, Rule.LOWER)}
    set_checks(definition, actor=samordnare, given={Rule.LOWER: off}, seen=seen)
    assert save(actor, 120).warnings == ()


# Against a plain model ----------------------------------------------------------------------------

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


# What is read of it -------------------------------------------------------------------------------


def test_the_desk_counts_what_is_left_to_explain_and_tells_nothing_of_it(actor, samordnare):
    fallen(actor)

    def left():
        lines = city_desk(samordnare, Period.objects.get(code="2025-T2")).lines
        return {one.line.namnd.code: one.to_explain for one in lines}

    assert left() == {"sodermalm": 1, "socialnamnden": 0}
    Value.objects.filter(number=120).update(comment="Rättat.")
    assert left() == {"sodermalm": 0, "socialnamnden": 0}


def test_the_explanation_follows_the_number_into_the_follow_up_and_its_files(actor):
    report = fallen(actor, comment="Dubbelräknat i våras.", forecast=Decimal(300))
    report = submit_report(report, actor=actor, expected_version=report.revision)
    approve_report(report, actor=make_user(Role.GRANSKARE), expected_version=report.revision)
    followup = consolidate(report.period, audience=Audience.OTHERS)
    (part,) = followup.goals[0].indicators[0].parts
    assert part.comment == "Dubbelräknat i våras."
    book = openpyxl.load_workbook(io.BytesIO(followup_xlsx(followup)))
    head, *rows = book["Data"].iter_rows(values_only=True)
    (own,) = [dict(zip(head, row, strict=True)) for row in rows if row[head.index("Nämndkod")]]
    assert (own["Kommentar"], own["Helårsprognos"]) == ("Dubbelräknat i våras.", 300)
    assert "Sodermalm stadsdelsnämnd: prognos för helåret 300. Dubbelräknat i våras." in " ".join(
        pdf_text(followup_pdf(followup)).split()
    )
