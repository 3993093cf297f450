"""Historik of programmes, goals and activities, which are open to everyone signed in."""

from typing import Any

from organisation.domain.who import namnd_names, who_for
from organisation.enums import NamndGroup
from organisation.models import User
from programme.models import (
    Activity,
    ActivityPerspective,
    ActivityViolenceType,
    ActivityWording,
    Goal,
    GoalLink,
    GoalPerspective,
    GoalViolenceType,
    GoalWording,
    Perspective,
    Precondition,
    Programme,
    ProgrammePerspective,
    ProgrammeViolenceType,
    Responsibility,
    Service,
    ServiceGoal,
    ServiceNamnd,
    ServiceViolenceType,
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
WORDING = {
    "text": "",
    "decision": "enligt beslut",
    "reason": "rättelse",
    "source": "källan",
}
LINK = {"source": "källan", **DAYS}
SERVICE = {
    "name": "namnet",
    "description": "vad man får där",
    "provider": "huvudmannen",
    "operator": "vem som driver den",
    "age_from": "från ålder",
    "age_to": "till och med ålder",
    "audiences": "för vem",
    "anonymous": "om man får vara anonym",
    "how_to_reach": "så når man dem",
    "website": "webbplatsen",
    "reach": "finns för",
    "place_note": "om platsen",
    "source": "källan",
    "verified_on": "kontrollerad",
    "retired_on": "används inte från",
    "retired_why": "varför den inte används",
}
ACTIVITY = {"code": "koden", "text": "texten", "source": "källan", "is_example": "exempel"}


def programme_history(programme: Programme, *, reader: User) -> list[Line]:
    """What was changed of the programme itself, its tags and its goals.

    Of the tags also what they are called: they are the same in all programmes.
    """
    rows = {"programme_id": programme.pk}
    kept = [
        Kept(Programme, {"id": programme.pk}, lambda _: "Programmet", PROGRAMME),
        *_tags(ProgrammeViolenceType, ProgrammePerspective, rows, {}),
        Kept(ViolenceType, {}, lambda _: "Våldstypens namn", {"name": ""}, only_changes=True),
        Kept(Perspective, {}, lambda _: "Perspektivets namn", {"name": ""}, only_changes=True),
        Kept(Goal, {**rows, "parent_id": None}, lambda c: f"Mål {c.number}", {"text": ""}),
    ]
    return history(kept, who=who_for(reader))


def goal_history(goal: Goal, *, reader: User) -> list[Line]:
    """What was changed of one goal: text, delmål, tags, what must be in place, activities, links.

    Links to goals of other programmes stand at both ends.
    """
    rows = {"goal_id": goal.pk}
    goals = {g.pk: f"mål {g.code} i {g.programme}" for g in _goals_with_programmes()}
    kept = [
        Kept(Goal, {"id": goal.pk}, lambda _: "Målet", GOAL),
        Kept(
            Goal,
            {"parent_id": goal.pk},
            lambda c: f"Delmål {goal.number}.{c.number}",
            {"text": ""},
        ),
        Kept(GoalWording, rows, _wording, WORDING),
        *_tags(GoalViolenceType, GoalPerspective, rows, LINK),
        Kept(Precondition, rows, lambda _: "Förutsättningen", {"text": "", **DAYS}),
        Kept(Activity, rows, lambda c: f"Aktiviteten {c.code}", {"text": ""}),
        Kept(
            GoalLink,
            {"from_goal_id": goal.pk},
            lambda c: f"Att målet motsvarar {goals.get(c.to_goal_id, 'ett annat mål')}",
            LINK,
        ),
        Kept(
            GoalLink,
            {"to_goal_id": goal.pk},
            lambda c: f"Att målet motsvarar {goals.get(c.from_goal_id, 'ett annat mål')}",
            LINK,
        ),
    ]
    return history(kept, who=who_for(reader))


def activity_history(activity_id: int, *, reader: User) -> list[Line]:
    """What was changed of an activity, its tags, and of who answers for it."""
    rows = {"activity_id": activity_id}
    kept = [
        Kept(Activity, {"id": activity_id}, lambda _: "Aktiviteten", ACTIVITY),
        Kept(ActivityWording, rows, _wording, WORDING),
        *_tags(ActivityViolenceType, ActivityPerspective, rows, LINK),
        responsibilities(Responsibility, rows),
    ]
    return history(kept, who=who_for(reader))


def service_history(service: Service, *, reader: User) -> list[Line]:
    """What was changed of one record of stöd och insatser, word by word."""
    names = namnd_names()
    tags = dict(ViolenceType.objects.order_by().values_list("pk", "name"))
    goals = {g.pk: f"mål {g.code} i {g.programme}" for g in _goals_with_programmes()}
    rows = {"service_id": service.pk}
    kept = [
        Kept(Service, {"id": service.pk}, lambda _: "Posten", SERVICE),
        Kept(
            ServiceViolenceType,
            rows,
            lambda c: f"Våldstypen {tags.get(c.violencetype_id, '')}",
        ),
        Kept(ServiceNamnd, rows, lambda c: f"Att den finns för {names(c.namnd_id)}"),
        Kept(ServiceGoal, rows, lambda c: f"Kopplingen till {goals.get(c.goal_id, 'ett mål')}"),
    ]
    return history(kept, who=who_for(reader))


def _tags(
    of_kinds: Any, of_perspectives: Any, rows: dict[str, Any], told: dict[str, str]
) -> list[Kept]:
    kinds = dict(ViolenceType.objects.order_by().values_list("pk", "name"))
    perspectives = dict(Perspective.objects.order_by().values_list("pk", "name"))
    return [
        Kept(of_kinds, rows, lambda c: f"Våldstypen {kinds.get(c.violencetype_id, '')}", told),
        Kept(
            of_perspectives,
            rows,
            lambda c: f"Perspektivet {perspectives.get(c.perspective_id, '')}",
            told,
        ),
    ]


def _goals_with_programmes() -> Any:
    return Goal.objects.select_related("programme", "parent").order_by()


def responsibilities(model: Any, rows: dict[str, Any]) -> Kept:
    """Who answers for something: a nämnd or a group, by name."""
    names = namnd_names()

    def call(change: Any) -> str:
        group = NamndGroup(change.group).label if change.group else names(change.namnd_id)
        return f"Ansvaret för {group[:1].lower()}{group[1:]}"

    told = {"kind": "", **DAYS, "decision": "enligt beslut", "end_decision": "upphör enligt"}
    return Kept(model, rows, call, told)


def _wording(change: Any) -> str:
    return f"Lydelsen från {change.valid_from:%Y-%m-%d}"
