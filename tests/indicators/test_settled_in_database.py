"""What has been answered for and locked does not change, by whatever road: the database says so."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from indicators.enums import PeriodState, ReportState
from indicators.models import ActivityStatus, GoalGrade, Period
from programme.models import Activity, ActivityWording, Goal, GoalWording
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_period,
    make_programme,
    make_report,
    make_value,
    make_wording,
)

pytestmark = pytest.mark.django_db
EARLY, LAST, NEXT = dt.date(2025, 2, 1), dt.date(2025, 4, 30), dt.date(2025, 5, 1)


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def answered(by: str = "grade") -> tuple[Goal, Activity]:
    """A goal and its activity with a wording each; then a nämnd answers, and 2025-T1 is locked."""
    goal = make_goal(1, text="Först.")
    activity = make_activity("a-1", goal, text="Först.")
    for row in (goal, activity):
        make_wording(row, EARLY, "Sedan.")
    definition = make_indicator("i-1", goal=goal)
    report = make_report(state=ReportState.UTKAST, period=make_period("2025-T1"))
    if by == "grade":
        GoalGrade.objects.create(version=report.current, goal=goal, grade="helt")
    elif by == "status":
        ActivityStatus.objects.create(version=report.current, activity=activity, state="paborjad")
    elif by == "value":
        make_value(report, definition, 7)
    Period.objects.update(state=PeriodState.LAST, lock_reason="Redovisad.")
    return goal, activity


@pytest.mark.parametrize("by", ["grade", "status", "value"])
def test_a_wording_is_not_dated_back_whoever_answered_with_what(by):
    goal, activity = answered(by)
    for row in (goal, activity):
        with refused("wording_settled"), transaction.atomic():
            make_wording(row, LAST, "Ny.")
        make_wording(row, NEXT, "Ny.")


@pytest.mark.parametrize("model", [GoalWording, ActivityWording])
def test_a_wording_of_its_time_neither_goes_nor_moves_nor_reads_otherwise(model):
    answered()
    wording = model.objects.get()
    rows = model.objects.filter(pk=wording.pk)
    for fields in ({"text": "Ny."}, {"valid_from": NEXT}):
        with refused("wording_settled"), transaction.atomic():
            rows.update(**fields)
    with refused("wording_settled"), transaction.atomic():
        rows.delete()
    rows.update(source="Protokollet")
    later = make_wording(getattr(wording, "goal", None) or wording.activity, NEXT, "Ny.")
    with refused("wording_settled"), transaction.atomic():
        model.objects.filter(pk=later.pk).update(valid_from=LAST)
    later.delete()


@pytest.mark.parametrize("model", [Goal, Activity])
def test_a_row_of_its_time_keeps_its_first_text_and_its_days(model):
    answered()
    for fields in (
        {"text": "Ny."},
        {"valid_from": NEXT},
        {"valid_from": EARLY},
        {"valid_to": dt.date(2025, 4, 29)},
    ):
        with refused("row_settled"), transaction.atomic():
            model.objects.update(**fields)
    model.objects.update(valid_from=dt.date(2021, 1, 1), valid_to=LAST, source="Källa")
    model.objects.update(valid_to=None)


def test_an_activity_keeps_the_goal_that_it_was_counted_under():
    _, activity = answered()
    with refused("row_settled"):
        Activity.objects.filter(pk=activity.pk).update(goal=make_goal(2))


def test_a_text_that_was_not_known_may_be_told():
    answered()
    goal = make_goal(2, text="")
    Goal.objects.filter(pk=goal.pk).update(text="Det här.")


def test_what_nobody_has_answered_for_may_be_laid_in_afterwards():
    answered()
    other = make_goal(1, make_programme("ett-annat"))
    make_wording(other, EARLY, "Sedan.")
    Goal.objects.filter(pk=other.pk).update(text="Ny.", valid_from=EARLY)
