"""From when to when something holds. Both ends are included; an empty end is open."""

import datetime as dt

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value


class ValidityQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> "ValidityQuerySet":
        """Those that hold on `day` (both ends of the validity included)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class Validity(models.Model):
    """Holds from one day to another; without days as long as what it belongs to."""

    valid_from = models.DateField("gäller från", null=True, blank=True)
    valid_to = models.DateField("gäller till och med", null=True, blank=True)

    class Meta:
        abstract = True

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
        violation_error_message="Sista dagen kan inte vara före den första.",
    )


# The database has no extension that compares whole numbers inside an exclusion constraint, but it
# compares ranges: a number is the range of itself alone.
DAYS = Func(
    F("valid_from"),
    F("valid_to"),
    Value("[]"),
    function="daterange",
    output_field=DateRangeField(),
)
