"""Indicators, what each of their definitions means, targets, and published reference series."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, OuterRef, Q

from indicators.enums import (
    Accumulation,
    Aggregation,
    Direction,
    GapKind,
    IndicatorKind,
    Region,
    SuccessionKind,
)
from organisation.models import Namnd
from organisation.models.ranges import days, one
from programme.models import Goal, ResponsibilityBase
from programme.models.responsibility import responsibility_constraints
from programme.models.validity import Validity, ValidityQuerySet, days_in_order
from trace.tracking import tracked


def _same_count(label: str) -> models.ForeignKey:
    """Whose number (of a ratio: the same part) is the very count that is given here too.

    Who reads both knows the one from the other, so they are protected as one
    (domain/protection/). By code, as people and files say it: a code never changes.
    """
    return models.ForeignKey(
        "self",
        models.SET_NULL,
        to_field="code",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        help_text="För en kvot: indikatorn som visar samma tal. De skyddas då tillsammans.",
    )


@tracked()
class Indicator(models.Model):
    """A measure that is followed over the years; what it means exactly stands in its versions."""

    code = models.SlugField("kod", unique=True)
    # Those it measures now, has measured and will: ask `IndicatorGoal` which hold on a day.
    goals: models.ManyToManyField = models.ManyToManyField(
        Goal, through="IndicatorGoal", related_name="indicators", verbose_name="mål"
    )
    kind = models.CharField("slag", max_length=2, choices=IndicatorKind.choices, blank=True)
    source = models.CharField("källa", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)
    order = models.PositiveSmallIntegerField("ordning", default=0)
    numerator_same_as = _same_count("täljaren är samma uppgift som")
    denominator_same_as = _same_count("nämnaren är samma uppgift som")
    # Counts every change; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="indicator_has_source_or_is_example",
                condition=~Q(source="") | Q(is_example=True),
                violation_error_message="Ange källan, eller märk indikatorn som exempel.",
            ),
            models.CheckConstraint(
                name="indicator_counts_the_same_as_another",
                condition=(Q(numerator_same_as__isnull=True) | ~Q(numerator_same_as=F("code")))
                & (Q(denominator_same_as__isnull=True) | ~Q(denominator_same_as=F("code"))),
                violation_error_message="Uppgiften kan inte vara samma som indikatorns egen.",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorGoalQuerySet(ValidityQuerySet):
    def valid_on_ref(self, day: str) -> "IndicatorGoalQuerySet":
        """Those that hold on the day that an outer query names, as "period__ends_on"."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=OuterRef(day)),
            Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef(day)),
        )


@tracked()
class IndicatorGoal(Validity):
    """That an indicator measures a goal, from when to when, and by which decision."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="goal_links", verbose_name="indikator"
    )
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+", verbose_name="mål")
    decision = models.CharField("enligt beslut", max_length=250, blank=True)
    end_decision = models.CharField("upphör enligt beslut", max_length=250, blank=True)
    source = models.CharField("källa", max_length=250, blank=True)

    objects = IndicatorGoalQuerySet.as_manager()

    class Meta:
        # The table that was there when a link was nothing but a link.
        db_table = "indicators_indicator_goals"
        verbose_name = "indikatorns mål"
        verbose_name_plural = "indikatorernas mål"
        ordering = ["indicator", "goal", "valid_from"]
        constraints = [
            days_in_order("indicator_goal_days_in_order"),
            ExclusionConstraint(
                name="indicator_goal_once_at_a_time",
                expressions=[
                    (one(F("indicator"), "int8range"), RangeOperators.OVERLAPS),
                    (one(F("goal"), "int8range"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Indikatorn hör redan till målet under en del av tiden. Välj andra datum."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.goal}"


@tracked()
class IndicatorVersion(models.Model):
    """One definition of an indicator, from the first day it holds until the next takes over."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="versions", verbose_name="indikator"
    )
    number = models.PositiveSmallIntegerField("version", default=1)
    valid_from = models.DateField("gäller från")
    name = models.CharField("namn", max_length=250)
    definition = models.TextField("definition", blank=True)
    unit = models.CharField("enhet", max_length=40)
    scale = models.PositiveIntegerField(
        "skala",
        default=1,
        help_text="Vad en kvot räknas per: 100 för procent, 10000 för per 10 000.",
    )
    aggregation = models.CharField("sammanläggning", max_length=10, choices=Aggregation.choices)
    accumulation = models.CharField("avser", max_length=10, choices=Accumulation.choices)
    direction = models.CharField(
        "riktning", max_length=10, choices=Direction.choices, default=Direction.NEUTRAL
    )
    counts_people = models.BooleanField("räknar personer", default=False)
    split_by_sex = models.BooleanField("delas på kön", default=False)
    whole_numbers = models.BooleanField("bara heltal", default=False)
    numerator_label = models.CharField("täljare", max_length=120, blank=True)
    denominator_label = models.CharField("nämnare", max_length=120, blank=True)
    # Of the first definition it says nothing.
    breaks_series = models.BooleanField(
        "brott i serien",
        default=True,
        help_text="Ja: värden före och efter jämförs inte.",
    )
    reason = models.TextField("varför definitionen ändrades", blank=True)

    class Meta:
        verbose_name = "definition"
        verbose_name_plural = "definitioner"
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"], name="indicator_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "valid_from"], name="one_definition_from_a_day"
            ),
            models.CheckConstraint(
                name="ratio_names_its_parts",
                condition=~Q(aggregation=Aggregation.RATIO)
                | (~Q(numerator_label="") & ~Q(denominator_label="")),
                violation_error_message="En kvot behöver ord för täljare och nämnare.",
            ),
            models.CheckConstraint(name="scale_is_positive", condition=Q(scale__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ratio(self) -> bool:
        return self.aggregation == Aggregation.RATIO

    @property
    def is_yes_no(self) -> bool:
        return self.aggregation == Aggregation.SHARE_YES


@tracked()
class IndicatorGap(Validity):
    """A time in which an indicator is not asked for: it rests, has no source, or has ended."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="gaps", verbose_name="indikator"
    )
    kind = models.CharField("slag", max_length=12, choices=GapKind.choices)
    reason = models.TextField("orsak")

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = "uppehåll"
        verbose_name_plural = "uppehåll"
        ordering = ["indicator", "valid_from"]
        constraints = [
            days_in_order("indicator_gap_days_in_order"),
            models.CheckConstraint(
                name="indicator_gap_begins", condition=Q(valid_from__isnull=False)
            ),
            models.CheckConstraint(
                name="indicator_gap_has_a_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message="Ange orsaken.",
            ),
            ExclusionConstraint(
                name="indicator_gap_once_at_a_time",
                expressions=[
                    (one(F("indicator"), "int8range"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Indikatorn har redan ett uppehåll under en del av tiden. Välj andra datum."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} från {self.valid_from}"


@tracked()
class IndicatorSuccession(models.Model):
    """One indicator is measured by another from a day: it was split in several, or replaced."""

    predecessor = models.ForeignKey(
        Indicator, models.PROTECT, related_name="succeeded_by", verbose_name="tidigare indikator"
    )
    successor = models.ForeignKey(
        Indicator, models.PROTECT, related_name="succeeds", verbose_name="ny indikator"
    )
    on = models.DateField("från och med")
    kind = models.CharField("slag", max_length=12, choices=SuccessionKind.choices)
    reason = models.TextField("orsak")

    class Meta:
        verbose_name = "indikators efterföljare"
        verbose_name_plural = "indikatorers efterföljare"
        ordering = ["on", "predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="indicator_succeeded_once",
                violation_error_message="Den indikatorn följer redan på den här.",
            ),
            models.CheckConstraint(
                name="indicator_succeeds_another",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="En indikator kan inte följa på sig själv.",
            ),
            models.CheckConstraint(
                name="indicator_succession_has_a_reason", condition=Q(reason__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


@tracked("namnd__code")
class IndicatorResponsibility(ResponsibilityBase):
    """Who reports an indicator."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="responsibilities", verbose_name="indikator"
    )

    class Meta:
        verbose_name = "ansvar för indikator"
        verbose_name_plural = "ansvar för indikatorer"
        ordering = ["indicator", "pk"]
        constraints = responsibility_constraints("indicator")


@tracked("namnd__code")
class Target(models.Model):
    """The target (årsmål) of a year: the city's when no nämnd is named.

    One that is changed during the year, by a decision, has the day from which it holds. The one
    that it takes the place of stays, and holds until then.
    """

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="targets", verbose_name="indikator"
    )
    year = models.PositiveSmallIntegerField("år")
    namnd = models.ForeignKey(
        Namnd, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nämnd"
    )
    value = models.DecimalField("årsmål", max_digits=14, decimal_places=2)
    valid_from = models.DateField(
        "ändrat från",
        null=True,
        blank=True,
        help_text="Bara när årsmålet ändras under året: första dagen med det nya.",
    )
    decision = models.CharField("enligt beslut", max_length=250, blank=True)
    source = models.CharField("källa", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        verbose_name = "årsmål"
        verbose_name_plural = "årsmål"
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "namnd", "valid_from"],
                name="one_target_a_year",
                nulls_distinct=False,
                violation_error_message="Det finns redan ett årsmål för det året.",
            ),
            models.CheckConstraint(
                name="target_changes_in_its_year_by_decision",
                condition=Q(valid_from__isnull=True)
                | (Q(valid_from__year=F("year")) & Q(decision__regex=r"\S")),
                violation_error_message="Ett årsmål ändras under sitt år, enligt ett beslut.",
            ),
            models.CheckConstraint(
                name="target_has_source_or_is_example", condition=~Q(source="") | Q(is_example=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"


@tracked()
class ReferenceValue(models.Model):
    """A published value that the city's own are read beside; always with its source."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="reference_values", verbose_name="indikator"
    )
    region = models.CharField("avser", max_length=10, choices=Region.choices)
    year = models.PositiveSmallIntegerField("år")
    value = models.DecimalField("värde", max_digits=14, decimal_places=2)
    approximate = models.BooleanField("ungefärligt", default=False)
    source = models.CharField("källa", max_length=250)

    class Meta:
        verbose_name = "referensvärde"
        verbose_name_plural = "referensvärden"
        ordering = ["indicator", "region", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "year"], name="reference_value_once"
            ),
            models.CheckConstraint(name="reference_has_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.get_region_display()} {self.year}: {self.value}"
