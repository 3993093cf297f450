"""Insight: what a systemförvaltare has asked to read, why, and for how long."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models.people import User


class InsightGrantQuerySet(models.QuerySet):
    def open_to(self, user: "User") -> "InsightGrantQuerySet":
        """What the person may read now; nothing for who is no longer systemförvaltare."""
        if not user.access.is_systemforvaltare:
            return self.none()
        return self.filter(user=user, expires_at__gt=timezone.now())

    def ids_of(self, model: type[models.Model]) -> "models.QuerySet":
        """Numbers of the objects of one kind among them."""
        return self.filter(subject=model._meta.label_lower).order_by().values("subject_id")


@tracked()
class InsightGrant(models.Model):
    """A systemförvaltare reads another nämnd's unfinished work, with a reason, for some hours.

    The object is named by kind and number: this app lies below those that know what it is.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="insight_grants",
        verbose_name="person",
    )
    subject = models.CharField("slag", max_length=80)
    subject_id = models.BigIntegerField("nummer")
    reason = models.TextField("orsak")
    given_at = models.DateTimeField("från")
    expires_at = models.DateTimeField("till")

    objects = InsightGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "insyn"
        verbose_name_plural = "insyn"
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["user", "subject", "expires_at"])]
        constraints = [
            models.CheckConstraint(name="insight_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="insight_ends", condition=Q(expires_at__gt=F("given_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject} {self.subject_id}"
