"""What a nämnd registers of a remiss: its own diarienummer, and the papers that came."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.models import Namnd
from remisser.models.remiss import Remiss, Remissinstans
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class OfNamndQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "OfNamndQuerySet":
        """What a nämnd registers is read where its unfinished work is."""
        return self.filter(namnd_id__in=user.access.inside_ids())


@tracked("namnd__code")
class DnrSeries(models.Model):
    """Numbers of a nämnd's diary. The row is held while a number is taken from it.

    Counted within a year: the first number of a new year is 1. A number that has been given is
    never given again, even when whoever got it chose another.
    """

    namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="dnr_series", verbose_name="nämnd"
    )
    # "3.1.1-{nr}/{år}"
    pattern = models.CharField("mönster", max_length=40)
    year = models.PositiveSmallIntegerField("år")
    last_number = models.PositiveIntegerField("senaste nummer", default=0)
    used = models.BooleanField("används", default=True)

    objects = OfNamndQuerySet.as_manager()

    class Meta:
        verbose_name = "nummerserie"
        verbose_name_plural = "nummerserier"
        ordering = ["namnd", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["namnd", "pattern"],
                name="series_stated_once",
                violation_error_message="Nämnden har redan en serie med det mönstret.",
            ),
            models.CheckConstraint(
                name="series_has_number_and_year",
                condition=Q(pattern__contains="{nr}") & Q(pattern__contains="{år}"),
            ),
        ]

    def __str__(self) -> str:
        return self.pattern

    def number(self, number: int, year: int) -> str:
        """The registry number as it is written: "3.1.1-730/2026"."""
        return self.pattern.replace("{nr}", str(number)).replace("{år}", str(year))


@tracked("namnd__code")
class Registration(models.Model):
    """A nämnd's own number of a matter that was sent to it, taken from a series or typed."""

    instance = models.OneToOneField(
        Remissinstans,
        models.PROTECT,
        related_name="registration",
        verbose_name="remissinstans",
    )
    # The instance's own, held by a trigger: a number stands once in a nämnd.
    namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="registrations", verbose_name="nämnd"
    )
    dnr = models.CharField("nämndens diarienummer", max_length=60)
    dnr_key = models.CharField("numret utan mellanrum", max_length=60, editable=False)
    series = models.ForeignKey(
        DnrSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="nummerserie",
    )
    year = models.PositiveSmallIntegerField("år i serien", null=True, blank=True)
    number = models.PositiveIntegerField("nummer i serien", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("tidpunkt", auto_now_add=True)

    objects = OfNamndQuerySet.as_manager()

    class Meta:
        verbose_name = "diarienummer"
        verbose_name_plural = "diarienummer"
        ordering = ["namnd", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["namnd", "dnr_key"], name="dnr_once_in_a_namnd"),
            models.UniqueConstraint(
                fields=["series", "year", "number"], name="number_given_once_in_a_series"
            ),
            models.CheckConstraint(
                name="number_is_of_a_series",
                condition=Q(series__isnull=True, year__isnull=True, number__isnull=True)
                | Q(series__isnull=False, year__isnull=False, number__gte=1),
            ),
            models.CheckConstraint(name="registration_has_dnr", condition=~Q(dnr="")),
        ]

    def __str__(self) -> str:
        return self.dnr


class RemissFileQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "RemissFileQuerySet":
        """Papers of a remiss: a nämnd's own copies, and those that are open to all signed in.

        What has been received by a form that is not sent yet is for who sent it.
        """
        return self.filter(
            Q(remiss__isnull=False) & (Q(is_open=True) | Q(namnd_id__in=user.access.inside_ids()))
            | Q(remiss__isnull=True, by=user)
        )

    def here(self) -> "RemissFileQuerySet":
        """Those that have not been taken away."""
        return self.filter(removed_at__isnull=True)


@tracked("namnd__code", exclude=["content"])
class RemissFile(models.Model):
    """A paper that came with a remiss, byte by byte.

    While the form that it came with is not yet right, it waits with the form's key and belongs to
    no remiss. Taken away, it leaves its name, its digest and the reason.
    """

    remiss = models.ForeignKey(
        Remiss,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name="remiss",
    )
    form_key = models.UUIDField("formulärets nyckel", editable=False)
    namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="remiss_files", verbose_name="nämnd"
    )
    name = models.CharField("fil", max_length=200)
    content_type = models.CharField("innehållstyp", max_length=120)
    content = models.BinaryField("innehåll", editable=False)
    size = models.PositiveIntegerField("byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    is_open = models.BooleanField("får läsas av alla som är inloggade", default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="inlagd av"
    )
    at = models.DateTimeField("inlagd", auto_now_add=True)
    removed_at = models.DateTimeField("borttagen", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="borttagen av",
    )
    removed_reason = models.CharField("varför den togs bort", max_length=250, blank=True)

    objects = RemissFileQuerySet.as_manager()

    class Meta:
        verbose_name = "mottagen fil"
        verbose_name_plural = "mottagna filer"
        ordering = ["remiss", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["remiss", "namnd", "sha256"],
                condition=Q(removed_at__isnull=True, remiss__isnull=False),
                name="received_file_once",
            ),
            models.CheckConstraint(
                name="removed_file_says_who_and_why",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name
