"""Commands on goals: their texts, what must be in place, and which goals correspond."""

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
from programme.models import Goal, GoalLink, GoalWording, Precondition, Programme
from trace.domain import record


@transaction.atomic
def add_goal(
    programme: Programme,
    *,
    actor: User,
    number: int,
    text: str,
    parent: Goal | None = None,
    facts: Facts | None = None,
) -> Goal:
    """Add a goal, or a delmål of `parent`. Raises NotAllowed, Invalid.

    text: may be empty where it is known that there is a goal but not what it says.
    """
    check_right(actor)
    facts = facts or Facts()
    check_texts(text=text, source=facts.source, tags_source=facts.tags_source)
    check_days(programme, facts.valid_from, facts.valid_to)
    # Two who add the same number at once: the second waits here, and is told.
    Programme.objects.select_for_update().get(pk=programme.pk)
    if parent is not None and (parent.programme_id != programme.pk or parent.parent_id):
        raise Invalid("Ett delmål hör till ett mål i samma program.", field="parent")
    # A programme of which nothing was there has not been followed up.
    if Goal.objects.filter(programme=programme).exists():
        check_days_settled(programme, None, (facts.valid_from, facts.valid_to))
    if Goal.objects.filter(programme=programme, parent=parent, number=number).exists():
        raise Invalid(f"Nummer {number} är upptaget.", field="number")
    goal = Goal(programme=programme, parent=parent, number=number, text=text)
    lay_facts(goal, facts)
    check_row(goal)
    goal.save()
    lay_tags(goal, facts)
    record(goal, actor=actor, verb="mal-tillagt", summary=f"Lade till {_named(goal)}")
    return goal


@transaction.atomic
def change_goal(
    goal: Goal, *, actor: User, expected_version: int, facts: Facts, text: str = ""
) -> Goal:
    """Change what is known of a goal beside its text. Raises NotAllowed, Invalid, Conflict.

    text: what a goal says whose text was not known until now. A text that is known changes by a
    decision only (change_goal_text).
    """
    check_right(actor)
    check_texts(source=facts.source, text=text, tags_source=facts.tags_source)
    check_days(goal.programme, facts.valid_from, facts.valid_to)
    count_change(goal, expected_version)
    goal = _fresh(goal)
    if text and goal.text and text != goal.text:
        raise Invalid("Målets text är känd. Den ändras genom en ny lydelse.", field="text")
    check_days_settled(
        goal.programme, (goal.valid_from, goal.valid_to), (facts.valid_from, facts.valid_to)
    )
    goal.text = goal.text or text
    lay_facts(goal, facts)
    check_row(goal)
    goal.save()
    lay_tags(goal, facts)
    record(goal, actor=actor, verb="mal-andrat", summary=f"Ändrade uppgifter om {_named(goal)}")
    return goal


@transaction.atomic
def change_goal_text(
    goal: Goal,
    *,
    actor: User,
    expected_version: int,
    text: str,
    valid_from: dt.date,
    decision: str,
    source: str = "",
) -> GoalWording:
    """Let the goal say something else from a day, by a decision. What it said before stays.

    Raises NotAllowed; Invalid for a day outside the programme or a text that is no change;
    Conflict with what the goal says on that day as it is saved now.
    """
    goal = _fresh(goal)
    check_wording(
        goal,
        goal.programme,
        actor=actor,
        text=text,
        valid_from=valid_from,
        decision=decision,
        source=source,
    )
    count_change(goal, expected_version, theirs=goal.text_on(valid_from))
    wording = GoalWording(
        goal=goal, text=text, valid_from=valid_from, decision=decision, source=source
    )
    check_row(wording)
    wording.save()
    record(
        goal,
        actor=actor,
        verb="mal-ny-lydelse",
        summary=f"Ändrade texten till {_named(goal)} från {valid_from:%Y-%m-%d}",
        reason=decision,
    )
    return wording


@transaction.atomic
def remove_goal(goal: Goal, *, actor: User, expected_version: int) -> None:
    """Take away a goal that was added by mistake. Raises NotAllowed, Conflict; Invalid when
    something rests on it, activities, delmål, wordings, judgements, or it has been followed up and
    locked."""
    check_right(actor)
    count_change(goal, expected_version)
    check_days_settled(goal.programme, (goal.valid_from, goal.valid_to), None, whole=True)
    record(goal, actor=actor, verb="mal-borttaget", summary=f"Tog bort {_named(goal)}")
    remove(goal, what="Målet")


# What must be in place --------------------------------------------------------------------------


@transaction.atomic
def save_precondition(
    goal: Goal,
    precondition: Precondition | None = None,
    *,
    actor: User,
    expected_version: int,
    text: str,
    source: str = "",
    is_example: bool = False,
    order: int = 0,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> Precondition:
    """Add a precondition of the goal, or change one. expected_version: the goal's.

    Raises NotAllowed, Invalid, Conflict.
    """
    check_right(actor)
    check_texts(text=text, source=source)
    check_days(goal.programme, valid_from, valid_to)
    count_change(goal, expected_version, theirs=precondition.text if precondition else "")
    row = precondition or Precondition(goal=goal)
    row.text, row.source, row.is_example, row.order = text, source, is_example, order
    row.valid_from, row.valid_to = valid_from, valid_to
    check_row(row)
    row.save()
    did = "Ändrade" if precondition else "Lade till"
    record(
        goal,
        actor=actor,
        verb="forutsattning-sparad",
        summary=f"{did} en förutsättning för {_named(goal)}",
    )
    return row


@transaction.atomic
def remove_precondition(precondition: Precondition, *, actor: User, expected_version: int) -> None:
    """Take away a precondition. expected_version: the goal's. Raises NotAllowed, Conflict."""
    check_right(actor)
    goal = precondition.goal
    count_change(goal, expected_version)
    precondition.delete()
    record(
        goal,
        actor=actor,
        verb="forutsattning-borttagen",
        summary=f"Tog bort en förutsättning för {_named(goal)}",
    )


# Goals that correspond --------------------------------------------------------------------------


@transaction.atomic
def link_goals(
    goal: Goal,
    other: Goal,
    *,
    actor: User,
    source: str,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> GoalLink:
    """State that goals of two programmes correspond, both ways. Raises NotAllowed, Invalid."""
    check_right(actor)
    check_texts(source=source)
    if goal.programme_id == other.programme_id:
        raise Invalid("Välj ett mål i ett annat program.", field="other")
    if not source.strip():
        raise Invalid("Ange var det står att målen motsvarar varandra.", field="source")
    # Two who link the same goals at once: the second waits, and is told.
    list(Goal.objects.select_for_update().filter(pk__in=[goal.pk, other.pk]).order_by("pk"))
    link = GoalLink(
        from_goal=goal, to_goal=other, source=source, valid_from=valid_from, valid_to=valid_to
    )
    check_row(link)
    link.save()
    record(
        goal,
        actor=actor,
        verb="mal-lankade",
        summary=f"Angav att {_named(goal)} motsvarar {_named(other)}",
    )
    return link


@transaction.atomic
def unlink_goals(link: GoalLink, *, actor: User, last_day: dt.date | None = None) -> None:
    """End a link after `last_day`; without a day take it away, as one that never was right.

    Raises NotAllowed; Invalid for a day before the link began.
    """
    check_right(actor)
    goal, other = link.from_goal, link.to_goal
    if last_day is None:
        link.delete()
    else:
        link.valid_to = last_day
        check_row(link)
        link.save()
    until = f" efter {last_day:%Y-%m-%d}" if last_day else ""
    record(
        goal,
        actor=actor,
        verb="mal-olankade",
        summary=f"Angav att {_named(goal)} inte motsvarar {_named(other)}{until}",
    )


def _fresh(goal: Goal) -> Goal:
    """The goal as it is saved now."""
    fresh = (
        Goal.objects.select_related("programme", "parent")
        .prefetch_related("wordings")
        .filter(pk=goal.pk)
        .first()
    )
    if fresh is None:
        raise Invalid("Målet är borttaget.")
    return fresh


def _named(goal: Goal) -> str:
    """ "mål 4 i Program mot våld 2021–2025"."""
    return f"{goal.label[:1].lower()}{goal.label[1:]} i {goal.programme}"
