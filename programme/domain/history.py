"""Historik of programmes, goals and activities, which are open to everyone signed in."""

from typing import Any

from organisation.domain.who import namnd_names, who_for
from organisation.enums import NamndGroup
from organisation.models import User
from programme.models import (
    Activity,
    ActivityWording,
    Goal,
    GoalWording,
    Precondition,
    Programme,
    ProgrammeViolenceType,
    Responsibility,
    ViolenceType,
)
from trace.domain.history import Kept, Line, history

PROGRAMME = {
    "name": "namnet",
    "short_name": "det korta namnet",
    "vision": "visionen",
    "first_year": "första året",
    "last_year": "sista året",
    "source": "källan",
}
GOAL = {"number": "numret", "text": "texten", "source": "källan"}
DAYS = {"valid_from": "från och med", "valid_to": "till och med"}
WORDING = {"text": "", "decision": "enligt beslut", "source": "källan"}
ACTIVITY = {"code": "koden", "text": "texten", "source": "källan", "is_example": "exempel"}


def programme_history(programme: Programme, *, reader: User) -> list[Line]:
    """What was changed of the programme itself, its kinds of violence and its goals."""
    tags = dict(ViolenceType.objects.order_by().values_list("pk", "name"))
    kept = [
        Kept(Programme, {"id": programme.pk}, lambda _: "Programmet", PROGRAMME),
        Kept(
            ProgrammeViolenceType,
            {"programme_id": programme.pk},
            lambda c: f"Våldstypen {tags.get(c.violencetype_id, '')}",
        ),
        Kept(
            Goal,
            {"programme_id": programme.pk, "parent_id": None},
            lambda c: f"Mål {c.number}",
            {"text": ""},
        ),
    ]
    return history(kept, who=who_for(reader))


def goal_history(goal: Goal, *, reader: User) -> list[Line]:
    """What was changed of one goal: text, delmål, preconditions, and which activities it has."""
    rows = {"goal_id": goal.pk}
    kept = [
        Kept(Goal, {"id": goal.pk}, lambda _: "Målet", GOAL),
        Kept(
            Goal,
            {"parent_id": goal.pk},
            lambda c: f"Delmål {goal.number}.{c.number}",
            {"text": ""},
        ),
        Kept(GoalWording, rows, _wording, WORDING),
        Kept(Precondition, rows, lambda _: "Förutsättningen", {"text": "", **DAYS}),
        Kept(Activity, rows, lambda c: f"Aktiviteten {c.code}", {"text": ""}),
    ]
    return history(kept, who=who_for(reader))


def activity_history(activity_id: int, *, reader: User) -> list[Line]:
    """What was changed of an activity, and of who answers for it."""
    kept = [
        Kept(Activity, {"id": activity_id}, lambda _: "Aktiviteten", ACTIVITY),
        Kept(ActivityWording, {"activity_id": activity_id}, _wording, WORDING),
        responsibilities(Responsibility, {"activity_id": activity_id}),
    ]
    return history(kept, who=who_for(reader))


def responsibilities(model: Any, rows: dict[str, Any]) -> Kept:
    """Who answers for something: a nämnd or a group, by name."""
    names = namnd_names()

    def call(change: Any) -> str:
        group = NamndGroup(change.group).label if change.group else names(change.namnd_id)
        return f"Ansvaret för {group[:1].lower()}{group[1:]}"

    return Kept(model, rows, call, {"kind": "", **DAYS, "decision": "enligt beslut"})


def _wording(change: Any) -> str:
    return f"Lydelsen från {change.valid_from:%Y-%m-%d}"
