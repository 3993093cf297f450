"""What was said before of a goal or an activity, to read beside the field.

By the nämnd itself; of a period before it was there by each of those it carries on, named: grades
and states are not put together as figures are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.domain.rows import PeriodContent
from indicators.domain.statuses import EarlierStatus
from indicators.enums import Grade


@dataclass(frozen=True)
class EarlierGrade:
    """How a goal was judged in an earlier period."""

    label: str
    """Of the period."""
    text: str
    """ "Uppfylls delvis", or "Rinkeby-Kista: Uppfylls helt; Spånga-Tensta: Uppfylls delvis"."""


def earlier_grades(goal_id: int, before: Iterable[PeriodContent]) -> tuple[EarlierGrade, ...]:
    """The grades of the earlier periods; a period without one is left out."""
    found = []
    for then in before:
        said = [("", then.saved.grade(goal_id).grade)]
        said += [
            (one.short_name, theirs.grade(goal_id).grade)
            for one in then.forebears
            if (theirs := then.theirs.get(one.pk))
        ]
        text = "; ".join(
            f"{name}: {Grade(grade).label}" if name else str(Grade(grade).label)
            for name, grade in said
            if grade
        )
        if text:
            found.append(EarlierGrade(then.period.label, text))
    return tuple(found)


def earlier_statuses(
    activity_id: int, before: Iterable[PeriodContent]
) -> tuple[EarlierStatus, ...]:
    """How far the activity had come in each of the earlier periods."""
    return tuple(
        EarlierStatus(
            then.period.label,
            then.period.code,
            then.saved.status(activity_id),
            tuple(
                (one.short_name, status)
                for one in then.forebears
                if (theirs := then.theirs.get(one.pk))
                and not (status := theirs.status(activity_id)).is_empty
            ),
        )
        for then in before
    )
