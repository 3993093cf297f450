"""The systemförvaltare's pages about people and nämnder."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import Role
from organisation.models import Membership, Namnd, User
from tests.factories import make_namnd, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_user(Role.SYSTEMFORVALTARE, username="anna", name="Anna")
    client.force_login(user)
    return client


def addresses(user: User) -> list[str]:
    membership = Membership.objects.get(user=user)
    return [
        reverse("administration"),
        reverse("person-list"),
        reverse("person-new"),
        reverse("person", args=[user.pk]),
        reverse("person-change", args=[user.pk]),
        reverse("person-active", args=[user.pk]),
        reverse("role-give", args=[user.pk]),
        reverse("role-end", args=[membership.pk]),
        reverse("namnd-list"),
        reverse("namnd", args=["sodermalm"]),
        reverse("namnd-merge"),
        reverse("namnd-move-tasks", args=["sodermalm"]),
        reverse("insight"),
    ]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [r for r in Role if r != Role.SYSTEMFORVALTARE])
def test_for_everybody_else_the_administration_is_not_there(client, role, method):
    user = make_user(role, is_staff=True, is_superuser=True)
    client.force_login(user)
    for address in addresses(user):
        assert getattr(client, method)(address).status_code == 404, address


def test_what_is_not_there_is_not_found(administrator):
    for name in ("person", "person-change", "role-give", "role-end"):
        assert administrator.get(reverse(name, args=[999_999])).status_code == 404
    assert administrator.get(reverse("namnd", args=["finns-inte"])).status_code == 404


def test_a_person_is_added_and_given_a_role(administrator):
    form = {"username": "ulla", "name": "Ulla Uppgift", "title": "", "email": "", "telephone": ""}
    response = administrator.post(reverse("person-new"), form)
    ulla = User.objects.get(username="ulla")
    assert response.url == reverse("person", args=[ulla.pk])
    assert not ulla.has_usable_password()
    assert (ulla.is_staff, ulla.is_superuser) == (False, False)
    namnd = make_namnd()
    administrator.post(reverse("role-give", args=[ulla.pk]), {"role": Role.CHEF, "namnd": namnd.pk})
    assert [str(m) for m in ulla.memberships.all()] == [f"Ulla Uppgift: Chef, {namnd}"]


def test_extra_fields_make_nobody_an_administrator(administrator):
    form = {"username": "ulla", "name": "Ulla", "is_staff": "on", "is_superuser": "on"}
    administrator.post(reverse("person-new"), form)
    ulla = User.objects.get(username="ulla")
    assert (ulla.is_staff, ulla.is_superuser) == (False, False)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"username": "anna", "name": "Anna"}, "username"),
        ({"username": "ulla", "name": ""}, "name"),
        ({"username": "ulla", "name": "Ulla", "password": "kort"}, "password"),
        ({"username": "ulla", "name": "Ulla", "email": "fel"}, "email"),
    ],
)
def test_errors_link_to_their_field_and_keep_what_was_typed(administrator, form, words):
    response = administrator.post(reverse("person-new"), form)
    body = response.content.decode()
    assert response.status_code == 200
    assert f'href="#id_{words}"' in body
    assert "<title>Fel: " in body
    assert f'value="{form["username"]}"' in body
    assert not User.objects.filter(username="ulla").exists()


def test_one_does_not_touch_oneself(administrator):
    anna = User.objects.get(username="anna")
    role = reverse("role-give", args=[anna.pk])
    form = {"role": Role.GRANSKARE, "namnd": make_namnd().pk}
    assert administrator.post(role, form).status_code == 403
    end = reverse("role-end", args=[anna.memberships.get().pk])
    assert administrator.post(end, {"last_day": "2020-01-01"}).status_code == 403
    active = reverse("person-active", args=[anna.pk])
    assert administrator.post(active, {"active": "nej"}).status_code == 403
    anna = User.objects.get(username="anna")
    assert anna.is_active
    assert anna.access.is_systemforvaltare


@time_machine.travel(dt.date(2025, 5, 7), tick=False)
def test_a_role_ends_on_the_day_that_is_given(administrator):
    user = make_user(Role.CHEF)
    end = reverse("role-end", args=[user.memberships.get().pk])
    administrator.post(end, {"last_day": "2025-05-31"})
    assert user.memberships.get().valid_to == dt.date(2025, 5, 31)
    assert administrator.post(end, {"last_day": "igår"}).status_code == 200
    assert user.memberships.get().valid_to == dt.date(2025, 5, 31)


def test_search_finds_by_every_word_in_any_field(administrator):
    make_user(Role.CHEF, name="Ulla Uppgift", title="Controller")
    make_user(Role.CHEF, name="Ulla Andersson", title="Chef")
    body = administrator.get(reverse("person-list"), {"q": "ulla control"}).content.decode()
    assert "Ulla Uppgift" in body
    assert "Ulla Andersson" not in body
    assert "1 träff på" in body


def test_a_nämnd_is_changed_but_not_its_code(administrator):
    namnd = make_namnd("bromma", name="Bromma")
    form = {
        "name": "Bromma nya nämnd",
        "short_name": "Bromma",
        "code": "annan",
        "valid_to": "2030-12-31",
    }
    administrator.post(reverse("namnd", args=["bromma"]), form)
    namnd.refresh_from_db()
    assert (namnd.name, namnd.code) == ("Bromma nya nämnd", "bromma")
    assert namnd.valid_to == dt.date(2030, 12, 31)


def test_a_name_that_is_taken_is_refused_at_its_field(administrator):
    make_namnd("farsta", name="Farsta")
    make_namnd("bromma", name="Bromma")
    response = administrator.post(
        reverse("namnd", args=["bromma"]), {"name": "Farsta", "short_name": "B"}
    )
    assert 'href="#id_name"' in response.content.decode()
    assert Namnd.objects.get(code="bromma").name == "Bromma"


@pytest.mark.parametrize("name", ["person-list", "namnd-list"])
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(administrator, name):
    def ask() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert administrator.get(reverse(name)).status_code == 200
        return len(asked)

    make_user(Role.CHEF, make_namnd("n-1"))
    one = ask()
    for number in (2, 3):
        user = make_user(Role.CHEF, make_namnd(f"n-{number}"))
        Membership.objects.create(user=user, namnd=make_namnd("n-1"), role=Role.LASARE)
    assert ask() == one
