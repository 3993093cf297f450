"""A remiss: the matter, whom it was sent to, and the points that are to be answered."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from organisation.models import Namnd
from remisser.enums import RemissKind
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class RemissQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "RemissQuerySet":
        """That a matter is out on remiss is open to everyone signed in; the answers are not."""
        return self if user.is_authenticated else self.none()


@tracked()
class Remiss(models.Model):
    """A matter sent out for opinion."""

    slug = models.SlugField("adress", unique=True)
    dnr = models.CharField("remittentens diarienummer", max_length=60)
    title = models.CharField("rubrik", max_length=300)
    kind = models.CharField("slag", max_length=20, choices=RemissKind.choices, blank=True)
    remitter = models.CharField("remittent", max_length=120)
    remitter_namnd = models.ForeignKey(
        Namnd,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_remisser",
        verbose_name="remittent i Samlad",
    )
    author = models.CharField("förslagsställare", max_length=150, blank=True)
    party = models.CharField("parti", max_length=20, blank=True)
    received_on = models.DateField("inkom", null=True, blank=True)
    is_example = models.BooleanField("exempel", default=False)
    registered_by_namnd = models.ForeignKey(
        Namnd,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registered_remisser",
        verbose_name="registrerad av",
    )
    # Of the form that it was registered with: the same form sent twice registers once.
    registration_key = models.UUIDField(
        "formulärets nyckel", null=True, blank=True, unique=True, editable=False
    )
    duplicate_reason = models.CharField(
        "varför den inte är en dubblett", max_length=250, blank=True
    )
    # Counts every change of the matter, of whom it was sent to and of what it asks.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    objects = RemissQuerySet.as_manager()

    class Meta:
        verbose_name = "remiss"
        verbose_name_plural = "remisser"
        ordering = ["-dnr"]
        constraints = [
            # Two remitters may use the same number; whoever registers the second says so.
            models.UniqueConstraint(
                fields=["dnr"],
                condition=Q(duplicate_reason=""),
                name="remiss_dnr_once_unless_explained",
                violation_error_message="En remiss med det diarienumret finns redan. Skriv varför "
                "den här är en annan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dnr} {self.title}"


class OfRemissQuerySet(models.QuerySet):
    """Whom a remiss was sent to, until when, and what it asks: as open as the remiss."""

    def visible_to(self, user: "User") -> "OfRemissQuerySet":
        return self.filter(remiss__in=Remiss.objects.visible_to(user))


@tracked("namnd__code")
class Remissinstans(models.Model):
    """Someone a remiss was sent to, by the name that the paper gives."""

    remiss = models.ForeignKey(
        Remiss, models.CASCADE, related_name="instances", verbose_name="remiss"
    )
    name_as_written = models.CharField("namn, som det står", max_length=200)
    namnd = models.ForeignKey(
        Namnd,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="remissinstanser",
        verbose_name="nämnd",
    )
    due_on = models.DateField("svar senast", null=True, blank=True)
    # A nämnd may answer what nobody has asked it (on its own initiative).
    asked = models.BooleanField("tillfrågad", default=True, db_default=True)
    order = models.PositiveSmallIntegerField("ordning", default=0)

    objects = OfRemissQuerySet.as_manager()

    class Meta:
        verbose_name = "remissinstans"
        verbose_name_plural = "remissinstanser"
        ordering = ["remiss", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["remiss", "name_as_written"],
                name="instance_named_once",
                violation_error_message="Instansen står redan på remissen.",
            ),
            models.UniqueConstraint(
                fields=["remiss", "namnd"],
                condition=Q(namnd__isnull=False),
                name="namnd_asked_once",
                violation_error_message="Nämnden står redan på remissen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name_as_written


@tracked()
class Proposal(models.Model):
    """One point (att-sats) of a motion. Its number never changes: answers refer to it."""

    remiss = models.ForeignKey(
        Remiss, models.CASCADE, related_name="proposals", verbose_name="remiss"
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("att-sats")
    abridged = models.BooleanField("återgiven i korthet", default=False)

    objects = OfRemissQuerySet.as_manager()

    class Meta:
        verbose_name = "att-sats"
        verbose_name_plural = "att-satser"
        ordering = ["remiss", "number"]
        constraints = [
            models.UniqueConstraint(fields=["remiss", "number"], name="proposal_number_once"),
            models.CheckConstraint(name="proposal_counts_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
