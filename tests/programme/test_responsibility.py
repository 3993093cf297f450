"""Who answers for what, from when to when: what the database holds to."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisation.enums import NamndGroup
from programme.enums import ResponsibilityKind
from programme.models import Activity, Responsibility
from tests.factories import make_activity, make_namnd

pytestmark = pytest.mark.django_db

JUNE, JULY, AUGUST = dt.date(2023, 6, 30), dt.date(2023, 7, 1), dt.date(2023, 8, 1)
TWICE = (
    "Nämnden eller gruppen har redan ett ansvar för det här under en del av tiden. "
    "Avsluta det först, eller välj andra datum."
)


@pytest.fixture
def activity() -> Activity:
    activity = make_activity()
    activity.responsibilities.all().delete()
    return activity


@pytest.mark.parametrize("kind", ResponsibilityKind.values)
@pytest.mark.parametrize("who", ["a nämnd", NamndGroup.ALLA])
@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((None, None), (None, None), True),
        ((None, JUNE), (JULY, None), False),
        ((None, JULY), (JULY, None), True),
        ((JULY, AUGUST), (None, JUNE), False),
        ((JULY, AUGUST), (AUGUST, AUGUST), True),
        ((JULY, None), (AUGUST, None), True),
    ],
)
def test_nobody_answers_twice_for_the_same_on_one_day(activity, who, first, second, overlap, kind):
    named = {"group": who} if who in NamndGroup.values else {"namnd": make_namnd()}
    days = [dict(zip(("valid_from", "valid_to"), days, strict=True)) for days in (first, second)]
    Responsibility.objects.create(activity=activity, **named, **days[0])
    another = Responsibility(activity=activity, kind=kind, **named, **days[1])
    if not overlap:
        another.full_clean()
        another.save()
        return
    with pytest.raises(ValidationError) as wrong:
        another.full_clean()
    assert wrong.value.messages == [TWICE]
    with (
        pytest.raises(IntegrityError, match="activity_responsibility_once_at_a_time"),
        transaction.atomic(),
    ):
        another.save()


def test_others_and_other_activities_may_answer_on_the_same_days(activity):
    other = make_activity("a-2")
    other.responsibilities.all().delete()
    for of in (activity, other):
        for named in (
            {"namnd": make_namnd("farsta")},
            {"namnd": make_namnd("bromma")},
            *({"group": group} for group in NamndGroup.values),
        ):
            row = Responsibility(activity=of, **named)
            row.full_clean()
            row.save()
    assert activity.responsibilities.count() == 2 + len(NamndGroup)


def test_it_cannot_end_before_it_begins(activity):
    row = Responsibility(
        activity=activity, namnd=make_namnd(), valid_from=JULY, valid_to=JUNE, decision="§ 1"
    )
    with pytest.raises(ValidationError) as wrong:
        row.full_clean()
    assert wrong.value.messages == ["Ansvaret kan inte upphöra innan det har börjat."]
    with pytest.raises(IntegrityError, match="days_in_order"), transaction.atomic():
        row.save()
