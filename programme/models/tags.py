"""What programmes have in common: the kinds of violence, and the perspectives."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from organisation.models.ranges import days, one
from programme.models.validity import Validity, ValidityQuerySet, days_in_order
from trace.tracking import tracked

ASCII_SLUG = Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")


class Tag(models.Model):
    code = models.SlugField("kod", unique=True, help_text="Små bokstäver utan å, ä och ö.")
    order = models.PositiveSmallIntegerField("ordning", default=0)
    source = models.CharField("källa", max_length=250, blank=True)

    class Meta:
        abstract = True


@tracked()
class ViolenceType(Tag):
    """One of the kinds of violence (våldstyper) that programmes are about."""

    name = models.CharField("våldstyp", max_length=100, unique=True)

    class Meta:
        verbose_name = "våldstyp"
        verbose_name_plural = "våldstyper"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="violence_type_code_is_ascii_slug",
                condition=ASCII_SLUG,
                violation_error_message="Koden får bara ha a–z, siffror och bindestreck.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Perspective(Tag):
    """A point of view that runs through a programme: jämställdhet, barnrätt …"""

    name = models.CharField("perspektiv", max_length=100, unique=True)

    class Meta:
        verbose_name = "perspektiv"
        verbose_name_plural = "perspektiv"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="perspective_code_is_ascii_slug",
                condition=ASCII_SLUG,
                violation_error_message="Koden får bara ha a–z, siffror och bindestreck.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TagLink(Validity):
    """That a goal or an activity is about something, from when to when, and who says so."""

    source = models.CharField(
        "källa", max_length=250, blank=True, help_text="Tomt: samma som det som märks."
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        abstract = True


def tag_link_constraints(of: str, tag: str) -> list[models.BaseConstraint]:
    """Days in order, and each tag once at a time. of: "goal" or "activity"."""
    return [
        days_in_order(f"{of}_{tag}_days_in_order"),
        ExclusionConstraint(
            name=f"{of}_{tag}_once_at_a_time",
            expressions=[
                (one(F(of), "int8range"), RangeOperators.OVERLAPS),
                (one(F(tag), "int8range"), RangeOperators.OVERLAPS),
                (days(), RangeOperators.OVERLAPS),
            ],
            violation_error_message="Märkningen finns redan under en del av tiden.",
        ),
    ]
