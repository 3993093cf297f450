"""What has happened to one cell of a report: for the nämnd's own eyes."""

from typing import Any

from indicators.domain.history import STATUS, VALUE
from indicators.domain.taking import ActivityKey, GoalKey, Key
from indicators.enums import Category
from indicators.models import ActivityStatus, GoalGrade, Report, ReportVersion, Value
from organisation.domain.who import who_for
from organisation.models import User
from programme.models import Goal
from trace.domain.history import Kept, Line, history


def cell_history(report: Report, key: Key, *, reader: User) -> list[Line]:
    """Every change of the cell in all versions of the report, newest first.

    Call it for a report that the reader may read whole. Empty for a report that is not begun.
    """
    if report.pk is None:
        return []
    versions = list(ReportVersion.objects.filter(report=report).values_list("pk", flat=True))
    return history([_kept(versions, key)], who=who_for(reader))


def _kept(versions: list[int], key: Key) -> Kept:
    rows: dict[str, Any] = {"version_id__in": versions}
    if isinstance(key, GoalKey):
        goals = Goal.objects.filter(programme__slug=key.programme).with_code(key.number)
        return Kept(
            GoalGrade,
            rows | {"goal_id__in": goals.values("pk")},
            lambda _: "Bedömningen",
            {"grade": "", "analysis": "analysen"},
            same=lambda c: c.goal_id,
        )
    if isinstance(key, ActivityKey):
        return Kept(
            ActivityStatus,
            rows | {"activity__code": key.code},
            lambda _: "Läget",
            STATUS,
            same=lambda c: c.activity_id,
        )
    return Kept(
        Value,
        rows | {"definition__indicator__code": key.code},
        _called,
        VALUE,
        same=lambda c: (c.definition_id, c.category),
    )


def _called(value: Any) -> str:
    return {Category.KVINNOR: "Värdet för kvinnor", Category.MAN: "Värdet för män"}.get(
        value.category, "Värdet"
    )
