"""How an indicator's outcomes are looked over while they are typed: rules as data."""

from django.db import models
from django.db.models import Q

from indicators.enums import Rule
from indicators.models.indicator import Indicator
from trace.tracking import tracked


@tracked()
class IndicatorCheck(models.Model):
    """How one rule is used on one indicator, where that is not as for all of its kind.

    What all of its kind have stands in domain/check_rules.py, with what a threshold means.
    """

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="checks", verbose_name="indikator"
    )
    rule = models.CharField("regel", max_length=10, choices=Rule.choices)
    is_on = models.BooleanField("används", default=True)
    threshold = models.DecimalField("gräns", max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = "kontroll av indikator"
        verbose_name_plural = "kontroller av indikatorer"
        ordering = ["indicator", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "rule"],
                name="one_check_of_a_rule",
                violation_error_message="Regeln är redan inställd för indikatorn.",
            ),
            models.CheckConstraint(
                name="check_rule_is_known", condition=Q(rule__in=[str(r) for r in Rule.values])
            ),
            # Times the usual spread; per cent; a number of something.
            models.CheckConstraint(
                name="check_threshold_makes_sense",
                condition=Q(
                    rule__in=[str(Rule.HISTORY), str(Rule.PEERS)],
                    threshold__gte=1,
                    threshold__lte=20,
                )
                | Q(
                    rule__in=[str(Rule.LOWER), str(Rule.TARGET), str(Rule.SEX)],
                    threshold__gte=0,
                    threshold__lte=100,
                )
                | Q(rule=str(Rule.ZERO), threshold__gte=1),
                violation_error_message="Gränsen är utanför det som regeln kan ha.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.get_rule_display()}"
