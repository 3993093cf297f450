"""What the granskare have said at a row of a report, and the field where they say more."""

from typing import Any

from django import template

from indicators.domain.sheet import GoalSheet, IndicatorRow
from indicators.domain.statuses import ActivityRow
from indicators.forms import REMARK
from indicators.names import activity_cell, goal_cell, indicator_cell

register = template.Library()


@register.inclusion_tag("indicators/partials/row_review.html", takes_context=True)
def row_review(context: Any, row: IndicatorRow | ActivityRow | GoalSheet) -> dict[str, Any]:
    """The comments at one row; a field for another where the page is reviewed."""
    form, name = context.get("comments_form"), f"{REMARK}{_cell_of(row)}"
    return {
        "said": row.said,
        "report": context["report"],
        "field": form[name] if form is not None and name in form.fields else None,
        "can_deal": bool(context.get("page")) and not context.get("closed"),
        "goal_code": context.get("goal_code", ""),
        "user": context.get("user"),
        "current_id": context["report"].current_id,
    }


def _cell_of(row: IndicatorRow | ActivityRow | GoalSheet) -> str:
    if isinstance(row, IndicatorRow):
        return indicator_cell(row.code)
    return activity_cell(row.activity.code) if isinstance(row, ActivityRow) else goal_cell(row.goal)
