"""Every save of a paper: when, by whom, what was written, and the name that it may be given."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.paper import Paper, PaperVersion
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class PaperSaveQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "PaperSaveQuerySet":
        """How a paper came to be is its own nämnd's; another reads what it was sent, as sent."""
        return self.filter(paper__in=Paper.objects.inside(user))


@tracked("paper__namnd__code")
class PaperSave(models.Model):
    """That a paper had reached a revision. What it said then stands in the tables of changes."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="saves", verbose_name="handling")
    version = models.ForeignKey(
        PaperVersion, models.CASCADE, related_name="saves", verbose_name="version"
    )
    revision = models.PositiveIntegerField("ändring")
    at = models.DateTimeField("sparad", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )
    what = models.CharField("vad som skrevs", max_length=300, blank=True)
    name = models.CharField("namn", max_length=80, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="namngiven av",
    )

    objects = PaperSaveQuerySet.as_manager()

    class Meta:
        verbose_name = "sparad text"
        verbose_name_plural = "sparade texter"
        ordering = ["paper", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "revision"], name="one_save_a_revision"),
            models.UniqueConstraint(
                fields=["paper", "name"],
                condition=~Q(name=""),
                name="one_save_of_a_name",
                violation_error_message="Namnet finns redan.",
            ),
            models.CheckConstraint(
                name="named_by_somebody", condition=Q(name="") | Q(named_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.paper}, ändring {self.revision}"
