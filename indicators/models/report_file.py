"""Workbooks with a nämnd's figures that somebody uploaded: looked at first, then read or not."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.enums import ReportFileState
from indicators.models.period import Period
from organisation.enums import Role
from organisation.models import Namnd
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User

# Whoever has not looked by then downloads a new one: much has been typed since.
WAITS = dt.timedelta(days=7)


class ReportFileQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "ReportFileQuerySet":
        """Those of the nämnder whose reports the person fills in."""
        namnder = user.access.namnder(Role.UPPGIFTSLAMNARE)
        return self.filter(namnd__in=[namnd.pk for namnd in namnder])

    def waiting(self) -> "ReportFileQuerySet":
        return self.filter(state=ReportFileState.VANTAR)

    def too_old(self) -> "ReportFileQuerySet":
        """Those that have waited for too long, and are to be forgotten."""
        return self.waiting().filter(uploaded_at__lt=timezone.now() - WAITS)


@tracked("namnd__code", exclude=["content"])
class ReportFile(models.Model):
    """A workbook without faults. Its content is kept while it waits to be confirmed, and no longer.

    What it said stands in the report; its digest says which file that was.
    """

    namnd = models.ForeignKey(Namnd, models.PROTECT, related_name="+", verbose_name="nämnd")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="period")
    name = models.CharField("fil", max_length=200)
    content = models.BinaryField("innehåll", editable=False)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    # The report's count of changes when the workbook was downloaded.
    based_on = models.PositiveIntegerField("ändringsräknare vid hämtning")
    state = models.CharField(
        "läge", max_length=10, choices=ReportFileState.choices, default=ReportFileState.VANTAR
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="uppladdad av"
    )
    uploaded_at = models.DateTimeField("uppladdad", auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="avgjord av",
    )
    done_at = models.DateTimeField("avgjord", null=True, blank=True)
    outcome = models.CharField("vad som ändrades", max_length=250, blank=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        verbose_name = "uppladdad arbetsbok"
        verbose_name_plural = "uppladdade arbetsböcker"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="report_file_content_while_it_waits",
                condition=Q(state=ReportFileState.VANTAR) | Q(content=b""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits_until(self) -> dt.datetime:
        """When it is too old to be read."""
        return self.uploaded_at + WAITS
