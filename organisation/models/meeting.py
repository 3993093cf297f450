"""Meetings of the nämnder."""

from django.db import models
from django.db.models import F, Q

from organisation.enums import MeetingKind
from organisation.models.namnd import Namnd
from trace.tracking import tracked


@tracked("namnd__code")
class Meeting(models.Model):
    """A meeting (sammanträde) of one nämnd on one day."""

    namnd = models.ForeignKey(Namnd, models.PROTECT, related_name="meetings", verbose_name="nämnd")
    date = models.DateField("datum")
    starts_at = models.TimeField(
        "klockan", null=True, blank=True, help_text="Skiljer två sammanträden samma dag."
    )
    kind = models.CharField(
        "slag", max_length=20, choices=MeetingKind.choices, default=MeetingKind.ORDINARIE
    )
    agenda_on = models.DateField(
        "utskick", null=True, blank=True, help_text="När handlingarna skickas ut. Tomt: inte känt."
    )
    cancelled = models.BooleanField("inställt", default=False)
    is_example = models.BooleanField("exempel", default=False)
    # Counts the changes; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    class Meta:
        verbose_name = "sammanträde"
        verbose_name_plural = "sammanträden"
        ordering = ["date", F("starts_at").asc(nulls_first=True), "namnd"]
        constraints = [
            models.UniqueConstraint(
                fields=["namnd", "date", "starts_at"],
                nulls_distinct=False,
                name="one_meeting_at_a_time",
                violation_error_message="Nämnden har redan ett sammanträde den tiden.",
            ),
            models.CheckConstraint(
                name="agenda_not_after_meeting",
                condition=Q(agenda_on__isnull=True) | Q(agenda_on__lte=F("date")),
                violation_error_message="Utskicket kan inte vara efter sammanträdet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.namnd} {self.date:%Y-%m-%d}"
