"""Which goals of a programme a remiss is about."""

from django.db import models
from django.db.models import Q

from programme.models import Goal
from remisser.models.remiss import OfRemissQuerySet, Remiss
from trace.tracking import tracked


@tracked()
class RemissGoal(models.Model):
    """That a remiss concerns a goal, and where that is said, or that it is our own reading."""

    remiss = models.ForeignKey(
        Remiss, models.CASCADE, related_name="goal_links", verbose_name="remiss"
    )
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="remiss_links", verbose_name="mål")
    source = models.CharField("källa", max_length=250)

    objects = OfRemissQuerySet.as_manager()

    class Meta:
        verbose_name = "remissens mål"
        verbose_name_plural = "remissernas mål"
        ordering = ["remiss", "goal"]
        constraints = [
            models.UniqueConstraint(
                fields=["remiss", "goal"],
                name="remiss_concerns_goal_once",
                violation_error_message="Remissen är redan kopplad till målet.",
            ),
            models.CheckConstraint(name="remiss_goal_has_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.remiss.dnr} – {self.goal}"
