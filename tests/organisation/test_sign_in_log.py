"""Sign-ins, sign-outs and refusals leave a mark, without what was typed."""

import logging

import pytest
from django.urls import reverse

from organisation.models import User
from tests.factories import make_user
from trace.enums import ReadKind
from trace.models import ReadLog

pytestmark = pytest.mark.django_db


def logged() -> list[tuple]:
    return list(ReadLog.objects.order_by("pk").values_list("kind", "actor", "subject_id"))


def sign_in(client, user: User, password: str | None = None):
    password = password or "hemligt-losenord"
    return client.post(reverse("sign-in"), {"username": user.username, "password": password})


def test_coming_in_and_going_out_are_logged(client):
    user = make_user()
    sign_in(client, user)
    client.post(reverse("sign-out"))
    assert logged() == [
        (ReadKind.SIGN_IN, user.pk, user.pk),
        (ReadKind.SIGN_OUT, user.pk, user.pk),
    ]
    assert set(ReadLog.objects.values_list("through", flat=True)) == {
        "sida:account_login",
        "sida:account_logout",
    }


def test_a_refusal_names_the_account_and_nobody_as_the_one_who_did_it(client):
    user = make_user()
    sign_in(client, user, "fel")
    assert logged() == [(ReadKind.SIGN_IN_REFUSED, None, user.pk)]


def test_nothing_that_was_typed_is_kept(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post(reverse("sign-in"), {"username": "mitt-losenord-123", "password": "hemligt"})
    entry = ReadLog.objects.get()
    assert (entry.subject, entry.subject_id) == ("", None)
    kept = " ".join(str(value) for value in vars(entry).values()) + caplog.text
    assert "mitt-losenord-123" not in kept
    assert "hemligt" not in kept


def test_going_out_twice_is_logged_once(client):
    sign_in(client, make_user())
    client.post(reverse("sign-out"))
    client.post(reverse("sign-out"))
    assert ReadLog.objects.filter(kind=ReadKind.SIGN_OUT).count() == 1
