"""A nämnd's answer to a remiss: a paper, and its stance on each proposal."""

from typing import TYPE_CHECKING

from django.db import models

from papers.models import Paper, PaperVersion
from remisser.enums import Stance
from remisser.models.remiss import Proposal, Remissinstans
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "AnswerQuerySet":
        """Answers of whose paper the person may read some version."""
        return self.filter(paper__in=Paper.objects.visible_to(user))

    def inside(self, user: "User") -> "AnswerQuerySet":
        """Answers that the person may read whole: drafts, versions, history."""
        return self.filter(paper__in=Paper.objects.inside(user))


@tracked("paper__namnd__code")
class Answer(models.Model):
    """Ties a paper to the instance that it answers for."""

    instance = models.OneToOneField(
        Remissinstans, models.PROTECT, related_name="answer", verbose_name="remissinstans"
    )
    paper = models.OneToOneField(
        Paper, models.PROTECT, related_name="answer", verbose_name="handling"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "remissvar"
        verbose_name_plural = "remissvar"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Svar från {self.instance}"


class AnswerVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "AnswerVersionQuerySet":
        """Seen by who sees the paper's version."""
        return self.filter(version__in=PaperVersion.objects.visible_to(user))


class PositionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "PositionQuerySet":
        """Seen by who sees the paper's version."""
        return self.filter(answer_version__version__in=PaperVersion.objects.visible_to(user))


@tracked("version__paper__namnd__code")
class AnswerVersion(models.Model):
    """What one version of the paper says on the proposals as a whole."""

    version = models.OneToOneField(
        PaperVersion, models.CASCADE, related_name="answer", verbose_name="version"
    )
    collective = models.BooleanField("att-satserna besvaras samlat", default=False)
    stance = models.CharField(
        "samlat ställningstagande", max_length=20, choices=Stance.choices, blank=True
    )
    # The paper's revision when this was last changed.
    revision = models.PositiveIntegerField("ändring", default=0, editable=False)

    objects = AnswerVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "svar i en version"
        verbose_name_plural = "svar i versioner"

    def __str__(self) -> str:
        return f"Svar i {self.version}"


@tracked("answer_version__version__paper__namnd__code")
class Position(models.Model):
    """The stance on one proposal in one version, with the nämnd's own words."""

    answer_version = models.ForeignKey(
        AnswerVersion, models.CASCADE, related_name="positions", verbose_name="svar"
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="positions", verbose_name="att-sats"
    )
    stance = models.CharField(
        "ställningstagande", max_length=20, choices=Stance.choices, blank=True
    )
    wording = models.TextField("att-satsen, som svaret återger den", blank=True)
    body = models.TextField("nämndens svar", blank=True)
    # The paper's revision when the stance or the text was last changed.
    revision = models.PositiveIntegerField("ändring", default=0, editable=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "ställningstagande"
        verbose_name_plural = "ställningstaganden"
        ordering = ["answer_version", "proposal"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer_version", "proposal"], name="one_position_a_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal.number}: {self.get_stance_display()}"
