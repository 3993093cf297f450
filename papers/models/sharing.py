"""A draft that was sent to another nämnd for comment: one version, to one nämnd."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.enums import INSIDE_ROLES
from organisation.models import Namnd
from papers.models.paper import PaperVersion
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class DraftShareQuerySet(models.QuerySet):
    def current(self) -> "DraftShareQuerySet":
        """Those that have not been taken back."""
        return self.filter(revoked_at__isnull=True)

    # The same is said where a version's own visibility is decided (PaperVersion).
    def open_to(self, user: "User") -> "DraftShareQuerySet":
        """What was sent to the nämnder where the person works (members of a nämnd do not)."""
        return self.current().filter(to_namnd_id__in=user.access.namnd_ids(*INSIDE_ROLES))

    def visible_to(self, user: "User") -> "DraftShareQuerySet":
        """What was sent to the person's nämnder, and what these have sent."""
        sent = Q(version__paper__namnd_id__in=user.access.inside_ids())
        return self.filter(sent | Q(pk__in=self.open_to(user).order_by().values("pk")))


@tracked("version__paper__namnd__code")
class DraftShare(models.Model):
    """Somebody sent one version to one nämnd. It can be taken back, and the row stays."""

    version = models.ForeignKey(
        PaperVersion, models.PROTECT, related_name="shares", verbose_name="version"
    )
    to_namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="received_drafts", verbose_name="till nämnd"
    )
    message = models.TextField("meddelande", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("skickat", auto_now_add=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="återtaget av",
    )
    revoked_at = models.DateTimeField("återtaget", null=True, blank=True)

    objects = DraftShareQuerySet.as_manager()

    class Meta:
        verbose_name = "utkast för synpunkter"
        verbose_name_plural = "utkast för synpunkter"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "to_namnd"],
                condition=Q(revoked_at__isnull=True),
                name="draft_sent_once",
            ),
            models.CheckConstraint(
                name="taken_back_by_somebody",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} till {self.to_namnd}"
