from indicators.models.adoption import AdoptedActivity, AdoptedIndicator, Adoption, OwnActivity
from indicators.models.check import IndicatorCheck
from indicators.models.followup import (
    CityGrade,
    FollowupComment,
    FollowupDecision,
    FollowupReport,
    FollowupText,
    FollowupVersion,
)
from indicators.models.followup_paper import FollowupPaper
from indicators.models.indicator import (
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorSuccession,
    IndicatorVersion,
    ReferenceValue,
    Target,
)
from indicators.models.ledger import Duty, ExpectedCell
from indicators.models.period import Extension, Period, PeriodDueDate
from indicators.models.programme_file import ProgrammeFile
from indicators.models.report import ActivityStatus, GoalGrade, Report, ReportVersion, Value
from indicators.models.report_file import ReportFile
from indicators.models.review import (
    Correction,
    CorrectionNotice,
    CorrectionRequest,
    JudgementCorrection,
    ReportDecision,
    RowComment,
)
from indicators.models.settled import GUARDED

__all__ = [
    "GUARDED",
    "ActivityStatus",
    "AdoptedActivity",
    "AdoptedIndicator",
    "Adoption",
    "CityGrade",
    "Correction",
    "CorrectionNotice",
    "CorrectionRequest",
    "Duty",
    "ExpectedCell",
    "Extension",
    "FollowupComment",
    "FollowupDecision",
    "FollowupPaper",
    "FollowupReport",
    "FollowupText",
    "FollowupVersion",
    "GoalGrade",
    "Indicator",
    "IndicatorCheck",
    "IndicatorGap",
    "IndicatorGoal",
    "IndicatorResponsibility",
    "IndicatorSuccession",
    "IndicatorVersion",
    "JudgementCorrection",
    "OwnActivity",
    "Period",
    "PeriodDueDate",
    "ProgrammeFile",
    "ReferenceValue",
    "Report",
    "ReportDecision",
    "ReportFile",
    "ReportVersion",
    "RowComment",
    "Target",
    "Value",
]
