from indicators.models.indicator import (
    Indicator,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorVersion,
    ReferenceValue,
    Target,
)
from indicators.models.ledger import Duty, ExpectedCell
from indicators.models.period import Period
from indicators.models.report import GoalGrade, Report, ReportVersion, Value

__all__ = [
    "Duty",
    "ExpectedCell",
    "GoalGrade",
    "Indicator",
    "IndicatorGoal",
    "IndicatorResponsibility",
    "IndicatorVersion",
    "Period",
    "ReferenceValue",
    "Report",
    "ReportVersion",
    "Target",
    "Value",
]
