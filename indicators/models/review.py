"""What is said about a report: the reviewer's words at its rows, its corrections, its decision."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.enums import ActivityState, Category, Grade, MissingReason, RequestState
from indicators.models.indicator import IndicatorVersion
from indicators.models.report import Report, ReportVersion, Value, _open_reports
from organisation.models import Decision
from programme.models import Activity, Goal
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


def _person(label: str, *, always: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=not always,
        blank=not always,
        related_name="+",
        verbose_name=label,
    )


def _figure(label: str) -> models.DecimalField:
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class RowCommentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "RowCommentQuerySet":
        """For who reads the report whole: like its drafts, they never leave the nämnd."""
        return self.filter(_open_reports(user, "version__report__"))


@tracked("version__report__namnd__code")
class RowComment(models.Model):
    """What a granskare says at one row of the version that was handed in.

    It belongs to that version for ever; whoever fills in says in it when it has been dealt with.
    """

    version = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="row_comments", verbose_name="rapportversion"
    )
    definition = models.ForeignKey(
        IndicatorVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="indikatorns definition",
    )
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mål"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="aktivitet"
    )
    text = models.TextField("kommentar")
    written_by = _person("skriven av")
    written_at = models.DateTimeField("skriven")
    dealt_by = _person("åtgärdad av", always=False)
    dealt_at = models.DateTimeField("åtgärdad", null=True, blank=True)

    objects = RowCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "granskningskommentar"
        verbose_name_plural = "granskningskommentarer"
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "definition", "goal", "activity", "written_by"],
                nulls_distinct=False,
                name="one_comment_a_row_and_person",
            ),
            models.CheckConstraint(
                name="comment_is_at_one_row",
                condition=Q(definition__isnull=False, goal__isnull=True, activity__isnull=True)
                | Q(definition__isnull=True, goal__isnull=False, activity__isnull=True)
                | Q(definition__isnull=True, goal__isnull=True, activity__isnull=False),
            ),
            models.CheckConstraint(name="comment_says_something", condition=Q(text__regex=r"\S")),
            models.CheckConstraint(
                name="comment_dealt_with_by_somebody",
                condition=Q(dealt_by__isnull=True, dealt_at__isnull=True)
                | Q(dealt_by__isnull=False, dealt_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.text}"


class CorrectionRequestQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "CorrectionRequestQuerySet":
        """The nämnd's own, and the coordinator's, to whom it is said."""
        if user.access.is_samordnare:
            return self.all()
        return self.filter(_open_reports(user, "report__"))

    def waiting(self) -> "CorrectionRequestQuerySet":
        return self.filter(state=RequestState.VANTAR)


@tracked("report__namnd__code")
class CorrectionRequest(models.Model):
    """A nämnd asks to correct an approved report after its period has closed.

    The coordinator opens the report for that nämnd through a day, or says why not.
    """

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="correction_requests", verbose_name="rapport"
    )
    reason = models.TextField("varför rapporten behöver rättas")
    asked_by = _person("begärd av")
    asked_at = models.DateTimeField("begärd", auto_now_add=True)
    state = models.CharField(
        "läge", max_length=10, choices=RequestState.choices, default=RequestState.VANTAR
    )
    answer = models.TextField("svar", blank=True)
    answered_by = _person("besvarad av", always=False)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    until = models.DateField("öppen till och med", null=True, blank=True)
    version = models.OneToOneField(
        ReportVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opened_by_request",
        verbose_name="öppnad version",
    )

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "begäran om rättelse"
        verbose_name_plural = "begäranden om rättelse"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state=RequestState.VANTAR),
                name="one_request_waits_for_a_report",
            ),
            models.CheckConstraint(name="request_says_why", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(
                name="request_is_answered_whole",
                condition=Q(
                    state=RequestState.VANTAR,
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                    until__isnull=True,
                    version__isnull=True,
                )
                | Q(
                    state=RequestState.OPPNAD,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    until__isnull=False,
                    version__isnull=False,
                )
                | Q(
                    state=RequestState.AVSLAGEN,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    answer__regex=r"\S",
                    until__isnull=True,
                    version__isnull=True,
                ),
            ),
        ]

    @property
    def corrected_at(self) -> dt.datetime | None:
        """When a version came of it that was approved: it opens the report no longer."""
        approved = self.report.approved
        if self.version is None or approved is None or approved.number < self.version.number:
            return None
        return approved.approved_at

    def __str__(self) -> str:
        return f"{self.report}, rättelse"

    def is_open_on(self, day: dt.date) -> bool:
        """Whether the report may be written in that day."""
        return self.until is not None and day <= self.until


class CorrectionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "CorrectionQuerySet":
        """Of what has been approved: everybody, each number as far as its protection allows."""
        return (
            self.filter(version__approved_of__isnull=False)
            if user.is_authenticated
            else self.none()
        )


@tracked("version__report__namnd__code")
class Correction(models.Model):
    """A number of an approved version that is another than it was when it was approved before.

    Written when the correction is approved, never changed. What it was stands here; what it is
    stands in the value. A version that corrects something else carries these on to its own values.
    """

    version = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="corrections", verbose_name="rapportversion"
    )
    definition = models.ForeignKey(
        IndicatorVersion, models.PROTECT, related_name="+", verbose_name="definition"
    )
    category = models.CharField("fördelning", max_length=10, choices=Category.choices)
    # None where the number was taken away.
    value = models.OneToOneField(
        Value,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        verbose_name="värde",
    )
    number = _figure("utfall före")
    numerator = _figure("täljare före")
    denominator = _figure("nämnare före")
    missing = models.CharField(
        "uppgift saknades", max_length=12, choices=MissingReason.choices, blank=True
    )
    reason = models.TextField("varför den rättades")
    corrected_on = models.DateField("rättad")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "rättad uppgift"
        verbose_name_plural = "rättade uppgifter"
        ordering = ["version", "definition", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "definition", "category"], name="one_correction_a_cell"
            ),
            models.CheckConstraint(name="corrected_says_why", condition=Q(reason__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.get_category_display()}, rättad {self.corrected_on}"


class JudgementCorrectionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "JudgementCorrectionQuerySet":
        """Of what has been approved: everybody; the reason as far as protection allows."""
        return (
            self.filter(version__approved_of__isnull=False)
            if user.is_authenticated
            else self.none()
        )


@tracked("version__report__namnd__code")
class JudgementCorrection(models.Model):
    """A grade of a goal, or the state of an activity, that is another than was approved before.

    Written and carried on as corrections of numbers are. What it was stands here.
    """

    version = models.ForeignKey(
        ReportVersion,
        models.PROTECT,
        related_name="judgement_corrections",
        verbose_name="rapportversion",
    )
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mål"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="aktivitet"
    )
    # A Grade or an ActivityState; "" where nothing was said.
    was = models.CharField("före", max_length=12, blank=True)
    new_date = models.DateField("nytt datum före", null=True, blank=True)
    reason = models.TextField("varför den rättades")
    corrected_on = models.DateField("rättad")

    objects = JudgementCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "rättad bedömning"
        verbose_name_plural = "rättade bedömningar"
        ordering = ["version", "goal", "activity"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "goal", "activity"],
                nulls_distinct=False,
                name="one_correction_a_judgement",
            ),
            models.CheckConstraint(
                name="corrected_is_one_judgement",
                condition=Q(goal__isnull=False, activity__isnull=True, was__in=["", *Grade.values])
                | Q(goal__isnull=True, activity__isnull=False, was__in=["", *ActivityState.values]),
            ),
            models.CheckConstraint(
                name="corrected_judgement_says_why", condition=Q(reason__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal or self.activity}, rättad {self.corrected_on}"


class CorrectionNoticeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "CorrectionNoticeQuerySet":
        return self.filter(person=user)


@tracked("version__report__namnd__code")
class CorrectionNotice(models.Model):
    """That somebody who has used the period's numbers is told of a correction of them."""

    version = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="notices", verbose_name="rapportversion"
    )
    person = _person("till")
    seen_at = models.DateTimeField("sedd", null=True, blank=True)

    objects = CorrectionNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "meddelande om rättelse"
        verbose_name_plural = "meddelanden om rättelse"
        ordering = ["-version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="told_once_of_a_correction"),
        ]

    def __str__(self) -> str:
        return f"{self.version} till {self.person}"


class ReportDecisionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "ReportDecisionQuerySet":
        """As the report: everybody's once it is approved."""
        return self.filter(Q(report__approved__isnull=False) | _open_reports(user, "report__"))


@tracked("report__namnd__code")
class ReportDecision(models.Model):
    """The nämnd's decision on its tertialrapport, as its protocol has it.

    version: the one that was before the nämnd. A later decision on the same report stands beside.
    """

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="decisions", verbose_name="rapport"
    )
    version = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="+", verbose_name="rapportversion"
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="report_decision", verbose_name="beslut"
    )

    objects = ReportDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "beslut om rapport"
        verbose_name_plural = "beslut om rapporter"
        ordering = ["report", "pk"]

    def __str__(self) -> str:
        return f"{self.report}: {self.decision}"
