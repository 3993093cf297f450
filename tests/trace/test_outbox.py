"""The outbox: posted with what it tells of, sent once, and none the worse for a dead server."""

import datetime as dt
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as sent_mail
from django.core.mail import get_connection
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import make_user
from trace.domain.outbox import GIVEN_UP_AFTER, WAITS, Sending, post_mail, send_mail_that_waits
from trace.enums import MailState
from trace.models import Mail

pytestmark = pytest.mark.django_db

SENDER = "samlad@stad.example"


class DeadServer(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, _messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")


class FussyServer(EmailBackend):
    """A mail server that does not know the addressee."""

    def send_messages(self, _messages):
        raise SMTPRecipientsRefused({"x@stad.example": (550, b"no such user")})


@pytest.fixture
def person():
    return make_user(email="kim@stad.example")


def post(person, key="one", **fields) -> bool:
    given = {"subject": "Påminnelse", "body": "Hej!", "posted_by": person} | fields
    return post_mail(key=key, person=person, **given)


def send(now=None, backend=None) -> Sending:
    backend = backend or get_connection("django.core.mail.backends.locmem.EmailBackend")
    return send_mail_that_waits(now=now or timezone.now(), sender=SENDER, backend=backend)


def test_a_message_is_sent_once(person):
    post(person)
    assert send() == Sending(sent=1, put_off=0, given_up=0)
    assert send() == Sending(sent=0, put_off=0, given_up=0)
    (message,) = sent_mail.outbox
    assert (message.to, message.from_email, message.subject, message.body) == (
        ["kim@stad.example"],
        SENDER,
        "Påminnelse",
        "Hej!",
    )
    row = Mail.objects.get()
    assert (row.state, row.attempts, row.sent_at is not None) == (MailState.SKICKAT, 1, True)


def test_the_same_matter_is_posted_once(person):
    assert post(person, "rapport:2025-VB:bromma") is True
    assert post(person, "rapport:2025-VB:bromma", body="Igen") is False
    assert list(Mail.objects.values_list("body", flat=True)) == ["Hej!"]


def test_what_was_not_done_is_not_told(person):
    def half_done() -> None:
        with transaction.atomic():
            post(person)
            raise LookupError("what it tells of was refused")

    with pytest.raises(LookupError):
        half_done()
    assert not Mail.objects.exists()


def test_a_dead_server_is_tried_again_and_the_others_are_not_tried_in_vain(person):
    now = timezone.now()
    post(person, "one")
    post(person, "two")
    dead = DeadServer()
    assert send(now + dt.timedelta(seconds=1), dead) == Sending(0, 1, 0)
    assert list(Mail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0]
    first = Mail.objects.order_by("pk")[0]
    assert first.state == MailState.VANTAR
    assert first.last_error == "Servern svarade inte (SMTPServerDisconnected)."
    assert first.next_attempt_at == now + dt.timedelta(seconds=1) + WAITS[0]
    assert send(now + dt.timedelta(minutes=2)) == Sending(2, 0, 0)
    assert [message.to for message in sent_mail.outbox] == [["kim@stad.example"]] * 2


def test_it_is_given_up_at_last_and_says_so(person):
    now = timezone.now()
    post(person)
    for wait in WAITS:
        now += dt.timedelta(seconds=1)
        assert send(now, DeadServer()) == Sending(0, 1, 0)
        now += wait
    assert send(now + dt.timedelta(seconds=1), DeadServer()) == Sending(0, 0, 1)
    row = Mail.objects.get()
    assert (row.state, row.attempts) == (MailState.UPPGIVET, GIVEN_UP_AFTER)
    assert send(now + dt.timedelta(days=30)) == Sending(0, 0, 0)


def test_one_unknown_address_does_not_stop_the_others(person):
    post(person, "one")
    post(person, "two")
    assert send(backend=FussyServer()) == Sending(0, 2, 0)
    errors = set(Mail.objects.values_list("last_error", flat=True))
    assert errors == {"Adressen togs inte emot."}


def test_nothing_typed_becomes_a_header(person):
    post(person, subject="Hej\r\nBcc: alla@stad.example")
    send()
    assert sent_mail.outbox[0].subject == "Hej Bcc: alla@stad.example"


def test_a_person_without_an_address_is_refused():
    with pytest.raises(ValueError, match="has no address"):
        post(make_user(email=""))


def test_one_sees_what_one_sent_and_was_sent(person):
    other = make_user(username="other", email="other@stad.example")
    post(person, "mine")
    post(other, "from-me", posted_by=person)
    post(other, "theirs", posted_by=other)
    mine = Mail.objects.visible_to(person).order_by("pk").values_list("key", flat=True)
    assert list(mine) == ["mine", "from-me"]


def test_the_database_holds_that_what_is_sent_has_a_time(person):
    post(person)
    with pytest.raises(IntegrityError, match="mail_is_sent"), transaction.atomic():
        Mail.objects.update(state=MailState.SKICKAT)
