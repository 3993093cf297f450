"""The ledger of expected cells: what is asked of whom in which period, by which decision.

Two database views, so it is never out of date. What is asked follows from the responsibilities
that hold on the period's last day, the years of the programme, and when an indicator is measured;
of whom, from which nämnder exist and belong to the groups on that day.
"""

from django.db import models

from indicators.models.indicator import Indicator, IndicatorResponsibility, IndicatorVersion
from indicators.models.period import Period
from organisation.enums import NamndGroup
from organisation.models import Namnd
from programme.enums import ResponsibilityKind
from programme.models import Activity, Goal, Responsibility


class LedgerQuerySet(models.QuerySet):
    def asked(self) -> "LedgerQuerySet":
        """What is to be accounted for: who only takes part is asked for no report."""
        return self.filter(kind=ResponsibilityKind.ANSVARIG)


class _Entry(models.Model):
    """What both views tell: an activity with its goal, or an indicator with its definition."""

    key = models.CharField(primary_key=True, max_length=80)
    goal = models.ForeignKey(
        Goal, models.DO_NOTHING, null=True, related_name="+", verbose_name="mål"
    )
    activity = models.ForeignKey(
        Activity, models.DO_NOTHING, null=True, related_name="+", verbose_name="aktivitet"
    )
    indicator = models.ForeignKey(
        Indicator, models.DO_NOTHING, null=True, related_name="+", verbose_name="indikator"
    )
    definition = models.ForeignKey(
        IndicatorVersion, models.DO_NOTHING, null=True, related_name="+", verbose_name="definition"
    )
    responsibility = models.ForeignKey(
        Responsibility, models.DO_NOTHING, null=True, related_name="+", verbose_name="ansvar"
    )
    indicator_responsibility = models.ForeignKey(
        IndicatorResponsibility,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        verbose_name="ansvar för indikator",
    )
    kind = models.CharField("ansvar", max_length=12, choices=ResponsibilityKind.choices)
    group = models.CharField("genom gruppen", max_length=20, choices=NamndGroup.choices)
    valid_from = models.DateField("från och med", null=True)
    valid_to = models.DateField("till och med", null=True)
    decision = models.CharField("enligt beslut", max_length=250)
    is_example = models.BooleanField("exempel")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True


class Duty(_Entry):
    """A responsibility as it holds on a period's last day, laid on a nämnd or on a group."""

    period = models.ForeignKey(
        Period, models.DO_NOTHING, related_name="duties", verbose_name="period"
    )
    laid_on = models.ForeignKey(
        Namnd, models.DO_NOTHING, null=True, related_name="+", verbose_name="nämnd"
    )

    class Meta:
        managed = False
        db_table = "indicators_duty"
        verbose_name = "åliggande"
        verbose_name_plural = "åligganden"

    def __str__(self) -> str:
        return f"{self.laid_on or self.get_group_display()} {self.period}"


class ExpectedCell(_Entry):
    """That one nämnd answers for an activity, or reports an indicator, in a period.

    A nämnd that does by name and through a group has one cell: as responsible before as taking
    part, by name before by group.
    """

    period = models.ForeignKey(
        Period, models.DO_NOTHING, related_name="expected_cells", verbose_name="period"
    )
    namnd = models.ForeignKey(
        Namnd, models.DO_NOTHING, related_name="expected_cells", verbose_name="nämnd"
    )

    class Meta:
        managed = False
        db_table = "indicators_expectedcell"
        verbose_name = "förväntad uppgift"
        verbose_name_plural = "förväntade uppgifter"
        ordering = ["period", "namnd", "key"]

    def __str__(self) -> str:
        return f"{self.namnd} {self.period}: {self.activity or self.definition}"
