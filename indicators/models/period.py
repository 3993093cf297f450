"""Tertials: the periods that are reported."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from indicators.enums import PeriodKind, PeriodState
from organisation.enums import NamndKind
from organisation.models import Namnd
from trace.tracking import tracked

# Last day covered by each kind of report. All begin on 1 January: they are cumulative.
LAST_DAY = {
    PeriodKind.T1: (4, 30),
    PeriodKind.T2: (8, 31),
    PeriodKind.VB: (12, 31),
}


class PeriodQuerySet(models.QuerySet):
    def in_order(self) -> "PeriodQuerySet":
        """Oldest first: T1, T2, VB of each year."""
        return self.order_by("ends_on")

    def started(self) -> "PeriodQuerySet":
        """Those that have been opened for reporting, whatever came after."""
        return self.exclude(state=PeriodState.PLANERAD)

    def with_days(self) -> "PeriodQuerySet":
        """Each with `own_days`, the days of its kinds of nämnd and those with more time.

        domain/due_dates.py reads them; periods without are asked for theirs.
        """
        of_kinds = PeriodDueDate.objects.filter(period=OuterRef("pk")).order_by()
        extended = Extension.objects.filter(period=OuterRef("pk")).order_by()
        return self.annotate(
            own_days=JSONObject(
                of_kinds=ArraySubquery(of_kinds.values(row=JSONObject(of="kind", day="due_on"))),
                extended=ArraySubquery(extended.values(row=JSONObject(of="namnd_id", day="until"))),
            )
        )


@tracked()
class Period(models.Model):
    """T1, T2 or VB of a year. When it is due is decided each year by kommunstyrelsen: data."""

    code = models.CharField("kod", max_length=7, unique=True)
    year = models.PositiveSmallIntegerField("år")
    kind = models.CharField("rapport", max_length=2, choices=PeriodKind.choices)
    starts_on = models.DateField("från")
    ends_on = models.DateField("till och med")
    due_on = models.DateField("ska vara inlämnad", null=True, blank=True)
    state = models.CharField(
        "läge", max_length=10, choices=PeriodState.choices, default=PeriodState.PLANERAD
    )
    lock_reason = models.TextField("varför den låstes", blank=True)
    # Counts every change; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "period"
        verbose_name_plural = "perioder"
        ordering = ["ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["year", "kind"], name="one_period_of_a_kind_a_year"),
            models.CheckConstraint(
                name="period_days_in_order", condition=Q(starts_on__lte=F("ends_on"))
            ),
            models.CheckConstraint(
                name="period_code_is_year_and_kind", condition=Q(code__regex=r"^\d{4}-(T1|T2|VB)$")
            ),
            # Who cannot change a number any more is owed the reason.
            models.CheckConstraint(
                name="locked_period_says_why",
                condition=~Q(state=PeriodState.LAST) | Q(lock_reason__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """ "Tertialrapport 1 2025"."""
        return f"{PeriodKind(self.kind).label} {self.year}"

    @classmethod
    def describe(cls, year: int, kind: str) -> "Period":
        """An unsaved period with its code and days set."""
        month, day = LAST_DAY[PeriodKind(kind)]
        return cls(
            code=f"{year}-{kind}",
            year=year,
            kind=kind,
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, month, day),
        )


@tracked()
class PeriodDueDate(models.Model):
    """When one kind of nämnd hands in a period, where that differs from the others."""

    period = models.ForeignKey(
        Period, models.CASCADE, related_name="due_dates", verbose_name="period"
    )
    kind = models.CharField("slag av nämnd", max_length=20, choices=NamndKind.choices)
    due_on = models.DateField("ska vara inlämnad")

    class Meta:
        verbose_name = "inlämningsdag"
        verbose_name_plural = "inlämningsdagar"
        ordering = ["period", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["period", "kind"], name="one_due_date_for_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.get_kind_display()}: {self.due_on}"


@tracked("namnd__code")
class Extension(models.Model):
    """More time for one nämnd. It may report through that day, also once the period has closed."""

    period = models.ForeignKey(
        Period, models.CASCADE, related_name="extensions", verbose_name="period"
    )
    namnd = models.ForeignKey(Namnd, models.PROTECT, related_name="+", verbose_name="nämnd")
    until = models.DateField("till och med")
    reason = models.TextField("orsak")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av"
    )
    given_at = models.DateTimeField("beviljat", auto_now=True)

    class Meta:
        verbose_name = "förlängning"
        verbose_name_plural = "förlängningar"
        ordering = ["period", "namnd"]
        constraints = [
            models.UniqueConstraint(fields=["period", "namnd"], name="one_extension_a_namnd"),
            models.CheckConstraint(name="extension_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.namnd} till och med {self.until}"
