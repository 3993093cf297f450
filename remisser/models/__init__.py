from remisser.models.answer import Answer, AnswerVersion, Position
from remisser.models.assignments import RemissAssignment
from remisser.models.goals import RemissGoal
from remisser.models.plan import AnswerPlan, DueDateExtension, PlanRule
from remisser.models.register import DnrSeries, Registration, RemissFile
from remisser.models.remiss import Proposal, Remiss, Remissinstans

__all__ = [
    "Answer",
    "AnswerPlan",
    "AnswerVersion",
    "DnrSeries",
    "DueDateExtension",
    "PlanRule",
    "Position",
    "Proposal",
    "Registration",
    "Remiss",
    "RemissAssignment",
    "RemissFile",
    "RemissGoal",
    "Remissinstans",
]
