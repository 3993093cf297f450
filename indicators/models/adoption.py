"""What a nämnd adopts of a programme in its verksamhetsplan, a year at a time.

What is adopted was decided at a meeting, and can be read by everybody. The nämnd's own årsmål are
ordinary targets (models/indicator.py) that name the nämnd.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from indicators.models.indicator import Indicator
from organisation.models import Namnd
from programme.models import Activity, Goal
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class AdoptionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "AdoptionQuerySet":
        """All: a verksamhetsplan that has been decided on is public."""
        return self.all() if user.is_authenticated else self.none()


@tracked("namnd__code")
class Adoption(models.Model):
    """A nämnd's decision on its verksamhetsplan for one year, as far as the programmes go."""

    namnd = models.ForeignKey(Namnd, models.PROTECT, related_name="adoptions", verbose_name="nämnd")
    year = models.PositiveSmallIntegerField("år")
    decided_on = models.DateField("beslutad")
    paragraph = models.CharField("paragraf", max_length=20)
    is_example = models.BooleanField("exempel", default=False)
    # Counts every change; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)
    activities: models.ManyToManyField = models.ManyToManyField(
        Activity, through="AdoptedActivity", related_name="adoptions", verbose_name="aktiviteter"
    )
    indicators: models.ManyToManyField = models.ManyToManyField(
        Indicator, through="AdoptedIndicator", related_name="adoptions", verbose_name="indikatorer"
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "antagande i verksamhetsplan"
        verbose_name_plural = "antaganden i verksamhetsplaner"
        ordering = ["-year", "namnd"]
        constraints = [
            models.UniqueConstraint(fields=["namnd", "year"], name="one_adoption_a_year"),
            models.CheckConstraint(
                name="adoption_names_its_paragraph", condition=Q(paragraph__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.namnd}, verksamhetsplan {self.year}"


@tracked("adoption__namnd__code")
class AdoptedActivity(models.Model):
    """An activity that the nämnd has adopted."""

    adoption = models.ForeignKey(
        Adoption, models.CASCADE, related_name="adopted_activities", verbose_name="antagande"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="+", verbose_name="aktivitet"
    )

    class Meta:
        verbose_name = "antagen aktivitet"
        verbose_name_plural = "antagna aktiviteter"
        ordering = ["adoption", "activity"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "activity"], name="activity_adopted_once"),
        ]

    def __str__(self) -> str:
        return str(self.activity)


@tracked("adoption__namnd__code")
class AdoptedIndicator(models.Model):
    """An indicator that the nämnd has adopted."""

    adoption = models.ForeignKey(
        Adoption, models.CASCADE, related_name="adopted_indicators", verbose_name="antagande"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", verbose_name="indikator"
    )

    class Meta:
        verbose_name = "antagen indikator"
        verbose_name_plural = "antagna indikatorer"
        ordering = ["adoption", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "indicator"], name="indicator_adopted_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator)


@tracked("adoption__namnd__code")
class OwnActivity(models.Model):
    """What the nämnd does towards a goal of its own accord, beside the programme's activities."""

    adoption = models.ForeignKey(
        Adoption, models.CASCADE, related_name="own_activities", verbose_name="antagande"
    )
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+", verbose_name="mål")
    order = models.PositiveSmallIntegerField("ordning", default=0)
    text = models.TextField("egen aktivitet")

    class Meta:
        verbose_name = "egen aktivitet"
        verbose_name_plural = "egna aktiviteter"
        ordering = ["adoption", "goal", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "goal", "order"], name="own_activity_has_its_place"
            ),
            models.CheckConstraint(
                name="own_activity_says_something", condition=Q(text__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return self.text
