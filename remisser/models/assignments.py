"""Which uppdrag a remiss is about."""

from django.db import models
from django.db.models import Q

from programme.models import Assignment
from remisser.models.remiss import OfRemissQuerySet, Remiss
from trace.tracking import tracked


@tracked()
class RemissAssignment(models.Model):
    """That a remiss and an uppdrag belong together, and where that is said."""

    remiss = models.ForeignKey(
        Remiss, models.CASCADE, related_name="assignment_links", verbose_name="remiss"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="remiss_links", verbose_name="uppdrag"
    )
    source = models.CharField("källa", max_length=250)

    objects = OfRemissQuerySet.as_manager()

    class Meta:
        verbose_name = "remissens uppdrag"
        verbose_name_plural = "remissernas uppdrag"
        ordering = ["remiss", "assignment"]
        constraints = [
            models.UniqueConstraint(
                fields=["remiss", "assignment"],
                name="remiss_concerns_assignment_once",
                violation_error_message="Remissen är redan kopplad till uppdraget.",
            ),
            models.CheckConstraint(name="remiss_assignment_has_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.remiss.dnr} – {self.assignment}"
