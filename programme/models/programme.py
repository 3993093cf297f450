"""A programme: vision, the kinds of violence it is about, and its goals."""

from django.db import models
from django.db.models import F, Q

from trace.tracking import tracked


@tracked()
class Programme(models.Model):
    slug = models.SlugField("adress", unique=True)
    name = models.TextField("namn")
    short_name = models.CharField("kort namn", max_length=80)
    vision = models.TextField("vision", blank=True)
    first_year = models.PositiveSmallIntegerField("första år")
    last_year = models.PositiveSmallIntegerField("sista år")
    source = models.CharField("källa", max_length=250)

    class Meta:
        verbose_name = "program"
        verbose_name_plural = "program"
        ordering = ["-first_year", "slug"]
        constraints = [
            models.CheckConstraint(
                name="programme_years_in_order",
                condition=Q(first_year__lte=F("last_year")),
                violation_error_message="Sista året kan inte vara före det första.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_name} {self.first_year}–{self.last_year}"


@tracked()
class ViolenceType(models.Model):
    """One of the kinds of violence (våldstyper) that a programme is about."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="violence_types", verbose_name="program"
    )
    name = models.CharField("våldstyp", max_length=100)
    order = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "våldstyp"
        verbose_name_plural = "våldstyper"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="violence_type_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Goal(models.Model):
    """A goal, numbered within its programme: another programme counts its own."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="goals", verbose_name="program"
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("mål")

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="goal_number_once",
                violation_error_message="Programmet har redan ett mål med det numret.",
            ),
            models.CheckConstraint(name="goal_counts_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Mål {self.number}. {self.text}"
