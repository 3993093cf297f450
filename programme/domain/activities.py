"""Commands on activities."""

import datetime as dt

from django.db import transaction

from organisation.models import User
from programme.domain.errors import Invalid
from programme.domain.parts import (
    Facts,
    check_days,
    check_right,
    check_row,
    check_texts,
    count_change,
    lay_facts,
    lay_tags,
    remove,
)
from programme.domain.settled import check_days_settled
from programme.domain.wordings import check_wording
from programme.models import Activity, ActivityWording, Goal
from trace.domain import record


@transaction.atomic
def add_activity(
    goal: Goal, *, actor: User, code: str, text: str, order: int = 0, facts: Facts
) -> Activity:
    """Add an activity to a goal. Raises NotAllowed, Invalid.

    code: stands in its address, and is never used again.
    """
    check_right(actor)
    _check(goal, text=text, facts=facts)
    check_days_settled(goal.programme, None, (facts.valid_from, facts.valid_to))
    activity = Activity(goal=goal, code=code, text=text, order=order)
    lay_facts(activity, facts)
    check_row(activity)
    activity.save()
    lay_tags(activity, facts)
    record(activity, actor=actor, verb="aktivitet-tillagd", summary=f"Lade till aktiviteten {code}")
    return activity


@transaction.atomic
def change_activity(
    activity: Activity, *, actor: User, expected_version: int, order: int, facts: Facts
) -> Activity:
    """Change what is known of an activity beside its text. Raises NotAllowed, Invalid, Conflict."""
    check_right(actor)
    _check(activity.goal, text="", facts=facts)
    count_change(activity, expected_version)
    activity = _fresh(activity)
    check_days_settled(
        activity.goal.programme,
        (activity.valid_from, activity.valid_to),
        (facts.valid_from, facts.valid_to),
    )
    activity.order = order
    lay_facts(activity, facts)
    check_row(activity)
    activity.save()
    lay_tags(activity, facts)
    record(
        activity,
        actor=actor,
        verb="aktivitet-andrad",
        summary=f"Ändrade uppgifter om aktiviteten {activity.code}",
    )
    return activity


@transaction.atomic
def change_activity_text(
    activity: Activity,
    *,
    actor: User,
    expected_version: int,
    text: str,
    valid_from: dt.date,
    decision: str,
    source: str = "",
) -> ActivityWording:
    """Let the activity say something else from a day, by a decision. What it said before stays.

    Raises NotAllowed; Invalid for a day outside the programme or a text that is no change;
    Conflict with what the activity says on that day as it is saved now.
    """
    activity = _fresh(activity)
    check_wording(
        activity,
        activity.goal.programme,
        actor=actor,
        text=text,
        valid_from=valid_from,
        decision=decision,
        source=source,
    )
    count_change(activity, expected_version, theirs=activity.text_on(valid_from))
    wording = ActivityWording(
        activity=activity, text=text, valid_from=valid_from, decision=decision, source=source
    )
    check_row(wording)
    wording.save()
    record(
        activity,
        actor=actor,
        verb="aktivitet-ny-lydelse",
        summary=f"Ändrade texten till aktiviteten {activity.code} från {valid_from:%Y-%m-%d}",
        reason=decision,
    )
    return wording


@transaction.atomic
def remove_activity(activity: Activity, *, actor: User, expected_version: int) -> None:
    """Take away an activity that was added by mistake. Raises NotAllowed, Conflict; Invalid when
    something rests on it, or it has been followed up and locked."""
    check_right(actor)
    count_change(activity, expected_version)
    check_days_settled(
        activity.goal.programme, (activity.valid_from, activity.valid_to), None, whole=True
    )
    record(
        activity,
        actor=actor,
        verb="aktivitet-borttagen",
        summary=f"Tog bort aktiviteten {activity.code}",
    )
    remove(activity, what="Aktiviteten")


def _check(goal: Goal, *, text: str, facts: Facts) -> None:
    check_texts(text=text, source=facts.source, tags_source=facts.tags_source)
    check_days(goal.programme, facts.valid_from, facts.valid_to)
    if not facts.source and not facts.is_example:
        raise Invalid("Ange källan, eller märk aktiviteten som exempel.", field="source")


def _fresh(activity: Activity) -> Activity:
    """The activity as it is saved now."""
    fresh = (
        Activity.objects.select_related("goal__programme")
        .prefetch_related("wordings")
        .filter(pk=activity.pk)
        .first()
    )
    if fresh is None:
        raise Invalid("Aktiviteten är borttagen.")
    return fresh
