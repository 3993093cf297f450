"""What a nämnd decided at a meeting, as the protocol has it: never what was proposed to it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from organisation.enums import POSTPONED, DecisionOutcome, StatementKind
from organisation.models.meeting import Meeting
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models.people import User


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "DecisionQuerySet":
        """A decision is in the nämnd's open protocol: everyone signed in reads it."""
        return self if user.is_authenticated else self.none()


@tracked("meeting__namnd__code")
class Decision(models.Model):
    """A nämnd's decision in one matter. Blank means not known, and is never filled by a guess.

    Once recorded it stands: the database refuses changes. What was recorded wrongly is recorded
    anew, and names the one that it corrects.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="decisions", verbose_name="sammanträde"
    )
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    title = models.CharField("ärende", max_length=300)
    dnr = models.CharField("diarienummer", max_length=60, blank=True)
    outcome = models.CharField("utfall", max_length=20, choices=DecisionOutcome.choices, blank=True)
    immediate = models.BooleanField("omedelbart justerad", default=False, db_default=False)
    abridged = models.BooleanField("återgivet i korthet", default=False)
    note = models.TextField("anmärkning", blank=True)
    source = models.CharField("källa", max_length=250, blank=True)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name="rättar",
    )
    reason = models.CharField("varför det rättades", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["meeting__date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "paragraph", "corrects"],
                condition=~Q(paragraph=""),
                nulls_distinct=False,
                name="paragraph_once_a_meeting",
                violation_error_message="Paragrafen är redan registrerad för det sammanträdet.",
            ),
            models.CheckConstraint(
                name="a_correction_has_a_reason",
                condition=Q(corrects__isnull=True, reason="")
                | (Q(corrects__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="decision_does_not_correct_itself", condition=~Q(corrects=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        paragraph = f", § {self.paragraph}" if self.paragraph else ""
        return f"{self.meeting}{paragraph}"

    @property
    def is_postponed(self) -> bool:
        """Whether the matter comes back: bordlagt or återremitterat."""
        return self.outcome in POSTPONED


class DecisionPointQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "DecisionPointQuerySet":
        return self.filter(decision__in=Decision.objects.visible_to(user))


@tracked("decision__meeting__namnd__code")
class DecisionPoint(models.Model):
    """One point of a decision. Without text: that there is such a point is known, and no more."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="points", verbose_name="beslut"
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("punkt", blank=True)

    objects = DecisionPointQuerySet.as_manager()

    class Meta:
        verbose_name = "beslutspunkt"
        verbose_name_plural = "beslutspunkter"
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"], name="decision_point_number_once"
            ),
            models.CheckConstraint(
                name="decision_point_counts_from_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


@tracked("decision__meeting__namnd__code")
class DecisionStatement(models.Model):
    """A reservation or a särskilt uttalande, by the parties that made it, in their words."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="statements", verbose_name="beslut"
    )
    number = models.PositiveSmallIntegerField("nummer")
    kind = models.CharField("slag", max_length=20, choices=StatementKind.choices)
    party = models.CharField("av", max_length=150, help_text="Partiet eller partierna.")
    text = models.TextField("text", blank=True)

    objects = DecisionPointQuerySet.as_manager()

    class Meta:
        verbose_name = "reservation eller särskilt uttalande"
        verbose_name_plural = "reservationer och särskilda uttalanden"
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="statement_number_once"),
            models.CheckConstraint(name="statement_has_a_party", condition=~Q(party="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.party}"
