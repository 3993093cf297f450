"""What the fields of a report are called in pages and posts, and what stands in them.

The grid, the page of one goal, the whole form and the saving of one cell share these names:
"v-CODE-CATEGORY-PART" of an indicator, "g-PROGRAMME-NUMBER-PART" of a goal, "a-CODE-PART" of an
activity. What comes before the category or the part names the cell.
"""

from indicators.domain.checks import (
    GradeInput,
    GradePart,
    Part,
    ValueInput,
    asks_forecast,
    figure_parts,
)
from indicators.domain.numbers import format_number
from indicators.domain.statuses import StatusInput, StatusPart
from indicators.enums import Category
from indicators.models import IndicatorVersion, Period
from programme.models import Goal

ATTRIBUTE = {
    Part.NUMBER: "number",
    Part.NUMERATOR: "numerator",
    Part.DENOMINATOR: "denominator",
    Part.FORECAST: "forecast",
    Part.MISSING: "missing",
    Part.COMMENT: "comment",
}


def indicator_cell(code: str) -> str:
    return f"v-{code}"


def goal_cell(goal: Goal) -> str:
    return f"g-{goal.programme.slug}-{goal.code}"


def activity_cell(code: str) -> str:
    return f"a-{code}"


def value_name(code: str, category: str, part: Part) -> str:
    return f"v-{code}-{category}-{part}"


def goal_name(goal: Goal, part: GradePart) -> str:
    return f"{goal_cell(goal)}-{part}"


def status_name(code: str, part: StatusPart) -> str:
    return f"a-{code}-{part}"


def parts_of(definition: IndicatorVersion, category: str, period: Period) -> tuple[Part, ...]:
    """The fields of one category of an indicator; what is said once stands with the total."""
    figures = figure_parts(definition)
    if category != Category.TOTAL:
        return figures
    forecast = (Part.FORECAST,) if asks_forecast(definition, period) else ()
    return (*figures, *forecast, Part.MISSING, Part.COMMENT)


def value_texts(
    code: str, definition: IndicatorVersion, cell: ValueInput, period: Period
) -> dict[str, str]:
    """What stands in the fields of one category, by name."""
    return {
        value_name(code, cell.category, part): _text(definition, cell, part)
        for part in parts_of(definition, cell.category, period)
    }


def grade_texts(goal: Goal, grade: GradeInput) -> dict[str, str]:
    return {
        goal_name(goal, GradePart.GRADE): grade.grade,
        goal_name(goal, GradePart.ANALYSIS): grade.analysis,
    }


def status_texts(code: str, status: StatusInput) -> dict[str, str]:
    return {
        status_name(code, StatusPart.STATE): status.state,
        status_name(code, StatusPart.COMMENT): status.comment,
        status_name(code, StatusPart.NEW_DATE): (
            status.new_date.isoformat() if status.new_date else ""
        ),
    }


def _text(definition: IndicatorVersion, cell: ValueInput, part: Part) -> str:
    content = getattr(cell, ATTRIBUTE[part])
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    return str(int(content)) if definition.is_yes_no else format_number(content)
