from indicators.models.indicator import (
    Indicator,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorVersion,
    ReferenceValue,
    Target,
)
from indicators.models.period import Period
from indicators.models.programme_file import ProgrammeFile
from indicators.models.report import GoalGrade, Report, ReportVersion, Value

__all__ = [
    "GoalGrade",
    "Indicator",
    "IndicatorGoal",
    "IndicatorResponsibility",
    "IndicatorVersion",
    "Period",
    "ProgrammeFile",
    "ReferenceValue",
    "Report",
    "ReportVersion",
    "Target",
    "Value",
]
