"""The ledger: what is asked of whom in which period, and who is late; one query each."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.expected import expected_in
from indicators.domain.ledger import (
    changes_in,
    expected_of,
    matrix_of,
    todo_of,
    unclaimed_in,
    who_is_late,
)
from indicators.enums import Accumulation, PeriodState, ReportState
from indicators.models import ExpectedCell, IndicatorResponsibility
from organisation.enums import NamndGroup, NamndKind
from organisation.models import NamndSuccession
from organisation.models.namnd import GROUP_KINDS
from programme.domain.succession import carry_over
from programme.enums import ResponsibilityKind
from programme.models import Responsibility
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_programme,
    make_report,
    make_value,
)

pytestmark = pytest.mark.django_db

MERGER, LAST_DAY = dt.date(2023, 7, 1), dt.date(2023, 6, 30)
MEDVERKANDE = ResponsibilityKind.MEDVERKANDE


def bare_activity(code="a-1", **fields):
    activity = make_activity(code, **fields)
    activity.responsibilities.all().delete()
    return activity


def answers(namnd, period):
    return [
        (cell.activity.code if cell.activity else cell.indicator.code, cell.kind)
        for cell in expected_of(namnd, period)
    ]


@pytest.fixture
def merged():
    old = (
        make_namnd("rinkeby-kista", valid_to=LAST_DAY),
        make_namnd("spanga-tensta", valid_to=LAST_DAY),
    )
    new = make_namnd("jarva", valid_from=MERGER)
    for namnd in old:
        NamndSuccession.objects.create(predecessor=namnd, successor=new, on=MERGER)
    return (*old, new)


@pytest.mark.parametrize("kind", NamndKind.values)
def test_the_view_knows_the_groups_as_the_house_does(kind):
    namnd, period = make_namnd(kind=kind), make_period()
    for group in NamndGroup:
        bare_activity(group.value).responsibilities.create(group=group)
    expected = {group for group, kinds in GROUP_KINDS.items() if kind in kinds}
    assert {code for code, _ in answers(namnd, period)} == expected


def test_of_the_companies_the_parent_alone_is_asked_through_a_group():
    parent = make_namnd("stadshus", kind=NamndKind.MODERBOLAG)
    company = make_namnd("bostader", kind=NamndKind.BOLAG)
    period = make_period()
    bare_activity("alla").responsibilities.create(group=NamndGroup.ALLA)
    bare_activity("namngivet").responsibilities.create(namnd=company)
    assert [code for code, _ in answers(parent, period)] == ["alla"]
    assert [code for code, _ in answers(company, period)] == ["namngivet"]


def test_a_responsibility_counts_on_the_days_that_it_holds():
    namnd = make_namnd()
    activity = bare_activity()
    activity.responsibilities.create(
        namnd=namnd, valid_from=dt.date(2025, 5, 1), valid_to=dt.date(2025, 8, 31)
    )
    asked = [bool(answers(namnd, make_period(f"2025-{kind}"))) for kind in ("T1", "T2", "VB")]
    assert asked == [False, True, False]


def test_a_cell_tells_by_which_responsibility_and_decision():
    namnd, period = make_namnd(), make_period()
    row = bare_activity().responsibilities.create(namnd=namnd, decision="KF 2024-11-21 § 12")
    (cell,) = expected_of(namnd, period)
    assert (cell.responsibility_id, cell.decision, cell.group) == (row.pk, row.decision, "")


def test_who_answers_in_several_ways_has_one_cell_as_responsible_and_by_name():
    namnd, period = make_namnd(), make_period()
    activity = bare_activity()
    activity.responsibilities.create(group=NamndGroup.ALLA)
    activity.responsibilities.create(group=NamndGroup.STADSDELSNAMNDER, kind=MEDVERKANDE)
    assert [cell.group for cell in expected_of(namnd, period)] == ["alla"]
    named = activity.responsibilities.create(namnd=namnd)
    assert [cell.responsibility_id for cell in expected_of(namnd, period)] == [named.pk]


def test_who_takes_part_is_asked_for_no_report():
    namnd, period = make_namnd(), make_period("2025-VB", due_on=dt.date(2026, 2, 12))
    bare_activity().responsibilities.create(namnd=namnd, kind=MEDVERKANDE)
    version = make_indicator(namnd=make_namnd("farsta"))
    IndicatorResponsibility.objects.create(
        indicator=version.indicator, namnd=namnd, kind=MEDVERKANDE
    )
    assert answers(namnd, period) == [("a-1", MEDVERKANDE), ("i-1", MEDVERKANDE)]
    assert {n.code for n in expected_in(period).namnder.values()} == {"farsta"}
    late = who_is_late(period, today=dt.date(2026, 3, 1))
    assert [(one.namnd.code, one.expected) for one in late] == [("farsta", 1)]


def test_an_indicator_that_ended_for_one_is_not_counted_after():
    # What was asked once is not asked for ever: the figures of a period are those asked then.

    namnd = make_namnd()
    version = make_indicator()
    first = make_period("2024-VB", state=PeriodState.LAST)
    second = make_period("2025-VB")
    for period in (first, second):
        make_value(make_report(namnd, period, ReportState.GODKAND), version, 17)
    IndicatorResponsibility.objects.update(valid_to=dt.date(2024, 12, 31))
    make_activity("a-9")
    point = consolidate(second, audience=Audience.COORDINATOR).goals[0].indicators[0]
    assert (point.coverage.reported, point.coverage.asked) == (0, 0)
    before = consolidate(first, audience=Audience.COORDINATOR).goals[0].indicators[0]
    assert (before.coverage.reported, before.coverage.asked) == (1, 1)


def test_one_query_answers_what_is_expected_however_much_it_is(django_assert_num_queries):
    namnd, period = make_namnd(), make_period()
    for number in range(3):
        make_activity(f"a-{number}", goal=make_goal(number + 1))
        make_indicator(f"i-{number}", goal=make_goal(number + 1))
        with django_assert_num_queries(1):
            cells = expected_of(namnd, period)
            said = [str(cell.activity or cell.definition) for cell in cells]
            goals = [cell.goal_ids for cell in cells]
        assert len(said) == len(goals) == 2 * (number + 1)


def test_one_query_answers_who_is_late(django_assert_num_queries):
    make_activity()
    period = make_period(due_on=dt.date(2025, 5, 21))
    today = dt.date(2025, 5, 22)
    boards = [make_namnd(code) for code in ("farsta", "bromma", "skarpnack", "kungsholmen")]
    make_namnd("fack", kind=NamndKind.FACKNAMND)  # nothing is asked of it
    make_report(boards[0], period, ReportState.UTKAST)
    make_report(boards[1], period, ReportState.INLAMNAD)
    make_report(boards[2], period, ReportState.GODKAND)
    with django_assert_num_queries(1):
        late = who_is_late(period, today=today)
    assert [(one.namnd.code, one.expected, one.state) for one in late] == [
        ("farsta", 1, "utkast"),
        ("kungsholmen", 1, ""),
    ]
    assert who_is_late(period, today=period.due_on) == []


def test_järva_before_and_after_it_took_over(merged):
    rinkeby, spanga, jarva = merged
    by_name = bare_activity("namngiven")
    Responsibility.objects.create(activity=by_name, namnd=rinkeby, decision="RK § 4")
    make_activity("gemensam")
    carry_over(Responsibility)
    t1, t2 = make_period("2023-T1"), make_period("2023-T2")

    before = todo_of(jarva, t1)
    assert (before.exists, before.goals) == (False, ())
    assert [heir.namnd for heir in before.predecessors] == [rinkeby, spanga]

    after = todo_of(jarva, t2)
    assert [heir.namnd for heir in after.took_over] == [rinkeby, spanga]
    assert {line.code: line.from_whom for line in after.lines} == {
        "namngiven": ("Rinkeby-kista",),
        "gemensam": ("Rinkeby-kista", "Spanga-tensta"),
    }
    named = next(line for line in after.lines if line.code == "namngiven")
    assert (named.valid_from, named.decision) == (MERGER, f"Övertaget från {rinkeby} (RK § 4)")
    assert not todo_of(jarva, make_period("2024-T1")).took_over

    gone = todo_of(rinkeby, t2)
    assert (gone.exists, gone.goals) == (False, ())
    assert [heir.namnd for heir in gone.successors] == [jarva]
    assert [line.code for line in todo_of(rinkeby, t1).lines] == ["gemensam", "namngiven"]


def test_the_page_of_a_nämnd_asks_as_often_however_much_it_is_to_do(merged):
    period, counts = make_period("2023-T2"), []
    make_period("2022-T2")
    for number in (1, 2, 3):
        make_activity(f"a-{number}")
        make_indicator(f"i-{number}")
        with CaptureQueriesContext(connection) as queries:
            todo_of(merged[2], period)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_matrix_counts_what_each_has_to_do_towards_each_goal(django_assert_num_queries):
    farsta, bromma = make_namnd("farsta"), make_namnd("bromma")
    one, two = make_goal(1), make_goal(2)
    make_activity(goal=one)
    bare_activity("a-2", goal=two).responsibilities.create(namnd=farsta, kind=MEDVERKANDE)
    version = make_indicator(namnd=bromma, goal=one)
    version.indicator.goals.add(two)
    period = make_period()
    with django_assert_num_queries(5):
        matrix = matrix_of(period)
    found = {
        row.namnd.code: [(c.activities, c.indicators, c.takes_part) for c in row.cells]
        for row in matrix.rows
    }
    assert found == {"bromma": [(1, 1, 0), (0, 1, 0)], "farsta": [(1, 0, 0), (0, 0, 1)]}


def test_what_nobody_answers_for_is_listed(merged):
    make_namnd("farsta")
    make_activity("har-ansvarig")
    bare_activity("ingen")
    bare_activity("bara-medverkan").responsibilities.create(group=NamndGroup.ALLA, kind=MEDVERKANDE)
    bare_activity("upphord").responsibilities.create(namnd=merged[0])
    bare_activity("tom-grupp").responsibilities.create(group=NamndGroup.BOLAGEN)
    make_indicator("i-ars", accumulation=Accumulation.YEARLY)
    alone = make_indicator("i-ingen")
    alone.indicator.responsibilities.all().delete()
    found = unclaimed_in(make_period("2025-T1"))
    assert {a.code for a in found.activities} == {
        "ingen",
        "bara-medverkan",
        "upphord",
        "tom-grupp",
    }
    assert [i.code for i in found.indicators] == ["i-ingen"]


def test_what_has_changed_since_the_year_before():
    farsta, bromma = make_namnd("farsta"), make_namnd("bromma")
    then, now = make_period("2024-T1"), make_period("2025-T1")
    turn = dt.date(2025, 1, 1)
    last = dt.date(2024, 12, 31)
    new, over, other, same = (bare_activity(f"a-{n}") for n in range(4))
    new.responsibilities.create(namnd=farsta, valid_from=turn, decision="KF § 1")
    over.responsibilities.create(namnd=farsta, valid_to=last, end_decision="KF § 2")
    other.responsibilities.create(namnd=farsta, valid_to=last)
    other.responsibilities.create(namnd=farsta, valid_from=turn, kind=MEDVERKANDE)
    same.responsibilities.create(namnd=farsta)
    for changes in (changes_in(now), todo_of(farsta, now).changes):
        assert changes.before == then
        assert [(c.code, c.decision) for c in changes.begun] == [("a-0", "KF § 1")]
        assert [(c.code, c.decision) for c in changes.ended] == [("a-1", "KF § 2")]
        assert [(c.code, c.kind_label) for c in changes.altered] == [("a-2", "Medverkande")]
    assert todo_of(bromma, now).changes.is_empty
    assert changes_in(then).before is None


def test_a_programme_of_other_years_asks_for_nothing():
    make_namnd()
    make_activity(goal=make_goal(1, make_programme("gammalt", first_year=2017, last_year=2020)))
    make_period("2025-T1")
    make_period("2020-VB")
    found = ExpectedCell.objects.order_by().values_list("period__code", flat=True)
    assert list(found) == ["2020-VB"]
