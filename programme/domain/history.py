"""Historik of programmes, goals and activities, which are open to everyone signed in."""

from typing import Any

from organisation.domain.who import namnd_names, who_for
from organisation.enums import NamndGroup
from organisation.models import User
from programme.models import Activity, Goal, Programme, Responsibility, ViolenceType
from trace.domain.history import Kept, Line, history

PROGRAMME = {
    "name": "namnet",
    "short_name": "det korta namnet",
    "vision": "visionen",
    "first_year": "första året",
    "last_year": "sista året",
    "source": "källan",
}
ACTIVITY = {"code": "koden", "text": "texten", "source": "källan", "is_example": "exempel"}


def programme_history(programme: Programme, *, reader: User) -> list[Line]:
    """What was changed of the programme itself, its kinds of violence and its goals."""
    kept = [
        Kept(Programme, {"id": programme.pk}, lambda _: "Programmet", PROGRAMME),
        Kept(ViolenceType, {"programme_id": programme.pk}, lambda c: f"Våldstypen {c.name}"),
        Kept(Goal, {"programme_id": programme.pk}, lambda c: f"Mål {c.number}", {"text": ""}),
    ]
    return history(kept, who=who_for(reader))


def goal_history(programme: Programme, number: int, *, reader: User) -> list[Line]:
    """What was changed of one goal, and of which activities it has."""
    goals = Goal.objects.filter(programme=programme, number=number).order_by().values("pk")
    kept = [
        Kept(Goal, {"id__in": goals}, lambda _: "Målet", {"number": "numret", "text": "texten"}),
        Kept(
            Activity,
            {"goal_id__in": goals},
            lambda c: f"Aktiviteten {c.code}",
            {"text": ""},
        ),
    ]
    return history(kept, who=who_for(reader))


def activity_history(activity_id: int, *, reader: User) -> list[Line]:
    """What was changed of an activity, and of who answers for it."""
    kept = [
        Kept(Activity, {"id": activity_id}, lambda _: "Aktiviteten", ACTIVITY),
        responsibilities(Responsibility, {"activity_id": activity_id}),
    ]
    return history(kept, who=who_for(reader))


def responsibilities(model: Any, rows: dict[str, Any]) -> Kept:
    """Who answers for something: a nämnd or a group, by name."""
    names = namnd_names()

    def call(change: Any) -> str:
        group = NamndGroup(change.group).label if change.group else names(change.namnd_id)
        return f"Ansvaret för {group[:1].lower()}{group[1:]}"

    return Kept(model, rows, call)
