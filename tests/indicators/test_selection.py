"""Any nämnder, periods and programmes, in three readings of a changed organisation."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.domain.consolidation import read_periods_until
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.selection import Selection, read_selection
from indicators.enums import Aggregation, Category, Reading, ReportState
from indicators.models import IndicatorVersion, Report
from organisation.enums import Role
from organisation.models import NamndSuccession
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.reading import tables

pytestmark = pytest.mark.django_db
AFTER, TODAY = dt.date(2023, 7, 1), dt.date(2026, 1, 15)


def give(code, period, definition, number=None, category=Category.TOTAL, **parts):
    report = make_report(make_namnd(code), make_period(period), ReportState.GODKAND)
    make_value(report, definition, number, category=category, **parts)


@pytest.fixture
def merged():
    """Väst and Öst became Ny on the first of July 2023; Stadig stays."""
    new = make_namnd("ny", valid_from=AFTER)
    for code in ("vast", "ost"):
        old = make_namnd(code, valid_to=AFTER - dt.timedelta(days=1))
        NamndSuccession.objects.create(predecessor=old, successor=new, on=AFTER)
    make_namnd("stadig")
    definition = make_indicator(aggregation=Aggregation.RATIO, unit="%", counts_people=True)
    for code, period, above, below in (
        ("vast", "2023-T1", 30, 40),
        ("ost", "2023-T1", 10, 60),
        ("stadig", "2023-T1", 20, 100),
        ("ny", "2023-T2", 90, 200),
        ("stadig", "2023-T2", 50, 150),
    ):
        give(code, period, definition, numerator=above, denominator=below)
    return definition


def ask(*periods, audience=Audience.OTHERS, **asked):
    history = read_periods_until(periods[-1])[1]
    selection = Selection(periods, **{"indicator": "i-1", **asked})
    return read_selection(selection, audience=audience, history=history, today=TODAY)


def rows(selected):
    """Nämnd → what stands in each period, as a number where there is one."""
    return {
        unit.code: [_said(cell) for cell in unit.cells] for unit in selected.indicators[0].units
    }


def _said(cell):
    if cell is None:
        return None
    total = cell.cells.total
    return int(total.value) if total.value is not None else cell.why or total.text


def totals(selected):
    return [
        None if total is None else (int(total.cells.total.value), total.coverage.short)
        for total in selected.indicators[0].totals
    ]


def test_as_it_was_reported(merged):
    selected = ask("2023-T1", "2023-T2")
    assert rows(selected) == {
        "ny": [None, 45],
        "ost": [16, None],
        "stadig": [20, 33],
        "vast": [75, None],
    }
    assert totals(selected) == [(30, "3 av 3"), (40, "2 av 2")]


def test_todays_namnder_have_their_predecessors_added_by_numerator_and_denominator(merged):
    selected = ask("2023-T1", "2023-T2", reading=Reading.DAGENS)
    assert rows(selected) == {"ny": [40, 45], "stadig": [20, 33]}  # 40 of 100, not a mean
    assert totals(selected) == [(30, "3 av 3"), (40, "2 av 2")]
    first, second = selected.indicators[0].units[0].cells
    assert sorted(first.made_of) == ["Ost", "Vast"]
    assert second.is_seam


def test_one_lineage_is_a_series_with_its_seam_and_its_predecessors_beside(merged):
    selected = ask("2023-T1", "2023-T2", reading=Reading.SERIE, namnder=frozenset({"ny"}))
    assert rows(selected) == {"ny": [40, 45], "vast": [75, None], "ost": [16, None]}
    assert [unit.is_part_of for unit in selected.indicators[0].units] == [
        "",
        *["Ny stadsdelsnämnd"] * 2,
    ]
    assert totals(selected) == [(40, "2 av 2"), (45, "1 av 1")]


def test_what_several_became_is_nobodys_alone(merged):
    NamndSuccession.objects.create(
        predecessor=make_namnd("ost"), successor=make_namnd("stadig"), on=AFTER
    )
    selected = ask("2023-T1", "2023-T2", reading=Reading.DAGENS)
    assert rows(selected)["ny"] == ["den tidigare nämnden blev flera", 45]
    assert rows(selected)["ost"] == [16, None]
    assert totals(selected) == [(30, "3 av 3"), (40, "2 av 2")]


def test_some_namnder_have_a_total_and_a_coverage_of_their_own(merged):
    make_namnd("tyst")
    selected = ask("2023-T1", namnder=frozenset({"vast", "ost", "tyst"}))
    (total,) = selected.indicators[0].totals
    assert (int(total.cells.total.value), total.coverage.short) == (40, "2 av 3")
    assert total.coverage.missing == ("Tyst stadsdelsnämnd",)


def test_who_is_late_is_named(merged):
    period = make_period("2023-T2")
    period.due_on = dt.date(2023, 9, 20)
    period.save()
    make_namnd("tyst")
    assert [p.late for p in ask("2023-T1", "2023-T2").periods] == [(), ("Tyst stadsdelsnämnd",)]


def test_a_programme_that_is_not_there_has_nothing(merged):
    assert ask("2023-T1", programme="vald-2021-2025", indicator="").indicators
    assert ask("2023-T1", programme="annat", indicator="").indicators == ()


# What is hidden -------------------------------------------------------------------------------


def test_a_total_with_a_hidden_part_is_hidden_and_the_citys_is_not():
    definition = make_indicator(counts_people=True)
    for code, number in (("a", 2), ("b", 17), ("c", 60), ("d", 80)):
        give(code, "2025-T1", definition, number)

    def total(*namnder):
        chosen = ask("2025-T1", namnder=frozenset(namnder))
        return chosen.indicators[0].totals[0].cells.total

    assert total("c", "d").value == 140
    for some in (("a", "b"), ("a", "c", "d"), ("b", "c", "d"), ("a",)):
        assert total(*some).state is CellState.PROTECTED, some
    assert total("a", "b", "c", "d").value == total().value == 159
    seen = ask("2025-T1", namnder=frozenset("ac"), audience=Audience.COORDINATOR)
    assert seen.indicators[0].totals[0].cells.total.value == Decimal(62)


def test_predecessors_together_are_hidden_where_one_of_them_is():
    new = make_namnd("ny", valid_from=AFTER)
    for code in ("vast", "ost"):
        old = make_namnd(code, valid_to=AFTER - dt.timedelta(days=1))
        NamndSuccession.objects.create(predecessor=old, successor=new, on=AFTER)
    definition = make_indicator(counts_people=True)
    for code, number in (("vast", 3), ("ost", 40), ("c", 60), ("d", 70)):
        give(code, "2023-T1", definition, number)
    make_period("2023-T2")
    for reading in (Reading.DAGENS, Reading.SERIE):
        assert rows(ask("2023-T1", reading=reading))["ny"] == ["skyddad uppgift"]


# The page -------------------------------------------------------------------------------------


def test_the_page_takes_a_plain_form(client, merged):
    client.force_login(make_user(Role.LASARE, make_namnd("stadig")))
    address = reverse("followup-selection", args=["2023-T2"])
    page = client.get(address, {"fran": "2023-T1", "lasning": "dagens", "indikator": "i-1"})
    found = tables(page.content.decode())["Indikator i-1, %: nämnd för nämnd"]
    assert found[0] == ["Nämnd", "2023-T1", "2023-T2"]
    assert [row[0] for row in found[1:]] == ["Ny stadsdelsnämnd", "Stadig stadsdelsnämnd", "Staden"]
    sums = tables(client.get(address, {"fran": "2023-T1"}).content.decode())
    assert len(sums["Staden, indikator för indikator"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"fran": "2031-T9", "slag": "x", "lasning": "x", "program": "x", "namnd": "x"},
        {"namnd": ["<b>", "ny"], "indikator": "<b>"},
        {"fran": "", "slag": "T1", "namnd": ""},
    ],
)
def test_what_is_asked_wrongly_is_left_open(client, merged, query):
    client.force_login(make_user(Role.LASARE, make_namnd("stadig")))
    page = client.get(reverse("followup-selection", args=["2023-T2"]), query)
    assert page.status_code == 200
    assert "<b>" not in page.content.decode()


def test_queries_do_not_follow_the_size(client):
    client.force_login(make_user(Role.LASARE, make_namnd("n0")))
    counts = []
    for size in (1, 3):
        for number in range(size):
            code = f"i-{number}"
            there = IndicatorVersion.objects.filter(indicator__code=code).first()
            definition = there or make_indicator(code)
            for code in (f"n{n}" for n in range(size)):
                for period in ("2024-VB", "2025-T1", "2025-T2")[:size]:
                    report = Report.objects.filter(
                        namnd__code=code, period__code=period
                    ).first() or make_report(
                        make_namnd(code), make_period(period), ReportState.GODKAND
                    )
                    if not report.approved.values.filter(definition=definition).exists():
                        make_value(report, definition, 10)
        for query in ({"fran": "2024-VB"}, {"lasning": "dagens", "indikator": "i-0"}):
            with CaptureQueriesContext(connection) as queries:
                code = ("2024-VB", "2025-T1", "2025-T2")[size - 1]
                address = reverse("followup-selection", args=[code])
                assert client.get(address, query).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[2]
    assert counts[1] == counts[3]
    assert max(counts) <= 12
