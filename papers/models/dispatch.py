"""Expediering: a decided paper that was sent to those it is for, with exactly which files."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.agenda import AgendaItem
from papers.models.paper import Paper, PaperVersion
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class DispatchQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "DispatchQuerySet":
        """As open as the paper, which is open to everyone signed in from then on."""
        return self.filter(paper__in=Paper.objects.visible_to(user))


class OfDispatchQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "OfDispatchQuerySet":
        return self.filter(dispatch__in=Dispatch.objects.visible_to(user))


@tracked("paper__namnd__code")
class Dispatch(models.Model):
    """That a paper was sent (expedierad): once, in one version, as the nämnd decided on it."""

    paper = models.OneToOneField(
        Paper, models.PROTECT, related_name="dispatch", verbose_name="handling"
    )
    version = models.ForeignKey(
        PaperVersion, models.PROTECT, related_name="+", verbose_name="version"
    )
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="dispatch", verbose_name="beslutat ärende"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("expedierad", auto_now_add=True)
    sha256 = models.CharField("versionens kontrollsumma", max_length=64)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "expediering"
        verbose_name_plural = "expedieringar"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Expediering av {self.version}"


@tracked("dispatch__paper__namnd__code")
class DispatchRecipient(models.Model):
    dispatch = models.ForeignKey(
        Dispatch, models.PROTECT, related_name="recipients", verbose_name="expediering"
    )
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("mottagare", max_length=200)

    objects = OfDispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "mottagare"
        verbose_name_plural = "mottagare"
        ordering = ["dispatch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "name"], name="sent_to_each_once"),
            models.CheckConstraint(name="recipient_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


@tracked("dispatch__paper__namnd__code", exclude=["content"])
class DispatchFile(models.Model):
    """One file as it was sent, byte by byte."""

    dispatch = models.ForeignKey(
        Dispatch, models.PROTECT, related_name="files", verbose_name="expediering"
    )
    name = models.CharField("fil", max_length=200)
    content_type = models.CharField("innehållstyp", max_length=120)
    content = models.BinaryField("innehåll", editable=False)
    size = models.PositiveIntegerField("byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)

    objects = OfDispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "expedierad fil"
        verbose_name_plural = "expedierade filer"
        ordering = ["dispatch", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "name"], name="sent_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
