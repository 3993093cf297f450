"""The trace: what somebody did, what somebody read, and the chains that hold it together."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from trace.enums import ReadKind
from trace.tracking import Chained, only_grows


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
        triggers = [Chained("scope")]

    def __str__(self) -> str:
        return self.summary


class ReadLog(models.Model):
    """A reading that matters, or somebody at the door. Append-only, like the events."""

    happened_at = models.DateTimeField("tidpunkt", auto_now_add=True)
    kind = models.SlugField("slag", choices=ReadKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )
    scope = models.SlugField("nämnd", blank=True)
    subject = models.CharField("vad", max_length=80, blank=True)
    subject_id = models.BigIntegerField("nummer", null=True, blank=True)
    summary = models.TextField("vad som hände")
    reason = models.TextField("orsak", blank=True)
    through = models.CharField("genom", max_length=120, blank=True)

    class Meta:
        verbose_name = "läsning"
        verbose_name_plural = "läsningar"
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-happened_at"]),
            models.Index(fields=["actor", "-happened_at"]),
        ]
        # Chains of their own: who signs in does not wait for who saves.
        triggers = [Chained("scope", prefix="läsning:")]

    def __str__(self) -> str:
        return self.summary


class Shape(models.Model):
    """Which columns a table of the trace had when a row was hashed: columns are added over time."""

    source = models.CharField("tabell", max_length=63)
    columns = ArrayField(models.CharField(max_length=63), verbose_name="kolumner")

    class Meta:
        verbose_name = "tabellform"
        verbose_name_plural = "tabellformer"
        constraints = [
            models.UniqueConstraint(fields=["source", "columns"], name="shape_stated_once"),
        ]
        triggers = [only_grows()]

    def __str__(self) -> str:
        return f"{self.source} ({len(self.columns)})"


class Link(models.Model):
    """One row of the trace in its chain: `hash` is over the row, its place and the link before.

    Written by the function trace_append only. Chains follow the nämnder, so that those who save
    for different nämnder do not wait for each other. `role` is who the database took the writer
    for; `transaction` ties together what was written in one go.
    """

    chain = models.CharField("kedja", max_length=80)
    sequence = models.BigIntegerField("plats")
    source = models.CharField("tabell", max_length=63)
    row = models.BigIntegerField("rad")
    shape = models.ForeignKey(
        Shape,
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,  # both tables only grow
        verbose_name="tabellform",
    )
    digest = models.BinaryField("radens kontrollsumma")
    role = models.CharField("databasroll", max_length=63)
    at = models.DateTimeField("tidpunkt")
    transaction = models.UUIDField("transaktion")
    previous = models.BinaryField("föregående länk")
    hash = models.BinaryField("länkens kontrollsumma")

    class Meta:
        verbose_name = "länk"
        verbose_name_plural = "länkar"
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="link_place_once"),
            models.UniqueConstraint(fields=["source", "row"], name="row_linked_once"),
        ]
        indexes = [
            # Which command a change belongs to: the event of the same transaction.
            models.Index(
                fields=["transaction"],
                name="link_transaction_of_events",
                condition=Q(source="trace_event"),
            ),
        ]
        triggers = [only_grows()]

    def __str__(self) -> str:
        return f"{self.chain or 'staden'} {self.sequence}"


class Seal(models.Model):
    """The heads of all chains at one moment, signed with a key that the database does not hold."""

    number = models.PositiveIntegerField("nummer", unique=True)
    sealed_at = models.DateTimeField("förseglat")
    # Exactly the bytes that were signed, as JSON; see trace.domain.seal.
    body = models.TextField("innehåll")
    mac = models.CharField("signatur", max_length=64)

    class Meta:
        verbose_name = "försegling"
        verbose_name_plural = "förseglingar"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Försegling {self.number}"
