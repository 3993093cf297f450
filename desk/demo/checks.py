"""How the demo's outcomes are looked over, and what that says of the reports nobody has touched."""

from decimal import Decimal

from desk.demo.reports import OPEN_PERIOD
from indicators.domain.content import write_warnings
from indicators.domain.submission import look_over_report
from indicators.domain.workflow import EDITABLE
from indicators.enums import Rule
from indicators.models import Indicator, IndicatorCheck, Report

# Where the default would ask too often or too seldom: (code, rule, is on, threshold).
SET = (
    ("aktualiserade", Rule.HISTORY, True, Decimal(3)),
    ("aktualiserade", Rule.PEERS, True, Decimal(6)),
    ("origo-utbildning", Rule.ZERO, True, Decimal(10)),
)


def load_checks() -> int:
    """Lay in the settings that are not there, and the warnings of untouched drafts.

    Answers at how many indicators of those drafts there is a warning.
    """
    indicators = {one.code: one for one in Indicator.objects.filter(code__in=[s[0] for s in SET])}
    for code, rule, is_on, threshold in SET:
        if code in indicators:
            IndicatorCheck.objects.get_or_create(
                indicator=indicators[code],
                rule=rule,
                defaults={"is_on": is_on, "threshold": threshold},
            )
    warned = 0
    drafts = Report.objects.filter(period__code=OPEN_PERIOD, state__in=EDITABLE, revision=0)
    for report in drafts.select_related("namnd", "period", "current"):
        if report.current is None:
            continue
        found = look_over_report(report, report.current)
        write_warnings(found.saved, found.warnings)
        warned += sum(map(bool, found.warnings.values()))
    return warned
