"""Meetings of the nämnder."""

from django.db import models

from organisation.models.namnd import Namnd
from trace.tracking import tracked


@tracked("namnd__code")
class Meeting(models.Model):
    """A meeting (sammanträde) of one nämnd on one day."""

    namnd = models.ForeignKey(Namnd, models.PROTECT, related_name="meetings", verbose_name="nämnd")
    date = models.DateField("datum")
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        verbose_name = "sammanträde"
        verbose_name_plural = "sammanträden"
        ordering = ["date", "namnd"]
        constraints = [
            models.UniqueConstraint(
                fields=["namnd", "date"],
                name="one_meeting_a_day",
                violation_error_message="Nämnden har redan ett sammanträde den dagen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.namnd} {self.date:%Y-%m-%d}"
