"""What asks for an explanation: each rule by an example, and all of them against a plain model."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.domain.cells import GivenCell, save_cell
from indicators.domain.checks import ValueInput
from indicators.domain.held_against import (
    Figure,
    as_all_may_see,
)
from indicators.enums import (
    Accumulation,
    Aggregation,
    Category,
    Direction,
)
from indicators.models import IndicatorVersion, Target, Value
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
from tests.indicators.warned import KEY, approved, save


@pytest.fixture
def actor(db):
    return make_user(Role.UPPGIFTSLAMNARE, make_namnd())


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
