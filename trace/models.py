"""The trace: one row for each thing that somebody did, in words people use."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class EventQuerySet(models.QuerySet):
    def about(self, obj: models.Model) -> "EventQuerySet":
        """The events of one object, newest first."""
        return (
            self.filter(subject=obj._meta.label_lower, subject_id=obj.pk)
            .select_related("actor")
            .order_by("-happened_at", "-pk")
        )

    def visible_to(self, user: Any) -> "EventQuerySet":
        """What was done in the person's own nämnder; for the systemförvaltare, to the registers.

        user: a person with `access`, which this app knows nothing more of. The history of one
        object is `about` it, asked by who has fetched that object for the person.
        """
        seen = Q(scope__in=user.access.inside_scopes())
        if user.access.is_systemforvaltare:
            seen |= Q(scope="")
        return self.filter(seen)


class Event(models.Model):
    """Something that was done to an object. Append-only: the database refuses change and removal.

    `scope` is the code of the nämnd whose matter it is, as text: this app lies below the one
    that knows what a nämnd is.
    """

    happened_at = models.DateTimeField("tidpunkt", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )
    scope = models.SlugField("nämnd", blank=True)
    subject = models.CharField("slag", max_length=80)
    subject_id = models.BigIntegerField("nummer")
    verb = models.SlugField("händelse")
    summary = models.TextField("vad som hände")
    reason = models.TextField("orsak", blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["subject", "subject_id", "-happened_at"])]

    def __str__(self) -> str:
        return self.summary
