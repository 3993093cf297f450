"""What the approved reports say together, by aggregation, period and state of report."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.figures import Coverage, describe
from indicators.domain.grades import GradeSummary
from indicators.enums import Accumulation, Aggregation, Category, Direction, Grade, ReportState
from indicators.models import IndicatorVersion, ReferenceValue, ReportVersion, Target
from organisation.enums import NamndKind
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
    triggers_asleep,
)

pytestmark = pytest.mark.django_db
DONE = ReportState.GODKAND


def result(period="2025-T1", code="i-1", audience=Audience.COORDINATOR):
    followup = consolidate(make_period(period), audience=audience)
    found = [i for goal in followup.goals for i in goal.indicators if i.code == code]
    assert len(found) == 1
    return found[0]


def approved(code, period="2025-T1", **fields):
    return make_report(make_namnd(code), make_period(period), DONE, **fields)


def test_a_sum_adds_what_the_namnder_have_given():
    definition = make_indicator()
    make_value(approved("farsta"), definition, 12)
    make_value(approved("bromma"), definition, 30)
    make_namnd("sodermalm")

    found = result()

    assert found.cells.total.value == 42
    assert found.coverage == Coverage(2, 3, ("Sodermalm stadsdelsnämnd",))
    assert found.coverage.text == "2 av 3 nämnder har uppgift"


def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators():
    definition = make_indicator(aggregation=Aggregation.RATIO, unit="%")
    make_value(approved("farsta"), definition, numerator=90, denominator=100)
    make_value(approved("bromma"), definition, numerator=1, denominator=10)

    total = result().cells.total

    assert (total.numerator, total.denominator) == (91, 110)
    assert total.value == Decimal(9100) / 110
    assert describe(total) == "82,7"


def test_a_ratio_of_nothing_is_not_zero():
    definition = make_indicator(aggregation=Aggregation.RATIO, unit="%")
    make_value(approved("farsta"), definition, numerator=0, denominator=0)

    found = result()

    assert found.cells.total.value is None
    assert describe(found.cells.total) == "går inte att räkna: nämnaren är 0"
    assert found.coverage.reported == 1


def test_a_share_of_yes_counts_those_who_have_answered():
    definition = make_indicator(aggregation=Aggregation.SHARE_YES, unit="%", counts_people=True)
    for code, answer in (("farsta", 1), ("bromma", 0), ("jarva", 1)):
        make_value(approved(code), definition, answer)
    make_value(approved("kista"), definition, missing="mats-inte")

    found = result(audience=Audience.OTHERS)

    assert found.cells.total.value == Decimal(200) / 3
    assert (found.cells.total.numerator, found.cells.total.denominator) == (2, 3)
    assert found.coverage.short == "3 av 4"
    assert {p.namnd_code: describe(p.cells.total) for p in found.parts} == {
        "farsta": "ja",
        "bromma": "nej",
        "jarva": "ja",
        "kista": "uppgift saknas",
    }


def test_the_latest_is_the_one_approved_last():
    definition = make_indicator(aggregation=Aggregation.LATEST)
    for code, day, number in (("farsta", 20, 7), ("bromma", 28, 9), ("jarva", 24, 8)):
        report = approved(code)
        make_value(report, definition, number)
        ReportVersion.objects.filter(report=report).update(
            approved_at=dt.datetime(2025, 5, day, 12, tzinfo=dt.UTC)
        )

    assert result().cells.total.value == 9


def test_what_is_not_added_is_listed_for_each_namnd():
    definition = make_indicator(aggregation=Aggregation.NONE)
    make_value(approved("farsta"), definition, 12)

    found = result()

    assert describe(found.cells.total) == "läggs inte samman"
    assert [(p.namnd_code, p.cells.total.value) for p in found.parts] == [("farsta", 12)]


def test_categories_are_added_apart():
    definition = make_indicator(split_by_sex=True)
    for code, kvinnor, man in (("farsta", 8, 5), ("bromma", 20, 10)):
        report = approved(code)
        make_value(report, definition, kvinnor + man)
        make_value(report, definition, kvinnor, category=Category.KVINNOR)
        if code == "farsta":
            make_value(report, definition, man, category=Category.MAN)

    found = result()

    assert [cell.value for cell in found.cells] == [43, 28, 5]
    assert found.coverage_by_sex == "Kvinnor: 2 av 2 · Män: 1 av 2"


def test_missing_is_not_zero_and_zero_is_not_missing():
    definition = make_indicator()
    make_value(approved("farsta"), definition, missing="finns-inte")
    assert describe(result().cells.total) == "uppgift saknas"

    make_value(approved("bromma"), definition, 0)
    found = result()
    assert found.cells.total.value == 0
    assert describe(found.cells.total) == "0"
    assert {p.namnd_code: (describe(p.cells.total), p.reason) for p in found.parts} == {
        "bromma": ("0", ""),
        "farsta": ("uppgift saknas", "uppgiften finns inte"),
    }


@pytest.mark.parametrize("state", [ReportState.UTKAST, ReportState.INLAMNAD, ReportState.ATERSAND])
def test_a_report_that_was_never_approved_does_not_count(state):
    definition = make_indicator()
    make_value(make_report(make_namnd("farsta"), make_period(), state), definition, 77)

    found = result()

    assert found.cells.total.value is None
    assert found.coverage.reported == 0
    assert [(p.reason, p.cells.total.value) for p in found.parts] == [
        ("ingen godkänd rapport", None)
    ]


def test_a_reopened_report_goes_on_counting_with_what_was_approved():
    definition = make_indicator()
    report = approved("farsta")
    make_value(report, definition, 12)
    report.current = ReportVersion.objects.create(report=report, number=2, reason="Rättelse")
    report.state = ReportState.ATERSAND
    with triggers_asleep():  # a report that is out cannot be reopened yet
        report.save()
    make_value(report, definition, 99)

    followup = consolidate(make_period(), audience=Audience.COORDINATOR)

    assert result().cells.total.value == 12
    assert followup.coverage_sentence == ("Den enda nämnd som ska rapportera har godkänd rapport.")


def test_a_namnd_that_is_not_asked_is_not_counted():
    definition = make_indicator()
    make_value(approved("farsta"), definition, 12)
    other = make_namnd("trafik", kind=NamndKind.FACKNAMND)
    make_value(make_report(other, make_period(), DONE), definition, 500)

    found = result()

    assert found.cells.total.value == 12
    assert found.coverage.short == "1 av 1"


def test_year_to_date_is_compared_with_the_same_period_last_year_and_never_added():
    definition = make_indicator()
    for period, number in (("2024-T1", 10), ("2024-T2", 25), ("2024-VB", 40), ("2025-T1", 13)):
        make_value(approved("farsta", period), definition, number)

    found = result("2025-T1")

    assert found.cells.total.value == 13
    assert found.comparison.period_code == "2024-T1"
    assert found.comparison.label == "Tertialrapport 1 2024"
    assert found.comparison.change == "+3"
    assert [p.period_code for p in found.trend] == ["2024-T1", "2025-T1"]


def test_sums_of_unequally_many_nämnder_are_said_to_be_so():
    definition = make_indicator()
    for code, period, number in (
        ("bromma", "2024-T1", 10),
        ("farsta", "2024-T1", 30),
        ("farsta", "2025-T1", 33),
    ):
        make_value(approved(code, period), definition, number)

    assert result("2025-T1").comparison.change == "−7, olika många nämnder"

    make_value(approved("bromma", "2025-T1"), definition, 12)
    assert result("2025-T1").comparison.change == "+5"


def test_what_is_measured_at_a_point_in_time_is_compared_with_the_period_before():
    definition = make_indicator(
        accumulation=Accumulation.POINT_IN_TIME, aggregation=Aggregation.RATIO, unit="%"
    )
    make_value(approved("farsta", "2024-VB"), definition, numerator=60, denominator=100)
    make_value(approved("farsta", "2025-T1"), definition, numerator=577, denominator=1000)

    found = result("2025-T1")

    assert found.comparison.period_code == "2024-VB"
    assert found.comparison.change == "−2,3 procentenheter"


def test_a_yearly_indicator_is_asked_for_in_the_annual_report_only():
    definition = make_indicator(accumulation=Accumulation.YEARLY)
    make_value(approved("farsta", "2024-VB"), definition, 5)
    make_value(approved("farsta", "2025-T1"), definition, 6)
    make_value(approved("farsta", "2025-VB"), definition, 7)

    in_t1 = consolidate(make_period("2025-T1"), audience=Audience.COORDINATOR)

    assert [goal.indicators for goal in in_t1.goals] == [()]
    found = result("2025-VB")
    assert found.comparison.period_code == "2024-VB"
    assert [p.period_code for p in found.series] == ["2024-VB", "2025-VB"]


def test_a_gap_of_a_year_is_no_comparison():
    definition = make_indicator()
    make_value(approved("farsta", "2023-T1"), definition, 10)
    make_value(approved("farsta", "2025-T1"), definition, 13)

    assert result("2025-T1").comparison is None


def test_a_changed_definition_is_not_compared():
    old = make_indicator()
    new = IndicatorVersion.objects.create(
        indicator=old.indicator,
        number=2,
        valid_from=dt.date(2025, 1, 1),
        name="Ny definition",
        unit="antal",
        aggregation=Aggregation.SUM,
        accumulation=Accumulation.YEAR_TO_DATE,
    )
    make_value(approved("farsta", "2024-T1"), old, 10)
    make_value(approved("farsta", "2025-T1"), new, 13)

    found = result("2025-T1")

    assert (found.comparison.cell, found.comparison.change) == (None, "definitionen har ändrats")
    assert [(p.definition_number, p.cells.total.value) for p in found.series] == [(1, 10), (2, 13)]


@pytest.mark.parametrize(
    ("direction", "period", "number", "verdict"),
    [
        (Direction.HIGHER, "2025-T1", 50, "inte uppnått än"),
        (Direction.HIGHER, "2025-T1", 100, "uppnått"),
        (Direction.HIGHER, "2025-VB", 99, "inte uppnått"),
        (Direction.LOWER, "2025-T1", 50, "inte överskridet än"),
        (Direction.LOWER, "2025-T2", 101, "överskridet"),
        (Direction.LOWER, "2025-VB", 100, "uppnått"),
        (Direction.NEUTRAL, "2025-VB", 100, ""),
    ],
)
def test_the_target_is_met_or_not_in_words(direction, period, number, verdict):
    definition = make_indicator(direction=direction)
    Target.objects.create(
        indicator=definition.indicator, year=2025, value=100, source="KF budget 2025"
    )
    Target.objects.create(indicator=definition.indicator, year=2024, value=1, is_example=True)
    make_value(approved("farsta", period), definition, number)

    target = result(period).target

    assert (target.year, target.value, target.verdict) == (2025, 100, verdict)


def test_the_target_of_one_namnd_is_not_the_citys():
    definition = make_indicator()
    Target.objects.create(
        indicator=definition.indicator,
        year=2025,
        value=9,
        namnd=make_namnd("farsta"),
        is_example=True,
    )
    assert result().target is None


def test_a_protected_figure_is_not_judged_against_its_target():
    definition = make_indicator(counts_people=True, direction=Direction.HIGHER)
    Target.objects.create(indicator=definition.indicator, year=2025, value=3, is_example=True)
    make_value(approved("farsta"), definition, 2)

    found = result(audience=Audience.OTHERS)

    assert describe(found.cells.total) == "skyddad uppgift"
    assert found.target.verdict == ""


def test_reference_values_come_with_their_source():
    definition = make_indicator()
    ReferenceValue.objects.create(
        indicator=definition.indicator,
        region="lanet",
        year=2022,
        value=80,
        approximate=True,
        source="Öppna jämförelser",
    )
    (reference,) = result().references
    assert (reference.region, reference.year, reference.value, reference.source) == (
        "Stockholms län",
        2022,
        80,
        "Öppna jämförelser",
    )
    assert reference.approximate


def test_a_merger_leaves_each_period_with_the_namnder_of_its_day():
    definition = make_indicator()
    last, first = dt.date(2023, 6, 30), dt.date(2023, 7, 1)
    make_namnd("norrmalm", valid_to=last)
    make_namnd("ostermalm", valid_to=last)
    make_namnd("norra-innerstaden", valid_from=first)
    make_value(approved("norrmalm", "2023-T1"), definition, 6)
    make_value(approved("ostermalm", "2023-T1"), definition, 5)
    make_value(approved("norra-innerstaden", "2023-T2"), definition, 20)
    # A report for a period in which the nämnd no longer exists must not be counted twice.
    make_value(approved("norrmalm", "2023-T2"), definition, 8)

    t1, t2 = result("2023-T1"), result("2023-T2")

    assert (t1.cells.total.value, t1.coverage.short) == (11, "2 av 2")
    assert [p.namnd_code for p in t1.parts] == ["norrmalm", "ostermalm"]
    assert (t2.cells.total.value, t2.coverage.short) == (20, "1 av 1")
    assert [p.namnd_code for p in t2.parts] == ["norra-innerstaden"]
    assert [(p.period_code, p.cells.total.value) for p in t2.series] == [
        ("2023-T1", 11),
        ("2023-T2", 20),
    ]


def test_a_grade_counts_from_the_approved_report_only():
    goal = make_goal(4)
    make_activity(goal=goal)
    for code, state, grade in (
        ("farsta", DONE, Grade.HELT),
        ("bromma", DONE, Grade.DELVIS),
        ("jarva", ReportState.INLAMNAD, Grade.EJ),
    ):
        report = make_report(make_namnd(code), make_period(), state)
        report.current.grades.create(goal=goal, grade=grade)
    make_namnd("kista")

    (found,) = consolidate(make_period(), audience=Audience.OTHERS).goals

    assert found.grades == GradeSummary(helt=1, delvis=1, not_judged=2)


def test_who_is_late_is_told_by_name_and_state_only():
    make_indicator()
    period = make_period(due_on=dt.date(2025, 5, 20))
    for code, state in (
        ("bromma", DONE),
        ("farsta", ReportState.INLAMNAD),
        ("jarva", ReportState.ATERSAND),
    ):
        make_report(make_namnd(code), period, state)
    make_namnd("kista")

    before = consolidate(period, audience=Audience.OTHERS, today=dt.date(2025, 5, 20))
    after = consolidate(period, audience=Audience.OTHERS, today=dt.date(2025, 5, 21))

    def codes(statuses):
        return [s.namnd_code for s in statuses]

    assert before.coverage_sentence == "1 av 4 nämnder har godkänd rapport."
    assert (codes(before.late), codes(before.awaited)) == ([], ["jarva", "kista"])
    assert (codes(after.approved), codes(after.submitted)) == (["bromma"], ["farsta"])
    assert (codes(after.late), codes(after.awaited)) == (["jarva", "kista"], [])


@pytest.mark.parametrize(
    ("approved_count", "waiting_count", "sentence"),
    [
        (0, 0, "Ingen nämnd ska rapportera för perioden."),
        (0, 1, "Den enda nämnd som ska rapportera har inte någon godkänd rapport än."),
        (0, 3, "Ingen av de tre nämnderna har godkänd rapport än."),
        (1, 0, "Den enda nämnd som ska rapportera har godkänd rapport."),
        (1, 2, "1 av 3 nämnder har godkänd rapport."),
        (3, 0, "Alla tre nämnder har godkänd rapport."),
    ],
)
def test_the_coverage_is_a_sentence(approved_count, waiting_count, sentence):
    make_indicator()
    for number in range(approved_count):
        approved(f"klar{number}")
    for number in range(waiting_count):
        make_namnd(f"vantar{number}")
    assert consolidate(make_period(), audience=Audience.OTHERS).coverage_sentence == sentence


def test_figures_of_example_reports_are_marked():
    definition = make_indicator()
    make_value(approved("farsta"), definition, 12)
    assert not result().is_example

    make_value(approved("bromma", is_example=True), definition, 12)
    assert result().is_example
    assert consolidate(make_period(), audience=Audience.OTHERS).is_example


def test_an_unapproved_example_report_marks_nothing():
    make_indicator()
    make_report(make_namnd("farsta"), make_period(), is_example=True)
    assert not consolidate(make_period(), audience=Audience.OTHERS).is_example


@pytest.mark.parametrize(("namnder", "indicators"), [(1, 1), (3, 7)])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, namnder, indicators):
    definitions = [make_indicator(f"i-{n}", split_by_sex=True) for n in range(indicators)]
    for number in range(indicators):
        make_activity(f"a-{number}")
    for period in ("2024-T1", "2025-T1"):
        for number in range(namnder):
            report = approved(f"n{number}", period)
            for definition in definitions:
                make_value(report, definition, 10)
    period = make_period()
    with django_assert_num_queries(7):
        consolidate(period, audience=Audience.OTHERS)
