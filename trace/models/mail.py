"""The outbox: mail that is to be sent, and what became of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from trace.enums import MailState


class MailQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "MailQuerySet":
        """What the person has sent and been sent; for the systemförvaltare that mail goes out.

        user: a person with `access`, which this app knows nothing more of.
        """
        if user.access.is_systemforvaltare:
            return self.all()
        return self.filter(Q(posted_by=user) | Q(person=user))


class Mail(models.Model):
    """One message to one person. It is posted in the transaction of what it tells of.

    So nothing is told of what did not happen, and nobody waits for a mail server: a command of its
    own sends what lies here, again and again until it has gone.
    """

    # What it is about and to whom; the same is never posted twice.
    key = models.CharField("nyckel", max_length=200, unique=True)
    scope = models.SlugField("nämnd", blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="till",
    )
    address = models.EmailField("adress")
    subject = models.CharField("ämne", max_length=200)
    body = models.TextField("text")
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="från",
    )
    posted_at = models.DateTimeField("lagt i utkorgen", auto_now_add=True)
    state = models.CharField(
        "läge", max_length=10, choices=MailState.choices, default=MailState.VANTAR
    )
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    next_attempt_at = models.DateTimeField("nästa försök", auto_now_add=True)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    last_error = models.CharField("senaste fel", max_length=250, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "meddelande"
        verbose_name_plural = "utkorgen"
        ordering = ["-posted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mail_has_address_subject_and_text",
                condition=~Q(address="") & ~Q(subject="") & ~Q(body=""),
            ),
            models.CheckConstraint(
                name="mail_is_sent_when_it_says_so",
                condition=(Q(state=MailState.SKICKAT) & Q(sent_at__isnull=False))
                | (~Q(state=MailState.SKICKAT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="mail_that_waits",
                condition=Q(state=MailState.VANTAR),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.person})"
