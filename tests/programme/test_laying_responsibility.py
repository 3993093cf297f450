"""The samordnare lays and ends responsibility, with a day and a decision."""

import datetime as dt

import pytest
from django.urls import reverse

from indicators.enums import PeriodState
from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.enums import NamndGroup, Role
from organisation.models import NamndSuccession
from programme.domain.responsibility import end_responsibility, lay_responsibility
from programme.domain.succession import carry_over
from programme.enums import ResponsibilityKind
from programme.models import Responsibility
from tests.factories import make_activity, make_indicator, make_namnd, make_period, make_user
from trace.models import Event

pytestmark = pytest.mark.django_db

START, MERGER, LAST = dt.date(2023, 1, 1), dt.date(2023, 7, 1), dt.date(2023, 6, 30)


@pytest.fixture
def samordnare():
    return make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))


@pytest.fixture
def activity():
    activity = make_activity()
    activity.responsibilities.all().delete()
    return activity


def lay(subject, actor, **given):
    given = {"valid_from": START, "decision": "KF 2022-11-21 § 12", **given}
    return lay_responsibility(subject, actor=actor, **given)


def test_it_is_laid_with_its_decision_and_stands_in_the_trace(activity, samordnare):
    row = lay(activity, samordnare, group=NamndGroup.BOLAGEN)
    assert (str(row), row.kind, row.decision) == (
        "Bolagen samlat",
        "ansvarig",
        "KF 2022-11-21 § 12",
    )
    (event,) = Event.objects.about(activity)
    assert event.summary == "Bolagen samlat: ansvarig från 2023-01-01, KF 2022-11-21 § 12"


def test_an_indicator_is_laid_in_the_same_way(samordnare):
    indicator = make_indicator(namnd=make_namnd("farsta")).indicator
    lay(indicator, samordnare, namnd=make_namnd("bromma"), kind=ResponsibilityKind.MEDVERKANDE)
    assert [str(row.namnd.code) for row in indicator.responsibilities.all()] == ["farsta", "bromma"]


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.SAMORDNARE}))
def test_nobody_else_may(activity, samordnare, role):
    row = lay(activity, samordnare, group=NamndGroup.ALLA)
    somebody = make_user(role)
    with pytest.raises(NotAllowed):
        lay(activity, somebody, group=NamndGroup.NAMNDER)
    with pytest.raises(NotAllowed):
        end_responsibility(
            row, actor=somebody, last_day=LAST, decision="KF", expected_valid_to=None
        )
    assert activity.responsibilities.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decision": "  "}, "decision"),
        ({"valid_to": dt.date(2022, 1, 1)}, "valid_to"),
        ({"group": "namnder"}, ""),
        ({"valid_from": dt.date(2020, 1, 1)}, "valid_from"),
        ({"valid_from": dt.date(2025, 1, 1)}, "valid_from"),
    ],
)
def test_what_does_not_go_together_is_refused_at_its_field(activity, samordnare, given, field):
    namnd = make_namnd(valid_from=dt.date(2021, 1, 1), valid_to=dt.date(2024, 12, 31))
    with pytest.raises(Invalid) as wrong:
        lay(activity, samordnare, namnd=namnd, **given)
    assert wrong.value.field == field
    assert not activity.responsibilities.exists()


def test_twice_on_the_same_days_is_refused(activity, samordnare):
    lay(activity, samordnare, namnd=make_namnd())
    with pytest.raises(Invalid, match="har redan ett ansvar för det här"):
        lay(activity, samordnare, namnd=make_namnd(), valid_from=MERGER)


def test_the_successor_carries_on_what_is_laid_on_one_that_has_ceased(activity, samordnare):
    old, new = make_namnd("gammal", valid_to=LAST), make_namnd("ny", valid_from=MERGER)
    NamndSuccession.objects.create(predecessor=old, successor=new, on=MERGER)
    lay(activity, samordnare, namnd=old)
    rows = activity.responsibilities.order_by("valid_from")
    assert [(row.namnd, row.valid_from, row.valid_to) for row in rows] == [
        (old, START, LAST),
        (new, MERGER, None),
    ]
    assert rows[1].decision == f"Övertaget från {old} (KF 2022-11-21 § 12)"
    assert rows[0].end_decision == f"Övertas av {new}"


def test_it_ends_by_a_decision_and_stays_for_the_time_it_held(activity, samordnare):
    row = lay(activity, samordnare, namnd=make_namnd())
    end = {"actor": samordnare, "last_day": LAST, "decision": "KF § 3"}
    with pytest.raises(Invalid):
        end_responsibility(row, **{**end, "last_day": dt.date(2022, 1, 1)}, expected_valid_to=None)
    end_responsibility(row, **end, expected_valid_to=None)
    assert (row.valid_to, row.end_decision) == (LAST, "KF § 3")
    with pytest.raises(Conflict):
        end_responsibility(row, **end, expected_valid_to=None)


@pytest.mark.parametrize("of_indicator", [False, True])
def test_it_reaches_no_day_of_a_locked_period(activity, samordnare, of_indicator):
    subject = make_indicator().indicator if of_indicator else activity
    subject.responsibilities.all().delete()
    row = lay(subject, samordnare, group=NamndGroup.STADSDELSNAMNDER)
    make_period("2023-T1", state=PeriodState.LAST)
    make_period("2023-T2")
    last, free = dt.date(2023, 4, 30), dt.date(2023, 5, 1)
    with pytest.raises(Invalid) as refused:
        lay(subject, samordnare, namnd=make_namnd("farsta"), valid_from=last)
    assert refused.value.field == "valid_from"
    assert refused.value.message == (
        "Perioderna till och med 2023-04-30 är låsta, och deras uppföljning räknar dem som "
        "ansvarade då. En ändring kan gälla tidigast från 2023-05-01."
    )
    lay(subject, samordnare, namnd=make_namnd("farsta"), valid_from=free)
    end = {"actor": samordnare, "decision": "KF § 3", "expected_valid_to": None}
    with pytest.raises(Invalid) as refused:
        end_responsibility(row, last_day=dt.date(2023, 4, 29), **end)
    assert refused.value.field == "last_day"
    row.refresh_from_db()
    assert row.valid_to is None
    # On the last day of the locked period it still holds.
    end_responsibility(row, last_day=last, **end)
    assert subject.responsibilities.count() == 2


def test_a_merger_carries_on_though_periods_are_locked(activity, samordnare):
    old, new = make_namnd("gammal", valid_to=LAST), make_namnd("ny", valid_from=MERGER)
    lay(activity, samordnare, namnd=old)
    make_period("2023-VB", state=PeriodState.LAST)
    NamndSuccession.objects.create(predecessor=old, successor=new, on=MERGER)
    assert carry_over(Responsibility) == 1
    assert activity.responsibilities.get(namnd=new).valid_from == MERGER


def test_the_page_lays_and_ends(client, activity, samordnare):
    client.force_login(samordnare)
    page = reverse("responsibilities", args=["aktivitet", activity.code])
    fields = {"who": "grupp:alla", "kind": "ansvarig", "valid_from": "2023-01-01"}
    refused = client.post(page, fields)
    assert "Ange beslutet." in refused.content.decode()
    assert client.post(page, {**fields, "decision": "KF § 1"}).status_code == 302
    row = activity.responsibilities.get()
    end = reverse("responsibility-end", args=["aktivitet", activity.code, str(row.pk)])
    too_late = client.post(
        end, {"last_day": "2023-06-30", "decision": "KF § 2", "seen": "2023-05-31"}
    )
    assert "Någon har ändrat ansvaret" in too_late.content.decode()
    assert client.post(end, {"last_day": "2023-06-30", "decision": "KF § 2"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "2023-06-30" in shown
    assert "KF § 2" in shown


def test_somebody_else_sees_the_page_without_the_form(client, activity):
    client.force_login(make_user(Role.LASARE))
    page = reverse("responsibilities", args=["aktivitet", activity.code])
    assert '<form class="sheet' not in client.get(page).content.decode()
    assert client.post(page, {"who": "grupp:alla"}).status_code == 404
