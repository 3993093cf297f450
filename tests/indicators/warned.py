"""A nämnd's cell that is saved, and what it is held against."""

from decimal import Decimal

from indicators.domain.cells import GivenCell, IndicatorKey, save_cell
from indicators.domain.checks import ValueInput
from indicators.enums import (
    Category,
    ReportState,
)
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
)

KEY = IndicatorKey("i-1")


def save(actor, number, category=Category.TOTAL, *, period="2025-T2", seen=(), **fields):
    content = ValueInput(0, category, Decimal(number), **fields)
    given_cell = GivenCell(KEY, (content,), seen)
    return save_cell("sodermalm", period, actor=actor, given=given_cell)


def approved(namnd, period, definition, number=None, **fields):
    report = make_report(make_namnd(namnd), make_period(period), state=ReportState.GODKAND)
    make_value(report, definition, number, **fields)
    return report


def fallen(actor, **fields):
    """A report with one warning: a number that has fallen."""
    definition = make_indicator()
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    report = make_report(period=make_period("2025-T2"))
    save(actor, 120, **fields)
    report.refresh_from_db()
    return report
