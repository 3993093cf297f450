"""One nämnd's report for one period, its versions, and what stands in them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from indicators.enums import (
    ActivityState,
    Category,
    Grade,
    MissingReason,
    ReportState,
    VersionOrigin,
)
from indicators.models.indicator import IndicatorVersion
from indicators.models.period import Period
from organisation.models import InsightGrant, Namnd
from programme.models import Activity, Goal
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User

OUT_STATES = (ReportState.GODKAND, ReportState.LAST)


def _entered_by() -> models.ForeignKey:
    """Who wrote a row of a report last. For the nämnd's own eyes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ifylld av",
    )


def _open_reports(user: "User", prefix: str = "") -> Q:
    """Reports whose unfinished work the person may read; `prefix` is the way to the report.

    Those of their own nämnder, and those that they have been given insight into.
    """
    return Q(**{f"{prefix}namnd_id__in": user.access.inside_ids()}) | Q(
        **{f"{prefix}pk__in": InsightGrant.objects.open_to(user).ids_of(Report)}
    )


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "ReportQuerySet":
        """Reports of which the person may read some version: all of them once they are approved.

        Which version is a matter of its own: see ReportVersion. Small numbers are protected when
        others than the nämnd read them (domain/disclosure.py).
        """
        return self.filter(Q(approved__isnull=False) | _open_reports(user))

    def inside(self, user: "User") -> "ReportQuerySet":
        """Reports that the person may read whole: drafts, who did what, history."""
        return self.filter(_open_reports(user))

    def counted(self) -> "ReportQuerySet":
        """Those with an approved version: the only ones that consolidation counts."""
        return self.filter(approved__isnull=False)


@tracked("namnd__code")
class Report(models.Model):
    """One nämnd's reporting for one period; what it says stands in its versions."""

    namnd = models.ForeignKey(Namnd, models.PROTECT, related_name="reports", verbose_name="nämnd")
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="reports", verbose_name="period"
    )
    state = models.CharField(
        "läge", max_length=10, choices=ReportState.choices, default=ReportState.UTKAST
    )
    current = models.OneToOneField(
        "ReportVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="current_of",
        verbose_name="arbetsversion",
    )
    # The version that left the nämnd. It goes on counting while a later one is worked on.
    approved = models.OneToOneField(
        "ReportVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_of",
        verbose_name="godkänd version",
    )
    is_example = models.BooleanField("exempeldata", default=False)
    # Counts every change; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)
    changed_at = models.DateTimeField("ändrad", auto_now=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["period", "namnd"]
        constraints = [
            models.UniqueConstraint(fields=["namnd", "period"], name="one_report_a_period"),
            models.CheckConstraint(
                name="report_is_out_when_approved",
                condition=~Q(state__in=OUT_STATES) | Q(approved__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.namnd} {self.period}"

    @property
    def is_being_corrected(self) -> bool:
        """Whether an approved version counts while a later one is worked on."""
        return self.approved_id is not None and self.state not in OUT_STATES


class ReportVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "ReportVersionQuerySet":
        """Every version of what the person reads whole; of the others the approved one."""
        return self.filter(Q(approved_of__isnull=False) | _open_reports(user, "report__"))


class InVersionQuerySet(models.QuerySet):
    """Rows that are part of a version are seen by who sees the version."""

    def visible_to(self, user: "User") -> "InVersionQuerySet":
        return self.filter(version__in=ReportVersion.objects.visible_to(user))


@tracked("report__namnd__code")
class ReportVersion(models.Model):
    """The content of a report at one stage; a return opens the next."""

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="versions", verbose_name="rapport"
    )
    number = models.PositiveSmallIntegerField("version")
    origin = models.CharField(
        "hur versionen kom till",
        max_length=10,
        choices=VersionOrigin.choices,
        default=VersionOrigin.NY,
    )
    reason = models.TextField("varför versionen öppnades", blank=True)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="öppnad av",
    )
    submitted_at = models.DateTimeField("inlämnad", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="inlämnad av",
    )
    approved_at = models.DateTimeField("godkänd", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="godkänd av",
    )

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "rapportversion"
        verbose_name_plural = "rapportversioner"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_number_once"),
            models.CheckConstraint(
                name="report_version_counts_from_one", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="version_origin_is_known", condition=Q(origin__in=VersionOrigin.values)
            ),
            models.CheckConstraint(
                name="correction_says_why",
                condition=~Q(origin=VersionOrigin.RATTELSE) | Q(reason__regex=r"\S"),
                violation_error_message="En rättelse behöver en orsak.",
            ),
            models.CheckConstraint(
                name="approved_by_someone_else",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                violation_error_message="Den som lämnade in rapporten kan inte godkänna den.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, version {self.number}"


@tracked("version__report__namnd__code")
class Value(models.Model):
    """One cell: an outcome, or the reason why there is none. Never both, and missing is not zero.

    A ratio is kept as its two parts; a yes/no answer as 1 or 0 in `number`.
    """

    version = models.ForeignKey(
        ReportVersion, models.CASCADE, related_name="values", verbose_name="rapportversion"
    )
    definition = models.ForeignKey(
        IndicatorVersion, models.PROTECT, related_name="values", verbose_name="definition"
    )
    category = models.CharField(
        "fördelning", max_length=10, choices=Category.choices, default=Category.TOTAL
    )
    number = models.DecimalField("utfall", max_digits=14, decimal_places=2, null=True, blank=True)
    numerator = models.DecimalField(
        "täljare", max_digits=14, decimal_places=2, null=True, blank=True
    )
    denominator = models.DecimalField(
        "nämnare", max_digits=14, decimal_places=2, null=True, blank=True
    )
    missing = models.CharField(
        "uppgift saknas", max_length=12, choices=MissingReason.choices, blank=True
    )
    comment = models.TextField("kommentar", blank=True)
    # What the nämnd expects of the whole year, in the indicator's own unit; in T1 and T2.
    forecast = models.DecimalField(
        "helårsprognos", max_digits=14, decimal_places=2, null=True, blank=True
    )
    # On the total: of what women and men do not make up of it, nobody knows the sex.
    sex_unknown = models.BooleanField(
        "resten: uppgift om kön saknas", default=False, db_default=False
    )
    # On the total: what the checks said of the indicator's cells when they were saved or handed in
    # (domain/warnings.py), each with its rule, its sentence and its numbers. Here and not in a
    # table of its own: so it is written, frozen and copied with the number that it is about.
    warnings = models.JSONField(
        "att förklara",
        default=list,
        db_default=models.Value([], output_field=models.JSONField()),
        blank=True,
    )
    entered_by = _entered_by()
    entered_at = models.DateTimeField("ifylld", default=timezone.now)

    objects = InVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "värde"
        verbose_name_plural = "värden"
        ordering = ["version", "definition", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "definition", "category"], name="one_value_a_cell"
            ),
            models.CheckConstraint(
                name="warnings_stand_with_the_total",
                condition=Q(category=Category.TOTAL) | Q(warnings=[]),
            ),
            models.CheckConstraint(
                name="rest_without_sex_is_of_a_total",
                condition=Q(sex_unknown=False) | (Q(category=Category.TOTAL) & Q(missing="")),
                violation_error_message="Krysset om kön hör till ett utfall för totalen.",
            ),
            models.CheckConstraint(
                name="value_or_reason",
                condition=(
                    Q(number__isnull=False)
                    & Q(numerator__isnull=True)
                    & Q(denominator__isnull=True)
                    & Q(missing="")
                )
                | (
                    Q(number__isnull=True)
                    & Q(numerator__isnull=False)
                    & Q(denominator__isnull=False)
                    & Q(missing="")
                )
                | (
                    Q(number__isnull=True)
                    & Q(numerator__isnull=True)
                    & Q(denominator__isnull=True)
                    & ~Q(missing="")
                ),
            ),
            models.CheckConstraint(
                name="value_not_negative",
                condition=(Q(number__isnull=True) | Q(number__gte=0))
                & (Q(numerator__isnull=True) | Q(numerator__gte=0))
                & (Q(denominator__isnull=True) | Q(denominator__gte=0))
                & (Q(forecast__isnull=True) | Q(forecast__gte=0)),
                violation_error_message="Ett utfall kan inte vara negativt.",
            ),
            models.CheckConstraint(
                name="part_not_larger_than_whole",
                condition=Q(numerator__isnull=True) | Q(numerator__lte=F("denominator")),
                violation_error_message="Täljaren kan inte vara större än nämnaren.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.get_category_display()}"


@tracked("version__report__namnd__code")
class GoalGrade(models.Model):
    """A nämnd's own judgement of one goal in one version of its report."""

    version = models.ForeignKey(
        ReportVersion, models.CASCADE, related_name="grades", verbose_name="rapportversion"
    )
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="grades", verbose_name="mål")
    grade = models.CharField("bedömning", max_length=12, choices=Grade.choices, blank=True)
    analysis = models.TextField("analys", blank=True)
    entered_by = _entered_by()
    entered_at = models.DateTimeField("ifylld", auto_now=True, null=True)

    objects = InVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "bedömning av mål"
        verbose_name_plural = "bedömningar av mål"
        ordering = ["version", "goal"]
        constraints = [
            models.UniqueConstraint(fields=["version", "goal"], name="one_grade_a_goal"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.get_grade_display()}"


@tracked("version__report__namnd__code")
class ActivityStatus(models.Model):
    """How far a nämnd has come with one activity, in one version of its report.

    What deviates from the plan says why, and when it is to be done instead.
    """

    version = models.ForeignKey(
        ReportVersion, models.CASCADE, related_name="statuses", verbose_name="rapportversion"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="statuses", verbose_name="aktivitet"
    )
    state = models.CharField("läge", max_length=12, choices=ActivityState.choices)
    comment = models.TextField("kommentar", blank=True)
    new_date = models.DateField("nytt datum", null=True, blank=True)
    entered_by = _entered_by()
    entered_at = models.DateTimeField("ifylld", auto_now=True, null=True)

    objects = InVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "aktivitetens läge"
        verbose_name_plural = "aktiviteternas lägen"
        ordering = ["version", "activity"]
        constraints = [
            models.UniqueConstraint(fields=["version", "activity"], name="one_status_an_activity"),
            models.CheckConstraint(
                name="activity_state_is_known", condition=Q(state__in=ActivityState.values)
            ),
            models.CheckConstraint(
                name="deviation_has_comment_and_date",
                condition=~Q(state=ActivityState.AVVIKER)
                | (Q(comment__regex=r"\S") & Q(new_date__isnull=False)),
                violation_error_message="Det som avviker behöver en kommentar och ett nytt datum.",
            ),
            models.CheckConstraint(
                name="new_date_only_of_deviation",
                condition=Q(state=ActivityState.AVVIKER) | Q(new_date__isnull=True),
                violation_error_message="Ett nytt datum hör till det som avviker.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.get_state_display()}"
