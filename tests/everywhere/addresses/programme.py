"""The programme, and Stöd och insatser."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from programme.models import Activity, Goal, GoalLink, Precondition, Programme
from tests.everywhere.addresses.address import SLUG, Address, Fields, given
from tests.everywhere.scenario import City

GOAL = given(programme_slug=SLUG, code="1")
ACTIVITY = given(programme_slug=SLUG, code="a-1")
PROGRAMME = {
    "name": "Ett program",
    "short_name": "Program",
    "kind": "stad",
    "first_year": 2021,
    "last_year": 2025,
    "source": "Källa",
}
WORDING = {"text": "Ny lydelse", "valid_from": "2024-01-01", "decision": "Beslut § 1"}
SERVICE = {"name": "Ny verksamhet", "source": "Ett papper", "anonymous": "okant", "reach": "hela"}


def _goal_fields(**more: Any) -> Callable[[City], Fields]:
    return lambda _: {"revision": Goal.objects.get(programme__slug=SLUG).revision, **more}


def _activity_fields(**more: Any) -> Callable[[City], Fields]:
    return lambda _: {"revision": Activity.objects.get(code="a-1").revision, **more}


def _of_goal(model: type[Model]) -> Callable[[City], Fields]:
    return lambda _: {**GOAL(_), "pk": model._default_manager.get().pk}


PROGRAMMES = [
    Address("programmes", "programme-list"),
    Address("programme", "programme", given(programme_slug=SLUG)),
    Address("goal", "goal", GOAL),
    Address("activity", "activity", ACTIVITY),
    Address("programme's history", "programme-history", given(programme_slug=SLUG)),
    Address("goal's history", "goal-history", GOAL),
    Address("activity's history", "activity-history", ACTIVITY),
    Address("final report", "final-report", given(programme_slug=SLUG)),
    Address(
        "final report pdf", "final-report-export", given(programme_slug=SLUG, file_format="pdf")
    ),
    Address(
        "final report docx", "final-report-export", given(programme_slug=SLUG, file_format="docx")
    ),
    Address(
        "final report exe", "final-report-export", given(programme_slug=SLUG, file_format="exe")
    ),
    Address("programme docx", "programme-export", given(programme_slug=SLUG, file_format="docx")),
    Address("programme pdf", "programme-export", given(programme_slug=SLUG, file_format="pdf")),
    Address("programme exe", "programme-export", given(programme_slug=SLUG, file_format="exe")),
    Address("new programme", "programme-new", fields=given(slug="ett-nytt", **PROGRAMME)),
    Address(
        "change programme",
        "programme-change",
        given(programme_slug=SLUG),
        lambda _: {"revision": Programme.objects.get(slug=SLUG).revision, **PROGRAMME},
    ),
    Address("new goal", "goal-new", given(programme_slug=SLUG), given(number=9, text="Nytt mål")),
    Address("change goal", "goal-change", GOAL, _goal_fields(source="Ny källa")),
    Address("new wording of goal", "goal-wording", GOAL, _goal_fields(**WORDING)),
    Address(
        "correct goal", "goal-correct", GOAL, _goal_fields(since="", text="Rättat", reason="Fel")
    ),
    Address("remove goal", "goal-remove", GOAL, _goal_fields()),
    Address(
        "new precondition",
        "precondition-new",
        GOAL,
        _goal_fields(text="Något", source="Källa", order=2),
    ),
    Address(
        "change precondition",
        "precondition-change",
        _of_goal(Precondition),
        _goal_fields(text="Annat", source="Källa", order=1),
    ),
    Address("remove precondition", "precondition-remove", _of_goal(Precondition), _goal_fields()),
    Address(
        "link goals",
        "goal-link",
        given(programme_slug=SLUG, code=1),
        lambda _: {
            "other": Goal.objects.get(programme__slug="regional-2020-2026").pk,
            "source": "Källa",
            "valid_from": "2029-01-01",
        },
    ),
    Address("unlink goals", "goal-unlink", _of_goal(GoalLink), given(last_day="2025-01-01")),
    Address("new activity", "activity-new", GOAL, given(code="ny", text="Ny", order=1, source="K")),
    Address("change activity", "activity-change", ACTIVITY, _activity_fields(order=3, source="Ny")),
    Address("new wording of activity", "activity-wording", ACTIVITY, _activity_fields(**WORDING)),
    Address(
        "correct activity",
        "activity-correct",
        ACTIVITY,
        _activity_fields(since="", text="Rättat", reason="Fel"),
    ),
    Address("remove activity", "activity-remove", ACTIVITY, _activity_fields()),
]

SERVICES = [
    Address("services", "service-list"),
    Address("service", "service", given(code="origo")),
    Address("service's history", "service-history", given(code="origo")),
    Address("retired service", "service", given(code="nedlagd")),
    Address("services to verify", "service-to-verify"),
    Address("stadsdelar to print", "service-districts"),
    Address("a stadsdel to print", "service-district", given(namnd_code="sodermalm")),
    Address("new service", "service-new", fields=given(**SERVICE)),
    Address(
        "change service", "service-change", given(code="origo"), given(revision="0", **SERVICE)
    ),
    Address("verify service", "service-verify", given(code="origo"), given(revision="0")),
    Address(
        "retire service",
        "service-retire",
        given(code="origo"),
        given(revision="0", why="Finns inte mer"),
    ),
    Address("take service back", "service-take-back", given(code="nedlagd"), given(revision="0")),
]
