"""How an answer is planned: the nämnd's rules, the plan that was made, and anstånd."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.models import Meeting, Namnd
from remisser.enums import RULED_STEPS, ExtensionState, PlanAnchor, PlanStep
from remisser.models.remiss import Remissinstans
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


@tracked("namnd__code")
class PlanRule(models.Model):
    """When one step of every answer is due in a nämnd, in working days from something else."""

    namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="plan_rules", verbose_name="nämnd"
    )
    step = models.CharField(
        "steg", max_length=20, choices=[(step.value, step.label) for step in RULED_STEPS]
    )
    used = models.BooleanField("används", default=True)
    days = models.PositiveSmallIntegerField("arbetsdagar")
    anchor = models.CharField("räknas", max_length=20, choices=PlanAnchor.choices)

    class Meta:
        verbose_name = "planeringsregel"
        verbose_name_plural = "planeringsregler"
        ordering = ["namnd", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["namnd", "step"], name="one_rule_a_step"),
            models.CheckConstraint(
                name="rule_counts_from_what_it_can",
                condition=Q(step=PlanStep.EXPEDIERING, anchor=PlanAnchor.EFTER)
                | Q(step=PlanStep.UTSKICK, anchor=PlanAnchor.SAMMANTRADE)
                | ~Q(step__in=[PlanStep.EXPEDIERING, PlanStep.UTSKICK])
                & ~Q(anchor=PlanAnchor.EFTER),
            ),
            models.CheckConstraint(name="rule_within_half_a_year", condition=Q(days__lte=120)),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {self.namnd}"


class OfOwnInstanceQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "OfOwnInstanceQuerySet":
        """How a nämnd plans its answer is its own."""
        return self.filter(instance__namnd_id__in=user.access.inside_ids())


@tracked("instance__namnd__code")
class AnswerPlan(models.Model):
    """The plan of one answer as it was last made: what people have been told."""

    instance = models.OneToOneField(
        Remissinstans, models.CASCADE, related_name="plan", verbose_name="remissinstans"
    )
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="sammanträde",
    )
    # [{"step": "utskick", "on": "2026-12-01"}], in the order of the days.
    steps = models.JSONField("steg", default=list)
    revision = models.PositiveIntegerField("ändringsräknare", default=1, editable=False)

    objects = OfOwnInstanceQuerySet.as_manager()

    class Meta:
        verbose_name = "plan för svar"
        verbose_name_plural = "planer för svar"

    def __str__(self) -> str:
        return f"Plan för {self.instance}"


@tracked("instance__namnd__code")
class DueDateExtension(models.Model):
    """Anstånd: a later due date that the nämnd has asked the remitter for."""

    instance = models.ForeignKey(
        Remissinstans, models.PROTECT, related_name="extensions", verbose_name="remissinstans"
    )
    state = models.CharField(
        "läge", max_length=20, choices=ExtensionState.choices, default=ExtensionState.BEGART
    )
    asked_on = models.DateField("begärt")
    until = models.DateField("begärd svarsdag")
    reason = models.CharField("skäl", max_length=250)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="begärt av"
    )
    due_before = models.DateField("svar senast, innan", null=True, blank=True)
    answered_on = models.DateField("besked", null=True, blank=True)
    granted_until = models.DateField("ny svarsdag", null=True, blank=True)

    objects = OfOwnInstanceQuerySet.as_manager()

    class Meta:
        verbose_name = "anstånd"
        verbose_name_plural = "anstånd"
        ordering = ["instance", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instance"],
                condition=Q(state=ExtensionState.BEGART),
                name="one_extension_asked_at_a_time",
            ),
            models.CheckConstraint(
                name="extension_state_and_days",
                condition=Q(
                    state=ExtensionState.BEGART,
                    answered_on__isnull=True,
                    granted_until__isnull=True,
                )
                | Q(
                    state=ExtensionState.BEVILJAT,
                    answered_on__isnull=False,
                    granted_until__isnull=False,
                )
                | Q(
                    state=ExtensionState.AVSLAGET,
                    answered_on__isnull=False,
                    granted_until__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} anstånd till {self.until:%Y-%m-%d}, {self.instance}"
