"""What the fields of a report are called in pages and posts, and what stands in them.

The grid, the page of one goal, the whole form and the saving of one cell share these names:
"v-CODE-CATEGORY-PART" of an indicator, "g-PROGRAMME-NUMBER-PART" of a goal, "a-CODE-PART" of an
activity. What comes before the category or the part names the cell.
"""

from decimal import Decimal

from indicators.domain.checks import (
    GradeInput,
    GradePart,
    Part,
    ValueInput,
    asks_forecast,
    asks_rest,
    figure_parts,
)
from indicators.domain.numbers import format_number
from indicators.domain.statuses import StatusInput, StatusPart
from indicators.enums import Category
from indicators.models import IndicatorVersion, Period
from programme.models import Goal

TICKED = "ja"
"""What a box that is ticked holds, in every text of a field."""
ATTRIBUTE = {
    Part.NUMBER: "number",
    Part.NUMERATOR: "numerator",
    Part.DENOMINATOR: "denominator",
    Part.FORECAST: "forecast",
    Part.MISSING: "missing",
    Part.COMMENT: "comment",
    Part.REST: "sex_unknown",
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
    rest = (Part.REST,) if asks_rest(definition) else ()
    return (*figures, *rest, *forecast, Part.MISSING, Part.COMMENT)


def value_texts(
    code: str, definition: IndicatorVersion, cell: ValueInput, period: Period
) -> dict[str, str]:
    """What stands in the fields of one category, by name."""
    return {
        value_name(code, cell.category, part): _text(getattr(cell, ATTRIBUTE[part]))
        for part in parts_of(definition, cell.category, period)
    }


def texts_in(cell: str, content: ValueInput | GradeInput | StatusInput) -> dict[str, str]:
    """What stands in the fields of the cell of that name, by their names."""
    if isinstance(content, ValueInput):
        once = {Part.FORECAST, Part.MISSING, Part.COMMENT, Part.REST}
        return {
            f"{cell}-{content.category}-{part}": _text(getattr(content, attribute))
            for part, attribute in ATTRIBUTE.items()
            if content.category == Category.TOTAL or part not in once
        }
    if isinstance(content, GradeInput):
        parts = {GradePart.GRADE: content.grade, GradePart.ANALYSIS: content.analysis}
        return {f"{cell}-{part}": text for part, text in parts.items()}
    return {f"{cell}-{part}": text for part, text in _status_parts(content).items()}


def grade_texts(goal: Goal, grade: GradeInput) -> dict[str, str]:
    return texts_in(goal_cell(goal), grade)


def status_texts(code: str, status: StatusInput) -> dict[str, str]:
    return texts_in(activity_cell(code), status)


def _status_parts(status: StatusInput) -> dict[StatusPart, str]:
    return {
        StatusPart.STATE: status.state,
        StatusPart.COMMENT: status.comment,
        StatusPart.NEW_DATE: status.new_date.isoformat() if status.new_date else "",
    }


def _text(content: Decimal | str | bool | None) -> str:
    if isinstance(content, bool):
        return TICKED if content else ""
    if isinstance(content, str):
        return content
    return "" if content is None else format_number(content)
