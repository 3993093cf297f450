"""Who answers for what, from when to when, and by which decision."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.constraints import BaseConstraint
from django.db.models.functions import Cast, Coalesce

from organisation.enums import NamndGroup
from organisation.models import Namnd
from organisation.models.ranges import days, one
from programme.enums import ResponsibilityKind
from programme.models.activity import Activity
from trace.tracking import tracked

ENDS_FIRST = "Ansvaret kan inte upphöra innan det har börjat."


class ResponsibilityQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> "ResponsibilityQuerySet":
        """Those that hold on `day`, both ends included; the nämnd may have ceased all the same."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class ResponsibilityBase(models.Model):
    """That a nämnd, or a group of them, answers for something. Who a group is follows the date.

    Without a first day it has held from the beginning, without a last day it goes on.
    """

    namnd = models.ForeignKey(
        Namnd, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nämnd"
    )
    group = models.CharField("grupp", max_length=20, choices=NamndGroup.choices, blank=True)
    kind = models.CharField(
        "ansvar",
        max_length=12,
        choices=ResponsibilityKind.choices,
        default=ResponsibilityKind.ANSVARIG,
    )
    valid_from = models.DateField("från och med", null=True, blank=True)
    valid_to = models.DateField("till och med", null=True, blank=True)
    decision = models.CharField("enligt beslut", max_length=250, blank=True)
    end_decision = models.CharField("upphör enligt beslut", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.namnd or self.get_group_display())

    def clean(self) -> None:
        # At the field, and so that the days are not made into a range the database refuses.
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": ENDS_FIRST})

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def concerns(self, namnd: Namnd, on: dt.date) -> bool:
        """Whether `namnd` is meant, on that day."""
        if not (self.holds_on(on) and namnd.exists_on(on)):
            return False
        return namnd.belongs_to(self.group) if self.group else namnd.pk == self.namnd_id


# Who answers as a number: the nämnd's own, or the group's place in the list below zero. A new
# group changes the list, and so the constraint: makemigrations notices it.
_WHO = Coalesce(
    F("namnd"),
    Cast(
        -Func(
            Value(list(NamndGroup.values), output_field=ArrayField(models.TextField())),
            Cast("group", models.TextField()),
            function="array_position",
            output_field=models.IntegerField(),
        ),
        models.BigIntegerField(),
    ),
)


def responsibility_constraints(subject: str) -> list[BaseConstraint]:
    """What holds for the responsibilities for a `subject` ("activity", "indicator").

    One nämnd or one group; days in order; and one kind of responsibility at a time.
    """
    return [
        models.CheckConstraint(
            name=f"{subject}_responsibility_names_one",
            condition=(Q(namnd__isnull=False) & Q(group=""))
            | (Q(namnd__isnull=True) & ~Q(group="")),
            violation_error_message="Välj en nämnd eller en grupp, inte båda.",
        ),
        models.CheckConstraint(
            name=f"{subject}_responsibility_days_in_order",
            condition=Q(valid_from__isnull=True)
            | Q(valid_to__isnull=True)
            | Q(valid_from__lte=F("valid_to")),
            violation_error_message=ENDS_FIRST,
        ),
        ExclusionConstraint(
            name=f"{subject}_responsibility_once_at_a_time",
            expressions=[
                (one(F(subject), "int8range"), RangeOperators.OVERLAPS),
                (one(_WHO, "int8range"), RangeOperators.OVERLAPS),
                (days(), RangeOperators.OVERLAPS),
            ],
            violation_error_message=(
                "Nämnden eller gruppen har redan ett ansvar för det här under en del av tiden. "
                "Avsluta det först, eller välj andra datum."
            ),
        ),
    ]


@tracked("namnd__code")
class Responsibility(ResponsibilityBase):
    """Who answers for an activity."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="responsibilities", verbose_name="aktivitet"
    )

    class Meta:
        verbose_name = "ansvar"
        verbose_name_plural = "ansvar"
        ordering = ["activity", "pk"]
        constraints = responsibility_constraints("activity")
