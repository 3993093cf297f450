from indicators.models.adoption import AdoptedActivity, AdoptedIndicator, Adoption, OwnActivity
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
from indicators.models.report import ActivityStatus, GoalGrade, Report, ReportVersion, Value

__all__ = [
    "ActivityStatus",
    "AdoptedActivity",
    "AdoptedIndicator",
    "Adoption",
    "GoalGrade",
    "Indicator",
    "IndicatorGoal",
    "IndicatorResponsibility",
    "IndicatorVersion",
    "OwnActivity",
    "Period",
    "ProgrammeFile",
    "ReferenceValue",
    "Report",
    "ReportVersion",
    "Target",
    "Value",
]
