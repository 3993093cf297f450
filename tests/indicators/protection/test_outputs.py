"""What pages and files show together gives no small count away, and hides the same everywhere."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.domain.approved import read_approved
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.goal_figures import read_goal_figures
from indicators.domain.register import read_indicator
from indicators.enums import Accumulation, Aggregation, Category, ReportState
from indicators.exports.files import FORMATS
from organisation.models import NamndSuccession
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.protection.attacker import CITY, HIDDEN, Attack, Year
from tests.indicators.reading import pdf_text, tables, unzipped

pytestmark = pytest.mark.django_db
OTHERS = Audience.OTHERS
MERGED = dt.date(2023, 7, 1)


def report_all(definition, periods, followed=None):
    """Approved reports: {period: {nämnd: [total, women, men] or [(in, of), …]}}; the truth."""
    reported = {}
    for number, (code, namnder) in enumerate(periods.items()):
        for namnd, figures in namnder.items():
            made = make_report(make_namnd(namnd), make_period(code), ReportState.GODKAND)
            for category, figure in zip(Category.values, figures, strict=False):
                reported[number, namnd, category] = figure
                if isinstance(figure, tuple):
                    parts = dict(zip(("numerator", "denominator"), figure, strict=True))
                    make_value(made, definition, category=category, **parts)
                else:
                    make_value(made, definition, figure, category=category)
    to_date = definition.accumulation == Accumulation.YEAR_TO_DATE
    return Year(reported, True, (False, to_date, to_date), followed or {})


def stands(cell):
    if cell.state is CellState.PROTECTED:
        assert (cell.value, cell.numerator, cell.denominator, cell.note) == (None, None, None, "")
        return HIDDEN
    if cell.denominator is not None:
        return (int(cell.numerator), int(cell.denominator))
    if cell.state is CellState.NOT_ASKED:
        # It says of how many it would be a part, and no part is greater than the whole.
        assert cell.note == "går inte att räkna: nämnaren är 0"
        return (0, 0)
    return int(cell.value)


def gather(truth, codes):
    """Every figure of every output, by place; each output must say the same of a place."""
    shown = {}

    def see(where, cell):
        if where in truth.everything():
            assert shown.setdefault(where, stands(cell)) == stands(cell), where

    def see_result(result):
        for point in result.series:
            for category, cell in zip(Category.values, point.cells, strict=True):
                see((codes.index(point.period_code), CITY, category), cell)
        if result.comparison and result.comparison.cell:
            see(
                (codes.index(result.comparison.period_code), CITY, "totalt"),
                result.comparison.cell,
            )

    def see_parts(number, parts):
        for part in parts:
            for category, cell in zip(Category.values, part.cells, strict=True):
                see((number, part.namnd_code, category), cell)

    for number, code in enumerate(codes):
        period = make_period(code)
        (goal,) = consolidate(period, audience=OTHERS).goals
        (result,) = goal.indicators
        see_result(result)
        see_parts(number, result.parts)
        for report in period.reports.select_related("period", "namnd"):
            (approved,) = read_approved(report, audience=OTHERS).goals
            see_parts(number, [row.part for row in approved.rows])
    page = read_indicator("i-1", audience=OTHERS)
    see_result(page.result)
    see_parts(len(codes) - 1, page.result.parts)
    for series in page.series:
        for point in series.points:
            number = codes.index(point.period_code)
            for category, cell in zip(Category.values, point.cells, strict=True):
                if not point.forebears:
                    see((number, series.code, category), cell)
    (figure,) = read_goal_figures(make_goal().pk, audience=OTHERS)
    see_result(figure.result)
    return shown


YEARS = {
    "tertial by tertial, by sex": (
        {"split_by_sex": True},
        {
            "2025-T1": {"a": [30, 28, 2], "b": [40, 22, 18], "c": [61, 30, 31]},
            "2025-T2": {"a": [33, 29, 4], "b": [60, 30, 30], "c": [70, 33, 37]},
            "2025-VB": {"a": [35, 30, 5], "b": [61, 30, 31], "c": [100, 50, 50]},
        },
    ),
    "a ratio": (
        {"aggregation": Aggregation.RATIO, "unit": "%", "scale": 100},
        {
            "2025-T1": {"a": [(38, 40)], "b": [(20, 50)], "c": [(30, 60)]},
            "2025-T2": {"a": [(58, 70)], "b": [(22, 53)], "c": [(40, 90)]},
        },
    ),
    "at a point in time": (
        {"accumulation": Accumulation.POINT_IN_TIME},
        {"2025-T1": {"a": [12], "b": [3], "c": [90]}, "2025-T2": {"a": [14], "b": [9], "c": [91]}},
    ),
    "a report is missing": (
        {"split_by_sex": True},
        {
            "2025-T1": {"a": [30, 28, 2], "b": [40, 22, 18], "c": [61, 30]},
            "2025-T2": {"b": [43, 23, 20], "c": [70, 33, 37]},
        },
    ),
}


@pytest.mark.parametrize("name", YEARS)
def test_all_outputs_together_give_nothing_away(name):
    fields, periods = YEARS[name]
    truth = report_all(make_indicator(**{"counts_people": True, **fields}), periods)

    shown = gather(truth, list(periods))

    assert HIDDEN in shown.values()
    assert Attack(truth, shown).found() == []


def test_a_merger_within_the_year_gives_nothing_away():
    gone = {"a": {"valid_to": dt.date(2023, 6, 30)}, "b": {"valid_to": dt.date(2023, 6, 30)}}
    for code, fields in {**gone, "c": {}, "ny": {"valid_from": MERGED}}.items():
        make_namnd(code, **fields)
    for code in gone:
        NamndSuccession.objects.create(
            predecessor=make_namnd(code), successor=make_namnd("ny"), on=MERGED
        )
    definition = make_indicator(counts_people=True)
    periods = {
        "2023-T1": {"a": [12], "b": [20], "c": [9]},
        "2023-T2": {"ny": [35], "c": [30]},
    }
    truth = report_all(definition, periods, followed={(1, "ny"): ("a", "b")})

    shown = gather(truth, list(periods))

    assert {where for where, what in shown.items() if what == HIDDEN} == {
        (1, "ny", "totalt"),
        (1, "c", "totalt"),
    }
    assert Attack(truth, shown).found() == []


def test_a_figure_hidden_for_another_is_in_no_page_or_file(client):
    report_all(
        make_indicator(counts_people=True),
        {"2025-T1": {"a": [2], "b": [137], "c": [640]}},
    )
    followup = consolidate(make_period("2025-T1"), audience=OTHERS)
    client.force_login(make_user(namnd=make_namnd("z")))

    goal = reverse("followup-goal", args=["2025-T1", "vald-2021-2025", "1"])
    page = client.get(goal).content.decode()
    overview = client.get(reverse("followup", args=["2025-T1"])).content.decode()
    alone = client.get(reverse("followup-indicator", args=["2025-T1", "i-1"])).content.decode()
    own = client.get(reverse("report", args=["b", "2025-T1"])).content.decode()
    indicator = client.get(reverse("indicator", args=["i-1"])).content.decode()

    (rows,) = [rows for caption, rows in tables(page).items() if "nämnd för nämnd" in caption]
    assert [row[1] for row in rows[1:4]] == ["skyddad uppgift", "skyddad uppgift", "640"]
    for text in (
        page,
        overview,
        alone,
        own,
        indicator,
        unzipped(FORMATS["xlsx"].write(followup)),
        pdf_text(FORMATS["pdf"].write(followup)),
    ):
        assert "137" not in text
    (result,) = followup.goals[0].indicators
    assert result.cells.total.value == Decimal(779)


def test_words_beside_a_hidden_figure_are_hidden_with_it(client):
    definition = make_indicator(counts_people=True)
    for code, figure in (("a", 2), ("b", 137), ("c", 640)):
        report = make_report(make_namnd(code), make_period("2025-T1"), ReportState.GODKAND)
        make_value(report, definition, figure, comment=f"Vi räknade till {figure}.")
    (goal,) = consolidate(make_period("2025-T1"), audience=OTHERS).goals
    parts = goal.indicators[0].parts
    assert [part.comment for part in parts] == ["", "", "Vi räknade till 640."]
    client.force_login(make_user(namnd=make_namnd("z")))
    goal = reverse("followup-goal", args=["2025-T1", "vald-2021-2025", "1"])
    for address in (goal, reverse("followup-indicator", args=["2025-T1", "i-1"])):
        page = client.get(address).content.decode()
        assert "Vi räknade till 640." in page
        assert page.count("Vi räknade till") == 1


def test_the_coordinator_sees_everything():
    report_all(make_indicator(counts_people=True), {"2025-T1": {"a": [2], "b": [137], "c": [640]}})
    (goal,) = consolidate(make_period("2025-T1"), audience=Audience.COORDINATOR).goals
    assert [int(part.cells.total.value) for part in goal.indicators[0].parts] == [2, 137, 640]


def test_what_is_worked_out_is_kept_until_a_report_says_something_else():
    definition = make_indicator(counts_people=True)
    namnder = {"a": [12], "b": [20], "c": [90]}
    report_all(definition, {"2025-T1": namnder, "2025-T2": {"a": [14], "b": [40], "c": [120]}})
    period = make_period("2025-T2")

    def queries():
        with CaptureQueriesContext(connection) as made:
            consolidate(period, audience=OTHERS)
        return len(made)

    first = queries()
    assert (queries(), queries()) == (first - 1, first - 1)
    report_all(definition, {"2025-T2": {"d": [50]}})
    assert queries() == first


def test_nothing_is_asked_for_twice_where_nothing_can_be_small(django_assert_num_queries):
    definition = make_indicator(counts_people=True, split_by_sex=True)
    report_all(definition, {"2025-T1": {"a": [30, 20, 10], "b": [50, 25, 25]}})
    period = make_period("2025-T1")
    with CaptureQueriesContext(connection) as of_coordinator:
        consolidate(period, audience=Audience.COORDINATOR)
    with django_assert_num_queries(len(of_coordinator)):
        consolidate(period, audience=OTHERS)
