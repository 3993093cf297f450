"""What a remiss is about: goals of the programmes, and uppdrag. Who says so gives a source."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from organisation.domain.errors import Invalid, NotAllowed
from organisation.models import User
from organisation.personnummer import why_not_personnummer
from programme.models import Assignment, Goal
from remisser.models import Remiss, RemissAssignment, RemissGoal
from remisser.rules import may_link
from trace.domain import record

NOT_YOURS = (
    "Bara remittenten, sekreteraren i en nämnd som ska svara och samordnaren anger vad en remiss "
    "rör."
)
MAX_SOURCE = 250


@dataclass(frozen=True)
class LinkedGoal:
    """A goal that a remiss concerns, in the words of today."""

    pk: int
    """Of the link."""
    programme_slug: str
    programme: str
    code: str
    heading: str
    source: str


@dataclass(frozen=True)
class LinkedAssignment:
    pk: int
    slug: str
    title: str
    is_example: bool
    source: str


@dataclass(frozen=True)
class LinkedRemiss:
    """A remiss as the page of an uppdrag shows it."""

    slug: str
    dnr: str
    title: str
    is_example: bool
    source: str


@transaction.atomic
def link_goal(remiss: Remiss, goal: Goal, *, actor: User, source: str) -> RemissGoal:
    """Say that the remiss concerns the goal. Raises NotAllowed, Invalid."""
    source = _check(remiss, actor, source)
    if RemissGoal.objects.filter(remiss=remiss, goal=goal).exists():
        raise Invalid("Remissen är redan kopplad till målet.", field="goal")
    link = RemissGoal.objects.create(remiss=remiss, goal=goal, source=source)
    _record(remiss, actor, "mal-kopplat", f"Angav att {remiss.dnr} rör {_goal(goal)}", source)
    return link


@transaction.atomic
def unlink_goal(link: RemissGoal, *, actor: User) -> None:
    """Take away that the remiss concerns the goal. Raises NotAllowed."""
    remiss, goal = link.remiss, link.goal
    _check_right(remiss, actor)
    if RemissGoal.objects.filter(pk=link.pk).delete()[0]:
        _record(remiss, actor, "mal-bortkopplat", f"Angav att {remiss.dnr} inte rör {_goal(goal)}")


@transaction.atomic
def link_assignment(
    remiss: Remiss, assignment: Assignment, *, actor: User, source: str
) -> RemissAssignment:
    """Say that the remiss and the uppdrag belong together. Raises NotAllowed, Invalid."""
    source = _check(remiss, actor, source)
    if RemissAssignment.objects.filter(remiss=remiss, assignment=assignment).exists():
        raise Invalid("Remissen är redan kopplad till uppdraget.", field="assignment")
    link = RemissAssignment.objects.create(remiss=remiss, assignment=assignment, source=source)
    said = f"Angav att {remiss.dnr} hör ihop med uppdraget {assignment.title}"
    _record(remiss, actor, "uppdrag-kopplat", said, source)
    return link


@transaction.atomic
def unlink_assignment(link: RemissAssignment, *, actor: User) -> None:
    """Take away that the remiss and the uppdrag belong together. Raises NotAllowed."""
    remiss, assignment = link.remiss, link.assignment
    _check_right(remiss, actor)
    if RemissAssignment.objects.filter(pk=link.pk).delete()[0]:
        said = f"Angav att {remiss.dnr} inte hör ihop med uppdraget {assignment.title}"
        _record(remiss, actor, "uppdrag-bortkopplat", said)


def goals_of(remiss: Remiss, *, on: dt.date) -> tuple[LinkedGoal, ...]:
    """The goals that the remiss concerns, by programme and number; two queries."""
    links = (
        RemissGoal.objects.filter(remiss=remiss)
        .select_related("goal__programme", "goal__parent")
        .prefetch_related("goal__wordings")
        .order_by("-goal__programme__first_year", "goal__number", "pk")
    )
    return tuple(
        LinkedGoal(
            pk=link.pk,
            programme_slug=link.goal.programme.slug,
            programme=str(link.goal.programme),
            code=link.goal.code,
            heading=_heading(link.goal, on),
            source=link.source,
        )
        for link in links
    )


def assignments_of(remiss: Remiss, *, user: User) -> tuple[LinkedAssignment, ...]:
    """The uppdrag that belong with the remiss, as far as `user` may see them; one query."""
    seen = Assignment.objects.visible_to(user)
    links = RemissAssignment.objects.filter(remiss=remiss, assignment__in=seen)
    return tuple(
        LinkedAssignment(
            pk=link.pk,
            slug=link.assignment.slug,
            title=link.assignment.title,
            is_example=link.assignment.is_example,
            source=link.source,
        )
        for link in links.select_related("assignment").order_by("assignment__title", "pk")
    )


def remisser_of_assignment(assignment_id: int, *, user: User) -> tuple[LinkedRemiss, ...]:
    """The remisser that belong with the uppdrag and that `user` may see; one query."""
    links = RemissAssignment.objects.visible_to(user).filter(assignment=assignment_id)
    return tuple(
        LinkedRemiss(
            slug=link.remiss.slug,
            dnr=link.remiss.dnr,
            title=link.remiss.title,
            is_example=link.remiss.is_example,
            source=link.source,
        )
        for link in links.select_related("remiss").order_by("-remiss__dnr")
    )


def _check_right(remiss: Remiss, actor: User) -> None:
    if not may_link(actor, remiss):
        raise NotAllowed(NOT_YOURS)


def _check(remiss: Remiss, actor: User, source: str) -> str:
    _check_right(remiss, actor)
    source = source.strip()
    if not source:
        raise Invalid("Ange var det står, eller att det är er egen tolkning.", field="source")
    if len(source) > MAX_SOURCE:
        raise Invalid(f"Källan får ha högst {MAX_SOURCE} tecken.", field="source")
    if problem := why_not_personnummer(source):
        raise Invalid(problem, field="source")
    # Two who say the same at once: the second waits, and is told.
    Remiss.objects.select_for_update().get(pk=remiss.pk)
    return source


def _record(remiss: Remiss, actor: User, verb: str, summary: str, source: str = "") -> None:
    record(remiss, actor=actor, verb=verb, summary=summary, reason=source)


def _goal(goal: Goal) -> str:
    return f"{goal.label[:1].lower()}{goal.label[1:]} i {goal.programme}"


def _heading(goal: Goal, on: dt.date) -> str:
    text = goal.text_on(on)
    return f"{goal.label}. {text}" if text else goal.label
