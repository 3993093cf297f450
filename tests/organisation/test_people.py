"""People and roles: what a person is to which nämnd."""

import pytest
from django.db import IntegrityError

from organisation.enums import Role
from organisation.models import Membership, User
from tests.factories import make_namnd, make_user

pytestmark = pytest.mark.django_db


def test_access_is_per_nämnd_and_role():
    bromma, jarva, other = make_namnd("bromma"), make_namnd("jarva"), make_namnd("other")
    user = make_user(Role.GRANSKARE, bromma)
    Membership.objects.create(user=user, namnd=jarva, role=Role.LASARE)
    Membership.objects.create(user=user, namnd=jarva, role=Role.UPPGIFTSLAMNARE)
    access = user.access
    assert access.namnd_ids() == {bromma.pk, jarva.pk}
    assert access.namnd_ids(Role.GRANSKARE) == {bromma.pk}
    assert access.namnd_ids(Role.LASARE, Role.GRANSKARE) == {bromma.pk, jarva.pk}
    assert access.namnd_ids(Role.CHEF) == set()
    assert access.has_role(jarva.pk, Role.UPPGIFTSLAMNARE)
    assert not access.has_role(bromma.pk, Role.UPPGIFTSLAMNARE)
    assert not access.has_role(other.pk)
    assert not access.has_role(None)


def test_the_nämnder_of_a_person_come_in_swedish_order_each_once():
    arsta, bromma = make_namnd("arsta", name="Årsta"), make_namnd("bromma", name="Bromma")
    user = make_user(Role.LASARE, arsta)
    Membership.objects.create(user=user, namnd=bromma, role=Role.LASARE)
    Membership.objects.create(user=user, namnd=bromma, role=Role.CHEF)
    assert user.access.namnder() == [bromma, arsta]
    assert user.access.namnder(Role.CHEF) == [bromma]


def test_being_superuser_gives_no_role():
    user = make_user(None, is_superuser=True, is_staff=True)
    namnd = make_namnd()
    assert user.access.namnd_ids() == set()
    assert not user.access.has_role(namnd.pk, *Role.values)
    assert not user.access.is_samordnare
    assert not user.access.is_systemforvaltare


def test_the_systemförvaltare_has_the_role_in_no_nämnd():
    user = make_user(Role.SYSTEMFORVALTARE)
    assert user.access.is_systemforvaltare
    assert user.access.namnd_ids() == set()
    assert user.access.has_role_anywhere(Role.SYSTEMFORVALTARE)
    assert not user.access.has_role(None, Role.SYSTEMFORVALTARE)


def test_roles_are_read_once_for_each_request(django_assert_num_queries):
    user = User.objects.get(pk=make_user(Role.LASARE).pk)
    with django_assert_num_queries(1):
        assert user.access.namnd_ids() == user.access.namnd_ids(Role.LASARE)
        assert [namnd.code for namnd in user.access.namnder()] == ["sodermalm"]


def test_a_role_is_given_once_also_where_there_is_no_nämnd():
    user = make_user(Role.SYSTEMFORVALTARE)
    with pytest.raises(IntegrityError, match="role_given_once"):
        Membership.objects.create(user=user, namnd=None, role=Role.SYSTEMFORVALTARE)


@pytest.mark.parametrize("role", Role.values)
def test_every_role_but_the_systemförvaltares_belongs_to_a_nämnd(role: str):
    user = make_user(None)
    namnd = make_namnd() if role == Role.SYSTEMFORVALTARE else None
    with pytest.raises(IntegrityError, match="role_belongs_to_namnd"):
        Membership.objects.create(user=user, namnd=namnd, role=role)
