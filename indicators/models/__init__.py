from indicators.models.indicator import (
    Indicator,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorVersion,
    ReferenceValue,
    Target,
)
from indicators.models.period import Extension, Period, PeriodDueDate
from indicators.models.report import GoalGrade, Report, ReportVersion, Value

__all__ = [
    "Extension",
    "GoalGrade",
    "Indicator",
    "IndicatorGoal",
    "IndicatorResponsibility",
    "IndicatorVersion",
    "Period",
    "PeriodDueDate",
    "ReferenceValue",
    "Report",
    "ReportVersion",
    "Target",
    "Value",
]
