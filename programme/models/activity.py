"""Activities: what is to be done towards a goal."""

from django.db import models
from django.db.models import Q

from programme.models.programme import Goal
from trace.tracking import tracked


@tracked()
class Activity(models.Model):
    """What nämnder are to do towards a goal. It carries its source, or is marked an example."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="activities", verbose_name="mål")
    code = models.SlugField("kod", unique=True)
    text = models.TextField("aktivitet")
    source = models.CharField("källa", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)
    order = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["goal", "order", "code"]
        constraints = [
            models.CheckConstraint(
                name="activity_has_source_or_is_example",
                condition=~Q(source="") | Q(is_example=True),
                violation_error_message="Ange källan, eller märk aktiviteten som exempel.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
