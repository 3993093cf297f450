"""Who is asked to attest a version, and in which order."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.paper import InVersionQuerySet, PaperVersion
from trace.tracking import tracked


@tracked("version__paper__namnd__code")
class Attestant(models.Model):
    """One head who was asked to attest one version. The next version is asked for anew."""

    version = models.ForeignKey(
        PaperVersion, models.CASCADE, related_name="attestants", verbose_name="version"
    )
    order = models.PositiveSmallIntegerField("ordning")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="attestant"
    )

    objects = InVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "attestant"
        verbose_name_plural = "attestanter"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="attestant_place_once"),
            models.UniqueConstraint(fields=["version", "person"], name="attestant_asked_once"),
            models.CheckConstraint(name="attestant_counts_from_one", condition=Q(order__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.person}"
