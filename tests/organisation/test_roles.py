"""Roles for a time, deputies, and acting for one nämnd at a time."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from organisation.domain.errors import Invalid, NotAllowed
from organisation.domain.people import end_role, give_role
from organisation.enums import INSIDE_ROLES, Role
from organisation.models import SYSTEM_SEAT, Membership, NamndSuccession, User
from tests.factories import make_namnd, make_period, make_report, make_user
from trace.models import Event

TODAY = dt.date(2025, 5, 7)
pytestmark = pytest.mark.django_db
days = st.dates(dt.date(2024, 12, 20), dt.date(2025, 1, 20))
ends = st.one_of(st.none(), days)


@pytest.fixture
def administrator() -> User:
    return make_user(Role.SYSTEMFORVALTARE)


def again(user: User) -> User:
    """The person as the next request reads them."""
    return User.objects.get(pk=user.pk)


# When a role holds ------------------------------------------------------------------------------


class ValidityTest(TestCase):
    """For any first and last day, and any two periods."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(first=ends, last=ends, today=days)
    def test_a_role_holds_from_its_first_day_to_its_last_and_no_other(self, first, last, today):
        if first and last and last < first:
            first, last = last, first
        namnd = make_namnd()
        user = make_user(None)
        Membership.objects.create(
            user=user, namnd=namnd, role=Role.CHEF, valid_from=first, valid_to=last
        )
        with time_machine.travel(dt.datetime.combine(today, dt.time(12)), tick=False):
            holds = again(user).access.has_role(namnd.pk, Role.CHEF)
        assert holds == ((first or today) <= today <= (last or today))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(one=st.tuples(ends, ends), other=st.tuples(ends, ends))
    def test_two_periods_of_one_role_are_refused_exactly_when_they_share_a_day(self, one, other):
        one, other = (
            tuple(reversed(p)) if p[0] and p[1] and p[1] < p[0] else p for p in (one, other)
        )
        user, namnd = make_user(None), make_namnd()

        def lay_in(period):
            return Membership(
                user=user, namnd=namnd, role=Role.CHEF, valid_from=period[0], valid_to=period[1]
            )

        lay_in(one).save()
        share_a_day = (one[0] or dt.date.min) <= (other[1] or dt.date.max) and (
            other[0] or dt.date.min
        ) <= (one[1] or dt.date.max)
        second = lay_in(other)
        if share_a_day:
            with pytest.raises(ValidationError, match="Personen har redan den rollen"):
                second.full_clean()
            with (
                pytest.raises(IntegrityError, match="role_held_once_at_a_time"),
                transaction.atomic(),
            ):
                second.save()
        else:
            second.full_clean()
            second.save()


def test_another_role_nämnd_or_person_is_no_overlap():
    user, namnd = make_user(Role.CHEF), make_namnd()
    for other in (
        Membership(user=user, namnd=namnd, role=Role.LASARE),
        Membership(user=user, namnd=make_namnd("bromma"), role=Role.CHEF),
        Membership(user=make_user(None), namnd=namnd, role=Role.CHEF),
    ):
        other.full_clean()
        other.save()
    assert Membership.objects.count() == 4


def test_every_role_has_a_place_in_the_constraint():
    user, namnd = make_user(None), make_namnd()
    for role in Role:
        where = None if role == Role.SYSTEMFORVALTARE else namnd
        Membership.objects.create(user=user, namnd=where, role=role)
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(user=user, namnd=where, role=role)
    assert user.memberships.count() == len(Role)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"valid_from": TODAY, "valid_to": TODAY - dt.timedelta(1)},
            "Rollen kan inte upphöra innan den har börjat.",
        ),
        ({}, "Personen har redan den rollen under en del av tiden."),
        ({"deputy": True, "role": Role.LASARE}, "En ersättare har rollen mellan två datum."),
    ],
)
def test_what_the_database_refuses_is_said_in_words_before_it_is_asked(fields, message):
    user = make_user(Role.CHEF)
    fields = {"role": Role.CHEF} | fields
    if fields.pop("deputy", False):
        fields["deputy_for"] = make_user(Role.LASARE)
    with pytest.raises(ValidationError) as refused:
        Membership(user=user, namnd=make_namnd(), **fields).full_clean()
    assert message in refused.value.messages


# Giving and ending ------------------------------------------------------------------------------


@time_machine.travel(TODAY, tick=False)
def test_a_role_is_given_for_a_time_and_is_in_the_trace(administrator):
    user, namnd = make_user(None, name="Ulla"), make_namnd("bromma", name="Bromma")
    give_role(
        user,
        actor=administrator,
        role=Role.CHEF,
        namnd=namnd,
        valid_from=TODAY,
        valid_to=dt.date(2025, 6, 30),
    )
    assert again(user).access.has_role(namnd.pk, Role.CHEF)
    event = Event.objects.about(user).get()
    assert event.summary == "Gav Ulla: Chef, Bromma, 2025-05-07 till 2025-06-30"
    assert event.actor == administrator


@pytest.mark.parametrize("role", [r for r in Role if r != Role.SYSTEMFORVALTARE])
def test_only_the_systemförvaltare_gives_and_ends_roles(role):
    actor, user = make_user(role), make_user(Role.LASARE)
    with pytest.raises(NotAllowed):
        give_role(user, actor=actor, role=Role.CHEF, namnd=make_namnd())
    with pytest.raises(NotAllowed):
        end_role(user.memberships.get(), actor=actor, last_day=TODAY)
    assert [m.role for m in user.memberships.all()] == [Role.LASARE]


def test_nobody_gives_themself_a_role(administrator):
    with pytest.raises(NotAllowed):
        give_role(administrator, actor=administrator, role=Role.GRANSKARE, namnd=make_namnd())
    assert again(administrator).access.namnd_ids() == set()


def test_a_role_does_not_outlive_its_nämnd(administrator):
    namnd = make_namnd(valid_to=dt.date(2025, 6, 30))
    with pytest.raises(Invalid) as refused:
        give_role(make_user(None), actor=administrator, role=Role.CHEF, namnd=namnd)
    assert refused.value.field == "valid_to"


@time_machine.travel(TODAY, tick=False)
def test_a_role_that_has_ended_is_gone_at_the_next_request(client, administrator):
    make_report(make_namnd(), make_period())
    user = make_user(Role.UPPGIFTSLAMNARE)
    client.force_login(user)
    page = reverse("report", args=["sodermalm", "2025-T1"])
    assert client.get(page).status_code == 200
    end_role(user.memberships.get(), actor=administrator, last_day=TODAY - dt.timedelta(1))
    assert client.get(page).status_code == 404
    assert client.post(page, {"revision": 0, "seen": "{}"}).status_code == 404


@time_machine.travel(TODAY, tick=False)
def test_a_role_holds_out_its_last_day(administrator):
    user = make_user(Role.CHEF)
    end_role(user.memberships.get(), actor=administrator, last_day=TODAY)
    assert again(user).access.has_role(make_namnd().pk, Role.CHEF)
    with time_machine.travel(TODAY + dt.timedelta(1), tick=False):
        assert not again(user).access.has_role(make_namnd().pk, Role.CHEF)


@time_machine.travel(TODAY, tick=False)
def test_a_role_that_never_began_is_taken_away_whole(administrator):
    user = make_user(None)
    later = give_role(
        user,
        actor=administrator,
        role=Role.CHEF,
        namnd=make_namnd(),
        valid_from=dt.date(2025, 6, 1),
    )
    assert end_role(later, actor=administrator, last_day=TODAY) is None
    assert not user.memberships.exists()


def test_a_closed_account_is_out_at_the_next_request(client, administrator):
    user = make_user(Role.CHEF)
    client.force_login(user)
    assert client.get("/").status_code == 200
    owner = type(client)()
    owner.force_login(administrator)
    owner.post(reverse("person-active", args=[user.pk]), {"active": "nej"})
    assert client.get("/").status_code == 302


# Deputies ---------------------------------------------------------------------------------------


def deputise(administrator, held: User, **fields) -> User:
    deputy = make_user(None)
    give_role(
        deputy,
        actor=administrator,
        role=Role.GRANSKARE,
        namnd=make_namnd(),
        deputy_for=held,
        **fields,
    )
    return deputy


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (dt.date(2025, 6, 30), False),
        (dt.date(2025, 7, 1), True),
        (dt.date(2025, 7, 31), True),
        (dt.date(2025, 8, 1), False),
    ],
)
def test_a_deputy_has_the_role_in_the_stated_time_only(administrator, day, may):
    held = make_user(Role.GRANSKARE)
    deputy = deputise(
        administrator, held, valid_from=dt.date(2025, 7, 1), valid_to=dt.date(2025, 7, 31)
    )
    with time_machine.travel(dt.datetime.combine(day, dt.time(12)), tick=False):
        assert again(deputy).access.has_role(make_namnd().pk, Role.GRANSKARE) == may
        assert again(held).access.has_role(make_namnd().pk, Role.GRANSKARE)


@pytest.mark.parametrize("fields", [{}, {"valid_from": TODAY}, {"valid_to": TODAY}])
def test_a_deputys_time_is_stated(administrator, fields):
    with pytest.raises(Invalid):
        deputise(administrator, make_user(Role.GRANSKARE), **fields)


def test_a_deputy_stands_in_for_somebody_who_has_the_role_all_the_time(administrator):
    held = make_user(None)
    for first, last in (
        (dt.date(2025, 1, 1), dt.date(2025, 6, 30)),
        (dt.date(2025, 7, 1), dt.date(2025, 12, 31)),
    ):
        give_role(
            held,
            actor=administrator,
            role=Role.GRANSKARE,
            namnd=make_namnd(),
            valid_from=first,
            valid_to=last,
        )
    summer = {"valid_from": dt.date(2025, 6, 1), "valid_to": dt.date(2025, 7, 31)}
    assert deputise(administrator, held, **summer).memberships.get().deputy_for == held
    with pytest.raises(Invalid) as refused:
        deputise(administrator, held, valid_from=TODAY, valid_to=dt.date(2026, 1, 1))
    assert refused.value.field == "deputy_for"
    with pytest.raises(Invalid):
        deputise(administrator, make_user(Role.LASARE), **summer)


# Acting for one at a time -----------------------------------------------------------------------


@pytest.fixture
def in_two() -> User:
    """Granskare at Bromma, uppgiftslämnare at Årsta, samordnare at Årsta."""
    user = make_user(Role.GRANSKARE, make_namnd("bromma", name="Bromma"))
    arsta = make_namnd("arsta", name="Årsta")
    Membership.objects.create(user=user, namnd=arsta, role=Role.UPPGIFTSLAMNARE)
    Membership.objects.create(user=user, namnd=arsta, role=Role.SAMORDNARE)
    return user


def test_acting_for_a_nämnd_leaves_only_its_roles(in_two):
    bromma, arsta = make_namnd("bromma"), make_namnd("arsta")
    in_two.act_for("bromma")
    assert in_two.acting_namnd == bromma
    assert in_two.access.namnd_ids() == in_two.access.inside_ids() == {bromma.pk}
    assert not in_two.access.is_samordnare
    assert not in_two.access.has_role(arsta.pk, *Role.values)
    in_two.act_for("arsta")
    assert in_two.access.namnd_ids() == {arsta.pk}
    assert in_two.access.is_samordnare
    assert not in_two.access.has_role(bromma.pk, Role.GRANSKARE)


@pytest.mark.parametrize("chosen", ["", "finns-inte", "farsta", SYSTEM_SEAT])
def test_a_choice_that_is_not_ones_own_gives_nothing(in_two, chosen):
    make_namnd("farsta")
    in_two.act_for(chosen)
    assert in_two.acting_namnd == make_namnd("bromma")
    assert not in_two.access.is_systemforvaltare


def test_the_systemförvaltare_of_a_nämnd_is_one_or_the_other():
    user, namnd = make_user(Role.SYSTEMFORVALTARE), make_namnd()
    Membership.objects.create(user=user, namnd=namnd, role=Role.GRANSKARE)
    user.act_for("sodermalm")
    assert not user.access.is_systemforvaltare
    assert user.access.has_role(namnd.pk, Role.GRANSKARE)
    user.act_for(SYSTEM_SEAT)
    assert user.access.is_systemforvaltare
    assert user.access.namnd_ids() == set()


def test_with_one_nämnd_there_is_no_choice_and_nothing_is_said(client):
    client.force_login(make_user(Role.CHEF, make_namnd("bromma", name="Bromma nämnd")))
    assert "Du agerar för" not in client.get("/").content.decode()


def test_the_page_says_for_whom_one_acts_and_changes_it(client, in_two):
    for code in ("bromma", "arsta"):
        make_report(make_namnd(code), make_period())
    client.force_login(in_two)
    bromma, arsta = (reverse("report", args=[code, "2025-T1"]) for code in ("bromma", "arsta"))
    assert "Du agerar för Bromma" in client.get("/").content.decode()
    assert [client.get(p).status_code for p in (bromma, arsta)] == [200, 404]
    response = client.post(reverse("act-for"), {"seat": "arsta"})
    assert (response.status_code, response.url) == (302, "/")
    assert "Du agerar för Årsta" in client.get("/").content.decode()
    assert [client.get(p).status_code for p in (bromma, arsta)] == [404, 200]


@pytest.mark.parametrize("seat", ["farsta", SYSTEM_SEAT, "", "x" * 5000])
def test_one_cannot_choose_what_one_has_no_role_in(client, in_two, seat):
    make_namnd("farsta")
    client.force_login(in_two)
    assert client.post(reverse("act-for"), {"seat": seat}).status_code == 404
    assert "Du agerar för Bromma" in client.get("/").content.decode()


def test_looking_at_the_choices_changes_nothing(client, in_two):
    client.force_login(in_two)
    client.get(reverse("act-for"), {"seat": "arsta"})
    assert "Du agerar för Bromma" in client.get("/").content.decode()


# What a nämnd has taken over --------------------------------------------------------------------


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize("role", Role)
def test_a_successor_reads_what_its_predecessors_left_but_does_nothing_in_it(role):
    oldest, old, new = make_namnd("oldest"), make_namnd("old"), make_namnd("new")
    NamndSuccession.objects.create(predecessor=oldest, successor=old, on=dt.date(2020, 7, 1))
    NamndSuccession.objects.create(predecessor=old, successor=new, on=TODAY)
    user = make_user(role, None if role == Role.SYSTEMFORVALTARE else new)
    inside = {oldest.pk, old.pk, new.pk} if role in INSIDE_ROLES else set()
    assert user.access.inside_ids() == inside
    assert not user.access.has_role(old.pk, *Role.values)
    with time_machine.travel(TODAY - dt.timedelta(1), tick=False):
        assert again(user).access.inside_ids() == ({new.pk} if inside else set())
