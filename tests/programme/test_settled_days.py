"""Goals and activities: what a locked follow-up had in it stays, whoever changes days on pages."""

import datetime as dt

import pytest

from indicators.enums import PeriodState
from organisation.enums import Role
from programme.domain.activities import add_activity, change_activity, remove_activity
from programme.domain.errors import Invalid
from programme.domain.goals import add_goal, change_goal, remove_goal
from programme.domain.parts import Facts
from programme.models import Activity, Goal
from tests.factories import make_activity, make_goal, make_period, make_programme, make_user

pytestmark = pytest.mark.django_db
LAST = dt.date(2023, 4, 30)
NEXT = dt.date(2023, 5, 1)


@pytest.fixture
def coordinator():
    return make_user(Role.SAMORDNARE)


@pytest.fixture
def locked():
    make_period("2023-T1", state=PeriodState.LAST)


def change(row, actor, **facts):
    facts = Facts(is_example=True, **facts)
    if isinstance(row, Goal):
        return change_goal(row, actor=actor, expected_version=row.revision, facts=facts)
    return change_activity(row, actor=actor, expected_version=row.revision, order=1, facts=facts)


@pytest.fixture(params=["goal", "activity"])
def row(request):
    return make_goal(1) if request.param == "goal" else make_activity("a-1")


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"valid_from": dt.date(2022, 1, 1)}, "valid_from"),
        ({"valid_from": NEXT}, "valid_from"),
        ({"valid_to": dt.date(2023, 4, 29)}, "valid_to"),
        ({"valid_from": dt.date(2021, 1, 2), "valid_to": LAST}, "valid_from"),
    ],
)
@pytest.mark.usefixtures("locked")
def test_days_that_are_locked_stay(coordinator, row, days, field):
    with pytest.raises(Invalid) as refused:
        change(row, coordinator, **days)
    assert refused.value.field == field
    assert "Perioderna till och med 2023-04-30 är låsta" in refused.value.message
    row.refresh_from_db()
    assert (row.valid_from, row.valid_to, row.revision) == (None, None, 0)


@pytest.mark.usefixtures("locked")
def test_it_may_end_after_what_is_locked_and_its_first_day_may_be_said(coordinator, row):
    change(row, coordinator, valid_from=dt.date(2021, 1, 1), valid_to=LAST)
    row.refresh_from_db()
    assert row.valid_to == LAST


def test_before_anything_is_locked_days_are_free(coordinator, row):
    change(row, coordinator, valid_from=NEXT, valid_to=dt.date(2024, 1, 1))


@pytest.mark.usefixtures("locked")
def test_nothing_is_added_to_what_is_locked(coordinator):
    goal = make_goal(1)
    for days in (Facts(is_example=True), Facts(is_example=True, valid_from=LAST)):
        with pytest.raises(Invalid) as refused:
            add_activity(goal, actor=coordinator, code="ny", text="Ny.", facts=days)
        assert refused.value.field == "valid_from"
        with pytest.raises(Invalid):
            add_goal(goal.programme, actor=coordinator, number=2, text="Ny.", facts=days)
    later = Facts(is_example=True, valid_from=NEXT)
    add_activity(goal, actor=coordinator, code="ny", text="Ny.", facts=later)
    add_goal(goal.programme, actor=coordinator, number=2, text="Ny.", facts=later)
    assert (Goal.objects.count(), Activity.objects.count()) == (2, 1)


@pytest.mark.usefixtures("locked")
def test_a_programme_without_goals_has_not_been_followed_up(coordinator):
    add_goal(make_programme(), actor=coordinator, number=1, text="Ett.")
    assert Goal.objects.exists()


@pytest.mark.usefixtures("locked")
def test_what_was_there_is_ended_not_removed(coordinator):
    goal, activity = make_goal(1), make_activity("a-1", make_goal(2))
    activity.responsibilities.all().delete()
    for remove, row in ((remove_goal, goal), (remove_activity, activity)):
        with pytest.raises(Invalid, match="är låsta"):
            remove(row, actor=coordinator, expected_version=0)
    Activity.objects.update(valid_from=NEXT)
    activity.refresh_from_db()
    remove_activity(activity, actor=coordinator, expected_version=activity.revision)
    assert not Activity.objects.exists()
