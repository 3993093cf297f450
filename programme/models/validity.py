"""From when to when something holds. Both ends are included; an empty end is open."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

ENDS_FIRST = "Sista dagen kan inte vara före den första."


class ValidityQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> "ValidityQuerySet":
        """Those that hold on `day` (both ends of the validity included)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def going_on(self, day: dt.date) -> "ValidityQuerySet":
        """Those that have not ended by `day`, begun or not."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Validity(models.Model):
    """Holds from one day to another; without days as long as what it belongs to."""

    valid_from = models.DateField("gäller från", null=True, blank=True)
    valid_to = models.DateField("gäller till och med", null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        # At the field, and so that the days are not made into a range the database refuses.
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": ENDS_FIRST})

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def days_in_order(name: str) -> models.CheckConstraint:
    """The constraint that something does not cease before it has begun."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from__isnull=True)
        | Q(valid_to__isnull=True)
        | Q(valid_from__lte=F("valid_to")),
        violation_error_message=ENDS_FIRST,
    )
