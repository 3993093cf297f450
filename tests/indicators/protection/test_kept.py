"""What was worked out once is not worked out again by the next process."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.domain import protecting
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.entry import approve_report
from indicators.enums import ReportState
from indicators.models import IndicatorVersion, Period
from organisation.enums import Role
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept_in(settings, tmp_path: Path):
    """Where answers are kept, and a process that knows none."""

    def use(folder: Path) -> None:
        settings.CACHES = settings.CACHES | {
            protecting.CACHE: settings.CACHES[protecting.CACHE] | {"LOCATION": folder}
        }
        protecting._kept.clear()

    yield use
    protecting._kept.clear()


@pytest.fixture
def period() -> Period:
    period = make_period("2025-T1")
    indicator = make_indicator("aktualiserade", counts_people=True)
    for number, code in ((3, "sodermalm"), (20, "bromma"), (30, "farsta")):
        report = make_report(make_namnd(code), period, ReportState.GODKAND)
        make_value(report, indicator, number)
    return period


def shown(period: Period) -> list[CellState]:
    (result,) = consolidate(period, audience=Audience.OTHERS).goals[0].indicators
    return [part.cells.total.state for part in result.parts]


def test_an_answer_is_kept_for_the_next_process(period, kept_in, tmp_path):
    kept_in(tmp_path / "kept")
    before = shown(period)
    assert before.count(CellState.PROTECTED) == 2
    (kept,) = (tmp_path / "kept").iterdir()
    written = kept.stat().st_mtime_ns
    protecting._kept.clear()
    assert shown(period) == before
    assert [file.stat().st_mtime_ns for file in (tmp_path / "kept").iterdir()] == [written]


def test_an_approval_works_out_what_the_next_reader_needs(
    period, kept_in, tmp_path, django_capture_on_commit_callbacks, django_assert_num_queries
):
    kept_in(tmp_path / "kept")
    shown(period)
    with CaptureQueriesContext(connection) as known:
        shown(period)
    report = make_report(make_namnd("kista"), period, ReportState.INLAMNAD)
    make_value(report, IndicatorVersion.objects.get(), 40)
    approver = make_user(Role.GRANSKARE, make_namnd("kista"))
    with django_capture_on_commit_callbacks(execute=True):
        approve_report(report, actor=approver, expected_version=report.revision)
    with django_assert_num_queries(len(known)):
        assert len(shown(period)) == 4


def test_where_nothing_can_be_kept_the_answer_is_the_same(period, kept_in, tmp_path, caplog):
    kept_in(tmp_path / "kept")
    before = shown(period)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    kept_in(in_the_way)
    assert shown(period) == before
    assert {record.name for record in caplog.records} == {"samlad.protection"}
