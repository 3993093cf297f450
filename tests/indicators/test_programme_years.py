"""The years and the kind of a programme leave out nothing that nämnder have reported or adopted."""

import datetime as dt
from dataclasses import replace

import pytest

from indicators.enums import PeriodState
from indicators.models import Adoption, Target
from organisation.enums import Role
from programme.domain.errors import Invalid
from programme.domain.programmes import ProgrammeFacts, change_programme
from programme.models import Programme
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_precondition,
    make_programme,
    make_report,
    make_user,
    make_wording,
)

pytestmark = pytest.mark.django_db
FACTS = ProgrammeFacts("Namn", "Kort", 2021, 2025, "Källa", "stad")


def change(**fields) -> Programme:
    programme = Programme.objects.get(slug="vald-2021-2025")
    return change_programme(
        programme,
        replace(FACTS, **fields),
        actor=make_user(Role.SAMORDNARE),
        expected_version=programme.revision,
    )


def refused(**fields) -> tuple[str, str]:
    with pytest.raises(Invalid) as wrong:
        change(**fields)
    assert Programme.objects.get(slug="vald-2021-2025").first_year == 2021
    return wrong.value.field, wrong.value.message


def test_a_period_that_is_reported_stays_within():
    version = make_indicator()
    report = make_report(period=make_period("2021-T1"))
    make_report(period=make_period("2025-VB"))  # begun, and nothing said of the programme
    report.current.values.create(definition=version, number=3)
    said = "Nämnder har rapporterat för 2021-T1, som då faller utanför."
    assert refused(first_year=2022) == ("first_year", said)
    assert refused(kind="referens") == ("kind", said)
    assert change(last_year=2024).last_year == 2024


def test_a_locked_period_stays_within_whatever_was_said_in_it():
    make_goal()
    make_report(period=make_period("2025-T1", state=PeriodState.LAST))
    assert refused(last_year=2024)[0] == "last_year"
    assert change(name="Ett annat namn").name == "Ett annat namn"


def test_a_programme_does_not_grow_into_a_locked_period():
    make_goal()
    make_period("2026-T1", state=PeriodState.LAST)
    assert refused(last_year=2026)[0] == "last_year"
    assert change(first_year=2020, last_year=2024).first_year == 2020


def test_what_is_adopted_stays_within():
    activity = make_activity()
    adoption = Adoption.objects.create(
        namnd=make_namnd(), year=2021, decided_on=dt.date(2020, 12, 1), paragraph="1"
    )
    adoption.activities.add(activity)
    assert refused(first_year=2022) == (
        "first_year",
        "Nämnder har antagit delar av programmet för 2021, utanför de åren.",
    )


def test_an_arsmal_stays_within_unless_another_programme_has_it():
    indicator = make_indicator().indicator
    Target.objects.create(indicator=indicator, year=2025, value=1, is_example=True)
    said = "Det finns årsmål för 2025, utanför de åren."
    assert refused(last_year=2024) == ("last_year", said)
    indicator.goals.add(make_goal(1, make_programme("annat", first_year=2025, last_year=2029)))
    assert change(last_year=2024).last_year == 2024


def test_a_wording_and_a_precondition_stay_within():
    goal = make_goal()
    wording = make_wording(goal, dt.date(2025, 1, 1), "En ny lydelse.")
    assert refused(last_year=2024)[1] == "Lydelser börjar gälla dagar utanför de åren."
    wording.delete()
    make_precondition(goal, valid_to=dt.date(2025, 6, 30))
    assert refused(last_year=2024)[1] == "Förutsättningar gäller dagar utanför de åren."
