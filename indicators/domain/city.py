"""The coordinator's desk: how far each nämnd has come with a period, without a single value."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from indicators.domain.due_dates import DueDates, due_dates
from indicators.domain.errors import NotAllowed
from indicators.domain.expected import Expected, expected_in, expected_in_each
from indicators.domain.reports import (
    ReportLine,
    cells_asked,
    filled_cells,
    left_to_explain,
    with_filled,
)
from indicators.enums import PeriodState
from indicators.models import Extension, Period, Report
from indicators.rules import may_manage_periods
from organisation.models import Namnd, User

NOT_YOURS = "Läget i staden visas för programmets samordnare."
LATEST = 6
"""Two years of tertials, as many as fit beside one another."""


@dataclass(frozen=True)
class DeskLine:
    line: ReportLine
    last_activity: dt.datetime | None
    """When the report was last changed; None when nobody has begun."""
    extension: Extension | None
    to_explain: int
    """At how many indicators a warning is not explained; nothing of what they are about."""
    is_counted: bool
    """Whether an approved version is there, which counts also while a later one is worked on."""

    @property
    def never_came(self) -> bool:
        """Whether the period was locked before the nämnd had handed in: no days count any more."""
        return self.line.period.state == PeriodState.LAST and not self.line.is_done

    @property
    def can_be_reminded(self) -> bool:
        """Whether there is something left for the nämnd to do in time."""
        return not self.is_counted and self.line.period.state != PeriodState.LAST


@dataclass(frozen=True)
class Desk:
    period: Period
    lines: tuple[DeskLine, ...]
    """The nämnder that are to report, in Swedish order."""

    @property
    def handed_in(self) -> int:
        return sum(one.line.is_done for one in self.lines)

    @property
    def counted(self) -> int:
        return sum(one.is_counted for one in self.lines)

    @property
    def late(self) -> int:
        return sum(one.line.is_late for one in self.lines)

    @property
    def filled(self) -> int:
        return sum(one.line.filled for one in self.lines)

    @property
    def expected(self) -> int:
        return sum(one.line.expected for one in self.lines)

    @property
    def extended(self) -> list[DeskLine]:
        """Those that have been given more time."""
        return [one for one in self.lines if one.extension is not None]

    @property
    def late_codes(self) -> list[str]:
        return [one.line.namnd.code for one in self.lines if one.line.is_late]


@dataclass(frozen=True)
class GridRow:
    namnd: Namnd
    cells: tuple[DeskLine | None, ...]
    """One for each period of the grid; None where the nämnd has nothing to report."""


@dataclass(frozen=True)
class Grid:
    """Nämnd by period: where each report stands, without a single value."""

    periods: tuple[Period, ...]
    """Newest first."""
    rows: tuple[GridRow, ...]
    """The nämnder that report any of the periods, in Swedish order."""


def city_desk(user: User, period: Period) -> Desk:
    """Every nämnd that is to report the period: state, days, progress. For the samordnare.

    The number of queries does not depend on how many nämnder there are. Raises NotAllowed.
    """
    if not may_manage_periods(user):
        raise NotAllowed(NOT_YOURS)
    expected = expected_in(period)
    due = due_dates([period])
    reports = {
        report.namnd_id: report
        for report in with_filled(Report.objects.filter(period=period, namnd__in=expected.namnder))
    }
    extensions = {
        one.namnd_id: one for one in Extension.objects.filter(period=period).select_related("namnd")
    }
    return Desk(period, tuple(_lines(expected, due, reports, extensions)))


def city_grid(user: User, *, latest: int = LATEST) -> Grid:
    """How far every nämnd is in the `latest` periods that have been opened. For the samordnare.

    The number of queries depends neither on how many nämnder there are nor on the periods.
    Raises NotAllowed.
    """
    if not may_manage_periods(user):
        raise NotAllowed(NOT_YOURS)
    periods = list(Period.objects.started().with_days().order_by("-ends_on")[:latest])
    namnder = list(Namnd.objects.in_order())
    expected = expected_in_each(periods, namnder)
    due = due_dates(periods)
    reports: dict[int, dict[int, Report]] = {period.pk: {} for period in periods}
    for report in with_filled(Report.objects.filter(period__in=periods)):
        reports[report.period_id][report.namnd_id] = report
    lines = {
        (line.line.namnd.pk, period.pk): line
        for period in periods
        for line in _lines(expected[period.code], due, reports[period.pk], {})
    }
    rows = [
        GridRow(namnd, tuple(lines.get((namnd.pk, period.pk)) for period in periods))
        for namnd in namnder
    ]
    return Grid(tuple(periods), tuple(row for row in rows if any(row.cells)))


def _lines(
    expected: Expected,
    due: DueDates,
    reports: Mapping[int, Report],
    extensions: Mapping[int, Extension],
) -> Iterator[DeskLine]:
    """The nämnder that are to report. reports: `with_filled`, and extensions, by nämnd id."""
    today, period = timezone.localdate(), expected.period
    filled = filled_cells(reports.values())
    for namnd in expected.namnder.values():
        report = reports.get(namnd.pk)
        asked = cells_asked(expected, namnd.pk)
        version = report.current_id if report else None
        yield DeskLine(
            line=ReportLine(
                namnd=namnd,
                period=period,
                state=report.state if report else "",
                today=today,
                due_on=due.of(period, namnd),
                filled=sum((kind, version, pk) in filled for kind, pk in asked),
                expected=len(asked),
                is_example=bool(report and report.is_example),
                is_corrected=bool(report and report.is_being_corrected),
            ),
            last_activity=report.changed_at if report else None,
            extension=extensions.get(namnd.pk),
            to_explain=sum(("value", pk) in asked for pk in left_to_explain(report)),
            is_counted=report is not None and report.approved_id is not None,
        )
